"""The verdict of a paper's tables on one quantity."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from writer.claims.tables.cells import View, digits_of
from writer.claims.tables.context import Asked
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.measured import form_of
from writer.claims.tables.pool import AGGREGATES, KINDS, Pool
from writer.claims.tables.rounding import claimed
from writer.claims.tables.score import NAMED, SURELY_OURS, scored
from writer.model.table import TableCell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LIMITS = ((0.8, 0.3), (1.3, 0.15), (3.0, 0.05))
"""How far below the best bound candidate a match may be, and how likely a number changed at
random would then find one bound as well: the better the binding, the more chance it may
leave. Tuned on papers outside this project."""

SIBLING = 0.3
"""How much better another row of the same column may be bound: beyond that, the sentence
speaks of that row, and an equal number in this one is no support."""

LARGE = 100
"""A whole number from here on may be a total that the sentence does not call one."""

FLOOR = 0.0
"""A match whose headers miss more of the sentence than they meet is no support, unless"""

CERTAIN = 0.03
"""chance would seldom give it."""

SPREAD = (0.6, 1.7)
"""Among numbers from this part of the claimed one to this multiple chance is measured."""

SHOWN = 4
"""How many matches, and how many of the best bound candidates, are kept."""

BESIDE = 24
"""Among how many that agree a printed change is looked for beside its two cells."""

ERRORS = "(new-base)/(100-base)"
"""The share of errors that went, of a score in per cent."""


@dataclass(frozen=True, eq=False)
class Match:
    """A candidate, with how it compares with the others.

    Attributes:
        pool, index: the candidate.
        lo, hi: its bounds in the claim's unit.
        score: how well its words bind it; ``best`` is the most that any candidate has from
            its words alone.
        chance: probability that a changed number would have found one bound as well.
        tried: how many candidates are bound as well.
        behind: by how much another of its column, or of its row, is bound better.
    """

    pool: Pool
    index: int
    lo: float
    hi: float
    score: float
    best: float
    chance: float
    tried: int
    behind: float = 0.0

    @property
    def kind(self) -> str:
        return KINDS[int(self.pool.kind[self.index])]

    @property
    def is_stated(self) -> bool:
        """Whether a header says that the cell is itself a change or ratio."""
        return bool(self.pool.stated[self.index])

    @property
    def places(self) -> frozenset[int]:
        """The lines that it is made of."""
        pool = self.pool
        return frozenset(int(part[self.index]) for part in (pool.new, pool.base, pool.across))

    @property
    def aggregate(self) -> str:
        return AGGREGATES[int(self.pool.aggregate[self.index])]

    @property
    def table(self) -> int:
        """Number of the table."""
        return self._view.grid.table.number

    @cached_property
    def cells(self) -> tuple[TableCell, ...]:
        """The cells behind the value, those of the new line before those of the base."""
        view, pool = self._view, self.pool
        across = int(pool.across[self.index])
        lines = sum(len(v.grid.rows) for v in pool.views)
        columns = pool.groups[across - lines] if across >= lines else (across,)
        found = [
            (int(line) - view.first_row, column - view.first_column)
            for line in (pool.new[self.index], pool.base[self.index])
            if line >= 0
            for column in columns
        ]
        return tuple(view.grid.cell(*at) for at in found if view.grid.cells[at] >= 0)

    @property
    def _view(self) -> View:
        return self.pool.views[int(self.pool.view[self.index])]

    @property
    def formula(self) -> str:
        """What was computed, with the cells' own digits."""
        if self.aggregate:
            kind = "" if self.kind == "line" else f" of {self.kind}"
            count = len(self.cells) // (1 if self.kind == "line" else 2)
            return f"{self.aggregate}{kind} over {count} " + ("cells" if not kind else "pairs")
        if len(self.cells) < 2:
            return f"{digits_of(self.cells[0])}{self.kind.removeprefix('cell')}"
        shown = {"new": digits_of(self.cells[0]), "base": digits_of(self.cells[1])}
        text = ERRORS if self.kind == "errors" else self.kind
        return re.sub(r"new|base", lambda match: shown[match[0]], text)


