"""Headers that call what stands under them a change."""

from __future__ import annotations

import pytest

from writer.claims.tables.change_headers import (
    CHANGES,
    DIFFERENCES,
    RESULTS,
    STATED,
    has_head,
    says_head,
)


@pytest.mark.parametrize(
    ("header", "of"),
    [
        ("Improvement (%)", [DIFFERENCES, CHANGES, STATED]),
        ("ΔAcc", [DIFFERENCES, CHANGES, RESULTS, STATED]),
        ("∆ F1", [DIFFERENCES, CHANGES, RESULTS, STATED]),  # the sign of increment
        ("Gains", [CHANGES, STATED]),
        ("Speed-ups", [RESULTS, STATED]),
        ("Savings", [RESULTS, STATED]),
        ("Ratio", [STATED]),
        ("Accuracy", []),
    ],
)
def test_what_a_header_says(header: str, of: list[frozenset[str]]) -> None:
    lists = (DIFFERENCES, CHANGES, RESULTS, STATED)
    assert [heads for heads in lists if says_head(header, heads)] == of


def test_a_word_alone_is_a_header() -> None:
    assert has_head(["rel", "change"], CHANGES)
    assert not has_head([], STATED)
