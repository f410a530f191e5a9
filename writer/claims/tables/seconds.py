"""Underlined cells that should be the second best of those they compete with, and are not.

That underlining means the second best is taken from where it stands, as the meaning of bold
is (``marks.py``): beside a bold best, nearly all underlined cells are on the best of the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from writer.claims.tables.marks import (
    ENOUGH,
    NEARLY_ALL,
    REFERENCE,
    SAID,
    USEFUL,
    Group,
    Reading,
    holding,
    reaches,
)
from writer.model.table import PaperTable, TableCell

MOST = 0.6
"""Share of the underlined cells that must be second best where the caption says they are."""

_UNDERLINED = re.compile(r"\bunder(?:lin|scor)\w+", re.IGNORECASE)
_SECOND = re.compile(r"\b(?:second|2\s?\^?\s?nd|runners?[- ]up|next)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Second:
    """An underlined cell beside the best of its group.

    Attributes:
        cell: the only one of the group that is underlined.
        rest: what the best is followed by: the best of the others.
        good: whether ``cell`` reaches it.
    """

    cell: TableCell
    rest: TableCell
    good: bool


def wrong_seconds(table: PaperTable, tried: Sequence[Reading]) -> Iterator[Second]:
    """Each underlined cell that is not the second best of its group.

    Args:
        table: with a caption that gives the marks no other meaning.
        tried: its :func:`writer.claims.tables.marks.readings`.
    """
    said = _UNDERLINED.search(table.caption) is not None
    if said and not _SECOND.search(table.caption):
        return
    chosen = holding(table, tried)
    if chosen is None:
        return
    found = list(_seconds(chosen))
    if not _hold(found, *((SAID, MOST) if said else (ENOUGH, NEARLY_ALL))):
        return
    outside = _outside(table, found)
    others = [
        seconds for seconds in map(list, map(_seconds, tried)) if _hold(seconds, SAID, USEFUL)
    ]
    excused = [item.cell for seconds in others for item in seconds if item.good]
    for item in found:
        if not item.good and item.rest.rows not in outside and item.cell not in excused:
            yield item


def _hold(found: Sequence[Second], enough: int, most: float) -> bool:
    """Whether so many, and such a share of all, are the second best."""
    good = sum(item.good for item in found)
    return good >= enough and good >= most * len(found)


def _seconds(reading: Reading) -> Iterator[Second]:
    """The groups with one bold cell, which is the best, and one that is underlined."""
    for group, mark in reading.telling():
        lower = _lower(group, mark)
        if lower is None:
            continue
        rest = tuple(cell for cell in group.cells if cell is not mark)
        marked = [cell for cell in rest if cell.underlined]
        if len(marked) == 1 and len(rest) > 1 and not mark.underlined:
            best = Group(rest, lower).best(lower=lower)
            yield Second(marked[0], best, reaches(marked[0], best))


def _lower(group: Group, mark: TableCell) -> bool | None:
    """Whether less is better, where the mark is the best; None where it is not."""
    if group.lower is not None:
        return group.lower if group.leads(mark) else None
    ways = [lower for lower in (True, False) if group.is_best(mark, lower=lower)]
    return ways[0] if len(ways) == 1 else None


def _outside(table: PaperTable, found: Sequence[Second]) -> set[tuple[str, ...]]:
    """The rows that beat underlined cells again and again, and bear no mark: no competitors."""
    marked = {cell.rows for cell in table.cells if cell.bold or cell.underlined}
    beats = Counter(item.rest.rows for item in found if not item.good)
    return {rows for rows, count in beats.items() if count >= REFERENCE and rows not in marked}
