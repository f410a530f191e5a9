"""The extreme or the mean of a named line, recomputed where a claim is explicitly of one.

"Our best model has an F1 score of 65.8" is held against no single row, whichever its words bind
best: the best of them is the largest of the column. It is told to be wrong only where no reading
saves it: an extreme must be a cell, of whatever rows it may be the extreme; a mean, however
weighted, lies among the cells that it is of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from writer.claims.tables.asked import Asked
from writer.claims.tables.evidence import NAMED, Evidence
from writer.claims.tables.pool import AGGREGATES, KINDS, LEVELS
from writer.claims.tables.rounding import claimed
from writer.model.interval import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from writer.claims.tables.decide import Match

    Ints = NDArray[np.int64]

ENOUGH = 3
"""An extreme or a mean of fewer cells is none that a paper speaks of."""

SCALES = (1.0, 100.0, 0.01)
"""A share may be told in per cent, and printed as a part of one."""


def recomputed(asked: Asked, match: Match, evidence: Evidence) -> Match | None:
    """The extreme or the mean of the line of quantities that the words name whole, where no cell
    of any such line gives the number that is told; None where there is none, or a doubt.

    Args:
        match: the cell that the words bind best.
    """
    want = asked.aggregate or ("mean" if asked.averages else "")
    if want not in AGGREGATES[1:4] or match.kind not in LEVELS:
        return None
    lines = [line for line in match.spoken_of if line < len(evidence.lines)]
    measured = [line for line in lines if not evidence.entities[line]]
    said = evidence.coverage(evidence.met(asked.subject))
    if len(measured) != 1 or said[measured[0]] < NAMED:
        return None
    own = _whole(match, measured[0], want)
    if own is None or len(own.cells) < ENOUGH or _is_held(asked, want, measured[0], said, evidence):
        return None
    return own


def _whole(match: Match, line: int, want: str) -> Match | None:
    """The extreme or the mean over the most cells of a line."""
    import numpy as np

    from writer.claims.tables.decide import Match as Found

    pool = match.pool.root
    fitting = (pool.new == line) & (pool.aggregate == AGGREGATES.index(want))
    places = np.flatnonzero(fitting & (pool.kind == KINDS.index("line")))
    found = [
        Found(pool, int(at), float(pool.lo[at]), float(pool.hi[at]), match.score, match.best)
        for at in places
    ]
    return max(found, key=lambda item: len(item.cells), default=None)


def _is_held(
    asked: Asked, want: str, line: int, said: NDArray[np.floating], evidence: Evidence
) -> bool:
    """Whether any line of the same name has a cell that is the number, or cells about it that it
    may be the mean of."""
    import numpy as np

    words = {item.joined for item in evidence.lines[line].header}
    named = [
        number
        for number, other in enumerate(evidence.lines)
        if words <= {item.joined for item in other.header}
        or words >= {item.joined for item in other.header}
        or (said[number] >= NAMED and not evidence.entities[number])
    ]
    across = np.isin(evidence.places, named).any(axis=0)
    lo, hi = (part[across] for part in evidence.bounds)
    if not len(lo):
        return True
    spans = [Interval(float(a), float(b)) for a, b in zip(lo, hi, strict=True)]
    if want == "mean":
        spans = [Interval(float(lo.min()), float(hi.max()))]
    told = claimed(asked.quantity)
    return any(told.meets(span.scaled(scale)) for span in spans for scale in SCALES)
