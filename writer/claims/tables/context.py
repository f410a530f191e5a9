"""What a sentence says around one of its quantities, as far as tables can answer it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from writer.claims.quantities import Quantity
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.terms import Context, Term, terms

BEFORE = 0.3
"""What a word of the sentence before weighs, against 1 for one of the same clause."""

NOT_MINE = 0.45
"""What is left of a word that stands right behind another number: "3 tokens in gpt-4o"."""

AROUND = 0.15
"""What a word of the rest of the section weighs."""

_BREAKS = (
    (re.compile(r"[;:]|\.\s"), 3.0),
    (re.compile(r"[,\u2013\u2014](?=\s|$)"), 0.8),
    (re.compile(r"\b(?:but|while|whereas|although|though|yet)\b"), 1.5),
    (re.compile(r"\b(?:and|or)\b"), 0.5),
    (re.compile(r"[()]"), 0.3),
    (re.compile(r"\s"), 0.03),
)
_PARTNER = re.compile(
    r"\b(?:than|over(?!\s[\d~∼≈$]|\sthe\scourse|\sall\b|\sa\srange)|against|versus|vs\.?|compared\s(?:to|with|against)"
    r"|relative\sto|in\scomparison\s(?:to|with)|with\srespect\sto|outperform\w*|surpass\w*|beat(?:s|ing)?|exceed\w*"
    r"|instead\sof|improv(?:es?|ing|ed)\s(?:up)?on|(?:that|those)\sof|better\sthan)\s",
    re.IGNORECASE,
)
_PARTNER_END = re.compile(
    r"[,;:()\u2014]|\s(?:by|on|in|for|while|when|across|using|at|under|achiev\w+|with\san?|respectively)\s|$"
)
_BY = re.compile(
    r"\b(?:by|improvements?\sof|reductions?\sof|gains?\sof|increases?\sof|decreases?\sof|drops?\sof|savings?\sof"
    r"|overheads?\sof|speed-?ups?\sof|boosts?\sof|margins?\sof|advantage\sof|losse?s?\sof|differences?\sof|degradations?\sof|slowdowns?\sof)"
    r"\s(?:an?\s)?(?:(?:average|absolute|relative|additional|mean|median|further|factor|of|margin|total|overall|as|much|up|to|about|around"
    r"|approximately|roughly|nearly|almost|over|more|than|at|least|most|only|just|some|between|\d[\d.]*\s?%?|and|[~∼≈<>≤≥+$-]|\u2013)\s?)*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^\s?(?:\((?:absolute|relative)\)\s)?(?:(?:absolute|relative|average|mean|percentage|overall|further|performance|accuracy|latency"
    r"|throughput|energy|memory|time|cost|error|f1|map|bleu|runtime|power|speed|storage|statistically|significant|point|points)\s){0,3}"
    r"(?:lower|less|fewer|shorter|smaller|higher|more|longer|larger|greater|faster|slower|better|worse|cheaper|quicker"
    r"|improvements?|reductions?|gains?|increases?|decreases?|drops?|savings?|overheads?|boosts?|margins?|speed-?ups?|losse?s?|degradation|slowdowns?"
    r"|reduced|increased|improved|decrease|uplift|over|above|below)\b",
    re.IGNORECASE,
)
_WORDS = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, words in (
        (
            "down",
            r"lower(?:s|ed|ing)?|less|fewer|shorter|shorten\w*|smaller|reduc\w+|decreas\w+|drop\w*|fall\w*|fell|cut(?:s|ting)?"
            r"|declin\w+|below|los(?:es?|s|ing|t)|shrink\w*|sav(?:es?|ed|ings?)|cheaper|minimi[sz]\w+|compress\w+",
        ),
        (
            "up",
            r"higher|more|longer|larger|greater|increas\w+|ris(?:es?|en|ing)|rose|gr[eo]w\w*|gains?|above|rais\w+|exceed\w*"
            r"|boost\w*|overheads?",
        ),
        (
            "better",
            r"improv\w+|better|faster|quicker|outperform\w*|surpass\w*|beat\w*|speed-?ups?|speeds?|accelerat\w+|advantage|superior|uplift",
        ),
        (
            "worse",
            r"worse\w*|slower|degrad\w+|slow(?:s|ed|ing)?(?:[\s-]?downs?)?|regress\w*|inferior|penalt\w+"
            r"|trail(?:s|ed|ing)?|lag(?:s|ged)?|underperform\w*|behind|loss(?:es)?\sof",
        ),
    )
)
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
    beside: tuple[Quantity, ...] = ()


class Layout:
    """Distances in one sentence, for all of its quantities."""

    def __init__(self, text: str, others: Sequence[Quantity]) -> None:
        marks = [
            (match.start(), weight)
            for pattern, weight in _BREAKS
            for match in pattern.finditer(text)
        ]
        marks += [(item.start, 0.5) for item in others]
        marks.sort()
        self._at = [place for place, _ in marks]
        self._sum = [0.0]
        for _, weight in marks:
            self._sum.append(self._sum[-1] + weight)

    def between(self, one: tuple[int, int], other: tuple[int, int]) -> float:
        """How far two spans stand apart."""
        if one[0] < other[1] and other[0] < one[1]:
            return 0.0
        first, last = min(one[1], other[1]), max(one[0], other[0])
        return (
            self._sum[bisect_right(self._at, last - 1)]
            - self._sum[bisect_right(self._at, first - 1)]
        )


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
    layout = Layout(text, others)
    span = (quantity.start, quantity.end)
    falls = quantity.value < 0 and quantity.form in ("percent", "points")
    compared = is_compared(text, quantity) or falls
    spans = _partners(text, others)
    wanted = compared or quantity.form == "ratio"
    partner = _nearest_partner(spans, quantity, layout) if wanted else None
    subject, base = Context(evidence.short), None
    owners = _owners(text, others)
    aligned = _aligned(text, quantity, others)
    for term in terms(text):
        if quantity.start <= term.start < quantity.end:
            continue
        if any(start <= term.start < stop for _, start, stop in spans):
            continue
        weight = 1.0 / (1.0 + 0.4 * layout.between(span, (term.start, term.end)))
        owner = owners.get(term.start)
        if term.start in aligned:
            weight = 1.2 if aligned[term.start] else 0.1
        elif owner is quantity:
            weight = min(1.3 * weight, 1.2)
        elif owner is not None:
            weight *= NOT_MINE
        subject.add((term,), weight)
    subject.add(terms(before), BEFORE)
    subject.add(around, AROUND)
    phrase = ""
    if partner:
        base = Context(evidence.short)
        phrase = text[partner[0] : partner[1]]
        base.add(terms(phrase), 1.0)
    direction, firm = ("down", True) if falls else _nearest(text, span, layout)
    return Asked(
        _positive(quantity) if falls else quantity,
        subject,
        base,
        compared,
        direction,
        _aggregate(text, quantity, others, layout),
        0.0 if quantity.role == "from" and not compared else _ours(text, evidence),
        bool(_BEST_BASE.search(phrase)),
        bool(_ERROR.search(text)),
        labels,
        firm and (compared or quantity.form == "ratio"),
        falls,
        _SHARE.match(text, quantity.end) is not None,
        tuple(item for item in others if item is not quantity and _precise(item)),
    )


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


def _owners(text: str, others: Sequence[Quantity]) -> dict[int, Quantity]:
    """Which number each word belongs to that is linked right behind one, by its start."""
    found: dict[int, Quantity] = {}
    for index, item in enumerate(others):
        named = _NAMED_BEFORE.search(text, max(item.start - 60, 0), item.start)
        if named:
            spoken = [term for term in terms(text) if named.start() <= term.start < item.start]
            found.update({term.start: item for term in spoken})
            continue
        link = _LINK.match(text, item.end)
        if not link:
            continue
        last = min(link.end() + 60, len(text))
        stop = _LINK_END.search(text, link.end(), last + 12)
        last = min(stop.start(), last) if stop else last
        if index + 1 < len(others):
            last = min(last, others[index + 1].start)
        for term in terms(text):
            if link.end() <= term.start < last:
                found[term.start] = item
    return found


_SHARE = re.compile(
    r"\s(?:of|as)\s(?:the|its|all|that|those|our|their|a|an|as|many|much)\b", re.IGNORECASE
)
_LISTED = re.compile(r"\s*(?:,|,?\s*and|,?\s*or|/)\s*(?:the\s|an?\s|~)?")


def _aligned(text: str, quantity: Quantity, others: Sequence[Quantity]) -> dict[int, bool]:
    """Where a list of numbers meets one of words, "precision and recall of 88% and 96%":
    by the start of each listed word, whether it is the one at the number's place."""
    run = _run(text, quantity, others)
    if len(run) < 2:
        return {}
    place = run.index(quantity)
    found: dict[int, bool] = {}
    items = [t for t in terms(text) if not any(q.start <= t.start < q.end for q in others)]
    chain: list[Term] = []
    for item in (*items, None):
        if item is not None and chain and _LISTED.fullmatch(text, chain[-1].end, item.start):
            chain.append(item)
            continue
        if len(chain) == len(run):
            found.update({term.start: number == place for number, term in enumerate(chain)})
        chain = [item] if item is not None else []
    return found


