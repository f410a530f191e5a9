"""``--runs`` in a project whose tables are not there (yet): the runs are judged alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import sage_write
from tests.cli.test_runs import SAMPLES, write_run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project without data, and two runs."""
    (tmp_path / "sage-write.toml").write_text('[paper]\ndata = "tables"\n', encoding="utf-8")
    write_run(tmp_path / "raw" / "a_metrics.json", SAMPLES)
    write_run(tmp_path / "raw" / "b_metrics.json", [value + 0.5 for value in SAMPLES])
    (tmp_path / "p.tex").write_text(
        "\\documentclass{article}\\begin{document}We ran 40 tasks.\\end{document}\n",
        encoding="utf-8",
    )
    return tmp_path


COMMANDS = (
    ("verify",),
    ("audit", "--fail-on", "never"),
    ("section", "results"),
    ("check", "p.tex", "--fail-on", "never"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("made", "words"), [(False, "is not there"), (True, "holds no tables")], ids=["none", "empty"]
)
def test_the_runs_are_judged_alone_and_that_is_said(
    command: tuple[str, ...], made: bool, words: str, project: Path
) -> None:
    if made:
        (project / "tables").mkdir()
    run = sage_write(*command, "--runs", "raw", cwd=project)
    assert (run.code, run.err) == (
        0,
        f"note: the data folder 'tables' {words}: the runs are judged alone\n",
    )


def test_what_is_found_is_what_no_project_finds(project: Path, tmp_path: Path) -> None:
    write_run(project / "raw" / "c_metrics.json", SAMPLES, avg_latency_ms=90.0)
    beside = sage_write("verify", "--runs", "raw", "-f", "json", cwd=project)
    (project / "sage-write.toml").unlink()
    alone = sage_write("verify", "--runs", "raw", "-f", "json", cwd=project)
    assert (beside.code, alone.code, alone.err) == (1, 1, "")
    assert beside.document == alone.document


@pytest.mark.parametrize(("made", "words"), [(False, "no such folder"), (True, "nothing here is")])
def test_without_runs_the_tables_are_missed(made: bool, words: str, project: Path) -> None:
    if made:
        (project / "tables").mkdir()
    run = sage_write("verify", cwd=project)
    assert run.code == 2
    assert f"error: tables: {'there is ' if not made else ''}{words}" in run.err
    assert "'sage-write ingest RESULTS' makes tables of raw results" in run.err


def test_a_broken_descriptor_is_still_an_error(project: Path) -> None:
    (project / "tables").mkdir()
    (project / "tables" / "datapackage.json").write_text("{", encoding="utf-8")
    run = sage_write("verify", "--runs", "raw", cwd=project)
    assert run.code == 2
    assert "error: tables/datapackage.json" in run.err


def test_settings_that_speak_of_tables_need_them(project: Path) -> None:
    with (project / "sage-write.toml").open("a", encoding="utf-8") as stream:
        stream.write('[[request]]\nexperiment = "threads"\nquantity = "rate"\nasked_by = "x"\n')
    run = sage_write("verify", "--runs", "raw", cwd=project)
    assert run.code == 2
    assert run.err.startswith("error: tables: there is no such folder")
