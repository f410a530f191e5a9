"""Lines of a table whose percentages should add up to the whole, and do not.

A line is one of shares where most lines beside it add up to 100; where the caption says so
and another line does; where its header or the caption says so and it lists what is left
("other"); or where it has a total of 100. What rounding explains is no mismatch, and a line
far from 100 is of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from writer.claims.tables.aggregates import total
from writer.model.interval import Interval
from writer.model.table import PaperTable, TableCell

FEWEST = 3
"""Shares that a line has at least: two of them are seldom all that there is."""

SIBLINGS = 2
"""Lines beside one that must add up to 100, where nothing says that they are shares."""

AGREE = 0.7
"""Part of all lines that must."""

MOST = 0.6
"""The same where every line comes near it."""

NEAR = 6.0
"""Points by which a line may miss 100 and still be one of shares."""

_SHARES = re.compile(
    r"\b(?:break-?downs?|compositions?|distributions?|proportions?|shares?\sof|fractions?\sof"
    r"|percentages?\s(?:of\s(?:all|the|total)|by|per|across)|split\sof|make-?up)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\b(?:shares?|proportions?|fractions?|break-?downs?)\b", re.IGNORECASE)
_REST = re.compile(
    r"^(?:(?:all )?others?(?! than)\b|rest\b|remain(?:ing|der)\b|misc\b|miscellaneous\b|unknown\b"
    r"|unclassified\b|everything else\b)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"^\s*(?:totals?|sum|\u03a3)\s*(?:\(.*\))?\s*$", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:total|overall|sum|all|any|other than|cumulative)\b|\u03a3", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Shares:
    """A line of shares, and what they add up to.

    Attributes:
        cells: the shares.
        value: their sum, as far as their digits allow.
    """

    cells: tuple[TableCell, ...]
    value: Interval


def off(table: PaperTable) -> Iterator[Shares]:
    """Each line of shares of ``table`` that does not add up to 100."""
    for turned in (False, True):
        lines = [line for line in _lines(table, turned=turned) if len(line.cells) >= FEWEST]
        sums = [(line, total([cell.interval for cell in line.cells])) for line in lines]
        full = sum(_is_full(value) for _, value in sums)
        near_all = all(_misses(value) <= NEAR for _, value in sums)
        alike = full >= SIBLINGS and full >= (MOST if near_all else AGREE) * len(sums)
        told = bool(_SHARES.search(table.caption)) and bool(full)
        for line, value in sums:
            near = _misses(value) <= NEAR
            whole = alike or told or line.has_total or _lists_the_rest(line, table.caption)
            if whole and near and not _is_full(value):
                yield Shares(line.cells, value)


def _lists_the_rest(line: _Line, caption: str) -> bool:
    """Whether it is said to hold shares, and what is left is one of them."""
    own = line.cells[0].columns if not line.turned else line.cells[0].rows
    said = _SHARES.search(caption) or any(_SHARE.search(text) for text in own)
    return bool(said) and any(_REST.match(path[-1].strip()) for path in line.names if path)


def _misses(value: Interval) -> float:
    return 0.0 if _is_full(value) else min(abs(value.lo - 100.0), abs(value.hi - 100.0))


def _is_full(value: Interval) -> bool:
    return value.lo <= 100.0 <= value.hi


@dataclass(frozen=True, slots=True)
class _Line:
    """A row, or a column, of percentages.

    Attributes:
        cells: those that are no totals.
        turned: whether it is a row.
        has_total: whether its total is printed, and is 100.
    """

    cells: tuple[TableCell, ...]
    turned: bool
    has_total: bool

    @property
    def names(self) -> Iterator[Sequence[str]]:
        """The headers that tell its cells apart."""
        return (cell.columns if self.turned else cell.rows for cell in self.cells)


def _lines(table: PaperTable, *, turned: bool) -> Iterator[_Line]:
    """The rows, or the columns, that hold percentages alone; totals apart."""
    found: dict[tuple[int, int], list[TableCell]] = {}
    for cell in table.cells:
        where = (cell.row, cell.part) if turned else (cell.column, cell.part)
        found.setdefault(where, []).append(cell)
    for cells in found.values():
        kept = tuple(cell for cell in cells if not _is_total(cell, turned=turned))
        totals = [cell for cell in cells if _is_sum(cell, turned=turned)]
        if kept and all(cell.unit == "%" and cell.value >= 0 for cell in kept):
            hundred = bool(totals) and all(
                cell.unit == "%" and cell.value == 100.0 for cell in totals
            )
            yield _Line(kept, turned, hundred)


def _is_total(cell: TableCell, *, turned: bool) -> bool:
    path: Sequence[str] = cell.columns if turned else cell.rows
    return any(_WHOLE.search(text) for text in path)


def _is_sum(cell: TableCell, *, turned: bool) -> bool:
    path: Sequence[str] = cell.columns if turned else cell.rows
    return any(_TOTAL.match(text) for text in path)
