"""Everything that the tables of a paper can give for one form of claim, computed once.

A pool is a set of parallel arrays, one entry per candidate: a cell, a mean or extreme of
a line, or a ratio, change or difference of two cells of a line. They are made by
:mod:`writer.claims.tables.building`; what a claim says is scored against many of them at
once, see :mod:`writer.claims.tables.score`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from writer.claims.tables.cells import View
from writer.claims.tables.segments import Segments

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bounds = tuple[Floats, Floats]

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

LEVELS = ("cell", "cell*100")
"""Formulas that read a level off one cell."""

RISING = ("new/base", "(new-base)/base", "new-base", "errors")
FALLING = ("base/new", "(base-new)/base", "(base-new)/new", "base-new")

DIFFERENCES = ("new-base", "base-new")
CHANGES = ("(new-base)/base", "(base-new)/base", "(base-new)/new", "errors")

AGGREGATES = ("", "mean", "max", "min", "sum")
"""How the values of a line are combined."""


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
        apart: whether the two rows of a pair differ in more headers than they have to.
        new_cell, base_cell: numbers of cells, -1 for aggregates.
        views, symbols: see above.
        groups: by ``across`` minus the number of lines: the lines of each group.
        owned: how surely each line is the paper's own.
        whole: the pool that these candidates were taken from; None for a pool of its own.
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
    apart: NDArray[np.bool_]
    new_cell: Ints
    base_cell: Ints
    views: tuple[View, ...]
    symbols: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    owned: Floats
    whole: Pool | None = None

    @property
    def root(self) -> Pool:
        """The pool with every candidate."""
        return self.whole or self

    def taken(self, index: Ints) -> Pool:
        """The candidates at ``index``."""
        parts = {name: getattr(self, name)[index] for name in FIELDS}
        return replace(self, **parts, whole=self.root)

    @cached_property
    def segments(self) -> Segments:
        """Runs of candidates that can be ruled out at once."""
        return Segments.of(self)

    @cached_property
    def plain_symbol(self) -> Ints:
        """``symbol``, and the last, which is none, for what is derived: it has no unit left."""
        import numpy as np

        return np.where(self.alone, self.symbol, len(self.symbols))

    @cached_property
    def has(self) -> NDArray[np.bool_]:
        """Which symbols each view has, without one last; shape (views, symbols + 1)."""
        import numpy as np

        found = np.zeros((len(self.views), len(self.symbols) + 1), dtype=bool)
        found[self.view, self.symbol] = True
        return found

    @cached_property
    def cells(self) -> Ints:
        """Numbers of the candidates that are one cell."""
        import numpy as np

        return np.flatnonzero(self.single)

    @cached_property
    def ours(self) -> Floats:
        """How sure it is that a candidate's lines are the paper's own, of both together."""
        return self.owned[self.new] + self.root.owned_across[self.across]

    @cached_property
    def owned_across(self) -> Floats:
        """How surely each line, and each group of lines, is the paper's own."""
        return self.spread(self.owned)

    @cached_property
    def alone(self) -> NDArray[np.bool_]:
        """Which candidates are a cell or a line without a base."""
        return self.base < 0

    @cached_property
    def single(self) -> NDArray[np.bool_]:
        """Which candidates are one cell."""
        return self.alone & self.plain

    @cached_property
    def plain(self) -> NDArray[np.bool_]:
        """Which candidates combine nothing."""
        import numpy as np

        return np.asarray(self.aggregate == 0)

    @cached_property
    def based(self) -> Ints:
        """``base``, and 0 where there is none, to look up by."""
        import numpy as np

        return np.maximum(self.base, 0)

    @cached_property
    def combined(self) -> Ints:
        """Index into :data:`AGGREGATES`, and so many more for what has a base."""
        return self.aggregate + len(AGGREGATES) * ~self.alone

    def spread(self, lines: Floats) -> Floats:
        """``lines``, and behind them the mean over each group of lines: by ``across``."""
        import numpy as np

        members, starts, sizes = self.root.grouped
        means = np.add.reduceat(lines[members], starts) / sizes if len(sizes) else lines[:0]
        return np.concatenate((lines, means))

    @cached_property
    def run(self) -> Ints:
        """The number of each candidate's run."""
        import numpy as np

        return np.repeat(np.arange(len(self.segments.sizes)), self.segments.sizes)

    @cached_property
    def crossing(self) -> Ints:
        """``across``, and so many more as there are lines and groups for what has no base."""
        return self.across + (len(self.owned) + len(self.groups)) * self.alone

    @cached_property
    def by_value(self) -> tuple[Floats, Ints]:
        """The middles of all candidates in order, and whose they are."""
        import numpy as np

        middle = (self.lo + self.hi) / 2
        order = np.argsort(middle)
        return middle[order], order

    @cached_property
    def by_cell(self) -> tuple[Ints, Ints]:
        """The cells of the candidates that are one, in order, and whose they are."""
        import numpy as np

        numbers = self.new_cell[self.cells]
        order = np.argsort(numbers, kind="stable")
        return numbers[order], self.cells[order]

    @cached_property
    def grouped(self) -> tuple[Ints, Ints, Ints]:
        """The lines of all groups in turn, where each group starts, and its size."""
        import numpy as np

        sizes = np.array([len(group) for group in self.groups], dtype=np.int64)
        members = np.array([line for group in self.groups for line in group], dtype=np.int64)
        return members, np.cumsum(sizes) - sizes, sizes


FIELDS = (
    *("lo", "hi", "kind", "aggregate", "view", "new", "base", "across", "sign", "symbol"),
    *("best", "stated", "counts", "broken", "edge", "averaged", "apart", "new_cell"),
    "base_cell",
)
"""The arrays of a pool."""
