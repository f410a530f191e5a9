"""What an author who wrote a number may have had before him."""

from __future__ import annotations

import math
from decimal import Decimal

from writer.claims.quantities import Quantity
from writer.model.interval import Interval


def claimed(quantity: Quantity) -> Interval:
    """The values that the author may have had before him, for a quantity with its hedge.

    "Over 9000" is said of 9826 and not of 90,000: up to one more of its last digit that is
    not zero.
    """
    value, span = quantity.value, quantity.interval
    if quantity.hedge not in ("over", "under") or not value:
        return span
    step = min(_step(value), 0.5 * abs(value))
    return (
        Interval(value, value + step) if quantity.hedge == "over" else Interval(value - step, value)
    )


MOST = 1.6
"""A claim beyond this multiple of what the table gives speaks of something else."""


def is_rounded_up(quantity: Quantity, lo: float, hi: float) -> bool:
    """Whether a claim is what the table gives, rounded up to the next step of its last digit."""
    if quantity.spelled and quantity.form == "plain":  # "a single model": a count
        return False
    value, found = abs(quantity.value), (lo + hi) / 2
    step = _step(value)
    if not 0 < found < value <= MOST * found or hi >= quantity.interval.lo:
        return False
    return math.isclose(math.ceil(found / step) * step, value, rel_tol=1e-9)


_DIGITS = 12
"""More than any paper prints, and few enough to leave out what a float adds."""


def _step(value: float) -> float:
    """One of the last digit of ``value`` that is not zero.

    >>> _step(9000.0), _step(0.25), _step(1.2e6), _step(2e-05)
    (1000.0, 0.01, 100000.0, 1e-05)
    """
    exponent = Decimal(f"{value:.{_DIGITS}g}").normalize().as_tuple().exponent
    return 10.0 ** int(exponent)
