"""Which words of a sentence belong to which of its numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from writer.claims.quantities import Quantity
from writer.claims.tables.terms import terms

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


_POSSESSIVE = re.compile(r"[^\s,;:()]+['\u2019]s?\s$")
"""What stands right before its number: "Weir's 0.57"."""


Owners = Mapping[int, tuple[int, ...]]
"""By the start of a word the places of the numbers that it belongs to: in "4.85 for X (33% more)"
of both."""


@lru_cache(maxsize=256)
def owners(text: str, others: tuple[Quantity, ...]) -> Owners:
    """Which numbers each word belongs to that is linked to one, by the word's start."""
    found: dict[int, tuple[int, ...]] = {}
    spoken = terms(text)

    def give(place: int, span: tuple[int, int]) -> None:
        whose = slashed(text, others, place)
        found.update({t.start: whose for t in spoken if span[0] <= t.start < span[1]})

    for match in _ASIDE.finditer(text):
        inner = [i for i, item in enumerate(others) if match.start() < item.start < match.end()]
        if inner:
            give(inner[0], match.span())
    for index, item in enumerate(others):
        first = others[index - 1].end if index else 0
        after = others[index + 1].start if index + 1 < len(others) else len(text)
        give(index, _metric(text, item, first))
        give(index, (item.number_end, item.end))
        if item.unit in [t.joined for t in spoken if t.start == item.end + 1]:
            give(index, (item.end + 1, item.end + 2))
        named = named_before(text, item)
        if named is not None:
            for term in spoken:
                if named <= term.start < item.start:
                    kept = found.get(term.start, ()) if term.start >= first else ()
                    found[term.start] = (*kept, index)
        if named is None or text[item.start - 1] == " ":
            give(index, _linked(text, item, after))
    return found


def slashed(text: str, others: Sequence[Quantity], place: int) -> tuple[int, ...]:
    """The places of a list "0.81/0.79/0.91" of which the number at ``place`` is one end: what
    stands beside it is said of them all; else only its own."""

    def joined(left: int) -> bool:
        apart = text[others[left].end : others[left + 1].start] if left + 1 < len(others) else ""
        return apart.strip() == "/"

    first = last = place
    while first > 0 and joined(first - 1):
        first -= 1
    while joined(last):
        last += 1
    return tuple(range(first, last + 1)) if place in (first, last) else (place,)


def _metric(text: str, item: Quantity, first: int) -> tuple[int, int]:
    """What a number measures: "a specificity of"; or what alone precedes a second one."""
    near = max(item.start - 60, first)
    match = _METRIC_OF.search(text, near, item.start)
    if match is None and first:
        match = _ELLIPSIS.search(text, near, item.start)
    return match.span(1) if match else (0, 0)


def _linked(text: str, item: Quantity, after: int) -> tuple[int, int]:
    """What follows a number as where it holds: "on the third set"; it ends before ``after``."""
    link = _LINK.match(text, item.end)
    if not link:
        return 0, 0
    last = min(link.end() + 60, len(text))
    stop = _LINK_END.search(text, link.end(), last + 12)
    return link.end(), min(stop.start() if stop else last, last, after)


def named_before(text: str, item: Quantity) -> int | None:
    """Where the name begins that stands right before a number: in parentheses behind it,
    "the P2 head (+0.76%)", or as its owner, "Weir's 0.57"; None if there is none."""
    return _named_before(text, item.start)


@lru_cache(maxsize=1024)
def _named_before(text: str, place: int) -> int | None:
    """The same for a place, which is asked once for every number of its sentence."""
    for pattern in (_NAMED_BEFORE, _POSSESSIVE):
        match = pattern.search(text, max(place - 60, 0), place)
        if match:
            return match.start()
    return None