def _run(text: str, quantity: Quantity, others: Sequence[Quantity]) -> list[Quantity]:
    """The list of numbers that ``quantity`` stands in: "88% and 96%"."""
    here = list(others).index(quantity)
    first = last = here
    while first > 0 and _LISTED.fullmatch(text, others[first - 1].end, others[first].start):
        first -= 1
    while last + 1 < len(others) and _LISTED.fullmatch(
        text, others[last].end, others[last + 1].start
    ):
        last += 1
    return list(others[first : last + 1])


def is_compared(text: str, quantity: Quantity) -> bool:
    """Whether the number is a change: "by 57%", "57% lower", "a gain of 3 points"."""
    before = text[max(quantity.start - 90, 0) : quantity.start]
    if quantity.change or quantity.text.startswith("+") or before.endswith("+"):
        return True
    return bool(_BY.search(before) or _AFTER.match(text[quantity.end : quantity.end + 90]))


def _partners(text: str, others: Sequence[Quantity]) -> list[tuple[int, int, int]]:
    """Every phrase that names what something is compared with: the keyword's start, the
    phrase's start and end; it ends before the next number."""
    found = []
    for match in _PARTNER.finditer(text):
        end = _PARTNER_END.search(text, match.end())
        stop = min(end.start() if end else len(text), match.end() + 90)
        stop = min([stop, *(item.start for item in others if item.start >= match.end())])
        if stop > match.end():
            found.append((match.start(), match.end(), stop))
    return found


