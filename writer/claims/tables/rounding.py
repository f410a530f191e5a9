"""What an author who wrote a number may have had before him."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from writer.claims.quantities import Quantity
from writer.model.interval import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def claimed(quantity: Quantity) -> Interval:
    """The values that the author may have had before him, for a quantity with its hedge.

    "Over 9000" is said of 9826 and not of 90,000: up to one more of its last digit that is
    not zero, and "over 85" up to the next five.
    """
    value, span = quantity.value, quantity.interval
    if quantity.hedge not in ("over", "under") or not value:
        return span
    step = min(FIVES * _step(value) if _is_five(value) else _step(value), 0.5 * abs(value))
    return (
        Interval(value, value + step) if quantity.hedge == "over" else Interval(value - step, value)
    )


FIVES = 5
"""Steps from one round number that ends in five to the next: "over 85%" is said of 87.5%."""


def _is_five(value: float) -> bool:
    """Whether a number of two digits or more ends in five, zeros apart."""
    digits = Decimal(f"{value:.{_DIGITS}g}").normalize().as_tuple().digits
    return len(digits) > 1 and digits[-1] == FIVES


def computed(
    quantity: Quantity, lo: Floats, hi: Floats, derived: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """The bounds within which cells give ``quantity``: of ``derived`` ones what a reader computes
    from their digits, to one of the number's own last digit.

    62.4 less 50.4 is 12.0. The digits would allow 12.1 as well, for an author who had more of
    them; but of what agrees only so, little is what the author meant.
    """
    import numpy as np

    half = claimed(quantity).width / 2
    if not 0 < half < math.inf:
        return lo, hi
    middle = (lo + hi) / 2
    if quantity.form == "ratio":  # of 3 to 1, which is from 1.7 to 7, it is near 3
        middle = np.where(lo > 0, np.sqrt(np.maximum(lo, 0.0) * hi), middle)
    return (
        np.where(derived, np.maximum(lo, middle - half), lo),
        np.where(derived, np.minimum(hi, middle + half), hi),
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
