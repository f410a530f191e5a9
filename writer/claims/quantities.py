"""Find the quantities in a sentence: value, printed precision, unit, form and hedge.

The scanner knows no data: what it finds is measured alone, and a quantity that
it misses cannot be checked by anyone further up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from writer.model.interval import Interval

SPELLED = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "sixteen": 16,
    "single": 1,
}
MOST_HEDGE = 0.1
"""Most that "about" and "almost" add, relative to the number: beyond a tenth the number
itself would be rounded otherwise."""

_MULTIPLES = {
    "twice": 2,
    "twofold": 2,
    "double": 2,
    "doubles": 2,
    "doubled": 2,
    "thrice": 3,
    "triple": 3,
    "triples": 3,
    "tripled": 3,
    "threefold": 3,
    "fourfold": 4,
    "fivefold": 5,
    "tenfold": 10,
    "quadruple": 4,
    "quadruples": 4,
    "quadrupled": 4,
    "half": 0.5,
    "halves": 0.5,
    "halved": 0.5,
}

_NUMBER = (
    r"[-\u2212+]?(?:\d{1,3}(?:[,\u202f]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
    r"(?:e[-+]?\d{1,3}|\s?×\s?10\^\{?[-\u2212]?\d{1,3}\}?)?"
)
_DIGITS = re.compile(rf"(?<![\w.^_])({_NUMBER})(?!\d|\.\d)", re.IGNORECASE)
_SPELLED = re.compile(rf"\b({'|'.join(SPELLED)})\b", re.IGNORECASE)
_MULTIPLE = re.compile(rf"\b({'|'.join(_MULTIPLES)})\b", re.IGNORECASE)

_TIME = {
    r"ns|nanoseconds?": "ns",
    r"[uµμ]s|microseconds?": "us",
    r"ms|msecs?|milliseconds?": "ms",
    r"s|secs?|seconds?": "s",
    r"min|mins|minutes?": "min",
    r"h|hrs?|hours?": "h",
}
_PER = r"(?:/|\s?per\s|\sa\s)"
_UNITS = (
    (r"(?:percentage[\s-]points?|pp|points?)\b", "pp"),
    (r"(?:%|per\s?cent\b|percent\b)", "%"),
    (r"(?:[x×](?![\w×])|times\b|-?fold\b)", "x"),
    *((rf"([A-Za-z]+){_PER}(?:{words})\b", rf"\1/{unit}") for words, unit in _TIME.items()),
    *((rf"(?:{words})\b(?!\s?/)", unit) for words, unit in _TIME.items()),
    (r"(?:GB|GiB|gigabytes?)\b", "GB"),
    (r"(?:MB|MiB|megabytes?)\b", "MB"),
    (r"(?:KB|KiB|kB|kilobytes?)\b", "KB"),
    (r"(?:GHz|MHz|Hz)\b", "Hz"),
)
_AFTER = tuple((re.compile(rf"[\s~-]?{pattern}"), symbol) for pattern, symbol in _UNITS)
_NO_NOUNS = frozenset(
    [
        "and",
        "or",
        "nor",
        "but",
        "to",
        "at",
        "on",
        "in",
        "of",
        "for",
        "with",
        "by",
        "from",
        "as",
        "than",
        "then",
        "when",
        "where",
        "while",
        "whereas",
        "is",
        "are",
        "was",
        "were",
        "be",
        "has",
        "have",
        "had",
        "the",
        "a",
        "an",
        "that",
        "this",
        "these",
        "those",
        "which",
        "who",
        "per",
        "under",
        "over",
        "against",
        "versus",
        "respectively",
        "only",
        "both",
        "each",
        "between",
        "after",
        "before",
        "during",
        "if",
        "so",
        "it",
        "its",
        "not",
        "more",
        "less",
    ]
)
_NOUN = re.compile(r"[\s-]([A-Za-z]+)\b")
_FACTOR = re.compile(r"\bfactor\s+of\s+(?:about\s+|almost\s+|nearly\s+|over\s+)?$", re.IGNORECASE)
_SUFFIX = re.compile(r"([kKM])(?![\w])")

_HEDGES = (
    ("about", r"about|approximately|approx\.?|around|roughly|circa|some|~|≈|\bca\."),
    ("almost", r"almost|nearly|close\sto|just\sunder"),
    ("over", r"over|more\sthan|above|at\sleast|exceed(?:s|ing)?|greater\sthan|[>≥]|no\sless\sthan"),
    ("under", r"under|less\sthan|fewer\sthan|below|at\smost|within|[<≤]|no\smore\sthan"),
    ("up to", r"up\sto|as\s(?:much|many|high|low)\sas|by\sup\sto"),
)
_HEDGE = tuple(
    (name, re.compile(rf"(?:^|[\s(])(?:{pattern})\s?(?:a\s|an\s|the\s)?$", re.IGNORECASE))
    for name, pattern in _HEDGES
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a sentence states it.

    Attributes:
        start, end: span in the sentence, with the unit.
        number_end: where its digits end.
        text: as written, with the unit.
        value: the number, sign kept.
        unit: symbol, or the noun that follows; the empty string for none.
        form: ``plain``, ``ratio``, ``percent`` or ``points``.
        interval: what the printed digits and the hedge allow.
        hedge: name of the hedge, or the empty string.
        spelled: whether the number is a word.
    """

    start: int
    end: int
    number_end: int
    text: str
    value: float
    unit: str
    form: str
    interval: Interval
    hedge: str
    spelled: bool = False


def quantities(sentence: str) -> tuple[Quantity, ...]:
    """Every quantity of ``sentence``, in order.

    A spelled-out number counts only with a unit or a noun behind it.
    """
    found = sorted(
        (*_digits(sentence), *_words(sentence), *_multiples(sentence)), key=lambda item: item.start
    )
    return tuple(_inherit(sentence, found))


