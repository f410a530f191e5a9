"""pytest-benchmark: results that the tool itself writes in the test, and spoilt ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from writer.model.run import RunSet
from writer.samples import summarise
from writer.sources import read_runs
from writer.verify.recompute import Status, recompute

pytest.importorskip("pytest_benchmark")

TESTS = """\
import pytest

@pytest.mark.parametrize("n", [10, 1000])
def test_sum(benchmark, n):
    benchmark.extra_info["why"] = "because"
    benchmark.pedantic(lambda: sum(range(n)), rounds=20, iterations=3)
"""

ROUNDS = """\
import pytest

@pytest.mark.parametrize("rounds", [1, 2, 3, 4, 5, 6, 7, 8, 9, 30])
def test_rounds(benchmark, rounds):
    benchmark.pedantic(lambda: sum(range(100)), rounds=rounds, iterations=2)
"""

BOX_PLOT = {
    **{name: ("time", name) for name in ("q1", "median", "q3", "iqr", "ld15iqr", "hd15iqr")},
    "stddev_outliers": ("stddev_outliers", ""),
    "iqr_outliers": ("iqr_outliers", ""),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the results of one session, with all times and without."""
    return session(tmp_path_factory.mktemp("benchmark"), TESTS)


def session(folder: Path, tests: str) -> Path:
    (folder / "test_it.py").write_text(tests)
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"),
            *("--benchmark-json=out.json", "--benchmark-save=kept", "test_it.py"),
        ],
        cwd=folder,
        env={name: text for name, text in os.environ.items() if "PYTEST" not in name},
        check=True,
        capture_output=True,
    )
    return folder


def test_each_test_is_a_run_whose_summary_follows_from_its_rounds(results: Path) -> None:
    found = read_runs(results / "out.json")
    document = json.loads((results / "out.json").read_text())
    assert [run.id for run in found.runs] == [
        "out/test-it.py-test-sum-10",
        "out/test-it.py-test-sum-1000",
    ]
    assert found.problems() == ()
    for run, benchmark in zip(found.runs, document["benchmarks"], strict=True):
        (column,) = run.columns("time")
        assert (list(column.values), column.unit) == (benchmark["stats"]["data"], "s")
        outcomes = {
            item.reported.statistic: item.status
            for item in recompute(run, summarise(run.samples))
            if item.reported.quantity == "time"
        }
        assert [outcomes[name] for name in ("mean", "median", "min", "max")] == [Status.RAW] * 4
        assert run.tool == f"pytest-benchmark {document['version']}"


def _statuses(runs: RunSet) -> dict[tuple[str, str], Status]:
    (run, *_) = runs.runs
    found = recompute(run, summarise(run.samples))
    return {(item.reported.quantity, item.reported.statistic): item.status for item in found}


def test_rounds_their_total_and_operations_per_second_are_recomputed(
    results: Path, tmp_path: Path
) -> None:
    wanted = {"rounds": ("rounds", ""), "total": ("time", "total"), "ops": ("throughput", "")}
    found = _statuses(read_runs(results / "out.json"))
    assert {key: found[name] for key, name in wanted.items()} == dict.fromkeys(wanted, Status.RAW)
    for key, name in wanted.items():
        wrong = _statuses(changed(tmp_path, results, key, 7))
        assert [name for name, status in wrong.items() if status is Status.MISMATCH] == [name]
    alone = _statuses(read_runs(next((results / ".benchmarks").iterdir())))
    assert {key: alone[name] for key, name in wanted.items()} == dict.fromkeys(
        wanted, Status.NO_METHOD
    )


def test_what_the_tool_makes_of_any_number_of_rounds_is_recomputed(tmp_path: Path) -> None:
    """Quartiles are defined otherwise for odd and even numbers, and for a single round."""
    found = read_runs(session(tmp_path, ROUNDS) / "out.json")
    summaries = summarise(item for run in found.runs for item in run.samples)
    statuses = {
        (run.settings["rounds"].text, item.reported.quantity, item.reported.statistic): item.status
        for run in found.runs
        for item in recompute(run, summaries)
        if item.reported.quantity != "iterations"
    }
    assert len(found.runs) == 10
    assert {key: status for key, status in statuses.items() if status is not Status.RAW} == {}
    names = {(quantity, statistic) for _, quantity, statistic in statuses}
    assert names >= {*BOX_PLOT.values(), ("outliers", "std"), ("outliers", "iqr")}