@dataclass(frozen=True, eq=False)
class Search:
    """Everything that was tried for one quantity.

    Attributes:
        matches: those that agree, best bound first, at most a few.
        top: candidates bound best, whether or not they agree; their chance is not measured.
        further: the next that agree, where the number tells a change or ratio.
    """

    matches: tuple[Match, ...]
    top: tuple[Match, ...]
    further: tuple[Match, ...] = ()


def search(asked: Asked, evidence: Evidence) -> Search:
    """Hold a quantity against every table."""
    import numpy as np

    pool = evidence.pool(form_of(asked))
    if not len(pool.lo):
        return Search((), ())
    held = scored(asked, evidence, pool)
    valid = np.flatnonzero(np.isfinite(held.score))
    if not len(valid):
        return Search((), ())
    score, lo, hi, bonus = held.score[valid], held.lo[valid], held.hi[valid], held.bonus[valid]
    best = float((score - bonus).max())
    agreed = _agree(asked, lo, hi) & held.fine[valid]

    def match(place: int, *, weighed: bool) -> Match:
        level = float(score[place])
        found = Match(
            pool, int(valid[place]), float(lo[place]), float(hi[place]), level, best, 0.0, 1
        )
        if not weighed:
            return found
        bound = score >= level - 1e-9
        rest = bound & ~agreed
        own = bonus[place] > 0
        return replace(
            found,
            chance=_chance(asked, lo[rest], hi[rest]),
            tried=int(bound.sum()),
            behind=0.0 if own else _behind(asked, pool, valid, score - bonus, place),
        )

    found = np.flatnonzero(agreed)
    found = found[np.argsort(-score[found], kind="stable")][:BESIDE]
    most = min(SHOWN, len(score) - 1)
    top = np.argpartition(-score, most)[: most + 1] if most else np.zeros(1, dtype=np.int64)
    top = top[np.argsort(-score[top], kind="stable")][:SHOWN]
    return Search(
        tuple(match(int(i), weighed=True) for i in found[:SHOWN]),
        tuple(match(int(i), weighed=False) for i in top),
        tuple(match(int(i), weighed=False) for i in found[SHOWN:] if form_of(asked) != "plain"),
    )


def _behind(asked: Asked, pool: Pool, valid: Ints, score: Floats, place: int) -> float:
    """By how much the words bind another value of the same kind better: another row of the
    column, or another column of the row, for a cell; another pair of the line for a pair; a
    cell of the line for a mean or an extreme of it that the sentence does not ask for."""
    index = valid[place]
    combined = pool.aggregate[index] > 0
    if combined and (pool.base[index] >= 0 or asked.aggregate):
        return 0.0
    if AGGREGATES[int(pool.aggregate[index])] == "sum" and _is_large(asked):
        return 0.0
    alike = (pool.view[valid] == pool.view[index]) & pool.plain[valid]
    if combined:
        near = score[_cells_of(pool, valid, int(index))]
        return float(near.max() - score[place]) if len(near) else 0.0
    alike &= pool.kind[valid] == pool.kind[index]
    same = pool.across[valid] == pool.across[index]
    if pool.base[index] < 0:
        same |= pool.new[valid] == pool.new[index]
    near = score[alike & same]
    return float(near.max() - score[place]) if len(near) else 0.0


def _is_large(asked: Asked) -> bool:
    """Whether a whole number has so many digits that parts seldom add up to it by chance."""
    quantity = asked.quantity
    whole = quantity.form == "plain" and float(quantity.value).is_integer()
    return whole and quantity.value >= LARGE and quantity.interval.width <= 1.0


def _cells_of(pool: Pool, valid: Ints, index: int) -> NDArray[np.bool_]:
    """Which candidates are cells of the line that candidate ``index`` combines."""
    import numpy as np

    line = pool.new[index]
    return np.asarray(
        pool.single[valid] & ((pool.new[valid] == line) | (pool.across[valid] == line))
    )


