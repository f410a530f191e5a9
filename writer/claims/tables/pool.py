"""Everything that the tables of a paper can give for one form of claim, computed once.

A pool is a set of parallel arrays, one entry per candidate: a cell, a mean or extreme of
a line, or a ratio, change or difference of two cells of a line. What a claim says is
scored against all of them at once, see :mod:`writer.claims.tables.score`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from writer.claims.tables.grid import Evidence, Grid, Line
from writer.model.table import TableCell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bounds = tuple[Floats, Floats]

MAX_PAIRED = 60
"""Lines of a table that are compared with one another; of longer tables the first."""

KINDS = (
    "cell",
    "cell*100",
    "line",
    "new/base",
    "base/new",
    "(new-base)/base",
    "(base-new)/base",
    "(base-new)/new",
    "new/base*100",
    "new-base",
    "base-new",
    "errors",
)
"""Formulas over a cell, or over a new cell and the base that it is compared with."""

RISING = ("new/base", "(new-base)/base", "new-base", "errors")
FALLING = ("base/new", "(base-new)/base", "(base-new)/new", "base-new")

AGGREGATES = ("", "mean", "max", "min", "sum")
"""How the values of a line are combined."""

SCORE_UNITS = frozenset(("", "%", "pp"))
"""Units of scores, whose differences are told in points."""

_STATED = frozenset(
    [
        *("improvement", "gain", "reduction", "speedup", "saving", "decrease", "increase"),
        *("δ", "delta", "diff", "difference", "overhead", "drop", "change", "ratio", "relative"),
        "rel",
    ]
)


def digits_of(cell: TableCell) -> str:
    """The number of a cell as it is printed, without unit and marks."""
    match = re.search(r"[-\u2212]?[\d.,]*\d[\d.,]*(?:e[-+]?\d+)?", cell.text)
    return match[0].rstrip(".,") if match else f"{cell.value:g}"


_AVERAGED = frozenset(
    ["average", "avg", "mean", "overall", "total", "macro", "micro", "all", "geomean", "median"]
)


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
class Pool:
    """Candidates of one form; all arrays have one entry per candidate.

    Attributes:
        lo, hi: bounds, in the cells' own unit.
        kind, aggregate: indices into :data:`KINDS` and :data:`AGGREGATES`.
        view: index into ``views``.
        new, base: numbers of lines; ``base`` is -1 for a cell or a line alone.
        across: number of the line that crosses them, or of the group of such lines.
        sign: 0 unknown, 1 more is better, 2 less is better.
        symbol: index into ``symbols``.
        best: whether the base is the best line that is not the paper's own.
        stated: whether a header says that the cell is itself a change or ratio.
        counts: whether it stands in a line of bare whole numbers.
        broken: whether it is a cell printed with a fraction.
        edge: whether it is the largest or the smallest of its row or of its column.
        averaged: whether a header says that it is a mean or a total.
        new_cell, base_cell: numbers of cells, -1 for aggregates.
        views, symbols: see above.
        groups: by ``across`` minus the number of lines: the lines of each group.
    """

    lo: Floats
    hi: Floats
    kind: Ints
    aggregate: Ints
    view: Ints
    new: Ints
    base: Ints
    across: Ints
    sign: Ints
    symbol: Ints
    best: NDArray[np.bool_]
    stated: NDArray[np.bool_]
    counts: NDArray[np.bool_]
    broken: NDArray[np.bool_]
    edge: NDArray[np.bool_]
    averaged: NDArray[np.bool_]
    new_cell: Ints
    base_cell: Ints
    views: tuple[View, ...]
    symbols: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]


_FIELDS = (
    *("lo", "hi", "kind", "aggregate", "view", "new", "base", "across", "sign", "symbol"),
    *("best", "stated", "counts", "broken", "edge", "averaged", "new_cell", "base_cell"),
)
_TYPES = {
    "lo": float,
    "hi": float,
    "best": bool,
    "stated": bool,
    "counts": bool,
    "broken": bool,
    "edge": bool,
    "averaged": bool,
}


def views(evidence: Evidence) -> Iterator[View]:
    """Every grid both ways; lines are numbered rows first, grid after grid."""
    start = 0
    for index, grid in enumerate(evidence.grids):
        rows, columns = start, start + len(grid.rows)
        start = columns + len(grid.columns)
        yield View(grid, index, rows, columns, turned=False)
        yield View(grid.turned, index, columns, rows, turned=True)


def build(evidence: Evidence, form: str) -> Pool:
    """The pool for ``form``: ``ratio``, ``percent``, ``points`` or ``plain``."""
    maker = _Maker(evidence, form)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # NaN stands for no number throughout
        for number in range(len(maker.views)):
            maker.take(number)
    return maker.pool()


class _Maker:
    def __init__(self, evidence: Evidence, form: str) -> None:
        self.form = form
        self.views = tuple(views(evidence))
        self.lines = sum(len(grid.rows) + len(grid.columns) for grid in evidence.grids)
        self.groups: list[tuple[int, ...]] = []
        self.symbols: dict[str, int] = {}
        self.parts: dict[str, list[NDArray[np.generic]]] = {name: [] for name in _FIELDS}
        self.first_cell = [0]
        for grid in evidence.grids:
            self.first_cell.append(self.first_cell[-1] + len(grid.table.cells))

    def pool(self) -> Pool:
        import numpy as np

        arrays = {
            name: np.concatenate(parts) if parts else np.zeros(0, dtype=_TYPES.get(name, np.int64))
            for name, parts in self.parts.items()
        }
        return Pool(
            **arrays,
            views=self.views,
            symbols=tuple(self.symbols),
            groups=tuple(self.groups),
        )

    def take(self, number: int) -> None:
        """Add the candidates of one view."""
        view = self.views[number]
        grid = view.grid
        names = [self.symbols.setdefault(cell.unit, len(self.symbols)) for cell in grid.table.cells]
        cell = _Cells(view, grid, names, self.first_cell[view.index])
        if not view.turned:
            self._cells(number, cell)
        groups = [tuple(view.first_column + i for i in group) for group in grid.groups]
        first_group = self.lines + len(self.groups)
        self.groups += groups
        self._aggregated(number, cell, first_group)
        if len(grid.rows) > 1:
            self._paired(number, cell, first_group)

    def _add(self, number: int, **given: Any) -> None:
        import numpy as np

        size = len(given["lo"])
        if not size:
            return
        given["view"] = number
        for name in _FIELDS:
            value, kind = given[name], _TYPES.get(name, np.int64)
            array = value if isinstance(value, np.ndarray) else np.full(size, value, dtype=kind)
            self.parts[name].append(array.astype(kind, copy=False))

    def _cells(self, number: int, cell: _Cells) -> None:
        import numpy as np

        for kind in ("cell", "cell*100") if self.form == "percent" else ("cell",):
            scale = 1.0 if kind == "cell" else 100.0
            lo, hi = cell.grid.lo * scale, cell.grid.hi * scale
            kept = np.isfinite(cell.grid.lo) & np.isfinite(cell.grid.hi)
            if kind == "cell*100":
                kept &= (cell.grid.lo >= -1) & (cell.grid.hi <= 1.001)
            row, column = np.nonzero(kept)
            self._add(
                number,
                lo=lo[row, column],
                hi=hi[row, column],
                kind=KINDS.index(kind),
                aggregate=0,
                new=cell.view.first_row + row,
                base=-1,
                across=cell.view.first_column + column,
                sign=cell.signs[column],
                symbol=cell.symbols[row, column],
                best=False,
                stated=cell.stated[row, column],
                counts=cell.counts[row, column],
                broken=cell.broken[row, column],
                edge=cell.edge[row, column],
                averaged=cell.averaged[row, column],
                new_cell=cell.numbers[row, column],
                base_cell=-1,
            )

    def _aggregated(self, number: int, cell: _Cells, first_group: int) -> None:
        import numpy as np

        groups = [list(group) for group in cell.grid.groups]
        if not groups:
            return
        signs = np.array([cell.signs[group[0]] for group in groups])
        symbols = np.stack([cell.symbols[:, group].max(axis=1) for group in groups], axis=1)
        for name in AGGREGATES[1:]:
            lo, hi = reduced(name, (cell.grid.lo, cell.grid.hi), groups)
            row, group = np.nonzero(np.isfinite(lo))
            self._add(
                number,
                lo=lo[row, group],
                hi=hi[row, group],
                kind=KINDS.index("line"),
                aggregate=AGGREGATES.index(name),
                new=cell.view.first_row + row,
                base=-1,
                across=first_group + group,
                sign=signs[group],
                symbol=symbols[row, group],
                best=False,
                stated=False,
                counts=False,
                broken=False,
                edge=False,
                averaged=False,
                new_cell=-1,
                base_cell=-1,
            )

    def _paired(self, number: int, cell: _Cells, first_group: int) -> None:
        """Values derived from two rows of one column, alone and over groups of columns."""
        import numpy as np

        most = min(len(cell.grid.rows), MAX_PAIRED)
        lo, hi = cell.grid.lo[:most], cell.grid.hi[:most]
        fits = cell.comparable(most)
        for kind, bounds in _values(self.form, cell, (lo, hi)):
            low, high = np.where(fits, bounds[0], np.nan), np.where(fits, bounds[1], np.nan)
            kept = np.isfinite(low) & np.isfinite(high) & (high >= 0)
            new, base, column = np.nonzero(kept)
            self._add(
                number,
                lo=low[new, base, column],
                hi=high[new, base, column],
                kind=KINDS.index(kind),
                aggregate=0,
                new=cell.view.first_row + new,
                base=cell.view.first_row + base,
                across=cell.view.first_column + column,
                sign=cell.signs[column],
                symbol=cell.symbols[new, column],
                best=cell.best[base, column],
                stated=False,
                counts=False,
                broken=False,
                edge=False,
                averaged=False,
                new_cell=cell.numbers[new, column],
                base_cell=cell.numbers[base, column],
            )
            self._combined(number, cell, kind, (low, high), first_group)

    def _combined(
        self, number: int, cell: _Cells, kind: str, bounds: Bounds, first_group: int
    ) -> None:
        import numpy as np

        groups = [list(group) for group in cell.grid.groups]
        if not groups:
            return
        signs = np.array([cell.signs[group[0]] for group in groups])
        symbols = np.stack([cell.symbols[:, group].max(axis=1) for group in groups], axis=1)
        best = np.stack([cell.best[:, group].mean(axis=1) > 0.5 for group in groups], axis=1)
        for name in ("mean", "max", "min"):
            low, high = reduced(name, bounds, groups)
            kept = np.isfinite(low) & (np.where(np.isfinite(high), high, -1.0) >= 0)
            new, base, group = np.nonzero(kept)
            self._add(
                number,
                lo=low[new, base, group],
                hi=high[new, base, group],
                kind=KINDS.index(kind),
                aggregate=AGGREGATES.index(name),
                new=cell.view.first_row + new,
                base=cell.view.first_row + base,
                across=first_group + group,
                sign=signs[group],
                symbol=symbols[new, group],
                best=best[base, group],
                stated=False,
                counts=False,
                broken=False,
                edge=False,
                averaged=False,
                new_cell=-1,
                base_cell=-1,
            )


class _Cells:
    """What is known of each cell of a view; arrays of its shape."""

    def __init__(self, view: View, grid: Grid, names: Sequence[int], first: int) -> None:
        import numpy as np

        self.view, self.grid = view, grid
        held = grid.cells >= 0
        taken = np.where(held, grid.cells, 0)
        self.symbols = np.where(held, np.asarray([*names, -1])[taken], -1)
        self.numbers = np.where(held, grid.cells + first, -1)
        self.signs = np.array([_sign(line) for line in grid.columns], dtype=np.int64)
        stated = [any(_is_stated(line) for line in (item,)) for item in grid.rows]
        across = [_is_stated(line) for line in grid.columns]
        self.stated = np.array(stated)[:, None] | np.array(across)[None, :]
        whole = np.array(
            [c.unit == "" and not any(m in c.text for m in ".,%") for c in grid.table.cells]
            or [False]
        )
        bare = np.logical_or(whole[np.minimum(taken, len(whole) - 1)], ~held)
        self.counts = bare.all(axis=0)[None, :] | bare.all(axis=1)[:, None]
        mean = [any(u.joined in _AVERAGED for u in line.header) for line in grid.rows]
        means = [any(u.joined in _AVERAGED for u in line.header) for line in grid.columns]
        self.averaged = np.array(mean)[:, None] | np.array(means)[None, :]
        self.edge = _edges(grid)
        broken = np.array(["." in digits_of(c) for c in grid.table.cells] or [False])
        self.broken = broken[np.minimum(taken, len(broken) - 1)]
        self.scores = np.array([c.unit in SCORE_UNITS for c in grid.table.cells] or [False])[
            np.minimum(taken, max(len(names) - 1, 0))
        ]
        self.best = _best(grid)

    def comparable(self, most: int) -> NDArray[np.bool_]:
        """Which pairs of rows, per column, are of one unit and one measure, and two rows."""
        import numpy as np

        symbols, kinds = self.symbols[:most], self.grid.kinds[:most]
        other = ~np.eye(most, dtype=bool)[:, :, None]
        alike = symbols[:, None, :] == symbols[None, :, :]
        return np.asarray(other & alike & (kinds[:, None] == kinds[None, :])[:, :, None])


def _sign(line: Line) -> int:
    return 2 if line.lower else 1 if line.lower is False else 0


def _is_stated(line: Line) -> bool:
    return any(item.joined in _STATED for item in line.header)


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
    signs = np.array([-1.0 if line.lower else 1.0 for line in grid.columns])[None, :]
    marked = np.where(others & np.isfinite(values), values * signs, -np.inf)
    return np.asarray((marked == marked.max(axis=0)[None, :]) & np.isfinite(marked))


def reduced(name: str, bounds: Bounds, groups: Sequence[list[int]]) -> Bounds:
    """Combine the columns of each group, the last axis; NaN unless two or more have a value."""
    import numpy as np

    found = []
    for values in bounds:
        parts = []
        for group in groups:
            part = values[..., group]
            held = np.isfinite(part)
            count = held.sum(axis=-1)
            if name in ("mean", "sum"):
                total = np.where(held, part, 0.0).sum(axis=-1)
                total = total / np.maximum(count, 1) if name == "mean" else total
            elif name == "max":
                total = np.where(held, part, -np.inf).max(axis=-1)
            else:
                total = np.where(held, part, np.inf).min(axis=-1)
            parts.append(np.where(count > 1, total, np.nan))
        found.append(np.stack(parts, axis=-1))
    return found[0], found[1]


def _values(form: str, cell: _Cells, rows: Bounds) -> Iterator[tuple[str, Bounds]]:
    """Kind and bounds of what two rows give, of shape (new, base, column)."""
    one = (rows[0][:, None, :], rows[1][:, None, :])
    other = (rows[0][None, :, :], rows[1][None, :, :])
    if form == "ratio":
        yield "new/base", _divided(one, other)
        yield "base/new", _divided(other, one)
    elif form == "percent":
        yield from _percentages(one, other)
        yield from _points(cell, one, other, told_as_percent=True)
        yield "errors", _errors(cell, one, other)
    elif form == "points":
        yield from _points(cell, one, other, told_as_percent=False)
    else:
        yield "new-base", (one[0] - other[1], one[1] - other[0])
        yield "base-new", (other[0] - one[1], other[1] - one[0])


def _divided(one: Bounds, other: Bounds) -> Bounds:
    import numpy as np

    positive = (other[0] > 0) & (one[0] >= 0)
    low = np.where(positive, one[0] / np.where(positive, other[1], 1.0), np.nan)
    high = np.where(positive, one[1] / np.where(positive, other[0], 1.0), np.nan)
    return low, high


def _percentages(one: Bounds, other: Bounds) -> Iterator[tuple[str, Bounds]]:
    low, high = _divided(one, other)
    yield "(new-base)/base", (100 * (low - 1), 100 * (high - 1))
    yield "(base-new)/base", (100 * (1 - high), 100 * (1 - low))
    back = _divided(other, one)
    yield "(base-new)/new", (100 * (back[0] - 1), 100 * (back[1] - 1))
    yield "new/base*100", (100 * low, 100 * high)


def _points(
    cell: _Cells, one: Bounds, other: Bounds, *, told_as_percent: bool
) -> Iterator[tuple[str, Bounds]]:
    """Differences of scores, in points: those of 0 to 1 times a hundred."""
    import numpy as np

    whole = _whole(cell)
    rest = np.nan if told_as_percent else 1.0
    scale = np.where(whole == 1.0, 100.0, np.where(whole == 100.0, 1.0, rest))
    scale = np.where(cell.scores[: one[0].shape[0]][:, None, :], scale, np.nan)
    low, high = one[0] - other[1], one[1] - other[0]
    yield "new-base", (low * scale, high * scale)
    yield "base-new", (-high * scale, -low * scale)


def _errors(cell: _Cells, one: Bounds, other: Bounds) -> Bounds:
    """The share of errors that went: of 100 minus the score."""
    whole = _whole(cell)
    low, high = _divided((whole - one[1], whole - one[0]), (whole - other[1], whole - other[0]))
    return 100 * (1 - high), 100 * (1 - low)


def _whole(cell: _Cells) -> Floats:
    """100 or 1 per column: what a score is out of; NaN where it is none."""
    import numpy as np

    top = np.nanmax(cell.grid.hi, axis=0, initial=-np.inf)
    return np.asarray(
        np.where(top <= 1.0005, 1.0, np.where(top <= 100.5, 100.0, np.nan))[None, None, :]
    )
