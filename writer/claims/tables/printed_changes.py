"""A printed change or ratio beside the two cells that it was computed from.

Either bears out the other. They are looked for in the table itself: how words bind them, and
whether they were among the candidates looked at, decides nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from writer.claims.tables.change_headers import CHANGES, RESULTS, says_head
from writer.claims.tables.decide import Match, Search
from writer.model.interval import Interval
from writer.model.table import TableCell

PRINTED = ("%", "pp", "x")
"""Units of a printed change or ratio, whatever its header says."""

_PAIRS = frozenset(
    ("new/base", "base/new", "(new-base)/base", "(base-new)/base", "new-base", "base-new")
)


def change_beside(found: Search, match: Match) -> Match | None:
    """The printed change or ratio in the line of the two cells that give it, or these two cells
    beside a printed one: each bears out the other."""
    own = match.cells
    for other in (*found.matches, *found.further):
        if other is match or other.table != match.table or other.aggregate or match.aggregate:
            continue
        one, pair = (match, other) if match.kind == "cell" else (other, match)
        if one.kind != "cell" or pair.kind == "cell":
            continue
        cells = (*own, *other.cells)
        alone = one.cells[0]
        level = any((c.row, c.column) == (alone.row, alone.column) for c in pair.cells)
        told = alone.unit in PRINTED if level else one.is_stated and alone.unit in ("", *PRINTED)
        if alone in pair.cells or not told:
            continue
        if len({cell.row for cell in cells}) == 1 or len({cell.column for cell in cells}) == 1:
            return other
    return None


def bearing_out(match: Match) -> tuple[TableCell, ...]:
    """The only printed change that a pair of cells gives, or the only pair that gives a
    printed change; nothing where there is none, or several."""
    if match.aggregate:
        return ()
    cells = match.paper_table.cells
    if match.kind in _PAIRS and len(match.cells) == 2:
        span = Interval(match.lo, match.hi)
        told = [cell for cell in _printed(match.cells, cells) if _size(cell).overlaps(span)]
        return (told[0],) if len(told) == 1 else ()
    if match.kind != "cell":
        return ()
    change = match.cells[0]
    pairs = [pair for pair in _pairs(change, cells) if _gives(pair, change)]
    return pairs[0] if len(pairs) == 1 else ()


def _printed(pair: Sequence[TableCell], cells: Sequence[TableCell]) -> Iterator[TableCell]:
    """Cells in a line with the pair, or with one of its cells, that a header calls a change, or
    the result of one where they have a sign of it."""
    new, base = pair
    for cell in cells:
        if cell in pair or not (_is_change(cell) or (cell.unit in PRINTED and _is_result(cell))):
            continue
        across = new.row == base.row and (
            cell.row == new.row or cell.column in (new.column, base.column)
        )
        along = new.column == base.column and (
            cell.column == new.column or cell.row in (new.row, base.row)
        )
        if across or along:
            yield cell


def _pairs(change: TableCell, cells: Sequence[TableCell]) -> Iterator[tuple[TableCell, TableCell]]:
    """New and base cells that a printed change may be of: with its own level, if it stands in
    one cell with that; else any two of its row or column that are no changes themselves."""
    if change.unit not in PRINTED and not _is_change(change):
        return
    here = (change.row, change.column)
    levels = [cell for cell in cells if cell is not change and not _is_change(cell)]
    own = [cell for cell in levels if (cell.row, cell.column) == here]
    if own:
        for base in levels:
            if (base.row == change.row) != (base.column == change.column):
                yield own[0], base
    elif _is_change(change):
        for line in (
            [cell for cell in levels if cell.row == change.row],
            [cell for cell in levels if cell.column == change.column],
        ):
            yield from permutations(line, 2)


def _gives(pair: tuple[TableCell, TableCell], change: TableCell) -> bool:
    new, base = pair
    if new.unit != base.unit or 0.0 in base.interval:
        return False
    told = _size(change)
    if change.unit == "x":
        return (new.interval / base.interval).overlaps(told)
    gap = new.interval - base.interval
    if change.unit != "%" or new.unit == "%":
        return new.value > base.value and gap.overlaps(told)
    share = (new.interval / base.interval - Interval.exact(1.0)).scaled(100.0)
    return share.overlaps(told) or (-share).overlaps(told)


def _is_result(cell: TableCell) -> bool:
    return _says(cell, RESULTS)


def _is_change(cell: TableCell) -> bool:
    return _says(cell, CHANGES)


def _says(cell: TableCell, heads: frozenset[str]) -> bool:
    """Whether a header of a cell has one of ``heads``."""
    return any(says_head(text, heads) for text in (*cell.rows, *cell.columns))


def _size(cell: TableCell) -> Interval:
    return cell.interval if cell.value >= 0 else -cell.interval
