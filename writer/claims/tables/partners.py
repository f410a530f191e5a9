"""What a number is compared with: another number, or words behind "than"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from writer.claims.quantities import Quantity
from writer.claims.tables.layout import Layout

_PARTNER = re.compile(
    r"\b(?:than|over(?!\s[\d~∼≈$]|\sthe\scourse|\sall\b|\sa\srange)|against|versus|vs\.?|compared\s(?:to|with|against)"
    r"|relative\sto|in\scomparison\s(?:to|with)|with\srespect\sto|outperform\w*|surpass\w*|beat(?:s|ing)?|exceed\w*"
    r"|(?:trail|lag)(?:s|ged|ed|ing)?(?:\sbehind)?|underperform\w*|instead\sof|improv(?:es?|ing|ed)\s(?:up)?on|(?:that|those)\sof|better\sthan"
    r"|match(?:es|ed|ing)?(?=\s(?:[\w-]+\s){1,5}at\s[~∼≈]?\s?\d)"
    r"|(?:halv(?:es?|ed|ing)|doubl(?:es?|ed|ing)|tripl(?:es?|ed|ing))\s(?:the|its)\s(?:[\w-]+\s){1,4}?of"
    r"|(?<=[%x×s])\s(?:above|below|under|beyond|ahead\sof|behind)"
    r"|(?:(?<=,\s)|(?<=\band\s))(?:(?:just|well|far|still|even|only|slightly)\s)?(?:above|below|ahead\sof|behind))\s",
    re.IGNORECASE,
)
_PARTNER_END = re.compile(
    r"[,;:()\u2014]|\s(?:by|on|in|for|while|when|across|using|at|under|achiev\w+|with\san?|respectively)\s|$"
)
_MULTIPLE = re.compile(
    r"\s(?:(?:of\s)?(?:the|its|their)\s(?:(?!of\b)[\w@%.-]+\s){1,4}?of"
    r"|as\s\w+(?:\s\w+){0,3}?\sas)\s(?:an?\s|the\s)?"
)
"""Right behind a multiple or share: "6x the throughput of", "twice as fast as"."""

_BY_END = re.compile(
    r"\s(?:by|with)\s(?:an?\s)?(?:(?:up\sto|at\sleast|about|around|roughly|nearly|almost|over|more\sthan|only|margins?\sof"
    r"|average|an|mean|of|[~∼≈<>])\s?){0,3}$",
    re.IGNORECASE,
)
"""Between what is surpassed and by how much."""

_AND_BY = re.compile(
    r"(?:\s?\([^()]{0,40}\))?(?:,?\sand|,|;)\s((?:(?!\sby\s|\sand\s)[^.,;:()]){2,60})"
    + _BY_END.pattern,
    re.IGNORECASE,
)

MULTIPLES = ("ratio", "percent")

_AGAINST = re.compile(
    r"(?:\s\([^()]{1,30}\))?,?\s(?:against|versus|vs\.?|instead\sof|rather\sthan|compared\s(?:to|with)|(?:up|down)\sfrom)"
    r"\s(?:an?\s|the\s|only\s|about\s|[~∼≈]\s?)?"
)


def facing(text: str, quantity: Quantity, others: Sequence[Quantity], run: int) -> Quantity | None:
    """The number that this one is set against: "from 77 s to 33 s", "114 against 412".

    Args:
        run: how many numbers the list has that it stands in.
    """
    ends = {"from": (1, "to"), "to": (-1, "from")}
    here = list(others).index(quantity)
    if quantity.role in ends:
        step, role = ends[quantity.role]
        there = here + step * run
        fits = 0 <= there < len(others) and others[there].role == role
        return others[there] if fits else None
    for one, other in ((here, here + 1), (here - 1, here)):
        if one >= 0 and other < len(others):
            left, right = others[one], others[other]
            if left.form == right.form and _AGAINST.fullmatch(text, left.end, right.start):
                return right if one == here else left
    return None


def partners(
    text: str, quantity: Quantity, others: Sequence[Quantity]
) -> list[tuple[int, int, int]]:
    """Every phrase that names what something is compared with: the keyword's start, the
    phrase's start and end; it ends before the next number."""
    multiple = _MULTIPLE.match(text, quantity.end) if quantity.form in MULTIPLES else None
    found = []
    for match in (*_compared(text), *((multiple,) if multiple else ())):
        end = _PARTNER_END.search(text, match.end())
        stop = min(end.start() if end else len(text), match.end() + 90)
        stop = min([stop, *(item.start for item in others if item.start >= match.end())])
        if stop > match.end():
            found.append((match.start(), match.end(), stop))
    for before, after in pairwise(others):  # "outperforms A by 3.2% and B by 4.5%"
        also = _AND_BY.fullmatch(text, before.end, after.start)
        if also is not None and any(_BY_END.fullmatch(text, at[2], before.start) for at in found):
            found.append((before.end, *also.span(1)))
    return found


@lru_cache(maxsize=256)
def _compared(text: str) -> tuple[re.Match[str], ...]:
    """Where a sentence says what something is compared with."""
    return tuple(_PARTNER.finditer(text))


def nearest_partner(
    text: str, spans: Sequence[tuple[int, int, int]], quantity: Quantity, layout: Layout
) -> tuple[int, int] | None:
    """The phrase that belongs to a number: the one that "by" joins to it, else the nearest one,
    one behind it before others."""
    best: tuple[float, tuple[int, int]] | None = None
    for keyword, start, stop in spans:
        if _BY_END.fullmatch(text, stop, quantity.start):  # "outperforming A by 2.8%"
            return start, stop
        cost = layout.between((quantity.start, quantity.end), (keyword, start))
        cost += 0.0 if keyword >= quantity.end else 0.6
        if cost < 3.0 and (best is None or cost < best[0]):
            best = (cost, (start, stop))
    return best[1] if best else None
