"""What the words around a claim make each formula cost, whatever the cells."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from writer.claims.tables.asked import Asked
from writer.claims.tables.measured import form_of
from writer.claims.tables.pool import AGGREGATES, CHANGES, DIFFERENCES, FALLING, KINDS, RISING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NEVER = 1e3
"""A cost that no binding makes up for."""

AGAINST, UNSURE = 2.0, 0.4
"""What it costs to go the other way than the sentence's verb says of a column of which it is
known which way is better, and of one of which it is not."""

LIKELY = 0.6
"""How sure it is that "better" is higher where the column does not say."""

AS_PER_CENT = 0.1
"""What a share costs as a number in per cent: tables print either."""

AS_SHARE, AS_QUOTIENT = 0.1, 1.0
"""What the new value in per cent of the old costs, where the sentence speaks of a share of
something, and where it does not."""

OVER_NEW = 0.5
"""What a change over the new value costs: "2x, or 100%, faster"."""

ERRORS = 0.2
"""What the share of errors that went costs, where the sentence speaks of errors."""

POINTS_AS_PER_CENT = 0.1
"""What a difference of two per cents costs as "3% more"."""

PAIRS = {"mean": 0.6, "max": 0.3, "min": 0.3}
"""What one pair costs where the sentence speaks of a mean or an extreme."""

MEAN = {"mean": 0.0, "sum": 0.5}
"""What each way to combine a line costs, where the sentence speaks of a mean or a total."""

EXTREME, OTHER_EXTREME, MEAN_FOR_EXTREME = 0.1, 0.4, 1.2
"""The same where it speaks of an extreme: which one is better depends on the metric."""

UNSAID = {"mean": 0.9, "max": 0.7, "min": 0.7, "sum": 1.0}
"""The same where it says nothing."""

MEAN_OF_LEVELS = 1.3
"""The mean of levels there: a text that means one says so."""


def kind_costs(asked: Asked) -> Floats:
    """What each kind costs, by sign of the column; shape (kinds, 3)."""
    return _kind_costs(
        asked.direction,
        firm=asked.firm,
        sole=asked.sole,
        share=asked.share,
        compared=asked.compared,
        errors=asked.errors,
        relative=asked.relative,
        percent=form_of(asked) == "percent",
    )


@lru_cache(maxsize=1024)
def _kind_costs(
    direction: str,
    *,
    firm: bool,
    sole: bool,
    share: bool,
    compared: bool,
    errors: bool,
    relative: bool,
    percent: bool,
) -> Floats:
    import numpy as np

    down = falls(direction)
    wrong = [NEVER if firm or (sole and abs(each) == 1.0) else AGAINST for each in down]
    both = list(zip(down, wrong, strict=True))
    rising = [cost if each > 0.5 else UNSURE if each > 0 else 0.0 for each, cost in both]
    falling = [cost if each < -0.5 else UNSURE if each < 0 else 0.0 for each, cost in both]
    costs = {kind: [0.0, 0.0, 0.0] for kind in KINDS}
    costs.update(dict.fromkeys(RISING, rising))
    costs.update(dict.fromkeys(FALLING, falling))
    if direction == "worse":  # of what should be high, nothing is told over the lower one
        costs["(base-new)/new"] = [falling[0], NEVER, falling[2]]
    fixed = {
        "cell*100": AS_PER_CENT,
        # "39% lower" is no 39%
        "new/base*100": AS_SHARE if share else NEVER if compared else AS_QUOTIENT,
        "(base-new)/new": OVER_NEW if direction not in ("down", "up") else NEVER,
        "errors": ERRORS if errors else NEVER,
    }
    if percent:
        points = NEVER if relative or not compared else POINTS_AS_PER_CENT
        fixed |= dict.fromkeys(DIFFERENCES, points)
        if not compared:  # "53% accuracy" is a level
            fixed |= {kind: fixed.get(kind, 0.0) + NEVER for kind in CHANGES}
    found = np.array([[each + fixed.get(kind, 0.0) for each in costs[kind]] for kind in KINDS])
    found.flags.writeable = False  # it is kept
    return found


@lru_cache(maxsize=8)
def falls(direction: str) -> tuple[float, float, float]:
    """How sure it is that the new value is below the base, by sign of the column."""
    if direction in ("down", "up"):
        sure = 1.0 if direction == "down" else -1.0
        return sure, sure, sure
    towards = {"better": 1.0, "worse": -1.0}.get(direction, 0.0)
    return -LIKELY * towards, -1.0 * towards, 1.0 * towards


def combining_costs(asked: Asked) -> Floats:
    """What combining costs, by :attr:`Pool.combined`."""
    quantity = asked.quantity
    asks = bool(asked.aggregate or quantity.role in ("low", "high") or quantity.hedge)
    plain = quantity.form == "plain"
    whole = plain and "." not in quantity.text
    return _combining_costs(
        asked.aggregate, asks=asks, compared=asked.compared, plain=plain, whole=whole
    )


@lru_cache(maxsize=1024)
def _combining_costs(
    aggregate: str,
    *,
    asks: bool,
    compared: bool,
    plain: bool,
    whole: bool,
) -> Floats:
    import numpy as np

    costs = np.array(
        [_combining_cost(aggregate, name, plain=plain, whole=whole) for name in AGGREGATES]
    )
    alone = costs.copy()
    if not asks:
        alone[[AGGREGATES.index("max"), AGGREGATES.index("min")]] = NEVER
    if compared:
        alone[1:] = NEVER
    alone[0] = 0.0
    costs[0] = PAIRS.get(aggregate, 0.0)
    costs[AGGREGATES.index("sum")] = NEVER  # nobody adds up what pairs give
    found = np.concatenate((alone, costs))
    found.flags.writeable = False  # it is kept
    return found


def _combining_cost(
    aggregate: str,
    name: str,
    *,
    plain: bool,
    whole: bool,
) -> float:
    if aggregate == "mean":
        return MEAN.get(name, NEVER)
    if aggregate in ("max", "min"):
        other = "min" if aggregate == "max" else "max"
        costs = {aggregate: EXTREME, other: OTHER_EXTREME, "mean": MEAN_FOR_EXTREME}
        return costs.get(name, NEVER)
    if name == "mean" and plain:
        return MEAN_OF_LEVELS
    return NEVER if name == "sum" and not whole else UNSAID.get(name, NEVER)
