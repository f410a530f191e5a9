"""Find the quantities in a sentence: value, printed precision, unit, form and hedge.

The scanner knows no data: what it finds is measured alone, and a quantity that
it misses cannot be checked by anyone further up.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
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

_GROUPED = "|".join(rf"\d{{1,3}}(?:{mark}\d{{3}})+(?!\d)" for mark in (",", "\u202f", "[ ]"))
_EXPONENT = r"e[-+]?\d{1,3}|\s?×\s?10\^\{?[-\u2212]?\d{1,3}\}?"
_POWER = r"(?:2|10)\^\{?[-\u2212]?\d{1,3}\}?"
_NUMBER = rf"[-\u2212+]?(?:{_POWER}|(?:{_GROUPED}|\d+)(?:\.\d+)?(?:{_EXPONENT})?|\.\d+)"
_DIGITS = re.compile(rf"(?<![\w.^_+])({_NUMBER})(?!\d|\.\d)", re.IGNORECASE)
_NO_QUANTITY = re.compile(
    r"\b(?:https?|ftp)://\S+|\bdoi:\S+|[\w.+-]{1,64}@\S+|\b24/7\b"
    r"|\b(?:19|20)\d\d-\d\d?-\d\d?\b|\b\d{1,2}:\d\d\b",
    re.IGNORECASE,
)
"""Addresses, dates, times of day and idioms: digits that count nothing."""

REACH = 60
"""How far before a number its hedge may stand, in characters."""

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
    (r"(?:[x×](?![\w×]|\s\d)|times\b|-?fold\b)", "x"),
    *((rf"([A-Za-z]+){_PER}(?:{words})\b", rf"\1/{unit}") for words, unit in _TIME.items()),
    *((rf"(?:{words})\b(?!\s?/)", unit) for words, unit in _TIME.items()),
    (r"(?:GB|GiB|gigabytes?)\b", "GB"),
    (r"(?:MB|MiB|megabytes?)\b", "MB"),
    (r"(?:KB|KiB|kB|kilobytes?)\b", "KB"),
    (r"(?:TB|TiB|terabytes?)\b", "TB"),
    (r"(?:GHz|MHz|Hz)\b", "Hz"),
    (r"([mkM]?(?:Wh|W|J))\b", r"\1"),
    (r"(?:watts?)\b", "W"),
    (r"(?:joules?)\b", "J"),
    (r"(?:\u00b0\s?C\b|\u2103|degrees\b)", "\u00b0C"),
    (r"(?:[$€£]|USD\b|EUR\b|dollars?\b|euros?\b)", "$"),
)
PHYSICAL = frozenset(
    [
        "GB",
        "MB",
        "KB",
        "TB",
        "Hz",
        "W",
        "mW",
        "kW",
        "MW",
        "J",
        "mJ",
        "kJ",
        "MJ",
        "Wh",
        "mWh",
        "kWh",
        "MWh",
        "°C",
        "$",
    ]
)
"""Units that stand for themselves alone: no cell in another unit is meant."""

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
_FACTOR = re.compile(
    r"\b(?:factors?\s+of|multipl\w+\s(?:[\w-]+\s){1,6}?by)\s+(?:up\s+to\s+|about\s+|almost\s+|nearly\s+|over\s+|more\s+than\s+"
    r"|roughly\s+|around\s+|approximately\s+|[~≈]\s?)?$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"([kKM])(?![\w])")

_HEDGES = (
    ("±", r"±"),
    ("about", r"about|approximately|approx\.?|around|roughly|circa|some|[~∼≈]|\bca\."),
    ("almost", r"almost|nearly|close\sto|just\sunder"),
    ("under", r"not?\smore\sthan"),
    ("over", r"over|more\sthan|above|at\sleast|exceed(?:s|ed|ing)?|greater\sthan|[>≥]"),
    ("over", r"not?\s(?:less|fewer)\sthan"),
    ("under", r"under|less\sthan|fewer\sthan|below|at\smost|within|[<≤]"),
    ("up to", r"up\sto|as\s(?:much|many|high|low)\sas|by\sup\sto"),
)
_HEDGE = tuple(
    (
        name,
        re.compile(
            rf"(?:^|[\s(]|(?=[±~∼≈<≤>≥]))(?:{pattern})\s?(?:an?\s|{article})?$",
            re.IGNORECASE,
        ),
    )
    for name, pattern in _HEDGES
    for article in ((r"(?!)",) if name in ("over", "under") else (r"the\s",))
)
"""No article in "below the 38.34 tasks/s of one node": that names the value itself."""


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
        shared: whether its unit stands at a later number of its list: "9.02 and 9.58 tasks/s".
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
    shared: bool = False


def quantities(sentence: str) -> tuple[Quantity, ...]:
    """Every quantity of ``sentence``, in order.

    A spelled-out number counts only with a unit or a noun behind it.
    """
    fractions = list(_fractions(sentence))
    others = (*_digits(sentence), *_words(sentence), *_multiples(sentence))
    spans = [(item.start, item.end) for item in fractions]
    found = [*fractions, *(item for item in others if not _within(item.start, spans))]
    return tuple(_inherit(sentence, sorted(found, key=lambda item: item.start)))


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a span holds ``position``; the spans are in order and do not overlap."""
    index = bisect_right(spans, (position, len(spans) + sys.maxsize)) - 1
    return index >= 0 and spans[index][0] <= position < spans[index][1]


