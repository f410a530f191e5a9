"""A range held against the least and the greatest of one set of lines.

"Between 12% and 35%", "1.2--3.4x": much agrees with one end by chance, and seldom has one set
of cells, or of pairs of cells, both ends as its extremes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from writer.claims.quantities import Quantity
from writer.claims.tables.asked import Asked
from writer.claims.tables.ceilings import around, meeting, within
from writer.claims.tables.chance import agree, chance
from writer.claims.tables.decide import LIMITS, Match, Search, is_support
from writer.claims.tables.evidence import SURELY_OURS, Evidence
from writer.claims.tables.lines import Names
from writer.claims.tables.measured import form_of
from writer.claims.tables.pool import KINDS, LEVELS, Pool
from writer.claims.tables.rounding import claimed
from writer.claims.tables.score import Scored, scored
from writer.claims.tables.tried import EDGE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MOST = 30
"""Candidates that agree with an end, the best bound first, whose sets are looked at."""

NEAR = 0.25
"""By so much of an end's printed precision an extreme may miss it: cells are rounded as well."""


@dataclass(frozen=True, eq=False)
class Extent:
    """What gives both ends of a range.

    Attributes:
        low, high: the cell, or the pair of cells, of each.
        count: of how many they are the least and the greatest.
    """

    low: Match
    high: Match
    count: int


class _Set(NamedTuple):
    """A set of candidates of one kind: those of a view that share what is not None.

    Attributes:
        new, base, across: lines.
        group: columns, by their place among the groups of the view.
        rows: rows, by their place among the groups of the view as it is turned.
        best: whether the base must be the best in its column that is not the paper's own.
        differ: the headers in which the two rows of a pair differ.
    """

    view: int
    kind: int
    new: int | None = None
    base: int | None = None
    across: int | None = None
    group: int | None = None
    rows: int | None = None
    best: bool = False
    differ: tuple[tuple[str, str], ...] | None = None


def extent(
    asked: Asked, others: Sequence[Quantity], evidence: Evidence, found: Search
) -> Extent | None:
    """The low end of a range that ``asked`` is, if a set of lines has both ends as its extremes:
    the high one is found with it.

    Args:
        others: every quantity of the sentence.
        found: what the tables gave for this end alone.
    """
    if asked.quantity.role != "low" or asked.quantity.value < 0 or asked.flipped:
        return None
    high = _high(asked.quantity, others)
    pool = evidence.pool(form_of(asked))
    if high is None or not len(pool.lo):
        return None
    best = max((item.best for item in (*found.matches, *found.top)), default=0.0)
    ends = (asked, replace(asked, quantity=high))
    return _Ranged(ends, evidence, pool, best - LIMITS[-1][0]).best(best)


def _high(quantity: Quantity, others: Sequence[Quantity]) -> Quantity | None:
    """The high end of the range of which a number is the low one."""
    there = list(others).index(quantity) + 1
    high = others[there] if there < len(others) else quantity
    fits = (high.range, high.form, high.role) == (quantity.range, quantity.form, "high")
    return high if fits else None


def _is_near(end: Asked, held: Scored) -> NDArray[np.bool_]:
    """Whether the middle of what cells give, of ratios the geometric one, is about what an end
    says."""
    import numpy as np

    span, middle = claimed(end.quantity), (held.lo + held.hi) / 2
    if form_of(end) == "ratio":
        middle = np.where(held.lo > 0, np.sqrt(np.abs(held.lo * held.hi)), middle)
    room = NEAR * span.width
    return np.asarray((middle >= span.lo - room) & (middle <= span.hi + room))


def _among(lines: Ints, group: Sequence[int]) -> NDArray[np.bool_]:
    """Which of some lines, by their place in their table, are of a group."""
    import numpy as np

    known = np.zeros(max(int(lines.max(initial=0)), *group, 0) + 1, dtype=bool)
    known[list(group)] = True
    return np.asarray(known[lines] & (lines >= 0))


