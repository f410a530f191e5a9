"""Makes the pool of a form: cells, lines, and pairs of cells of a line with what they give."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from writer.claims.tables.cells import Cells, View
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.formulas import reduced, values
from writer.claims.tables.pool import AGGREGATES, FIELDS, KINDS, Pool

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bounds = tuple[Floats, Floats]

MAX_PAIRED = 60
"""Lines of a table that are compared with one another; of longer tables the first."""

_ABSENT = {
    **dict.fromkeys(("best", "stated", "counts", "broken", "edge", "averaged", "apart"), False),
    **dict.fromkeys(("base", "new_cell", "base_cell"), -1),
}
_TYPES = {
    "lo": float,
    "hi": float,
    "best": bool,
    "stated": bool,
    "counts": bool,
    "broken": bool,
    "edge": bool,
    "averaged": bool,
    "apart": bool,
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


@dataclass(frozen=True, eq=False)
class _Combined:
    """What is said of each group of columns, whatever is combined over it."""

    groups: list[list[int]]
    signs: Ints
    symbols: Ints
    best: NDArray[np.bool_]

    @classmethod
    def of(cls, cell: Cells) -> _Combined | None:
        import numpy as np

        groups = [list(group) for group in cell.grid.groups]
        if not groups:
            return None
        best = [cell.best[:, group].mean(axis=1) > 0.5 for group in groups]
        return cls(groups, _signs(cell, groups), _symbols(cell, groups), np.stack(best, axis=1))


def _signs(cell: Cells, groups: list[list[int]]) -> Ints:
    import numpy as np

    return np.array([cell.signs[group[0]] for group in groups])


def _symbols(cell: Cells, groups: list[list[int]]) -> Ints:
    import numpy as np

    return np.stack([cell.symbols[:, group].max(axis=1) for group in groups], axis=1)


class _Maker:
    def __init__(self, evidence: Evidence, form: str) -> None:
        self.form = form
        self.views = tuple(views(evidence))
        self.lines = sum(len(grid.rows) + len(grid.columns) for grid in evidence.grids)
        self.groups: list[tuple[int, ...]] = []
        self.owned = evidence.ours
        self.symbols: dict[str, int] = {}
        self.parts: dict[str, list[Any]] = {name: [] for name in FIELDS}
        self.sizes: list[int] = []
        self.first_cell = [0]
        for grid in evidence.grids:
            self.first_cell.append(self.first_cell[-1] + len(grid.table.cells))

    def pool(self) -> Pool:

        arrays: dict[str, Any] = {name: self._joined(name) for name in FIELDS}
        return Pool(
            **arrays,
            views=self.views,
            symbols=tuple(self.symbols),
            groups=tuple(self.groups),
            owned=self.owned,
        )

    def _joined(self, name: str) -> NDArray[Any]:
        """The parts of a field one after another: arrays, or one value for so many."""
        import numpy as np

        kind, parts = _TYPES.get(name, np.int64), self.parts[name]
        if not any(isinstance(part, np.ndarray) for part in parts):
            return np.repeat(np.array(parts, dtype=kind), self.sizes)
        found = np.empty(sum(self.sizes), dtype=kind)
        start = 0
        for part, size in zip(parts, self.sizes, strict=True):
            found[start : start + size] = part
            start += size
        return found

    def take(self, number: int) -> None:
        """Add the candidates of one view."""
        view = self.views[number]
        grid = view.grid
        names = [self.symbols.setdefault(cell.unit, len(self.symbols)) for cell in grid.table.cells]
        cell = Cells(view, grid, names, self.first_cell[view.index])
        if not view.turned:
            self._cells(number, cell)
        groups = [tuple(view.first_column + i for i in group) for group in grid.groups]
        first_group = self.lines + len(self.groups)
        self.groups += groups
        self._aggregated(number, cell, first_group)
        if len(grid.rows) > 1:
            self._paired(number, cell, first_group)

    def _add(self, number: int, **given: Any) -> None:
        """Add candidates; what is not given is no cell's: see ``_ABSENT``."""
        size = len(given["lo"])
        if not size:
            return
        self.sizes.append(size)
        for name, value in {**_ABSENT, **given, "view": number}.items():
            self.parts[name].append(value)

    def _cells(self, number: int, cell: Cells) -> None:
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
                across=cell.view.first_column + column,
                sign=cell.signs[column],
                symbol=cell.symbols[row, column],
                stated=cell.stated[row, column],
                counts=cell.counts[row, column],
                broken=cell.broken[row, column],
                edge=cell.edge[row, column],
                averaged=cell.averaged[row, column],
                new_cell=cell.numbers[row, column],
            )

    def _aggregated(self, number: int, cell: Cells, first_group: int) -> None:
        import numpy as np

        groups = [list(group) for group in cell.grid.groups]
        if not groups:
            return
        signs, symbols = _signs(cell, groups), _symbols(cell, groups)
        for name, (lo, hi) in reduced(AGGREGATES[1:], (cell.grid.lo, cell.grid.hi), groups):
            row, group = np.nonzero(np.isfinite(lo))
            self._add(
                number,
                lo=lo[row, group],
                hi=hi[row, group],
                kind=KINDS.index("line"),
                aggregate=AGGREGATES.index(name),
                new=cell.view.first_row + row,
                across=first_group + group,
                sign=signs[group],
                symbol=symbols[row, group],
            )

    def _paired(self, number: int, cell: Cells, first_group: int) -> None:
        """Values derived from two rows of one column, alone and over groups of columns."""
        import numpy as np

        most = min(len(cell.grid.rows), MAX_PAIRED)
        lo, hi = cell.grid.lo[:most], cell.grid.hi[:most]
        fits = cell.comparable(most)
        combined = _Combined.of(cell)
        for kind, bounds in values(self.form, cell, (lo, hi)):
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
                apart=cell.grid.apart[new, base],
                new_cell=cell.numbers[new, column],
                base_cell=cell.numbers[base, column],
            )
            if combined is not None:
                self._combined(number, combined, kind, (low, high), first_group)

    def _combined(
        self, number: int, over: _Combined, kind: str, bounds: Bounds, first_group: int
    ) -> None:
        import numpy as np

        view = self.views[number]
        for name, (low, high) in reduced(("mean", "max", "min"), bounds, over.groups):
            kept = np.isfinite(low) & (np.where(np.isfinite(high), high, -1.0) >= 0)
            new, base, group = np.nonzero(kept)
            self._add(
                number,
                lo=low[new, base, group],
                hi=high[new, base, group],
                kind=KINDS.index(kind),
                aggregate=AGGREGATES.index(name),
                new=view.first_row + new,
                base=view.first_row + base,
                across=first_group + group,
                sign=over.signs[group],
                symbol=over.symbols[new, group],
                best=over.best[base, group],
                apart=view.grid.apart[new, base],
            )
