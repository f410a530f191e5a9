"""Of equal cells, the one whose neighbours are the sentence's other numbers."""

from __future__ import annotations

from writer.claims.tables.context import Asked
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.score import stating

REACH = 20
"""At so many characters from the claim another number of the sentence counts half."""


def companions(asked: Asked, evidence: Evidence, cell: int) -> tuple[float, float]:
    """How many other numbers of the sentence stand in the row or column of a cell, and how
    many in its table; those near the claim in the sentence count most.

    Args:
        cell: its number among all cells.
    """
    import numpy as np

    row, column = (int(place) for place in evidence.places[:, cell])
    near = around = 0.0
    quantity = asked.quantity
    for item in asked.beside:
        gap = max(item.start - quantity.end, quantity.start - item.end, 0)
        weight = REACH / (REACH + gap)
        found = np.flatnonzero(stating(item, evidence)[:-1])
        rows, columns = evidence.places[:, found[found != cell]]
        near += weight * bool(((rows == row) | (columns == column)).any())
        around += weight * bool((evidence.axis[rows[rows >= 0]] == evidence.axis[row]).any())
    return near, around
