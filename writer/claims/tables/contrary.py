"""A change that is told the wrong way round: "reduces" where the cells say that it rose.

The claim is read once more with the opposite word. Where that reading has cells, and the reading
as it stands has none or much worse bound ones, the word is what is wrong.
"""

from __future__ import annotations

from dataclasses import replace

from writer.claims.tables.against import LEAST, is_named_pair
from writer.claims.tables.asked import Asked
from writer.claims.tables.changes import governing, nearest
from writer.claims.tables.costs import falls
from writer.claims.tables.decide import SIBLING, Match, search, supports
from writer.claims.tables.evidence import NAMED, Evidence
from writer.claims.tables.layout import layout
from writer.claims.tables.pool import FALLING, RISING
from writer.claims.tables.prose import Said

OPPOSITE = {"up": "down", "down": "up", "better": "worse", "worse": "better"}


def is_sure(asked: Asked) -> bool:
    """Whether a word beside the number, or the verb before its "by", says which way it went."""
    return asked.direction in OPPOSITE and (asked.firm or asked.governed)


def contrary(asked: Asked, evidence: Evidence, match: Match | None) -> Match | None:
    """The two cells that give the size of a change, and go the other way than its word says.

    Args:
        match: what supports the claim as it stands, or None.
    """
    if not is_sure(asked):
        return None
    if match is not None and (match.base < 0 or match.aggregate):
        return None  # a printed change has no direction of its own
    other = supports(search(replace(asked, direction=OPPOSITE[asked.direction]), evidence))
    if other is None or other.base < 0 or other.aggregate or not goes_against(asked, other):
        return None
    if match is not None and other.score < match.score + SIBLING:
        return None
    return other


def is_certain(asked: Asked, match: Match, evidence: Evidence) -> bool:
    """Whether the words name both cells of what goes the other way beyond doubt."""
    return match.score >= LEAST and is_named_pair(asked, match, evidence)


def goes_against(asked: Asked, match: Match) -> bool:
    """Whether two cells go another way than the word beside the number says, as far as it is
    known which way is better."""
    if not is_sure(asked) or match.kind == "errors" or match.kind not in (*RISING, *FALLING):
        return False
    down = falls(asked.direction)[match.sign]
    return abs(down) == 1.0 and (down > 0) == (match.kind in RISING)


def is_denied(asked: Asked, match: Match, evidence: Evidence) -> bool:
    """Whether cells that another sentence is told by go against the claim.

    They do not where the claim compares with the first of them, nor where that is the proposal
    without a part: "removing it costs 2 points" of what "gains" them.
    """
    if match.base < 0 or not goes_against(asked, match):
        return False
    if evidence.ours[match.base] > evidence.ours[match.new] or evidence.ablated[match.new]:
        return False
    if asked.base is None:
        return True
    return bool(evidence.coverage(evidence.met(asked.base))[match.new] < NAMED)


def is_opposed(asked: Asked, said: Said) -> bool:
    """Whether a sentence of the body tells the same number with the opposite word."""
    if not is_sure(asked):
        return False
    text, quantity = said.sentence.text, said.quantity
    places = layout(text, said.spoken.quantities)
    name, firm = nearest(text, (quantity.start, quantity.end), places)
    name = name if firm else governing(text, quantity)
    return name == OPPOSITE[asked.direction]
