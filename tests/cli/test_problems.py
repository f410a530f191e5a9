"""Files that are wrong end verify and audit with findings; what is only told does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from tests.cli.program import Run, sage_write
from tests.cli.test_commands import schema
from tests.cli.test_runs import SAMPLES, write_run

ROOT = Path(__file__).parents[2]
MAPPING = '[[samples]]\nfiles = "*.csv"\ncolumn = "took"\nunit = "ms"\nquantity = "latency"\n'


def _good(folder: Path) -> None:
    for name, shift in (("a", 0.0), ("b", 0.5)):
        data = [value + shift for value in SAMPLES]
        write_run(folder / f"{name}_metrics.json", data)
        rows = "".join(f"{number},{value}\n" for number, value in enumerate(data))
        path = folder / f"{name}_latencies.csv"
        path.write_text("task_index,total_latency_ms\n" + rows, encoding="utf-8")


def _truncated(folder: Path) -> None:
    text = (folder / "a_metrics.json").read_text(encoding="utf-8")
    (folder / "c_metrics.json").write_text(text[: len(text) // 2], encoding="utf-8")


def _negative(folder: Path) -> None:
    write_run(folder / "c_metrics.json", [*SAMPLES, -3.0])


def _backwards(folder: Path) -> None:
    write_run(folder / "c_metrics.json", [value + 1 for value in SAMPLES], total_duration_sec=-10.0)


def _few(folder: Path) -> None:
    path = folder / "a_latencies.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:20]) + "\n")


def _no_number(folder: Path) -> None:
    path = folder / "a_latencies.csv"
    path.write_text(path.read_text(encoding="utf-8") + "40,nan\n", encoding="utf-8")


def _empty(folder: Path) -> None:
    (folder / "c.json").write_text("", encoding="utf-8")


def _cut(folder: Path) -> None:
    (folder / "c.json").write_text('{"date": "20260117-090124", "endp', encoding="utf-8")


WRONG: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a result cut short": (_truncated, "c_metrics.json", "not valid JSON"),
    "a time below zero": (_negative, "c_metrics.json", "1 sample of"),
    "a clock that went backwards": (_backwards, "c_metrics.json", "the duration"),
    "rows that are not there": (_few, "a_latencies.csv", "19 samples in"),
    "a cell that is no number": (_no_number, "a_latencies.csv", "1 cell of"),
    "JSON without a byte": (_empty, "c.json", "the file is empty"),
    "JSON that no reader knows, cut short": (_cut, "c.json", "cut short"),
}


def _alone(folder: Path) -> None:
    (folder / "a_latencies.csv").unlink()


def _readme(folder: Path) -> None:
    (folder / "README.md").write_text("Two runs.\n", encoding="utf-8")
    (folder / "plan.json").write_text('{"runs": 2}\n', encoding="utf-8")


def _orphan(folder: Path) -> None:
    (folder / "d_latencies.csv").write_text("task_index,total_latency_ms\n0,1.5\n")


def _namesake(folder: Path) -> None:
    write_run(folder / "a b_metrics.json", [value + 3 for value in SAMPLES])
    write_run(folder / "a-b_metrics.json", [value + 4 for value in SAMPLES])


TOLD: dict[str, tuple[Callable[[Path], None], int]] = {
    "a result without its samples beside it": (_alone, 1),
    "files that are no results": (_readme, 0),
    "samples without a result": (_orphan, 0),
    "two results of one id": (_namesake, 4),
}


def _verify(folder: Path, *more: str) -> Run:
    return sage_write("verify", "--runs", "raw", *more, cwd=folder)


@pytest.mark.parametrize(("harm", "file", "what"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_a_finding_of_verify_and_audit_and_named_by_ingest(
    tmp_path: Path, harm: Callable[[Path], None], file: str, what: str
) -> None:
    _good(tmp_path / "raw")
    harm(tmp_path / "raw")
    run = _verify(tmp_path, "-f", "json")
    jsonschema.validate(run.document, schema(ROOT, "verify"))
    (found,) = run.document["problems"]
    assert (found["file"], found["message"][: len(what)]) == (file, what)
    assert run.code == 1
    ingested = sage_write("ingest", "raw", "-f", "json", cwd=tmp_path)
    jsonschema.validate(ingested.document, schema(ROOT, "ingest"))
    assert ingested.document["problems"] == run.document["problems"]
    assert ingested.code == 0
    audit = sage_write("audit", "--runs", "raw", "--fail-on", "error", cwd=tmp_path)
    assert "1 problem in their files" in audit.out
    assert audit.code == 1


@pytest.mark.parametrize(("add", "notes"), TOLD.values(), ids=TOLD)
def test_what_is_only_told_leaves_verify_clean(
    tmp_path: Path, add: Callable[[Path], None], notes: int
) -> None:
    _good(tmp_path / "raw")
    add(tmp_path / "raw")
    run = _verify(tmp_path, "-f", "json")
    assert (run.code, run.document["problems"]) == (0, [])
    assert len(run.document.get("notes", ())) == notes
    ingested = sage_write("ingest", "raw", "-f", "json", cwd=tmp_path).document
    assert (ingested["problems"], len(ingested.get("notes", ()))) == ([], notes)
    audit = sage_write("audit", "--runs", "raw", "--fail-on", "error", cwd=tmp_path)
    assert (audit.code, "0 problems in their files" in audit.out) == (0, True)


def test_people_see_what_is_wrong_and_audit_may_be_told_to_pass(tmp_path: Path) -> None:
    _good(tmp_path / "raw")
    assert _verify(tmp_path).code == 0
    _negative(tmp_path / "raw")
    told = _verify(tmp_path).out
    assert told.splitlines()[0] == "raw: 3 runs, 0 files skipped, 1 problem"
    assert told.split().count("Problems") == 1
    never = sage_write("audit", "--runs", "raw", "--fail-on", "never", cwd=tmp_path)
    assert never.code == 0


def test_the_paper_states_what_is_wrong_with_the_files_behind_it(tmp_path: Path) -> None:
    _good(tmp_path / "raw")
    section = ("section", "experiments", "--runs", "raw", "-o", "out")
    assert sage_write(*section, cwd=tmp_path).code == 0
    text = tmp_path / "out" / "experiments.tex"
    assert "wrong in themselves" not in text.read_text(encoding="utf-8")
    _negative(tmp_path / "raw")
    assert sage_write(*section, "--force", cwd=tmp_path).code == 0
    said = text.read_text(encoding="utf-8")
    assert r"\limitation{faulty-result/" in said
    assert "times below zero in" in said


def test_samples_alone_that_are_wrong_are_findings_too(tmp_path: Path) -> None:
    (tmp_path / "sage-write.toml").write_text(MAPPING)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.csv").write_text("took\n1.5\n-2.5\n3.5\n")
    assert _verify(tmp_path).code == 1


def test_a_mapped_file_that_cannot_be_read_is_a_problem_and_an_unmapped_one_is_not(
    tmp_path: Path,
) -> None:
    _good(tmp_path / "raw")
    (tmp_path / "raw" / "a.txt").write_text("a note, and\nno table\n")
    assert _verify(tmp_path).code == 0
    (tmp_path / "sage-write.toml").write_text(MAPPING.replace("*.csv", "a.txt"))
    run = _verify(tmp_path, "-f", "json")
    assert [item["file"] for item in run.document["problems"]] == ["a.txt"]
    assert run.code == 1
