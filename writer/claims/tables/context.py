"""What a sentence says around one of its quantities, as far as tables can answer it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from writer.claims.quantities import Quantity
from writer.claims.tables.changes import is_compared, nearest
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.layout import Layout
from writer.claims.tables.partners import facing, nearest_partner, partners
from writer.claims.tables.terms import Context, Term, terms

BEFORE = 0.3
"""What a word of the sentence before weighs, against 1 for one of the same clause."""

NOT_MINE = 0.45
"""What is left of a word that stands right behind another number: "3 tokens in gpt-4o"."""

AROUND = 0.15
"""What a word of the rest of the section weighs."""

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
    r"\b(?:state[\s-]of[\s-]the[\s-]art|sota|best|strongest|prior|previous|existing|second|next|competit\w+|leading|closest|top)\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without|w/o|remov(?:es?|ed|ing)|dropping|disabl\w+|ablat\w+|omitting)\b", re.IGNORECASE
)
_ERROR = re.compile(r"\b(?:errors?|relative|error\srate|wer|misclassif\w+)\b", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Asked:
    """One quantity with what binds it.

    Attributes:
        quantity: as the sentence states it.
        subject: words that may name what it is said of.
        base: words that name what it is compared with; None if nothing is.
        compared: whether the number is itself a change, a difference or a gain.
        direction: ``up``, ``down``, ``better``, ``worse`` or the empty string.
        aggregate: ``mean``, ``max``, ``min`` or the empty string.
        ours: 0 to 1, whether it is said of what the paper proposes.
        best_base: whether the best of the others is compared with.
        errors: whether a reduction of errors may be meant.
        labels: tables that the sentence refers to.
        firm: whether the direction is said beside the number.
        flipped: whether the number was below zero and is held as the fall that it tells.
        share: whether "57% of" something is said.
        partner: the number at the other end of a change, or on the other side of "against".
        without: whether the sentence speaks of something that is left out.
        result: the level that a change, told right behind it, led to: "in 204 ns, 23% faster".
        beside: other numbers of this sentence and the one before, precise enough to be
            looked up in the tables.
    """

    quantity: Quantity
    subject: Context
    base: Context | None
    compared: bool
    direction: str
    aggregate: str
    ours: float
    best_base: bool
    errors: bool
    labels: frozenset[str]
    firm: bool = False
    flipped: bool = False
    share: bool = False
    partner: Quantity | None = None
    without: bool = False
    result: Quantity | None = None
    beside: tuple[Quantity, ...] = ()


OWN_UNIT = 1.0
"""What the words of a number's own unit weigh: "142 FPS" speaks of the FPS."""


def ask(
    text: str,
    quantity: Quantity,
    others: Sequence[Quantity],
    before: str,
    around: Sequence[Term],
    evidence: Evidence,
    labels: frozenset[str],
) -> Asked:
    """Read the sentence ``text`` around ``quantity``.

    Args:
        others: every quantity of the sentence.
        before: the sentence before, or the empty string.
        around: words of the whole section.
        labels: of tables that the sentence refers to.
    """
    layout, owners = _laid_out(text, tuple(others))
    here = list(others).index(quantity)
    span = (quantity.start, quantity.end)
    falls = quantity.value < 0 and (quantity.change or quantity.form in ("percent", "points"))
    compared = is_compared(text, quantity) or falls
    spans = partners(text, quantity, others)
    share = _SHARE.match(text, quantity.end) is not None
    wanted = compared or share or quantity.form == "ratio"
    partner = nearest_partner(spans, quantity, layout) if wanted else None
    subject, base = Context(evidence.short), None
    run = _run(text, quantity, others)
    aligned = _aligned(text, quantity, others, run)
    for term in _split(text) if aligned else terms(text):
        if quantity.start <= term.start < quantity.end:
            continue
        if any(start <= term.start < stop for _, start, stop in spans):
            continue
        weight = 1.0 / (1.0 + 0.4 * layout.between(span, (term.start, term.end)))
        owner = owners.get(term.start)
        if term.start in aligned:
            weight = 1.2 if aligned[term.start] else 0.1
        elif owner == here:
            weight = min(1.3 * weight, 1.2)
        elif owner is not None:
            weight *= NOT_MINE
        subject.add((term,), weight)
    from_start = quantity.role == "from" and not compared
    subject.add(terms(text[quantity.number_end : quantity.end]), OWN_UNIT)
    subject.add(terms(before), BEFORE)
    subject.add(around, AROUND)
    phrase = ""
    if partner:
        base = Context(evidence.short)
        phrase = text[partner[0] : partner[1]]
        base.add(terms(phrase), 1.0)
    direction, firm = ("down", True) if falls else nearest(text, span, layout)
    return Asked(
        _positive(quantity) if falls else quantity,
        subject,
        base,
        compared,
        direction,
        _aggregate(text, quantity, others, layout),
        0.0 if from_start else _ours(text, evidence, here, owners),
        bool(_BEST_BASE.search(phrase)),
        bool(_ERROR.search(text)),
        labels,
        firm and (compared or quantity.form == "ratio"),
        falls,
        share,
        None if compared else facing(text, quantity, others, len(run) if "/" in text else 1),
        _WITHOUT.search(text) is not None,
        _result(text, quantity, others) if compared or quantity.form == "ratio" else None,
        tuple(
            item
            for item in others
            if item is not quantity and (_precise(item) or item.role in ("from", "to"))
        ),
    )