@pytest.mark.parametrize("key", BOX_PLOT)
def test_a_spoilt_quartile_whisker_or_count_of_outliers_is_a_mismatch(
    tmp_path: Path, results: Path, key: str
) -> None:
    wrong = _statuses(changed(tmp_path, results, key, 21))
    assert [name for name, status in wrong.items() if status is Status.MISMATCH] == [BOX_PLOT[key]]


def test_spoilt_texts_of_outliers(tmp_path: Path, results: Path) -> None:
    wrong = _statuses(changed(tmp_path, results, "outliers", "20;19"))
    assert [name for name, status in wrong.items() if status is Status.MISMATCH] == [
        ("outliers", "std"),
        ("outliers", "iqr"),
    ]
    (run,) = changed(tmp_path, results, "outliers", "many").runs
    message = "'benchmarks[0].stats.outliers' is not two counts: many"
    assert [problem.message for problem in run.problems] == [message]


@pytest.mark.parametrize(
    ("value", "method"),
    [(4.0, "highest within 1.5 iqr of q3"), (50.0, "lowest beyond 1.5 iqr of q3")],
)
def test_the_upper_whisker_as_older_versions_give_it_too(
    tmp_path: Path, results: Path, value: float, method: str
) -> None:
    """Up to 5.3.0 the tool gave the outlier next to the whisker."""
    document = json.loads((results / "out.json").read_text())
    document["benchmarks"] = document["benchmarks"][:1]
    document["benchmarks"][0]["stats"] = {
        "data": [1.0, 2.0, 2.5, 3.0, 4.0, 50.0],
        "hd15iqr": value,
    }
    (tmp_path / "out.json").write_text(json.dumps(document))
    (run,) = read_runs(tmp_path).runs
    (found,) = recompute(run, summarise(run.samples))
    assert (found.status, found.method) == (Status.RAW, method)


def test_parameters_are_settings_and_the_rest_is_kept(results: Path) -> None:
    first, second = read_runs(results / "out.json").runs
    assert (first.settings["n"].value, second.settings["n"].value) == (10, 1000)
    assert first.settings["test"].text == second.settings["test"].text == "test_it.py::test_sum"
    assert json.loads(first.extra["extra_info"]) == {"why": "because"}
    assert "machine_info" in first.extra


def test_saved_results_without_the_rounds_have_no_samples(results: Path) -> None:
    (folder,) = (results / ".benchmarks").iterdir()
    found = read_runs(folder)
    assert [run.samples for run in found.runs] == [(), ()]
    assert all(run.value("time", "mean") for run in found.runs)


def test_a_hidden_folder_of_results_is_named(results: Path) -> None:
    found = read_runs(results)
    assert len(found.runs) == 2
    assert {item.file: item.reason for item in found.skipped}[".benchmarks"] == "hidden"


def changed(folder: Path, results: Path, key: str, value: Any) -> RunSet:
    document = json.loads((results / "out.json").read_text())
    document["benchmarks"] = document["benchmarks"][:1]
    document["benchmarks"][0]["stats"][key] = value
    (folder / "out.json").write_text(json.dumps(document))
    return read_runs(folder)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("mean", float("nan"), "'benchmarks[0].stats.mean' is no finite number: nan"),
        ("data", {}, "'benchmarks[0].stats.data' is not a list"),
        (
            "data",
            [1.0, "2"],
            "1 of 2 entries of 'benchmarks[0].stats.data' are not finite numbers",
        ),
    ],
)
def test_what_is_wrong_is_a_problem_of_the_run(
    tmp_path: Path, results: Path, key: str, value: Any, message: str
) -> None:
    (run,) = changed(tmp_path, results, key, value).runs
    assert [problem.message for problem in run.problems] == [message]


def test_a_field_of_tomorrow_is_kept(tmp_path: Path, results: Path) -> None:
    (run,) = changed(tmp_path, results, "entropy", 3).runs
    assert run.extra["entropy"] == "3"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"machine_info": {', "not valid JSON: "),
        ('{"machine_info": {}, "benchmarks": 3}', "no list of objects 'benchmarks'"),
        ('{"machine_info": {}, "benchmarks": []}', "no benchmarks in it"),
    ],
)
def test_a_file_that_cannot_be_read_is_skipped_by_name(
    tmp_path: Path, text: str, reason: str
) -> None:
    (tmp_path / "out.json").write_text(text)
    found = read_runs(tmp_path)
    (skipped,) = found.skipped
    assert (found.runs, skipped.file) == ((), "out.json")
    assert skipped.reason.startswith(reason)
