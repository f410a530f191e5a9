"""All quantities of a sentence, in order."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from writer.claims.quantities import digits as numbers
from writer.claims.quantities.commas import pointed
from writer.claims.quantities.hedges import hedge, widened
from writer.claims.quantities.lists import related
from writer.claims.quantities.names import addresses, idiom_end, names
from writer.claims.quantities.points import BY, TURNS, are_points
from writer.claims.quantities.quantity import Quantity
from writer.claims.quantities.spelled import is_factor, spelled
from writer.claims.quantities.spreads import closed_behind, spread_end, without_spreads
from writer.claims.quantities.units import FORMS, counts_events, noun_at, unit_at
from writer.model.currency import currency_before

_JOINED = frozenset("-\u2013\u2014%)×")
_SYMBOL = re.compile(r"(?<![\w])([A-Za-zα-ωΑ-Ω][\w@^{}|-]{0,30})\s?[=<>≤≥≈]\s?\Z")
_EQUALS = frozenset("=<>\u2264\u2265\u2248")
_ONE = re.compile(r"(?:^|\s)(?:an?|each|every|this|single)\s\Z", re.IGNORECASE)
_ABSOLUTE = re.compile(
    r"\babsolute\s(?:[\w-]+\s){0,3}(?:of|by)\s(?:up\sto\s|about\s)?[+]?\Z", re.IGNORECASE
)
_SIGN_APART = re.compile(r"[=\u2248]\s?([-\u2212]\s)\Z")
"""A minus sign with a space behind it: "= - 8.64"."""

_POWER = re.compile(r"\^\{?[-\u2212\u2013]\Z")
_GAINED = re.compile(
    r"(?:\s(?:of|for|in)\s(?:[\w-]+\s){0,3}?(?:overheads?|savings?|reductions?|improvements?|gains?"
    r"|speed-?ups?)|\s(?:[\w-]+\s){0,3}?(?:is|are|was|were|can\sbe|could\sbe)\s"
    r"(?:saved|reduced|cut|eliminated)|\s\(?relative)\b",
    re.IGNORECASE,
)
"""Behind a share that is a change: "50% of size overhead", "96% energy is saved"."""

_VERB = re.compile(
    r"\b(?:reduc|sav|cut|lower|improv|increas|decreas|boost)(?:es?|s|ed|ing|ting)?\s"
    r"(?:(?:up\sto|about|around|over|more\sthan|at\sleast|nearly|almost|roughly)\s|[~\u2248+>]\s?)?"
    r"(?:[\d.]+\s?%?\s?(?:[-\u2013\u2212]|to|and|or)\s?)?\Z",
    re.IGNORECASE,
)
"""Before one: "saves 12-18% system energy"."""

_WITHIN = re.compile(r"\bwithin\s\Z", re.IGNORECASE)
_OF = re.compile(r"\s(?:[A-Za-z][\w@-]*\s){0,2}?of\b")
"""Around a difference: "within 0.08 AUC of the oracle"."""

_TURNED = re.compile(
    r"(?:improve\w*|reduc\w+|increas\w+|decreas\w+|gains?|drops?|sav\w+|speed-?ups?|boost\w*|declin\w+)"
    r"\s(?:of|by)\s(?:(?:up\sto|about|around|over|more\sthan|at\sleast|an?)\s|[~≈+>]\s?)?\Z",
    re.IGNORECASE,
)


def quantities(sentence: str, *, comma: bool | None = None) -> tuple[Quantity, ...]:
    """Every quantity of ``sentence``, in order.

    Args:
        sentence: plain text.
        comma: whether the paper prints decimal commas, as
            :func:`writer.model.printed.prints_decimal_commas` tells; None leaves it to what is
            clear in the sentence. The texts of the quantities have decimal points always.

    A spelled-out number counts only with a unit or a noun behind it. Numbers that are
    names (ResNet-50, Table 3, a year, O(1), version numbers) are no quantities.
    """
    if _DIGIT.search(sentence) is None:
        return _among(sentence, [*spelled(sentence)])
    return _found(pointed(sentence, comma=comma))


_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=8192)
def _found(sentence: str) -> tuple[Quantity, ...]:
    return _among(sentence, [*spelled(sentence), *_digits(sentence)])


def _among(sentence: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    return without_spreads(sentence, related(sentence, _apart(found))) if found else ()


def _apart(found: list[Quantity]) -> list[Quantity]:
    """The items in order; of two that overlap, the one that was found first."""
    kept: list[tuple[int, Quantity]] = []
    for rank, item in sorted(enumerate(found), key=lambda pair: pair[1].start):
        if not kept or item.start >= kept[-1][1].end:
            kept.append((rank, item))
        elif rank < kept[-1][0]:
            kept[-1] = (rank, item)
    return [item for _, item in kept]


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a span holds ``position``; the spans are in order and do not overlap."""
    index = bisect_right(spans, (position, sys.maxsize)) - 1
    return index >= 0 and spans[index][0] <= position < spans[index][1]


