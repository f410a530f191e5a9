"""A paper's tables as arrays of intervals, with the words of each row and column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from writer.claims.tables.metrics import less_is_better, more_is_better
from writer.claims.tables.naming import OURS
from writer.claims.tables.terms import (
    Header,
    Lexicon,
    measures,
)
from writer.model.table import PaperTable, TableCell
from writer.model.unit import unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from writer.claims.tables.counts import Entries
    from writer.claims.tables.totals import Sums

    Floats = NDArray[np.float64]

MAX_LINES = 150
"""Rows or columns of a table beyond which only the first are read."""


@dataclass(frozen=True, eq=False)
class Line:
    """A row or a column of a table.

    Attributes:
        path: its header terms, outermost first.
        header: their words.
        ours: 0 to 1, whether it is what the paper proposes.
        lower: whether less is better, None if the words do not say.
        units: units of its cells.
    """

    path: tuple[str, ...]
    header: Header
    ours: float
    lower: bool | None
    units: frozenset[str]

    @cached_property
    def ablated(self) -> bool:
        """Whether it is the proposal without a part: "w/o attention"."""
        return bool(self.path) and _WITHOUT.match(self.path[-1]) is not None


_WITHOUT = re.compile(
    r"\s*(?:w/o\b|without\b|no\s|minus\s|[-\u2013\u2014\u2212]\s?[A-Za-z])", re.IGNORECASE
)


@dataclass(frozen=True, eq=False)
class Grid:
    """The numbers of one table.

    Attributes:
        table: where they come from.
        rows, columns: the lines; a cell with two numbers makes two columns.
        lo, hi: intervals, shape (rows, columns), NaN where there is no number.
        cells: index of the cell in ``table.cells``, -1 where there is none.
        caption: its words.
    """

    table: PaperTable
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    lo: Floats
    hi: Floats
    cells: NDArray[np.int64]
    caption: Header

    @cached_property
    def lists(self) -> tuple[Entries, ...]:
        """Every list of the table."""
        from writer.claims.tables.counts import lists

        return tuple(lists(self))

    @cached_property
    def sums(self) -> Sums:
        """What its counts sum to."""
        from writer.claims.tables.totals import Sums

        return Sums(self)

    @cached_property
    def symbols(self) -> NDArray[np.int64]:
        """A number for the unit of each cell, -1 where there is none; shape of ``lo``."""
        import numpy as np

        names = {name: number for number, name in enumerate({c.unit for c in self.table.cells})}
        numbers = np.array([names[cell.unit] for cell in self.table.cells] or [-1])
        return np.asarray(np.where(self.cells >= 0, numbers[np.maximum(self.cells, 0)], -1))

    @cached_property
    def kinds(self) -> NDArray[np.int64]:
        """A number for what each row measures, as far as its own words say."""
        import numpy as np

        names: dict[object, int] = {}
        keys = [(line.lower, measures(line.header)) for line in self.rows]
        return np.array([names.setdefault(key, len(names)) for key in keys], dtype=np.int64)

    @cached_property
    def apart(self) -> NDArray[np.bool_]:
        """Which two rows differ in several headers though there is one to compare the first with
        that differs in a single one; shape (rows, rows): "Large / Ours" is set against
        "Large / Baseline", and not against "Small / Baseline"."""
        import numpy as np

        texts = dict.fromkeys(text for line in self.rows for text in line.path)
        known = {text: number for number, text in enumerate(texts)}
        depth = max((len(line.path) for line in self.rows), default=0)
        paths = np.full((len(self.rows), depth), -1)
        for row, line in enumerate(self.rows):
            paths[row, : len(line.path)] = [known[text] for text in line.path]
        differ = (paths[:, None, :] != paths[None, :, :]).sum(axis=2)
        if depth < 2 or differ.max() < 2:
            return np.zeros(differ.shape, dtype=bool)
        found = np.zeros(differ.shape, dtype=bool)
        for row, own in enumerate(differ):
            nearer = differ[own == 1]
            if len(nearer):
                found[row] = (own > 1) & (nearer.min(axis=0) < own)
        return found

    @cached_property
    def signs(self) -> NDArray[np.int64]:
        """For each column 0 unknown, 1 more is better, :data:`LOWER` less is better.

        Where its header does not say, the unit does, and then the caption: "Latency (ns)".
        """
        import numpy as np

        said = [unit.joined for unit in self.caption]
        lower = less_is_better("", said)
        told = 0 if lower and more_is_better(said) else _way(lower)  # "accuracy and error"
        return np.array([_way(line.lower) or _by_unit(line, told) for line in self.columns])

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Columns whose values may be combined: all, or those that share a header term."""
        found: dict[tuple[int, ...], None] = {}
        everything = tuple(range(len(self.columns)))
        if _alike([self.columns[i] for i in everything]):
            found[everything] = None
        else:
            by_kind: dict[object, list[int]] = {}
            for index, line in enumerate(self.columns):
                by_kind.setdefault(_kind(line), []).append(index)
            found.update({tuple(items): None for items in by_kind.values()})
        for level in (0, -1):
            by_term: dict[str, list[int]] = {}
            for index, line in enumerate(self.columns):
                if len(line.path) > 1:
                    by_term.setdefault(line.path[level], []).append(index)
            for items in by_term.values():
                if _alike([self.columns[i] for i in items]):
                    found[tuple(items)] = None
        return tuple(group for group in found if len(group) > 1)

    @cached_property
    def turned(self) -> Grid:
        """The same with rows and columns exchanged."""
        return Grid(
            self.table, self.columns, self.rows, self.lo.T, self.hi.T, self.cells.T, self.caption
        )

    def cell(self, row: int, column: int) -> TableCell:
        """The cell at a place that has one."""
        return self.table.cells[int(self.cells[row, column])]


