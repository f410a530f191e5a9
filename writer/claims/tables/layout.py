"""How far apart words and numbers stand in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

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
        weights = [0.0] * (len(text) + 1)
        for pattern, weight in _BREAKS:
            for match in pattern.finditer(text):
                weights[match.start() + 1] += weight
        for start in starts:
            weights[start + 1] += 0.5
        self._passed = list(accumulate(weights))
        """The weights of all breaks before each place."""

    def between(self, one: tuple[int, int], other: tuple[int, int]) -> float:
        """How far two spans stand apart."""
        passed = self._passed
        if one[1] <= other[0]:
            return passed[other[0]] - passed[one[1]]
        return passed[one[0]] - passed[other[1]] if other[1] <= one[0] else 0.0