def _digits(sentence: str) -> Iterator[Quantity]:
    for match in _DIGITS.finditer(sentence):
        start, text = match.start(1), match.group(1)
        before = sentence[:start]
        if text[0] in "-+\u2212" and before[-1:].isalnum():
            start, text = start + 1, text[1:]  # "P-99", "1-2": a hyphen, no sign
        end = match.end(1)
        after = sentence[end : end + 1]
        if after.isalpha() and not _unit_at(sentence, end) and not _SUFFIX.match(sentence[end:]):
            continue  # "3B", "2nd": part of a name
        plain = _plain(text)
        scale = 1.0
        suffix = _SUFFIX.match(sentence[end:])
        if suffix and not _unit_at(sentence, end):
            scale, end = {"k": 1e3, "K": 1e3, "M": 1e6}[suffix[1]], end + 1
        try:
            interval = Interval.of_printed(plain).scaled(scale)
        except ValueError:
            continue
        yield _quantity(sentence, start, end, float(plain) * scale, interval, plain)


def _plain(text: str) -> str:
    text = text.replace(",", "").replace("\u202f", "").replace("\u2212", "-").replace(" ", "")
    return re.sub(r"×10\^\{?(-?\d+)\}?", r"e\1", text)


def _words(sentence: str) -> Iterator[Quantity]:
    for match in _SPELLED.finditer(sentence):
        if _unit_at(sentence, match.end()) or _NOUN.match(sentence, match.end()):
            value = float(SPELLED[match[1].lower()])
            yield _quantity(
                sentence, match.start(), match.end(), value, Interval.exact(value), "", spelled=True
            )


def _multiples(sentence: str) -> Iterator[Quantity]:
    for match in _MULTIPLE.finditer(sentence):
        value = float(_MULTIPLES[match[1].lower()])
        half = 0.05 if value < 1 else 0.5
        hedge = _hedge(sentence[: match.start()])
        yield Quantity(
            match.start(),
            match.end(),
            match.end(),
            match[0],
            value,
            "x",
            "ratio",
            _widened(Interval(value - half, value + half), value, "1", hedge),
            hedge,
            spelled=True,
        )


def _quantity(
    sentence: str,
    start: int,
    end: int,
    value: float,
    interval: Interval,
    digits: str,
    *,
    spelled: bool = False,
) -> Quantity:
    unit, stop = _unit_at(sentence, end) or ("", end)
    if not unit and _FACTOR.search(sentence[:start]):
        unit = "x"
    hedge = _hedge(sentence[:start])
    form = {"%": "percent", "pp": "points", "x": "ratio"}.get(unit, "plain")
    if not unit:
        noun = _NOUN.match(sentence, end)
        unit = noun[1].lower() if noun and noun[1].lower() not in _NO_NOUNS else ""
    return Quantity(
        start,
        stop,
        end,
        sentence[start:stop],
        value,
        unit,
        form,
        _widened(interval, value, digits or str(value), hedge),
        hedge,
        spelled,
    )


def _unit_at(sentence: str, end: int) -> tuple[str, int] | None:
    """The unit that follows position ``end``, and where it ends."""
    for pattern, symbol in _AFTER:
        match = pattern.match(sentence, end)
        if match:
            return match.expand(symbol).lower() if "/" in symbol else symbol, match.end()
    return None


def _hedge(before: str) -> str:
    for name, pattern in _HEDGE:
        if pattern.search(before):
            return name
    return ""


def _widened(interval: Interval, value: float, digits: str, hedge: str) -> Interval:
    """What the hedge adds: for "about" one unit of the last digit, a tenth at most."""
    step = min(_step(digits), abs(value) * MOST_HEDGE)
    if hedge == "about":
        return Interval(interval.lo - step, interval.hi + step)
    if hedge == "almost":
        return Interval(interval.lo - step, interval.hi)
    if hedge == "over":
        return Interval(value, float("inf"))
    if hedge == "under":
        return Interval(float("-inf"), value)
    return interval


def _step(digits: str) -> float:
    """One unit of the last digit that is not a trailing zero of a whole number."""
    number = Decimal(digits)
    if "." not in digits and number != 0:
        number = number.normalize()
    exponent = number.as_tuple().exponent
    return float(10.0**exponent) if isinstance(exponent, int) else 0.0


_JOIN = re.compile(
    r"\s?(?:,|,?\s?and|or|to|\u2013|-|against|versus|vs\.?|instead\sof|rather\sthan)\s?$",
    re.IGNORECASE,
)


def _inherit(sentence: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Give "9.02 and 9.58 tasks/s" one unit: a bare number takes that of the next in its list."""
    known: list[Quantity] = []
    for item in reversed(found):
        bare = item.form == "plain" and item.end == item.number_end and not item.spelled
        if known and bare and _has_unit(known[-1]):
            between = sentence[item.end : known[-1].start]
            if _joins(between):
                item = _with_unit(item, known[-1])
        known.append(item)
    yield from reversed(known)


def _joins(between: str) -> bool:
    return _JOIN.fullmatch(between) is not None or _JOIN.fullmatch(between.rstrip()) is not None


def _has_unit(item: Quantity) -> bool:
    return item.form != "plain" or item.end > item.number_end or "/" in item.unit


def _with_unit(item: Quantity, other: Quantity) -> Quantity:
    return Quantity(
        item.start,
        item.end,
        item.number_end,
        item.text,
        item.value,
        other.unit,
        other.form,
        item.interval,
        item.hedge,
        item.spelled,
    )
