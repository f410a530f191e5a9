"""A dataset that ``ingest`` wrote is one that every other command works with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.audit.test_unseen_runs import sweep
from tests.cli.program import Run, sage_write
from tests.conftest import SHARED

FORMATS = SHARED.parent / "formats"

HYPERFINE = {
    "results": [
        {
            "command": f"sleep {seconds}",
            "mean": seconds + 0.0016,
            "stddev": 0.0002,
            "median": seconds + 0.0016,
            "user": 0.0004,
            "system": 0.0006,
            "min": seconds + 0.0014,
            "max": seconds + 0.0018,
            "times": [seconds + 0.0014, seconds + 0.0016, seconds + 0.0018],
            "exit_codes": [0, 0, 0],
        }
        for seconds in (0.01, 0.02)
    ]
}


def project(folder: Path, runs: Path) -> Path:
    """A fresh project whose data are what ``ingest`` made of ``runs``."""
    folder.mkdir()
    (folder / "sage-write.toml").write_text('[paper]\ndata = "data/runs"\n', encoding="utf-8")
    run = sage_write("ingest", runs, "-o", "data/runs", cwd=folder)
    assert (run.code, run.err) == (0, "")
    return folder


def commands(folder: Path, *, runs: Path) -> dict[str, Run]:
    """What each command makes of the project, without and with the runs."""
    found = {}
    for name, more in (("tables", ()), ("runs", ("--runs", runs))):
        for line in (
            ("audit", "--fail-on", "never"),
            ("section", "results", "-o", "build"),
            ("check", "build/results.tex", "--fail-on", "never"),
        ):
            found[f"{line[0]} {name}"] = sage_write(*line, *more, cwd=folder)
    found["verify runs"] = sage_write("verify", "--runs", runs, cwd=folder)
    return found


BENCHMARKS = {
    "machine_info": {"python_version": "3.11"},
    "commit_info": {},
    "datetime": "2025-05-05T05:05:05",
    "version": "5.1.0",
    "benchmarks": [
        {
            "group": None,
            "name": f"test_sum[{size}]",
            "fullname": f"test_b.py::test_sum[{size}]",
            "params": {"n": size},
            "param": str(size),
            "extra_info": {},
            "options": {},
            "stats": {
                "min": size * 1e-6,
                "max": size * 3e-6,
                "mean": size * 2e-6,
                "stddev": size * 1e-6,
                "rounds": 3,
                "median": size * 2e-6,
                "iqr": size * 1.5e-6,
                "q1": size * 1.25e-6,
                "q3": size * 2.75e-6,
                "ops": 5e5 / size,
                "total": size * 6e-6,
                "iterations": 1,
                "data": [size * 1e-6, size * 2e-6, size * 3e-6],
            },
        }
        for size in (10, 100)
    ],
}


@pytest.fixture(params=["hyperfine", "pytest-benchmark", "vllm"])
def results(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of results in one format."""
    if request.param == "vllm":
        if not (FORMATS / "vllm").is_dir():
            pytest.skip(f"the public results are not at {FORMATS}")
        return FORMATS / "vllm"
    folder = tmp_path / "results"
    folder.mkdir()
    document = HYPERFINE if request.param == "hyperfine" else BENCHMARKS
    (folder / "h.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def test_every_command_works_on_what_was_ingested(results: Path, tmp_path: Path) -> None:
    found = commands(project(tmp_path / "paper", results), runs=results)
    left = {name: (run.code, run.err) for name, run in found.items()}
    assert left == dict.fromkeys(found, (0, ""))


def test_no_number_of_the_section_is_a_float_as_a_program_dumps_it(
    results: Path, tmp_path: Path
) -> None:
    folder = project(tmp_path / "paper", results)
    assert sage_write("section", "results", "-o", "build", cwd=folder).code == 0
    texts = [path.read_text(encoding="utf-8") for path in (folder / "build").rglob("*.tex")]
    printed = re.findall(r"\\measured\{[^{}]*\}\{((?:[^{}]|\{,\})*)\}", "\n".join(texts))
    digits = [re.sub(r"\{,\}|[.\-]", "", text).lstrip("0") for text in printed]
    assert len(printed) > 20
    assert [text for text in digits if len(text) > 6] == []


def without_places(text: str) -> str:
    """A report without the names and hashes of the tables, and the lines in them."""
    text = re.sub(r"[0-9a-f]{64}", "HASH", text)
    text = re.sub(r"-[0-9a-f]{12}\.(csv|parquet)", "-HASH", text)
    return re.sub(r'"row": \d+', '"row": 0', text)


def test_csv_and_parquet_tables_give_the_same_audit_and_section(
    results: Path, tmp_path: Path
) -> None:
    made: dict[str, dict[str, str]] = {}
    for form in ("csv", "parquet"):
        folder = tmp_path / form
        folder.mkdir()
        (folder / "sage-write.toml").write_text('[paper]\ndata = "data/r"\n', encoding="utf-8")
        run = sage_write("ingest", results, "-o", "data/r", "--table-format", form, cwd=folder)
        assert (run.code, run.err) == (0, "")
        found = {
            "audit": sage_write("audit", "-f", "json", "--fail-on", "never", cwd=folder),
            "section": sage_write("section", "results", "-o", "build", cwd=folder),
        }
        assert {name: (run.code, run.err) for name, run in found.items()} == {
            "audit": (0, ""),
            "section": (0, ""),
        }
        made[form] = {name: without_places(run.out) for name, run in found.items()} | {
            path.name: without_places(path.read_text(encoding="utf-8"))
            for path in sorted((folder / "build").rglob("*.*"))
        }
        suffixes = {path.suffix for path in (folder / "data" / "r").iterdir()}
        assert suffixes == {".json", f".{form}"}
    assert len(made["csv"]) > 4
    assert made["parquet"] == made["csv"]


def test_ingest_in_the_other_format_leaves_no_table_of_the_first(
    results: Path, tmp_path: Path
) -> None:
    for form in ("parquet", "csv", "parquet"):
        run = sage_write(
            *("ingest", results, "-o", "out", "--table-format", form, "-f", "json"), cwd=tmp_path
        )
        assert run.code == 0
        names = {path.name for path in (tmp_path / "out").iterdir()}
        assert names == {"datapackage.json", *(Path(p).name for p in run.document["tables"])}
        assert {Path(name).suffix for name in names} == {".json", f".{form}"}


def test_cells_agree_with_samples_that_were_stored_rounded(tmp_path: Path) -> None:
    sweep(tmp_path / "raw")
    folder = project(tmp_path / "paper", tmp_path / "raw")
    run = sage_write("verify", "--runs", tmp_path / "raw", "-f", "json", cwd=folder)
    off = [
        cell["id"]
        for cell in run.document["cells"]
        if cell["recomputed"] is not None and not cell["agrees"]
    ]
    assert (run.code, off) == (0, [])


def test_a_dataset_among_the_results_is_no_result(tmp_path: Path) -> None:
    """The tables that ``ingest`` wrote are CSV too, and a mapping of all CSV would take them."""
    (tmp_path / "a.csv").write_text("took\n" + "7.5\n" * 30, encoding="utf-8")
    (tmp_path / "sage-write.toml").write_text(
        '[[samples]]\nfiles = "*.csv"\ncolumn = "took"\nunit = "ms"\nquantity = "latency"\n',
        encoding="utf-8",
    )
    first = sage_write("ingest", ".", "-o", "out", "-f", "json", cwd=tmp_path)
    again = sage_write("ingest", ".", "-o", "out", "-f", "json", cwd=tmp_path)
    assert (first.code, again.code) == (0, 0)
    assert (again.document["runs"], again.document["problems"]) == (1, [])
    reasons = {item["file"]: item["reason"] for item in again.document["skipped"]}
    assert reasons["out"] == "a dataset that 'sage-write ingest' wrote"


def test_an_edited_table_of_all_runs_is_read_again(tmp_path: Path) -> None:
    results = tmp_path / "results"
    results.mkdir()
    (results / "sleep.json").write_text(json.dumps(HYPERFINE), encoding="utf-8")
    folder = project(tmp_path / "project", results)
    (table,) = (folder / "data" / "runs").glob("runs-*.csv")
    written = sage_write("verify", "--runs", results, cwd=folder)
    assert (written.code, written.err) == (0, "")

    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([*lines, "one,cell,more"]) + "\n", encoding="utf-8")
    edited = sage_write("verify", "--runs", results, cwd=folder)
    assert edited.code == 2
    assert f"{table.name}:{len(lines) + 1}" in edited.err
    assert "the row has 3 cells" in edited.err
