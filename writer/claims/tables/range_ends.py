"""The cell of one end of a range that only a sentence bears out, beside the cell of the other.

"22 to 138 lines": where a cell gives the one end, the other is looked for in that cell
("22--138"), then in its column, then in its row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from writer.claims.quantities import Quantity
from writer.claims.tables.judge import Held
from writer.claims.tables.wording import prints
from writer.model.claim import Verdict
from writer.model.table import PaperTable, TableCell

Place = tuple[PaperTable, TableCell]


def with_other_end(held: Held, other: Held) -> Held:
    """An end of a range that no cell supports, with the cell beside that of the other end.

    The verdict stays what it was: it rests on the sentence that says the number again.
    """
    shown = (held.match, held.likely, held.printed, held.listed)
    place = _place(other)
    if (
        any(item is not None for item in shown)
        or place is None
        or {held.verdict, other.verdict} != {Verdict.SUPPORTED}
    ):
        return held
    cell = _beside(place, held.asked.quantity)
    if cell is None:
        return held
    why = held.reason.removeprefix("no table; ")
    return replace(held, reason=f"{why}; beside the other end {prints(*cell)}", printed=cell)


def _place(held: Held) -> Place | None:
    """The one cell that prints a number."""
    if held.match is not None and held.match.kind == "cell" and len(held.match.cells) == 1:
        return held.match.paper_table, held.match.cells[0]
    return held.printed


def _beside(place: Place, quantity: Quantity) -> Place | None:
    """The only cell of the nearest line that prints ``quantity``; None where several do."""
    table, cell = place
    told = [
        other
        for other in table.cells
        if other is not cell
        and other.unit == cell.unit
        and other.interval.overlaps(quantity.interval)
    ]
    lines: tuple[Callable[[TableCell], bool], ...] = (
        lambda other: (other.row, other.column) == (cell.row, cell.column),
        lambda other: other.column == cell.column,
        lambda other: other.row == cell.row,
    )
    for is_near in lines:
        near = [other for other in told if is_near(other)]
        if near:
            return (table, near[0]) if len(near) == 1 else None
    return None
