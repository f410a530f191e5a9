"""What a paper may read is decided by where it lies, not by where the command is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import sage_write

PAPER = r"""\documentclass{article}
\begin{document}
\begin{abstract}
Tuff serves 412 requests/s.
\end{abstract}
\section{Evaluation}
\input{../shared/table}
\end{document}
"""
TABLE = r"""\begin{table}
\begin{tabular}{lr}
System & Throughput (requests/s) \\
Basalt & 114 \\
Tuff & 412 \\
\end{tabular}
\end{table}
"""


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """``work/paper/main.tex`` reads ``work/shared/table.tex``."""
    root = tmp_path / "work"
    for name, text in (("paper/main.tex", PAPER), ("shared/table.tex", TABLE)):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def _ways(work: Path) -> list[tuple[Path, Path | str]]:
    """Folders to run in, each with the paper as seen from there."""
    return [
        (work / "paper", "main.tex"),
        (work / "paper", "."),
        (work, "paper/main.tex"),
        (work, "paper"),
        (work.parent, "work/paper/main.tex"),
        (work / "shared", "../paper/main.tex"),
    ]


def _seen(work: Path) -> list[tuple[list[str], list[str], bool]]:
    """Of each way the files read, the verdicts, and whether an input was refused."""
    found = []
    for folder, paper in _ways(work):
        document = sage_write("check", paper, "-f", "json", cwd=folder).document
        refused = any("leads outside" in note for note in document["notes"])
        verdicts = [claim["verdict"] for claim in document["claims"]]
        found.append((document["files"], verdicts, refused))
    return found


def test_alone_a_paper_reads_its_own_folder(work: Path) -> None:
    assert _seen(work) == [(["main.tex"], ["unsupported"], True)] * 6


def test_in_a_repository_it_reads_the_repository(work: Path) -> None:
    (work / ".git").mkdir()
    files = ["paper/main.tex", "shared/table.tex"]
    assert _seen(work) == [(files, ["supported"], False)] * 6


def test_a_home_that_is_a_repository_is_not_opened_to_a_paper(work: Path) -> None:
    (work / ".git").mkdir()
    run = sage_write("check", "main.tex", "-f", "json", cwd=work / "paper", HOME=str(work))
    assert run.document["files"] == ["main.tex"]


def test_a_project_goes_before_the_repository(work: Path) -> None:
    (work / ".git").mkdir()
    assert sage_write("init", "own", cwd=work).code == 0
    (work / "own/main.tex").write_text(PAPER, encoding="utf-8")
    document = sage_write("check", "main.tex", "-f", "json", cwd=work / "own").document
    assert document["files"] == ["main.tex"]


def test_a_file_above_this_folder_is_named_as_seen_from_here(work: Path) -> None:
    (work / ".git").mkdir()
    (work / "shared/table.tex").write_text(TABLE + "It is 5% faster.\n", encoding="utf-8")
    run = sage_write("check", "main.tex", "-f", "github", cwd=work / "paper")
    assert "file=../shared/table.tex,line=8" in run.out


def test_github_is_told_files_from_the_folder_of_the_checkout(work: Path) -> None:
    (work / ".git").mkdir()
    (work / "shared/table.tex").write_text(TABLE + "It is 5% faster.\n", encoding="utf-8")
    for folder, paper in ((work / "paper", "main.tex"), (work, "paper/main.tex")):
        run = sage_write("check", paper, "-f", "github", cwd=folder, GITHUB_WORKSPACE=str(work))
        assert "file=shared/table.tex,line=8" in run.out


@pytest.mark.parametrize("name", ["notes.json", "data.csv", "README.md"])
def test_what_is_no_latex_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"told": "56% and 62%"}\n', encoding="utf-8")
    run = sage_write("check", name, cwd=tmp_path)
    assert (run.code, run.out) == (2, "")
    assert f"a {Path(name).suffix} file is no paper" in run.err
