"""How likely a number finds its cells by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writer.claims.tables.asked import Asked
from writer.claims.tables.evidence import overlapping
from writer.claims.tables.rounding import claimed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SPREAD = (0.6, 1.7)
"""Among numbers from this part of the claimed one to this multiple chance is measured."""


def chance(asked: Asked, lo: Floats, hi: Floats) -> float:
    """Share of the numbers around the claimed one that would agree with another candidate.

    A number drawn evenly from :data:`SPREAD` times the claimed one agrees if its interval,
    as wide as the claim's, meets one of ``lo`` to ``hi``: those that the claim itself does
    not agree with.
    """
    import numpy as np

    value, half = abs(asked.quantity.value), claimed(asked.quantity).width / 2
    first, last = value * SPREAD[0], value * SPREAD[1]
    if not len(lo):
        return 0.0
    if last <= first:  # no changed number is near zero
        return 0.5
    starts, ends = np.clip(lo - half, first, last), np.clip(hi + half, first, last)
    kept = ends > starts
    if not kept.any():
        return 0.0
    order = np.argsort(starts[kept])
    starts, ends = starts[kept][order], ends[kept][order]
    reach = np.maximum.accumulate(ends)
    fresh = np.maximum(starts, np.concatenate(([first], reach[:-1])))
    covered = np.maximum(ends - fresh, 0.0).sum()
    return float(min(1.0, covered / (last - first)))


def reachable(asked: Asked) -> tuple[float, float]:
    """Between which numbers candidates lie that a changed number might agree with."""
    value, half = abs(asked.quantity.value), claimed(asked.quantity).width / 2
    return value * SPREAD[0] - half, value * SPREAD[1] + half


def agree(asked: Asked, lo: Floats, hi: Floats) -> NDArray[np.bool_]:
    """Whether the intervals overlap by more than an edge."""
    return overlapping(lo, hi, claimed(asked.quantity))
