"""Cells that give a count: whole numbers under the noun that is counted."""

from __future__ import annotations

from collections.abc import Iterable

from writer.claims.quantities import Quantity
from writer.claims.tables.decide import Match
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.grid import Grid
from writer.claims.tables.terms import terms, with_parts
from writer.claims.tables.things import Things
from writer.claims.tables.told import SMALL
from writer.latex.words import words
from writer.model.table import PaperTable, TableCell

ROUNDED = 1000
"""Counts from here on are told rounded."""

_COUNTS = words("count number n case size sample instance total # no num")
"""Headers of any counts."""

SURE = 100
"""A cell with the very same whole number from here on is seldom one by chance."""


def speaks_of(match: Match, counted: Things | None, quantity: Quantity) -> bool:
    """Whether cells may give a count: whole numbers, and small ones under the counted noun."""
    if not quantity.value and any(cell.value for cell in match.cells):
        return False
    if counted is None:
        digits = not quantity.spelled or not quantity.value  # "zero message loss"
        return digits and _is_of_symbol(match, quantity)
    if any("%" in cell.text for cell in match.cells):
        return False
    whole = all(float(cell.value).is_integer() for cell in match.cells)
    if not whole and not quantity.hedge and quantity.value < ROUNDED:
        return False
    if quantity.value >= SMALL:
        return True
    table = _table(match)
    named = _named((table.caption, *table.corner), match.cells)
    return counted.head in named or (match.kind == "cell" and bool(counted.modifiers & named))


def _is_of_symbol(match: Match, quantity: Quantity) -> bool:
    """Whether cells may give a bare whole number: a setting such as "K = 5" stands under its
    symbol, and small ones are no sums or differences."""
    if quantity.symbol:
        symbol = {term.joined for term in terms(quantity.symbol)}
        return match.kind == "cell" and bool(symbol & _named((), match.cells))
    if quantity.value > 1 or match.kind != "cell":
        return quantity.value >= SMALL or match.kind == "cell"
    noun = {term.joined for term in terms(quantity.unit)}  # "just 1 token"
    return bool(noun & _named((_table(match).caption,), match.cells))


def _table(match: Match) -> PaperTable:
    return match.pool.views[int(match.pool.view[match.index])].grid.table


Printed = tuple[PaperTable, TableCell]
"""A cell with its table."""

DIGITS = 3
"""With so many digits a number that a single cell prints is hardly another."""


def only_cell(quantity: Quantity, evidence: Evidence) -> Printed | None:
    """The single cell of all tables that prints a level with its digits, if there is one."""
    if quantity.digits < DIGITS or quantity.form not in ("plain", "percent"):
        return None
    found = evidence.printing(quantity.value)
    if len(found) != 1:
        return None
    grid, cell = found[0]
    fits = cell.unit in ("", quantity.unit) or quantity.unit == ""
    return (grid.table, cell) if fits else None


def printed_count(
    text: str, counted: Things | None, quantity: Quantity, evidence: Evidence
) -> Printed | None:
    """The cell that prints a large count: in the row that its phrase names, or as a total."""
    if counted is None or quantity.value < SURE or quantity.hedge:
        return None
    found = same_cell(text, counted, quantity, evidence)
    return grand_total(text, counted, quantity, evidence) if found is None else found


def same_cell(text: str, counted: Things, quantity: Quantity, evidence: Evidence) -> Printed | None:
    """The cell that prints a large count in the row that its phrase names."""
    said = frozenset(term.joined for term in terms(text))
    for grid, cell in evidence.printing(quantity.value):
        if cell.rows:
            row = {term.joined for term in terms(cell.rows[-1]) if term.parts}
            if row and row <= counted.words and not _is_elsewhere(cell, grid, said):
                return grid.table, cell
    return None


_TOTAL = words("total overall all sum grand")


def grand_total(
    text: str, counted: Things, quantity: Quantity, evidence: Evidence
) -> Printed | None:
    """The cell that prints a large count as the total of a table of which the sentence speaks,
    if no other prints it."""
    only = only_cell(quantity, evidence)
    if only is None:
        return None
    table, cell = only
    if any(each.value > cell.value for each in table.cells if each.column == cell.column):
        return None
    own = {
        term.joined for each in (cell.rows, cell.columns) for t in each[-1:] for term in terms(t)
    }
    if not own & _TOTAL or not own <= _TOTAL | _COUNTS | counted.words:
        return None
    headers = {text for each in table.cells for text in (*each.rows, *each.columns)}
    about = with_parts((table.caption, *table.corner, *headers)) - _COUNTS - _TOTAL
    said = {word for word in with_parts((text,)) if len(word) > 1 and word.isalpha()}
    return only if said & about else None


def _is_elsewhere(cell: TableCell, grid: Grid, said: frozenset[str]) -> bool:
    """Whether the sentence names another column than the cell's."""
    own = {term.joined for text in cell.columns for term in terms(text)}
    others = {term.joined for line in grid.columns for text in line.path for term in terms(text)}
    return bool(said & others) and not (said | _COUNTS) & own


def _named(texts: Iterable[str], cells: Iterable[TableCell]) -> frozenset[str]:
    """The words of headers, in normal form."""
    found = set(texts)
    for cell in cells:
        found.update((*cell.rows, *cell.columns, cell.unit))
    return with_parts(found)
