"""The cell of a count that the body tells again: the only one that prints it of such things."""

from __future__ import annotations

from writer.claims.quantities import Quantity
from writer.claims.tables.counted_cells import Printed, only_cell
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.terms import with_parts
from writer.claims.tables.things import Things
from writer.model.table import TableCell


def told_count(counted: Things, quantity: Quantity, evidence: Evidence) -> Printed | None:
    """The only cell with a count whose row or column names what is counted, or None.

    A number of few digits stands in many cells: the row or column must name the things with a
    word that narrows them down, "unsafe blocks". One of three digits that no other cell prints
    needs their noun alone.
    """
    only = only_cell(quantity, evidence)
    if only is not None:
        return only if counted.head in _headers(only[1]) else None
    if quantity.hedge:
        return None
    found = [
        (grid.table, cell)
        for grid, cell in evidence.printing(quantity.value)
        if cell.unit in ("", quantity.unit) and _names(cell, counted)
    ]
    return found[0] if len(found) == 1 else None


def _names(cell: TableCell, counted: Things) -> bool:
    """Whether a row or a column names the things with a word that narrows them down."""
    return any(
        counted.head in named and bool(counted.modifiers & named)
        for named in (with_parts(cell.rows), with_parts(cell.columns))
    )


def _headers(cell: TableCell) -> frozenset[str]:
    return with_parts((*cell.rows, *cell.columns))
