"""True claims made from random data are supported; what plain arithmetic makes false is not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.claims.judging import accepted, judged
from tests.claims.made_claims import PATTERNS, Said, claims, holds, printed_span, sentence
from tests.claims.made_mutants import mutants
from tests.claims.made_tables import METRICS, tables, write
from writer.model.claim import Judgement, Verdict

SEEDS = range(1000, 1008)


def made(root: Path, seed: int) -> tuple[list[Said], list[Said]]:
    """A package below ``root``, with true claims on it and false ones."""
    rng = random.Random(seed)  # noqa: S311  # reproducible, no secret
    chosen = tables(rng)
    write(root, chosen)
    true = list(claims(rng, chosen, 4))
    return true, [changed for said in true for _, changed in mutants(rng, said)]


def shown(texts: Sequence[str], found: Sequence[Sequence[Judgement]]) -> list[tuple[str, str]]:
    return [
        (text, "; ".join(f"{item.claim.text}: {item.verdict}, {item.reason}" for item in items))
        for text, items in zip(texts, found, strict=True)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_true_claims_are_supported(seed: int, tmp_path: Path) -> None:
    true, _ = made(tmp_path, seed)
    texts = [sentence(said) for said in true]
    rows = zip(texts, judged(tmp_path, texts), strict=True)
    missed = [row for row in rows if not accepted(row[1])]
    assert shown([text for text, _ in missed], [items for _, items in missed]) == []
    assert {said.form for said in true} >= set(PATTERNS) - {"converted"}


@pytest.mark.parametrize("seed", SEEDS)
def test_false_claims_are_never_supported(seed: int, tmp_path: Path) -> None:
    _, false = made(tmp_path, seed)
    texts = [sentence(said) for said in false]
    rows = zip(texts, judged(tmp_path, texts), strict=True)
    missed = [row for row in rows if accepted(row[1])]
    assert shown([text for text, _ in missed], [items for _, items in missed]) == []
    assert len(false) > 100


@pytest.mark.parametrize("seed", SEEDS)
def test_a_true_number_is_never_contradicted_where_the_level_is_not_said(
    seed: int, tmp_path: Path
) -> None:
    """Without its level a number may be anything of the column, so it is never contradicted."""
    true, _ = made(tmp_path, seed)
    direct = [said for said in true if said.form == "direct"]
    texts = [
        f"The {said.metric.title} is {said.printed[0]} "
        + ("\\%." if said.metric.unit == "%" else f"{said.metric.unit}.")
        for said in direct
    ]
    found = judged(tmp_path, texts)
    verdicts = {item.verdict for items in found for item in items if item.claim.value is not None}
    assert verdicts <= {Verdict.SUPPORTED, Verdict.UNSUPPORTED}


def test_the_arithmetic_that_decides_what_is_false() -> None:
    rng = random.Random(7)  # noqa: S311  # reproducible, no secret
    chosen = tables(rng)
    for said in claims(rng, chosen, 3):
        assert holds(said)
        assert all(not holds(changed) for _, changed in mutants(rng, said))
    low, high = printed_span("3.60")
    assert (float(low), float(high)) == (3.595, 3.605)
    assert len({metric.name for metric in METRICS}) == len(METRICS)
