"""None of something: "zero crashes" holds where a line that counts crashes prints 0 throughout."""

from __future__ import annotations

from collections.abc import Iterator

from writer.claims.quantities import Quantity
from writer.claims.tables.counted_cells import Printed
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.grid import Grid
from writer.claims.tables.terms import terms, with_parts
from writer.claims.tables.things import Things
from writer.model.table import TableCell


def none_of(what: Things | None, quantity: Quantity, evidence: Evidence) -> Printed | None:
    """The first cell of a line that names what there is none of and has no other count.

    Args:
        what: what is counted; None for what has no plural, which the quantity's unit names.
        quantity: a count of 0.
        evidence: the tables.
    """
    if quantity.value or not quantity.unit:
        return None
    head = {term.joined for term in terms(quantity.unit)} if what is None else {what.head}
    told = what.modifiers if what is not None else frozenset()
    for grid in evidence.grids:
        for names, cells in _lines(grid):
            own = with_parts(names)
            named = head <= own and bool(cells) and not any(cell.value for cell in cells)
            if named and (not told or told & own or len(own) == len(head)):
                return grid.table, cells[0]
    return None


def _lines(grid: Grid) -> Iterator[tuple[tuple[str, ...], list[TableCell]]]:
    """The names of each row and column with its cells; of "0 / 4,914" the first number."""
    for across, lines in ((False, grid.rows), (True, grid.columns)):
        found: dict[tuple[str, ...], list[TableCell]] = {}
        for number, line in enumerate(lines):
            places = grid.cells[:, number] if across else grid.cells[number]
            cells = [grid.table.cells[int(place)] for place in places if place >= 0]
            found.setdefault(line.path, []).extend(cell for cell in cells if not cell.part)
        yield from found.items()