def _agree(asked: Asked, lo: Floats, hi: Floats) -> NDArray[np.bool_]:
    """Whether the intervals overlap by more than an edge."""
    import numpy as np

    span = claimed(asked.quantity)
    low, high = span.lo, span.hi
    overlap = np.minimum(hi, high) - np.maximum(lo, low)
    width = np.minimum(hi - lo, high - low)
    return np.asarray(np.where(width > 0, overlap > 1e-6 * width, overlap >= 0))


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


def supports(found: Search) -> Match | None:
    """The match that supports the claim, or None."""
    for match in found.matches:
        gap = match.best - match.score
        if match.behind > SIBLING or (match.score < FLOOR and match.chance > CERTAIN):
            continue
        if any(gap <= margin and match.chance <= chance for margin, chance in LIMITS):
            return match
    return None


def beside(found: Search, match: Match) -> Match | None:
    """The printed change or ratio in the line of the two cells that give it, or these two cells
    beside a printed one: each bears out the other."""
    own = match.cells
    for other in (*found.matches, *found.further):
        if other is match or other.table != match.table or other.aggregate or match.aggregate:
            continue
        one, pair = (match, other) if match.kind == "cell" else (other, match)
        if one.kind != "cell" or pair.kind == "cell" or not one.is_stated:
            continue
        cells = (*own, *other.cells)
        alone = one.cells[0]
        if alone in pair.cells or alone.unit not in PRINTED:
            continue
        if len({cell.row for cell in cells}) == 1 or len({cell.column for cell in cells}) == 1:
            return other
    return None


PRINTED = ("", "%", "pp", "x")
"""Units of a printed change or ratio."""


def contradicts(asked: Asked, found: Search, evidence: Evidence) -> Match | None:
    """The cell, or the pair of cells, that the sentence names and states otherwise, or None.

    Only where everything is definite: every word of its lines is said, nothing else comes
    near, and the claim lies so close that the same thing is meant: closer yet where other
    cells would give the number.
    """
    if not found.top or asked.quantity.hedge:
        return None
    top = found.top[0]
    single = top.kind in ("cell", "cell*100")
    if top.aggregate or top.kind == "line" or single == asked.compared:
        return None
    if top.score - _rival(found) < (LEAD if single else LEAD_OF_PAIR):
        return None
    gap = top.score - found.matches[0].score if found.matches else math.inf
    most = next((limit for far, limit in NEAR if gap >= far), 0.0)
    middle, value = abs(top.lo + top.hi) / 2, abs(asked.quantity.value)
    near = 0 < value < most * middle and middle < most * value
    return top if near and _is_named(asked, top, evidence) else None


def _rival(found: Search) -> float:
    """The score of the best candidate that is no other formula over the same cells."""
    top = found.top[0]
    return max((item.score for item in found.top[1:] if item.places != top.places), default=-1e9)


def _is_named(asked: Asked, match: Match, evidence: Evidence) -> bool:
    """Whether the words name all lines of a match; "we" names the paper's own."""
    pool, index = match.pool, match.index
    said = evidence.coverage(evidence.met(asked.subject))
    own = evidence.ours >= SURELY_OURS if asked.ours >= 1.0 else said < 0.0
    lines = (int(pool.new[index]), int(pool.across[index]))
    if not all(bool(said[line] >= NAMED or own[line]) for line in lines):
        return False
    base = int(pool.base[index])
    if base < 0:
        return True
    return asked.base is not None and bool(
        evidence.coverage(evidence.met(asked.base))[base] >= NAMED
    )


LEAD, LEAD_OF_PAIR = 0.7, 0.9
"""By how much a cell, or a pair, must be bound better than any other to contradict a claim."""

NEAR = ((1.5, 1.6), (1.0, 1.1))
"""How much worse than the named cell all that would give the number must be bound, and how
close, as a multiple, the claim must then be to the cell."""
