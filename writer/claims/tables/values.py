"""What two lines of a table give under each form of a claim: ratio, change, difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from writer.claims.tables.context import Asked
from writer.claims.tables.grid import Grid, Line
from writer.model.unit import factor, unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

UNIT_OPEN = 0.35
"""Cost of a cell without a unit for a claim with one."""


def form_of(asked: Asked) -> str:
    """The form of a quantity as the readings know it."""
    form = asked.quantity.form
    return form if form in ("ratio", "percent", "points") else "plain"


def scale_of(symbol: str, asked: Asked) -> tuple[float, float]:
    """Factor into the claim's unit (NaN: none) and its cost."""
    quantity = asked.quantity
    wanted, form = quantity.unit, quantity.form
    if form == "percent":
        return (
            (1.0, 0.0)
            if symbol in ("%", "pp")
            else (1.0, UNIT_OPEN / 2)
            if symbol == ""
            else (float("nan"), 0.0)
        )
    if form == "ratio":
        return (1.0, 0.0) if symbol == "x" else (1.0, 0.6) if symbol == "" else (float("nan"), 0.0)
    if form == "points":
        return (1.0, 0.3) if symbol in ("%", "pp", "") else (float("nan"), 0.0)
    if not wanted:
        return (1.0, 0.0)
    if not symbol:
        return (1.0, UNIT_OPEN)
    known = factor(symbol, wanted)
    if known is not None:
        return known, 0.0
    counted = unit(wanted).dimension.startswith("count:")
    return (1.0, 0.3) if counted else (float("nan"), 0.0)


def values(
    asked: Asked, grid: Grid, lo: Floats, hi: Floats
) -> Iterator[tuple[str, Floats, Floats, Floats]]:
    """Kind, bounds and cost of what two lines give, each of shape (new, base, column)."""
    form = form_of(asked)
    one = (lo[:, None, :], hi[:, None, :])
    other = (lo[None, :, :], hi[None, :, :])
    down = _falls(asked, grid)
    if form == "ratio":
        yield ("new/base", *_divided(one, other), _cost(down, wanted=False))
        yield ("base/new", *_divided(other, one), _cost(down, wanted=True))
    elif form == "percent":
        yield from _percentages(asked, grid, one, other, down)
    elif form == "points":
        yield from _differences(asked, grid, one, other, down, points=True)
    else:
        yield from _differences(asked, grid, one, other, down, points=False)


def _falls(asked: Asked, grid: Grid) -> Floats:
    """Per column, how sure it is that the new value is below the base: -1 to 1."""
    import numpy as np

    if asked.direction == "down":
        return np.ones(len(grid.columns))
    if asked.direction == "up":
        return -np.ones(len(grid.columns))
    sign = {"better": 1.0, "worse": -1.0}.get(asked.direction, 0.0)
    return np.array(
        [sign * (1.0 if c.lower else -1.0 if c.lower is False else -0.4) for c in grid.columns]
    )


def _cost(down: Floats, *, wanted: bool) -> Floats:
    """What a reading costs whose direction the words do not favour; shape (1, 1, columns)."""
    import numpy as np

    against = -down if wanted else down
    return np.asarray(np.where(against > 0.5, 2.0, np.where(against > 0, 0.4, 0.0))[None, None, :])


def _divided(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    import numpy as np

    positive = (other[0] > 0) & (one[0] >= 0)
    low = np.where(positive, one[0] / np.where(positive, other[1], 1.0), np.nan)
    high = np.where(positive, one[1] / np.where(positive, other[0], 1.0), np.nan)
    return low, high


def _percentages(
    asked: Asked,
    grid: Grid,
    one: tuple[Floats, Floats],
    other: tuple[Floats, Floats],
    down: Floats,
) -> Iterator[tuple[str, Floats, Floats, Floats]]:
    import numpy as np

    rising, falling = _cost(down, wanted=False), _cost(down, wanted=True)
    low, high = _divided(one, other)
    yield "(new-base)/base", 100 * (low - 1), 100 * (high - 1), rising
    yield "(base-new)/base", 100 * (1 - high), 100 * (1 - low), falling
    if asked.direction not in ("down", "up"):
        back = _divided(other, one)
        yield "(base-new)/new", 100 * (back[0] - 1), 100 * (back[1] - 1), falling + 0.5
    yield (
        "new/base*100",
        100 * low,
        100 * high,
        np.zeros_like(rising) + (0.1 if asked.share else 1.0),
    )
    yield from _differences(asked, grid, one, other, down, points=True)
    if asked.errors:
        scale = _whole(grid)
        rest_one = (scale - one[1], scale - one[0])
        rest_other = (scale - other[1], scale - other[0])
        low, high = _divided(rest_one, rest_other)
        yield "errors", 100 * (1 - high), 100 * (1 - low), rising + 0.2


def _whole(grid: Grid) -> Floats:
    """100 or 1 per column: what a score is out of; NaN where it is none."""
    import numpy as np

    top = np.nanmax(grid.hi, axis=0, initial=-np.inf)
    return np.asarray(
        np.where(top <= 1.0005, 1.0, np.where(top <= 100.5, 100.0, np.nan))[None, None, :]
    )


def _differences(
    asked: Asked,
    grid: Grid,
    one: tuple[Floats, Floats],
    other: tuple[Floats, Floats],
    down: Floats,
    *,
    points: bool,
) -> Iterator[tuple[str, Floats, Floats, Floats]]:
    """``new - base`` and the reverse, in points or in the claim's unit."""
    import numpy as np

    if points:
        whole = _whole(grid)
        rest = 1.0 if asked.quantity.form == "points" else np.nan
        scale = np.where(whole == 1.0, 100.0, np.where(whole == 100.0, 1.0, rest))
        scores = np.array([_is_score(column) for column in grid.columns])[None, None, :]
        scale = np.where(scores, scale, np.nan)
        price = 0.0 if asked.quantity.form == "points" else 0.1
    else:
        symbol = next((s for c in grid.columns for s in c.units), "")
        scale = np.full((1, 1, len(grid.columns)), scale_of(symbol, asked)[0])
        price = 0.0
    low, high = one[0] - other[1], one[1] - other[0]
    yield "new-base", low * scale, high * scale, _cost(down, wanted=False) + price
    yield "base-new", -high * scale, -low * scale, _cost(down, wanted=True) + price


def _is_score(column: Line) -> bool:
    """Whether differences of the column may be told in points: no time, no count."""
    return not (column.units - {"", "%", "pp"})
