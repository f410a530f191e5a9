"""Render a project's sections as the commands do, and look into what came out."""

from __future__ import annotations

import csv
import os
import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT
from writer.cli.project import open_project
from writer.config import load_config
from writer.document.render import render_section
from writer.document.section import Section

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "SAGE_WRITE_UPDATE_GOLDEN"

MEASURED = re.compile(r"\\measured\{([^{}]+)\}\{((?:[^{}]|\{[^{}]*\})*)\}")
"""A number in LaTeX: its id and its digits."""


def render(root: Path, name: str = "experiments") -> Section:
    """The section ``name`` of the project in ``root``."""
    project = open_project(root)
    return render_section(name, project.dataset, project.audit, project.config)


@cache
def of_demo(name: str = "experiments") -> Section:
    """The demo's section, rendered once: drawing its figures takes seconds."""
    return render(ROOT, name)


def same_as_golden(name: str, actual: str) -> None:
    """Compare with ``golden/NAME``; with SAGE_WRITE_UPDATE_GOLDEN=1 write it and fail."""
    path = GOLDEN / name
    if os.environ.get(UPDATE):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(actual, encoding="utf-8", newline="\n")
        pytest.fail(f"{path.name} was rewritten because {UPDATE} is set; unset it and run again")
    assert actual == path.read_text(encoding="utf-8")


def plain(tex: str) -> str:
    """The section's text as a reader sees it: numbers without their ids, one line."""
    text = MEASURED.sub(lambda match: match[2].replace("{,}", ","), tex)
    return re.sub(r"\s+", " ", text.replace("~", " "))


def set_cell(root: Path, table: str, levels: dict[str, str], column: str, value: str) -> None:
    """Write ``value`` into one cell of a table of a copied project."""
    path = root / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [row for row in rows if levels.items() <= row.items()]
    row[column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def drop_marks(root: Path, text: str) -> None:
    """Remove the lines of cells.csv that hold ``text``."""
    path = root / "data" / "cells.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if text not in line), encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    """Change a file's text; ``old`` must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def template(root: Path, name: str, text: str) -> Path:
    """Write a section's template into a project."""
    path = load_config(root).path("templates") / "sections" / f"{name}.tex.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def pdflatex(
    folder: Path, body: str, packages: Iterable[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    """Compile ``body`` as a small document in ``folder``."""
    lines = [
        r"\documentclass{article}",
        r"\usepackage[T1]{fontenc}",
        r"\usepackage{textcomp,lmodern,booktabs,graphicx}",
        *(rf"\usepackage{{{package}}}" for package in packages),
        r"\begin{document}",
        body,
        r"\end{document}",
    ]
    (folder / "page.tex").write_text("\n".join(lines), encoding="utf-8")
    return subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex"],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=120,
    )
