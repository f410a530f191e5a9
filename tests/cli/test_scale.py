"""Many runs, samples alone, and ``ingest`` killed at any moment."""

from __future__ import annotations

import csv
import hashlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.program import sage_write
from tests.cli.test_runs import SAMPLES, write_run

pytest.importorskip("duckdb")

MAPPING = """\
[paper]
data = "out"

[[samples]]
files = "*.csv"
column = "latency"
unit = "ms"
quantity = "latency"
row = "one request"
"""


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """Two files of samples, and the mapping."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.csv").write_text("latency\n1.5\n2.5\n", encoding="utf-8")
    (raw / "b.csv").write_text("latency\n4\nslow\n-2\n", encoding="utf-8")
    (tmp_path / "sage-write.toml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def statistics(folder: Path) -> dict[tuple[str, str], str]:
    """What the table of runs says was recomputed, by run and statistic."""
    (path,) = folder.glob("runs-*.csv")
    with path.open(encoding="utf-8") as stream:
        return {(row["run"], row["statistic"]): row["recomputed"] for row in csv.DictReader(stream)}


def test_samples_alone_become_a_table_that_verify_holds_against_them(samples: Path) -> None:
    run = sage_write("ingest", "raw", "-o", "out", "-f", "json", cwd=samples)
    assert (run.code, run.err, run.document["runs"]) == (0, "", 2)
    found = statistics(samples / "out")
    assert {key: float(found[key]) for key in (("a", "mean"), ("a", "p50"), ("b", "mean"))} == {
        ("a", "mean"): 2.0,
        ("a", "p50"): 2.0,
        ("b", "mean"): 1.0,
    }
    run = sage_write("verify", "--runs", "raw", "-f", "json", cwd=samples)
    assert [item["id"] for item in run.document["cells"] if not item["agrees"]] == []
    assert (run.code, len(run.document["problems"])) == (1, 2)  # of b.csv
    (samples / "raw" / "a.csv").write_text("latency\n1.5\n9.5\n", encoding="utf-8")
    document = sage_write("verify", "--runs", "raw", "-f", "json", cwd=samples).document
    assert document["values"] == []  # the runs report nothing that could be wrong
    wrong = {item["id"].rpartition("/")[2] for item in document["cells"] if not item["agrees"]}
    assert {"latency-mean", "latency-p50"} <= wrong
    assert {item["id"].split("/")[1] for item in document["cells"] if not item["agrees"]} == {"a"}


def test_cells_that_no_clock_gives_are_problems(samples: Path) -> None:
    document = sage_write("ingest", "raw", "-o", "out", "-f", "json", cwd=samples).document
    assert [(item["file"], item["message"]) for item in document["problems"]] == [
        ("b.csv", "1 cell of 'latency' holds no finite number and is left out"),
        (
            "b.csv",
            "1 sample of 'latency' lies below zero, as no time does: the clock went "
            "backwards, or it is no time",
        ),
    ]


def test_verify_hashes_what_ingest_summarised_and_reads_it_again_when_asked(
    samples: Path, tmp_path: Path
) -> None:
    cache = {"SAGE_WRITE_CACHE": str(tmp_path / "cache")}
    sage_write("ingest", "raw", "-o", "out", cwd=samples, **cache)
    verify = ("verify", "--runs", "raw", "-f", "json")
    recalled = [
        sage_write(*verify, *more, cwd=samples, **cache).document["recalled"]
        for more in ((), ("--fresh",))
    ]
    assert recalled == [2, 0]
    (samples / "raw" / "a.csv").write_text("latency\n1.5\n9.5\n", encoding="utf-8")
    run = sage_write(*verify, cwd=samples, **cache)
    assert (run.code, run.document["recalled"]) == (1, 1)
    text = sage_write("verify", "--runs", "raw", cwd=samples, **cache).out
    assert "2 columns of samples hashed and found summarised before" in text


def test_thousands_of_runs_are_one_dataset(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    for number in range(2000):
        write_run(raw / f"{number // 100}" / f"r{number}_metrics.json", SAMPLES[:20])
    for number in range(1000):
        (raw / f"s{number}.csv").write_text(f"latency\n{number}\n2\n", encoding="utf-8")
    (tmp_path / "sage-write.toml").write_text(MAPPING, encoding="utf-8")
    run = sage_write("ingest", "raw", "-o", "out", "-f", "json", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert (run.document["runs"], len(run.document["experiments"])) == (3000, 21)
    found = statistics(tmp_path / "out")
    assert float(found["s999", "mean"]) == 500.5
    assert float(found["19/r1999", "mean"]) == sum(SAMPLES[:20]) / 20


def whole(folder: Path) -> str:
    """The dataset's descriptor, once each of its tables is there and as its name says."""
    text = (folder / "datapackage.json").read_text(encoding="utf-8")
    for resource in json.loads(text)["resources"]:
        path = folder / resource["path"]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert path.stem[-12:] == digest[:12]
    return text


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_killing_ingest_at_any_moment_leaves_the_old_or_the_new_dataset(
    form: str, tmp_path: Path
) -> None:
    ingest = ("ingest", "raw", "-o", "out", "--table-format", form)
    raw, out = tmp_path / "raw", tmp_path / "out"
    for number in range(12):
        write_run(raw / f"g{number}" / "a_metrics.json", SAMPLES)
        write_run(raw / f"g{number}" / "b_metrics.json", SAMPLES[:30])
    sage_write(*ingest, cwd=tmp_path)
    old = whole(out)
    for number in range(12):
        write_run(raw / f"g{number}" / "a_metrics.json", [value + 1.0 for value in SAMPLES])
    seen: set[str] = set()
    for moment in (0.1, 0.3, *range(1, 27, 5)):
        process = subprocess.Popen(
            [sys.executable, "-m", "writer", *ingest],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if isinstance(moment, int):
            wait_for_changes(out, moment, process)
        else:
            time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        seen.add(whole(out))
    assert old in seen
    sage_write(*ingest, cwd=tmp_path)
    new = whole(out)
    assert new != old
    assert seen <= {old, new}
    tables = {resource["path"] for resource in json.loads(new)["resources"]}
    assert {Path(table).suffix for table in tables} == {f".{form}"}
    # what the killed ones left is gone
    assert {path.name for path in out.iterdir()} == {"datapackage.json", *tables}


def wait_for_changes(folder: Path, count: int, process: subprocess.Popen[bytes]) -> None:
    """Until the names in ``folder`` have changed so often, or the process has ended."""
    before = set(folder.iterdir())
    changes = 0
    while changes < count and process.poll() is None:
        now = set(folder.iterdir())
        changes += now != before
        before = now
