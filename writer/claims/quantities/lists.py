"""What the numbers of a sentence owe to each other: shared units, ranges, changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from writer.claims.quantities.digits import plain, printed
from writer.claims.quantities.quantity import Quantity
from writer.model.currency import CURRENCIES
from writer.model.interval import Interval, hull

_JOIN = re.compile(
    r"\s?(?:,|,?\s?and|or|-?to-?|[\u2013\u2014\u2212~∼-]|±|against|versus|vs\.?|instead\sof"
    r"|rather\sthan|(?:up\s|down\s)to|\.\.\.|/)\s?\Z",
    re.IGNORECASE,
)
_DASH = re.compile(
    r"(?:\s?(?:[\u2013\u2014\u2212~∼-]|\.\.\.)\s?|\s(?:to|through)\s|-to-)(?:up\sto\s)?\Z"
)
_AND = re.compile(r"\s(?:and|to)\s\Z")
_TO = re.compile(
    r",?\s(?:(?:[\w$%.()-]+\s){0,5}?)(?:down\s|up\s)?to\s(?:about\s|only\s|just\s|around\s|nearly\s"
    r"|over\s|under\s|[~≈]\s?)?[$€£¥]?\Z"
)
_BETWEEN = re.compile(r"\b(?:between|both)\s(?:about\s|around\s|[~≈]\s?)?[$€£¥+]?\Z", re.IGNORECASE)
_FROM = re.compile(
    r"\bfrom\s(?:(?:a|an|the|about|around|over|under|roughly|only|just|[a-z]+\s(?:of|at))\s){0,2}"
    r"[~≈]?\s?[$€£¥+]?\Z",
    re.IGNORECASE,
)
_RANGING = re.compile(
    r"\b(?:rang\w+|var(?:y|ies|ied|ying)|span\w*)\s(?:\w+\s){0,3}from\s", re.IGNORECASE
)
_CHANGES = re.compile(
    r"(?P<verb>\b(?:increas|improv|rais|lift|boost|lower|decreas|cut|reduc)\w*\s(?:[\w-]+\s){0,3}?)?"
    r"\b(?:(?:reduction|saving|improvement|gain|speed-?up|slow-?down|overhead)\s(?:rate|ratio|percentage"
    r"|factor|level)s|reductions|savings|improvements|speed-?ups|slow-?downs|overheads)\s"
    r"(?:anywhere\s)?from\s\Z|\b(?:by|of)\sfrom\s\Z|\banywhere\sfrom\s\Z",
    re.IGNORECASE,
)
"""Before the two ends of what several changes are: "reductions from 10% to 96%"; not of what has
itself changed: "raised the savings from 10% to 30%"."""


def related(sentence: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """The same quantities with the units they share, and the ends of ranges and changes told."""
    found = list(_ranges(sentence, _differences(sentence, _inherit(sentence, found))))
    return tuple(_slashed(sentence, found) if "/" in sentence else found)


def _slashed(sentence: str, items: list[Quantity]) -> list[Quantity]:
    """Tell the ends of changes of several numbers at once: "from 0.81/0.79 to 0.85/0.83"."""
    runs: list[list[Quantity]] = []
    for item in items:
        if runs and sentence[runs[-1][-1].end : item.start].strip() == "/":
            runs[-1].append(item)
        else:
            runs.append([item])
    for index, (one, other) in enumerate(pairwise(runs)):
        begun = _FROM.search(sentence[max(one[0].start - 40, 0) : one[0].start])
        between = sentence[one[-1].end : other[0].start]
        if len(one) == len(other) > 1 and begun and _TO.fullmatch(between):
            runs[index] = [replace(item, role="from") for item in one]
            runs[index + 1] = [replace(item, role="to") for item in other]
    return [item for run in runs for item in run]


def _differences(sentence: str, items: list[Quantity]) -> list[Quantity]:
    """Make points of the signed number in "70.0% (+0.9)": it differs in the share's unit."""
    found = items[:1]
    for before, item in pairwise(items):
        opened = (
            sentence[before.end : item.start] == " (" and sentence[item.end : item.end + 1] == ")"
        )
        if opened and item.text[0] in "+-\u2212" and before.form == "percent" and not item.unit:
            item = replace(item, unit="pp", form="points", change=True)
        elif _goes_on(sentence, before, item):
            item = replace(item, change=True)
        found.append(item)
    return found


_CASE = re.compile(r"\s(?:when|with|if|for|on|under|without|in)\s")


