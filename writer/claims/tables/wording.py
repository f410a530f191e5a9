"""Cells and matches in words, as every report shows them."""

from __future__ import annotations

from collections.abc import Sequence

from writer.claims.tables.cells import digits_of
from writer.claims.tables.counts import Counted
from writer.claims.tables.decide import FLOOR, NEARLY, Match, Search
from writer.model.table import PaperTable, TableCell


def told(match: Match) -> str:
    """The evidence in words: "Table 2: 12.5 (Ours, Latency) ... : 45.0/12.5 = 3.6"."""
    cells = match.cells
    shown = cells_told(cells[:2])
    more = f" and {len(cells) - 2} more" if len(cells) > 2 else ""
    table = f"Table {match.table} has {shown}{more}"
    if match.kind == "cell":
        return table
    return f"{table}; {match.formula} = {(match.lo + match.hi) / 2:.4g}"


def also(other: Match, match: Match) -> str:
    """What another table has as well, or prints of what two cells give."""
    verb = "so has Table {}:" if other.is_level == match.is_level else "Table {} prints"
    return f"; {verb.format(other.table)} {cells_told(other.cells)}"


def cells_told(cells: Sequence[TableCell]) -> str:
    """Cells in words, each with what it stands under."""
    return " and ".join(f"{digits_of(cell)} ({_headers_of(cell)})" for cell in cells)


def _headers_of(cell: TableCell) -> str:
    """What a cell stands under, rows before columns."""
    row, column = " / ".join(cell.rows), " / ".join(cell.columns)
    return ", ".join(part for part in (row, column) if part) or "no header"


def prints(table: PaperTable, cell: TableCell) -> str:
    """A cell in words."""
    return f"Table {table.number} has {cells_told((cell,))}"


def entries(listed: Counted) -> str:
    """A list that a table has, in words."""
    shown = ", ".join(listed.names[:6]) + (", ..." if len(listed.names) > 6 else "")
    number = listed.grid.table.number
    return f"Table {number} has {len(listed.names)} entries ({shown}); {listed.why}"


def clipped(text: str, most: int = 110) -> str:
    """The sentence in quotes, cut to ``most`` characters."""
    text = " ".join(text.split())
    return f'"{text if len(text) <= most else text[: most - 1].rstrip() + "…"}"'


def why_not(found: Search) -> str:
    """Why nothing supports a number, in words."""
    if not found.matches:
        return "no cell of a table, nor a ratio, change or difference of two, agrees"
    best = found.matches[0]
    if best.is_one_of_many:
        return f"{told(best)}, but no word tells it from other cells of its row or column"
    if best.score < best.best - NEARLY or best.is_ruled_out or best.score < FLOOR:
        if best.kind != "cell" and best.score < FLOOR:
            return BEST
        return f"{BEST}; elsewhere, {told(best)}"
    return (
        f"{told(best)}, but with {best.tried} candidates to choose from, "
        f"{best.chance:.0%} of all numbers near it would fit as well"
    )


BEST = "the cells that the sentence names best do not give it"
"""Why a number that other cells give is not supported."""

COUNT = "a count that no table and no sentence of the paper states"
"""Why a bare whole number is not checked."""

MADE_OF = "it says what a method or a text is made of, and no result"
"""Why "two-stage" and "three challenges" are not checked."""
