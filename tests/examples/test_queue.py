"""The example that the project owns: its table follows from its samples, and it is clean."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.cli.program import sage_write

LEVELS = (1, 2, 4, 8, 16)
TRIALS = 5
JOBS = 2000
QUICK_JOBS = 20
MOST_BYTES = 1_500_000

RECOMPUTED = {
    "mean_latency": "avg(latency_us) / 1e3",
    "p50_latency": "quantile_cont(latency_us, 0.5) / 1e3",
    "p99_latency": "quantile_cont(latency_us, 0.99) / 1e3",
    "completed": "count(*)",
}


@pytest.fixture(scope="module")
def example(demo: Path) -> Path:
    return demo / "examples" / "queue"


@pytest.fixture
def copy(example: Path, tmp_path: Path) -> Path:
    target = tmp_path / "queue"
    shutil.copytree(example, target, ignore=shutil.ignore_patterns("build"))
    return target


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def agrees(printed: str, value: float) -> bool:
    """Whether ``value`` rounds to the printed digits."""
    unit = Decimal(1).scaleb(int(Decimal(printed).as_tuple().exponent))
    return abs(Decimal(printed) - Decimal(value)) <= unit / 2


def test_the_audit_finds_nothing(example: Path) -> None:
    run = sage_write("audit", "--fail-on", "note", "-f", "json", cwd=example)
    assert (run.code, run.err) == (0, "")
    assert run.document["findings"] == []


def test_the_section_renders_and_checks_clean(copy: Path) -> None:
    run = sage_write("section", cwd=copy)
    assert (run.code, run.err) == (0, "")
    text = (copy / "build" / "queue.tex").read_text(encoding="utf-8")
    assert "Throughput grows near-linearly up to concurrency" in text
    assert r"\textdagger" not in text
    rows = (copy / "build" / "tables" / "concurrency.tex").read_text(encoding="utf-8")
    assert all(f"concurrency/{level}/concurrency}}" in rows for level in LEVELS)
    assert sage_write("check", "build/queue.tex", cwd=copy).code == 0


def test_the_abstract_is_true(example: Path) -> None:
    run = sage_write("check", "main.tex", "--fail-on", "note", "-f", "json", cwd=example)
    assert run.code == 0
    assert run.document["findings"] == []
    verdicts = {claim["verdict"] for claim in run.document["claims"]}
    assert verdicts == {"supported"}


@pytest.mark.tex
def test_the_paper_compiles_with_its_section(copy: Path) -> None:
    latex = shutil.which("pdflatex")
    if latex is None:
        pytest.skip("no pdflatex on the path")
    assert sage_write("section", cwd=copy).code == 0
    command = [latex, "-interaction=nonstopmode", "-halt-on-error", "main.tex"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True, timeout=120)
    log = (copy / "main.log").read_text(encoding="utf-8", errors="replace")
    assert "Overfull" not in log


def test_every_number_of_the_table_follows_from_the_samples(example: Path) -> None:
    samples = duckdb.read_parquet(str(example / "runs" / "latencies.parquet"))
    rows = table(example / "data" / "concurrency.csv")
    assert tuple(int(row["concurrency"]) for row in rows) == LEVELS
    for row in rows:
        level = samples.filter(f"concurrency = {row['concurrency']}")
        for column, formula in RECOMPUTED.items():
            (value,) = level.aggregate(formula).fetchall()[0]
            assert agrees(row[column], value), (row["concurrency"], column, value)


def test_every_throughput_follows_from_the_samples_and_the_times(example: Path) -> None:
    samples = duckdb.read_parquet(str(example / "runs" / "latencies.parquet"))
    jobs = {
        (level, trial): count
        for level, trial, count in samples.aggregate("concurrency, trial, count(*)").fetchall()
    }
    assert jobs == {(level, trial): JOBS for level in LEVELS for trial in range(1, TRIALS + 1)}
    rates: dict[str, list[float]] = {}
    for trial in table(example / "runs" / "trials.csv"):
        seconds = (int(trial["end_ns"]) - int(trial["start_ns"])) / 1e9
        count = jobs[int(trial["concurrency"]), int(trial["trial"])]
        rates.setdefault(trial["concurrency"], []).append(count / seconds)
    for row in table(example / "data" / "concurrency.csv"):
        of_level = rates[row["concurrency"]]
        assert agrees(row["throughput"], sum(of_level) / len(of_level))


def test_no_trial_has_more_jobs_in_flight_than_clients(example: Path) -> None:
    samples = duckdb.read_parquet(str(example / "runs" / "latencies.parquet"))
    sums = {
        (level, trial): total / 1e6
        for level, trial, total in samples.aggregate(
            "concurrency, trial, sum(latency_us)"
        ).fetchall()
    }
    for trial in table(example / "runs" / "trials.csv"):
        seconds = (int(trial["end_ns"]) - int(trial["start_ns"])) / 1e9
        level = int(trial["concurrency"])
        in_flight = sums[level, int(trial["trial"])] / seconds
        assert 0.98 * level < in_flight <= level


def test_summarise_makes_the_table_that_is_there(example: Path, tmp_path: Path) -> None:
    made = tmp_path / "concurrency.csv"
    script = [sys.executable, str(example / "summarise.py"), str(example / "runs"), str(made)]
    subprocess.run(script, check=True, capture_output=True, timeout=120)
    assert made.read_bytes() == (example / "data" / "concurrency.csv").read_bytes()


def test_the_descriptor_has_the_recorded_hardware_and_settings(example: Path) -> None:
    package = json.loads((example / "data" / "datapackage.json").read_text(encoding="utf-8"))
    facts = json.loads((example / "runs" / "hardware.json").read_text(encoding="utf-8"))
    script = (example / "measure.py").read_text(encoding="utf-8")
    setup, experiment = package["setup"], package["resources"][0]["experiment"]
    assert setup["cpu"] == facts["cpu"]
    assert setup["cores"]["value"] == facts["cores"]
    assert setup["language"] == f"Python {facts['python']}"
    settings = {name: setting["value"] for name, setting in experiment["settings"].items()}
    workers = re.search(r"^WORKERS = (\d+)$", script, re.MULTILINE)
    assert workers
    assert settings == {
        "workers": int(workers[1]),
        "service_time": 10,
        "repeats": TRIALS,
        "jobs_per_trial": JOBS,
        "tasks": TRIALS * JOBS,
    }
    assert experiment["trials"] == TRIALS


def test_the_samples_are_small_enough_for_git(example: Path) -> None:
    sizes = [path.stat().st_size for path in (example / "runs").iterdir()]
    assert sum(sizes) < MOST_BYTES


def test_a_quick_run_writes_files_of_the_same_shape(example: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    script = [sys.executable, str(example / "measure.py"), "--quick"]
    target = ["--output", str(tmp_path / "runs")]
    subprocess.run([*script, *target], check=True, capture_output=True, timeout=120)
    made, kept = tmp_path / "runs", example / "runs"
    assert sorted(path.name for path in made.iterdir()) == sorted(p.name for p in kept.iterdir())
    new, old = (duckdb.read_parquet(str(f / "latencies.parquet")) for f in (made, kept))
    assert (new.columns, new.types) == (old.columns, old.types)
    counts = new.aggregate("concurrency, trial, count(*) AS jobs").fetchall()
    assert {count[2] for count in counts} == {QUICK_JOBS}
    assert {count[:2] for count in counts} == {
        (level, trial) for level in LEVELS for trial in range(1, TRIALS + 1)
    }
    trials, before = table(made / "trials.csv"), table(kept / "trials.csv")
    assert [list(trial) for trial in trials] == [list(trial) for trial in before]
    facts, recorded = (
        json.loads((f / "hardware.json").read_text(encoding="utf-8")) for f in (made, kept)
    )
    assert list(facts) == list(recorded)
    (least,) = new.aggregate("min(latency_us)").fetchall()[0]
    assert least > 0
