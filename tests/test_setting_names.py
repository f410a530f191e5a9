"""Which names of settings mean the same, and how they read in a sentence."""

from __future__ import annotations

import pytest

from writer.setting_names import corresponds, is_label, letters, plain


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("nodes", "num_nodes", True),
        ("nodes", "node_count", True),
        ("numNodes", "nodes", True),
        ("tasks", "total_tasks", True),
        ("scheduler", "scheduler_type", True),
        ("scheduler", "scheduler_strategy", False),
        ("complexity", "task_complexity", False),
        ("nodes", "total_nodes", False),
        ("n", "n", True),
    ],
)
def test_names_correspond(one: str, other: str, expected: bool) -> None:
    assert corresponds(one, other) is corresponds(other, one) is expected


def test_names_in_words() -> None:
    assert [plain(name) for name in ("num_nodes", "use_remote", "n")] == [
        *("nodes", "use remote", "n"),
    ]
    assert [is_label(name) for name in ("run_id", "seed", "output_dir", "width", "paths")] == [
        *(True, True, True, False, False),
    ]
    assert letters("Load-Aware") == letters("load_aware")
