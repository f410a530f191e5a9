"""Printing numbers: as the source wrote them, or as exactly as their evidence allows."""

from __future__ import annotations

import math
import re

from writer.model.interval import Interval
from writer.model.measurement import Measurement

MAX_DERIVED_DIGITS = 3
"""Significant digits of a derived value at most: the field's tables rarely carry more."""


def supported_decimals(value: float, interval: Interval) -> int:
    """Decimal places (negative: tens, hundreds) that ``interval`` supports.

    A unit in the last place is supported when the interval is at most two of
    them wide, so that the printed value is off by at most one. No more than
    :data:`MAX_DERIVED_DIGITS` significant digits.
    """
    magnitude = math.floor(math.log10(abs(value))) if value else 0
    most = MAX_DERIVED_DIGITS - 1 - magnitude
    if interval.width <= 0:
        return most
    return min(most, math.floor(math.log10(2.0 / interval.width) + 1e-9))


def digits(item: Measurement, decimals: int | None = None) -> str:
    """The digits to print, with a plain point and no grouping.

    Cells print as their source wrote them; derived values to the precision of
    their interval. ``decimals`` asks for fewer places, never for more.

    Raises:
        ValueError: the measurement has no measured value.
    """
    value = item.number
    if item.text and decimals is None:
        return item.text
    if item.text:
        written = len(item.text.partition(".")[2])
        return f"{round(value, min(decimals or 0, written)):.{min(decimals or 0, written)}f}"
    places = supported_decimals(value, item.span)
    if decimals is not None:
        places = min(places, decimals)
    rounded = round(value, places)
    text = f"{rounded:.{max(places, 0)}f}"
    return text.removeprefix("-") if float(text) == 0 else text


def grouped(text: str, separator: str) -> str:
    """Group the integer part by thousands from 10000 on (ISO 80000-1, 7.3.1)."""
    match = re.fullmatch(r"(-?)(\d{5,})(\.\d+)?", text)
    if match is None:
        return text
    sign, whole, rest = match.groups(default="")
    return f"{sign}{int(whole):,}".replace(",", separator) + rest