_APPOSED = re.compile(r"(?:\s(?!and\b|or\b|while\b|but\b)[^\s,;:()]+){0,4},[^,;:()]{0,50}")


def _result(text: str, quantity: Quantity, others: Sequence[Quantity]) -> Quantity | None:
    """The level right before a change of it: "in 204 ns, 23% faster", if it is precise."""
    here = list(others).index(quantity)
    if not here:
        return None
    before = others[here - 1]
    apposed = _APPOSED.fullmatch(text, before.end, quantity.start)
    joined = re.search(r"\b(?:and|or|while|but)\b", text[before.end : quantity.start])
    if apposed is None or joined or not _precise(before) or is_compared(text, before):
        return None
    return before


def _positive(quantity: Quantity) -> Quantity:
    """A change below zero, told as the fall that it is."""
    return replace(quantity, value=-quantity.value, interval=-quantity.interval)


def _precise(quantity: Quantity) -> bool:
    """Whether the digits alone nearly tell which cell is meant."""
    digits = [character for character in quantity.text if character.isdigit()]
    return quantity.form in ("plain", "percent") and len(digits) >= 3


_LINK = re.compile(
    r"\s?(?:(?!and\b|or\b|to\b|while\b)[\w%/.()]+\s){0,3}?\(?(?:in|on|for|with|at|of|by|under|from|using)\s"
)
_NAMED_BEFORE = re.compile(
    r"[^\s,;:()]+(?:\s(?!and\b|or\b|over\b|than\b)[^\s,;:()]+){0,2}\s\([+~∼≈<>]?\s?$"
)
"""What stands right before a number in parentheses: "the P2 head (+0.76%)"."""

_LINK_END = re.compile(
    r"[,;:()\u2014]|\s(?:and|or|but|while|whereas|compared|than|versus|to|with|by)\s|$"
)


_METRIC_OF = re.compile(
    r"(?:^|\s(?:an?|the|its|our|their|with|and|at|has|have|,)\s|[,;:(]\s?)"
    r"((?:(?!an?\s|the\s|and\s|or\s|with\s)[^\s,;:()]+\s){1,3}?)(?:(?:score|rate|value|level)s?\s)?"
    r"(?:of|is|was|=|stays\sat|remains\sat)\s(?:about\s|only\s|just\s|up\sto\s|over\s|at\smost\s|[~∼≈<>]\s?)?$",
    re.IGNORECASE,
)
"""What stands right before a number that it measures: "a specificity of"."""


_ASIDE = re.compile(r"\([^()]{1,60}\)")
"""What is said in parentheses is said of the number there: "(95% CI 0.85 to 0.89)"."""


_ELLIPSIS = re.compile(
    r"(?:,\s(?:and\s)?|\sand\s)((?:(?!(?:of|to|by|at|on|in|with|for|from|is|are|was|were|over|than|about|only"
    r"|up|down|a|an|as)\s)[\w@+.-]+\s){1,4})$",
    re.IGNORECASE,
)
"""What stands alone before a second number: "74.1% with DP-FedAvg, and ours 79.8%"."""


@lru_cache(maxsize=256)
def _laid_out(text: str, others: tuple[Quantity, ...]) -> tuple[Layout, Mapping[int, int]]:
    """What is read of a sentence for all its numbers: distances, and by the start of each word
    the place of the number that it belongs to."""
    places = {id(item): place for place, item in enumerate(others)}
    owners = {start: places[id(item)] for start, item in _owners(text, others).items()}
    return Layout(text, others), owners


