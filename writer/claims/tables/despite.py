"""Cells that state a number otherwise, although a sentence of the body says it again.

A sentence is weaker evidence than a table: whoever measures anew prints a new table, and may
leave the text as it was, all of it. So where the tables speak of what both sentences speak of, and
nothing in them gives the number, the sentence of the body is no support.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from writer.claims.quantities import Quantity
from writer.claims.tables.against import contradicts, is_said_otherwise, names_all
from writer.claims.tables.asked import Asked
from writer.claims.tables.decide import Match, Search, supports
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.prose import Said
from writer.claims.tables.through import Through

INTERVAL = re.compile(r"\[[^\[\]]{0,20}$")
"""What stands before an end of an interval, "[0.62, 0.66]": no cell need print it."""


@dataclass(frozen=True, eq=False)
class Denial:
    """The cells that deny a number.

    Attributes:
        match: the cells.
        is_certain: whether they are beyond doubt what the number is said of.
    """

    match: Match
    is_certain: bool


def denial(
    asked: Asked,
    others: Sequence[Quantity],
    found: Search,
    said: Said,
    evidence: Evidence,
    through: Through,
) -> Denial | None:
    """The cells that state a number otherwise which ``said`` says again, or None.

    They are certain where the words of claim or body single them out, and either name them whole
    or are led to the same by the other's; or where the words of both together single them out.

    Args:
        asked, others, found: the claim, the other numbers of its sentence, what tables gave.
    """
    if INTERVAL.search(said.sentence.text, 0, said.quantity.start):
        return None
    again, there = through.read(said)
    sides = ((asked, others, found), (again, said.spoken.quantities, there))
    denied = [
        contradicts(one, beside, given.first, given.matches, evidence)
        for one, beside, given in sides
    ]
    same = _is_same(found, there)
    for match, (one, _, given) in zip(denied, sides, strict=True):
        if match is not None and (same or names_all(one, match, evidence)):
            return Denial(match, is_certain=not _is_printed(match, given))
    (together, given), numbers = through.together(asked, said), (*others, *said.spoken.quantities)
    match = contradicts(together, numbers, given.first, given.matches, evidence)
    if match is not None and supports(given) is None:
        return Denial(match, is_certain=not _is_printed(match, given))
    for one, _, given in reversed(sides):
        if given.first is not None and is_said_otherwise(one, given.first, evidence):
            return Denial(given.first.match, is_certain=False)
    return None


def _is_printed(match: Match, given: Search) -> bool:
    """Whether another cell of the same table prints the number."""
    return any(other.is_level and other.table == match.table for other in given.matches)


def _is_same(one: Search, other: Search) -> bool:
    """Whether the words of both sentences bind the same cells best, or cells of one value."""
    if one.first is None or other.first is None:
        return False
    first, second = one.first.match, other.first.match
    if (first.lo, first.hi, first.kind) == (second.lo, second.hi, second.kind):
        return True
    return {id(cell) for cell in first.cells} == {id(cell) for cell in second.cells}
