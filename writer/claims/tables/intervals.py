"""Intervals that a cell prints, behind its number or alone: "0.0134 [0.010, 0.017]".

One end is a number like others. Both ends together are hardly those of another interval, so that
they need no words of their sentence to be told from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from writer.claims.quantities import Quantity
from writer.model.interval import Interval
from writer.model.table import PaperTable, TableCell

DIGITS = 4
"""So many significant digits both ends must have together."""

_NUMBER = r"[-+\u2212]?\s?(?:\d+(?:\.\d+)?|\.\d+)"
_TO = r"(?:,|;|to\b|[-\u2013\u2014]{1,3})"
_PRINTED = re.compile(
    rf"[\[(]\s*(?P<low>{_NUMBER})\s?%?\s*{_TO}\s*(?P<high>{_NUMBER})\s?%?\s*[\])]"
)
_BETWEEN = re.compile(rf"\s*{_TO}\s*")
_BEFORE, _BEHIND = re.compile(r"[\[(]\s*\Z"), re.compile(r"\s*[\])]")

Ends = tuple[tuple[PaperTable, TableCell], tuple[PaperTable, TableCell]]
"""The low and the high end of an interval, each as a cell with its table."""


def is_interval(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether two numbers of a sentence are the ends of a range, or of an interval in brackets."""
    if low.unit != high.unit or low.value >= high.value:
        return False
    if (low.role, high.role) == ("low", "high"):
        return low.range == high.range
    opened = _BEFORE.search(text, max(0, low.start - 3), low.start) is not None
    closed = _BEHIND.match(text, high.end) is not None
    return opened and closed and _BETWEEN.fullmatch(text, low.end, high.start) is not None


def printed_ends(low: Quantity, high: Quantity, tables: Iterable[PaperTable]) -> Ends | None:
    """The first cell that prints just this interval, as its two ends; None where none does."""
    if low.significant + high.significant < DIGITS:
        return None
    for table in tables:
        for cell, ends in _printed(table):
            if ends[0] in low.interval and ends[1] in high.interval:
                return (table, _end(cell, ends[0])), (table, _end(cell, ends[1]))
    return None


def _printed(table: PaperTable) -> Iterator[tuple[TableCell, tuple[float, float]]]:
    """Every interval of a table, with the number of the cell that it stands in."""
    for cell in table.cells:
        if cell.part:
            continue
        for match in _PRINTED.finditer(table.grid[cell.row][cell.column]):
            low, high = _value(match["low"]), _value(match["high"])
            if low < high:
                yield cell, (low, high)


def _value(text: str) -> float:
    return float(re.sub(r"\s", "", text).replace("\u2212", "-"))


def _end(cell: TableCell, value: float) -> TableCell:
    """An end of the interval behind a number, which is no cell of its own."""
    text = f"{value:g}"
    return replace(cell, text=text, value=value, interval=Interval.exact(value), spread=None)
