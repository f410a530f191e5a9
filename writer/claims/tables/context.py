"""What a sentence says around one of its quantities, as far as tables can answer it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from writer.claims.quantities import Quantity
from writer.claims.tables.asked import Asked
from writer.claims.tables.changes import governing, is_compared, nearest, only
from writer.claims.tables.comparatives import compared_kinds
from writer.claims.tables.evidence import NAMED, SURELY_OURS, Evidence
from writer.claims.tables.layout import Layout, layout
from writer.claims.tables.lists import aligned, first_said, run_of, split
from writer.claims.tables.owners import Owners, named_before, owners
from writer.claims.tables.partners import facing, nearest_partner, partners
from writer.claims.tables.rates import rate
from writer.claims.tables.terms import Context, Term, terms
from writer.model.interval import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BEFORE = 0.3
"""What a word of the sentence before weighs, against 1 for one of the same clause."""

NOT_MINE = 0.45
"""What is left of a word that stands right behind another number: "3 tokens in gpt-4o"."""

AROUND = 0.15
"""What a word of the rest of the section weighs."""

DISTANCE = 0.4
"""How fast words weigh less with what stands between them and the number: see :mod:`.layout`."""

OWNED, OWNED_MOST = 1.3, 1.2
"""How much more a word weighs that belongs to this number by the sentence's structure."""

LISTED, UNLISTED = 1.2, 0.1
"""What a word weighs that stands at this number's place in a list, and at another's."""

PRECISE = 3
"""So many digits nearly tell which cell is meant."""

_MEAN = re.compile(
    r"\b(?:on\saverage|average[ds]?|averaging|mean|avg\.?|overall|geometric|geomean|median|in\stotal|typically)\b",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:up\sto|as\s(?:much|high|low|many)\sas|at\smost|maximum|peak|highest|best|at\sbest)\b",
    re.IGNORECASE,
)
_LOWEST = re.compile(r"\b(?:at\sleast|minimum|lowest|as\slow\sas|smallest|worst)\b", re.IGNORECASE)
_US = re.compile(
    r"\b(?:we|our|ours|us|proposed|this\s(?:work|paper|approach|method|system|model)|the\s(?:proposed|resulting))\b",
    re.IGNORECASE,
)
_BEST_BASE = re.compile(
    r"\b(?:state[\s-]of[\s-]the[\s-]art|sota|best|strongest|prior|previous|existing|second|next|competit\w+|leading|closest|top|fastest|the\smost)\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without|w/o|remov(?:es?|ed|ing)|dropping|disabl\w+|ablat\w+|omitting)\b", re.IGNORECASE
)
_FASTER = re.compile(r"\s(?:faster|slower|quicker|cheaper|shorter|longer)\b", re.IGNORECASE)
_ERROR = re.compile(r"\b(?:errors?|relative|error\srate|wer|misclassif\w+)\b", re.IGNORECASE)


_EACH = re.compile(r",?\srespectively\b", re.IGNORECASE)
"""Behind names that each belong to one number: "4x and 11x over A and B, respectively"."""

OWN_UNIT = 1.0
"""What the words of a number's own unit weigh: "142 FPS" speaks of the FPS."""


