"""hyperfine: results that the tool itself writes in the test, and spoilt ones."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from writer.audit.runner import audit
from writer.dataset import Dataset
from writer.model.run import RunSet
from writer.samples import summarise
from writer.sources import read_runs
from writer.verify.evidence import gather
from writer.verify.groups import dataset_of
from writer.verify.recompute import Status, recompute

_missing = pytest.mark.skipif(shutil.which("hyperfine") is None, reason="hyperfine is not here")


def needs_hyperfine(test: Callable[..., None]) -> Callable[..., None]:
    """Mark a test that runs hyperfine."""
    marked: Callable[..., None] = pytest.mark.tools(_missing(test))
    return marked


def measured(folder: Path, *arguments: str) -> RunSet:
    """Run hyperfine with ``arguments`` and read what it exports."""
    subprocess.run(
        ["hyperfine", "--runs", "5", "--export-json", str(folder / "h.json"), *arguments],
        check=True,
        capture_output=True,
    )
    return read_runs(folder)


@needs_hyperfine
def test_each_command_is_a_run_whose_summary_follows_from_its_times(tmp_path: Path) -> None:
    found = measured(tmp_path, "sleep 0.01", "true")
    results = json.loads((tmp_path / "h.json").read_text())["results"]
    assert {run.id: run.name for run in found.runs} == {
        "h/sleep-0.01": "sleep 0.01",
        "h/true": "true",
    }
    assert (found.skipped, found.problems()) == ((), ())
    for run, result in zip(found.runs, results, strict=True):
        (column,) = run.columns("time")
        assert (list(column.values), column.unit) == (result["times"], "s")
        outcomes = {
            item.reported.statistic: item.status
            for item in recompute(run, summarise(run.samples))
            if item.reported.quantity == "time"
        }
        assert [outcomes[name] for name in ("mean", "median", "min", "max")] == [Status.RAW] * 4


@needs_hyperfine
def test_the_parameters_of_a_scan_are_settings(tmp_path: Path) -> None:
    found = measured(tmp_path, "--parameter-list", "n", "1,2", "echo {n}")
    assert [(run.id, run.settings["n"].value) for run in found.runs] == [
        ("h/echo-1", 1),
        ("h/echo-2", 2),
    ]


@needs_hyperfine
def test_executions_that_failed_are_a_problem(tmp_path: Path) -> None:
    (run,) = measured(tmp_path, "--ignore-failure", "false").runs
    assert run.observed["failed executions"].value == 5
    (problem,) = run.problems
    assert problem.message == "'results[0]': 5 of 5 executions ended with an exit code not 0"


def result(**changes: Any) -> dict[str, Any]:
    """One result as version 1.19 writes it."""
    return {
        "command": "a",
        "mean": 2.0,
        "stddev": 1.0,
        "median": 2.0,
        "user": 0.1,
        "system": 0.1,
        "min": 1.0,
        "max": 3.0,
        "times": [1.0, 2.0, 3.0],
        "memory_usage_byte": [4096, 4096, 8192],
        "exit_codes": [0, 0, 0],
    } | changes


def written(folder: Path, *results: object) -> RunSet:
    (folder / "h.json").write_text(json.dumps({"results": results}), encoding="utf-8")
    return read_runs(folder)


def test_memory_and_unknown_fields_are_kept(tmp_path: Path) -> None:
    (run,) = written(tmp_path, result(tomorrow=[1])).runs
    (memory,) = run.columns("memory")
    assert (memory.values, memory.unit, dict(run.extra)) == (
        (4096, 4096, 8192),
        "B",
        {"tomorrow": "[1]"},
    )


def test_one_command_twice_is_two_runs(tmp_path: Path) -> None:
    found = written(tmp_path, result(), result())
    assert [run.id for run in found.runs] == ["h/a", "h/a-2"]
    assert len(summarise(s for run in found.runs for s in run.columns("time"))) == 2


def test_one_execution_has_no_standard_deviation(tmp_path: Path) -> None:
    (run,) = written(tmp_path, result(stddev=None, times=[2.0])).runs
    assert (run.value("time", "std"), run.problems) == (None, ())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mean": float("nan")}, "'results[0].mean' is no finite number: nan"),
        ({"times": "no"}, "'results[0].times' is not a list"),
        (
            {"times": [1.0, None, float("inf"), True, 10**400]},
            "4 of 5 entries of 'results[0].times' are not finite numbers",
        ),
        (
            {"exit_codes": [0, None, 3]},
            "'results[0]': 2 of 3 executions ended with an exit code not 0",
        ),
    ],
)
def test_what_is_wrong_is_a_problem_of_the_run(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    (run,) = written(tmp_path, result(**change)).runs
    assert [problem.message for problem in run.problems] == [message]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"results": [{"command": "a", "tim', "not valid JSON: "),
        ('{"results": {"command": "a"}}', "no list of objects 'results'"),
        ('{"results": [{"command": "a"}, 3]}', "no list of objects 'results'"),
        ('[{"results": "command", "command": 1}]', "no list of objects 'results'"),
    ],
)
def test_a_file_that_cannot_be_read_is_skipped_by_name(
    tmp_path: Path, text: str, reason: str
) -> None:
    (tmp_path / "h.json").write_text(text)
    found = read_runs(tmp_path)
    (skipped,) = found.skipped
    assert (found.runs, skipped.file) == ((), "h.json")
    assert skipped.reason.startswith(reason)


def test_commands_of_two_crossed_parameters_are_a_grid_without_a_finding(tmp_path: Path) -> None:
    results = [
        {
            "command": f"work --order {order} --size {size}",
            "mean": mean,
            "stddev": spread,
            "median": mean,
            "user": mean / 2,
            "system": mean / 4,
            "min": mean - spread,
            "max": mean + spread,
            "times": [mean - spread, mean, mean + spread],
            "exit_codes": [0, 0, 0],
            "parameters": {"order": order, "size": str(size)},
        }
        for order in ("fifo", "random")
        for size, mean, spread in ((1, 0.1, 0.02), (2, 0.2, 0.001), (4, 0.4, 0.03))
    ]
    (tmp_path / "h.json").write_text(json.dumps({"results": results}))
    runs = read_runs(tmp_path)
    evidence = gather(runs, Dataset({}, {}, {}))
    dataset = dataset_of(runs, evidence)
    (experiment,) = dataset.experiments.values()
    assert (experiment.factor, [item.name for item in experiment.groups()]) == ("size", ["order"])
    result = audit(dataset, evidence=evidence.bound_to(dataset))
    assert [item.rule for item in result.findings] == []
