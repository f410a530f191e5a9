"""The cell that a number stands for which a sentence of the body bears out.

The verdict rests on that sentence; the cell is told so that a reader finds the table.
"""

from __future__ import annotations

import math

from writer.claims.tables.asked import Asked
from writer.claims.tables.companions import companions
from writer.claims.tables.decide import Match, Search
from writer.claims.tables.evidence import Evidence

UNKNOWN = 1.0
"""A cell that one of the sentences does not come upon counts as bound by so much less than the
worst that it comes upon."""

DIGITS, WORST = 3, -2.0
"""So many significant digits tell the cell nearly alone: it must be bound so well. A number of
fewer, "noise of 100:1", is shown in no cell unless it is part of a whole, "13/50"; then"""

LEAST = 0.0
"""the words of claim and body together must bind it so well, it must print just the number,"""

ALIKE, FEW = 0.2, 3
"""and of cells bound by at most so much less there are so few."""


def likeliest(asked: Asked, evidence: Evidence, own: Search, said: Search | None) -> Match | None:
    """The cell that prints the number and that claim and body bind best together, if any.

    Args:
        asked: what was read of the claim.
        evidence: all tables.
        own: what the claim's own words gave.
        said: what those of the body's sentence gave, where one is known.
    """
    if asked.compared or asked.quantity.form not in ("plain", "percent"):
        return None
    ranked: dict[tuple[int, int, int], float] = {}
    both = [own.levels] if said is None else [own.levels, said.levels]
    found = [match for levels in reversed(both) for match in levels]
    if asked.whole is not None:
        found = [match for match in found if _is_out_of(match, asked.whole.value)]
    known = {_place(match): match for match in found}
    for levels in both:
        scores = {_place(match): match.score for match in levels}
        rest = min(scores.values(), default=0.0) - UNKNOWN
        for place in known:
            ranked[place] = ranked.get(place, 0.0) + scores.get(place, rest)
    if not ranked:
        return None
    if asked.beside:
        for place, match in known.items():
            near, _, alike = companions(asked, evidence, match.cell)
            ranked[place] += near + alike
    first = max(ranked, key=lambda place: ranked[place])
    best, value = known[first], asked.quantity.value
    if asked.quantity.significant >= DIGITS:
        return best if ranked[first] >= WORST else None
    if asked.whole is None:
        return None
    rivals = sum(score >= ranked[first] - ALIKE for score in ranked.values())
    rounded = not math.isclose((best.lo + best.hi) / 2, value, rel_tol=1e-6, abs_tol=1e-9)
    return None if rounded or rivals > FEW or ranked[first] < LEAST else best


def _is_out_of(match: Match, whole: float) -> bool:
    """Whether a cell prints what its count is out of as well: "13/50"."""
    cell = match.cells[0]
    return any(
        other.value == whole and (other.row, other.column) == (cell.row, cell.column)
        for other in match.paper_table.cells
    )


def _place(match: Match) -> tuple[int, int, int]:
    cell = match.cells[0]
    return match.table, cell.row, cell.column
