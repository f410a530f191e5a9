"""Simulated results folders again: rounded, in other units, with several defects at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.audit.test_unseen_runs import Document, document, found, sweep, without_success, write
from tests.cli.program import sage_write
from writer.audit.runner import audit
from writer.dataset import Dataset
from writer.model.finding import Finding
from writer.sources import read_runs
from writer.verify.evidence import gather
from writer.verify.groups import dataset_of
from writer.verify.overlap import overlaps


def findings(folder: Path) -> Sequence[Finding]:
    runs = read_runs(folder)
    evidence = gather(runs, Dataset({}, {}, {}))
    dataset = dataset_of(runs, evidence)
    return audit(dataset, evidence=evidence.bound_to(dataset)).findings


def test_a_summary_rounded_to_two_decimals_follows_and_is_verified(tmp_path: Path) -> None:
    def rounded(result: Document) -> None:
        metrics = result["metrics"]
        metrics |= {k: round(v, 2) for k, v in metrics.items() if isinstance(v, float)}

    for clients in (4, 8):
        result = document(f"k_{clients}", clients, clients, mean=0.0005)
        rounded(result)
        write(tmp_path / "exp" / f"k_{clients}", result)
    assert found(tmp_path) == {}
    run = sage_write("verify", "--runs", tmp_path, cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert "mismatch" not in run.out


def test_a_rounded_summary_of_samples_in_another_unit_is_only_that(tmp_path: Path) -> None:
    for clients in (4, 8):
        result = document(f"k_{clients}", clients, clients)
        metrics = result["metrics"]
        metrics |= {key: round(value, 1) for key, value in metrics.items() if "_ms" in key}
        write(tmp_path / "exp" / f"k_{clients}", result, scale=1e3)
    assert found(tmp_path) == {"unit-mismatch": "error"}


def test_a_whole_number_is_as_exact_as_the_values_beside_it(tmp_path: Path) -> None:
    def perfect(result: Document) -> None:
        metrics = result["metrics"]
        metrics["node_distribution"] = {"a": 500, "b": 300, "c": 350, "d": 350}
        metrics["node_balance_score"] = 1.0

    sweep(tmp_path, perfect)
    assert found(tmp_path) == {"recomputation-mismatch": "error"}


@pytest.mark.parametrize("key", ["avg_latency_ms", "p50_latency_ms", "p95_latency_ms"])
def test_one_wrong_value_of_a_run_in_another_unit_is_named_alone(tmp_path: Path, key: str) -> None:
    for clients in (4, 8):
        result = document(f"k_{clients}", clients, clients)
        if clients == 8:
            result["metrics"][key] *= 1.08
        write(tmp_path / "exp" / f"k_{clients}", result, scale=1e3)
    mismatch, unit = sorted(findings(tmp_path), key=lambda item: item.rule)
    assert unit.message.endswith("1000x larger than the reported latency in 2 runs")
    assert mismatch.message.startswith("exp: 1 value of the runs does not follow")
    right = result["metrics"][key] / 1.08
    assert f"samples {right:.0f} ms)" in mismatch.message


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_shared_samples_are_told_from_chance_where_a_file_rounds_them(
    tmp_path: Path, share: float
) -> None:
    long = document("job0", 1, 8, mean=0.002, tasks=6000)
    own = long["latency_details"]["total_latencies_ms"]
    for job in (1, 2):
        result = document(f"job{job}", 1 + job, 8, mean=0.002, tasks=3000)
        if job == 2:
            values = result["latency_details"]["total_latencies_ms"]
            count = int(share * len(values))
            values[:count] = own[1000 : 1000 + count]
            result["metrics"]["avg_latency_ms"] = float(np.mean(values))
            for q in (50, 95, 99):
                result["metrics"][f"p{q}_latency_ms"] = float(np.percentile(values, q))
        write(tmp_path / "jobs_3" / f"job{job}", result)
    write(tmp_path / "jobs_3" / "job0", long)
    runs = read_runs(tmp_path)
    evidence = gather(runs, Dataset({}, {}, {}))
    (pair,) = overlaps(evidence, evidence.runs.runs)
    assert (pair.part.name, pair.whole.name, pair.shared) == ("job2", "job0", int(3000 * share))
    assert found(tmp_path).keys() - {"confounded-sweep"} == {"duplicated-samples"}


def test_a_constant_latency_makes_no_copies(tmp_path: Path) -> None:
    for clients in (1, 2, 4):
        result = document(f"k_{clients}", clients, clients, tasks=600)
        values = [50.0] * 600
        result["latency_details"]["total_latencies_ms"] = values
        metrics = result["metrics"]
        metrics |= {key: 50.0 for key in metrics if key.endswith("_latency_ms")}
        write(tmp_path / "exp" / f"k_{clients}", result)
    assert "duplicated-samples" not in found(tmp_path)


def test_a_group_that_is_a_number_says_what_it_is_of(tmp_path: Path) -> None:
    for depth in (1, 2, 4):
        for batch in range(depth):
            result = document(f"batch{batch}", 10 * depth + batch, 4, tasks=500)
            if (depth, batch) == (4, 3):
                without_success(result)
                result["metrics"]["node_balance_score"] = 1.0
            write(tmp_path / "exp" / f"depth_{depth}" / f"batch{batch}_rag", result)
    (balance,) = [item for item in findings(tmp_path) if item.rule == "degenerate-metric"]
    assert "1 depth 4 at batch 3" in balance.message


@pytest.mark.parametrize(("share", "problems"), [(1.0, 0), (0.5, 1)])
def test_tasks_per_node_that_do_not_add_up_are_named(
    tmp_path: Path, share: float, problems: int
) -> None:
    result = document("a", 1, 4, tasks=800)
    result["metrics"]["node_distribution"] = {f"n{i}": int(200 * share) for i in range(4)}
    result["metrics"]["node_balance_score"] = 1.0
    write(tmp_path / "exp" / "a", result)
    evidence = gather(read_runs(tmp_path), Dataset({}, {}, {}))
    assert [item.message for item in evidence.runs.problems()] == [
        "the tasks per node add up to 400, where 800 tasks completed"
    ] * problems


def test_percentiles_that_the_linear_method_gives_are_all_said_to_be_so(tmp_path: Path) -> None:
    sweep(tmp_path)  # a median of an even number is that of several methods
    run = sage_write("verify", "--runs", tmp_path, cwd=tmp_path)
    assert run.code == 0
    assert "9 percentiles: 9 by the method 'linear'\n" in run.out
