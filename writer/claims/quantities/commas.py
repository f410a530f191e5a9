"""Sentences that print 17,4 and 1.136 where others print 17.4 and 1,136."""

from __future__ import annotations

import re
from itertools import pairwise

from writer.claims.quantities.units import unit_at

_DECIMAL = re.compile(
    r"(?<![\w.,])(?P<sign>[-+\u2212]?)"
    r"(?P<whole>\d{1,3}(?:[.\u202f ]\d{3})+|\d+),\d{1,6}(?![\d,]|\.\d)"
)
_GROUPED = re.compile(r"(?<![\w.,])[-+\u2212]?[1-9]\d{0,2}(?:\.\d{3})+(?!\d|\.\d)")
_SIGNED = re.compile(r"(?<=\()[+\u2212-]\d{1,3},\d{1,2}(?=\s?%?\))")
"""A slip of the pen in any paper: "93.5% (+2,2)"."""

_POINT = re.compile(r"\d\.\d")
_FROM = re.compile(r"\bfrom\s\Z", re.IGNORECASE)
_TO = re.compile(r"\bto\s\Z", re.IGNORECASE)


def pointed(sentence: str, *, comma: bool | None) -> str:
    """The sentence with decimal points, character for character as long as before.

    Args:
        sentence: plain text.
        comma: whether the paper has decimal commas; None where that is not known, and only
            clear evidence in the sentence itself counts.
    """
    if "," not in sentence and not comma:
        return sentence
    sentence = _SIGNED.sub(lambda match: match[0].replace(",", "."), sentence)
    if comma is None:
        comma = _is_clear(sentence)
    if not comma:
        return sentence
    decimals = {match.end("whole") for match in _DECIMAL.finditer(sentence)}
    groups = {
        match.start() + index
        for pattern in (_GROUPED, _DECIMAL)
        for match in pattern.finditer(sentence)
        for index, mark in enumerate(match[0])
        if mark == "."
    }
    swapped = {**dict.fromkeys(groups, ","), **dict.fromkeys(decimals, ".")}
    return "".join(swapped.get(index, mark) for index, mark in enumerate(sentence))


def _is_clear(sentence: str) -> bool:
    """Whether the commas of a sentence can only be decimal marks.

    "saves 17,4 %", "rises by +2,2", "from 3,1 to 3,7"; "1,2 ms" and "1,2 and 3" may be lists.
    """
    found = [
        match
        for match in _DECIMAL.finditer(sentence)
        if len(match[0].rpartition(",")[2]) != 3 or match["whole"] == "0"
    ]
    if not found or _POINT.search(_GROUPED.sub("", sentence)):
        return False
    alone = any(_is_alone(sentence, match) for match in found)
    return alone or any(
        _FROM.search(_before(sentence, one)) and _TO.search(_before(sentence, other))
        for one, other in pairwise(found)
    )


def _before(sentence: str, match: re.Match[str]) -> str:
    return sentence[max(0, match.start() - 8) : match.start()]


def _is_alone(sentence: str, match: re.Match[str]) -> bool:
    """Whether one number cannot be a list of two: it has a plus sign, or is a share of
    below one or above ten per cent."""
    unit = unit_at(sentence, match.end())
    share = unit is not None and unit[0] in ("%", "pp")
    if match["sign"]:
        return match["sign"] == "+" or share
    return share and (len(match["whole"]) > 1 or match["whole"] == "0")
