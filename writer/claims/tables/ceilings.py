"""The most that the words around a claim can bind the candidates of a pool, run by run.

Most of a pool is bound far worse than its best, and need not be scored to know that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from writer.claims.tables.asked import Asked
from writer.claims.tables.combining import combining_cost
from writer.claims.tables.costs import kind_costs
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.lines import OURS, Names
from writer.claims.tables.measured import form_of, scale_of
from writer.claims.tables.pool import Pool
from writer.claims.tables.rounding import claimed
from writer.claims.tables.score import (
    AVERAGED,
    COARSER,
    MUCH_COARSER,
    READING,
    RESULT,
    derived_cost,
    stated_beside,
    zeros,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SLACK = 1e-6
"""What rounding may add."""


class Ceilings:
    """Scores that candidates do not exceed, apart from pairs of cells that both stand beside
    the claim: see :func:`pairs_beside`.

    Attributes:
        runs: of all candidates of each of the pool's segments.
    """

    def __init__(self, asked: Asked, evidence: Evidence, pool: Pool, names: Names) -> None:
        import numpy as np

        runs, form, ours = pool.segments, form_of(asked), 0.5 * OURS * asked.ours
        cells = names.subject[runs.new] + ours * pool.owned[runs.new] + AVERAGED * runs.averaged
        cells = cells - np.where(runs.stated, 0.0, READING[form, asked.compared])
        prices = np.array([*(scale_of(symbol, asked)[1] for symbol in pool.symbols), 0.0])
        least = np.where(pool.has, prices, np.inf).min(axis=1, initial=np.inf)
        cells = cells - np.where(runs.combined == 0, least[runs.view], 0.0)
        pairs = names.new[runs.new] + np.maximum(names.best_bonus, 0.0)[runs.view]
        pairs = pairs - derived_cost(asked)
        pairs = pairs + RESULT * (asked.result is not None)
        costs = kind_costs(asked).min(axis=1)[runs.kind] + combining_cost(asked, runs)
        most = names.tables[runs.view] + np.where(runs.alone, cells, pairs)
        self._pool, self._fixed = pool, most - costs + SLACK
        own = names.across + ours * pool.owned_across  # crossing lines, of cells
        self._across = np.concatenate((names.across, own))
        self._base = np.append(names.base, 0.0)  # the last is of what has none
        first, lines = evidence.starts, len(names.subject)
        crossed = runs.view ^ 1  # rows and columns of a grid are neighbouring axes
        cell = np.maximum.reduceat(own[:lines], first)[crossed]
        across = np.maximum.reduceat(names.subject, first)[crossed]
        base = np.maximum.reduceat(names.base, first)[runs.view]
        self.runs: Floats = self._fixed + np.where(runs.alone, cell, across + base)

    @cached_property
    def ordered(self) -> Floats:
        """Those of the runs, the least first."""
        import numpy as np

        return np.sort(self.runs)

    def of(self, index: Ints) -> Floats:
        """Of each candidate at ``index``; tighter than those of its run."""
        pool = self._pool
        found: Floats = self._fixed[pool.run[index]]
        found += self._across[pool.crossing[index]]
        found += self._base[pool.base[index]]
        return found


def around(asked: Asked, pool: Pool) -> Sequence[tuple[int, int]]:
    """Where in the order of the pool's values those stand that may agree with the claim: the
    first, and the first behind, of each stretch."""
    import numpy as np

    span = claimed(asked.quantity)
    if not np.isfinite(span.width):
        return [(0, len(pool.lo))]
    ends = set()
    for scale in {1.0, *(scale_of(symbol, asked)[0] for symbol in pool.symbols)}:
        rounded = 1.0 if scale == 1.0 else 10.0 ** zeros(asked.quantity)
        widest = max(MUCH_COARSER, COARSER * rounded)  # what is wider yet is not fine
        reach = (widest + 1 + 1e-6) * max(span.width, 1e-12) / 2
        for sign in _signs(asked):
            at = sign * (span.lo + span.hi) / 2
            room = reach + 1e-9 * abs(at)
            if not np.isnan(scale):
                ends.add(((at - room) / scale, (at + room) / scale))
    found: list[tuple[int, int]] = []
    done, middle = 0, pool.by_value[0]
    for low, high in sorted(ends):
        first = max(done, int(np.searchsorted(middle, low)))
        done = max(first, int(np.searchsorted(middle, high, side="right")))
        found.append((first, done))
    return found


def within(pool: Pool, spans: Sequence[tuple[int, int]]) -> Ints:
    """Numbers of the candidates at these places in the order of values."""
    import numpy as np

    return np.concatenate([pool.by_value[1][first:last] for first, last in spans])


def meeting(asked: Asked, pool: Pool, index: Ints, low: float, high: float) -> Ints:
    """Those of the candidates at ``index`` that may meet ``low`` to ``high``, which are in the
    claim's unit."""
    import numpy as np

    room = 1e-6 * max(abs(x) for x in (low, high, 1e-12) if np.isfinite(x))
    scale = np.array([*(scale_of(symbol, asked)[0] for symbol in pool.symbols), 1.0])
    of = (pool.symbol if form_of(asked) == "plain" else pool.plain_symbol)[index]
    lo, hi = pool.lo[index], pool.hi[index]
    found = np.zeros(len(index), dtype=bool)
    for sign in _signs(asked):
        first, last = sorted((sign * low, sign * high))
        found |= (lo <= ((last + room) / scale)[of]) & (hi >= ((first - room) / scale)[of])
    return index[found]


def _signs(asked: Asked) -> tuple[float, ...]:
    """What the values of candidates may be turned by."""
    return (1.0, -1.0) if asked.flipped or asked.direction in ("down", "worse") else (1.0,)


def pairs_beside(asked: Asked, evidence: Evidence, pool: Pool) -> Ints:
    """Numbers of the pairs of cells that both stand beside the claim as numbers."""
    import numpy as np

    told = stated_beside(asked, evidence)
    cells = np.flatnonzero(told)
    if len(cells) < 2:
        return np.zeros(0, dtype=np.int64)
    runs = pool.segments.of_lines(np.unique(evidence.places[:, cells]))
    index = pool.segments.within(np.sort(runs))
    return index[told[pool.new_cell[index]] * told[pool.base_cell[index]] > 0]