LOWER = 2
"""The sign of a column of which less is better."""


def _way(lower: bool | None) -> int:  # noqa: FBT001  # three states, not a switch
    return 0 if lower is None else LOWER if lower else 1


def _by_unit(line: Line, told: int) -> int:
    """The sign of a column whose own words measure nothing."""
    if measures(line.header):
        return 0
    known = {unit(symbol).dimension for symbol in line.units}
    return LOWER if known == {"time"} else told


def _alike(lines: Sequence[Line]) -> bool:
    """Whether values of these lines are of one kind."""
    return len({_kind(line) for line in lines}) == 1


def _kind(line: Line) -> object:
    """What two lines share whose values may be combined."""
    return line.lower, line.units, measures(line.header)


def grid_of(table: PaperTable, lexicon: Lexicon, names: frozenset[str]) -> Grid | None:
    """The numbers of a table as arrays; None if it has none."""
    import numpy as np

    rows = {row: index for index, row in enumerate(dict.fromkeys(c.row for c in table.cells))}
    places = sorted({(cell.column, cell.part) for cell in table.cells})
    columns = {place: index for index, place in enumerate(places)}
    height, width = min(len(rows), MAX_LINES), min(len(columns), MAX_LINES)
    if not height or not width:
        return None
    lo, hi = np.full((height, width), np.nan), np.full((height, width), np.nan)
    cells = np.full((height, width), -1, dtype=np.int64)
    by_row: dict[int, list[TableCell]] = {}
    by_column: dict[int, list[TableCell]] = {}
    for index, cell in enumerate(table.cells):
        row, column = rows[cell.row], columns[cell.column, cell.part]
        if row < height and column < width:
            lo[row, column], hi[row, column] = cell.interval.lo, cell.interval.hi
            cells[row, column] = index
            by_row.setdefault(row, []).append(cell)
            by_column.setdefault(column, []).append(cell)
    best = max((sum(cell.bold for cell in items) for items in by_row.values()), default=0)
    caption = lexicon.header((table.caption,))
    return Grid(
        table,
        tuple(_line(by_row.get(i, []), lexicon, names, best, rows=True) for i in range(height)),
        tuple(_line(by_column.get(i, []), lexicon, names, 0, rows=False) for i in range(width)),
        lo,
        hi,
        cells,
        caption,
    )


def _line(
    cells: Sequence[TableCell], lexicon: Lexicon, names: frozenset[str], best: int, *, rows: bool
) -> Line:
    if not cells:
        return Line((), (), 0.0, None, frozenset())
    path = cells[0].rows if rows else cells[0].columns
    header = lexicon.header(path)
    units = frozenset(cell.unit for cell in cells)
    return Line(path, header, _ours(path, header, names, cells, best), _lower(path, header), units)


def _ours(
    path: Sequence[str],
    header: Header,
    names: frozenset[str],
    cells: Sequence[TableCell],
    best: int,
) -> float:
    if any(OURS.search(text) for text in path):
        return 1.0
    words = {unit.joined for unit in header}
    if words & names:
        return 1.0 if len(words - names) <= 1 else 0.8
    if any(name in word for word in words for name in names if len(name) > 3):
        return 0.7
    bold = sum(cell.bold for cell in cells)
    return 0.3 if best >= 1 and bold == best else 0.0


def _lower(path: Sequence[str], header: Header) -> bool | None:
    said = less_is_better(" ".join(path), (unit.joined for unit in header))
    if said is None:  # "WGA" that the paper calls worst-group accuracy
        return less_is_better("", [word for unit in header for word in unit.expanded])
    return said
