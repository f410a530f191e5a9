"""A table seen one way, its rows as the lines that are compared, and what each cell is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from writer.claims.tables.change_headers import DIFFERENCES, STATED, has_head
from writer.claims.tables.grid import LOWER, Grid, Line
from writer.model.table import TableCell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_PAIRED = 60
"""Lines of a table that are compared with one another; of longer tables the first."""

SCORE_UNITS = frozenset(("", "%", "pp"))
"""Units of scores, whose differences are told in points."""

_AVERAGED = frozenset(
    ["average", "avg", "mean", "overall", "total", "macro", "micro", "all", "geomean", "median"]
)


def digits_of(cell: TableCell) -> str:
    """The number of a cell as it is printed, without unit and marks."""
    match = re.search(r"[-\u2212]?[\d.,]*\d[\d.,]*(?:e[-+]?\d+)?", cell.text)
    return match[0].rstrip(".,") if match else f"{cell.value:g}"


@dataclass(frozen=True, eq=False)
class View:
    """A grid with its rows as the lines that are compared, or its columns.

    Attributes:
        grid: turned where columns are compared.
        index: number of the grid.
        first_row, first_column: numbers of its first lines among all lines.
        turned: whether it is turned.
    """

    grid: Grid
    index: int
    first_row: int
    first_column: int
    turned: bool


@dataclass(frozen=True, eq=False)
class Facts:
    """What each cell of a table says of itself.

    Attributes:
        bare: whether it has no unit.
        whole: whether it has no mark of a fraction or a share either.
        broken: whether it is printed with a fraction.
        score: whether its unit may be that of a score.
    """

    bare: NDArray[np.bool_]
    whole: NDArray[np.bool_]
    broken: NDArray[np.bool_]
    score: NDArray[np.bool_]

    @classmethod
    def of(cls, cells: Sequence[TableCell]) -> Facts:
        """What ``cells`` say; of no cell that it is none of this."""
        import numpy as np

        told = [
            (
                cell.unit == "",
                cell.unit == "" and _MARKED.isdisjoint(cell.text),
                "." in cell.text and "." in digits_of(cell),
                cell.unit in SCORE_UNITS,
            )
            for cell in cells
        ]
        return cls(*np.array(told or [(False,) * 4]).T)


_MARKED = frozenset(".,%")


class Cells:
    """What is known of each cell of a view; arrays of its shape."""

    def __init__(self, view: View, names: Sequence[int], first: int, facts: Facts) -> None:
        import numpy as np

        self.view, self.grid = view, view.grid
        grid = self.grid
        held = grid.cells >= 0
        taken = np.where(held, grid.cells, 0)
        self.symbols = np.where(held, np.asarray([*names, -1])[taken], -1)
        self.numbers = np.where(held, grid.cells + first, -1)
        self.signs = grid.signs
        stated = [_is_called(line, STATED) for line in grid.rows]
        across = [_is_called(line, STATED) for line in grid.columns]
        self.stated = np.array(stated)[:, None] | np.array(across)[None, :]
        bare = facts.whole[taken] | ~held
        lines = bare.all(axis=0, keepdims=True) | bare.all(axis=1, keepdims=True)
        self.counts = np.asarray(lines)
        means = [_is_averaged(line) for line in grid.rows]
        mean = [_is_averaged(line) for line in grid.columns]
        self.averaged = np.array(means)[:, None] | np.array(mean)[None, :]
        self.edge = _edges(grid)
        self.broken = facts.broken[taken]
        self.bare = facts.bare[taken] & held
        self.scores = facts.score[taken]
        self.best = _best(grid)

    @cached_property
    def fractions(self) -> NDArray[np.bool_]:
        """Which cells may be parts of 1."""
        import numpy as np

        return np.asarray((self.grid.lo >= -1) & (self.grid.hi <= 1.001))

    @cached_property
    def shares(self) -> NDArray[np.bool_]:
        """Which cells are parts of 1 beyond doubt, and no numbers in per cent: bare ones, of
        which a whole row or column has several and no other, most above a tenth."""
        import numpy as np

        bare = self.bare & np.isfinite(self.grid.lo)
        fits = ~np.isfinite(self.grid.lo) | (self.fractions & (self.grid.lo >= 0))
        found = np.zeros(bare.shape, dtype=bool)
        for axis in (0, 1):
            count = bare.sum(axis=axis, keepdims=True)
            high = (bare & (self.grid.lo > 0.1)).sum(axis=axis, keepdims=True)
            found |= fits.all(axis=axis, keepdims=True) & (count > 1) & (2 * high > count)
        return np.asarray(found & bare)

    def told(self, form: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Bounds as a claim of ``form`` tells what combines them: parts of 1 in per cent."""
        import numpy as np

        scale = np.where(self.shares, 100.0, 1.0) if form == "percent" else 1.0
        return self.grid.lo * scale, self.grid.hi * scale

    @cached_property
    def comparable(self) -> NDArray[np.bool_]:
        """Which pairs of rows, per column, are of one unit and one measure, two rows, and no
        differences themselves; of the first :data:`MAX_PAIRED` rows."""
        import numpy as np

        symbols, kinds = self.symbols[:MAX_PAIRED], self.grid.kinds[:MAX_PAIRED]
        other = ~np.eye(len(symbols), dtype=bool)[:, :, None]
        alike = symbols[:, None, :] == symbols[None, :, :]
        levels = ~np.array([_is_called(line, DIFFERENCES) for line in self.grid.rows[:MAX_PAIRED]])
        across = ~np.array([_is_called(line, DIFFERENCES) for line in self.grid.columns])
        both = (kinds[:, None] == kinds[None, :]) & levels[:, None] & levels[None, :]
        return np.asarray(other & alike & both[:, :, None] & across[None, None, :])

    @cached_property
    def combined(self) -> Combined | None:
        """Its groups of columns; None if there are none."""
        import numpy as np

        groups = [list(group) for group in self.grid.groups]
        if not groups:
            return None
        best = [self.best[:, group].mean(axis=1) > 0.5 for group in groups]
        return Combined(
            groups,
            np.array([self.signs[group[0]] for group in groups]),
            np.stack([self.symbols[:, group].max(axis=1) for group in groups], axis=1),
            np.stack(best, axis=1),
        )


