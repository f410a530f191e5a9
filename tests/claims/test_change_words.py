"""What says which way a quantity went, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged
from writer.claims.change_words import changing, course_before


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("It reduces the risk of collisions from 9.31 to 7.24.", "unsupported"),
        ("It reduces the growth of the queue from 9.31 to 7.24.", "unsupported"),
        ("It raises the dropout from 7.24 to 9.31.", "unsupported"),
        ("It raises the cutoff from 7.24 to 9.31.", "unsupported"),
        ("It raises the lower bound from 7.24 to 9.31.", "unsupported"),
        ("It reduces the risk of collisions from 7.24 to 9.31.", "contradicted"),
        ("It raises the lower bound from 9.31 to 7.24.", "contradicted"),
        ("The risk of collisions climbs from 9.31 to 7.24.", "contradicted"),
        ("We use it to lower the queue from 7.24 to 9.31.", "contradicted"),
    ],
)
def test_only_a_verb_is_denied_by_its_own_numbers(
    tmp_path: Path, sentence: str, verdict: str
) -> None:
    last = sentence.removesuffix(".").split()[-1]
    assert str(judged(tmp_path, sentence, "")[last].verdict) == verdict


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("It climbs, then shrinks, then deteriorates.", ["down", "up", "worse"]),
        ("It is up by 4%, or down 3%.", ["down", "up"]),
        ("Up to 4% of the risks of a dropout at the cutoff.", []),
        ("It outperforms A and trails B.", ["better", "worse"]),
    ],
)
def test_words_of_change_have_a_way(text: str, ways: list[str]) -> None:
    assert [way for way, _, _ in changing(text)] == ways


def test_the_last_course_within_reach_counts() -> None:
    text = "It rises and drops, outperforming A, from 9 to 7."
    assert course_before(text, text.index("from"), 80) == ("down", text.index(","))
    assert course_before(text, text.index("from"), 5) == ("", text.index("from"))
