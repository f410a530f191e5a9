"""What is printed behind a value as its error: the spread is no quantity of its own."""

from __future__ import annotations

import re
from itertools import pairwise

from writer.claims.quantities.quantity import Quantity

_SPREAD_NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)"
_UP = rf"\^\{{?\s?\+{_SPREAD_NUMBER}(?:\s?\}})?"
_DOWN = rf"_\{{?\s?[-\u2212]{_SPREAD_NUMBER}(?:\s?\}})?"
_ASYMMETRIC = re.compile(rf"\s?(?:{_UP}\s?{_DOWN}|{_DOWN}\s?{_UP})")
_GLUED = re.compile(r"\(\d{1,3}\)(?![\w(])|\(\d?\.\d{1,4}\)(?![\w(])")
_CLOSED = re.compile(
    rf"\s?(?:±|\+/-)\s?{_SPREAD_NUMBER}\s?\)(?:\s?[×·]\s?10\^\{{?(?P<power>[-\u2212]?\d{{1,3}})\}}?)?"
)
_BETWEEN = re.compile(r"\s?\(?\s?(?:±|\+/-|\+-)\s?")


def spread_end(sentence: str, start: int, end: int) -> int:
    """Where the error ends that is printed behind the digits at ``start:end``; ``end`` for none.

    ``7.43^+0.51_-0.48`` and ``1.338(23)``, the latter only glued to decimals.
    """
    match = _ASYMMETRIC.match(sentence, end)
    if match is None and "." in sentence[start:end]:
        match = _GLUED.match(sentence, end)
    return match.end() if match else end


def closed_behind(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """Where ``(3.1 ± 0.2)`` or ``(3.1 ± 0.2) × 10^-3`` ends, after its power of ten, 0 for none."""
    if sentence[start - 1 : start] != "(":
        return None
    match = _CLOSED.match(sentence, end)
    return (int((match["power"] or "0").replace("\u2212", "-")), match.end()) if match else None


def without_spreads(sentence: str, items: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The items but the errors of the values before them: the 0.08 of ``2.15 ± 0.08``."""
    return items[:1] + tuple(
        item
        for before, item in pairwise(items)
        if _BETWEEN.fullmatch(sentence, before.end, item.start) is None
    )
