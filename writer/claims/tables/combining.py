"""What combining a line costs: the mean of printed changes is told as a change itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from writer.claims.tables.asked import Asked
from writer.claims.tables.costs import MEAN, combining_costs
from writer.claims.tables.pool import AGGREGATES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MEAN = AGGREGATES.index("mean")


class Combining(Protocol):
    """Candidates, or runs of them, as :class:`.pool.Pool` and :class:`.segments.Segments` are.

    Attributes:
        combined: how each combines its line, by :attr:`.pool.Pool.combined`.
        alone: which have no base.
        stated: which are, or combine, cells that are changes or ratios themselves.
    """

    @property
    def combined(self) -> NDArray[np.int64]: ...
    @property
    def alone(self) -> NDArray[np.bool_]: ...
    @property
    def stated(self) -> NDArray[np.bool_]: ...


def combining_cost(asked: Asked, of: Combining) -> NDArray[np.float64]:
    """What combining costs each of ``of``.

    A change is no mean of levels, and it may be the mean of a column of changes where the sentence
    speaks of a mean: "a mean overhead of 1.5%".
    """
    import numpy as np

    found = combining_costs(asked)[of.combined]
    if asked.compared and asked.aggregate == "mean":
        found = np.where(of.alone & of.stated & (of.combined == _MEAN), MEAN["mean"], found)
    return np.asarray(found)
