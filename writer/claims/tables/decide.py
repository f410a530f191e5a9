"""The verdict of a paper's tables on one quantity."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from writer.claims.tables.against import BELOW, MOST_LEAD, Foremost, is_open, is_spoken_of, readings
from writer.claims.tables.asked import Asked
from writer.claims.tables.cells import View, digits_of
from writer.claims.tables.companions import companions, company
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.measured import form_of
from writer.claims.tables.neighbours import rivals, summit
from writer.claims.tables.pool import AGGREGATES, KINDS, LEVELS, Pool
from writer.claims.tables.tried import SHOWN, Tried
from writer.model.table import PaperTable, TableCell

LIMITS = ((0.8, 0.3), (1.3, 0.15), (3.0, 0.05))
"""How far below the best bound candidate a match may be, and how likely a number changed at
random would then find one bound as well: the better the binding, the more chance it may
leave. Tuned on papers outside this project."""

PAIRED_LIMITS = ((0.2, 0.3), (1.3, 0.15), (3.0, 0.05))
"""The same for what two cells give: there are so many pairs that chance finds one sooner."""

SIBLING = 0.3
"""How much better another row of the same column may be bound: beyond that, the sentence
speaks of that row, and an equal number in this one is no support."""

SEVERAL, UNSURE = 2, 0.15
"""A cell is no support where so many others of its row and column are bound as well, and it is
neither the largest nor the smallest of either, or one of them is bound by so much better,"""

FAINT, BESIDES = 0.5, 0.01
"""nor one so little bound that chance may give where another is bound better at all,"""

ALONE = 0.3
"""unless the sentence's other numbers stand about it: see :func:`company`."""

FLOOR = 0.0
"""A match whose headers miss more of the sentence than they meet is no support, unless"""

CERTAIN = 0.03
"""chance would seldom give it."""

SLOPE = 1.0
"""A best case may be that of any candidate that is bound by at most so much less than the best."""

TOTAL = 1000.0
"""No mean or extreme of a line is support so; a sum from here on is seldom one by chance."""

NEARLY = 1.0
"""A match that is bound by so much less than the best is told as one that chance may give."""

COMPANY = 0.5
"""By so much less a cell may be bound that stands among the sentence's other numbers."""

