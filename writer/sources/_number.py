"""Numbers as text: what counts as one, and its digits."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
MAX_DIGITS = 100
"""Digits of a number at most, so that products and quotients of two stay finite."""


def number_text(text: str) -> str | None:
    """``text`` as plain decimal digits, or None if it is not a finite number.

    >>> number_text("13.30"), number_text("1.5e3"), number_text("NaN"), number_text("1,5")
    ('13.30', '1500', None, None)
    """
    if _PLAIN.fullmatch(text) and len(text) <= MAX_DIGITS:
        return text
    if len(text) > MAX_DIGITS or not _NUMBER.fullmatch(text):
        return None
    plain = format(Decimal(text), "f")
    return plain if len(plain) <= MAX_DIGITS else None