def ask(
    text: str,
    quantity: Quantity,
    others: Sequence[Quantity],
    before: str,
    around: Context | None,
    evidence: Evidence,
    labels: frozenset[str],
) -> Asked:
    """Read the sentence ``text`` around ``quantity``.

    Args:
        others: every quantity of the sentence.
        before: the sentence before, or the empty string.
        around: words of the whole section, each with :data:`AROUND`.
        labels: of tables that the sentence refers to.
    """
    places, belongs = layout(text, others), owners(text, tuple(others))
    here = list(others).index(quantity)
    first = first_said(text, others, here)
    span = (quantity.start, quantity.end)
    falls = quantity.value < 0 and (quantity.change or quantity.form in ("percent", "points"))
    compared = is_compared(text, quantity) or falls
    spans = partners(text, quantity, others)
    share = _SHARE.match(text, quantity.end) is not None
    wanted = compared or share or quantity.form == "ratio"
    partner = nearest_partner(text, spans, quantity, places) if wanted else None
    subject, base = Context(evidence.short) if around is None else around.copy(), None
    run = run_of(text, others, here)
    listed = aligned(text, quantity, others, run)
    mine = _named_before(text, quantity)
    same = any(_THAT_OF.search(text, 0, start + 1) for start in list(mine)[:1])
    for term in split(text) if listed else terms(text):
        if quantity.start <= term.start < quantity.end:
            continue
        owned = belongs.get(term.start, ())
        own = here in owned or (first in owned and term.start < others[first].start)
        beside = bool(spans) and any(start <= term.start < stop for _, start, stop in spans)
        if beside and not (own and term.start in mine):
            continue
        weight = 1.0 / (1.0 + DISTANCE * places.between(span, (term.start, term.end)))
        if term.start in listed:
            weight = LISTED if listed[term.start] else UNLISTED
        elif own:
            weight = min(OWNED * weight, OWNED_MOST)
        elif owned and not same:
            weight *= NOT_MINE
        subject.add((term,), weight)
    from_start = quantity.role == "from" and not compared
    subject.add(terms(text[quantity.number_end : quantity.end]), OWN_UNIT)
    subject.add(terms(before), BEFORE)
    phrase = ""
    if partner:
        base = Context(evidence.short)
        phrase = text[partner[0] : partner[1]]
        named = [t for t in terms(text) if partner[0] <= t.start < partner[1]]
        if _EACH.match(text, partner[1]):
            named = [term for term in named if listed.get(term.start, True)]
        base.add(named, 1.0)
    whole = _whole(text, quantity)
    start = _start(text, quantity, spans, places, evidence) if from_start else ()
    subject.add(start, 1.0)
    direction, firm = ("down", True) if falls else nearest(text, span, places)
    if compared and not direction:
        direction = only(text[: quantity.start])
    return Asked(
        quantity=_positive(quantity) if falls else quantity,
        subject=subject,
        base=base,
        compared=compared,
        direction=direction,
        aggregate=_aggregate(text, quantity, others, places),
        ours=0.0
        if from_start or _of_another(mine, evidence) or _BASELINE.search(text, 0, quantity.start)
        else _ours(text, evidence, here, belongs),
        best_base=bool(_BEST_BASE.search(phrase)),
        errors=_says(text, _ERROR),
        labels=labels,
        firm=firm and (compared or quantity.form == "ratio"),
        governed=compared and bool(direction) and governing(text, quantity) == direction,
        flipped=falls,
        share=share,
        partner=None
        if compared
        else facing(text, quantity, others, len(run) if "/" in text else 1),
        without=_says(text, _WITHOUT),
        result=_result(text, others, here) if compared or quantity.form == "ratio" else None,
        sole=(compared or quantity.form == "ratio") and only(text) == direction,
        relative=_FASTER.match(text, quantity.end) is not None,
        averages=_says(text, _MEAN),
        kinds=compared_kinds(text, quantity),
        placed=from_start and (bool(start) or _is_placed(text, here, belongs, evidence)),
        rate=rate(text, quantity, evidence),
        setting=_is_setting(text, quantity),
        beside=tuple(
            item
            for item in others
            if item is not quantity and (_precise(item) or item.role in ("from", "to"))
        )
        + whole,
        whole=whole[0] if whole else None,
        others=tuple(item for item in others if item is not quantity and _is_imprecise(item)),
    )