AGREEING = 24
"""Among how many that agree is looked for what bears out the one shown: a printed change beside
its two cells, and the same in other tables."""

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
        chance: probability that a changed number would have found one bound as well; where
            that is too much for any support, something from there on.
        tried: how many candidates are bound as well, where that is told; else 0.
        is_ruled_out: whether another of its column, or of its row, is bound better by
            :data:`SIBLING`, or an arrow beside it says otherwise, as far as that is looked at.
        is_one_of_many: whether nothing tells it from other cells of its row or column.
        bonus: what of its score it has because its cells stand beside the claim, where asked.
    """

    pool: Pool
    index: int
    lo: float
    hi: float
    score: float
    best: float
    chance: float = 1.0
    tried: int = 0
    is_ruled_out: bool = False
    is_one_of_many: bool = False
    bonus: float = 0.0

    @property
    def kind(self) -> str:
        return KINDS[int(self.pool.kind[self.index])]

    @property
    def is_level(self) -> bool:
        """Whether it is one cell as it stands, in the claim's unit."""
        return self.kind in LEVELS and not self.aggregate

    @property
    def cell(self) -> int:
        """Number of its new cell among all of the paper, -1 for an aggregate."""
        return int(self.pool.new_cell[self.index])

    @property
    def is_stated(self) -> bool:
        """Whether a header says that the cell is itself a change or ratio."""
        return bool(self.pool.stated[self.index])

    @property
    def new(self) -> int:
        """The line of its new cell."""
        return int(self.pool.new[self.index])

    @property
    def base(self) -> int:
        """The line of what it is compared with; -1 where it is compared with nothing."""
        return int(self.pool.base[self.index])

    @property
    def sign(self) -> int:
        """1 where more is better, 2 where less is, 0 where that is not known."""
        return int(self.pool.sign[self.index])

    @property
    def places(self) -> frozenset[int]:
        """The lines that it is made of."""
        pool = self.pool
        return frozenset(int(part[self.index]) for part in (pool.new, pool.base, pool.across))

    @property
    def spoken_of(self) -> tuple[int, ...]:
        """The lines that a sentence speaks of that tells it; of a pair only what crosses it."""
        pool = self.pool
        across = int(pool.across[self.index])
        return (across,) if pool.base[self.index] >= 0 else (int(pool.new[self.index]), across)

    @property
    def aggregate(self) -> str:
        return AGGREGATES[int(self.pool.aggregate[self.index])]

    @property
    def table(self) -> int:
        """Number of the table."""
        return self.paper_table.number

    @property
    def paper_table(self) -> PaperTable:
        return self._view.grid.table

    @cached_property
    def cells(self) -> tuple[TableCell, ...]:
        """The cells behind the value, those of the new line before those of the base."""
        view, pool = self._view, self.pool
        across = int(pool.across[self.index])
        lines = len(pool.owned)
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
        further: the next that agree.
        first: what the number is held against where nothing supports it.
        levels: all looked at that agree and are one cell, where nothing supports it.
        summit: what a best case is held against where nothing supports it: the candidate of its
            form that the words bind best, and the largest of those bound not much worse.
    """

    matches: tuple[Match, ...]
    top: tuple[Match, ...]
    further: tuple[Match, ...] = ()
    first: Foremost | None = None
    levels: tuple[Match, ...] = ()
    summit: tuple[Match, Match] | None = None


def search(asked: Asked, evidence: Evidence, pool: Pool | None = None) -> Search:
    """Hold a quantity against every table, or against the candidates of ``pool``."""
    pool = evidence.pool(form_of(asked)) if pool is None else pool
    if not len(pool.lo):
        return Search((), ())
    tried = Tried(asked, evidence, pool)
    if not len(tried.index):
        return Search((), ())

    def match(place: int) -> Match:
        lo, hi, score = (float(part[place]) for part in (tried.lo, tried.hi, tried.score))
        return Match(pool, int(tried.index[place]), lo, hi, score, tried.best)

    agreed, top = tried.agreed(AGREEING), tried.top(SHOWN)
    shown = [match(place) for place in agreed[:SHOWN]]
    rest = tuple(map(match, top)), tuple(map(match, agreed[SHOWN:]))
    for number, place in enumerate(agreed[:SHOWN]):
        weighed = _weighed(shown[number], asked, evidence, tried, place, first=not number)
        shown[number] = weighed
        if is_support(weighed):
            other = _in_company(asked, evidence, tried, agreed[:SHOWN], shown, number)
            if other is not None:
                shown.insert(number, shown.pop(other[0]))
                shown[number] = other[1]
            return Search(tuple(shown), *rest)
    levels = tuple(item for item in map(match, agreed) if item.is_level)
    first = _foremost(asked, tried, pool, shown, match)
    summit = _summit(asked, evidence, tried, match)
    return Search(tuple(shown), *rest, first, levels, summit)


def _in_company(
    asked: Asked,
    evidence: Evidence,
    tried: Tried,
    agreed: Sequence[int],
    shown: Sequence[Match],
    here: int,
) -> tuple[int, Match] | None:
    """A cell that supports the claim as well, is bound nearly as well as the one ``here``, and
    has more of the sentence's other numbers about it; None if there is none."""
    if not asked.beside or not shown[here].is_level:
        return None
    own = companions(asked, evidence, shown[here].cell)
    found = None
    for place in range(here + 1, len(shown)):
        rival = shown[place]
        if not rival.is_level or rival.score < shown[here].score - COMPANY:
            continue
        with_rival = companions(asked, evidence, rival.cell)
        if with_rival > own:
            weighed = _weighed(
                rival, asked, evidence, tried, agreed[place], first=True, in_company=True
            )
            if is_support(weighed):
                own, found = with_rival, (place, weighed)
    return found