def _digits(sentence: str) -> Iterator[Quantity]:
    masked: list[tuple[int, int]] | None = None
    done = 0
    for match in numbers.DIGITS.finditer(sentence):
        if masked is None:
            masked = addresses(sentence)
        start, end = match.span(1)
        if start < done or (masked and (_within(start, masked) or _within(end - 1, masked))):
            continue
        text = match[1]
        last = sentence[max(start - 1, 0) : start]
        if last and _POWER.search(sentence[max(start - 3, 0) : start]):
            continue  # "cm^-2"
        if text[0] in "-+\u2212" and (last.isalnum() or last in _JOINED):
            start, text = start + 1, text[1:]  # "P-99", "1-2": a hyphen, no sign
        apart = _SIGN_APART.search(sentence[max(start - 4, 0) : start])
        if apart:
            start, text = start - len(apart[1]), apart[1] + text
        done = idiom_end(sentence, start, end)
        if done:
            continue
        tail = spread_end(sentence, start, end)
        item = _quantity(sentence, start, end, text, tail)
        if item is None:
            continue
        done = tail if tail > end else 0
        closed = closed_behind(sentence, start, end)
        if closed is not None:
            item, done = _times_ten(item, closed[0]) if closed[0] else item, closed[1]
            item = _of_both(sentence, item, done)
        yield item


def _of_both(sentence: str, item: Quantity, end: int) -> Quantity:
    """The same with the unit that it shares with its error: "(1.2 ± 0.3) ms"."""
    unit = None if item.unit else unit_at(sentence, end)
    if unit is None:
        return item
    return replace(item, unit=unit[0], form=FORMS.get(unit[0], "plain"), shared=True)


def _times_ten(item: Quantity, power: int) -> Quantity:
    """The same quantity times a power of ten."""
    try:
        value = float(f"{item.value * 10.0**power:.15g}")
        return replace(item, value=value, interval=item.interval.scaled(10.0**power))
    except (OverflowError, ValueError):
        return item


def _quantity(sentence: str, start: int, end: int, text: str, tail: int) -> Quantity | None:
    """The number at ``start:end`` with what stands around it; ``None`` for a name.

    Its error, if one is printed, ends at ``tail``: the unit stands behind that.
    """
    if tail > end:
        item = _quantity(sentence[:end] + sentence[tail:], start, end, text, end)
        if item is None:
            return None
        return replace(item, end=end, number_end=end, text=sentence[start:end])
    unit = unit_at(sentence, end)
    if unit is not None and unit[0] == "x" and counts_events(sentence, start, end):
        unit = ("times", unit[1])
    scale, number_end = (1.0, end) if unit else numbers.scale_at(sentence, end)
    if number_end != end:
        unit = unit_at(sentence, number_end)
    elif unit is None and _is_part_of_name(sentence, end):
        return None
    symbol, stop = unit or ("", number_end)
    before = sentence[max(start - 70, 0) : start]
    plus = sentence.startswith("+", number_end)
    one = _ONE.search(before[-9:]) is not None
    noun = "" if symbol else noun_at(sentence, number_end + plus, one=one)
    bare = start + (text[0] in "-+\u2212")
    if names(sentence, bare, end, symbol, noun):
        return None
    digits = numbers.plain(text)
    interval = numbers.printed(digits)
    if interval is None:
        return None
    symbol, form = _form(before, symbol)
    if form == "points" and text.isdecimal() and not are_points(sentence, before, end, stop):
        symbol, form = "points", "plain"
    value = numbers.number(digits) * scale
    name = hedge(sentence, start, stop)
    number = widened(interval, numbers.number(digits), digits, name).scaled(scale)
    equals = _SYMBOL.search(before) if before.rstrip()[-1:] in _EQUALS else None
    return Quantity(
        start,
        stop,
        number_end,
        sentence[start:stop],
        value,
        symbol or ("" if equals else noun),
        form,
        number,
        name,
        change=_is_signed(text, equals)
        or _is_change(sentence, before, stop, form)
        or (not symbol and "." in text and _is_near(sentence, before, number_end)),
        symbol=equals[1] if equals else "",
    )


def _form(before: str, unit: str) -> tuple[str, str]:
    """The unit with what stands before the number, and the form."""
    if not unit and is_factor(before):
        unit = "x"
    unit = unit or currency_before(before)
    if not unit and before[-1:] in ("×", "x", "X") and not before[-2:-1].isalnum():
        unit = "x"
    if unit == "%" and "absolute" in before and _ABSOLUTE.search(before):
        unit = "pp"
    return unit, FORMS.get(unit, "plain")


def _is_change(sentence: str, before: str, end: int, form: str) -> bool:
    if form == "points":
        return True
    tail = before[-40:]
    folded = tail.lower()
    if "by" in folded and BY.search(tail):
        return True
    if ("of" in folded or "by" in folded) and _TURNED.search(tail):
        return True
    return form == "percent" and (
        TURNS.match(sentence, end) is not None
        or _GAINED.match(sentence, end) is not None
        or _VERB.search(tail) is not None
    )


def _is_near(sentence: str, before: str, end: int) -> bool:
    return _WITHIN.search(before[-10:]) is not None and _OF.match(sentence, end) is not None


def _is_signed(text: str, equals: re.Match[str] | None) -> bool:
    """Whether a sign tells a change: a plus, not in "r = +0.74", and any in "\u0394 = -0.3"."""
    if equals is None:
        return text[0] == "+"
    return text[0] in "+-\u2212" and equals[1][0] in "\u0394\u03b4"


def _is_part_of_name(sentence: str, end: int) -> bool:
    """ "3D", "2nd", "5^th": letters behind a number that are no unit."""
    after = sentence[end : end + 1]
    return after == "^" or after.isalpha() or after == "_"
