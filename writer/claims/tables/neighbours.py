"""What stands around a candidate among all that were tried: rivals, and the largest."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from writer.claims.tables.tried import Tried

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Reading = Callable[[NDArray[np.int64]], NDArray[np.bool_]]

AS_WELL = 0.05
"""What is bound by so much less is bound as well."""


def rivals(tried: Tried, place: int) -> int:
    """How many cells of other values, in the row and the column of the one at ``place``, are bound
    about as well; to be asked after :meth:`Tried.behind`."""
    alike = tried.alike(tried.index, int(tried.index[place]))
    apart = (tried.lo > tried.hi[place]) | (tried.hi < tried.lo[place])
    near = tried.score - tried.bonus >= tried.score[place] - AS_WELL
    return int((alike & apart & near).sum())


def summit(tried: Tried, reading: Reading, below: float) -> tuple[int, int] | None:
    """The places of the candidate of a reading that is bound best, and of the largest of those
    that are bound by at most ``below`` less; None where there is none of the reading.

    Args:
        reading: which of some candidates of the pool are of it.
    """
    known = tried.of_reading(reading, -math.inf)
    best = float(tried.score[known].max()) if len(known) else tried.best - 2 * below
    tried.reach_some(best - below, lambda index: index[reading(index)])
    fitting = tried.of_reading(reading, -math.inf)
    if not len(fitting):
        return None
    first = tried.ordered(fitting, 1)[0]
    near = fitting[tried.score[fitting] >= tried.score[first] - below]
    return first, int(near[tried.hi[near].argmax()])
