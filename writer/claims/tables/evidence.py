"""Every table of a paper, ready to be matched: lines, words, weights, pools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from writer.claims.tables.cells import Cells, both_ways
from writer.claims.tables.grid import Grid, Line, grid_of
from writer.claims.tables.naming import proposed
from writer.claims.tables.repeats import distinct
from writer.claims.tables.symbols import symbols
from writer.claims.tables.terms import (
    PREFIX,
    Context,
    Lexicon,
    Unit,
    abbreviations,
    measures,
    spelled_out,
)
from writer.claims.tables.weights import Weights
from writer.latex.words import words
from writer.model.interval import TOUCH, Interval
from writer.model.table import PaperTable, TableCell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from writer.claims.tables.counts import Lists
    from writer.claims.tables.pool import Pool

    Floats = NDArray[np.float64]

PLAIN = words(
    "baseline vanilla original base none standard default sequential serial without w/o fp32 full "
    "naive native random single prior sota existing"
)
"""Words of headers for what a proposal is compared with."""

SOUNDED = 0.5
"""A word is said, whatever its distance, from this weight on."""

MISSED = 0.2
"""What a word of a header costs that the claim does not say."""

MISSED_MOST = 2.0
"""So much weight of such words counts at most."""

NAMED = 0.8
"""Share of a header's words, rarer ones weighing more, that name it beyond doubt."""

SURELY_OURS = 0.9
"""From this on a line is the paper's own, named by "we" and "our"."""

CAPTION = 0.35
"""What a word of the caption weighs, against 1 for one of a row's or column's header."""

