"""Currencies: the sign of each, and how text writes it. One is never converted to another."""

from __future__ import annotations

import re

CURRENCIES = {
    "$": r"(?:US\s?)?\$|USD|(?:US\s)?dollars?",
    "€": r"€|euros?",
    "£": r"£|pounds?\ssterling",
    "¥": "¥|yen|yuan",
}
"""Patterns by sign."""

CODES = {"EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "¥", "RMB": "¥"}
"""Signs by code. A code names a currency beside a number; alone in a header it may be a place."""

SIGNS = "".join(CURRENCIES)
"""All signs, to stand in a character class."""

_CODED = {"USD": "$", **CODES}
_BEFORE = re.compile(rf"([{SIGNS}]|\b(?:{'|'.join(_CODED)}))\s?\Z")


def currency_before(before: str) -> str:
    """The sign of the currency that the last of ``before`` names, else nothing.

    >>> currency_before("for €"), currency_before("USD "), currency_before("for ")
    ('€', '$', '')
    """
    match = _BEFORE.search(before[-5:])
    return "" if match is None else _CODED.get(match[1], match[1])
