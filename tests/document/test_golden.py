"""What the demo and the packaged project are rendered to, byte by byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.document.rendering import GOLDEN, of_demo, render, same_as_golden

TABLES = ("job-count", "node-scaling", "schedulers", "task-complexity")


@pytest.mark.parametrize("name", ["experiments", "limitations"])
def test_a_section_of_the_demo(name: str) -> None:
    same_as_golden(f"{name}.tex", of_demo(name).tex)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_demo(name: str) -> None:
    tables = {file.path: file.data for file in of_demo().files}
    same_as_golden(f"table-{name}.tex", tables[f"tables/{name}.tex"].decode())


def test_the_demo_has_these_files_and_no_others() -> None:
    figures = ("concurrency", "node-scaling", "schedulers", "start-delay")
    assert {file.path for file in of_demo().files} == {
        *(f"tables/{name}.tex" for name in TABLES),
        *(f"figures/{name}.{ending}" for name in figures for ending in ("pdf", "png")),
    }


def test_the_results_of_the_packaged_project(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "templates" / "project", project)
    same_as_golden("project-results.tex", render(project, "results").tex)


def test_the_table_of_the_packaged_project(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "templates" / "project", project)
    (table,) = render(project, "results").files
    same_as_golden("project-table-threads.tex", table.data.decode())


def test_two_renderings_give_the_same_bytes(demo: Path) -> None:
    assert render(demo) == of_demo()


def test_every_golden_file_is_compared() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {
        "experiments.tex",
        "limitations.tex",
        "project-results.tex",
        "project-table-threads.tex",
        *(f"table-{name}.tex" for name in TABLES),
    }