@dataclass(frozen=True, eq=False)
class Combined:
    """What is said of each group of columns, whatever is combined over it.

    Attributes:
        groups: the columns of each.
        signs: of each group.
        symbols, best: shape (rows, groups).
    """

    groups: list[list[int]]
    signs: NDArray[np.int64]
    symbols: NDArray[np.int64]
    best: NDArray[np.bool_]


def both_ways(grids: Sequence[Grid]) -> tuple[tuple[Cells, ...], tuple[str, ...]]:
    """The cells of every grid both ways, and the unit that each number of a symbol is.

    Lines are numbered rows first, grid after grid.
    """
    found: list[Cells] = []
    symbols: dict[str, int] = {}
    start = first = 0
    for index, grid in enumerate(grids):
        rows, columns = start, start + len(grid.rows)
        start = columns + len(grid.columns)
        names = [symbols.setdefault(cell.unit, len(symbols)) for cell in grid.table.cells]
        views = (
            View(grid, index, rows, columns, turned=False),
            View(grid.turned, index, columns, rows, turned=True),
        )
        facts = Facts.of(grid.table.cells)
        found += [Cells(view, names, first, facts) for view in views]
        first += len(names)
    return tuple(found), tuple(symbols)


def _is_averaged(line: Line) -> bool:
    return any(item.joined in _AVERAGED for item in line.header)


def _is_called(line: Line, heads: frozenset[str]) -> bool:
    return has_head((item.joined for item in line.header), heads)


def _edges(grid: Grid) -> NDArray[np.bool_]:
    """Whether a cell is the largest or smallest of its row or column."""
    import numpy as np

    low, high = (
        np.where(np.isfinite(grid.lo), grid.lo, np.inf),
        np.where(np.isfinite(grid.hi), grid.hi, -np.inf),
    )
    found = np.zeros(grid.lo.shape, dtype=bool)
    for axis in (0, 1):
        found |= grid.hi >= high.max(axis=axis, keepdims=True)
        found |= grid.lo <= low.min(axis=axis, keepdims=True)
    return found


def _best(grid: Grid) -> NDArray[np.bool_]:
    """Whether a row is, in each column, the best that is not the paper's own."""
    import numpy as np

    values = (grid.lo + grid.hi) / 2
    others = np.array([line.ours < 0.5 for line in grid.rows])[:, None]
    signs = np.where(grid.signs == LOWER, -1.0, 1.0)[None, :]
    marked = np.where(others & np.isfinite(values), values * signs, -np.inf)
    return np.asarray((marked == marked.max(axis=0)[None, :]) & np.isfinite(marked))
