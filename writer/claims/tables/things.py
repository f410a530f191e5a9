"""What a number counts: the noun behind it, with the words that narrow it down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from writer.claims.quantities import SPELLED
from writer.claims.tables.terms import terms
from writer.latex.words import words

MOST_WORDS = 6
"""How many words a phrase such as "real-world question answering benchmarks" has at most."""

_TENS = {word: value for word, value in SPELLED.items() if 20 <= value <= 90}
_ONES = {word: value for word, value in SPELLED.items() if 1 <= value <= 9 and word != "single"}
_WORDS = {word: value for word, value in SPELLED.items() if value > 1} | {
    f"{ten}-{one}": tens + ones for ten, tens in _TENS.items() for one, ones in _ONES.items()
}
_SPELLED = "|".join(word for word in SPELLED if SPELLED[word] > 1)
_COUNT = re.compile(
    r"(?<![\w.,/^_=<>\u2212-])(\d{1,3}(?:[,\u202f]\d{3})+|\d{1,7}"
    rf"|(?:{'|'.join(_TENS)})-(?:{'|'.join(_ONES)})|{_SPELLED})(?=[\s\u2013-][A-Za-z])",
    re.IGNORECASE,
)
_WORD = re.compile(r"([\s\u2013-]|/)([A-Za-z][A-Za-z\d]*(?:[-\u2013/][A-Za-z\d]+)*)")
_OF = re.compile(
    r"\s(?:out\s)?of\s(?:the\s|its\s|our\s|all\s|these\s)?(?:\d[\d,]*|[a-z]+(?:-[a-z]+)?)(?=\s)",
    re.IGNORECASE,
)
_APART = re.compile(r"[-\u2013/]")
_PLURAL = re.compile(r"(?:[A-Za-z]+[-\u2013/])*(?:[A-Za-z]{2,}(?<![suiS])s|[A-Z]{2,}s)\Z")
_IRREGULAR = words(
    "stimuli criteria indices phenomena people children men women corpora vertices matrices "
    "hypotheses analyses taxa alumni nuclei foci loci genera media bases axes appendices mice"
)
_ENDS = words(
    "but to at on in of for with by from as than then when where while whereas is are was "
    "were be been has have had the a an that this these those which who per under over against "
    "versus vs both each between after before during if so it its not can could may might will "
    "would should using via across within without through into onto out up down do does did "
    "respectively such including like because since until about among around along only also "
    "we our they their he she his her i you your both either neither yet still show shows"
)


@dataclass(frozen=True, slots=True)
class Things:
    """What a number counts.

    Attributes:
        head: the noun in normal form, singular: ``baseline``.
        modifiers: the other words of its phrase, in normal form.
        end: where the noun ends in the text.
    """

    head: str
    modifiers: frozenset[str]
    end: int

    @property
    def words(self) -> frozenset[str]:
        """Of the whole phrase."""
        return self.modifiers | {self.head}


def things(text: str, end: int) -> Things | None:
    """What the number that ends at ``end`` counts, or None.

    "34 question-answer pairs", "six-arm ablation", "seven of the eight targets".
    """
    part = _OF.match(text, end)
    if part:
        end = part.end()
    glued = text[end : end + 1] in ("-", "\u2013")
    found = _phrase(text, end)
    head = 0 if glued else len(found) - 1
    if not found or not (glued or is_plural(found[head][0])):
        return None
    others = [word for index, (word, _) in enumerate(found) if index != head]
    noun, stop = found[head][0], found[-1][1]
    parts = [part for word in others for part in _APART.split(word)]
    if "-" in noun and not glued:
        parts += _APART.split(noun)[:-1]
    return Things(_normal(noun), frozenset(map(_normal, (*others, *parts))), stop)


def _phrase(text: str, end: int) -> list[tuple[str, int]]:
    """The words that follow, each with its end, up to the first plural."""
    found: list[tuple[str, int]] = []
    while len(found) < MOST_WORDS:
        match = _WORD.match(text, end)
        if match is None or match[2].lower() in _ENDS:
            break
        end = match.end()
        if match[2].lower() in ("and", "or"):  # "five real and synthetic datasets"
            if not found:
                break
            continue
        found.append((match[2], end))
        if is_plural(match[2]):
            break
    return found


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    return _PLURAL.match(word) is not None or word.lower() in _IRREGULAR


@lru_cache(maxsize=16384)
def _normal(word: str) -> str:
    found = terms(word)
    return found[0].joined if found else word.lower()


@dataclass(frozen=True, slots=True)
class Count:
    """A count that a text states.

    Attributes:
        value: the number.
        things: what it counts.
        start: where the number begins in the text.
    """

    value: float
    things: Things
    start: int


def counts(text: str) -> list[Count]:
    """Every whole number from two on, in digits or words, with the noun that it counts."""
    found = []
    for match in _COUNT.finditer(text):
        counted = things(text, match.end())
        if counted is not None:
            word = match[1].lower()
            value = _WORDS.get(word) or float(word.replace(",", "").replace("\u202f", ""))
            found.append(Count(float(value), counted, match.start()))
    return found
