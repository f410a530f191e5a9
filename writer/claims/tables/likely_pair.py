"""The pair of cells, or the printed change, that a ratio or change stands for which a sentence of
the body bears out.

The verdict rests on that sentence, as for a level in :mod:`writer.claims.tables.likeliest`.
"""

from __future__ import annotations

import math

from writer.claims.tables.asked import Asked
from writer.claims.tables.decide import FLOOR, Match, Search
from writer.claims.tables.measured import form_of
from writer.claims.tables.printed_changes import bearing_out

LEAST, LEAST_PRINTED = 1.0, 0.5
"""The words of claim and body together must bind it so well; a pair whose change the table prints
beside it only so well,"""

CLEAR, CLEAR_PRINTED = 0.1, 0.0
"""and by so much better than anything else that gives the number; and those of each alone by
:data:`~writer.claims.tables.decide.FLOOR`."""


def likely_pair(asked: Asked, own: Search, said: Search, together: Search) -> Match | None:
    """What gives a ratio or change and is bound best, if it is bound well and alone.

    Args:
        asked: what was read of the claim.
        own, said: what the words of the claim gave, and what those of the body's sentence gave.
        together: what those of both gave.
    """
    is_ratio = form_of(asked) == "ratio"
    if not (asked.compared or is_ratio) or not together.matches:
        return None
    best, *others = sorted(_agreeing(together), key=lambda match: match.score, reverse=True)
    if best.aggregate or (best.kind == "cell" and not best.is_stated and not is_ratio):
        return None
    printed = best.kind != "cell" and bool(bearing_out(best))
    least, clear = (LEAST_PRINTED, CLEAR_PRINTED) if printed else (LEAST, CLEAR)
    rivals = (other.score for other in others if not _has_all_of(other, best))
    if best.score < least or max(rivals, default=-math.inf) > best.score - clear:
        return None
    return best if all(_binds(one, best) for one in (own, said)) else None


def _binds(found: Search, match: Match) -> bool:
    """Whether the words of one sentence alone are not against a match."""
    return any(
        other.kind == match.kind and other.score >= FLOOR and other.cells == match.cells
        for other in _agreeing(found)
        if not other.aggregate
    )


def _agreeing(found: Search) -> tuple[Match, ...]:
    return (*found.matches, *found.further)


def _has_all_of(other: Match, match: Match) -> bool:
    """Whether another has all of the cells of a match, as a mean of it and others does."""
    return {id(cell) for cell in match.cells} <= {id(cell) for cell in other.cells}
