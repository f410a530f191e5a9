"""The candidates of a pool held against one quantity: those that can win, the rest when asked."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from writer.claims.tables.asked import Asked
from writer.claims.tables.ceilings import Ceilings, around, meeting, pairs_beside, within
from writer.claims.tables.chance import agree, chance, reachable
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.lines import Names
from writer.claims.tables.measured import is_large
from writer.claims.tables.pool import AGGREGATES, KINDS, LEVELS, Pool
from writer.claims.tables.rounding import claimed, computed
from writer.claims.tables.score import BESIDE, scored, stated_beside

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Reading = Callable[[Ints], NDArray[np.bool_]]

SMALL = 5_000
"""Candidates of which all are scored at once: to choose among fewer takes as long."""

FIRST, GROWTH = 500, 4
"""How many candidates are scored at first, and how many times more the next time."""

OPENED = 2_000
"""How many have their own bounds made at first, run by run."""

_LEVELS = [KINDS.index(name) for name in LEVELS]

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
        self._asked, self._evidence, self.pool = asked, evidence, pool
        self._names = Names(asked, evidence, pool)
        self._forget()
        if len(pool.lo) <= SMALL:
            self._level = -math.inf
            self._take(pool, None)
        else:
            self._find_best()
        self.best = float((self.score - self.bonus).max()) if len(self.index) else 0.0

    def _find_best(self) -> None:
        """Score candidates, the most promising first, until no other can be among the best."""
        import numpy as np

        self._level = self._opened = math.inf
        self._ceilings = Ceilings(self._asked, self._evidence, self.pool, self._names)
        self._seen = np.zeros(len(self.pool.lo), dtype=bool)
        pairs = pairs_beside(self._asked, self._evidence, self.pool)
        self._waiting = pairs, self._ceilings.of(pairs) + BESIDE
        self._listed = np.zeros(len(self.pool.lo), dtype=bool)
        self._listed[pairs] = True
        opened, count = OPENED, FIRST
        while self._level > -math.inf:
            enough = self._enough()
            if enough > self._level + EDGE:
                return
            self._open(max(self._most_promising(opened), enough - 2 * EDGE))
            several = max(_largest(self._waiting[1], count), self._opened)
            self.reach(max(several, enough - 2 * EDGE))
            opened, count = opened * GROWTH, count * GROWTH

    def _enough(self) -> float:
        """The score that a candidate must have to be among the best of those scored so far."""
        if len(self.score) < SHOWN:
            return -math.inf
        return min(_largest(self.score, SHOWN), float((self.score - self.bonus).max()))

    def _most_promising(self, count: int) -> float:
        """The bound from which on there are about so many candidates."""
        ordered = self._ceilings.ordered
        most = max(1, count * len(ordered) // len(self.pool.lo))
        return float(ordered[-most]) if most < len(ordered) else -math.inf

    def _open(self, level: float) -> None:
        """Make the bounds of all candidates of the runs that reach ``level``."""
        import numpy as np

        if level >= self._opened:
            return
        runs = self._ceilings.runs
        chosen = np.flatnonzero((runs >= level) & (runs < self._opened))
        self._opened = level
        index = self.pool.segments.within(chosen)
        index = index[~(self._seen[index] | self._listed[index])]
        known, bounds = self._waiting
        fresh = self._ceilings.of(index)
        self._waiting = np.concatenate((known, index)), np.concatenate((bounds, fresh))

    def reach(self, level: float) -> bool:
        """Score whatever may have a score from ``level`` on, and say whether anything was added."""
        if level >= self._level:
            return False
        self._open(level)
        index, bounds = self._waiting
        chosen = bounds >= level
        self._level = level
        self._waiting = index[~chosen], bounds[~chosen]
        return self._add(index[chosen])

    def _reach_meeting(self, level: float, low: float, high: float) -> bool:
        """The same for those alone that may meet ``low`` to ``high``."""
        return self.reach_some(
            level, lambda index: meeting(self._asked, self.pool, index, low, high)
        )

    def reach_some(self, level: float, chosen: Callable[[Ints], Ints]) -> bool:
        """The same for those alone that are ``chosen`` from all that may have such a score."""
        if level >= self._level:
            return False
        self._open(level)
        index, bounds = self._waiting
        return self._add(chosen(index[bounds >= level]))

    def _add(self, index: Ints) -> bool:
        """Score those of the candidates at ``index`` that are not yet."""
        index = index[~self._seen[index]]
        if len(index):
            self._seen[index] = True
            self._take(self.pool.taken(index), index)
        return bool(len(index))

    def _forget(self) -> None:
        import numpy as np

        self.index, self.agrees = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
        self.score = self.lo = self.hi = self.bonus = np.zeros(0)

    def _take(self, pool: Pool, index: Ints | None) -> None:
        """Add the candidates of ``pool``, which are those at ``index``."""
        import numpy as np

        held = scored(self._asked, self._evidence, pool, self._names)
        valid = np.flatnonzero(np.isfinite(held.score))
        lo, hi, bonus = held.lo[valid], held.hi[valid], held.bonus[valid]
        derived = ~pool.single[valid] & (bonus == 0)  # the sentence states no cells of it
        given = computed(self._asked.quantity, lo, hi, derived)
        fresh: dict[str, NDArray[Any]] = {
            "index": valid if index is None else index[valid],
            "score": held.score[valid],
            "bonus": bonus,
            "lo": lo,
            "hi": hi,
            "agrees": agree(self._asked, *given) & held.fine[valid],
        }
        for name, values in fresh.items():
            known = getattr(self, name)
            setattr(self, name, np.concatenate((known, values)) if len(known) else values)

    def agreed(self, most: int) -> Sequence[int]:
        """Places of those that agree, best bound first, the first of equals first."""
        import numpy as np

        if self._level > -math.inf:
            self._find_agreeing(most)
        return self.ordered(np.flatnonzero(self.agrees), most)

    def _find_agreeing(self, most: int) -> None:
        """Score those that may agree, the most promising first, until no other can be among the
        ``most`` best of them: run by run, or by value where fewer have one near the claim's."""
        span, level, opened = claimed(self._asked.quantity), self._level, OPENED
        spans = around(self._asked, self.pool)
        while opened < sum(last - first for first, last in spans):
            enough = self._agreed(most)
            if enough > level + EDGE:
                return
            level = max(self._most_promising(opened), enough - 2 * EDGE)
            self._reach_meeting(level, span.lo, span.hi)
            opened *= GROWTH
        self._find_by_value(most, spans)

    def _agreed(self, most: int) -> float:
        """The score of the last of so many that agree; those that are scored."""
        found = self.score[self.agrees]
        return _largest(found, most) if len(found) >= most else -math.inf

    def _find_by_value(self, most: int, spans: Sequence[tuple[int, int]]) -> None:
        span = claimed(self._asked.quantity)
        left = meeting(self._asked, self.pool, within(self.pool, spans), span.lo, span.hi)
        left = left[~self._seen[left]]
        ceiling, count = self._ceilings.of(left), FIRST
        while len(left):
            chosen = ceiling >= max(_largest(ceiling, count), self._agreed(most) - EDGE)
            if not chosen.any():
                return
            self._add(left[chosen])
            left, ceiling = left[~chosen], ceiling[~chosen]
            count *= GROWTH

    def top(self, most: int) -> Sequence[int]:
        """Places of those bound best."""
        import numpy as np

        return self.ordered(np.flatnonzero(self.score >= _largest(self.score, most)), most)

    def foremost(self, reading: Reading, below: float, most: float) -> tuple[int, float] | None:
        """The place of the candidate of a reading that is bound best, and by how much it is bound
        better than any with another value, ``most`` at most; None where none of the reading is
        bound by ``below`` less than the best of all.

        Args:
            reading: which of some candidates of the pool are of it.
        """
        known = self.of_reading(reading, -math.inf)
        best = float(self.score[known].max()) if len(known) else -math.inf
        self.reach_some(max(self.best - below, best - EDGE), lambda index: index[reading(index)])
        fitting = self.of_reading(reading, self.best - below)
        if not len(fitting):
            return None
        first = self.ordered(fitting, 1)[0]
        best = float(self.score[first])
        level = max(self._nearest(reading, first, best - most), best - most)
        self.reach_some(level, lambda index: index[reading(index)])
        return first, min(best - self._nearest(reading, first, best - most), most)

    def of_reading(self, reading: Reading, level: float) -> Ints:
        """The places of the candidates of a reading that have a score from ``level`` on."""
        import numpy as np

        places = np.flatnonzero(self.score >= level)
        return places[reading(self.index[places])]

    def _nearest(self, reading: Reading, first: int, level: float) -> float:
        """The most, from ``level`` on, that one with another value than ``first`` has, if any."""
        places = self.of_reading(reading, level)
        rivals = places[~self._is_same(places, first)]
        return float(self.score[rivals].max()) if len(rivals) else -math.inf

    def _is_same(self, places: Ints, first: int) -> NDArray[np.bool_]:
        """Which candidates say what the one at ``first`` says: another formula over its cells,
        or the same value by the same formula, as another table prints it again."""
        import numpy as np

        pool, index, own = self.pool, self.index[places], int(self.index[first])
        lines = np.sort(np.stack((pool.new[index], pool.base[index], pool.across[index])), axis=0)
        one = np.sort(np.array((pool.new[own], pool.base[own], pool.across[own])))
        middle = (self.lo + self.hi) / 2
        agrees = (self.lo[places] <= middle[first]) & (middle[first] <= self.hi[places])
        agrees |= (self.lo[first] <= middle[places]) & (middle[places] <= self.hi[first])
        agrees &= pool.kind[index] == pool.kind[own]
        return np.asarray((lines == one[:, None]).all(axis=0) | agrees)

    def ordered(self, places: Ints, most: int) -> Sequence[int]:
        import numpy as np

        if len(places) > most:
            places = places[self.score[places] >= _largest(self.score[places], most)]
        order = np.lexsort((self.index[places], -self.score[places]))
        return [int(i) for i in places[order[:most]]]

    def chance(self, place: int, most: float = math.inf) -> float:
        """Probability that a changed number would have found a candidate bound as well as the
        one at ``place``; where it is more than ``most``, something from there on."""
        found = self._chance(place)
        level = float(self.score[place]) - EDGE
        if found <= most and self._reach_meeting(level, *reachable(self._asked)):
            found = self._chance(place)
        return found

    def _chance(self, place: int) -> float:
        import numpy as np

        bound = self.score >= float(self.score[place]) - EDGE
        rest = np.flatnonzero(bound & ~self.agrees)
        rest = rest[np.argsort(self.index[rest])]
        return chance(self._asked, self.lo[rest], self.hi[rest])

    def count(self, place: int) -> int:
        """How many candidates are bound as well as the one at ``place``."""
        level = float(self.score[place]) - EDGE
        self.reach(level)
        return int((self.score >= level).sum())

    def is_aside(self, place: int) -> bool:
        """Whether a pair has another base than the one that the words name in its table."""
        base = int(self.pool.base[self.index[place]])
        return base >= 0 and not self.bonus[place] and bool(self._names.aside[base])

    def behind(self, place: int, most: float = math.inf) -> float:
        """By how much the words bind another value of the same kind better: another row of the
        column, or another column of the row, for a cell; another pair of the line for a pair; for a
        mean or an extreme that of another line of the same columns, or of other columns of the
        line, or, where the sentence does not ask for one, a cell of the line.

        Where that is more than ``most``, something from there on."""
        if self.bonus[place] > 0:
            return 0.0
        pool, asked, index = self.pool, self._asked, int(self.index[place])
        aggregate = int(pool.aggregate[index])
        if aggregate and pool.base[index] >= 0:
            return 0.0
        if AGGREGATES[aggregate] == "sum" and is_large(asked.quantity):
            return 0.0
        found = self._better(place, self.alike(self.index, index))
        if found <= most and self._level > -math.inf:
            near = self._of_kind(index)
            self._add(near[self.alike(near, index)])
            found = self._better(place, self.alike(self.index, index))
        return found

    def _better(self, place: int, alike: NDArray[np.bool_]) -> float:
        found = (self.score - self.bonus)[alike]
        return max(0.0, float(found.max() - self.score[place])) if len(found) else 0.0

    def is_told(self, here: Ints) -> NDArray[np.bool_]:
        """Which candidates at ``here`` are one cell that another number of the sentence states."""
        import numpy as np

        return np.asarray((self.pool.base[here] < 0) & self._told[self.pool.new_cell[here]])

    def alike(self, here: Ints, index: int) -> NDArray[np.bool_]:
        """Which of the candidates at ``here`` another is held against."""
        import numpy as np

        pool = self.pool
        if pool.aggregate[index] and self._asked.aggregate:
            alike = (pool.aggregate[here] == pool.aggregate[index]) & (pool.base[here] < 0)
            alike &= pool.view[here] == pool.view[index]
            one = (pool.across[here] == pool.across[index]) | (pool.new[here] == pool.new[index])
            return np.asarray(alike & one)
        if pool.aggregate[index]:
            line = pool.new[index]
            one = (pool.new[here] == line) | (pool.across[here] == line)
            return np.asarray(pool.single[here] & one)
        alike = pool.across[here] == pool.across[index]
        if pool.base[index] < 0:
            alike |= pool.new[here] == pool.new[index]
        alike &= (pool.view[here] == pool.view[index]) & pool.plain[here]
        kinds, own = pool.kind[here], int(pool.kind[index])
        same = kinds == own
        if own in _LEVELS:  # one may be a fraction
            same |= np.isin(kinds, _LEVELS)
        if pool.base[index] < 0:
            alike &= ~self._told[pool.new_cell[here]]
        return np.asarray(alike & same)

    @cached_property
    def _told(self) -> NDArray[np.bool_]:
        """Which cells another number of the sentence states: the claim's words may be said of
        those; False at the end, for candidates that are no cell."""
        return stated_beside(self._asked, self._evidence) > 0

    def _of_kind(self, index: int) -> Ints:
        """Candidates among which are all that the one at ``index`` is held against."""
        import numpy as np

        pool, runs = self.pool, self.pool.segments
        view = int(pool.view[index])
        line = bool(pool.aggregate[index]) and not self._asked.aggregate
        here = runs.of_view(view & ~1 if line else view)  # cells are of the rows' view only
        chosen = runs.combined[here] == (0 if line else pool.combined[index])
        kind = int(pool.kind[index])
        chosen &= line | np.isin(runs.kind[here], _LEVELS if kind in _LEVELS else kind)
        return runs.within(np.flatnonzero(chosen) + here.start)


def _largest(values: Floats, count: int) -> float:
    """The ``count``-th largest, or the least of fewer."""
    import numpy as np

    last = min(count, len(values))
    return float(np.partition(values, -last)[-last]) if last else -math.inf
