"""Shares that a table of counts gives line by line: "52% use two or more platforms" is the sum of
the lines 2, 3, 4 ... of a table whose lines are numbers of platforms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from writer.claims.quantities import SPELLED, Quantity
from writer.claims.tables.asked import Asked
from writer.claims.tables.grid import Grid, Line
from writer.claims.tables.terms import terms
from writer.claims.tables.totals import Total
from writer.model.interval import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from writer.claims.tables.evidence import Evidence

FEWEST = 3
"""A table has at least so many lines that are numbers."""

TIED = 2
"""A sentence may name so many lines as well as any other, where only one of them fits."""

NOUN = 2
"""Among how many words behind the limit the noun stands."""

_NUMBER = rf"(?P<{{}}>\d{{{{1,3}}}}|{'|'.join(SPELLED)})"
_LIMIT = re.compile(
    rf"\b(?:(?P<word>more\sthan|over|at\sleast|at\smost|fewer\sthan|less\sthan|up\sto)\s"
    rf"{_NUMBER.format('after')}"
    rf"|{_NUMBER.format('before')}\sor\s(?P<side>more|fewer|less))(?![\w%.]\d?)",
    re.IGNORECASE,
)
_ABOVE = {"more than": 1, "over": 1, "at least": 0, "more": 0}
_BELOW = {"fewer than": 1, "less than": 1, "at most": 0, "up to": 0, "fewer": 0, "less": 0}
_LINE = re.compile(r"(\d{1,3})\+?")


class Limit(NamedTuple):
    """The numbers of things that a sentence speaks of.

    Attributes:
        least, most: the first and the last.
        end: where it ends in the text.
    """

    least: float
    most: float
    end: int


def cumulative(text: str, asked: Asked, evidence: Evidence) -> Total | None:
    """The lines of a table that sum to what a sentence says of "two or more" things, or None."""
    quantity = asked.quantity
    limit = _limit(text, quantity)
    if limit is None or quantity.spelled or quantity.form not in ("plain", "percent"):
        return None
    noun = {term.joined for term in terms(text[limit.end :])[:NOUN]}
    named = None
    for number, grid in enumerate(evidence.grids):
        said = {term.joined for term in terms(" ".join((grid.table.caption, *grid.table.corner)))}
        if not noun & said:
            continue
        if named is None:
            named = evidence.named(evidence.met(asked.subject))
        for turned in (False, True):
            first = int(evidence.starts[2 * number + (not turned)])
            found = _sum(grid, limit, quantity, named[first:], turned=turned)
            if found is not None:
                return found
    return None


def _limit(text: str, quantity: Quantity) -> Limit | None:
    """The limit that stands behind a quantity, else the nearest before it."""
    found = list(_limits(text, quantity))
    behind = [item for item in found if item.end > quantity.end]
    return behind[0] if behind else found[-1] if found else None


def _limits(text: str, quantity: Quantity) -> Iterator[Limit]:
    for match in _LIMIT.finditer(text):
        if match.start() < quantity.end and quantity.start < match.end():
            continue
        word = " ".join((match["word"] or match["side"]).lower().split())
        digits = (match["after"] or match["before"]).lower()
        number = float(digits) if digits.isdigit() else float(SPELLED[digits])
        if word in _ABOVE:
            yield Limit(number + _ABOVE[word], float("inf"), match.end())
        else:
            yield Limit(0, number - _BELOW[word], match.end())


def _sum(
    grid: Grid, limit: Limit, quantity: Quantity, named: NDArray[np.float64], *, turned: bool
) -> Total | None:
    """The sum over a table's numbered lines in the line across that the sentence names best."""
    lines, others = (grid.columns, grid.rows) if turned else (grid.rows, grid.columns)
    known = ((line, _number(item)) for line, item in enumerate(lines))
    numbered = {line: number for line, number in known if number is not None}
    numbers = list(numbered.values())
    if len(numbers) < FEWEST or numbers != sorted(set(numbers)):
        return None
    chosen = [line for line, number in numbered.items() if limit.least <= number <= limit.most]
    percent = quantity.unit == "%"
    places = grid.cells.T if turned else grid.cells
    kept = [
        line
        for line, item in enumerate(others)
        if percent == ("%" in item.units) and (places[list(numbered), line] >= 0).sum() >= FEWEST
    ]
    if not kept:
        return None
    most = max(float(named[line]) for line in kept)
    best = [line for line in kept if float(named[line]) >= most]
    totals = (_total(grid, places, chosen, line, len(numbers)) for line in best[: TIED + 1])
    found = [item for item in totals if item is not None and quantity.interval.meets(item[1])]
    return found[0][0] if len(best) <= TIED and len(found) == 1 else None


def _total(
    grid: Grid, places: NDArray[np.int64], chosen: Sequence[int], line: int, count: int
) -> tuple[Total, Interval] | None:
    """What some of the numbered lines, not all of them, sum to in one line across."""
    cells = [grid.table.cells[index] for index in places[chosen, line] if index >= 0]
    if not 1 < len(cells) < count:
        return None
    span = Interval(sum(cell.interval.lo for cell in cells), sum(c.interval.hi for c in cells))
    names = tuple(dict.fromkeys((*cells[0].columns, *cells[0].rows)))
    shared = tuple(name for name in names if all(name in (*c.columns, *c.rows) for c in cells))
    return Total(grid.table, shared, sum(cell.value for cell in cells), tuple(cells)), span


def _number(line: Line) -> int | None:
    """The number of things that a line is, if it is one."""
    match = _LINE.fullmatch(line.path[-1].strip()) if line.path else None
    return int(match[1]) if match is not None else None