def _digits(sentence: str) -> Iterator[Quantity]:
    masked = [match.span() for match in _NO_QUANTITY.finditer(sentence)]
    for match in _DIGITS.finditer(sentence):
        start, text = match.start(1), match.group(1)
        if _within(start, masked):
            continue
        last = sentence[max(start - 1, 0) : start]
        if text[0] in "-+\u2212" and (last.isalnum() or last in _DASHES):
            start, text = start + 1, text[1:]  # "P-99", "1-2": a hyphen, no sign
        end = match.end(1)
        if _is_part_of_name(sentence, end):
            continue
        scale, stop = _suffix(sentence, end)
        interval = _printed(_plain(text))
        if interval is not None:
            interval = interval.scaled(scale)
            value = _number(_plain(text)) * scale
            yield _quantity(sentence, start, stop, value, interval, _plain(text))


_DASHES = frozenset("-\u2013\u2014")


def _is_part_of_name(sentence: str, end: int) -> bool:
    """ "3B", "2nd", "5^th": letters behind a number that are no unit."""
    after = sentence[end : end + 2]
    if after[:1] == "^":
        return True
    return after[:1].isalpha() and not _unit_at(sentence, end) and not _SUFFIX.match(sentence, end)


def _suffix(sentence: str, end: int) -> tuple[float, int]:
    """What "k" or "M" behind a number multiplies it by, and where that ends."""
    match = _SUFFIX.match(sentence, end)
    if match is None or _unit_at(sentence, end):
        return 1.0, end
    return {"k": 1e3, "K": 1e3, "M": 1e6}[match[1]], end + 1


_BINARY = re.compile(r"([-+]?)2e(-?\d{1,3})!")


def _printed(plain: str) -> Interval | None:
    """What the digits allow; None for a number beyond all floats."""
    if _BINARY.fullmatch(plain):
        return Interval.exact(_number(plain))
    try:
        return Interval.of_printed(plain)
    except ValueError:
        return None


def _number(plain: str) -> float:
    match = _BINARY.fullmatch(plain)
    return float(f"{match[1]}1") * 2.0 ** int(match[2]) if match else float(plain)


def _plain(text: str) -> str:
    """Digits as ``float`` reads them; ``2^10`` becomes ``2e10!``."""
    text = re.sub("[, \u202f]", "", text).replace("\u2212", "-")
    text = re.sub(r"×10\^\{?(-?\d+)\}?", r"e\1", text)
    text = re.sub(r"(?<!\d)10\^\{?(-?\d+)\}?", r"1e\1", text)
    return re.sub(r"(?<!\d)2\^\{?(-?\d+)\}?", r"2e\1!", text)


def _words(sentence: str) -> Iterator[Quantity]:
    for match in _SPELLED.finditer(sentence):
        noun = _NOUN.match(sentence, match.end())
        factor = _FACTOR.search(sentence[max(match.start() - REACH, 0) : match.start()])
        if noun and (noun[1].lower() in SPELLED or noun[1].lower() in _POWERS):
            continue  # "twenty-five", "two hundred"
        unit = _unit_at(sentence, match.end())
        if unit or noun or factor:
            value = float(SPELLED[match[1].lower()])
            near = unit is not None or factor is not None
            interval = Interval(value - 0.5, value + 0.5) if near else Interval.exact(value)
            yield _quantity(sentence, match.start(), match.end(), value, interval, "", spelled=True)


_POWERS = frozenset(("hundred", "hundreds", "thousand", "thousands", "million", "billion"))


