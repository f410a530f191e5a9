"""Results folders that no rule was written for: simulated queues, clean or with one defect.

Every number of a clean folder follows from the simulated events, so the audit has nothing to
say of it; each other folder differs from a clean one by the one defect that it is named for.
"""

from __future__ import annotations

import csv
import heapq
import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from writer.audit.runner import audit
from writer.dataset import Dataset
from writer.sources import read_runs
from writer.verify.evidence import gather
from writer.verify.groups import dataset_of

Document = dict[str, Any]


def simulated(
    seed: int, clients: int, *, nodes: int = 4, tasks: int = 1500, mean: float = 0.2
) -> tuple[list[float], dict[int, int], float]:
    """A closed loop of clients over nodes with four servers each, first come, first served.

    Returns:
        Latencies in seconds in order of completion, tasks by node, and the duration.
    """
    source = random.Random(seed)  # noqa: S311 - a simulation
    free = [[0.0] * 4 for _ in range(nodes)]
    ready = [source.uniform(0.0, mean / 20) for _ in range(clients)]
    heapq.heapify(ready)
    done = []
    for _ in range(tasks):
        asked = heapq.heappop(ready)
        node = min(range(nodes), key=lambda number: (free[number][0], source.random()))
        start = max(asked, free[node][0])
        end = start + source.lognormvariate(np.log(mean) - 0.125, 0.5)
        heapq.heapreplace(free[node], end)
        heapq.heappush(ready, end)
        done.append((end, end - asked, node))
    done.sort()
    counts = {node: sum(item[2] == node for item in done) for node in range(nodes)}
    return [item[1] for item in done], counts, done[-1][0]


def document(
    name: str, seed: int, clients: int, settings: Mapping[str, Any] | None = None, **how: Any
) -> Document:
    """A result in SAGE's format, its summary computed by NumPy from the simulated samples."""
    seconds, counts, duration = simulated(seed, clients, **how)
    latencies = np.array(seconds) * 1000.0
    shares = np.array(list(counts.values()))
    config = {"num_tasks": len(latencies), "parallelism": clients, "num_nodes": len(counts)}
    return {
        "timestamp": f"2025-03-02T10:{seed % 60:02d}:00",
        "experiment_name": name,
        "metrics": {
            "total_tasks": len(latencies),
            "successful_tasks": len(latencies),
            "failed_tasks": 0,
            "total_duration_sec": duration,
            "throughput_tasks_per_sec": len(latencies) / duration,
            "avg_latency_ms": float(latencies.mean()),
            **{f"p{q}_latency_ms": float(np.percentile(latencies, q)) for q in (50, 95, 99)},
            "node_distribution": {f"worker-{node}": count for node, count in counts.items()},
            "node_balance_score": float(1.0 - shares.std() / shares.mean()),
            "config": {**config, **(settings or {}), "experiment_name": name},
        },
        "latency_details": {"total_latencies_ms": latencies.tolist()},
    }


