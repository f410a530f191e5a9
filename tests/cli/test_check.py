"""``check`` through the front door: formats, files, habits, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from tests.cli.program import Run, sage_write
from tests.cli.test_commands import schema
from tests.report.papers import PAPER
from writer.cli.options import report_names
from writer.report import formats

WRONG = "At concurrency 4 the throughput is 9.27~tasks/s.\n"
WEAK = "Concurrency 4 is optimal.\n"
RIGHT = "At concurrency 4 the throughput is 7.27~tasks/s.\n"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A folder with ``sub/paper.tex``, away from the demo's project."""
    folder = tmp_path / "sub"
    folder.mkdir()
    path = folder / "paper.tex"
    path.write_text(PAPER, encoding="utf-8")
    return path


def check(paper: Path, demo: Path, *arguments: str | Path) -> Run:
    return sage_write("check", paper, "-p", demo, *arguments, cwd=paper.parent.parent)


def test_the_formats_are_the_files_of_the_folder() -> None:
    assert report_names() == ["github", "html", "json", "junit", "sarif", "text"]
    assert sorted(formats()) == report_names()


def test_each_format_is_what_it_says(paper: Path, demo: Path) -> None:
    out = {name: check(paper, demo, "-f", name) for name in report_names()}
    assert {name: (run.code, run.err) for name, run in out.items()} == dict.fromkeys(
        report_names(), (1, "")
    )
    document = json.loads(out["json"].out)
    jsonschema.validate(document, schema(demo, "check"))
    assert document["suppressed"][0]["suppressed_by"] == "allow"
    assert json.loads(out["sarif"].out)["version"] == "2.1.0"
    assert ET.fromstring(out["junit"].out).tag == "testsuites"  # noqa: S314 - our own output
    assert out["html"].out.startswith("<!DOCTYPE html>")
    assert out["github"].out.startswith("::notice ")
    assert out["text"].out.startswith("sub/paper.tex: 10 quantities")


def test_places_are_as_seen_from_here(paper: Path, demo: Path) -> None:
    assert "file=sub/paper.tex,line=5,col=36" in check(paper, demo, "-f", "github").out
    inside = sage_write("check", "paper.tex", "-p", demo, cwd=paper.parent).out
    assert "\npaper.tex:5:36  contradicted  9.27 tasks/s\n" in inside


def test_a_report_goes_to_a_file_and_its_summary_to_the_screen(paper: Path, demo: Path) -> None:
    run = check(paper, demo, "-f", "sarif", "-o", "out/check.sarif")
    assert (run.code, run.err) == (1, "")
    lines = run.out.splitlines()
    assert lines[0].startswith("sub/paper.tex: 10 quantities")
    assert lines[-1] == "written: out/check.sarif"
    folder = paper.parent.parent / "out"
    assert json.loads((folder / "check.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert [path.name for path in folder.iterdir()] == ["check.sarif"]


@pytest.mark.parametrize("option", ["-o", "--write-baseline"])
def test_a_file_of_the_paper_is_never_overwritten(paper: Path, demo: Path, option: str) -> None:
    run = check(paper, demo, option, "sub/../sub/paper.tex")
    assert run.code == 2
    assert "this is a file of the paper" in run.err
    assert paper.read_text(encoding="utf-8") == PAPER


def test_the_settings_name_the_paper(copy_of_demo: Path) -> None:
    named = sage_write("check", cwd=copy_of_demo)
    assert named.out == sage_write("check", "data/abstract.tex", cwd=copy_of_demo).out
    assert named.out.startswith("data/abstract.tex: ")


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        (RIGHT, [], 0),
        (WRONG, [], 1),
        (WEAK, [], 1),
        (WEAK, ["--fail-on", "error"], 0),
        (WRONG, ["--fail-on", "error"], 1),
        (WRONG, ["--fail-on", "never"], 0),
        (WRONG, ["--ignore", "CLM002"], 0),
        (WRONG, ["--select", "unsupported-claim"], 0),
        (WRONG + WEAK, ["--select", "unsupported-claim"], 1),
        (WRONG, ["--select", "contradictedclaim"], 2),
        (WRONG, ["--format", "sarf"], 2),
        (WRONG, ["--baseline", "missing.json"], 2),
        ("% sage-write: allow CLM002\n" + WRONG, [], 2),
        ("% sage-write: allow CLM002 because it is old\n" + WRONG, [], 0),
        ("Nothing.\n", [], 3),
    ],
)
def test_exit_codes(paper: Path, demo: Path, text: str, arguments: list[str], code: int) -> None:
    paper.write_text(text, encoding="utf-8")
    run = check(paper, demo, *arguments)
    assert run.code == code, run.out + run.err
    assert "Traceback" not in run.err
    assert bool(run.err) == (code == 2)


def test_unknown_names_are_answered_with_near_ones(paper: Path, demo: Path) -> None:
    assert "perhaps sarif" in check(paper, demo, "--format", "sarf").err
    assert "contradicted-claim" in check(paper, demo, "--ignore", "contradictedclaim").err


def test_a_baseline_lets_an_old_paper_start_clean(paper: Path, demo: Path) -> None:
    first = check(paper, demo, "--write-baseline", "known.json")
    assert first.code == 0
    assert "known.json: 3 findings are known from now on" in first.err
    again = check(paper, demo, "--baseline", "known.json")
    assert again.code == 0
    assert "  3 findings known before, in known.json (--verbose)\n" in again.out
    moved = "\n\n" + PAPER.replace(r"\end{abstract}", WRONG + r"\end{abstract}")
    paper.write_text(moved, encoding="utf-8")
    later = check(paper, demo, "--baseline", "known.json", "-f", "json")
    assert later.code == 1
    assert [item["where"][0]["row"] for item in later.document["findings"]] == [9]
    wider = check(paper, demo, "--baseline", "known.json", "--write-baseline", "known.json")
    assert "4 findings are known from now on" in wider.err
    assert check(paper, demo, "--baseline", "known.json").code == 0


def test_a_number_of_things_and_a_name_are_no_ratios(tmp_path: Path) -> None:
    paper = tmp_path / "main.tex"
    paper.write_text(
        "\\documentclass{article}\\begin{document}\\begin{abstract}We run 10x Genomics' tools on "
        "4$\\times$ NVIDIA A100, 3x faster than before.\\end{abstract}\\end{document}\n",
        encoding="utf-8",
    )
    run = sage_write("check", paper, "-f", "json", cwd=tmp_path)
    assert [(item["text"], item["reason"]) for item in run.document["claims"]][:2] == [
        ("10x", "part of a name, or a number of things"),
        ("4×", "part of a name, or a number of things"),
    ]
    assert run.document["claims"][2]["text"] == "3x"


def test_what_a_rule_says_beside_the_verdict_is_told(tmp_path: Path) -> None:
    paper = tmp_path / "paper.tex"
    paper.write_text(
        r"""\begin{document}
\begin{abstract}Ours is 2$\times$ faster than Base on the web load.\end{abstract}
\begin{table}\caption{Time on the web load.}
\begin{tabular}{lr}
System & Time (s) \\ \hline
Base & 16.0 \\
Ours & 10.0 \\
\end{tabular}\end{table}
\end{document}
""",
        encoding="utf-8",
    )
    said = sage_write("check", paper, cwd=tmp_path).out
    assert '"2×" is rounded in its favour: Table 1 gives 16.0/10.0 = 1.6' in " ".join(said.split())
