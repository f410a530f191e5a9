"""Printing numbers: as the source wrote them, or as exactly as their evidence allows."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement

MAX_DERIVED_DIGITS = 3
"""Significant digits of a derived value at most: the field's tables rarely carry more."""


MIN_RAW_DIGITS = 2
"""Significant digits of a recomputed value at least: its confidence interval is stated
beside it, and one digit would hide differences that the interval does not."""


DUMPED_DIGITS = 8
DUMPED_PLACES = 6
"""Significant digits and decimal places from which a text is a float as a program writes
it, and not a number that somebody chose to print: it is rounded like a derived value."""


def supported_decimals(value: float, interval: Interval) -> int:
    """Decimal places (negative: tens, hundreds) that ``interval`` supports.

    A unit in the last place is supported when the interval is at most two of
    them wide: it reaches about one unit to either side, and rounding adds half a
    unit. No more than :data:`MAX_DERIVED_DIGITS` significant digits.
    """
    most = MAX_DERIVED_DIGITS - 1 - _magnitude(value)
    if interval.width <= 0:
        return most
    return min(most, math.floor(math.log10(2.0) - math.log10(interval.width) + 1e-9))


def digits(item: Measurement, decimals: int | None = None) -> str:
    """The digits to print, with a plain point and no grouping.

    Cells print as their source wrote them, unless that is a float dumped by a program;
    derived values to the precision of their interval. ``decimals`` asks for fewer
    places, never for more.

    Raises:
        ValueError: the measurement has no measured value.
    """
    value = item.number
    if item.text:
        if decimals is None:
            if dumped(item.text):
                return _rounded(Decimal(item.text), MAX_DERIVED_DIGITS - 1 - _magnitude(value))
            return item.text
        return _rounded(Decimal(item.text), min(decimals, len(item.text.partition(".")[2])))
    places = supported_decimals(value, item.span)
    if _has_confidence(item):
        least = MIN_RAW_DIGITS - 1 - _magnitude(value)
        places = max(places, least)
        if item.grade is Grade.DERIVED and item.span.width <= 0:
            places = min(places, least)  # of single runs: how far others lie is not known
    places = _within(item, places) if decimals is None else min(places, decimals)
    if value and item.grade is not Grade.DERIVED:  # a mean of few trials is no zero
        places = max(places, -_magnitude(value))
    return _rounded(Decimal(value), places)


def dumped(text: str) -> bool:
    """Whether the digits are those of a float as a program writes it: ``0.011599999999``."""
    whole, point, part = text.lstrip("-").partition(".")
    significant = (whole + part).lstrip("0")
    return bool(point) and len(part) >= DUMPED_PLACES and len(significant) >= DUMPED_DIGITS


def ends(item: Measurement) -> tuple[str, str] | None:
    """The ends of a recomputed value's interval, to one digit more than the value.

    None where the value was not recomputed or no interval is known.
    """
    if not _has_confidence(item) or item.interval is None or item.interval.width <= 0:
        return None
    places = _places_of_ends(item)
    low, high = (_rounded(Decimal(end), places) for end in (item.interval.lo, item.interval.hi))
    return low, high


def _places_of_ends(item: Measurement) -> int:
    supported = supported_decimals(item.number, item.span)
    return 1 + max(supported, MIN_RAW_DIGITS - 1 - _magnitude(item.number))


def _within(item: Measurement, places: int) -> int:
    """The fewest decimals, ``places`` or more, that print a value within its printed interval.

    A value near one end of a lopsided interval would round out of it: 0.1014 of 0.101 to 0.103
    is no 0.10. To the places of the ends it never does.
    """
    printed = ends(item)
    if printed is None or item.number not in item.span:
        return places
    low, high = map(Decimal, printed)
    while (
        places < _places_of_ends(item)
        and not low <= Decimal(_rounded(Decimal(item.number), places)) <= high
    ):
        places += 1
    return places


def _has_confidence(item: Measurement) -> bool:
    """Whether the interval is one of confidence: of a recomputed value, or made of such."""
    return item.grade is Grade.RAW or item.sampled


def _magnitude(value: float) -> int:
    """Power of ten of the first digit, of the value as it is when rounded."""
    if value == 0:
        return 0
    return int(f"{abs(value):.{MAX_DERIVED_DIGITS - 1}e}".partition("e")[2])


def _rounded(value: Decimal, places: int) -> str:
    """``value`` to ``places`` decimals (negative: tens, hundreds), without ``-0``."""
    with localcontext() as context:
        context.prec = 400  # more than the digits of any float
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    text = format(rounded, "f")
    return text if rounded else text.removeprefix("-")


def grouped(text: str, separator: str) -> str:
    """Group the integer part by thousands from 10000 on (ISO 80000-1, 7.3.1)."""
    match = re.fullmatch(r"(-?)(\d{5,})(\.\d+)?", text)
    if match is None:
        return text
    sign, whole, rest = match.groups(default="")
    return f"{sign}{int(whole):,}".replace(",", separator) + rest