def _summit(
    asked: Asked, evidence: Evidence, tried: Tried, match: Callable[[int], Match]
) -> tuple[Match, Match] | None:
    """What a best case, "up to 70%", is held against."""
    if asked.quantity.hedge != "up to":
        return None
    pool = evidence.pool(form_of(asked))
    found = summit(tried, lambda index: readings(asked, pool, index, largest=True), SLOPE)
    if found is None or not is_spoken_of(asked, match(found[0]), evidence):
        return None
    return match(found[0]), match(found[1])


def _foremost(
    asked: Asked,
    tried: Tried,
    pool: Pool,
    agreed: Sequence[Match],
    match: Callable[[int], Match],
) -> Foremost | None:
    """What the words bind best, of the form that they say."""
    if not is_open(asked):
        return None
    found = tried.foremost(lambda i: readings(asked, pool, i) & ~tried.is_told(i), BELOW, MOST_LEAD)
    if found is None:
        return None
    first = replace(match(found[0]), bonus=float(tried.bonus[found[0]]))
    return Foremost(first, found[1], first.score - agreed[0].score if agreed else math.inf)


def _weighed(
    match: Match,
    asked: Asked,
    evidence: Evidence,
    tried: Tried,
    place: int,
    *,
    first: bool,
    in_company: bool = False,
) -> Match:
    """With its chance, as far as that decides anything or is told; ``in_company`` of more of the
    sentence's other numbers than the one bound best, it needs no words of its own."""
    if match.kind == "cell" and turned(asked, match.cells[0]):
        return replace(match, is_ruled_out=True)
    if tried.is_aside(place):
        return replace(match, is_ruled_out=True)
    most = _most_chance(match)
    if most < 0:
        return match
    behind = tried.behind(place, SIBLING)
    if behind > SIBLING:
        return replace(match, is_ruled_out=True)
    if first and match.score >= max(FLOOR, match.best - NEARLY):
        found = replace(match, chance=tried.chance(place), tried=tried.count(place))
    else:
        found = replace(match, chance=tried.chance(place, most))
    if asked.compared or not match.is_level or found.chance > most:
        return found
    weak = match.score < FAINT and behind > BESIDES and not in_company
    faint = weak and found.chance > CERTAIN
    is_edge = bool(match.pool.edge[match.index]) and behind <= UNSURE
    if not faint and (is_edge or rivals(tried, place) < SEVERAL):
        return found
    return replace(found, is_one_of_many=company(asked, evidence, match.cell) < ALONE)


def _most_chance(match: Match) -> float:
    """What chance a match may have that supports a claim; below 0 if it cannot."""
    gap = match.best - match.score
    limits = LIMITS if match.pool.alone[match.index] else PAIRED_LIMITS
    most = max((chance for margin, chance in limits if gap <= margin), default=-1.0)
    if match.score >= FLOOR:
        return most
    is_total = match.aggregate == "sum" and match.lo >= TOTAL
    if match.aggregate and match.pool.alone[match.index] and not is_total:
        return -1.0
    return min(most, CERTAIN)


def is_support(match: Match) -> bool:
    """Whether a match whose chance was measured supports the claim."""
    untold = match.is_ruled_out or match.is_one_of_many
    return not untold and match.chance <= _most_chance(match)


def supports(found: Search) -> Match | None:
    """The match that supports the claim, or None."""
    return next((match for match in found.matches if is_support(match)), None)


_RISEN, _FALLEN = (
    re.compile(r"[\u2191\u21d1\u25b2\u2197]"),
    re.compile(r"[\u2193\u21d3\u25bc\u2198]"),
)
"""Arrows in a cell that tell which way it went."""


def turned(asked: Asked, cell: TableCell) -> bool:
    """Whether an arrow beside a printed change says that it went the other way."""
    other = {"up": _FALLEN, "down": _RISEN}.get(asked.direction if asked.compared else "")
    return other is not None and other.search(cell.text) is not None
