"""The candidates of a pool held against one quantity: those that can win, the rest when asked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from writer.claims.tables.ceilings import ceilings, near, told_beside
from writer.claims.tables.context import Asked
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.pool import AGGREGATES, Pool
from writer.claims.tables.rounding import claimed
from writer.claims.tables.score import Names, scored
from writer.model.interval import TOUCH

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SMALL = 5_000
"""Candidates of which all are scored at once: to choose among fewer takes as long."""

FIRST, GROWTH = 2_000, 4
"""How many candidates are scored at first, and how many times more the next time."""

SPREAD = (0.6, 1.7)
"""Among numbers from this part of the claimed one to this multiple chance is measured."""

LARGE = 100
"""A whole number from here on may be a total that the sentence does not call one."""

SHOWN = 4
"""How many of the best bound candidates are looked at."""

EDGE = 1e-9
"""Scores that differ by less are equal."""


class Tried:
    """Candidates with their scores.

    All that may be bound best are among them; after :meth:`agreed` those that agree with the
    claim and are bound best; after :meth:`reach` all that are bound as well as some score.
    What is left out is bound worse.

    Attributes:
        index: their numbers in the pool, in no order.
        score, lo, hi, bonus: as in :class:`writer.claims.tables.score.Scored`.
        agrees: which of them agree with the claim.
        best: the most that any candidate of the pool has from its words alone.
    """

    index: Ints
    score: Floats
    lo: Floats
    hi: Floats
    bonus: Floats
    agrees: NDArray[np.bool_]

    def __init__(self, asked: Asked, evidence: Evidence, pool: Pool) -> None:
        self._asked, self._evidence, self._pool = asked, evidence, pool
        self._names = Names(asked, evidence)
        if len(pool.lo) <= SMALL:
            self._level = -math.inf
            self._take(pool, None)
        else:
            self._find_best()
        self.best = float((self.score - self.bonus).max()) if len(self.index) else 0.0

    def _find_best(self) -> None:
        """Score runs, the most promising first, until no other can be among the best."""
        import numpy as np

        pool = self._pool
        self._level = math.inf
        self._ceilings = ceilings(self._asked, self._evidence, pool, self._names)
        self._seen = np.zeros(len(pool.lo), dtype=bool)
        self._add(told_beside(self._asked, self._evidence, pool))
        order = np.argsort(-self._ceilings)
        ends = np.cumsum(pool.segments.sizes[order])
        count = FIRST
        while self._level > -math.inf:
            last = int(np.searchsorted(ends, count))
            more = last + 1 < len(order)
            self.reach(float(self._ceilings[order[last + 1]]) if more else -math.inf)
            count *= GROWTH
            if len(self.score) > SHOWN:
                fourth = float(-np.partition(-self.score, SHOWN - 1)[SHOWN - 1])
                if min(fourth, float((self.score - self.bonus).max())) > self._level + EDGE:
                    return

    def reach(self, level: float) -> bool:
        """Score whatever may have a score from ``level`` on, and say whether anything was added."""
        if level >= self._level:
            return False
        chosen = (self._ceilings >= level) & (self._ceilings < self._level)
        self._level = level
        index = self._pool.segments.within(chosen)
        return self._add(index)

    def _add(self, index: Ints) -> bool:
        """Score those of the candidates at ``index`` that are not yet."""
        index = index[~self._seen[index]]
        if len(index):
            self._seen[index] = True
            self._take(self._pool.taken(index), index)
        return bool(len(index))

    def _take(self, pool: Pool, index: Ints | None) -> None:
        """Add the candidates of ``pool``, which are those at ``index``."""
        import numpy as np

        held = scored(self._asked, self._evidence, pool, self._names)
        valid = np.flatnonzero(np.isfinite(held.score))
        lo, hi = held.lo[valid], held.hi[valid]
        agrees = _agree(self._asked, lo, hi) & held.fine[valid]
        fresh: dict[str, NDArray[Any]] = {
            "index": valid if index is None else index[valid],
            "score": held.score[valid],
            "bonus": held.bonus[valid],
            "lo": lo,
            "hi": hi,
            "agrees": agrees,
        }
        for name, values in fresh.items():
            known = getattr(self, name, None)
            setattr(self, name, values if known is None else np.concatenate((known, values)))

    def agreed(self, most: int) -> Sequence[int]:
        """Places of those that agree, best bound first, the first of equals first."""
        import numpy as np

        if self._level > -math.inf:
            self._find_agreeing(most)
        return self._ordered(np.flatnonzero(self.agrees), most)

    def _find_agreeing(self, most: int) -> None:
        """Score those that may agree, the most promising first, until no other can be among the
        ``most`` best of them."""
        import numpy as np

        left = np.flatnonzero(near(self._asked, self._pool) & ~self._seen)
        ceiling = self._ceilings[self._pool.segments.of_candidates(left)]
        order = np.argsort(-ceiling)
        left, ceiling = left[order], ceiling[order]
        done, count = 0, FIRST
        while done < len(left):
            found = self.score[self.agrees]
            if len(found) >= most:
                level = -np.partition(-found, most - 1)[most - 1]
                if ceiling[done] < level - EDGE:
                    return
            self._add(left[done : done + count])
            done += count
            count *= GROWTH

    def top(self, most: int) -> Sequence[int]:
        """Places of those bound best."""
        import numpy as np

        last = min(most, len(self.score)) - 1
        level = -np.partition(-self.score, last)[last]
        return self._ordered(np.flatnonzero(self.score >= level), most)

    def _ordered(self, places: Ints, most: int) -> Sequence[int]:
        import numpy as np

        order = np.lexsort((self.index[places], -self.score[places]))
        return [int(i) for i in places[order[:most]]]

    def chance(self, place: int, most: float = math.inf) -> float:
        """Probability that a changed number would have found a candidate bound as well as the
        one at ``place``; where it is more than ``most``, something from there on."""
        found = self._chance(place)
        if found <= most and self.reach(float(self.score[place]) - EDGE):
            found = self._chance(place)
        return found

    def _chance(self, place: int) -> float:
        import numpy as np

        bound = self.score >= float(self.score[place]) - EDGE
        rest = np.flatnonzero(bound & ~self.agrees)
        rest = rest[np.argsort(self.index[rest])]
        return _chance(self._asked, self.lo[rest], self.hi[rest])

    def count(self, place: int) -> int:
        """How many candidates are bound as well as the one at ``place``."""
        level = float(self.score[place]) - EDGE
        self.reach(level)
        return int((self.score >= level).sum())

    def behind(self, place: int, most: float = math.inf) -> float:
        """By how much the words bind another value of the same kind better: another row of the
        column, or another column of the row, for a cell; another pair of the line for a pair; a
        cell of the line for a mean or an extreme of it that the sentence does not ask for.

        Where that is more than ``most``, something from there on."""
        if self.bonus[place] > 0:
            return 0.0
        pool, asked, index = self._pool, self._asked, int(self.index[place])
        aggregate = int(pool.aggregate[index])
        if aggregate and (pool.base[index] >= 0 or asked.aggregate):
            return 0.0
        if AGGREGATES[aggregate] == "sum" and _is_large(asked):
            return 0.0
        found = self._better(place, self._alike(self.index, index))
        if found <= most and self._level > -math.inf:
            near = self._of_kind(index)
            self._add(near[self._alike(near, index)])
            found = self._better(place, self._alike(self.index, index))
        return found

    def _better(self, place: int, alike: NDArray[np.bool_]) -> float:
        found = (self.score - self.bonus)[alike]
        return max(0.0, float(found.max() - self.score[place])) if len(found) else 0.0

    def _alike(self, here: Ints, index: int) -> NDArray[np.bool_]:
        """Which of the candidates at ``here`` another is held against."""
        import numpy as np

        pool = self._pool
        if pool.aggregate[index]:
            line = pool.new[index]
            one = (pool.new[here] == line) | (pool.across[here] == line)
            return np.asarray(pool.single[here] & one)
        alike = pool.across[here] == pool.across[index]
        if pool.base[index] < 0:
            alike |= pool.new[here] == pool.new[index]
        alike &= (pool.view[here] == pool.view[index]) & pool.plain[here]
        return np.asarray(alike & (pool.kind[here] == pool.kind[index]))

    def _of_kind(self, index: int) -> Ints:
        """Candidates among which are all that the one at ``index`` is held against."""
        pool, runs = self._pool, self._pool.segments
        if pool.alone[index]:
            return pool.cells
        chosen = (runs.view == pool.view[index]) & (runs.kind == pool.kind[index])
        return runs.within(chosen & (runs.combined == pool.combined[index]))


def _is_large(asked: Asked) -> bool:
    """Whether a whole number has so many digits that parts seldom add up to it by chance."""
    quantity = asked.quantity
    whole = quantity.form == "plain" and float(quantity.value).is_integer()
    return whole and quantity.value >= LARGE and quantity.interval.width <= 1.0


def _agree(asked: Asked, lo: Floats, hi: Floats) -> NDArray[np.bool_]:
    """Whether the intervals overlap by more than an edge."""
    import numpy as np

    span = claimed(asked.quantity)
    low, high = span.lo, span.hi
    overlap = np.minimum(hi, high) - np.maximum(lo, low)
    width = np.minimum(hi - lo, high - low)
    return np.asarray(np.where(width > 0, overlap > TOUCH * width, overlap >= 0))


def _chance(asked: Asked, lo: Floats, hi: Floats) -> float:
    """Share of the numbers around the claimed one that would agree with another candidate.

    A number drawn evenly from :data:`SPREAD` times the claimed one agrees if its interval,
    as wide as the claim's, meets one of ``lo`` to ``hi``: those that the claim itself does
    not agree with.
    """
    import numpy as np

    value = abs(asked.quantity.value)
    half = claimed(asked.quantity).width / 2
    first, last = value * SPREAD[0], value * SPREAD[1]
    if not len(lo):
        return 0.0
    if last <= first:  # no changed number is near zero
        return 0.5
    starts, ends = np.clip(lo - half, first, last), np.clip(hi + half, first, last)
    kept = ends > starts
    if not kept.any():
        return 0.0
    order = np.argsort(starts[kept])
    starts, ends = starts[kept][order], ends[kept][order]
    reach = np.maximum.accumulate(ends)
    fresh = np.maximum(starts, np.concatenate(([first], reach[:-1])))
    covered = np.maximum(ends - fresh, 0.0).sum()
    return float(min(1.0, covered / (last - first)))
