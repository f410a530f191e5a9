"""Findings made of claims held against a paper's own tables: shared by several rules."""

from __future__ import annotations

from collections.abc import Callable

from writer.claims.paper import Checked, Judged
from writer.claims.rule import PaperHit
from writer.claims.rules._tables import shown
from writer.claims.tables.decide import Match
from writer.claims.tables.judge import Held
from writer.model.finding import Place

LEAD = 0.4
"""By how much a candidate must be bound better than others for a rule to speak of it."""

BOUND = 0.8
"""Least score of a candidate that a rule speaks of."""


def definite(held: Held, kind: Callable[[Match], bool]) -> Match | None:
    """The best bound candidate, if it is of a kind and the others of it do not compete."""
    fitting = [match for match in held.search.top if kind(match)]
    if not fitting or fitting[0].score < BOUND:
        return None
    first = fitting[0]
    if held.search.top[0].score - first.score > LEAD:
        return None
    near = [
        match
        for match in fitting[1:]
        if first.score - match.score < LEAD and not _same(match, first)
    ]
    return None if near else first


def _same(one: Match, other: Match) -> bool:
    return max(one.lo, other.lo) <= min(one.hi, other.hi)


def hit_of(checked: Checked, item: Judged, match: Match, message: str, settle: str) -> PaperHit:
    """A hit on a claim, with the cells of ``match`` as evidence."""
    claim = item.judgement.claim
    table = next(table for table in checked.tables if table.number == match.table)
    return PaperHit(
        where=Place(claim.file, claim.line, str(claim.column)),
        message=message,
        part=f"{claim.file}-{claim.line}-{claim.column}",
        evidence={"claim": claim.text, **shown(checked, table, match.cells[:6])},
        settle=settle,
    )
