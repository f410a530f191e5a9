"""Closed intervals: what a printed number can stand for, and arithmetic on it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

TOUCH = 1e-6
"""Intervals that share no more than this part of the narrower only touch, but for rounding."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval ``[lo, hi]`` of the reals.

    Source of the arithmetic: Moore, Kearfott and Cloud, *Introduction to
    Interval Analysis*, SIAM 2009, chapter 2 (without outward rounding: the
    intervals here come from printed digits and are far wider than one ulp).
    """

    lo: float
    hi: float

    def __post_init__(self) -> None:
        if math.isnan(self.lo) or math.isnan(self.hi) or self.lo > self.hi:
            raise ValueError(f"not an interval: [{self.lo}, {self.hi}]")

    @classmethod
    def exact(cls, value: float) -> Interval:
        """The interval that holds ``value`` alone."""
        return cls(value, value)

    @classmethod
    def of_printed(cls, text: str) -> Interval:
        """All values that round to the printed digits: ``"57"`` is 56.5 to 57.5.

        Raises:
            ValueError: ``text`` is not a finite decimal number.
        """
        try:
            number = Decimal(text)
            exponent = number.as_tuple().exponent
            if not isinstance(exponent, int):  # "NaN" and "Infinity" carry a letter here
                raise ValueError(f"not a finite number: {text[:40]!r}")  # noqa: TRY004
            half = Decimal(5).scaleb(exponent - 1)
            lo, hi = float(number - half), float(number + half)
        except InvalidOperation as error:
            raise ValueError(f"not a decimal number: {text[:40]!r}") from error
        if math.isinf(lo) or math.isinf(hi):
            raise ValueError(f"too large a number: {text[:40]!r}")
        return cls(lo, hi)

    @property
    def width(self) -> float:
        return self.hi - self.lo

    def __contains__(self, value: float) -> bool:
        return self.lo <= value <= self.hi

    def meets(self, other: Interval) -> bool:
        """Whether the two intervals share a value."""
        return self.lo <= other.hi and other.lo <= self.hi

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share more than an edge: 7.27 is not 7.26, which ends where it begins.

        An exact value has no width, and lies within or not.
        """
        overlap = min(self.hi, other.hi) - max(self.lo, other.lo)
        width = min(self.width, other.width)
        return overlap > TOUCH * width if width > 0 else overlap >= 0

    def __neg__(self) -> Interval:
        return Interval(-self.hi, -self.lo)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.lo + other.lo, self.hi + other.hi)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.lo - other.hi, self.hi - other.lo)

    def __mul__(self, other: Interval) -> Interval:
        return hull(
            (self.lo * other.lo, self.lo * other.hi, self.hi * other.lo, self.hi * other.hi)
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Quotient.

        Raises:
            ZeroDivisionError: ``other`` holds zero.
        """
        if 0.0 in other:
            raise ZeroDivisionError("the divisor's interval holds zero")
        return hull(
            (self.lo / other.lo, self.lo / other.hi, self.hi / other.lo, self.hi / other.hi)
        )

    def scaled(self, factor: float) -> Interval:
        """The interval in a unit ``factor`` times smaller."""
        return self * Interval.exact(factor)


def ratio_interval(over: float, spread: Interval, base: float, other: Interval) -> Interval | None:
    """The confidence interval of ``over / base`` from those of the two, which are independent.

    A. Donner and G. Y. Zou, *Closed-form confidence intervals for functions of the
    normal mean and standard deviation*, Statistical Methods in Medical Research 21,
    2012 (MOVER-R): at the level of the two intervals, which may be lopsided. None
    where it has no bounds, because the base may be near zero.
    """
    try:
        middle = over * base
        low = _end(middle, spread.lo * (2 * over - spread.lo), other.hi * (2 * base - other.hi), -1)
        high = _end(middle, spread.hi * (2 * over - spread.hi), other.lo * (2 * base - other.lo), 1)
        return Interval(low, high)
    except (ValueError, ZeroDivisionError):
        return None


def _end(middle: float, product: float, divisor: float, sign: int) -> float:
    if divisor <= 0:
        raise ValueError("the base's interval is too wide")
    root = middle * middle - product * divisor
    return (middle + sign * math.sqrt(max(root, 0.0))) / divisor


def hull(values: Iterable[float]) -> Interval:
    """The smallest interval that holds all ``values``."""
    items = list(values)
    return Interval(min(items), max(items))