class _Ranged:
    """The sets of candidates that have something at an end of a range.

    Args:
        ends: the low and the high one.
        least: how well a set must be bound to support them.
    """

    def __init__(
        self, ends: tuple[Asked, Asked], evidence: Evidence, pool: Pool, least: float
    ) -> None:

        self._ends, self._pool = ends, pool
        self._names = Names(ends[0], evidence, pool)
        self._evidence = evidence
        self._differ: dict[tuple[int, int, int], tuple[tuple[str, str], ...] | None] = {}
        low, high = (set(self._sets(self._agreeing(end))) for end in ends)
        self._hold(low & high)  # seldom any, and without one the others tell nothing
        if any(score >= least and self._fits(places) for _, places, score in self._found):
            self._hold(low | high)

    def _hold(self, sets: Iterable[_Set]) -> None:
        """Score the candidates of these sets, and find the extremes of each."""
        import numpy as np

        ends = self._ends
        self._members: Mapping[_Set, Ints] = {
            each: index for each in sorted(sets, key=str) if len(index := self._of(each)) > 1
        }
        known = [*self._members.values(), np.zeros(0, dtype=np.int64)]
        self._index = np.unique(np.concatenate(known))
        taken = self._pool.taken(self._index)
        self._held = [scored(end, self._evidence, taken, self._names) for end in ends]
        self._agrees = [
            agree(end, held.lo, held.hi) & held.fine & _is_near(end, held)
            for end, held in zip(ends, self._held, strict=True)
        ]
        self._found = [(each, *self._extremes(index)) for each, index in self._members.items()]

    def _fits(self, places: Sequence[int]) -> bool:
        """Whether extremes agree with the ends of the range."""
        return bool(places) and all(self._agrees[n][at] for n, at in enumerate(places))

    def best(self, best: float) -> Extent | None:
        """The low end, of the set that is bound best of those that support the range."""
        known = [
            (score, len(self._members[each]), places)
            for each, places, score in self._found
            if self._fits(places)
        ]
        if not known:
            return None
        score, count, places = max(known, key=lambda item: item[:2])
        rivals = [item for item in self._found if item[2] >= score - EDGE]
        likely = (self._chance(0, rivals) + self._chance(1, rivals)) / 2
        low, high = (
            Match(
                self._pool,
                int(self._index[places[n]]),
                float(self._held[n].lo[places[n]]),
                float(self._held[n].hi[places[n]]),
                score,
                max(best, score),
                likely,
            )
            for n in (0, 1)
        )
        return Extent(low, high, count) if is_support(low) else None

    def _chance(self, end: int, found: Iterable[tuple[_Set, Sequence[int], float]]) -> float:
        """How likely another number at ``end`` would have met a set bound as well that has the
        other end as its extreme."""
        import numpy as np

        at = [
            places[end]
            for _, places, _ in found
            if places
            and self._agrees[1 - end][places[1 - end]]
            and not self._agrees[end][places[end]]
        ]
        held, index = self._held[end], np.array(at, dtype=np.int64)
        return chance(self._ends[end], held.lo[index], held.hi[index])

    def _extremes(self, index: Ints) -> tuple[Sequence[int], float]:
        """Places of the least and the greatest of a set, and how well it is bound; no places
        where it has no two that are told in the claim's unit."""
        import numpy as np

        at = np.searchsorted(self._index, index)
        held = self._held[0]
        middle = (held.lo[at] + held.hi[at]) / 2
        at, middle = at[np.isfinite(middle)], middle[np.isfinite(middle)]
        scores = held.score[at]
        if len(at) < 2 or not np.isfinite(scores).any():
            return (), -np.inf
        return (int(at[middle.argmin()]), int(at[middle.argmax()])), float(np.nanmean(scores))

    def _agreeing(self, end: Asked) -> Ints:
        """The candidates that agree with an end, the best bound of them."""
        import numpy as np

        pool, span = self._pool, claimed(end.quantity)
        index = meeting(end, pool, within(pool, around(end, pool)), span.lo, span.hi)
        index = np.sort(index[pool.plain[index]])
        held: Scored = scored(end, self._evidence, pool.taken(index), self._names)
        kept = np.isfinite(held.score) & held.fine & agree(end, held.lo, held.hi)
        order = np.argsort(-held.score[kept], kind="stable")[:MOST]
        return np.asarray(index[kept][order])

    def _sets(self, index: Ints) -> Iterator[_Set]:
        """Every set that has one of the candidates at ``index``."""
        pool = self._pool
        for number in index:
            view, kind = int(pool.view[number]), int(pool.kind[number])
            new, base, across = (int(part[number]) for part in (pool.new, pool.base, pool.across))
            seen, own = pool.views[view], _Set(view, kind)
            column, row = across - seen.first_column, new - seen.first_row
            groups = [n for n, group in enumerate(seen.grid.groups) if column in group]
            whole = [own._replace(across=across), *(own._replace(group=n) for n in groups)]
            if base < 0:
                rows = [n for n, group in enumerate(seen.grid.turned.groups) if row in group]
                yield own._replace(across=across)
                for n in rows:
                    yield own._replace(across=across, rows=n)
                for n in groups:
                    yield own._replace(new=new, group=n)
                    yield own._replace(group=n)
                continue
            differ = self._differing(view, new, base)
            for place in whole:
                yield place._replace(new=new)
                yield place._replace(base=base)
                if differ is not None:
                    yield place._replace(differ=differ)
            for n in groups:
                yield own._replace(new=new, base=base, group=n)
                yield own._replace(new=new, best=True, group=n)

    def _differing(self, view: int, new: int, base: int) -> tuple[tuple[str, str], ...] | None:
        """The headers in which two rows differ that share some; None if they share none."""
        if (view, new, base) not in self._differ:
            seen = self._pool.views[view]
            paths = [seen.grid.rows[line - seen.first_row].path for line in (new, base)]
            apart = tuple(pair for pair in zip(*paths, strict=False) if pair[0] != pair[1])
            alike = len(paths[0]) == len(paths[1]) > len(apart)
            self._differ[view, new, base] = apart if alike else None
        return self._differ[view, new, base]

    def _of(self, own: _Set) -> Ints:
        """The candidates of a set; none if it has not all pairs of its lines."""
        import numpy as np

        pool, seen = self._pool, self._pool.views[own.view]
        first, last = np.searchsorted(pool.view, (own.view, own.view + 1))
        here = slice(first, last)
        new, base, across = pool.new[here], pool.base[here], pool.across[here]
        kept = pool.plain[here] & ((base < 0) == (own.base is None and self._is_level(own.kind)))
        for line, wanted in ((new, own.new), (base, own.base), (across, own.across)):
            if wanted is not None:
                kept &= line == wanted
        if own.group is not None:
            kept &= _among(across - seen.first_column, seen.grid.groups[own.group])
        if own.rows is not None:
            kept &= _among(new - seen.first_row, seen.grid.turned.groups[own.rows])
        if own.differ is None and not self._is_level(own.kind):
            kept &= ~pool.apart[here]
        if own.best:
            kept &= pool.owned[base] < SURELY_OURS
        index = np.flatnonzero(kept) + first
        if own.differ is not None:
            size = int(pool.base[index].max(initial=0)) + 1
            pairs, which = np.unique(
                pool.new[index].astype(np.int64) * size + pool.base[index], return_inverse=True
            )
            alike = [
                self._differing(own.view, int(pair) // size, int(pair) % size) == own.differ
                for pair in pairs
            ]
            index = index[np.array(alike, dtype=bool)[which]]
        chosen = index[pool.kind[index] == own.kind]
        if self._is_level(own.kind):
            return np.asarray(chosen)
        size = int(max(pool.base[index].max(initial=0), pool.across[index].max(initial=0))) + 2
        lines = (
            (pool.new[index].astype(np.int64) * size + pool.base[index] + 1) * size
            + pool.across[index]
            + 1
        )
        whole = len(np.unique(lines))
        chosen = chosen if len(chosen) == whole else chosen[:0]
        return np.asarray(self._least(chosen) if own.best else chosen)

    def _least(self, index: Ints) -> Ints:
        """Of the pairs of each column that with the least change: its base is the best."""
        import numpy as np

        pool = self._pool
        order = np.lexsort((pool.lo[index] + pool.hi[index], pool.across[index]))
        across = pool.across[index][order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = across[1:] != across[:-1]
        return np.asarray(np.sort(index[order[first]]))

    def _is_level(self, kind: int) -> bool:
        return KINDS[kind] in LEVELS
