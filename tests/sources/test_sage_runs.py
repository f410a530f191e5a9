"""SAGE's results: the public ones as they are, and damaged copies."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from writer.errors import PathError
from writer.model.run import Run, RunSet
from writer.sources import read_runs, run_sources

pytestmark = pytest.mark.shared

GROUP = "exp1_scalability/rag_nodes4"
METRICS = "multi_4_nodes_metrics.json"
LATENCIES = "multi_4_nodes_latencies.csv"


@pytest.fixture(scope="module")
def runs(shared: Path) -> RunSet:
    return read_runs(shared)


@pytest.fixture
def copy(shared: Path, tmp_path: Path) -> Path:
    """One run that a test may damage."""
    folder = tmp_path / "runs"
    shutil.copytree(shared / GROUP, folder)
    return folder


def _run(runs: RunSet, name: str) -> Run:
    return next(run for run in runs.runs if run.id == name)


def _number(run: Run, quantity: str, statistic: str = "") -> tuple[str, str]:
    item = run.value(quantity, statistic)
    assert item is not None
    return item.text, item.unit


def test_every_result_is_a_run_and_every_other_file_is_named(runs: RunSet, shared: Path) -> None:
    files = [path.relative_to(shared).as_posix() for path in shared.rglob("*") if path.is_file()]
    results = [name for name in files if name.endswith("_metrics.json")]
    assert sorted(run.file for run in runs.runs) == sorted(results)
    assert [run.id for run in runs.runs] == sorted(run.id for run in runs.runs)
    assert len(runs.runs) == 75
    assert len(runs.groups()) == 28
    used = [name for name in files if name.endswith(("_metrics.json", "_latencies.csv"))]
    assert sorted(runs.files) == sorted(used)
    assert {item.file: item.reason for item in runs.skipped} == dict.fromkeys(
        set(files) - set(used), "no reader takes such a file"
    )
    assert runs.problems() == ()


def test_every_hash_is_that_of_the_file(runs: RunSet, shared: Path) -> None:
    assert runs.files == {
        name: hashlib.sha256((shared / name).read_bytes()).hexdigest() for name in runs.files
    }
    for run in runs.runs:
        assert run.sha256 == runs.files[run.file]
        for samples in run.samples:
            assert samples.sha256 == runs.files[samples.file]


@pytest.mark.parametrize(
    ("name", "throughput", "completed", "p99"),
    [
        ("compute_nodes1/single_node", 38.34, "5000", None),
        ("compute_nodes16/multi_16_nodes", 18.51, "5000", None),
        ("rag_nodes1/single_node", 1.86, "1491", None),
        ("rag_nodes4/multi_4_nodes", 7.06, "4879", "572714.1070365906"),
        ("rag_nodes16/multi_16_nodes", 16.35, "4998", None),
        ("mixed_nodes8/multi_8_nodes", 5.17, "3348", None),
    ],
)
def test_the_runs_hold_the_numbers_of_the_guide(
    runs: RunSet, name: str, throughput: float, completed: str, p99: str | None
) -> None:
    run = _run(runs, f"exp1_scalability/{name}")
    text, unit = _number(run, "throughput")
    assert (round(float(text), 2), unit) == (throughput, "tasks/s")
    assert _number(run, "completed") == (completed, "tasks")
    if p99 is not None:
        assert _number(run, "latency", "p99") == (p99, "ms")


def test_a_run_tells_what_was_configured_and_what_happened(runs: RunSet) -> None:
    run = _run(runs, f"{GROUP}/multi_4_nodes")
    assert (run.group, run.name, run.reader, run.tool) == (GROUP, "multi_4_nodes", "sage", "SAGE")
    assert run.started == "2026-01-17T09:37:39.239507"
    assert {name: level.text for name, level in run.settings.items()} == {
        "num_tasks": "5000",
        "task_complexity": "medium",
        "parallelism": "4",
        "num_nodes": "4",
        "scheduler_type": "load_aware",
        "scheduler_strategy": "spread",
        "use_remote": "true",
        "pipeline_stages": "3",
        "enable_rag": "true",
        "enable_llm": "true",
    }
    assert {name: item.value for name, item in run.shares.items()} == {
        "sage-node-2": 1222,
        "sage-node-3": 1250,
        "sage-node-5": 1190,
        "sage-node-6": 1217,
    }
    assert run.observed["nodes"].text == "4"
    assert [(item.format, item.unit, len(item.values)) for item in run.columns("latency")] == [
        ("csv", "ms", 0),
        ("values", "ms", 4879),
    ]


def test_a_reported_value_names_its_key(runs: RunSet, shared: Path) -> None:
    for run in runs.runs:
        document = json.loads((shared / run.file).read_text(encoding="utf-8"))
        for item in run.reported:
            place = item.measurement.provenance
            assert place is not None
            assert (place.file, place.row) == (run.file, None)
            section, _, key = place.column.partition(".")
            assert document[section][key] == item.measurement.value


def _json(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], object]:
    def damage(folder: Path) -> None:
        document = json.loads((folder / METRICS).read_text(encoding="utf-8"))
        change(document)
        (folder / METRICS).write_text(json.dumps(document), encoding="utf-8")

    return damage


def _bytes(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


UNREADABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "truncated": (
        lambda folder: os.truncate(folder / METRICS, 1000),
        "not valid JSON: Expecting property name enclosed in double quotes at line 33",
    ),
    "empty": (_bytes(METRICS, b""), "not valid JSON: Expecting value at line 1"),
    "a list": (_bytes(METRICS, b"[]"), "no object 'metrics', as a SAGE result has"),
    "no metrics": (_bytes(METRICS, b"{}"), "no object 'metrics', as a SAGE result has"),
    "Latin-1": (_bytes(METRICS, b'{"a": "\xfc"}'), "not UTF-8"),
    "deep": (_bytes(METRICS, b"[" * 100_000), "nested too deeply"),
    "a huge number": (
        _bytes(METRICS, b'{"metrics": {"total_tasks": ' + b"9" * 5000 + b"}}"),
        "a number has thousands of digits",
    ),
    "half a character": (
        _json(lambda document: document.update(experiment_name="\ud800")),
        "a text holds half of a character",
    ),
}


@pytest.mark.parametrize(("damage", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_result_that_cannot_be_read_is_skipped_by_name(
    copy: Path, damage: Callable[[Path], object], reason: str
) -> None:
    damage(copy)
    found = read_runs(copy)
    assert (found.runs, [(item.file, item.reason) for item in found.skipped]) == (
        (),
        [(METRICS, reason)],
    )


def _metric(value: object) -> Callable[[Path], object]:
    return _json(lambda document: document["metrics"].update(p99_latency_ms=value))


def _sample(value: object) -> Callable[[Path], object]:
    return _json(lambda d: d["latency_details"]["total_latencies_ms"].append(value))


NO_P99 = (METRICS, None, "'metrics.p99_latency_ms' is not a finite number")
NO_LATENCY = (LATENCIES, 1, "no column 'total_latency_ms'")
NO_SAMPLE = (METRICS, None, "1 of 4880 entries of 'total_latencies_ms' are not numbers")
DAMAGED: dict[str, tuple[Callable[[Path], object], tuple[str, int | None, str]]] = {
    "empty samples": (_bytes(LATENCIES, b""), NO_LATENCY),
    "missing column": (_bytes(LATENCIES, b"task_index,execution_latency_ms\n0,1\n"), NO_LATENCY),
    "UTF-16 samples": (
        _bytes(LATENCIES, "task_index,total_latency_ms\n0,1\n".encode("utf-16")),
        NO_LATENCY,
    ),
    "text": (_metric("fast"), NO_P99),
    "NaN": (_metric(float("nan")), NO_P99),
    "infinity": (_metric(float("inf")), NO_P99),
    "beyond all floats": (_metric(10**400), NO_P99),
    "a sample of text": (_sample("fast"), NO_SAMPLE),
    "a sample that is NaN": (_sample(float("nan")), NO_SAMPLE),
    "a sample beyond all floats": (_sample(10**400), NO_SAMPLE),
}


def test_a_result_without_its_samples_beside_it_is_noted_and_not_wrong(copy: Path) -> None:
    (copy / LATENCIES).unlink()
    found = read_runs(copy)
    told = [(METRICS, "no file '*_latencies.csv' with its samples beside it")]
    assert [(item.file, item.message) for item in found.notes()] == told
    assert found.problems() == ()


@pytest.mark.parametrize(("damage", "expected"), DAMAGED.values(), ids=DAMAGED)
def test_damage_is_a_problem_with_a_name_and_the_rest_is_read(
    copy: Path, damage: Callable[[Path], object], expected: tuple[str, int | None, str]
) -> None:
    damage(copy)
    found = read_runs(copy)
    assert [(item.file, item.line, item.message) for item in found.problems()] == [expected]
    assert [_number(run, "completed") for run in found.runs] == [("4879", "tasks")]
    assert found.skipped == ()


@pytest.mark.parametrize(
    "header",
    [b"\xef\xbb\xbftotal_latency_ms,x", b'"total_latency_ms","x"', b" total_latency_ms , x\r"],
)
def test_a_header_is_read_as_csv_programs_write_it(copy: Path, header: bytes) -> None:
    (copy / LATENCIES).write_bytes(header + b"\n1,2\n")
    found = read_runs(copy)
    assert found.problems() == ()
    assert [item.column for item in found.runs[0].samples if item.format == "csv"] == [
        "total_latency_ms"
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e20, "100000000000000000000"), (2.5e-7, "0.00000025"), (-0.5, "-0.5"), (3.0, "3")],
)
def test_a_number_is_shown_in_plain_digits(copy: Path, value: float, text: str) -> None:
    _metric(value)(copy)
    assert _number(read_runs(copy).runs[0], "latency", "p99") == (text, "ms")


def test_a_path_that_is_no_folder_is_one_error(tmp_path: Path) -> None:
    for path, message in (
        (tmp_path / "none", "there is no such folder"),
        (tmp_path / ("x" * 5000), "cannot be looked at: File name too long"),
    ):
        with pytest.raises(PathError) as caught:
            read_runs(path)
        assert (caught.value.file, caught.value.message) == (str(path), message)


def test_one_file_alone_is_read(copy: Path) -> None:
    found = read_runs(copy / METRICS)
    assert [(run.id, run.file) for run in found.runs] == [("multi_4_nodes", METRICS)]


def test_samples_in_the_csv_are_those_in_the_json(runs: RunSet) -> None:
    run = _run(runs, f"{GROUP}/multi_4_nodes")
    table, copy = run.columns("latency")
    with Path(table.path).open(encoding="utf-8", newline="") as stream:
        values = tuple(float(row[table.column]) for row in csv.DictReader(stream))
    assert values == tuple(round(value, 2) for value in copy.values)


def test_the_readers_of_runs_are_found(shared: Path) -> None:
    assert "sage" in [source.name for source in run_sources()]
