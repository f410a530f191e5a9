"""Numbers in words: nine, twice, a third, two-fold, an order of magnitude."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writer.claims.quantities.hedges import REACH, hedge, widened
from writer.claims.quantities.points import are_points
from writer.claims.quantities.quantity import Quantity
from writer.claims.quantities.units import FORMS, noun_at, unit_at
from writer.claims.quantities.zeros import zeros
from writer.model.interval import Interval

SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "single": 1,
}  # fmt: skip
_UNITS = {word: value for word, value in SPELLED.items() if value < 10 and word != "single"}
_TENS = {word: value for word, value in SPELLED.items() if value >= 20}
_LARGE = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_MULTIPLES = {
    "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "doubling": 2,
    "thrice": 3, "triple": 3, "triples": 3, "tripled": 3, "tripling": 3,
    "quadruple": 4, "quadruples": 4, "quadrupled": 4, "quadrupling": 4,
    "half": 0.5, "halves": 0.5, "halved": 0.5, "halving": 0.5,
} | {
    f"{word}{hyphen}fold": value
    for word, value in (*_UNITS.items(), ("ten", 10), ("hundred", 100))
    for hyphen in ("", "-")
    if value > 1
}  # fmt: skip
_PARTS = {
    "half": 0.5, "third": 1 / 3, "quarter": 0.25, "fourth": 0.25, "fifth": 0.2, "sixth": 1 / 6,
    "eighth": 0.125, "tenth": 0.1,
}  # fmt: skip

_COMPOUND = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})-(?P<ones>{'|'.join(_UNITS)})|(?P<count>an?|{'|'.join(SPELLED)}))"
    rf"(?:[\s-](?P<large>{'|'.join(_LARGE)}))?\b(?![\s-](?:{'|'.join(_LARGE)})\b)",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    rf"\b({'|'.join(sorted(_MULTIPLES, key=len, reverse=True))})\b", re.IGNORECASE
)
_FRACTION = re.compile(
    rf"\b(one|two|three|four|an?)[\s-]({'|'.join(f'{part}s?' for part in _PARTS)})\b"
    r"(?!\s(?:quartile|percentile))(?!-)"
    r"|\b(an|one|two|three|four|five|six|\d(?:\.\d)?)[\s-]orders?[\s-]of[\s-]magnitude\b"
    r"|(?<=[–-])(\d)\sorders?[\s-]of[\s-]magnitude\b",
    re.IGNORECASE,
)
_QUOTIENT = re.compile(r"(?<![\w./-])(\d{1,2})/(\d{1,2})(?![\w./])")
_APART = {ord(mark): " " for mark in "-–—/()[]{}.,;:!?\"'=<>≤≥~∼≈≃±+$€£¥|\u202f"}
_COUNT_WORDS = frozenset((*SPELLED, *_LARGE))
_MULTIPLE_WORDS = frozenset(("fold", *_MULTIPLES))
_FRACTION_WORDS = frozenset((*_PARTS, *(f"{part}s" for part in _PARTS), "order", "orders"))
_OF = re.compile(r"\s(?:of|that|those|the|as)\b")
_OF_THINGS = re.compile(
    r"\sof\s(?:all\s|the\s|its\s|our\s)*(?:\w+\s)?(?:tasks|requests|jobs|queries|users|cases|samples"
    r"|participants|tests|questions|instances)\b"
)
_TURNED = re.compile(
    r"\s(?:lower|higher|faster|slower|less|more|shorter|longer|fewer|smaller|larger|cheaper)\b"
)
_BY = re.compile(r"\bby\s(?:\w+\s){0,2}\Z", re.IGNORECASE)
_BY_QUOTIENT = re.compile(
    r"\bby\s(?:\w+\s){0,2}\d{1,2}/\d{1,2}\s?(?:[-\u2013]|to|or|and)\s?\Z", re.IGNORECASE
)
"""Before the other end of "by 1/3 to 1/2"."""

_FACTOR = re.compile(
    r"\b(?:factors?\s+of|multipl\w+\s(?:[\w-]+\s){1,6}?by)\s+(?:up\s+to\s+|about\s+|almost\s+"
    r"|nearly\s+|over\s+|more\s+than\s+|roughly\s+|around\s+|approximately\s+|[~≈]\s?)?\Z",
    re.IGNORECASE,
)
_IDLE = re.compile(r"\s(?:another|or\sthe\sother|hand|side|way)\b", re.IGNORECASE)


def spelled(sentence: str) -> Iterator[Quantity]:
    """Fractions and multiples, which stand before numbers that overlap with them."""
    words = _words(sentence)
    if not words.isdisjoint(_FRACTION_WORDS):
        yield from fractions(sentence)
    if not words.isdisjoint(_MULTIPLE_WORDS):
        yield from halves(sentence)
        yield from multiples(sentence)
    if "/" in sentence:
        yield from quotients(sentence)
    if not words.isdisjoint(_COUNT_WORDS):
        yield from counts(sentence)
    if "zero" in words:
        yield from zeros(sentence)


def _words(sentence: str) -> frozenset[str]:
    """The words of a sentence in lower case, compounds taken apart."""
    return frozenset(sentence.lower().translate(_APART).split())


def is_factor(before: str) -> bool:
    """Whether ``before`` ends in "a factor of" or "multiplies it by"."""
    tail = before[-70:]
    return ("factor" in tail or "ultipl" in tail) and _FACTOR.search(tail) is not None


def counts(sentence: str) -> Iterator[Quantity]:
    """ "nine", "twenty-five", "a hundred", "two million": only with a unit or a noun behind."""
    for match in _COMPOUND.finditer(sentence):
        article = (match["count"] or "").lower() in ("a", "an")
        if article and not match["large"]:
            continue
        start, end = match.span()
        if match[0].lower() == "single" and sentence.startswith("-", end):
            continue  # "single-cell": of one kind, and no count
        if "-to-" in (sentence[end : end + 4], sentence[max(start - 4, 0) : start]):
            continue  # "one-to-one"
        value = _value(match)
        before = sentence[max(start - REACH, 0) : start]
        noun, unit = noun_at(sentence, end), unit_at(sentence, end)
        factor = is_factor(before)
        if not (unit or noun or factor or sentence[end : end + 1] in " -"):
            continue
        if (not unit and not noun and not factor and not _follows(sentence, end)) or _IDLE.match(
            sentence, end
        ):
            continue
        symbol, stop = unit or ("", end)
        if symbol == "pp" and not are_points(sentence, before, end, stop):
            continue  # "one point at each iteration"
        if factor and not symbol:
            symbol = "x"
        if symbol == "x" and not factor and _is_thing(sentence, start, stop):
            continue
        near = unit is not None or factor or match["large"] is not None
        half = value / 20 if match["large"] else 0.5
        interval = Interval(value - half, value + half) if near else Interval.exact(value)
        name = hedge(sentence, start, end)
        yield Quantity(
            start, stop, end, sentence[start:stop], value, symbol or noun,
            FORMS.get(symbol, "plain"), widened(interval, value, str(value), name), name,
            spelled=True,
        )  # fmt: skip


_NEXT = re.compile(r"[\s-]([A-Za-z]+)\b")


def _follows(sentence: str, end: int) -> bool:
    return _NEXT.match(sentence, end) is not None


def _value(match: re.Match[str]) -> float:
    if match["tens"]:
        value = _TENS[match["tens"].lower()] + _UNITS[match["ones"].lower()]
    else:
        value = SPELLED.get(match["count"].lower(), 1)
    return float(value * _LARGE.get((match["large"] or "").lower(), 1))


_THINGS = frozenset(("triple", "triples", "quadruple", "quadruples"))
"""Multiples that are things as often, in graphs and in tests."""

_ADJECTIVES = frozenset(("double",))
"""Multiples that are of a kind as often: "a double weighted graph", "double-blind"."""

_HALVES = frozenset(("half", "halves"))
_WHICH = re.compile(
    r"\b(?:first|second|latter|former|other|left|right|upper|lower|top|bottom|large|small|larger"
    r"|smaller|each|either|both|two|into|these)\s\Z",
    re.IGNORECASE,
)
"""Before a half that is one of two parts: "the second half", "two halves"."""

_GIVES = re.compile(
    r"\b(?:achiev\w+|provid\w+|giv\w+|reach\w*|offer\w*|yield\w*|deliver\w*|obtain\w*|attain\w*|needs?"
    r"|needed|requir\w+|takes?|taking|costs?|us(?:e|es|ed|ing)|ha[sd]|have|having|with)\s\Z",
    re.IGNORECASE,
)
_MULTIPLIED = re.compile(
    r"\s(?:the|its|their|our|that|those|this|these|what|as|in|from|when|if|compared)\b"
    r"|\s?(?:[.,;:)]|$)|\s[\d$]",
    re.IGNORECASE,
)
"""Behind a multiple: what is multiplied is named, or none is."""

_MANY = re.compile(
    r"\b(?:than|almost|nearly|about|roughly|around|to|even|over|can|would|could|will|may)\s\Z",
    re.IGNORECASE,
)
_ITS = re.compile(r"\s(?:the|its|their|our|that|those|this|these)\b", re.IGNORECASE)
_LISTED = re.compile(
    r"\b(?:is|are|was|were|be|as)\s(?:\w+ly\s|also\s)?\Z", re.IGNORECASE
)  # fmt: skip
_LIST = re.compile(r"\s?(?:[:.,;\u2014\u2013]|$|and\s(?:can|include|are)\b)", re.IGNORECASE)


def _is_thing(sentence: str, start: int, end: int) -> bool:
    """Whether a multiple is a noun, "(s, r, o) triples", or says how many points follow.

    "The contributions are threefold: first ..." multiplies nothing.
    """
    word = sentence[start:end].lower()
    before = sentence[max(start - 20, 0) : start]
    if word in _THINGS:
        return not (_MANY.search(before) or _ITS.match(sentence, end))
    if word in _ADJECTIVES:
        return sentence.startswith("-", end) or not (
            _MANY.search(before) or _GIVES.search(before) or _MULTIPLIED.match(sentence, end)
        )
    if word in _HALVES:
        return sentence.startswith("-", end) or _WHICH.search(before) is not None
    if word.endswith("fold"):
        return bool(_LISTED.search(before) and _LIST.match(sentence, end))
    return False


def multiples(sentence: str) -> Iterator[Quantity]:
    """ "twice", "two-fold", "half", "halves"."""
    for match in _MULTIPLE.finditer(sentence):
        if _is_thing(sentence, *match.span()):
            continue
        value = float(_MULTIPLES[match[1].lower()])
        before = sentence[max(match.start() - REACH, 0) : match.start()]
        if match[0].lower() == "half" and _BY.search(before):
            yield _ratio(sentence, match.span(), 50.0, Interval(45.0, 55.0), "percent")
            continue
        half = 0.05 if value < 1 else value / 20 if value > 10 else 0.5
        yield _ratio(sentence, match.span(), value, Interval(value - half, value + half))


_ORDINAL = re.compile(
    r"\s(?!(?:of|as|in|on|at|to|from|by|for|with|without|when|while|where|if|and|or|but|over|under"
    r"|than|that|those|compared|relative|against|versus|vs|across|using|per|after|before|during"
    r"|because|since|due|thanks|respectively|here)\b)[a-z]",
)


def _is_ordinal(sentence: str, match: re.Match[str]) -> bool:
    """Whether a part tells which one it is: "by a third party", not "by a third on average"."""
    if match[1].lower() not in ("a", "an") or match[2].lower() in ("half", "quarter"):
        return False
    behind = _ORDINAL.match(sentence, match.end())
    return behind is not None and _TURNED.match(sentence, match.end()) is None


_OTHER_WAY = {"over": "under", "under": "over"}


def fractions(sentence: str) -> Iterator[Quantity]:
    """ "two thirds of", "a third lower", "by a quarter", "an order of magnitude"."""
    for match in _FRACTION.finditer(sentence):
        orders = match[3] or match[4]
        if orders:
            count = float(orders) if orders[0].isdigit() else SPELLED.get(orders.lower(), 1)
            value = 10.0**count
            yield _ratio(sentence, match.span(), value, Interval(value / 2, value * 2))
            continue
        value = SPELLED.get(match[1].lower(), 1) * _PARTS[match[2].lower().rstrip("s")]
        if value >= 1:
            continue
        half = min(0.05, value / 4)
        whole = _OF.match(sentence, match.end()) is not None
        if whole and not _OF_THINGS.match(sentence, match.end()):
            yield _ratio(sentence, match.span(), value, Interval(value - half, value + half))
        elif _is_ordinal(sentence, match):
            continue
        elif (
            whole
            or match[1].lower() not in ("a", "an")
            or _TURNED.match(sentence, match.end())
            or _BY.search(sentence[max(match.start() - REACH, 0) : match.start()])
        ):
            low, high = 100 * (value - half), 100 * (value + half)
            yield _ratio(sentence, match.span(), 100 * value, Interval(low, high), "percent")


_AND_A_HALF = re.compile(
    rf"\b({'|'.join(_UNITS)}|ten|twelve)\s(?:\w+\s)?and\s(?:a|one)[\s-]half\b", re.IGNORECASE
)


def halves(sentence: str) -> Iterator[Quantity]:
    """ "two and a half times", "one and a half hours"."""
    for match in _AND_A_HALF.finditer(sentence):
        unit = unit_at(sentence, match.end())
        if unit is None:
            continue
        value = SPELLED[match[1].lower()] + 0.5
        start, end = match.span()
        name = hedge(sentence, start, end)
        interval = widened(Interval(value - 0.25, value + 0.25), value, "1.5", name)
        symbol, stop = unit
        yield Quantity(
            start, stop, end, sentence[start:stop], value, symbol, FORMS.get(symbol, "plain"),
            interval, name, spelled=True,
        )  # fmt: skip


def quotients(sentence: str) -> Iterator[Quantity]:
    """ "1/3 of the size", "by 1/2"."""
    for match in _QUOTIENT.finditer(sentence):
        above, below = int(match[1]), int(match[2])
        before = sentence[max(match.start() - REACH, 0) : match.start()]
        by, whole = _BY.search(before), _OF.match(sentence, match.end())
        by = by or _BY_QUOTIENT.search(before)
        if not 0 < above < below or not (by or whole):
            continue
        value = above / below
        interval = Interval(value * 0.9, value * 1.1)
        if by:
            yield _ratio(sentence, match.span(), 100 * value, interval.scaled(100), "percent")
        else:
            yield _ratio(sentence, match.span(), value, interval)


def _ratio(
    sentence: str, span: tuple[int, int], value: float, interval: Interval, form: str = "ratio"
) -> Quantity:
    start, end = span
    name = hedge(sentence, start, end)
    if sentence[start:end].lower().startswith("halv"):  # more than halved is less than half
        name = _OTHER_WAY.get(name, name)
    unit = "%" if form == "percent" else "x"
    interval = widened(interval, value, "1", name)
    return Quantity(
        start, end, end, sentence[start:end], value, unit, form, interval, name, spelled=True
    )
