"""A balance in per cent is a balance in another unit, and nothing that does not follow."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.cli.test_runs import write_run
from writer.audit.runner import audit
from writer.dataset import Dataset
from writer.sources import read_runs
from writer.verify.evidence import gather
from writer.verify.groups import dataset_of

LATENCIES = [100.0 + value * 7 % 97 for value in range(1000)]
NODES = {"n1": 240, "n2": 260, "n3": 255, "n4": 245}


def _balance() -> float:
    spread = math.sqrt(sum((count - 250) ** 2 for count in NODES.values()) / 4)
    return 1 - spread / 250


@pytest.mark.parametrize(
    ("score", "rules"),
    [
        (_balance(), []),
        (round(_balance(), 3), []),
        (100 * _balance(), ["unit-mismatch"]),
        (round(100 * _balance(), 1), ["unit-mismatch"]),
        (0.8, ["recomputation-mismatch"]),
        (80.0, ["recomputation-mismatch"]),
    ],
)
def test_only_the_factor_100_is_another_unit(
    tmp_path: Path, score: float, rules: list[str]
) -> None:
    for number, factor in ((1, 1.0), (2, 1.1)):
        write_run(
            tmp_path / f"conc_{number}_metrics.json",
            [value * factor for value in LATENCIES],
            config={"concurrency": number},
            node_distribution=NODES,
            node_balance_score=score if number == 2 else _balance(),
            total_duration_sec=10.0 / number,
            throughput_tasks_per_sec=100.0 * number,
        )
    runs = read_runs(tmp_path)
    evidence = gather(runs, Dataset({}, {}, {}))
    dataset = dataset_of(runs, evidence)
    found = audit(dataset, evidence=evidence.bound_to(dataset)).findings
    assert [item.rule for item in found] == rules
    (run,) = (run for run in runs.runs if run.id == "conc_2")
    assert evidence.scale(run) == 1.0
    if rules == ["unit-mismatch"]:
        assert "balance is 100x larger than the tasks per node give in 1 run" in found[0].message
        assert evidence.given(run)["balance", ""][0] == pytest.approx(_balance())