def _multiples(sentence: str) -> Iterator[Quantity]:
    for match in _MULTIPLE.finditer(sentence):
        value = float(_MULTIPLES[match[1].lower()])
        before = sentence[max(match.start() - REACH, 0) : match.start()]
        if match[0].lower() == "half" and _BY.search(before):
            yield _ratio(sentence, match.span(), 50.0, Interval(45.0, 55.0), "percent")
            continue
        half = 0.05 if value < 1 else 0.5
        yield _ratio(sentence, match.span(), value, Interval(value - half, value + half))


def _ratio(
    sentence: str, span: tuple[int, int], value: float, interval: Interval, form: str = "ratio"
) -> Quantity:
    start, end = span
    hedge = _hedge(sentence, start)
    unit = "%" if form == "percent" else "x"
    widened = _widened(interval, value, "1", hedge)
    return Quantity(
        start, end, end, sentence[start:end], value, unit, form, widened, hedge, spelled=True
    )


_PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fourth": 0.25, "fifth": 0.2}
_FRACTION = re.compile(
    r"\b(one|two|three|a)[\s-](half|thirds?|quarters?|fourths?|fifths?)\b(?!\s(?:quartile|percentile))"
    r"|\b(an|one|two|three)\sorders?\sof\smagnitude\b",
    re.IGNORECASE,
)
_OF = re.compile(r"\s(?:of|that|those|the|as)\b")
_OF_THINGS = re.compile(r"\sof\s(?:all\s|the\s|its\s)*(?:\w+\s)?(?:tasks|requests|jobs|queries)\b")


def _fractions(sentence: str) -> Iterator[Quantity]:
    """ "two thirds of", "a third lower", "by a quarter", "an order of magnitude"."""
    for match in _FRACTION.finditer(sentence):
        if match[3]:
            value = 10.0 ** SPELLED.get(match[3].lower(), 1)
            yield _ratio(sentence, match.span(), value, Interval(value / 2, value * 2))
            continue
        value = SPELLED.get(match[1].lower(), 1) * _PARTS[match[2].lower().rstrip("s")]
        if value >= 1:
            continue
        whole = _OF.match(sentence, match.end()) is not None
        if whole and not _OF_THINGS.match(sentence, match.end()):
            yield _ratio(sentence, match.span(), value, Interval(value - 0.05, value + 0.05))
        elif (
            whole
            or match[1].lower() != "a"
            or _TURNED.match(sentence, match.end())
            or _BY.search(sentence[max(match.start() - REACH, 0) : match.start()])
        ):
            percent = 100 * value
            yield _ratio(
                sentence, match.span(), percent, Interval(percent - 5, percent + 5), "percent"
            )


_TURNED = re.compile(
    r"\s(?:lower|higher|faster|slower|less|more|shorter|longer|fewer|smaller|larger)\b"
)
_BY = re.compile(r"\bby\s(?:\w+\s){0,2}$", re.IGNORECASE)


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
    if not unit and _FACTOR.search(sentence[max(start - REACH, 0) : start]):
        unit = "x"
    if not unit and sentence[max(start - 1, 0) : start] in ("$", "€", "£"):
        unit = "$"
    hedge = _hedge(sentence, start)
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
            found = match.expand(symbol) if "\\" in symbol else symbol
            return _rate(found) if "/" in found else found, match.end()
    return None


def _rate(symbol: str) -> str:
    """Lower case, apart from the case that tells bits from bytes."""
    thing, _, per = symbol.partition("/")
    return symbol if re.fullmatch(r"[KMGT]i?[bB]", thing) else f"{thing.lower()}/{per}"


def _hedge(sentence: str, start: int) -> str:
    before = sentence[max(start - REACH, 0) : start]
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
    number = Decimal(digits.rstrip("!"))
    if "." not in digits and number != 0:
        number = number.normalize()
    exponent = number.as_tuple().exponent
    return float(10.0**exponent) if isinstance(exponent, int) else 0.0


_JOIN = re.compile(
    r"\s?(?:,|,?\s?and|or|to|\u2013|-|±|against|versus|vs\.?|instead\sof|rather\sthan)\s?$",
    re.IGNORECASE,
)


def _inherit(sentence: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Give "9.02 and 9.58 tasks/s" one unit: a bare number takes that of the next in its list."""
    known: list[Quantity] = []
    has_unit = False
    for item in reversed(found):
        own = item.form != "plain" or item.end > item.number_end
        joined = bool(known) and _JOIN.fullmatch(sentence, item.end, known[-1].start) is not None
        if has_unit and joined and not own and not item.spelled:
            item = _with_unit(item, known[-1])
        else:
            has_unit = own
        known.append(item)
    yield from reversed(known)


def _with_unit(item: Quantity, other: Quantity) -> Quantity:
    return replace(item, unit=other.unit, form=other.form, shared=True)
