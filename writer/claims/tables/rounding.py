"""What an author who wrote a number may have had before him."""

from __future__ import annotations

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
    digits = f"{abs(value):.6g}"
    mantissa = digits.rstrip("0") if "." not in digits else digits
    step = (
        10.0 ** (len(digits) - len(mantissa))
        if "." not in digits
        else 10.0 ** -len(digits.split(".")[1])
    )
    step = min(step, 0.5 * abs(value))
    return (
        Interval(value, value + step) if quantity.hedge == "over" else Interval(value - step, value)
    )
