"""The dataset and derived values."""

from __future__ import annotations

from writer.dataset import Dataset


def test_the_demo_has_its_six_tables_in_order(demo_dataset: Dataset) -> None:
    assert list(demo_dataset.experiments) == [
        "concurrency",
        "schedulers",
        "task_complexity",
        "job_count",
        "start_delay",
        "node_scaling",
    ]
