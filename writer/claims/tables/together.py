"""What the numbers of one sentence say together, once each was held against the paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from writer.claims.quantities import Quantity
from writer.claims.tables.comparisons import alike
from writer.claims.tables.directions import denied
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.intervals import is_interval, printed_ends
from writer.claims.tables.judge import Held, doubted, ranged
from writer.claims.tables.range_ends import with_other_end
from writer.claims.tables.wording import prints
from writer.model.claim import Verdict
from writer.model.interval import Interval
from writer.model.table import TableCell

Judged = tuple[Quantity, Held | None]


def settled(
    text: str, items: Sequence[Judged], evidence: Callable[[], Evidence]
) -> list[Held | None]:
    """The verdicts on the numbers of the sentence ``text``, in their order.

    Args:
        items: all its numbers, with what was found for each; None for one not asked.
        evidence: gives the tables.
    """
    found = [held for _, held in items]
    _share(items, found)
    _bracket(text, items, found, evidence)
    if sum(held is not None for held in found) > 1:
        for place, other in alike([item for item, _ in items], tuple(found), evidence()):
            found[place] = other
    for place, (quantity, held) in enumerate(items):
        if held is not None and any(_tells(item, (quantity, held)) for item in items):
            found[place] = replace(held, verdict=Verdict.UNSUPPORTED, reason=TWICE, match=None)
    _doubt(found)
    for start, end in _changes(items):
        _turn(text, items, found, start, end)
    return found


def _share(items: Sequence[Judged], found: list[Held | None]) -> None:
    """Support the high end of each range by the set of lines that the low one was found in; show
    the cell of an end that only a sentence bears out beside that of the other."""
    for place, ((low, one), (high, other)) in enumerate(pairwise(items)):
        if (high.role, high.range) != ("high", low.range) or one is None or other is None:
            continue
        if one.extent is not None:
            found[place + 1] = ranged(one.extent, other.asked, other.search)
        else:
            found[place : place + 2] = with_other_end(one, other), with_other_end(other, one)


def _bracket(
    text: str,
    items: Sequence[Judged],
    found: list[Held | None],
    evidence: Callable[[], Evidence],
) -> None:
    """Support both ends of an interval that one cell prints; cells that give one each tell less,
    unless both have them."""
    for place, ((low, _), (high, _)) in enumerate(pairwise(items)):
        one, other = found[place : place + 2]
        if one is None or other is None or not is_interval(text, low, high):
            continue
        if all(
            held.match is not None and held.verdict is Verdict.SUPPORTED for held in (one, other)
        ):
            continue
        ends = printed_ends(low, high, (grid.table for grid in evidence().grids))
        for step, (held, cell) in enumerate(zip((one, other), ends or (), strict=False)):
            reason = f"{prints(*cell)}, an end of the interval that the cell prints"
            found[place + step] = Held(
                Verdict.SUPPORTED, reason, held.asked, held.search, printed=cell
            )


def _doubt(found: list[Held | None]) -> None:
    """Contradict no number of a sentence of which a table denies several and gives none: it tells
    of another setting than the table does, as of another test set."""
    denied = [held for held in found if held is not None and held.despite is not None]
    given = {
        held.match.table
        for held in found
        if held is not None and held.match is not None and held.verdict is Verdict.SUPPORTED
    }
    tables = [held.despite.table for held in denied if held.despite is not None]
    for place, held in enumerate(found):
        if held is None or held.despite is None or held.verdict is not Verdict.CONTRADICTED:
            continue
        table = held.despite.table
        if tables.count(table) > 1 and table not in given:
            found[place] = doubted(held)


TWICE = "the cell that gives it is what another number of the sentence tells"
"""Why a number that stands twice in a sentence is not supported by one cell."""


PERFECT = (0.0, 1.0, 100.0)
"""Ends of a scale: results that may be told of several things, with one cell for all."""


def _tells(other: Judged, own: Judged) -> bool:
    """Whether another number is the one that the cells of this one are told by: the same number,
    and bound better to the same cells."""
    (item, there), (quantity, held) = other, own
    if there is None or held is None or item is quantity or item.value != quantity.value:
        return False
    if there.match is None or held.match is None or held.verdict is not Verdict.SUPPORTED:
        return False
    if (item.form, item.unit) != (quantity.form, quantity.unit) or quantity.value in PERFECT:
        return False
    if there.match.cells != held.match.cells:
        return False
    return (there.said is None, there.match.score) > (held.said is None, held.match.score)


def _changes(items: Sequence[Judged]) -> list[tuple[int, int]]:
    """Places of the two ends of each change "from A to B"."""
    found = []
    for end, (last, held) in enumerate(items):
        if held is None or last.role != "to" or held.asked.partner is None:
            continue
        starts = [n for n, (item, _) in enumerate(items[:end]) if item == held.asked.partner]
        if starts and items[starts[-1]][1] is not None:
            found.append((starts[-1], end))
    return found


def _turn(
    text: str, items: Sequence[Judged], found: list[Held | None], start: int, end: int
) -> None:
    """Contradict a change whose verb its numbers deny; its start, and what is told of its size,
    have no support then."""
    one, other = found[start], found[end]
    if one is None or other is None:
        return
    ends = None if one.match is None or other.match is None else (one.match, other.match)
    why = denied(text, items[start][0], items[end][0], ends)
    if not why:
        return
    spans = [items[start][0].interval, items[end][0].interval]
    for place, held in enumerate(found):
        if held is None or place == end:
            continue
        cells = held.match.cells if held.match is not None else ()
        ways = (cells, cells[::-1]) if len(cells) == 2 else ()
        if place == start or any(_are(pair, spans) for pair in ways):
            found[place] = replace(held, verdict=Verdict.UNSUPPORTED, reason=why, match=None)
    found[end] = replace(
        other, verdict=Verdict.CONTRADICTED, reason=why, match=None, against=other.match, denied=why
    )


def _are(cells: Sequence[TableCell], spans: Sequence[Interval]) -> bool:
    """Whether cells give numbers, one each."""
    return all(
        cell.interval.overlaps(span) or cell.interval.scaled(100.0).overlaps(span)
        for cell, span in zip(cells, spans, strict=True)
    )
