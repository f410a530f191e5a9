"""Runs of a pool's candidates that can be ruled out at once, before any of them is scored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from writer.claims.tables.pool import Pool

    Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Segments:
    """Runs of candidates with the same view, new line, kind and aggregate.

    Attributes:
        starts, sizes: of each run, in the order of the pool.
        view, new, kind, combined: as in :class:`Pool`, one entry per run.
        alone: whether its candidates have no base.
        stated, averaged: whether one of them is itself a change or ratio, a mean or a total.
    """

    starts: Ints
    sizes: Ints
    view: Ints
    new: Ints
    kind: Ints
    combined: Ints
    alone: NDArray[np.bool_]
    stated: NDArray[np.bool_]
    averaged: NDArray[np.bool_]

    @classmethod
    def of(cls, pool: Pool) -> Segments:
        """The runs of a pool that has candidates."""
        import numpy as np

        fields = (pool.view, pool.new, pool.kind, pool.combined)
        fresh = np.ones(len(pool.lo), dtype=bool)
        fresh[1:] = np.any([field[1:] != field[:-1] for field in fields], axis=0)
        starts = np.flatnonzero(fresh)
        return cls(
            starts,
            np.diff(np.append(starts, len(fresh))),
            pool.view[starts],
            pool.new[starts],
            pool.kind[starts],
            pool.combined[starts],
            pool.alone[starts],
            np.logical_or.reduceat(pool.stated, starts),
            np.logical_or.reduceat(pool.averaged, starts),
        )

    def within(self, chosen: NDArray[np.bool_] | Ints) -> Ints:
        """Numbers of the candidates of the chosen runs, run after run."""
        return ranges(self.starts[chosen], self.sizes[chosen])

    def of_view(self, view: int) -> slice:
        """The runs of a view."""
        import numpy as np

        return slice(*np.searchsorted(self.view, (view, view + 1)))

    def of_lines(self, lines: Ints) -> Ints:
        """The numbers of the runs whose new line is one of ``lines``, of which each is once."""
        import numpy as np

        known, order = self._by_line
        first = np.searchsorted(known, lines)
        return order[ranges(first, np.searchsorted(known, lines, side="right") - first)]

    @cached_property
    def _by_line(self) -> tuple[Ints, Ints]:
        import numpy as np

        order = np.argsort(self.new, kind="stable")
        return self.new[order], order


def ranges(starts: Ints, sizes: Ints) -> Ints:
    """So many numbers from each start on, one range after another."""
    import numpy as np

    ends = np.cumsum(sizes)
    return np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0)
