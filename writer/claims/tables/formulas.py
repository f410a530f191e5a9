"""What two rows of a table give under each form of a claim, and how lines are combined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from writer.claims.tables.cells import Cells

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bounds = tuple[Floats, Floats]


def values(form: str, cell: Cells, rows: Bounds) -> Iterator[tuple[str, Bounds]]:
    """Kind and bounds of what two rows give, of shape (new, base, column)."""
    one = (rows[0][:, None, :], rows[1][:, None, :])
    other = (rows[0][None, :, :], rows[1][None, :, :])
    if form == "ratio":
        yield "new/base", _divided(one, other)
        yield "base/new", _divided(other, one)
    elif form == "percent":
        yield from _percentages(one, other)
        yield from _points(cell, one, other, told_as_percent=True)
        yield "errors", _errors(cell, one, other)
    elif form == "points":
        yield from _points(cell, one, other, told_as_percent=False)
    else:
        yield "new-base", _difference(one, other)
        yield "base-new", _difference(other, one)


def _difference(one: Bounds, other: Bounds) -> Bounds:
    """Where there is one: 15,000 less 15,000 is no 1, and 2.5M less 40.7 is 2.5M still."""
    import numpy as np

    bounds = one[0] - other[1], one[1] - other[0]
    positive = (bounds[0] + bounds[1] > 0) & (np.abs(other[0] + other[1]) > one[1] - one[0])
    return np.where(positive, bounds[0], np.nan), np.where(positive, bounds[1], np.nan)


def _divided(one: Bounds, other: Bounds) -> Bounds:
    import numpy as np

    positive = (other[0] > 0) & (one[0] >= 0)
    low = np.where(positive, one[0] / np.where(positive, other[1], 1.0), np.nan)
    high = np.where(positive, one[1] / np.where(positive, other[0], 1.0), np.nan)
    return low, high


def _percentages(one: Bounds, other: Bounds) -> Iterator[tuple[str, Bounds]]:
    low, high = _divided(one, other)
    yield "(new-base)/base", (100 * (low - 1), 100 * (high - 1))
    yield "(base-new)/base", (100 * (1 - high), 100 * (1 - low))
    back = _divided(other, one)
    yield "(base-new)/new", (100 * (back[0] - 1), 100 * (back[1] - 1))
    yield "new/base*100", (100 * low, 100 * high)


def _points(
    cell: Cells, one: Bounds, other: Bounds, *, told_as_percent: bool
) -> Iterator[tuple[str, Bounds]]:
    """Differences of scores, in points: those of 0 to 1 times a hundred."""
    import numpy as np

    whole = _whole(cell)
    rest = np.nan if told_as_percent else 1.0
    scale = np.where(whole == 1.0, 100.0, np.where(whole == 100.0, 1.0, rest))
    scale = np.where(cell.scores[: one[0].shape[0]][:, None, :], scale, np.nan)
    low, high = one[0] - other[1], one[1] - other[0]
    yield "new-base", (low * scale, high * scale)
    yield "base-new", (-high * scale, -low * scale)


def _errors(cell: Cells, one: Bounds, other: Bounds) -> Bounds:
    """The share of errors that went: of 100 minus the score; of what is no score there are none."""
    import numpy as np

    is_score = cell.scores[: one[0].shape[0]]
    whole = np.where(is_score[:, None, :] & is_score[None, :, :], _whole(cell), np.nan)
    low, high = _divided((whole - one[1], whole - one[0]), (whole - other[1], whole - other[0]))
    return 100 * (1 - high), 100 * (1 - low)


def _whole(cell: Cells) -> Floats:
    """100 or 1 per column: what a score is out of; NaN where it is none."""
    import numpy as np

    top = np.nanmax(cell.grid.hi, axis=0, initial=-np.inf)
    return np.asarray(
        np.where(top <= 1.0005, 1.0, np.where(top <= 100.5, 100.0, np.nan))[None, None, :]
    )


def reduced(names: Sequence[str], bounds: Floats, groups: Sequence[list[int]]) -> Floats:
    """Combine the columns of each group, the last axis; NaN unless two or more have a value.

    Args:
        names: of :data:`writer.claims.tables.pool.AGGREGATES`.
        bounds: shape (2, ..., columns).

    Returns:
        Shape (2, names, ..., groups).
    """
    import numpy as np

    found = np.empty((2, len(names), *bounds.shape[1:-1], len(groups)))
    for number, group in enumerate(groups):
        part = bounds[..., group]
        held = np.isfinite(part)
        count = held.sum(axis=-1)
        few = count < 2
        total = np.where(held, part, 0.0).sum(axis=-1)
        for row, name in enumerate(names):
            if name == "sum":
                value = _added(total, part, held)
            elif name == "max":
                value = np.where(held, part, -np.inf).max(axis=-1)
            elif name == "min":
                value = np.where(held, part, np.inf).min(axis=-1)
            else:
                value = total / np.maximum(count, 1)
            found[:, row, ..., number] = np.where(few, np.nan, value)
    return found


def _added(total: Floats, part: Floats, held: NDArray[np.bool_]) -> Floats:
    """Bounds of a sum as an author adds up what is printed: no wider than those of a part."""
    import numpy as np

    half = np.where(held[1] & held[0], part[1] - part[0], 0.0).max(axis=-1) / 2
    middle = (total[0] + total[1]) / 2
    return np.stack((middle - half, middle + half))
