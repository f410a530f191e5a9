"""Counts that a table gives by its parts: "862 ratings were changed", of six rows of one group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from writer.claims.quantities import Quantity
from writer.claims.tables.asked import Asked
from writer.claims.tables.cells import digits_of
from writer.claims.tables.context import BEFORE
from writer.claims.tables.grid import Grid, Line
from writer.claims.tables.terms import terms
from writer.claims.tables.things import Things
from writer.latex.words import words
from writer.model.table import PaperTable, TableCell
from writer.model.unit import unit

if TYPE_CHECKING:
    from writer.claims.tables.evidence import Evidence

LEAST = 100
"""Smaller counts are met by the sums of too many cells."""

CHANCE = 0.05
"""How likely one of the sums that the sentence names may be a number near it by chance."""

NEAR = 0.7
"""Sums between the count and so much of it above and below are near."""

MOST = 150
"""Groups of rows, or of columns, beyond which a table is not summed."""

SHORT = 4
"""Words of so many letters are told apart by their endings."""

SHOWN = 3
"""How many parts a report lists."""

_WHOLE = re.compile(r"[^\d.]*\d[\d,\u202f ]*[^\d.]*\Z")
_ALL = re.compile(
    r"\b(?:total|overall|average|avg|mean|all|median|sum|std|max|min|ratio|share)\b|%", re.I
)
_ENDING = re.compile(r"(?:e?d|ing|e?s|e)\Z")
_COUNTS = words("count number n quantity frequency size sample instance # no num amount")
"""Headers of any counts, which bind nothing by themselves."""


@dataclass(frozen=True, eq=False)
class Total:
    """A sum of counts that stand in one table.

    Attributes:
        table: where they stand.
        names: the headers that its rows, and its columns, share; empty for all of them.
        value: what they sum to.
        cells: the parts.
    """

    table: PaperTable
    names: tuple[str, ...]
    value: float
    cells: tuple[TableCell, ...]

    def told(self) -> str:
        """The parts in words."""
        shown = ", ".join(digits_of(cell) for cell in self.cells[:SHOWN])
        more = f" and {len(self.cells) - SHOWN} more" if len(self.cells) > SHOWN else ""
        under = f" ({', '.join(self.names)})" if self.names else ""
        return f"Table {self.table.number} has {shown}{more}{under}, {self.value:.6g} in all"


def is_sample(quantity: Quantity) -> bool:
    """Whether a number is told as the size of a sample: "N = 351"."""
    return quantity.symbol in ("N", "n")


def total(
    text: str, asked: Asked, what: Things | None, quantity: Quantity, evidence: Evidence
) -> Total | None:
    """The cells that sum to a count and share just what its sentence names, or None."""
    value = quantity.value
    if quantity.hedge or quantity.spelled or value < LEAST:
        return None
    if not any(grid.sums.has(value) for grid in evidence.grids):
        return None
    near = [item for grid in evidence.grids for item in grid.sums.near(value)]
    met = zip(evidence.units, evidence.met(asked.subject), strict=True)
    said = {_stem(term.joined) for term in terms(text)}
    said.update(each.joined for each, weight in met if weight >= BEFORE)
    bound = [item for item in near if _is_named(item, what, quantity, said)]
    sums = {item.value for item in bound}
    if value not in sums or len(sums) > CHANCE * (1 / NEAR - NEAR) * value:
        return None
    return max((item for item in bound if item.value == value), key=lambda item: len(item.names))


def _is_named(item: Total, what: Things | None, quantity: Quantity, said: Set[str]) -> bool:
    """Whether the sentence says each header that the parts share, or, where it need not say
    any, what the table counts."""
    shared = [{term.joined for term in terms(name)} for name in item.names]
    telling = [name for name in shared if not name <= _COUNTS]
    if telling:
        return all(said & (name | set(map(_stem, name))) - _COUNTS for name in telling)
    caption = {term.joined for term in terms(" ".join((item.table.caption, *item.table.corner)))}
    if what is None:
        return is_sample(quantity) and quantity.text in caption
    return what.head in caption


def _stem(word: str) -> str:
    """A word without its ending, so that "changed" says "Change"."""
    return _ENDING.sub("", word) if len(word) > SHORT else word


class Sums:
    """Every sum of whole numbers in the lines of a table that share one header or two.

    Args:
        grid: the table.
    """

    def __init__(self, grid: Grid) -> None:
        import numpy as np

        self._grid = grid
        self._rows, self._columns = list(_groups(grid.rows)), list(_groups(grid.columns))
        self._known = grid.cells >= 0
        self._at = np.zeros((0, 2), dtype=np.int64)
        self._sums = np.zeros(0)
        if max(len(self._rows), len(self._columns)) > MOST or not grid.table.cells:
            return
        place = np.maximum(grid.cells, 0)
        counts = np.array([_is_count(cell) for cell in grid.table.cells])[place] & self._known
        values = np.array([cell.value for cell in grid.table.cells])[place]
        across = np.array([mask for _, mask in self._rows], dtype=float)
        down = np.array([mask for _, mask in self._columns], dtype=float).T
        sums = across @ np.where(counts, values, 0.0) @ down
        parts = across @ counts.astype(float) @ down
        others = across @ (self._known & ~counts).astype(float) @ down
        self._at = np.argwhere((parts > 1) & (others == 0) & (sums >= LEAST))
        self._sums = sums[self._at[:, 0], self._at[:, 1]]

    def has(self, value: float) -> bool:
        """Whether one of them is ``value``."""
        return bool((self._sums == value).any())

    def near(self, value: float) -> Iterator[Total]:
        """Those that are not far from ``value``."""
        import numpy as np

        table = self._grid.table
        for place in np.flatnonzero((self._sums >= NEAR * value) & (self._sums <= value / NEAR)):
            row, column = self._at[place]
            above, mask = self._columns[column]
            beside, own = self._rows[row]
            box = self._known & np.outer(own, mask)
            cells = tuple(table.cells[index] for index in self._grid.cells[box])
            yield Total(table, (*beside, *above), float(self._sums[place]), cells)


def _is_count(cell: TableCell) -> bool:
    """Whether a cell counts things."""
    counted = not cell.unit or unit(cell.unit).dimension.startswith("count:")
    return counted and cell.spread is None and _WHOLE.match(cell.text) is not None


def _groups(lines: Sequence[Line]) -> Iterator[tuple[tuple[str, ...], list[bool]]]:
    """The lines that share headers, totals left out: all, those with one header, with two."""
    kept = [line for line in lines if not any(_ALL.search(name) for name in line.path)]
    plain = [line in kept for line in lines]
    yield (), plain
    seen = {tuple(plain)}
    for size in (1, 2):
        pairs = dict.fromkeys(
            names for line in kept for names in combinations(dict.fromkeys(line.path), size)
        )
        if len(pairs) > MOST:
            return
        for names in pairs:
            mask = [
                own and set(names) <= set(line.path) for line, own in zip(lines, plain, strict=True)
            ]
            if tuple(mask) not in seen:
                seen.add(tuple(mask))
                yield names, mask