def _nearest_partner(
    spans: Sequence[tuple[int, int, int]], quantity: Quantity, layout: Layout
) -> tuple[int, int] | None:
    """The phrase that belongs to a number: the nearest one, one behind it before others."""
    best: tuple[float, tuple[int, int]] | None = None
    for keyword, start, stop in spans:
        cost = layout.between((quantity.start, quantity.end), (keyword, start))
        cost += 0.0 if keyword >= quantity.end else 0.6
        if cost < 3.0 and (best is None or cost < best[0]):
            best = (cost, (start, stop))
    return best[1] if best else None


_HEDGING = re.compile(r"(?:more|less)\sthan\s?", re.IGNORECASE)
"""In "more than 57%" the first word says nothing of the direction."""


def _nearest(text: str, span: tuple[int, int], layout: Layout) -> tuple[str, bool]:
    """The kind of the nearest word of change, and whether it stands close enough to be sure."""
    best, name = 3.0, ""
    for kind, pattern in _WORDS:
        for match in pattern.finditer(text):
            cost = layout.between(span, match.span()) - (0.1 if match.start() >= span[1] else 0.0)
            if _HEDGING.fullmatch(text, match.start(), span[0]):
                continue
            if cost < best:
                best, name = cost, kind
    return name, best <= FIRM


FIRM = 0.5
"""A word of change within this distance decides the direction of its number."""


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


def _ours(text: str, evidence: Evidence) -> float:
    if _US.search(text):
        return 1.0
    if any(term.joined in evidence.names for term in terms(text)):
        return 1.0
    return 0.6
