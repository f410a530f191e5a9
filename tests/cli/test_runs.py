"""Raw runs through the front door: verify, ingest, the lock, and --runs."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.program import sage_write
from tests.cli.test_commands import schema

SAMPLES = [float(100 + value * value % 97) for value in range(40)]


def write_run(path: Path, samples: list[float], **metrics: Any) -> None:
    """One SAGE result with its samples in the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = sorted(samples)
    count = len(data)
    summary = {
        "total_tasks": count,
        "successful_tasks": count,
        "failed_tasks": 0,
        "total_duration_sec": 10.0,
        "throughput_tasks_per_sec": count / 10.0,
        "avg_latency_ms": sum(data) / count if count else 0.0,
        "p99_latency_ms": data[int(count * 0.99)] if count else 0.0,
        "config": {"parallelism": 1},
    } | metrics
    document = {"metrics": summary, "latency_details": {"total_latencies_ms": samples}}
    path.write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Two honest runs."""
    folder = tmp_path / "results"
    write_run(folder / "a_metrics.json", SAMPLES)
    write_run(folder / "b_metrics.json", [value + 0.5 for value in SAMPLES])
    return folder


def test_honest_runs_are_recomputed_and_clean(results: Path, tmp_path: Path) -> None:
    run = sage_write("verify", "--runs", results, "-f", "json", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    document = run.document
    jsonschema.validate(document, schema(Path(__file__).parents[2], "verify"))
    assert document["status"] == {
        "raw": 8,
        "another unit": 0,
        "mismatch": 0,
        "no samples": 0,
        "not recomputable": 6,
    }
    means = [item for item in document["values"] if item["statistic"] == "mean"]
    assert [item["recomputed"] for item in means] == [
        sum(SAMPLES) / 40,
        sum(SAMPLES) / 40 + 0.5,
    ]


def test_a_summary_that_does_not_follow_is_found(results: Path, tmp_path: Path) -> None:
    write_run(results / "c_metrics.json", SAMPLES, avg_latency_ms=90.0)
    run = sage_write("verify", "--runs", results, "-f", "json", cwd=tmp_path)
    assert run.code == 1
    wrong = [item for item in run.document["values"] if item["status"] == "mismatch"]
    assert [(item["run"], item["quantity"], item["reported"]) for item in wrong] == [
        ("c", "latency", 90.0)
    ]


def test_a_constant_factor_is_named_as_a_unit(results: Path, tmp_path: Path) -> None:
    scaled = [value * 1000.0 for value in SAMPLES]
    data = sorted(SAMPLES)
    write_run(
        results / "c_metrics.json",
        scaled,
        avg_latency_ms=sum(data) / 40,
        p99_latency_ms=data[39],
    )
    document = sage_write("verify", "--runs", results, "-f", "json", cwd=tmp_path).document
    units = [item for item in document["values"] if item["status"] == "another unit"]
    assert [(item["run"], item["statistic"], item["scale"]) for item in units] == [
        ("c", "mean", 0.001),
        ("c", "p99", 0.001),
    ]


def test_nothing_to_read_is_exit_3(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("none", encoding="utf-8")
    for command in (["verify", "--runs"], ["audit", "--runs"], ["ingest"]):
        run = sage_write(*command, tmp_path / "empty", cwd=tmp_path)
        assert run.code == 3
        assert "nothing here is a result" in run.err
        assert "Traceback" not in run.err


def test_a_truncated_result_is_skipped_with_the_reason(results: Path, tmp_path: Path) -> None:
    whole = (results / "a_metrics.json").read_text(encoding="utf-8")
    (results / "c_metrics.json").write_text(whole[:200], encoding="utf-8")
    document = sage_write("verify", "--runs", results, "-f", "json", cwd=tmp_path).document
    (skipped,) = document["skipped"]
    assert skipped["file"] == "c_metrics.json"
    assert skipped["reason"].startswith("not valid JSON")
    assert document["runs"] == 2


def test_the_lock_names_what_changed(copy_of_demo: Path) -> None:
    assert sage_write("verify", "--lock", cwd=copy_of_demo).code == 0
    assert sage_write("verify", cwd=copy_of_demo).code == 0
    table = copy_of_demo / "data" / "schedulers.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("9.45", "9.55"), encoding="utf-8")
    run = sage_write("verify", "-f", "json", cwd=copy_of_demo)
    assert run.code == 1
    assert run.document["lock"] == {
        "locked": True,
        "changed": ["data/schedulers.csv"],
        "missing": [],
        "new": [],
    }


def test_ingest_writes_a_dataset_that_every_command_reads(results: Path, tmp_path: Path) -> None:
    run = sage_write("ingest", results, "-o", "data/runs", "-f", "json", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    jsonschema.validate(run.document, schema(Path(__file__).parents[2], "ingest"))
    (tmp_path / "sage-write.toml").write_text('[paper]\ndata = "data/runs"\n', encoding="utf-8")
    audit = sage_write("audit", "-f", "json", "--fail-on", "never", cwd=tmp_path).document
    assert audit["coverage"]["measurements"]["measured"] == 14
    assert sage_write("section", cwd=tmp_path).code == 0
    again = sage_write("audit", "--runs", results, "-f", "json", cwd=tmp_path)
    assert again.code in (0, 1)


def test_ingest_does_not_replace_a_dataset_of_somebody_else(
    results: Path, copy_of_demo: Path
) -> None:
    before = (copy_of_demo / "data" / "datapackage.json").read_bytes()
    run = sage_write("ingest", results, "-o", "data", cwd=copy_of_demo)
    assert run.code == 2
    assert (copy_of_demo / "data" / "datapackage.json").read_bytes() == before


def test_ingest_again_leaves_no_old_table(results: Path, tmp_path: Path) -> None:
    sage_write("ingest", results, "-o", "out", cwd=tmp_path)
    write_run(results / "a_metrics.json", [value + 2.0 for value in SAMPLES])
    run = sage_write("ingest", results, "-o", "out", "-f", "json", cwd=tmp_path)
    tables = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert tables == sorted(["datapackage.json", *(Path(p).name for p in run.document["tables"])])


def test_formats_lists_the_readers(tmp_path: Path) -> None:
    document = sage_write("ingest", "--formats", "-f", "json", cwd=tmp_path).document
    jsonschema.validate(document, schema(Path(__file__).parents[2], "ingest-formats"))
    assert "sage" in [item["name"] for item in document["formats"]]


@pytest.mark.shared
def test_the_demo_tables_are_held_against_their_runs(demo: Path, shared: Path) -> None:
    document = sage_write("verify", "--runs", shared, "-f", "json", cwd=demo).document
    assert document["runs"] == 75
    cells = document["cells"]
    assert (len(cells), sum(item["agrees"] for item in cells)) == (81, 80)
    (odd,) = [item for item in cells if not item["agrees"]]
    assert (odd["id"], odd["printed"]) == ("start-delay/1/p99-latency", 73.0)
    assert odd["recomputed"] == pytest.approx(73.5499, abs=1e-3)


@pytest.mark.shared
def test_the_section_from_the_runs_checks_clean_against_them(
    demo: Path, shared: Path, tmp_path: Path
) -> None:
    run = sage_write("section", "--runs", shared, "-o", tmp_path, cwd=demo)
    assert run.code == 0
    tex = (tmp_path / "experiments.tex").read_text(encoding="utf-8")
    assert "Recomputed from raw samples" in tex
    table = (tmp_path / "tables" / "schedulers.tex").read_text(encoding="utf-8")
    assert r"\interval{schedulers/fifo/p99-latency}" in table
    shutil.copy(demo / "sage-write.toml", tmp_path)
    check = sage_write(
        *("check", tmp_path / "experiments.tex", "--runs", shared, "-p", demo, "-f", "json"),
        cwd=demo,
    )
    assert [item["message"] for item in check.document["findings"]] == []
    assert check.code == 0


@pytest.mark.shared
def test_a_recomputed_count_is_printed_whole(demo: Path, shared: Path, tmp_path: Path) -> None:
    assert sage_write("section", "--runs", shared, "-o", tmp_path, cwd=demo).code == 0
    table = (tmp_path / "tables" / "node-scaling.tex").read_text(encoding="utf-8")
    assert r"\measured{node-scaling/rag/1/completed}{1491}" in table
    assert r"\measured{node-scaling/rag/16/completed}{4998}" in table


def test_both_standard_deviations_are_accepted(results: Path, tmp_path: Path) -> None:
    mean = sum(SAMPLES) / 40
    square = sum((value - mean) ** 2 for value in SAMPLES)
    for name, divisor in (("c", 40), ("d", 39), ("e", 30)):
        path = results / f"{name}_metrics.json"
        write_run(path, SAMPLES, std_latency_ms=(square / divisor) ** 0.5)
    document = sage_write("verify", "--runs", results, "-f", "json", cwd=tmp_path).document
    found = {
        item["run"]: (item["status"], item["method"])
        for item in document["values"]
        if item["statistic"] == "std"
    }
    assert found == {
        "c": ("raw", "std over n"),
        "d": ("raw", "std over n - 1"),
        "e": ("mismatch", "std over n"),
    }


def test_what_samples_and_clocks_cannot_give_is_named(results: Path, tmp_path: Path) -> None:
    write_run(results / "c_metrics.json", [*SAMPLES, -3.0], total_duration_sec=-10.0)
    write_run(results / "d_metrics.json", SAMPLES, successful_tasks=60)
    run = sage_write("verify", "--runs", results, "-f", "json", cwd=tmp_path)
    named = {(item["file"], item["message"].split(":")[0]) for item in run.document["problems"]}
    assert named == {
        ("c_metrics.json", "the duration 'metrics.total_duration_sec' is -10 s"),
        (
            "c_metrics.json",
            "1 sample of 'latency_details.total_latencies_ms' lies below zero, as no time does",
        ),
        (
            "d_metrics.json",
            "40 samples in 'latency_details.total_latencies_ms' where 60 tasks completed",
        ),
    }
    noted = {(item["file"], item["message"]) for item in run.document["notes"]}
    beside = "no file '*_latencies.csv' with its samples beside it"
    assert noted == {(f"{name}_metrics.json", beside) for name in "abcd"}


def test_copies_of_samples_in_mixed_units_are_named(results: Path, tmp_path: Path) -> None:
    mixed = [f"{i},{x if i < 20 else x * 1000}" for i, x in enumerate(SAMPLES)]
    header = "task_index,total_latency_ms"
    (results / "a_latencies.csv").write_text("\n".join([header, *mixed, ""]), encoding="utf-8")
    plain = [f"{i},{(x + 0.5) * 1000}" for i, x in enumerate(SAMPLES)]
    (results / "b_latencies.csv").write_text("\n".join([header, *plain, ""]), encoding="utf-8")
    run = sage_write("verify", "--runs", results, "-f", "json", cwd=tmp_path)
    (problem,) = run.document["problems"]
    assert problem["file"] == "a_latencies.csv"
    assert "differ by no constant factor: their units are mixed" in problem["message"]


@pytest.mark.shared
def test_the_audit_says_of_each_number_whether_the_runs_bear_it_out(
    demo: Path, shared: Path
) -> None:
    run = sage_write("audit", "--runs", shared, "-f", "json", cwd=demo)
    jsonschema.validate(run.document, schema(demo, "audit"))
    numbers = {item["id"]: item for item in run.document["numbers"]}
    assert len(numbers) == 81 + 13
    differs = {name for name, item in numbers.items() if item["verdict"] == "differs"}
    assert differs == {
        "start-delay/1/p99-latency",
        "concurrency/8/avg-latency.adjusted",
        "concurrency/8/p99-latency.adjusted",
        *(f"job-count/{jobs}/p99-latency.adjusted" for jobs in (1, 2, 4)),
        *(f"node-scaling/compute/{nodes}/throughput.adjusted" for nodes in (4, 8, 16)),
        *(f"node-scaling/compute/{nodes}/speedup-throughput.adjusted" for nodes in (4, 8, 16)),
    }
    double = numbers["job-count/2/total-throughput"]
    assert double["verdict"] == "follows"
    assert {"duplicated-samples", "impossible-count"} <= set(double["flagged"])


@pytest.mark.shared
def test_the_section_says_what_all_samples_together_give(
    demo: Path, shared: Path, tmp_path: Path
) -> None:
    assert sage_write("section", "--runs", shared, "-o", tmp_path, cwd=demo).code == 0
    text = (tmp_path / "experiments.tex").read_text(encoding="utf-8")
    words = re.sub(r"\\measured\{[^{}]*\}\{((?:[^{}]|\{,\})*)\}", r"\1", text).replace("~", " ")
    assert "over the samples of all jobs together the P99 is 93 against 80 s" in words
    assert "all jobs together complete 12.7, 24.3, 24.4 and 19.5 tasks/s" in words
    assert "all jobs together complete 39.0 tasks/s with that delay and 37.3 tasks/s" in words
    assert "all 10,978 samples of jobs\\_4/job2\\_rag in jobs\\_4/job1\\_rag" in words.replace(
        "{,}", ","
    )
    assert "3.6$\\times$ that at concurrency 1" in words


def test_the_reason_stands_where_the_only_file_is_no_result(tmp_path: Path) -> None:
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "b_metrics.json").write_text('{"metrics": {', encoding="utf-8")
    run = sage_write("verify", "--runs", tmp_path / "only", cwd=tmp_path)
    assert run.code == 3
    assert "(1 file skipped; b_metrics.json: not valid JSON" in run.err


def test_without_runs_the_next_step_is_to_name_them(tmp_path: Path) -> None:
    run = sage_write("init", "paper", cwd=tmp_path)
    run = sage_write("verify", cwd=tmp_path / "paper")
    assert run.code == 3
    assert "Next: sage-write verify --runs PATH" in run.out


def test_a_value_of_runs_is_traced_by_the_digits_that_a_table_prints(tmp_path: Path) -> None:
    write_run(tmp_path / "results" / "a_metrics.json", SAMPLES)
    run = sage_write("trace", "145.5", "--runs", tmp_path / "results", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[0].endswith("runs/a/latency.mean  (raw)")


def test_summaries_in_another_unit_are_findings_of_verify(tmp_path: Path) -> None:
    data = sorted(SAMPLES)
    summary = {"avg_latency_ms": sum(data) / 40 * 1e3, "p99_latency_ms": data[39] * 1e3}
    write_run(tmp_path / "results" / "a_metrics.json", SAMPLES, **summary)
    run = sage_write("verify", "--runs", "results", "-f", "json", cwd=tmp_path)
    assert (run.document["status"]["another unit"], run.document["status"]["mismatch"]) == (2, 0)
    assert run.code == 1
