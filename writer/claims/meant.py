"""What a number means where its printed form leaves that open.

"93.4%" is a level, "by 3%" a change, and "3% more accurate" often a difference in points. The
sentence tells a change from a level; which kind of change, the cells tell that give it.
"""

from __future__ import annotations

from writer.claims.quantities import Quantity
from writer.claims.tables.changes import is_compared
from writer.claims.tables.decide import Match
from writer.claims.tables.pool import CHANGES, DIFFERENCES

LEVEL = "plain"


def meant(text: str, quantity: Quantity, match: Match | None) -> str:
    """The form that a claim has in the reports.

    Args:
        text: its sentence.
        quantity: as its digits and its unit print it.
        match: the cells that support it, if any.

    Returns:
        ``plain`` for a level, also in per cent; ``percent`` for a relative change;
        ``points`` for a difference, whatever its unit; ``ratio``.
    """
    if quantity.form not in ("percent", "plain"):
        return quantity.form
    kind = match.kind if match is not None else ""
    compared = is_compared(text, quantity)
    if kind in DIFFERENCES and (compared or quantity.form == "percent"):
        return "points"
    if kind in CHANGES:
        return "percent"
    if not compared:
        return LEVEL
    return "percent" if quantity.form == "percent" else "points"
