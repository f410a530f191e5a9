"""Lists in a sentence whose items a number before them counts.

"four languages: Bhili, Gondi, Mundari, and Santali", "against two models (BERT and T5)".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 700
"""Characters of a list at most."""

MOST_WORDS = 9
"""Words of an item at most: beyond, it is a sentence of its own."""

_OPENING = re.compile(
    r"(?P<between>(?:\s[A-Za-z][\w'-]*){0,7}?)\s?"
    r"(?:(?P<mark>[:(\u2014]|\s\u2013\s|\s?---?\s?)\s?|,?\s(?P<word>namely|including|include|includes|such\sas|like"
    r"|i\.e\.|e\.g\.|viz\.)[:,]?\s)"
)
_LEAD = re.compile(r"(?:i\.e\.,?|namely,?|viz\.,?|specifically,?|that\sis,)\s?", re.IGNORECASE)
_OPEN = re.compile(
    r"(?:e\.g\.|for\s(?:example|instance)|including|such\sas|like)[,:]?\s?", re.IGNORECASE
)
_MORE = re.compile(
    r"\b(?:etc|and\s(?:more|so\son|others|many\sothers)|among\sothers|e\.g\.|such\sas|including|like"
    r"|for\s(?:example|instance))\b|\.\.\.|\u2026",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"(?:vary|chang|us|cover|span|rang|combin|test|compar|mix|spann|consist|concern|involv)ing\b",
    re.IGNORECASE,
)
"""How brackets begin that say what was done with the things, and do not list them."""

_REST = re.compile(r"(?:etc\b|\.\.\.|\u2026|others?\Z|more\Z|so\son\Z)", re.IGNORECASE)
_PARENTHESES = re.compile(r"\s?\([^()]*\)")
_MARKERS = re.compile(r"\(?(?<![\w.])(?:(\d)|(i{1,3}|iv|vi{0,3}|ix|x)|([a-h]))\)\s?")
_COMMAS = re.compile(r",\s+(?:(?:and|or|&|plus|as\swell\sas)\s+)?")
_OXFORD = re.compile(r",\s+(?:and|or|&|plus|as\swell\sas)\s")
_AND = re.compile(r"\s(?:and|or|&|plus|as\swell\sas|versus|vs\.?)\s")
_NO_ITEM = re.compile(
    r"(?:which|that|where|when|while|with|without|for|from|in|on|at|per|using|both|each|all|respectively|see|by"
    r"|as|but|is|are|was|were|we|it|they|this|these|thus|then|because|two|three|four|five|six|seven|eight|nine"
    r"|ten|one|a\stotal)\b|[\d.,]+[kKMB%x\u00d7]?(?:\s|$)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.;!?](?:\s|$)")
_NAMED = re.compile(r"[A-Z\d][^\s]*(?:\s[\w+./'-]+){0,3}\Z|[a-z][\w-]*(?:\s[\w-]+){0,2}\Z")
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ROMAN = {numeral: number for number, numeral in enumerate(_NUMERALS, start=1)}


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list that stands behind the noun that a number counts.

    Attributes:
        items: as they read.
        least, most: how many items it may have: "A, B, and C and D" has three or four.
        closed: whether it unmistakably lists all there are, right behind the noun.
    """

    items: tuple[str, ...]
    least: int
    most: int
    closed: bool

    def has(self, number: float) -> bool:
        """Whether it may have so many items."""
        return self.least <= number <= self.most


def enumeration(text: str, end: int) -> Enumeration | None:
    """The list that opens behind the noun that ends at ``end``, or None."""
    opening = _OPENING.match(text, end)
    if opening is None:
        return None
    inner = _inner(text, opening)
    lead = _LEAD.match(inner)
    inner = inner[lead.end() if lead else 0 :]
    word = opening["word"] or ""
    skipped = _OPEN.match(inner)
    is_open = skipped is not None or word not in ("", "namely", "i.e.", "viz.")
    inner = inner[skipped.end() if skipped else 0 :]
    found = _items(inner)
    if found is None:
        return None
    items, least, most, joined = found
    closed = (
        not is_open
        and not opening["between"]
        and not _MORE.search(inner)
        and not (opening["mark"] == "(" and _DOING.match(inner))
        and (joined or all(item[0].isupper() for item in items))
        and all(_NAMED.match(item) for item in items)
    )
    return Enumeration(items, least, most, closed)


def _inner(text: str, opening: re.Match[str]) -> str:
    """The text of the list, up to where its bracket, dash or sentence ends."""
    start = opening.end()
    mark = (opening["mark"] or "").strip()
    rest = text[start : start + LONGEST]
    if mark == "(":
        depth = 1
        for index, character in enumerate(rest):
            depth += (character == "(") - (character == ")")
            if not depth:
                return rest[:index]
        return ""
    rest = _PARENTHESES.sub("", rest)
    if mark in ("\u2014", "\u2013", "--", "---"):
        stop = re.search(rf"\s?{mark}", rest)
        rest = rest[: stop.start()] if stop else rest
    if mark == ":" and _numbered(rest):
        return rest
    end = (
        _STOP.search(rest) if ";" not in rest or mark != ":" else re.search(r"[.!?](?:\s|$)", rest)
    )
    return rest[: end.start()] if end else rest


def _numbered(text: str) -> tuple[str, ...]:
    """The items of "(1) ..., (2) ..., and (3) ...", if the marks are in order."""
    marks = list(_MARKERS.finditer(text))
    numbers = [
        int(m[1]) if m[1] else _ROMAN.get(m[2], 0) if m[2] else ord(m[3]) - ord("a") + 1
        for m in marks
    ]
    if len(marks) < 2 or marks[0].start() > 2 or numbers != list(range(1, len(marks) + 1)):
        return ()
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return tuple(
        text[mark.end() : end].strip(" ,;.") for mark, end in zip(marks, ends, strict=True)
    )


def _items(inner: str) -> tuple[tuple[str, ...], int, int, bool] | None:
    """The items, their least and greatest number, and whether "and" stands before the last."""
    numbered = _numbered(inner)
    if numbered:
        return numbered, len(numbered), len(numbered), True
    inner = _PARENTHESES.sub("", inner).strip(" .,:;")
    if "=" in inner:
        return None
    if ";" in inner:
        parts = [re.sub(r"^(?:and|or)\s", "", part.strip()) for part in inner.split(";")]
        return _checked(parts, 0, joined=True, longest=3 * MOST_WORDS)
    oxford = _OXFORD.search(inner) is not None
    parts = _COMMAS.split(inner)
    joins = len(_AND.findall(parts[-1]))
    if not oxford and joins:
        *before, last = parts
        head, tail = _AND.split(last, maxsplit=1)
        return _checked([*before, head, tail], joins - 1, joined=not before)
    return _checked(parts, joins, joined=oxford)


def _checked(
    parts: list[str], more: int, *, joined: bool, longest: int = MOST_WORDS
) -> tuple[tuple[str, ...], int, int, bool] | None:
    items = tuple(part.strip() for part in parts if part.strip() and not _REST.match(part.strip()))
    if len(items) < 2 or any(len(item.split()) > longest for item in items):
        return None
    if any(_NO_ITEM.match(item) for item in items):
        return None
    inside = sum(len(_AND.findall(item)) for item in items[:-1])
    return items, len(items), len(items) + more + inside, joined