def write(path: Path, result: Document, *, decimals: int = 2, scale: float = 1.0) -> None:
    """The JSON file, and the CSV as SAGE writes it: two decimals of what it calls ms."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name(f"{path.name}_metrics.json").write_text(json.dumps(result), encoding="utf-8")
    with path.with_name(f"{path.name}_latencies.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["task_index", "total_latency_ms"])
        for index, value in enumerate(result["latency_details"]["total_latencies_ms"]):
            writer.writerow([index, f"{value * scale:.{decimals}f}"])


def found(folder: Path) -> dict[str, str]:
    """Severity by the rule of each finding of the audit of the runs alone."""
    runs = read_runs(folder)
    evidence = gather(runs, Dataset({}, {}, {}))
    dataset = dataset_of(runs, evidence)
    result = audit(dataset, evidence=evidence.bound_to(dataset))
    return {item.rule: str(item.severity) for item in result.findings}


def sweep(folder: Path, edit: Callable[[Document], None] | None = None, **how: Any) -> None:
    """Three levels of concurrency; ``edit`` spoils the middle one."""
    for clients in (4, 8, 16):
        result = document(f"k_{clients}", clients, clients, **how)
        if edit is not None and clients == 8:
            edit(result)
        write(folder / "exp" / f"k_{clients}", result)


def test_a_clean_sweep_has_no_finding(tmp_path: Path) -> None:
    sweep(tmp_path)
    assert found(tmp_path) == {}


@pytest.mark.parametrize("layout", ["conc_{c}/trial_{t}", "conc{c}_run{t}", "rep{t}/conc_{c}"])
def test_repetitions_named_in_the_path_are_rows_and_no_sweep(tmp_path: Path, layout: str) -> None:
    for clients in (2, 4, 8):
        for trial in (1, 2, 3):
            name = layout.format(c=clients, t=trial)
            settings = {"seed": trial, "trial": trial}
            write(
                tmp_path / "study" / name,
                document(name, 100 * clients + trial, clients, settings, tasks=500),
            )
    runs = read_runs(tmp_path)
    evidence = gather(runs, Dataset({}, {}, {}))
    (experiment,) = dataset_of(runs, evidence).experiments.values()
    assert (experiment.name, experiment.factor) == ("study", "parallelism")
    assert [row.levels["parallelism"].text for row in experiment.rows] == ["2", "4", "8"]
    assert experiment.trials is not None
    assert experiment.trials.number == 3
    assert found(tmp_path) == {}


def test_runs_of_unlike_settings_are_no_repetitions(tmp_path: Path) -> None:
    for trial in (1, 2):
        result = document("x", trial, 4, {"scheduler": f"s{trial}"}, tasks=400)
        write(tmp_path / "exp" / f"run{trial}", result)
    runs = read_runs(tmp_path)
    (experiment,) = dataset_of(runs, gather(runs, Dataset({}, {}, {}))).experiments.values()
    assert len(experiment.rows) == 2


def test_a_value_that_one_run_lacks_is_an_empty_cell_with_a_place(tmp_path: Path) -> None:
    sweep(tmp_path, lambda result: result["metrics"].update(node_balance_score=None))
    assert found(tmp_path) == {"missing-value": "note"}


def test_percentiles_beyond_the_99th_are_read_as_such(tmp_path: Path) -> None:
    def more(result: Document) -> None:
        values = result["latency_details"]["total_latencies_ms"]
        result["metrics"]["p999_latency_ms"] = float(np.percentile(values, 99.9))
        result["metrics"]["p100_latency_ms"] = max(values)

    result = document("a", 1, 4, tasks=5000)
    more(result)
    write(tmp_path / "exp" / "a", result)
    (run,) = read_runs(tmp_path).runs
    evidence = gather(read_runs(tmp_path), Dataset({}, {}, {}))
    for statistic in ("p99.9", "p100"):
        item = evidence.value(run, "latency", statistic)
        assert item is not None
        assert str(item.status) == "raw"
    assert found(tmp_path) == {}


def test_samples_rounded_to_hundredths_bear_out_what_was_computed_before(tmp_path: Path) -> None:
    for clients in (1, 2, 4):
        result = document(f"k_{clients}", clients, clients, nodes=2, tasks=3000, mean=3e-5)
        write(tmp_path / "exp" / f"k_{clients}", result)
    assert [problem.message for problem in read_runs(tmp_path).problems()] == []
    runs = read_runs(tmp_path)
    assert gather(runs, Dataset({}, {}, {})).runs.problems() == ()
    assert "recomputation-mismatch" not in found(tmp_path)


def test_rounding_excuses_no_more_than_half_of_the_last_digit(tmp_path: Path) -> None:
    def raised(result: Document) -> None:
        result["metrics"]["avg_latency_ms"] += 0.03

    sweep(tmp_path, raised, mean=0.01)
    assert found(tmp_path) == {"recomputation-mismatch": "error"}


def test_seconds_with_two_decimals_are_another_unit(tmp_path: Path) -> None:
    for clients in (4, 8):
        result = document(f"k_{clients}", clients, clients)
        write(tmp_path / "exp" / f"k_{clients}", result, scale=1e-3)
    assert found(tmp_path) == {"unit-mismatch": "error"}


def test_one_run_in_another_unit_is_named(tmp_path: Path) -> None:
    for clients in (4, 8, 16):
        result = document(f"k_{clients}", clients, clients)
        write(tmp_path / "exp" / f"k_{clients}", result, scale=1e6 if clients == 8 else 1.0)
    runs = read_runs(tmp_path)
    evidence = gather(runs, Dataset({}, {}, {}))
    dataset = dataset_of(runs, evidence)
    (finding,) = audit(dataset, evidence=evidence.bound_to(dataset)).findings
    assert finding.message == (
        "exp: the column total_latency_ms is 1,000,000x larger than the reported latency in 1 run "
        "(exp/k_8)"
    )


def _seconds(result: Document) -> None:
    details, metrics = result["latency_details"], result["metrics"]
    details["total_latencies_ms"] = [value / 1000 for value in details["total_latencies_ms"]]
    for key in [key for key in metrics if key.endswith("_latency_ms")]:
        metrics[key] /= 1000


def _submitted(result: Document) -> None:
    result["metrics"]["config"]["num_tasks"] = 3000


def _timeout(result: Document) -> None:
    metrics = result["metrics"]
    metrics["total_tasks"] = metrics["config"]["num_tasks"] = 2000
    metrics["config"]["timeout_sec"] = round(metrics["total_duration_sec"] - 0.4, 1)


def without_success(result: Document) -> None:
    metrics = result["metrics"]
    result["latency_details"]["total_latencies_ms"] = []
    metrics.update(successful_tasks=0, failed_tasks=metrics["total_tasks"], node_distribution={})
    metrics["throughput_tasks_per_sec"] = 0.0
    for key in [key for key in metrics if key.endswith("_latency_ms")]:
        metrics[key] = None


DEFECTS = [
    (_seconds, "suspicious-speedup", {"non-monotonic-sweep"}),
    (_submitted, "setting-mismatch", {"confounded-sweep"}),
    (_timeout, "censored-by-timeout", {"incomplete-run", "confounded-sweep"}),
    (without_success, "empty-run", {"missing-value", "degenerate-metric"}),
]


@pytest.mark.parametrize(("edit", "rule", "beside"), DEFECTS, ids=[item[1] for item in DEFECTS])
def test_a_defect_of_one_run_is_found_and_nothing_else(
    tmp_path: Path, edit: Callable[[Document], None], rule: str, beside: set[str]
) -> None:
    sweep(tmp_path, edit)
    assert found(tmp_path).keys() - beside == {rule}


def test_a_folder_named_for_more_nodes_than_were_configured(tmp_path: Path) -> None:
    for name, nodes in ((3, 3), (6, 6), (12, 6)):
        result = document(f"nodes_{name}", name, 16, nodes=nodes)
        write(tmp_path / f"nodes_{name}" / "run_of_it", result)
    assert found(tmp_path) == {"setting-mismatch": "error"}


@pytest.mark.parametrize(("share", "expected"), [(1.0, True), (0.25, True), (0.0, False)])
def test_jobs_that_hold_each_others_samples_in_part(
    tmp_path: Path, share: float, expected: bool
) -> None:
    own = simulated(1, 4)
    for job in (0, 1):
        seconds, counts, duration = own if job == 0 else simulated(2, 4)
        count = int(share * len(seconds)) if job else 0
        result = document(f"job{job}", job + 1, 4)
        values = [1000.0 * value for value in own[0][:count] + seconds[count:]]
        random.Random(3).shuffle(values)  # noqa: S311 - an order
        result["latency_details"]["total_latencies_ms"] = values
        result["metrics"]["avg_latency_ms"] = float(np.mean(values))
        for q in (50, 95, 99):
            result["metrics"][f"p{q}_latency_ms"] = float(np.percentile(values, q))
        write(tmp_path / "jobs_2" / f"job{job}", result)
        assert (len(counts), duration > 0) == (4, True)
    assert ("duplicated-samples" in found(tmp_path)) == expected


def test_a_copy_of_a_folder_below_another_is_no_part_of_it(tmp_path: Path) -> None:
    for folder, seed in ((tmp_path, 1), (tmp_path / "old", 50)):
        for clients in (4, 8):
            result = document(f"k_{clients}", seed + clients, clients)
            write(folder / "exp" / f"k_{clients}", result)
    runs = read_runs(tmp_path)
    evidence = gather(runs, Dataset({}, {}, {}))
    dataset = dataset_of(runs, evidence)
    rows = evidence.bound_to(dataset).rows
    assert sorted(len(members) for members in rows.values()) == [1, 1, 1, 1]
    assert found(tmp_path) == {}


def test_a_setting_that_some_runs_do_not_state_is_no_crash(tmp_path: Path) -> None:
    for clients, settings in ((4, {"mode": "a", "x": 1}), (8, {}), (16, {"mode": "b"})):
        result = document(f"k_{clients}", clients, clients, settings)
        write(tmp_path / "exp" / f"k_{clients}", result)
    assert found(tmp_path) == {"confounded-sweep": "warning"}


def test_tasks_in_proportion_to_the_nodes_are_a_note(tmp_path: Path) -> None:
    for nodes in (2, 4, 8):
        result = document(f"nodes_{nodes}", nodes, 16, nodes=nodes, tasks=400 * nodes)
        write(tmp_path / "weak" / f"nodes_{nodes}", result)
    assert found(tmp_path) == {"confounded-sweep": "note"}


def trials(folder: Path, edit: Callable[[Document], object]) -> None:
    """Two levels of three trials each; ``edit`` spoils one trial."""
    for clients in (4, 8):
        for trial in (1, 2, 3):
            result = document(f"c{clients}", 10 * clients + trial, clients, tasks=600)
            if (clients, trial) == (8, 2):
                edit(result)
            write(folder / "study" / f"conc{clients}_run{trial}", result)


def test_one_incomplete_trial_is_found(tmp_path: Path) -> None:
    def lost(result: Document) -> None:
        metrics = result["metrics"]
        values = result["latency_details"]["total_latencies_ms"][:450]
        result["latency_details"]["total_latencies_ms"] = values
        metrics.update(successful_tasks=450, failed_tasks=150)
        metrics["throughput_tasks_per_sec"] = 450 / metrics["total_duration_sec"]
        metrics["avg_latency_ms"] = float(np.mean(values))
        for q in (50, 95, 99):
            metrics[f"p{q}_latency_ms"] = float(np.percentile(values, q))

    trials(tmp_path, lost)
    assert found(tmp_path) == {"incomplete-run": "warning"}


def test_a_failed_trial_is_left_out_of_the_row_and_told(tmp_path: Path) -> None:
    trials(tmp_path, without_success)
    assert found(tmp_path).keys() - {"missing-value"} == {"empty-run"}


def test_a_trial_that_does_not_state_a_setting_is_a_trial(tmp_path: Path) -> None:
    trials(tmp_path, lambda result: result["metrics"]["config"].pop("num_nodes"))
    assert found(tmp_path) == {}


def test_trials_whose_pattern_would_join_another_run_stay_apart(tmp_path: Path) -> None:
    trials(tmp_path, dict)
    write(tmp_path / "study" / "conc8_run_old", document("x", 99, 8, {"mode": "z"}, tasks=600))
    runs = read_runs(tmp_path)
    evidence = gather(runs, Dataset({}, {}, {}))
    dataset = dataset_of(runs, evidence)
    rows = evidence.bound_to(dataset).rows
    assert sorted(len(members) for members in rows.values()) == [1, 1, 1, 1, 3]


def test_a_minimum_that_moves_to_and_fro_is_one_sample_of_each_run(tmp_path: Path) -> None:
    for clients, least in ((4, 5.0), (8, 9.0), (16, 2.0)):
        result = document(f"k_{clients}", clients, clients)
        latencies = result["latency_details"]["total_latencies_ms"]
        latencies[latencies.index(min(latencies))] = least
        result["metrics"] |= {"min_latency_ms": least, "avg_latency_ms": float(np.mean(latencies))}
        write(tmp_path / "exp" / f"k_{clients}", result)
    assert found(tmp_path) == {}


def test_the_number_of_a_job_orderswithout_success(tmp_path: Path) -> None:
    for job, clients in enumerate((8, 4, 8)):
        settings = {"job": job}
        result = document(f"job_{job}", 40 + job, clients, settings, tasks=600)
        del result["metrics"]["config"]["parallelism"]
        write(tmp_path / "exp" / f"job_{job}", result)
    assert found(tmp_path) == {}


def test_a_tail_of_trials_rests_on_the_samples_of_all(tmp_path: Path) -> None:
    for clients in (2, 4):
        for trial in range(1, 7):
            name = f"conc_{clients}/trial_{trial}"
            result = document(name, 10 * clients + trial, clients, {"trial": trial}, tasks=200)
            write(tmp_path / "exp" / name, result)
    assert found(tmp_path) == {}
    for file in (tmp_path / "exp" / "conc_2").iterdir():
        if file.name.startswith(("trial_5", "trial_6", "trial_4", "trial_3", "trial_2")):
            file.unlink()
    for file in (tmp_path / "exp" / "conc_4").iterdir():
        if file.name.startswith(("trial_5", "trial_6", "trial_4", "trial_3", "trial_2")):
            file.unlink()
    assert found(tmp_path) == {"small-sample-tail": "warning"}


def test_summaries_of_some_runs_in_another_unit_are_only_that(tmp_path: Path) -> None:
    for clients in (2, 4, 8, 16):
        result = document(f"k_{clients}", clients, clients)
        metrics = result["metrics"]
        if clients in (4, 16):
            for key in [key for key in metrics if key.endswith("_latency_ms")]:
                metrics[key] /= 1000
        write(tmp_path / "exp" / f"k_{clients}", result, decimals=6)
    assert found(tmp_path) == {"unit-mismatch": "error"}
