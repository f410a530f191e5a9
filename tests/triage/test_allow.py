"""``% sage-write: allow``: what it covers, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from writer.errors import PaperError
from writer.model.result import CheckResult

Checking = Callable[..., CheckResult]

WRONG = "At concurrency 4 the throughput is 9.27~tasks/s."
ALLOW = "% sage-write: allow contradicted-claim because the table is older"


def lines_of(result: CheckResult) -> tuple[list[int | None], list[tuple[int | None, str | None]]]:
    """Lines of the findings, and of what the author allows with the reason."""
    return (
        [item.where[0].row for item in result.findings],
        [
            (item.where[0].row, item.suppressed)
            for item in result.suppressed
            if item.suppressed_by == "allow"
        ],
    )


@pytest.mark.parametrize(
    ("text", "found", "allowed"),
    [
        (f"{WRONG} {ALLOW}\n\n{WRONG}", [3], [1]),
        (f"{ALLOW}\n{WRONG}\n\n{WRONG}", [4], [2]),
        (f"{ALLOW}\n% more on that\n{WRONG}\n\n{WRONG}", [5], [3]),
        (f"   {ALLOW}\n{WRONG}", [], [2]),
        (f"{WRONG} %% SAGE-WRITE:  Allow CLM002 because: it is older", [], [1]),
        (f"{WRONG} {ALLOW.replace('contradicted-claim', 'CLM003, contradicted-claim')}", [], [1]),
        (f"{WRONG}{ALLOW.replace('%', chr(92) + '%')}", [1], []),
        (f"{WRONG}\\\\{ALLOW}", [], [1]),
        (f"{WRONG} {ALLOW.replace('sage-write:', 'sage-write')}", [], [1]),
        (f"{WRONG} % sage-write allows none of this", [1], []),
        (f"{WRONG} {ALLOW.replace('contradicted-claim', 'unsupported-claim')}", [1], []),
        (f"{ALLOW}\n\n{WRONG}", [3], []),
    ],
)
def test_an_allow_covers_its_line_or_the_next_one(
    result_of: Checking, text: str, found: list[int], allowed: list[int]
) -> None:
    findings, suppressed = lines_of(result_of(text))
    assert findings == found
    assert [line for line, _ in suppressed] == allowed


def test_the_reason_is_kept_as_written(result_of: Checking) -> None:
    _, suppressed = lines_of(result_of(f"{WRONG} {ALLOW}; see \\S 3, 50\\% off"))
    assert suppressed == [(1, "the table is older; see \\S 3, 50\\% off")]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("% sage-write: allow contradicted-claim", "gives no reason"),
        ("% sage-write: allow contradicted-claim because", "gives no reason"),
        ("% sage-write: allow contradicted-claim because   ", "gives no reason"),
        ("% sage-write: allow", "is no allow"),
        ("% sage-write: ignore this", "is no allow"),
        ("% sage-write: allow contradicted-clam because x", "there is no rule"),
    ],
)
def test_a_comment_that_is_no_allow_is_bad_input(
    result_of: Checking, comment: str, message: str
) -> None:
    with pytest.raises(PaperError, match=message) as caught:
        result_of(f"Text.\n{WRONG} {comment}\n")
    assert caught.value.place == "paper.tex:2"


def test_an_unknown_rule_is_answered_with_the_nearest_name(result_of: Checking) -> None:
    with pytest.raises(PaperError) as caught:
        result_of("% sage-write: allow contradicted-clam because x")
    assert "contradicted-claim" in str(caught.value.expected)


def test_an_allow_that_covers_nothing_is_a_note(result_of: Checking) -> None:
    result = result_of(f"{ALLOW}\nNothing to see.\n")
    assert result.notes == ("paper.tex:1: 'allow contradicted-claim' covers no finding; remove it",)


def test_verdicts_and_coverage_stay(result_of: Checking) -> None:
    plain, marked = result_of(WRONG), result_of(f"{WRONG} {ALLOW}")
    assert marked.coverage() == plain.coverage()
    assert [item.verdict for item in marked.judgements] == [
        item.verdict for item in plain.judgements
    ]
