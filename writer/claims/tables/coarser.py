"""The cell that a level rounds to which the text tells with more digits than the table.

"A relative difference of 3.877e-5" beside a cell of 3.88e-05: the number fits in what the cell's
digits allow, and a sentence of the body says it again. The verdict rests on that sentence.
"""

from __future__ import annotations

from writer.claims.tables.asked import Asked
from writer.claims.tables.counted_cells import Printed
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.terms import with_parts
from writer.model.table import TableCell

DIGITS = 4
"""So many digits the text must print;"""

COARSEST = 0.01
"""and the cell three: what its digits allow is at most so wide, relative to the number."""


def coarser(asked: Asked, text: str, evidence: Evidence) -> Printed | None:
    """The only cell that a level rounds to, in a row or column that a sentence names.

    Args:
        asked: what was read of the claim.
        text: the claim's sentence and that of the body.
    """
    quantity = asked.quantity
    fits = quantity.form in ("plain", "percent") and not asked.compared and not quantity.hedge
    if not fits or quantity.significant < DIGITS or not quantity.value:
        return None
    own = quantity.interval
    found = [
        (grid.table, cell)
        for grid in evidence.grids
        for cell in grid.table.cells
        if cell.interval.lo <= own.lo
        and own.hi <= cell.interval.hi
        and own.width < cell.interval.width <= COARSEST * abs(quantity.value)
        and cell.unit in ("", quantity.unit)
    ]
    if len(found) != 1:
        return None
    return found[0] if _headers(found[0][1]) & with_parts((text,)) else None


def _headers(cell: TableCell) -> frozenset[str]:
    """The words of a cell's own row and column."""
    named = with_parts((*cell.rows[-1:], *cell.columns[-1:]))
    return frozenset(word for word in named if len(word) > 1 and not word.isdigit())
