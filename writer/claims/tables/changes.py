"""Whether a number is a level or a change, and which way the change goes."""

from __future__ import annotations

import re

from writer.claims.change_words import changing
from writer.claims.quantities import Quantity
from writer.claims.tables.layout import Layout

_BY = re.compile(
    r"\b(?:by|improvements?\sof|reductions?\sof|gains?\sof|increases?\sof|decreases?\sof|drops?\sof|savings?\sof"
    r"|overheads?\sof|speed-?ups?\sof|boosts?\sof|margins?\sof|advantage\sof|losse?s?\sof|differences?\sof|degradations?\sof|slowdowns?\sof)"
    r"\s(?:an?\s)?(?:(?:average|absolute|relative|additional|mean|median|further|factor|of|margin|total|overall|as|much|up|to|about|around"
    r"|approximately|roughly|nearly|almost|over|more|than|at|least|most|only|just|some|mere|between|marginal|small|slight|modest"
    r"|narrow|moderate|considerable|substantial|significant|large|wide|huge|\d[\d.]*\s?%?,?|and|[~∼≈<>≤≥+$-]|\u2013)\s?)*$",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\bby\s(?:up\sto\s|about\s|over\s)?[~∼≈]?\d[\d.]*\s?%?\s(?:on|for|in)\s[^\s,.;:]+(?:\s[^\s,.;:]+)?"
    r",?\s(?:and\s)?(?:by\s)?[~∼≈]?$",
    re.IGNORECASE,
)
"""Before the second of two changes: "falls by 29% on JOB and 12% on STATS"."""

_NOUN = (
    r"(?:improvement|reduction|gain|increase|decrease|drop|saving|overhead|speed-?up|boost|loss"
    r"|degradation|slowdown)(?:s|es)?"
)
_SHARED = re.compile(
    rf"(?:{_NOUN}\sof\s(?:[a-z]+\s){{0,2}}[~∼≈]?\d[\d.]*\s?%|\d[\d.]*\s?%\s(?:[a-z]+\s)?{_NOUN})"
    r"\s(?P<at>on|for|in)\s[^\s,.;:]+(?:\s[^\s,.;:]+){0,2}\s?,?\sand\s[~∼≈]?$",
    re.IGNORECASE,
)
"""Before the second of two changes of one noun: "4.3% overhead on reads and 4.2% on writes"."""

_CHANGING = re.compile(
    r"\b(?:improv|increas|rais|boost|rais|lift|reduc|decreas|lower|cut|sav|shrink)(?:es?|s|ing|ting)"
    r"\s(?!to\b|from\b|at\b|of\b|with\b|for\b|the\snumber)(?:[A-Za-z][\w-]*\s){1,2}$",
    re.IGNORECASE,
)
"""Before a change whose "by" is left out: "improves precision 87%"."""

_AFTER = re.compile(
    r"^\s?(?:\((?:absolute|relative)\)\s)?(?:(?:absolute|relative|average|mean|percentage|overall|further|performance|accuracy|latency"
    r"|throughput|energy|memory|time|cost|error|f1|map|bleu|runtime|power|speed|storage|statistically|significant|point|points)\s){0,3}"
    r"(?:(?:relatively|significantly|substantially|proportionally)\s)?(?:lower|less|fewer|shorter|smaller|higher|more|longer|larger|greater|faster|slower|better|worse|cheaper|quicker|closer|nearer"
    r"|improvements?|reductions?|gains?|increases?|decreases?|drops?|savings?|overheads?|boosts?|margins?|speed-?ups?|losse?s?|degradation|slowdowns?"
    r"|reduced|increased|improved|decrease|uplift|over|above|below)\b",
    re.IGNORECASE,
)
_GAIN = re.compile(
    r"(?:\b(?:gains?|gap|improvements?|reductions?|increases?|decreases?|drops?|savings?|overheads?|margins?|losse?s?"
    r"|advantages?|speed-?ups?|slowdowns?)\b[^.,;:()]{0,50}?(?:,|:|\s(?:is|are|was|were|of|reach\w*|to)"
    r"|\s(?:over|than|against|relative\sto)[^.,;:()]{1,40}?(?:\sis|\sare|\swas|\sand))"
    r"|\b(?:los(?:es?|t|ing)|sav(?:es?|ed|ing)|gain(?:s|ed|ing)))"
    r"\s(?:(?:up\sto|about|around|only|roughly|nearly|almost|over|at\sleast|more\sthan|less\sthan|an?)\s|[~∼≈<>]\s?)?$",
    re.IGNORECASE,
)
"""Right before a number that is itself a change: "the overhead is", "loses up to"."""

