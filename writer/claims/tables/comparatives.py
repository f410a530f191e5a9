"""What kind of quantity a comparison is one of, by its own adjective: "twice as fast"."""

from __future__ import annotations

import re

from writer.claims.quantities import Quantity

_KINDS = (
    ("fast", frozenset(("#time", "#rate", "#flops"))),
    ("exact", frozenset(("#accuracy", "#error", "#f1", "#precision", "#recall"))),
    ("lean", frozenset(("#energy",))),
)
_WORDS = (
    r"(?:(?P<fast>fast(?:er)?|quick(?:er|ly)?|slow(?:er|ly)?|speed-?ups?)"
    r"|(?P<exact>accurate(?:ly)?)|(?P<lean>(?:energy|power)[\s-]efficient))\b"
)
_BEHIND = re.compile(
    rf"\s?(?:times?\s|x\s|×\s)?(?:as\s|more\s|less\s|(?:end-to-end|overall|average)\s)?{_WORDS}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?P<fast>speed-?ups?)\sof\s(?:(?:up\sto|about|around|over|nearly|almost)\s)?\Z",
    re.IGNORECASE,
)
_REACH = 40


def compared_kinds(text: str, quantity: Quantity) -> frozenset[str]:
    """The kinds, as headers have them, that the adjective beside a change or ratio names.

    >>> from writer.claims.quantities import quantities
    >>> said = "Ours is twice as fast."
    >>> sorted(compared_kinds(said, quantities(said)[0]))
    ['#flops', '#rate', '#time']
    """
    if quantity.form == "plain":
        return frozenset()
    start = max(0, quantity.start - _REACH)
    match = _BEHIND.match(text, quantity.end) or _BEFORE.search(text[start : quantity.start])
    if match is None:
        return frozenset()
    return next(kinds for name, kinds in _KINDS if match.groupdict().get(name))