def _goes_on(sentence: str, before: Quantity, item: Quantity) -> bool:
    """Whether "by 10% (16% when ...)" tells the change before for another case."""
    return (
        before.change
        and before.form == item.form == "percent"
        and sentence[before.end : item.start] in (" (", ", and ", " and ")
        and (_CASE.match(sentence, item.end) is not None)
    )


def _inherit(sentence: str, found: list[Quantity]) -> list[Quantity]:
    """Give "9.02 and 9.58 tasks/s" one unit: a bare number takes that of the next in its list."""
    known: list[Quantity] = []
    has_unit = False
    for item in reversed(found):
        own = item.form != "plain" or item.end > item.number_end or item.unit in CURRENCIES
        joined = bool(known) and _JOIN.fullmatch(sentence, item.end, known[-1].start) is not None
        scaled = item.text[-1:].isalpha()  # "at 8K and 4.4x faster"
        signed = bool(known) and known[-1].text[0] == "+" != item.text[0]
        if has_unit and joined and not (own or item.spelled or scaled or signed):
            item = replace(item, unit=known[-1].unit, form=known[-1].form, shared=True)
        else:
            has_unit = own
        known.append(item)
    return known[::-1]


def _ranges(sentence: str, items: list[Quantity]) -> Iterator[Quantity]:
    index = 0
    while index < len(items):
        pair = _pair(sentence, items, index)
        yield from pair or (items[index],)
        index += 2 if pair else 1


def _pair(sentence: str, items: list[Quantity], index: int) -> tuple[Quantity, Quantity] | None:
    """The two ends of a range or of a change that begins with item ``index``."""
    if index + 1 >= len(items):
        return None
    one, other = items[index], items[index + 1]
    between = sentence[one.end : other.start]
    before = sentence[max(one.start - 40, 0) : one.start]
    if len(between) > 60 or other.hedge == "±":
        return None
    ranging = _RANGING.search(sentence[max(one.start - 60, 0) : one.start])
    if between == " to " and _tells_changes(sentence, one, other):
        return _ends(replace(one, change=True), other, between)
    changed = not ranging and _FROM.search(before) and _TO.fullmatch(between)
    if changed or between.strip() in ("→", "->"):
        one = one if one.unit else replace(one, unit=other.unit, form=other.form, shared=True)
        return replace(one, role="from"), replace(other, role="to")
    if (_BETWEEN.search(before) and _AND.fullmatch(between)) or _DASH.fullmatch(between):
        return _ends(one, other, between)
    return None


def _tells_changes(sentence: str, one: Quantity, other: Quantity) -> bool:
    """Whether "from" before a number begins a range of changes, and no change."""
    if other.form == "plain" or one.value > other.value:
        return False
    found = _CHANGES.search(sentence[max(one.start - 60, 0) : one.start])
    return found is not None and not found["verb"]


MOST_ORDERS = 6
"""So many orders of magnitude are told at most."""


def _ends(one: Quantity, other: Quantity, between: str) -> tuple[Quantity, Quantity] | None:
    """The two as the ends of a range, if they can be."""
    orders = one.form == "plain" or one.shared
    if "magnitude" in other.text and orders and 1 <= one.value <= MOST_ORDERS:
        value = 10.0**one.value  # "one to two orders of magnitude"
        within = Interval(value / 2, value * 2)
        one = replace(one, value=value, form="ratio", unit="x", interval=within, shared=True)
    if one.form != other.form or one.value > other.value:
        return None
    if between.strip() in ("~", "∼") and other.hedge == "about":
        other = replace(other, hedge="", interval=_narrowed(other))
    if one.hedge in ("over", "under"):  # "within 2-18x": no bound, a range has two
        one = replace(one, hedge="", interval=_narrowed(replace(one, interval=other.interval)))
    within = hull((one.interval.lo, one.interval.hi, other.interval.lo, other.interval.hi))
    change = one.change or other.change
    if not one.unit:
        one = replace(one, unit=other.unit, shared=True)
    return (
        replace(one, role="low", range=within, change=change),
        replace(other, role="high", range=within, change=change),
    )


def _narrowed(item: Quantity) -> Interval:
    """The interval that the digits alone allow."""
    digits = re.match(r"[^\s%×xA-Za-z]+", item.text)
    alone = printed(plain(digits[0])) if digits else None
    if alone is None or item.value not in alone:
        return item.interval if item.value in item.interval else Interval.exact(item.value)
    return alone