def _owners(text: str, others: Sequence[Quantity]) -> dict[int, Quantity]:
    """Which number each word belongs to that is linked to one, by the word's start."""
    found: dict[int, Quantity] = {}
    spoken = terms(text)
    for match in _ASIDE.finditer(text):
        inner = [item for item in others if match.start() < item.start < match.end()]
        if inner:
            found.update(
                {t.start: inner[0] for t in spoken if match.start() < t.start < match.end()}
            )
    for index, item in enumerate(others):
        first = others[index - 1].end if index else 0
        metric = _METRIC_OF.search(text, max(item.start - 60, first), item.start)
        if metric is None and index:
            metric = _ELLIPSIS.search(text, max(item.start - 60, first), item.start)
        if metric:
            found.update(
                {t.start: item for t in spoken if metric.start(1) <= t.start < metric.end(1)}
            )
        found.update(
            {
                t.start: item
                for t in spoken
                if item.number_end <= t.start < item.end
                or (t.start == item.end + 1 and item.unit == t.joined)
            }
        )
        named = _NAMED_BEFORE.search(text, max(item.start - 60, 0), item.start)
        if named:
            found.update({t.start: item for t in spoken if named.start() <= t.start < item.start})
            continue
        link = _LINK.match(text, item.end)
        if not link:
            continue
        last = min(link.end() + 60, len(text))
        stop = _LINK_END.search(text, link.end(), last + 12)
        last = min(stop.start(), last) if stop else last
        if index + 1 < len(others):
            last = min(last, others[index + 1].start)
        found.update({t.start: item for t in spoken if link.end() <= t.start < last})
    return found


_SHARE = re.compile(
    r"\s(?:of|as)\s(?:the|its|all|that|those|our|their|a|an|as|many|much)\b", re.IGNORECASE
)
_LISTED = re.compile(r"\s*(?:,(?!\s*(?:and|or)\b)|/|(,?\s*(?:and|or)\b))\s*(?:the\s|an?\s|~)?")


def _aligned(
    text: str, quantity: Quantity, others: Sequence[Quantity], run: Sequence[Quantity]
) -> dict[int, bool]:
    """Where a list of numbers meets one of words, "precision and recall of 88% and 96%":
    by the start of each listed word, whether it is the one at the number's place."""
    if len(run) < 2:
        return {}
    place = run.index(quantity)
    found: dict[int, bool] = {}
    items = [t for t in _split(text) if not any(q.start <= t.start < q.end for q in others)]
    chain: list[Term] = []
    closed = False
    for item in (*items, None):
        joint = _LISTED.fullmatch(text, chain[-1].end, item.start) if item and chain else None
        if item is not None and joint is not None and not closed:
            chain.append(item)
            closed = joint[1] is not None  # "CIFAR, ImageNet and CelebA, improving on"
            continue
        if len(chain) == len(run):
            found.update({term.start: number == place for number, term in enumerate(chain)})
        chain, closed = [item] if item is not None else [], False
    return found


_SLASHED = re.compile(r"([A-Za-z]+-)?([\w@.+-]+)((?:/[\w@.+-]+)+)")


def _split(text: str) -> list[Term]:
    """The words of ``text``, those joined by slashes apart: "ROUGE-1/2/L" is three words."""
    found: list[Term] = []
    for term in terms(text):
        match = _SLASHED.fullmatch(text, term.start, term.end)
        if match is None:
            found.append(term)
            continue
        at = term.start
        for number, word in enumerate(text[term.start : term.end].split("/")):
            stem = match[1] if number and match[1] and len(word) <= 2 else ""
            found.extend(
                piece._replace(start=at, end=at + len(word)) for piece in terms(stem + word)[:1]
            )
            at += len(word) + 1
    return found


def _run(text: str, quantity: Quantity, others: Sequence[Quantity]) -> list[Quantity]:
    """The list of numbers that ``quantity`` stands in: "88% and 96%"."""
    here = list(others).index(quantity)
    first = last = here
    while first > 0 and _in_one_list(text, others[first - 1], others[first]):
        first -= 1
    while last + 1 < len(others) and _in_one_list(text, others[last], others[last + 1]):
        last += 1
    return list(others[first : last + 1])


def _in_one_list(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are listed beside each other: "88% and 96%", not "204 ns, 23%"."""
    if one.form != other.form or (one.unit and other.unit and one.unit != other.unit):
        return False
    return _LISTED.fullmatch(text, one.end, other.start) is not None


def _aggregate(text: str, quantity: Quantity, others: Sequence[Quantity], layout: Layout) -> str:
    if quantity.hedge == "up to":
        return "max"
    found = []
    span = (quantity.start, quantity.end)
    for name, pattern, reach in (("mean", _MEAN, 2.2), ("max", _UP_TO, 0.4), ("min", _LOWEST, 0.4)):
        for match in pattern.finditer(text):
            cost = layout.between(span, match.span())
            first, last = min(match.end(), span[1]), max(match.start(), span[0])
            taken = any(first <= item.start < last for item in others if item is not quantity)
            if cost < reach and not taken:
                found.append((cost, name))
    return min(found)[1] if found else ""


def _ours(text: str, evidence: Evidence, here: int, owners: Mapping[int, int]) -> float:
    """How surely the number is said of the proposal; "ours 79.8%" speaks of that number only."""
    spoken = terms(text)
    for match in _US.finditer(text):
        after = next((term.start for term in spoken if term.start >= match.start()), -1)
        if owners.get(after, here) == here:
            return 1.0
    if any(term.joined in evidence.names for term in spoken):
        return 1.0
    return 0.6
