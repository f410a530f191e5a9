"""Rows and columns of a table that sum or average others, and which others they are.

A table seldom says what its total is of: of the rows above, of those since the last rule,
of the rows of one group. Each is tried over the whole line, and one that fits nearly
everywhere is what the line means; where it does not fit, the numbers do not agree.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from writer.latex.words import words
from writer.model.interval import Interval
from writer.model.table import PaperTable, TableCell

AGREE = 0.7
"""Share of its cells in which a line must fit before the others are errors."""

WHOLE = 6
"""How many of the sets of lines that are tried are all of some kind."""

COMBINING = words("average avg mean median sum total max min")
"""Ways of combining that are settings where all lines at their place have one."""

_UP, _DOWN = frozenset("↑▲△⇑↗"), frozenset("↓▼▽⇓↘")

Line = tuple[int, int]
"""A row or a column, and the part of its cells."""

Matrix = dict[tuple[Line, Line], TableCell]
Formula = Callable[[Sequence[Interval]], Interval]


@dataclass(frozen=True)
class Aggregate:
    """A line of a table, and one reading of what it aggregates.

    Attributes:
        formula: its name: ``sum``, ``mean``, ``geometric mean``.
        whole: whether it takes all lines before it, of its group, of its section or of the
            table, rather than a few next to it.
        turned: whether the line is a column.
        fits: cells with their parts, where it holds.
        fails: the same where it does not, with what the parts give.
    """

    formula: str
    whole: bool
    turned: bool
    fits: tuple[tuple[TableCell, tuple[TableCell, ...]], ...]
    fails: tuple[tuple[TableCell, tuple[TableCell, ...], Interval], ...]

    @property
    def tested(self) -> int:
        """How many of its cells have parts."""
        return len(self.fits) + len(self.fails)

    @property
    def share(self) -> float:
        """Share of its cells in which it holds."""
        return len(self.fits) / max(self.tested, 1)


def total(parts: Sequence[Interval]) -> Interval:
    """The sum of what was printed, as far as its digits allow."""
    return Interval(sum(part.lo for part in parts), sum(part.hi for part in parts))


def mean(parts: Sequence[Interval]) -> Interval:
    """The arithmetic mean likewise."""
    whole = total(parts)
    return Interval(whole.lo / len(parts), whole.hi / len(parts))


def geometric(parts: Sequence[Interval]) -> Interval:
    """The geometric mean likewise; that of nothing positive is the arithmetic one."""
    if any(part.lo <= 0 for part in parts):
        return mean(parts)
    logs = [(math.log(part.lo), math.log(part.hi)) for part in parts]
    return Interval(
        math.exp(sum(lo for lo, _ in logs) / len(logs)),
        math.exp(sum(hi for _, hi in logs) / len(logs)),
    )


def aggregates(
    table: PaperTable, name: re.Pattern[str], formulas: Sequence[tuple[str, Formula]]
) -> Iterator[list[Aggregate]]:
    """For each line whose header is ``name``: its readings, the best first."""
    for turned in (False, True):
        yield from _lines(_Side(table, turned=turned), name, formulas)


class _Side:
    """A table with its rows, or its columns, as the lines that may aggregate others."""

    def __init__(self, table: PaperTable, *, turned: bool) -> None:
        self.turned = turned
        self.matrix: Matrix = {}
        self.paths: dict[Line, tuple[str, ...]] = {}
        for cell in table.cells:
            row, column = (cell.row, 0), (cell.column, cell.part)
            line, place = (column, row) if turned else (row, column)
            self.matrix.setdefault((line, place), cell)
            self.paths.setdefault(line, cell.columns if turned else cell.rows)
        self.lines = sorted(self.paths)
        self.places = sorted({place for _, place in self.matrix})
        ruled: set[int] = set() if turned else set(table.ruled)
        self.section = {line: sum(1 for row in ruled if row <= line[0]) for line in self.lines}


def _lines(
    side: _Side, name: re.Pattern[str], formulas: Sequence[tuple[str, Formula]]
) -> Iterator[list[Aggregate]]:
    named = {line for line in side.lines if _is(side.paths[line], name)}
    named = {line for line in named if not _is_setting(side, line, name)}
    if 2 * len(named) >= len(side.lines):  # each aggregates what stands in its own group
        return
    for line in side.lines:
        if line not in named:
            continue
        found = [
            item
            for members, whole in _members(side, line, named)
            for label, formula in formulas
            if (item := _tried(side, line, members, label, formula, whole=whole)).tested
        ]
        found.sort(key=lambda item: (-item.share * math.log2(1 + len(item.fits)), -item.tested))
        if found:
            yield found


def _is(path: Sequence[str], name: re.Pattern[str]) -> bool:
    return any(name.fullmatch(" ".join(term.split())) for term in path)


def _is_setting(side: _Side, line: Line, name: re.Pattern[str]) -> bool:
    """Whether a line is of a setting that is itself a way of combining: of a loss that is the
    "mean" of its terms, beside lines of the "sum"."""
    path = side.paths[line]
    for level, term in enumerate(path):
        if _is((term,), name):
            beside = {each[level].lower() for each in side.paths.values() if len(each) == len(path)}
            return len(beside) > 1 and beside <= COMBINING
    return False


def _members(side: _Side, line: Line, named: set[Line]) -> Iterator[tuple[list[Line], bool]]:
    """The lines that ``line`` may aggregate, and whether they are all of some kind."""
    at = side.lines.index(line)
    before = list(_until(reversed(side.lines[:at]), named))[::-1]
    after = list(_until(side.lines[at + 1 :], named))
    others = [item for item in side.lines if item not in named]
    path = side.paths[line]
    group = [
        item
        for item in others
        if any(_shares(side.paths[item], path, level) for level in range(len(path)))
    ]
    own = [item for item in others if side.section[item] == side.section[line]]
    last = [item for item in before if before and side.section[item] == side.section[before[-1]]]
    seen: set[tuple[Line, ...]] = set()
    suffixes = [before[-count:] for count in range(2, len(before))]
    for index, members in enumerate((before, after, others, group, own, last, *suffixes)):
        key = tuple(members)
        if len(key) > 1 and key not in seen:
            seen.add(key)
            yield members, index < WHOLE


def _shares(one: Sequence[str], other: Sequence[str], level: int) -> bool:
    return len(one) == len(other) > 1 and all(
        a == b for index, (a, b) in enumerate(zip(one, other, strict=True)) if index != level
    )


def _until(lines: Iterable[Line], stop: set[Line]) -> Iterator[Line]:
    for line in lines:
        if line in stop:
            return
        yield line


def _tried(
    side: _Side,
    line: Line,
    members: Sequence[Line],
    label: str,
    formula: Formula,
    *,
    whole: bool,
) -> Aggregate:
    fits, fails = [], []
    for place in side.places:
        cell = side.matrix.get((line, place))
        if cell is None:
            continue
        parts = tuple(
            part for item in members if (part := side.matrix.get((item, place))) is not None
        )
        if len(parts) < 2 or len(parts) < len(members) or len({p.unit for p in (cell, *parts)}) > 1:
            continue
        value = formula(_signed(cell, parts))
        if value.meets(cell.interval):
            fits.append((cell, parts))
        else:
            fails.append((cell, parts, value))
    return Aggregate(label, whole, side.turned, tuple(fits), tuple(fails))


def _signed(cell: TableCell, parts: Sequence[TableCell]) -> list[Interval]:
    """What the parts print; where arrows point both ways, those down are below zero."""
    first = {item.text[:1] for item in (cell, *parts)}
    both = not first.isdisjoint(_UP) and not first.isdisjoint(_DOWN)
    down = both and cell.text[:1] not in _DOWN
    return [-part.interval if down and part.text[:1] in _DOWN else part.interval for part in parts]


Mismatch = tuple[TableCell, tuple[TableCell, ...], Interval]


def mismatches(found: Sequence[Aggregate], enough: int) -> Iterator[Mismatch]:
    """The cells of a line that do not fit, where the line fits nearly everywhere else.

    One cell that does not is an error beside ``enough`` that do, however short the line.

    Args:
        found: the readings of one line, the best first.
        enough: cells that must fit.

    Yields:
        the cell, what it aggregates, and what these give.
    """
    best = found[0]
    if len(best.fits) >= enough and (best.share >= AGREE or len(best.fails) == 1):
        yield from (item for item in best.fails if not explained(item[0], found))


def explained(cell: TableCell, found: Sequence[Aggregate]) -> bool:
    """Whether any reading gives the cell."""
    return any(cell is other for item in found for other, _ in item.fits)
