"""How far apart words and numbers stand in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from writer.claims.quantities import Quantity

_BREAKS = (
    (re.compile(r"[;:]|\.\s"), 3.0),
    (re.compile(r"[,\u2013\u2014](?=\s|$)"), 0.8),
    (re.compile(r"\b(?:but|while|whereas|although|though|yet)\b"), 1.5),
    (re.compile(r"\b(?:and|or)\b"), 0.5),
    (re.compile(r"[()]"), 0.3),
    (re.compile(r"\s"), 0.03),
)


def layout(text: str, others: Sequence[Quantity]) -> Layout:
    """The layout of a sentence with these quantities."""
    return _layout(text, tuple(item.start for item in others))


@lru_cache(maxsize=256)
def _layout(text: str, starts: tuple[int, ...]) -> Layout:
    return Layout(text, starts)


class Layout:
    """Distances in one sentence, for all of its quantities.

    Args:
        text: the sentence.
        starts: where its quantities begin.
    """

    def __init__(self, text: str, starts: Iterable[int]) -> None:
        marks = [
            (match.start(), weight)
            for pattern, weight in _BREAKS
            for match in pattern.finditer(text)
        ]
        marks += [(start, 0.5) for start in starts]
        marks.sort()
        self._at = [place for place, _ in marks]
        self._sum = [0.0]
        for _, weight in marks:
            self._sum.append(self._sum[-1] + weight)

    def between(self, one: tuple[int, int], other: tuple[int, int]) -> float:
        """How far two spans stand apart."""
        if one[0] < other[1] and other[0] < one[1]:
            return 0.0
        first, last = min(one[1], other[1]), max(one[0], other[0])
        return (
            self._sum[bisect_right(self._at, last - 1)]
            - self._sum[bisect_right(self._at, first - 1)]
        )
