"""``--select`` and ``--ignore``: names or codes, several at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from writer.cli.checking import Habits
from writer.errors import UsageError
from writer.model.result import CheckResult

TEXT = "At concurrency 4 the throughput is 9.27~tasks/s. Concurrency 4 is optimal."


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ((), (), ["CLM002", "CLM003"]),
        (("contradicted-claim",), (), ["CLM002"]),
        (("CLM003",), (), ["CLM003"]),
        (("clm003, Contradicted-Claim",), (), ["CLM002", "CLM003"]),
        (("CLM003", "CLM002"), ("CLM002",), ["CLM003"]),
        ((), ("unsupported-claim",), ["CLM002"]),
        (("CLM001",), (), []),
    ],
)
def test_only_the_chosen_rules_are_heard(
    result_of: Callable[..., CheckResult],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    codes: list[str],
) -> None:
    result = result_of(TEXT, Habits(select=select, ignore=ignore))
    assert sorted(item.code for item in result.findings) == codes
    assert len(result.judgements) == 4


def test_an_unknown_rule_is_refused_with_near_names(
    result_of: Callable[..., CheckResult],
) -> None:
    with pytest.raises(UsageError) as caught:
        result_of(TEXT, Habits(ignore=("unsuported-claim",)))
    assert "unsupported-claim" in str(caught.value.expected)
