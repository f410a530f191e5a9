"""Whether the verb of a change "from A to B" goes the way that its own numbers go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writer.claims.change_words import course_before
from writer.claims.quantities import Quantity
from writer.claims.tables.grid import LOWER
from writer.claims.tables.metrics import DOWN, is_score, lower_is_better
from writer.claims.tables.terms import terms

if TYPE_CHECKING:
    from writer.claims.tables.decide import Match

REACH = 80
"""How far before the first number its verb may stand, in characters."""


def denied(text: str, first: Quantity, last: Quantity, ends: tuple[Match, Match] | None) -> str:
    """How the numbers of a change go, where its verb says otherwise; else the empty string.

    Args:
        text: the sentence.
        first, last: where the change starts and ends.
        ends: the cells that give the two, if they are known.
    """
    verb, _ = course_before(text, first.start, REACH)
    rises = last.value > first.value
    if first.unit != last.unit:
        return ""
    if first.value == last.value:
        return f"the change goes from {first.text} to {last.text}, which is none"
    if not verb:
        return ""
    lower = None if ends is None else _lower(text, *ends)
    wrong = (verb == "up" and not rises) or (verb == "down" and rises)
    if lower is not None and verb in ("better", "worse"):
        wrong = (rises == lower) == (verb == "better")
    if not wrong:
        return ""
    better = "" if lower is None else f", and {'less' if lower else 'more'} is better there"
    return (
        f"the sentence's own numbers go {'up' if rises else 'down'}, from {first.text} to "
        f"{last.text}{better}"
    )


def _lower(text: str, one: Match, other: Match) -> bool | None:
    """Whether less is better in the column that holds both ends; None if that is not known.

    A column of errors may hold a precision: the sentence must say so too.
    """
    if one.table != other.table or one.kind != "cell" or other.kind != "cell":
        return None
    signs = {int(match.pool.sign[match.index]) for match in (one, other)}
    lower = {1: False, LOWER: True}.get(signs.pop()) if len(signs) == 1 else None
    said = {term.joined for term in terms(text)}
    if lower and (not lower_is_better(said) or any(map(is_score, said)) or not _is_sure(other)):
        return None
    return lower


def _is_sure(match: Match) -> bool:
    """Whether an arrow says that less is better, or a header that is no kind of errors."""
    headers = [*match.cells[0].rows, *match.cells[0].columns]
    if any(arrow in text for text in headers for arrow in (DOWN, "\u21d3")):
        return True
    return lower_is_better(
        term.joined for text in headers for term in terms(text) if term.joined != "error"
    )
