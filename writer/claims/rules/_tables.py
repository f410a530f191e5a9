"""Cells of a paper's tables in the words of a finding: shared by the rules on tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from writer.claims.paper import Checked
from writer.claims.rule import PaperHit
from writer.claims.tables.aggregates import Mismatch
from writer.model.finding import Place
from writer.model.interval import Interval
from writer.model.table import PaperTable, TableCell


def place(checked: Checked, offset: int) -> Place:
    """The line and column of an offset of the paper's text."""
    found = checked.paper.place(offset)
    return Place(found.file, found.line, str(found.column))


def named(cell: TableCell) -> str:
    """The headers of a cell, ``ours, Acc. (%)``; its place where it has none."""
    rows = " ".join(" / ".join(cell.rows).split())
    columns = " ".join(" / ".join(cell.columns).split())
    return ", ".join(filter(None, (rows, columns))) or f"row {cell.row + 1}"


def row_name(cell: TableCell) -> str:
    """The header of a cell's row; its place where it has none."""
    return " ".join(" / ".join(cell.rows).split()) or f"row {cell.row + 1}"


def column_name(cell: TableCell) -> str:
    """The header of a cell's column; its place where it has none."""
    return " ".join(" / ".join(cell.columns).split()) or f"column {cell.column + 1}"


def shown(checked: Checked, table: PaperTable, cells: Sequence[TableCell]) -> Mapping[str, object]:
    """The cells behind a finding, as evidence: each with its file and line."""
    found = []
    for cell in cells:
        at = checked.paper.place(cell.offset)
        found.append(
            {
                "id": f"table-{table.number}/{cell.row}/{cell.column}",
                "text": cell.text,
                "headers": [*cell.rows, *cell.columns],
                "file": at.file,
                "row": at.line,
                "column": str(at.column),
            }
        )
    return {"table": table.number, "cells": found}


def part(table: PaperTable, cell: TableCell) -> str:
    """Tells a finding on one cell apart."""
    return f"table-{table.number}-{cell.row}-{cell.column}-{cell.part}"


def approximately(value: Interval) -> str:
    """A computed value in four digits, or its bounds where these differ in them."""
    lo, hi = f"{value.lo:.4g}", f"{value.hi:.4g}"
    if float(lo) == float(hi):
        return grouped(value.lo)
    middle = (value.lo + value.hi) / 2
    return f"about {grouped(middle)}"


def grouped(value: float) -> str:
    """A number in plain digits, thousands apart."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4g}"


def not_given(
    checked: Checked,
    lines: Callable[[PaperTable], Iterable[tuple[Mismatch, str]]],
    settle: str,
) -> Iterator[PaperHit]:
    """One hit per total or average that its cells do not give.

    Args:
        lines: the mismatches of a table, each with what its cells give in words, to which
            the value is added.
        settle: what the author can do.
    """
    for table in checked.tables:
        told = set()
        for (cell, parts, value), given in lines(table):
            key = part(table, cell)
            if key in told:
                continue
            told.add(key)
            yield PaperHit(
                where=place(checked, cell.offset),
                message=f"Table {table.number} gives {cell.text} ({named(cell)}), but "
                f"{given} {approximately(value)}",
                part=key,
                evidence=shown(checked, table, (cell, *parts)),
                settle=settle,
            )
