"""Of equal cells, the one whose neighbours are the sentence's other numbers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from writer.claims.quantities import Quantity
from writer.claims.tables.asked import Asked
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.score import stating

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

IMPRECISE = 0.5
"""What a number of one or two digits counts, against 1: many cells have it."""

REACH = 20
"""At so many characters from the claim another number of the sentence counts half."""

MATES = 60
"""How many cells that state another number are looked at, at most."""


def companions(asked: Asked, evidence: Evidence, cell: int) -> tuple[float, float, float]:
    """How many other numbers of the sentence stand in the row or column of a cell, how many in
    its table, and how many of its headers the nearest of them share; those near the claim in the
    sentence count most.

    Args:
        cell: its number among all cells.
    """
    row, column = (int(place) for place in evidence.places[:, cell])
    near = around = alike = 0.0
    for item in asked.beside:
        weight = _weight(asked.quantity, item)
        rows, columns = _printing(item, evidence, cell)
        mates = (rows == row) | (columns == column)
        near += weight * bool(mates.any())
        around += weight * bool((evidence.axis[rows[rows >= 0]] == evidence.axis[row]).any())
        alike += weight * _shared(
            evidence, (row, column), zip(rows[mates], columns[mates], strict=True)
        )
    return near, around, alike


def _weight(claim: Quantity, item: Quantity) -> float:
    """What another number of the sentence counts by how near to the claim it stands."""
    return REACH / (REACH + max(item.start - claim.end, claim.start - item.end, 0))


def _printing(item: Quantity, evidence: Evidence, cell: int) -> NDArray[np.int64]:
    """Rows and columns of the cells that state a number, apart from ``cell``."""
    import numpy as np

    found = np.flatnonzero(stating(item, evidence)[:-1])
    return evidence.places[:, found[found != cell]]


def _shared(evidence: Evidence, own: tuple[int, int], others: Iterable[tuple[int, int]]) -> float:
    """The largest share of a cell's headers that one of the other cells has."""
    terms = _headers(evidence, own)
    shares = (
        len(terms & _headers(evidence, (int(row), int(column)))) / max(len(terms), 1)
        for row, column in islice(others, MATES)
    )
    return max(shares, default=0.0)


def _headers(evidence: Evidence, cell: tuple[int, int]) -> frozenset[str]:
    return frozenset(term for line in cell for term in evidence.lines[line].path)


def company(asked: Asked, evidence: Evidence, cell: int) -> float:
    """How many other numbers of the sentence stand in the row or column of a cell, weighed as
    :func:`companions` does; what it is set against among them, and those of few digits.

    Args:
        cell: its number among all cells.
    """
    partner = asked.partner
    more = (*asked.beside, partner) if partner and partner not in asked.beside else asked.beside
    row, column = evidence.places[:, cell]

    def near(item: Quantity) -> float:
        rows, columns = _printing(item, evidence, cell)
        return _weight(asked.quantity, item) * bool(((rows == row) | (columns == column)).any())

    return sum(map(near, more)) + IMPRECISE * sum(map(near, asked.others))
