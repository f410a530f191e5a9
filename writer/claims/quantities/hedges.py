"""Words that widen a number: about, nearly, over, under, up to."""

from __future__ import annotations

import re
from decimal import Decimal

from writer.latex.words import words
from writer.model.interval import Interval

MOST_HEDGE = 0.1
"""Most that "about" and "almost" add, relative to the number: beyond a tenth the number
itself would be rounded otherwise."""

REACH = 60
"""How far before a number its hedge may stand, in characters."""

LONGEST = 40
"""Characters that no hedge exceeds, with the article and the sign of a currency behind it."""

_HEDGES = (
    ("±", r"±"),
    (
        "about",
        r"about|approximately|approx\.?|around|roughly|circa|some|[~∼≈≃]|\bca\.|on\sthe\sorder\sof"
        r"|in\sthe\sorder\sof",
    ),
    ("almost", r"almost|nearly|close\sto|just\sunder|approaching|≲"),
    ("under", r"not?\smore\sthan"),
    ("up to", r"up\sto|as\s(?:much|many|high|low|large|little|few)\sas|by\sup\sto|a\smaximum\sof"
     r"|at\sbest"),
    (
        "over",
        r"over|more\sthan|above|at\sleast|exceed(?:s|ed|ing)?|greater\sthan|[>≥≳]|beyond|upwards?\sof"
        r"|in\sexcess\sof|higher\sthan|(?:better|larger|longer|older)\sthan|a\sminimum\sof"
        r"|surpass(?:es|ed|ing)?",
    ),
    ("over", r"not?\s(?:less|fewer|lower)\sthan"),
    ("under", r"under|less\sthan|fewer\sthan|below|at\smost|within|[<≤]|lower\sthan"
     r"|(?:smaller|shorter|younger|faster)\sthan"
     r"|sub-"),
)  # fmt: skip
_BOUNDS = ("over", "under")
_THE = r"|the\s"
_NAMES = tuple(name for name, _ in _HEDGES)
_HEDGE = re.compile(
    r"(?:^|[\s(—–,-]|(?=[±~∼≈≃<≤>≥≲≳]))(?:"
    + "|".join(
        rf"(?P<h{index}>{pattern})\s?(?:an?\s{'' if name in _BOUNDS else _THE})?"
        for index, (name, pattern) in enumerate(_HEDGES)
    )
    + r")[$€£¥+]?\Z",
    re.IGNORECASE,
)
"""No article in "below the 38.34 tasks/s of one node": that names the value itself."""

_LAST = words(
    "about approximately approx around roughly circa some ca of almost nearly to under "
    "approaching than as over above least exceed exceeds exceeded exceeding beyond surpass "
    "surpasses surpassed surpassing below most within best a an the sub by"
)
_TAIL = re.compile(r"([A-Za-z]+)\.?[\s-]{0,2}[$€£¥+]?\Z|[±~∼≈≃<≤>≥≲≳]\s?(?:an?\s)?[$€£¥+]?\Z")
_AFTER = re.compile(
    r"\s(?:or|and)\s(?P<over>more|higher|above|greater|better|longer)\b"
    r"|\s(?:or|and)\s(?P<under>less|lower|below|fewer|under)\b|(?P<plus>\+)(?![\w.])",
    re.IGNORECASE,
)


def hedge(sentence: str, start: int, end: int) -> str:
    """The hedge of the number at ``start:end``, or the empty string."""
    before = sentence[max(start - REACH, 0) : start]
    tail = _TAIL.search(before[-20:])
    if tail is not None and (tail[1] is None or tail[1].lower() in _LAST):
        match = _HEDGE.search(before, max(len(before) - LONGEST, 0))
        if match:
            name = _NAMES[int((match.lastgroup or "h0")[1:])]
            across = name == "over" and _across(before, sentence, start, end)
            return "" if across else name
    after = _AFTER.match(sentence, end)
    if after is None:
        return ""
    return "under" if after["under"] else "over"


_ACROSS = re.compile(
    r"\b(?:averag\w*|mean|median|evaluat\w+|result\w*|measured|computed|experiment\w*|validat\w+"
    r"|test\w*|train\w*|questions?|summed|aggregat\w+|repeated|iterat\w+|range\w*|loop\w*|sweep\w*"
    r"|stud(?:y|ies)|benchmark\w*|runs?|taken|collected|conducted|distributed)\s(?:(?!is\b|are\b|was\b|were\b)\w+\s){0,2}?over"
    r"\s(?:an?\s|the\s)?\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:[\d,]{1,24}[kKM]?|[A-Za-z-]{1,40})[\s-](?!times|fold)[A-Za-z]{3,}")


def _across(before: str, sentence: str, start: int, end: int) -> bool:
    """Whether "over" says what a result was taken over: "averaged over five runs"."""
    if _COUNTED.match(sentence, start) is None or " " in sentence[start:end]:
        return False
    return _ACROSS.search(before) is not None


def widened(interval: Interval, value: float, digits: str, name: str) -> Interval:
    """What the hedge adds: for "about" one unit of the last digit, a tenth at most."""
    step = min(_step(digits), abs(value) * MOST_HEDGE)
    if name == "about":
        return Interval(interval.lo - step, interval.hi + step)
    if name == "almost":
        return Interval(interval.lo - step, interval.hi)
    if name == "over":
        return Interval(value, float("inf"))
    if name == "under":
        return Interval(float("-inf"), value)
    return interval


def _step(digits: str) -> float:
    """One unit of the last digit that is not a trailing zero of a whole number."""
    number = Decimal(digits.rstrip("!"))
    if "." not in digits and number != 0:
        number = number.normalize()
    exponent = number.as_tuple().exponent
    return float(10.0**exponent) if isinstance(exponent, int) else 0.0
