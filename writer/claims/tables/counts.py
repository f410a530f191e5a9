"""Counts of what a table lists: "six baselines", "five datasets", "three models"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from writer.claims.quantities import Quantity
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.grid import Grid, Line
from writer.claims.tables.terms import terms

MOST = 200
"""Longer lists are counted by nobody who writes the number."""

ENUMERATED = 0.6
"""Share of a list's names that the sentence must say to count as its enumeration."""

NOUNS = 4
"""How many words behind the number may name what is counted."""

_TOTALS = re.compile(
    r"\b(?:total|overall|average|avg|mean|all|median|sum|std|geomean|improvement)\b", re.I
)
_END = re.compile(
    r"[,;:.()\u2014]\s|\s(?:and|or|of|in|on|for|with|from|that|which|to|across|using|by|at|as)\s"
)


@dataclass(frozen=True, eq=False)
class Counted:
    """A list of a table with as many entries as a claim says.

    Attributes:
        grid: the table.
        names: what was counted.
        why: how the sentence names the list.
    """

    grid: Grid
    names: tuple[str, ...]
    why: str


def counted(text: str, quantity: Quantity, evidence: Evidence) -> Counted | None:
    """The list that a bare whole number counts, or None."""
    value = quantity.value
    if quantity.form != "plain" or value != int(value) or not 2 <= value <= MOST:
        return None
    nouns = _nouns(text, quantity)
    said = {part for term in terms(text) for part in (term.joined, *term.parts)}
    for grid in evidence.grids:
        for title, names in grid.lists:
            listed = tuple(name for name in names if _is_said(name, said))
            if len(listed) == value and (len(names) == value or value > 2):
                return Counted(grid, listed, "the sentence lists them")
            if len(names) != value:
                continue
            if len(listed) >= ENUMERATED * value:
                return Counted(grid, names, "the sentence lists them")
            if nouns & title:
                return Counted(grid, names, f"the table lists {', '.join(sorted(nouns & title))}")
    return None


def _nouns(text: str, quantity: Quantity) -> frozenset[str]:
    """Plurals that may name what is counted: those behind the number, up to a boundary."""
    end = _END.search(text, quantity.number_end)
    stop = end.start() if end else len(text)
    behind = text[quantity.number_end : stop]
    found = [term for term in terms(behind) if not term.joined.isdigit()][:NOUNS]
    return frozenset(term.joined for term in found if behind[: term.end].endswith("s"))


def lists(grid: Grid) -> Iterator[tuple[frozenset[str], tuple[str, ...]]]:
    """Every list of a table: words that title it, and its entries."""
    corner = _words(grid.table.corner)
    caption = _words((grid.table.caption,))
    yield from ((corner | caption, names) for names in _entries(grid.rows))
    yield from ((frozenset(), names) for names in _entries(grid.columns))


def _entries(lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    paths = [line.path for line in lines if line.path]
    for level in range(max((len(path) for path in paths), default=0)):
        names = tuple(dict.fromkeys(path[level] for path in paths if len(path) > level))
        kept = tuple(name for name in names if not _TOTALS.search(name))
        yield names
        if len(kept) < len(names):
            yield kept
    others = tuple(dict.fromkeys(line.path[-1] for line in lines if line.path and line.ours < 0.5))
    if others and len(others) < len(lines):
        yield others


def _words(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(term.joined for text in texts for term in terms(text))


def _is_said(name: str, said: set[str]) -> bool:
    parts = [term for term in terms(name) if not term.joined.isdigit()]
    return any(
        term.joined in said or (bool(term.parts) and all(part in said for part in term.parts))
        for term in parts
    )