_ARRIVED = re.compile(
    r"(?<!\bup)(?<!close)(?<!\blead)(?<!\bleads)(?<!\bled)(?<!leading)\sto\s(?:[~∼≈<>]\s?)?$",
    re.IGNORECASE,
)
"""Right before where a change ends, "falls by 32% to 11 ms": a level again."""

_SEVERAL = re.compile(r"(?:(?:,?\sand|,?\sor)\s[~∼≈]?\d[\d.]*\s?%?)+")
"""The rest of a list of numbers that share what stands behind them: "14% and 12% more"."""


def is_compared(text: str, quantity: Quantity) -> bool:
    """Whether the number is a change: "by 57%", "57% lower", "a gain of 3 points"."""
    before = text[max(quantity.start - 90, 0) : quantity.start]
    if before.endswith("+") or (quantity.text.startswith("+") and quantity.change):
        return True
    if quantity.change and quantity.symbol.startswith(("\u0394", "\u03b4")):
        return True
    if quantity.symbol and not quantity.change:
        return False  # "predicts the drop at r = +0.74"
    if quantity.role in ("from", "to"):
        return False
    if quantity.role != "high" and _ARRIVED.search(before):
        return False
    if quantity.form == "percent" and any(p.search(before) for p in (_GAIN, _LISTED, _CHANGING)):
        return True
    shared = _SHARED.search(before) if quantity.form == "percent" else None
    if shared and re.match(rf"\s{shared['at']}\s", text[quantity.end :], re.IGNORECASE):
        return True
    by = quantity.change or _BY.search(before) is not None
    if by and quantity.form == "plain":  # "written by 1,130 writers"
        by = bool(changing(text))
    if by:
        return True
    more = _SEVERAL.match(text, quantity.end) if quantity.form == "percent" else None
    end = more.end() if more else quantity.end
    return _AFTER.match(text[end : end + 90]) is not None


_HEDGING = re.compile(r"(?:more|less)\sthan\s?", re.IGNORECASE)
"""In "more than 57%" the first word says nothing of the direction."""


def nearest(text: str, span: tuple[int, int], layout: Layout) -> tuple[str, bool]:
    """The kind of the nearest word of change, and whether it stands close enough to be sure."""
    best, name = 3.0, ""
    for kind, start, end in changing(text):
        cost = layout.between(span, (start, end)) - (0.1 if start >= span[1] else 0.0)
        if cost < best and not _HEDGING.fullmatch(text, start, span[0]):
            best, name = cost, kind
    return name, best <= FIRM


_CLAUSE = re.compile(r"[,;:]|\b(?:while|whereas|but|although)\b|\d%")


def governing(text: str, quantity: Quantity) -> str:
    """The kind of the word of change that a number behind "by" belongs to, however far before it
    stands in its clause: "trails lexical methods (BM25) by 46.2 points"; else the empty string."""
    before = text[max(quantity.start - 90, 0) : quantity.start]
    if _BY.search(before) is None:
        return ""
    found = [item for item in changing(text) if item[2] <= quantity.start]
    if not found:
        return ""
    kind, _, end = max(found, key=lambda item: item[1])
    return "" if _CLAUSE.search(text, end, quantity.start) else kind


def only(text: str) -> str:
    """The kind of all words of change of a sentence; the empty string where they differ."""
    kinds = {kind for kind, *_ in changing(text)}
    return kinds.pop() if len(kinds) == 1 else ""


FIRM = 0.5
"""A word of change within this distance decides the direction of its number."""