@lru_cache(maxsize=1024)
def _says(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether a sentence has such words anywhere, which is the same for all of its numbers."""
    return pattern.search(text) is not None


_APPOSED = re.compile(r"(?:\s(?!and\b|or\b|while\b|but\b)[^\s,;:()]+){0,4},[^,;:()]{0,50}")


def _result(text: str, others: Sequence[Quantity], here: int) -> Quantity | None:
    """The level right before the change at ``here``: "in 204 ns, 23% faster", if it is precise."""
    if not here:
        return None
    before, quantity = others[here - 1], others[here]
    apposed = _APPOSED.fullmatch(text, before.end, quantity.start)
    joined = re.search(r"\b(?:and|or|while|but)\b", text[before.end : quantity.start])
    if apposed is None or joined or not _precise(before) or is_compared(text, before):
        return None
    return before


_BASELINE = re.compile(r"\bbaselines?\b[^.;,]{0,15}\Z", re.IGNORECASE)
"""Whose number it is then: "(MuSiQue baseline: T = 106.3%)"."""

_LIST = re.compile(r"\((?:[\d.]+\s?%?,\s?){2,}(?:(?:and|or)\s)?[\d.]+\s?%?\)")
"""Settings that were tried: "levels (30%, 50%, 70%)"."""


def _is_setting(text: str, quantity: Quantity) -> bool:
    """Whether a number is one of three or more that stand alone in brackets, or a rough share of
    some things: "half of problems (54.5% and 63.5%)"."""
    if quantity.spelled and text.startswith(" of ", quantity.end):
        return True
    return any(
        match.start() < quantity.start < match.end()
        for match in _LIST.finditer(text, max(0, quantity.start - 80))
    )


def _positive(quantity: Quantity) -> Quantity:
    """A change below zero, told as the fall that it is."""
    return replace(quantity, value=-quantity.value, interval=-quantity.interval)


def _precise(quantity: Quantity) -> bool:
    """Whether the digits alone nearly tell which cell is meant."""
    return quantity.form in ("plain", "percent") and quantity.digits >= PRECISE


def _is_imprecise(quantity: Quantity) -> bool:
    """Whether a number in digits, of a level, may be that of many cells."""
    plain = quantity.form in ("plain", "percent") and quantity.role not in ("from", "to")
    return plain and not quantity.spelled and not _precise(quantity)


_WHOLE = re.compile(r"\s?/\s?(\d{1,7})(?![\d.,/]|\s?[%x×])|\s(?:out\s)?of\s(?:the\s)?(\d{1,7})\b")


def _whole(text: str, quantity: Quantity) -> tuple[Quantity, ...]:
    """What a count is out of: "12/50", "12 of 50"."""
    match = _WHOLE.match(text, quantity.number_end) if quantity.form == "plain" else None
    if match is None or "." in quantity.text:
        return ()
    whole = float(match[1] or match[2])
    if whole < quantity.value:
        return ()
    return (replace(quantity, value=whole, interval=Interval(whole - 0.5, whole + 0.5)),)


_SHARE = re.compile(
    r"\s(?:of|as)\s(?:the|its|all|that|those|our|their|a|an|as|many|much)\b", re.IGNORECASE
)


def _aggregate(text: str, quantity: Quantity, others: Sequence[Quantity], places: Layout) -> str:
    if quantity.hedge == "up to":
        return "max"
    found = []
    span = (quantity.start, quantity.end)
    for name, start, end, reach in _combining(text):
        cost = places.between(span, (start, end))
        if cost < reach:
            first, last = min(end, span[1]), max(start, span[0])
            if not any(first <= item.start < last for item in others if item is not quantity):
                found.append((cost, name))
    if not found and _OPENING_MEAN.search(text, 0, quantity.start) and not _combines(text, others):
        return "mean"
    here = list(others).index(quantity)
    first = first_said(text, others, here)
    if not found and first < here:
        return _aggregate(text, others[first], others, places)
    return min(found)[1] if found else ""


_OPENING_MEAN = re.compile(
    r"(?:^|[.;:]\s|\bthat\s)(?:on\saverage|averag(?:ed|ing)\s(?:over|across)\s[^,.;:]{1,50}),"
    r"[^.;:]*(?:\.\d[^.;:]*)*\Z",
    re.IGNORECASE,
)
"""What opens a clause of which every number is a mean: "On average, X has 9 and Y 7"."""


def _combines(text: str, others: Sequence[Quantity]) -> bool:
    """Whether a number of the sentence is told to be the most or the least of some."""
    return any(item.hedge == "up to" for item in others) or any(
        name != "mean" for name, *_ in _combining(text)
    )


@lru_cache(maxsize=256)
def _combining(text: str) -> tuple[tuple[str, int, int, float], ...]:
    """Words of a sentence that say how values are combined, and how far each of them reaches."""
    return tuple(
        (name, *match.span(), reach)
        for name, pattern, reach in (
            ("mean", _MEAN, 2.2),
            ("max", _UP_TO, 0.4),
            ("min", _LOWEST, 0.4),
        )
        for match in pattern.finditer(text)
    )


_THAT_OF = re.compile(r"\b(?:that|those)\sof\s(?:the\s)?\w$")
"""Before a name: what is said of the other number is said of this one as well."""


def _named_before(text: str, quantity: Quantity) -> Mapping[int, Term]:
    """The words of the name right before a level, by their starts: "Weir's 0.57"."""
    first = named_before(text, quantity)
    if first is None or is_compared(text, quantity):
        return {}
    found = (term for term in terms(text) if first <= term.start < quantity.start)
    return {term.start: term for term in found}


def _of_another(mine: Mapping[int, Term], evidence: Evidence) -> bool:
    """Whether a number's own words name another row or column than the proposal's."""
    if not mine or any(term.joined in evidence.names for term in mine.values()):
        return False
    said = _entities(mine.values(), evidence)
    return bool((said & (evidence.ours < SURELY_OURS)).any())


def _entities(words: Iterable[Term], evidence: Evidence) -> NDArray[np.bool_]:
    """Which lines, of those that are no quantity, some words name."""
    own = Context(evidence.short)
    own.add(words, 1.0)
    said: NDArray[np.bool_] = evidence.coverage(evidence.met(own)) >= NAMED
    return said & evidence.entities


def _is_placed(text: str, here: int, belongs: Owners, evidence: Evidence) -> bool:
    """Whether the words that belong to the number at ``here`` alone name a row or column that is
    no quantity."""
    mine = [term for term in terms(text) if belongs.get(term.start) == (here,)]
    return bool(mine) and bool(_entities(mine, evidence).any())


def _start(
    text: str,
    quantity: Quantity,
    spans: Sequence[tuple[int, int, int]],
    places: Layout,
    evidence: Evidence,
) -> tuple[Term, ...]:
    """The words behind "relative to" or "than" that name where a change starts; none where they
    name no row or column: "relative to plain tuning, accuracy rises from 94.2% to 97.6%"."""
    partner = nearest_partner(text, spans, quantity, places)
    if not partner:
        return ()
    named = tuple(term for term in terms(text) if partner[0] <= term.start < partner[1])
    return named if _entities(named, evidence).any() else ()


def _ours(text: str, evidence: Evidence, here: int, belongs: Owners) -> float:
    """How surely the number is said of the proposal; "ours 79.8%" speaks of that number only."""
    spoken = terms(text)
    for match in _US.finditer(text):
        after = next((term.start for term in spoken if term.start >= match.start()), -1)
        if here in belongs.get(after, (here,)):
            return 1.0
    if any(term.joined in evidence.names for term in spoken):
        return 1.0
    return 0.6
