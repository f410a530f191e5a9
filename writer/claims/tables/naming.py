"""What a paper calls what it proposes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from writer.claims.tables.terms import measures_of, terms

_NAMED = re.compile(
    r"\b(?:[Ww]e|paper|work|article)\s(?:\w+\s)?(?:present|propose|introduce|describe|develop|design|build|call|name|release)s?\s"
    r"(?:a\s(?:new|novel)\s[\w\s-]{0,60}?(?:called|named),?\s)?"
    r"([A-Z][\w+-]*(?:[A-Z0-9+-][\w+-]*)?)"
)
_CALLED = re.compile(
    r"\b(?:called|named|dubbed|termed|coined|(?:which|that) we (?:call|name|term))\s(?:as\s)?"
    r"[\"'(]?([A-Z][\w+-]*)"
)
_TITLE = re.compile(r"^\s*([A-Z][\w+-]*(?:\s[A-Z][\w+-]*)?)\s?[:\u2013\u2014]")
OURS = re.compile(r"\b(?:ours?|proposed|this (?:work|paper)|we)\b", re.IGNORECASE)
"""Header words of the proposal itself."""

_SUBJECT = re.compile(
    r"(?:^|[.!?:;]\s|,\s)([A-Z][\w+-]*)(?=,\s(?:our|an?)\s|\s(?:is|are|has|can)\s|\s[a-z]+(?:s|ed)\s)"
)
_COMPARED = (
    r"(?:than|over|against|versus|vs\.?|relative to|compared (?:to|with)|outperforms)\s(?:the\s)?"
)

GENERAL = 2
"""A header of more words describes, and is no name."""


def proposed(title: str, abstract: str, rows: Sequence[Sequence[str]]) -> frozenset[str]:
    """The names of what the paper proposes, in normal form.

    Said outright ("we present Weir") or in the title before a colon; else the header of a row
    that the abstract has, and has alone, as the subject of a sentence ("Weir moves state").

    Args:
        title, abstract: plain text.
        rows: header terms of the tables' rows.
    """
    names = _said(title, abstract)
    headers = {
        term.joined
        for path in rows
        for text in path
        if len(words := terms(text)) <= GENERAL and not measures_of(text)
        for term in words[-1:]
    }
    said = any(OURS.search(text) for path in rows for text in path)
    if said or names & headers:
        return names
    subjects = {
        term.joined
        for match in _SUBJECT.finditer(abstract)
        if not re.search(_COMPARED + re.escape(match[1]) + r"\b", abstract)
        for term in terms(match[1])
    }
    found = subjects & headers
    return names | found if len(found) == 1 else names


def _said(title: str, abstract: str) -> frozenset[str]:
    found = [match[1] for pattern in (_NAMED, _CALLED) for match in pattern.finditer(abstract)]
    head = _TITLE.match(title)
    if head:
        found.append(head[1])
    names = {term.joined for name in found for term in terms(name)}
    return frozenset(name for name in names if len(name) > 1)
