"""Lines of a table whose percentages should add up to the whole, and do not.

A line is one of shares where the caption or its header says so, or where most lines beside
it add up to 100. What rounding explains is no mismatch, and a line far from 100 is of
another kind.
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

NEAR = 6.0
"""Points by which a line may miss 100 and still be one of shares."""

_SHARES = re.compile(
    r"\b(?:break-?downs?|compositions?|distributions?|proportions?|shares?\sof|fractions?\sof"
    r"|percentages?\sof\s(?:all|the|total)|split\sof|make-?up)\b",
    re.IGNORECASE,
)
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
        lines = [cells for cells in _lines(table, turned=turned) if len(cells) >= FEWEST]
        sums = [(cells, total([cell.interval for cell in cells])) for cells in lines]
        full = sum(_is_full(value) for _, value in sums)
        alike = full >= SIBLINGS and full >= AGREE * len(sums)
        told = bool(_SHARES.search(table.caption)) and bool(full)
        for cells, value in sums:
            near = min(abs(value.lo - 100.0), abs(value.hi - 100.0)) <= NEAR
            if (alike or told) and near and not _is_full(value):
                yield Shares(cells, value)


def _is_full(value: Interval) -> bool:
    return value.lo <= 100.0 <= value.hi


def _lines(table: PaperTable, *, turned: bool) -> Iterator[tuple[TableCell, ...]]:
    """The rows, or the columns, that hold percentages alone; without totals."""
    found: dict[tuple[int, int], list[TableCell]] = {}
    for cell in table.cells:
        where = (cell.row, cell.part) if turned else (cell.column, cell.part)
        found.setdefault(where, []).append(cell)
    for cells in found.values():
        kept = [cell for cell in cells if not _is_total(cell, turned=turned)]
        if kept and all(cell.unit == "%" and cell.value >= 0 for cell in kept):
            yield tuple(kept)


def _is_total(cell: TableCell, *, turned: bool) -> bool:
    path: Sequence[str] = cell.columns if turned else cell.rows
    return any(_WHOLE.search(text) for text in path)
