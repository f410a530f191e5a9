"""What a number means where its printed form leaves that open.

"93.4%" is a level, "by 3%" a change, and "3% more accurate" often a difference in points. The
sentence tells a change from a level; which kind of change, the cells tell that give it.
"""

from __future__ import annotations

import re

from writer.claims.quantities import Quantity
from writer.claims.tables.changes import is_compared
from writer.claims.tables.decide import Match
from writer.claims.tables.metrics import names_level
from writer.claims.tables.pool import CHANGES, DIFFERENCES
from writer.claims.tables.terms import terms

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
    if quantity.form == "percent" and not _is_of_score(text, quantity):
        return "percent"
    return "points"


_CLAUSE = re.compile(r"[;:.]\s|\(|\)|,\s(?:while|and|but|with|whereas)\s")
_RELATIVE = re.compile(r"\b(?:relativ\w+|more\s(?:performance|efficient))\b", re.IGNORECASE)
NEAR = 80
"""How far from a change the score that changes is named, in characters."""


def _is_of_score(text: str, quantity: Quantity) -> bool:
    """Whether what changes by some per cent is itself a score in per cent: a difference in
    points then, as papers mean it, unless they say that it is relative."""
    before = text[max(quantity.start - NEAR, 0) : quantity.start]
    after = text[quantity.end : quantity.end + NEAR // 2]
    start = max((match.end() for match in _CLAUSE.finditer(before)), default=0)
    end = _CLAUSE.search(after)
    clause = f"{before[start:]} \u00b7 {after[: end.start() if end else len(after)]}"
    said = (term.joined for term in terms(clause))
    return names_level(clause, said) and _RELATIVE.search(clause) is None
