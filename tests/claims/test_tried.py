"""Ruling candidates out before they are scored changes no verdict and no chance."""

from pathlib import Path

import numpy as np
import pytest

from writer.audit.runner import audit
from writer.claims.check import judged_paper
from writer.claims.paper import Judged
from writer.claims.tables import decide, lines, score, tried
from writer.claims.tables.asked import Asked
from writer.claims.tables.ceilings import Ceilings, around, meeting, within
from writer.claims.tables.decide import supports
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.pool import Pool
from writer.claims.tables.rounding import claimed
from writer.dataset import Dataset

PAPERS = sorted((Path(__file__).parent.parent / "corpus" / "papers").glob("*.tex"))
NOTHING = Dataset({}, {}, {})


def _judged(path: Path) -> list[tuple[object, ...]]:
    found = judged_paper(path, path.parent, NOTHING, audit(NOTHING)).judged
    return [_outcome(item) for item in found]


def _outcome(item: Judged) -> tuple[object, ...]:
    if item.held is None:
        return (item.judgement,)
    search = item.held.search
    matches = [(m.formula, m.lo, m.hi, m.score, m.best, m.is_ruled_out) for m in search.matches]
    supporting = [(m.index, m.chance) for m in search.matches[:1] if supports(search) is m]
    top = [(m.index, m.lo, m.hi, m.score) for m in search.top]
    further = [(m.index, m.lo, m.hi, m.score) for m in search.further]
    return item.judgement, item.held.reason, matches, supporting, top, further


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_few_scored_candidates_give_what_all_of_them_give(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tried, "SMALL", 10**9)
    everything = _judged(path)
    monkeypatch.setattr(tried, "SMALL", 0)
    monkeypatch.setattr(tried, "FIRST", 8)
    assert _judged(path) == everything


def test_bounds_hold_and_all_that_agree_are_near_in_value(monkeypatch: pytest.MonkeyPatch) -> None:
    over: list[float] = []
    missed: list[int] = []

    def checking(asked: Asked, evidence: Evidence, pool: Pool) -> tried.Tried:
        names = lines.Names(asked, evidence, pool)
        held = score.scored(asked, evidence, pool, names)
        valid = np.flatnonzero(np.isfinite(held.score))
        most = Ceilings(asked, evidence, pool, names)
        own = (held.score - held.bonus)[valid]
        over.extend(own - most.of(valid))
        over.extend(own - most.runs[pool.run[valid]])
        span = claimed(asked.quantity)
        found = tried.Tried(asked, evidence, pool)
        agree = found.index[found.agrees]
        near = meeting(asked, pool, within(pool, around(asked, pool)), span.lo, span.hi)
        missed.extend(set(agree.tolist()) - set(near.tolist()))
        return found

    monkeypatch.setattr(tried, "SMALL", 10**9)
    monkeypatch.setattr(decide, "Tried", checking)
    for path in PAPERS:
        _judged(path)
    assert len(over) > 10_000
    assert max(over) <= 0.0
    assert missed == []


def test_most_candidates_are_ruled_out_unscored(monkeypatch: pytest.MonkeyPatch) -> None:
    scored: list[int] = []
    given: list[int] = []

    def counting(asked: Asked, evidence: Evidence, pool: Pool, names: lines.Names) -> score.Scored:
        scored.append(len(pool.lo))
        if pool.root is not pool:
            given.append(len(pool.root.lo))
        return real(asked, evidence, pool, names)

    real = score.scored
    monkeypatch.setattr(tried, "scored", counting)
    monkeypatch.setattr(tried, "SMALL", 0)
    monkeypatch.setattr(tried, "FIRST", 8)
    for path in PAPERS[:12]:
        _judged(path)
    assert sum(scored) < 0.5 * sum(given)
