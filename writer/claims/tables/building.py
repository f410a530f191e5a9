"""Makes the pool of a form: cells, lines, and pairs of cells of a line with what they give."""

from __future__ import annotations

import warnings
from itertools import islice
from typing import TYPE_CHECKING, Any

from writer.claims.tables.cells import MAX_PAIRED, Cells, Combined
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.formulas import reduced, values
from writer.claims.tables.pool import AGGREGATES, FIELDS, KINDS, Pool

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MOST_AT_ONCE = 1_000_000
"""How many values of pairs are computed at once, if they are of several kinds."""

_FLAGS = ("best", "stated", "counts", "broken", "edge", "averaged", "apart")
_ABSENT = {**dict.fromkeys(_FLAGS, False), **dict.fromkeys(("base", "new_cell", "base_cell"), -1)}
_TYPES = {**dict.fromkeys(("lo", "hi"), float), **dict.fromkeys(_FLAGS, bool)}


def build(evidence: Evidence, form: str) -> Pool:
    """The pool for ``form``: ``ratio``, ``percent``, ``points`` or ``plain``."""
    maker = _Maker(evidence, form)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # NaN stands for no number throughout
        for number in range(len(maker.seen)):
            maker.take(number)
    return maker.pool()


class _Maker:
    def __init__(self, evidence: Evidence, form: str) -> None:
        self.form = form
        self.seen = evidence.cells[0]
        self.symbols = evidence.cells[1]
        self.lines = len(evidence.lines)
        self.groups: list[tuple[int, ...]] = []
        self.owned = evidence.ours
        self.parts: dict[str, list[Any]] = {name: [] for name in FIELDS}
        self.sizes: list[int] = []

    def pool(self) -> Pool:
        arrays: dict[str, Any] = {name: self._joined(name) for name in FIELDS}
        return Pool(
            **arrays,
            views=tuple(cell.view for cell in self.seen),
            symbols=self.symbols,
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
        cell = self.seen[number]
        view, grid = cell.view, cell.grid
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
            if self.form == "percent":
                kept &= cell.fractions if kind == "cell*100" else ~cell.shares
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

        over = cell.combined
        if over is None:
            return
        counts = np.stack([cell.counts[:, group].all(axis=1) for group in over.groups], axis=1)
        stated = np.stack([cell.stated[:, group].all(axis=1) for group in over.groups], axis=1)
        lo, hi = reduced(AGGREGATES[1:], np.stack(cell.told(self.form)), over.groups)
        kept = np.isfinite(lo)
        aggregate, row, group = np.nonzero(kept)
        self._add(
            number,
            lo=lo[kept],
            hi=hi[kept],
            kind=KINDS.index("line"),
            aggregate=aggregate + 1,
            stated=stated[row, group],
            counts=counts[row, group],
            new=cell.view.first_row + row,
            across=first_group + group,
            sign=over.signs[group],
            symbol=over.symbols[row, group],
        )

    def _paired(self, number: int, cell: Cells, first_group: int) -> None:
        """Values derived from two rows of one column, alone and over groups of columns."""
        import numpy as np

        lo, hi = cell.grid.lo[:MAX_PAIRED], cell.grid.hi[:MAX_PAIRED]
        found = values(self.form, cell, (lo, hi))
        several = max(1, MOST_AT_ONCE // max(cell.comparable.size, 1))
        while given := list(islice(found, several)):
            kinds = np.array([KINDS.index(kind) for kind, _ in given])
            bounds = np.stack([np.array(both) for _, both in given], axis=1)
            self._pairs(number, cell, kinds, bounds, first_group)

    def _pairs(
        self, number: int, cell: Cells, kinds: Ints, bounds: Floats, first_group: int
    ) -> None:
        """The same of some kinds; bounds of shape (2, kinds, new, base, column)."""
        import numpy as np

        fits, width = cell.comparable, bounds.shape[-1]
        bounds = np.where(fits, bounds, np.nan)
        low, high = bounds
        kept = np.flatnonzero(np.isfinite(low) & np.isfinite(high) & (high >= 0))
        kind, place = np.divmod(kept, fits.size)
        new, over = np.divmod(place, fits[0].size)
        base, column = np.divmod(over, width)
        one, two = new * width + column, over
        self._add(
            number,
            lo=low.ravel()[kept],
            hi=high.ravel()[kept],
            kind=kinds[kind],
            aggregate=0,
            new=cell.view.first_row + new,
            base=cell.view.first_row + base,
            across=cell.view.first_column + column,
            sign=cell.signs[column],
            symbol=cell.symbols.ravel()[one],
            best=cell.best.ravel()[two],
            apart=cell.grid.apart[new, base],
            new_cell=cell.numbers.ravel()[one],
            base_cell=cell.numbers.ravel()[two],
        )
        if cell.combined is not None:
            self._combined(number, cell.combined, kinds, bounds, first_group)

    def _combined(
        self, number: int, over: Combined, kinds: Ints, bounds: Floats, first_group: int
    ) -> None:
        import numpy as np

        view = self.seen[number].view
        names = ("mean", "max", "min")
        low, high = reduced(names, bounds, over.groups)
        kept = np.isfinite(low) & (np.where(np.isfinite(high), high, -1.0) >= 0)
        name, kind, new, base, group = np.nonzero(kept)
        self._add(
            number,
            lo=low[kept],
            hi=high[kept],
            kind=kinds[kind],
            aggregate=np.array([AGGREGATES.index(each) for each in names])[name],
            new=view.first_row + new,
            base=view.first_row + base,
            across=first_group + group,
            sign=over.signs[group],
            symbol=over.symbols[new, group],
            best=over.best[base, group],
            apart=view.grid.apart[new, base],
        )