CAPTION_MOST = 2.0
"""So much weight of a caption's words counts at most."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """Every table of a paper, ready to be matched.

    Attributes:
        grids: one per table that has numbers; a table printed twice is one.
        short: abbreviations that the paper defines.
        names: what the paper calls what it proposes, in normal form.
    """

    grids: tuple[Grid, ...]
    short: Mapping[str, tuple[str, ...]]
    names: frozenset[str]
    _pools: dict[str, Pool] = field(default_factory=dict, repr=False)
    _measured: dict[frozenset[str], NDArray[np.bool_]] = field(default_factory=dict, repr=False)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every word of every header, once."""
        found: dict[str, Unit] = {}
        for grid in self.grids:
            for header in (grid.caption, *(line.header for line in (*grid.rows, *grid.columns))):
                for item in header:
                    found.setdefault(item.joined, item)
        return tuple(found.values())

    @cached_property
    def numerals(self) -> NDArray[np.bool_]:
        """Which of :attr:`units` are bare numbers."""
        import numpy as np

        return np.array([item.joined.isdecimal() for item in self.units], dtype=bool)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every row and column, grid after grid, rows first."""
        return tuple(line for grid in self.grids for line in (*grid.rows, *grid.columns))

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Number of the first line of each axis: rows, columns, rows, ..."""
        import numpy as np

        sizes = [size for grid in self.grids for size in (len(grid.rows), len(grid.columns))]
        return np.cumsum([0, *sizes[:-1]], dtype=np.int64)

    @cached_property
    def axis(self) -> NDArray[np.int64]:
        """For each line the number of its axis."""
        import numpy as np

        sizes = [size for grid in self.grids for size in (len(grid.rows), len(grid.columns))]
        return np.repeat(np.arange(len(sizes)), sizes)

    @cached_property
    def ours(self) -> Floats:
        """How surely each line is the paper's own."""
        import numpy as np

        return np.array([line.ours for line in self.lines], dtype=float)

    def measured(self, wanted: frozenset[str]) -> NDArray[np.bool_]:
        """Which lines measure something, and none of ``wanted``, as far as words say."""
        import numpy as np

        if wanted not in self._measured:
            kinds = (measures(line.header) for line in self.lines)
            found = [bool(kind) and not kind & wanted for kind in kinds]
            self._measured[wanted] = np.array(found, dtype=bool)
        return self._measured[wanted]

    @cached_property
    def entities(self) -> NDArray[np.bool_]:
        """Which lines stand on an axis of things, not of quantities."""
        import numpy as np

        things = np.array([not measures(line.header) for line in self.lines], dtype=float)
        if not len(things):
            return np.zeros(0, dtype=bool)
        sizes = np.bincount(self.axis, minlength=len(self.starts))
        share = np.bincount(self.axis, weights=things, minlength=len(self.starts)) / sizes
        return np.asarray((share > 0.5)[self.axis])

    @cached_property
    def ablated(self) -> NDArray[np.bool_]:
        """Which lines are the proposal without a part."""
        import numpy as np

        return np.array([line.ablated for line in self.lines], dtype=bool)

    @cached_property
    def plain(self) -> Floats:
        """1 for lines whose words say that they are what is compared with."""
        import numpy as np

        return np.array(
            [any(u.joined in PLAIN for u in line.header) for line in self.lines], dtype=float
        )

    @cached_property
    def bounds(self) -> tuple[Floats, Floats]:
        """Lower and upper bound of every cell, table after table."""
        import numpy as np

        spans = [cell.interval for grid in self.grids for cell in grid.table.cells]
        return np.array([s.lo for s in spans], float), np.array([s.hi for s in spans], float)

    def printing(self, value: float) -> Sequence[tuple[Grid, TableCell]]:
        """The cells with just this value, in order."""
        return self._printed.get(value, ())

    @cached_property
    def _printed(self) -> Mapping[float, Sequence[tuple[Grid, TableCell]]]:
        found: dict[float, list[tuple[Grid, TableCell]]] = {}
        for grid in self.grids:
            for cell in grid.table.cells:
                found.setdefault(cell.value, []).append((grid, cell))
        return found

    def stating(self, span: Interval, wide: float) -> NDArray[np.int64]:
        """The numbers of the cells that overlap ``span`` and are at most so much as wide."""
        import numpy as np

        lo, hi = self.bounds
        known, order = self._by_low
        room = 1e-9 * (abs(span.lo) + abs(span.hi))
        first = np.searchsorted(known, span.lo - wide - room)
        found = order[first : np.searchsorted(known, span.hi, side="right")]
        lo, hi = lo[found], hi[found]
        return np.asarray(found[overlapping(lo, hi, span) & (hi - lo <= wide)])

    @cached_property
    def _by_low(self) -> tuple[Floats, NDArray[np.int64]]:
        import numpy as np

        order = np.argsort(self.bounds[0])
        return self.bounds[0][order], order

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """The row and the column of each cell, as numbers of lines; -1 where it has none;
        shape (2, cells)."""
        import numpy as np

        found = np.full((2, len(self.bounds[0])), -1)
        for cell in self.cells[0][::2]:
            row, column = np.nonzero(cell.numbers >= 0)
            lines = cell.view.first_row + row, cell.view.first_column + column
            found[:, cell.numbers[row, column]] = lines
        return found

    @cached_property
    def boxes(self) -> NDArray[np.int64]:
        """For each number of a table which cell of the page it stands in: "12/50" is one; -1 at
        the end, for candidates that are no cell."""
        import numpy as np

        known: dict[tuple[int, int, int], int] = {}
        places = (
            (number, cell.row, cell.column)
            for number, grid in enumerate(self.grids)
            for cell in grid.table.cells
        )
        return np.array([*(known.setdefault(at, len(known)) for at in places), -1], dtype=np.int64)

    def referred(self, labels: frozenset[str]) -> Floats:
        """1 for each table that has one of ``labels``."""
        import numpy as np

        found = np.zeros(len(self.grids))
        for label in labels:
            found[self._labelled.get(label, [])] = 1.0
        return found

    @cached_property
    def _labelled(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, grid in enumerate(self.grids):
            for label in grid.table.labels:
                found.setdefault(label, []).append(number)
        return found

    @cached_property
    def lists(self) -> Lists:
        """What the tables list, by the words of its names."""
        from writer.claims.tables.counts import Lists

        return Lists(self.grids)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {item.joined: number for number, item in enumerate(self.units)}

    @cached_property
    def _weights(self) -> Weights:
        """Rarity of each word in each line."""
        own = Weights.of([line.header for line in self.lines], self._numbers)
        return own.distinct(self.axis)

    @cached_property
    def _captions(self) -> Weights:
        return Weights.of([grid.caption for grid in self.grids], self._numbers)

    @cached_property
    def _triggers(self) -> Mapping[str, tuple[int, ...]]:
        """For a word, or the first letters of one, the units that it may meet."""
        found: dict[str, list[int]] = {}
        for number, item in enumerate(self.units):
            for word in item.triggers:
                found.setdefault(word, []).append(number)
            if item.prefix:
                found.setdefault(item.joined[:PREFIX] + "*", []).append(number)
        return {word: tuple(numbers) for word, numbers in found.items()}

    def met(self, context: Context) -> Floats:
        """How strongly a context names each of :attr:`units`, 0 to 1."""
        import numpy as np

        found = np.zeros(len(self.units))
        touched = {
            number
            for word in context.weights
            for key in (word, word[:PREFIX] + "*")
            for number in self._triggers.get(key, ())
        }
        for number in touched:
            found[number] = self.units[number].met(context)
        return found

    def named(self, met: Floats) -> Floats:
        """Score of each line: its words that are met, less a part of those that are not."""
        import numpy as np

        gained = self.gained(met)
        missed = self._weights.totals - gained
        return np.asarray(gained - MISSED * np.minimum(missed, MISSED_MOST))

    def gained(self, met: Floats) -> Floats:
        """Weight of each line's words that are met."""
        return self._weights.gained(met)

    def coverage(self, met: Floats) -> Floats:
        """Which share of each line's words is met; 0 for a line without words."""
        import numpy as np

        met = np.minimum(met / SOUNDED, 1.0)
        return np.asarray(self.gained(met) / np.maximum(self._weights.totals, 1e-9))

    def captions(self, met: Floats) -> Floats:
        """Score of each table from its caption."""
        import numpy as np

        return np.asarray(np.minimum(self._captions.gained(met), CAPTION_MOST) * CAPTION)

    @cached_property
    def cells(self) -> tuple[tuple[Cells, ...], tuple[str, ...]]:
        """Every grid both ways, and the units of their cells by number."""
        return both_ways(self.grids)

    def pool(self, form: str) -> Pool:
        """Every candidate for a form of claim; made when first asked."""
        from writer.claims.tables.building import build

        if form not in self._pools:
            self._pools[form] = build(self, form)
        return self._pools[form]


def overlapping(lo: Floats, hi: Floats, span: Interval) -> NDArray[np.bool_]:
    """:meth:`Interval.overlaps` of ``span`` and each of many intervals."""
    import numpy as np

    overlap = np.minimum(hi, span.hi) - np.maximum(lo, span.lo)
    width = np.minimum(hi - lo, span.width)
    return np.asarray(np.where(width > 0, overlap > TOUCH * width, overlap >= 0))


def gather(tables: Sequence[PaperTable], text: str, title: str, abstract: str) -> Evidence:
    """Read ``tables`` into arrays.

    Args:
        tables: of the paper.
        text: its prose, where abbreviations are defined.
        title, abstract: where it names what it proposes.
    """
    tables = distinct(tables)
    paths = [path for table in tables for path in _paths(table)]
    short = abbreviations(text)
    headers = {header for path in paths for header in path}
    short = {**spelled_out(text, headers, short), **short}
    names = proposed(title, abstract, [path for table in tables for path in _rows(table)])
    lexicon = Lexicon(paths, short, symbols(tables))
    grids = tuple(grid for table in tables if (grid := grid_of(table, lexicon, names)) is not None)
    return Evidence(grids, short, names)


def _paths(table: PaperTable) -> list[tuple[str, ...]]:
    columns = dict.fromkeys((cell.column, cell.columns) for cell in table.cells)
    return [*_rows(table), *(path for _, path in columns)]


def _rows(table: PaperTable) -> list[tuple[str, ...]]:
    return [path for _, path in dict.fromkeys((cell.row, cell.rows) for cell in table.cells)]
