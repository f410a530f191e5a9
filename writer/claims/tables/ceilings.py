"""The most that the words around a claim can bind the candidates of a pool, run by run.

Most of a pool is bound far worse than its best, and need not be scored to know that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from writer.claims.tables.context import Asked
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.measured import form_of, scale_of
from writer.claims.tables.pool import Pool
from writer.claims.tables.rounding import claimed
from writer.claims.tables.score import (
    AVERAGED,
    DERIVED,
    OURS,
    READING,
    RESULT,
    Names,
    beside,
    combining_costs,
    kind_costs,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SLACK = 1e-6
"""What rounding may add."""


def ceilings(asked: Asked, evidence: Evidence, pool: Pool, names: Names) -> Floats:
    """For each of the pool's segments a score that none of its candidates exceeds.

    Apart from pairs of cells that both stand beside the claim: see :func:`told_beside`.
    """
    import numpy as np

    runs, form = pool.segments, form_of(asked)
    crossed = runs.view ^ 1  # rows and columns of a grid are neighbouring axes
    first = evidence.starts
    across = np.maximum.reduceat(names.subject, first)[crossed]
    owned = pool.owned[runs.new] + np.maximum.reduceat(pool.owned, first)[crossed]
    cells = names.subject[runs.new] + 0.5 * OURS * asked.ours * owned + AVERAGED
    cells = cells - np.where(runs.stated, 0.0, READING[form, asked.compared])
    prices = [scale_of(symbol, asked)[1] for symbol in pool.symbols]
    cells = cells - min([0.0, *prices])
    pairs = names.new[runs.new] + np.maximum.reduceat(names.base, first)[runs.view]
    pairs = pairs + np.maximum(names.best_bonus, 0.0)[runs.view]
    pairs = pairs - DERIVED.get((form, asked.compared), 0.0)
    pairs = pairs + RESULT * (asked.result is not None)
    costs = kind_costs(asked).min(axis=1)[runs.kind] + combining_costs(asked)[runs.combined]
    most = names.tables[runs.view] + across + np.where(runs.alone, cells, pairs)
    return np.asarray(most - costs + SLACK)


def near(asked: Asked, pool: Pool) -> NDArray[np.bool_]:
    """All candidates that may agree with the claim, and some that do not."""
    import numpy as np

    span = claimed(asked.quantity)
    room = 1e-6 * max(abs(x) for x in (span.lo, span.hi, 1e-12) if np.isfinite(x))
    scale = np.array([*(scale_of(symbol, asked)[0] for symbol in pool.symbols), 1.0])
    of = pool.symbol if form_of(asked) == "plain" else pool.plain_symbol
    signs = (1.0, -1.0) if asked.flipped or asked.direction in ("down", "worse") else (1.0,)
    found = np.zeros(len(pool.lo), dtype=bool)
    for sign in signs:
        low, high = sorted((sign * span.lo, sign * span.hi))
        found |= (pool.lo <= ((high + room) / scale)[of]) & (pool.hi >= ((low - room) / scale)[of])
    return found


def told_beside(asked: Asked, evidence: Evidence, pool: Pool) -> Ints:
    """Numbers of the pairs of cells that both stand beside the claim as numbers."""
    import numpy as np

    told = beside(asked, evidence)
    if np.count_nonzero(told) < 2:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(told[pool.new_cell] * told[pool.base_cell])
