"""None of something, in words: "zero flash writes", "with zero crashes", "zero message loss"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writer.claims.quantities.quantity import Quantity
from writer.claims.quantities.units import MOST_WORDS, is_plural_noun, no_noun
from writer.latex.words import words
from writer.model.interval import Interval

_ZERO = re.compile(r"(?<![\w–—.-])[Zz]ero(?=\s[A-Za-z])")
_WORD = re.compile(r"\s([A-Za-z]\w*(?:[-–]\w+)*)")
_NO_RESULT = re.compile(
    r"\b(?:we|at|near|nearly|almost|virtually|practically|essentially|effectively|approximately|about"
    r"|around|roughly|approach(?:es|ed|ing)?|from|ground|above|below|than|between|absolute|patient"
    r"|(?:clos\w+|equal\w*|set\w*|initiali[sz]\w+|default\w*)\s(?:\w+\s)?to)\s\Z",
    re.IGNORECASE,
)
"""Before a zero of which nothing is counted, or which is only nearly one."""

_KINDS = words(
    "shot shots day days copy copies times mean means padding padded pad knowledge trust sum "
    "order point points crossing crossings centered centred inflated initialized initialised "
    "initialization gradient gradients vector vectors matrix matrices temperature redundancy "
    "weight weights argument arguments probability probabilities mode modes state states level "
    "levels set sets tolerance divisor divisors measure momentum noise bias input coefficient "
    "coefficients eigenvalue eigenvalues entries elements values capacities counts field fields "
    "frequency curvature derivative velocity age"
)
"""Nouns that zero says the kind or the value of: "zero padding", "zero entries"."""

_MASS = words(
    "loss downtime overhead variance error latency contamination hallucination leakage drift "
    "degradation disagreement divergence interference duplication corruption starvation regression "
    "usage utilization utilisation traffic"
)
"""What is counted without a plural; capitals such as "BRAM" are as well."""


def zeros(sentence: str) -> Iterator[Quantity]:
    """Each "zero" that says how many there are of what follows, as a count of 0."""
    for match in _ZERO.finditer(sentence):
        start, end = match.span()
        noun = _noun(sentence, end, name=match[0][0] == "Z")
        if noun and not _NO_RESULT.search(sentence, max(start - 30, 0), start):
            yield Quantity(
                start, end, end, match[0], 0.0, noun, "plain", Interval(-0.5, 0.5), "", spelled=True
            )


def _noun(sentence: str, end: int, *, name: bool) -> str:
    """What there is none of, in lower case, or the empty string; ``name`` may begin with it."""
    for number in range(MOST_WORDS):
        match = _WORD.match(sentence, end)
        word = match[1].lower() if match else ""
        if match is None or no_noun(word):
            break
        if not number and (word in _KINDS or (name and match[1][0].isupper())):
            break
        last = word.rpartition("-")[2]
        if last in _KINDS:
            break
        if is_plural_noun(word) or word in _MASS or match[1].isupper():
            return last if is_plural_noun(word) else word
        end = match.end()
    return ""
