"""``check`` of several papers: one process each, one report, the worst exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from tests.cli.program import Run, sage_write
from tests.cli.test_commands import schema
from tests.report.papers import OWN_TABLE, PAPER
from tests.report.test_sarif import validate
from tests.test_fanout import CLUSTERS, need
from writer.fanout import Backend

RIGHT = "\\documentclass{article}" + OWN_TABLE
WRONG = RIGHT.replace("reaches 84.2", "reaches 94.2")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with a paper that is right, one that is wrong, and one that is no text."""
    folder = tmp_path / "papers"
    (folder / "inner").mkdir(parents=True)
    (folder / "right.tex").write_text(RIGHT, encoding="utf-8")
    (folder / "inner" / "main.tex").write_text(WRONG, encoding="utf-8")
    (folder / "part.tex").write_text("No paper of its own.", encoding="utf-8")
    return folder


def check(folder: Path, *arguments: str | Path) -> Run:
    return sage_write("check", *arguments, cwd=folder.parent)


def test_a_line_for_each_paper_then_what_was_found(papers: Path) -> None:
    run = check(papers, "papers/right.tex", "papers/inner", "--fail-on", "note")
    assert (run.code, run.err) == (1, "")
    lines = run.out.splitlines()
    assert lines[0] == "papers/right.tex: 2 quantities, 2 checked; 2 supported, 0 findings"
    assert lines[1].startswith("papers/inner: 2 quantities, 2 checked; 1 ")
    assert lines[2] == "2 papers: 4 quantities, 4 checked, 0 not checked"
    assert "== papers/right.tex ==" not in run.out
    found = run.out.split("== papers/inner ==\n")[1]
    assert "papers/inner/main.tex:3:14" in found


def test_each_paper_has_the_evidence_that_it_has_alone(papers: Path) -> None:
    alone = check(papers, "papers/inner", "--fail-on", "never").out
    several = check(papers, "papers/right.tex", "papers/inner", "--fail-on", "never").out
    found = several.split("== papers/inner ==\n")[1].split("\nNext: ")[0]
    assert "\n  Table 1 has 84.2 (Ours, Test accuracy (%))\n" in found
    assert found in alone


def test_of_each_paper_only_the_first_findings_are_told(papers: Path, demo: Path) -> None:
    many = "\n\n".join(
        f"At concurrency 4 the throughput is {100 + number}~tasks/s." for number in range(9)
    )
    right = "".join(
        f"\n\nAt concurrency 4 the throughput is {digits}~tasks/s."
        for digits in ("7.27", "7.3", "7")
    )
    for name in "ab":
        (papers / f"{name}.tex").write_text(many + right, encoding="utf-8")
    names = ("papers/a.tex", "papers/b.tex", "--data", demo / "data")
    short = check(papers, *names).out
    assert short.count("  contradicted  ") == 8
    assert short.count("and 5 errors more (--verbose)") == 2
    assert short.count("and 1 more   ") == 2  # one row for the level of all
    full = check(papers, *names, "--verbose").out
    assert full.count("  contradicted  ") == 18
    assert "more (--verbose)" not in full


def test_a_folder_of_papers(papers: Path) -> None:
    (papers / ".hidden").mkdir()
    (papers / "figures").mkdir()
    shutil.make_archive(str(papers / "packed"), "gztar", papers / "inner")
    document = check(papers, "papers/...", "-f", "json").document
    assert [item["paper"] for item in document["papers"]] == [
        "papers/inner", "papers/packed.tar.gz", "papers/right.tex",
    ]  # fmt: skip
    empty = check(papers, "papers/figures/...")
    assert empty.code == 2
    assert "there is no paper in this folder" in empty.err


def test_json_lists_what_each_paper_alone_gives(papers: Path, demo: Path) -> None:
    run = check(papers, "papers/right.tex", "papers/inner", "-f", "json")
    jsonschema.validate(run.document, schema(demo, "checks"))
    for item in run.document["papers"]:
        alone = check(papers, item["paper"], "-f", "json").document
        assert alone.pop("schema") == "sage-write/check/1"
        del alone["version"]
        assert item["check"] == alone


def test_the_schema_of_each_paper_is_that_of_one(demo: Path) -> None:
    one, many = (
        json.loads((demo / f"docs/schemas/{name}.schema.json").read_text(encoding="utf-8"))
        for name in ("check", "checks")
    )
    inner = many["properties"]["papers"]["items"]["properties"]["check"]["oneOf"][1]
    own = {key: value for key, value in one["properties"].items() if key in inner["properties"]}
    assert inner["properties"] == own
    assert set(one["properties"]) - set(own) == {"schema", "version"}


def test_a_broken_paper_is_one_line_and_stops_no_other(papers: Path) -> None:
    (papers / "broken.tex").write_bytes(bytes(range(256)) * 40)
    names = ("papers/missing.tex", "papers/right.tex", "papers/broken.tex")
    run = check(papers, *names)
    assert (run.code, run.err) == (2, "")
    lines = run.out.splitlines()
    assert lines[0].startswith("error: papers/missing.tex: there is no such file")
    assert lines[1].startswith("papers/right.tex: 2 quantities")
    assert sum(line.startswith("error: ") for line in lines) == 2
    assert lines[3].endswith("; 2 papers could not be checked")
    other = check(papers, *names, "-f", "json")
    assert other.code == 2
    assert [line[:7] for line in other.err.splitlines()] == ["error: "] * 2
    assert [item["check"] is None for item in other.document["papers"]] == [True, False, True]
    assert check(papers, *names, "--fail-on", "never").code == 2


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ((RIGHT, RIGHT.replace("Ours", "Mine")), 0),
        ((RIGHT, WRONG), 1),
        ((RIGHT, "Nothing."), 0),
        (("Nothing.", "Nothing at all."), 3),
    ],
)
def test_the_exit_code_is_the_worst(papers: Path, texts: tuple[str, str], code: int) -> None:
    for name, text in zip("ab", texts, strict=True):
        (papers / f"{name}.tex").write_text(text, encoding="utf-8")
    assert check(papers, "papers/a.tex", "papers/b.tex", "--fail-on", "note").code == code


def test_formats_of_programs_hold_all_papers(papers: Path) -> None:
    names = ("papers/right.tex", "papers/inner/main.tex")
    sarif = json.loads(check(papers, *names, "-f", "sarif").out)
    assert [run["automationDetails"]["id"] for run in sarif["runs"]] == [
        f"sage-write/{name}/" for name in names
    ]
    suites = ET.fromstring(check(papers, *names, "-f", "junit").out)  # noqa: S314 - our own
    assert [item.get("name") for item in suites] == list(names)
    assert suites.get("tests") == "4"
    github = check(papers, *names, "-f", "github").out
    assert github.count("title=sage-write check") == 2


def test_formats_of_programs_name_a_paper_that_cannot_be_checked(papers: Path) -> None:
    names = ("papers/right.tex", "papers/none.tex")
    sarif = check(papers, *names, "-f", "sarif")
    assert sarif.code == 2
    document = json.loads(sarif.out)
    validate(document)
    good, broken = document["runs"]
    assert good["invocations"][0]["executionSuccessful"] is True
    (invocation,) = broken["invocations"]
    (told,) = invocation["toolExecutionNotifications"]
    assert (invocation["executionSuccessful"], told["level"]) == (False, "error")
    assert told["message"]["text"].startswith("papers/none.tex: ")
    place = told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place == "papers/none.tex"
    suites = ET.fromstring(check(papers, *names, "-f", "junit").out)  # noqa: S314 - our own
    assert (suites.get("errors"), suites.get("failures")) == ("1", "0")
    assert [case.get("file") for case in suites.iter("testcase") if case.find("error") is not None]
    github = check(papers, *names, "-f", "github").out
    assert "::error file=papers/none.tex,title=could not be checked::papers/none.tex" in github


def test_one_page_of_html_holds_all_papers(papers: Path) -> None:
    names = ("papers/right.tex", "papers/none.tex", "papers/inner/main.tex")
    written = check(papers, *names, "-f", "html", "-o", "all.html")
    assert (written.code, written.err) == (2, "")
    assert written.out.count("error: papers/none.tex: there is no such file") == 1
    html = check(papers, *names, "-f", "html")
    assert html.code == 2
    assert html.out.count("<iframe ") == 2
    assert '<p class="error">papers/none.tex: ' in html.out
    assert '<strong class="name">papers/inner/main.tex</strong>' in html.out


def test_one_baseline_for_all(papers: Path) -> None:
    (papers / "other.tex").write_text(WRONG.replace("Ours", "Mine"), encoding="utf-8")
    names = ("papers/inner/main.tex", "papers/other.tex")
    first = check(papers, *names, "--write-baseline", "known.json")
    assert first.code == 0
    again = check(papers, *names, "--baseline", "known.json")
    assert again.code == 0
    assert "are gone" not in again.out


def test_wrong_options_are_told_once(papers: Path) -> None:
    run = check(papers, "papers/right.tex", "papers/inner", "--select", "contradictedclaim")
    assert run.code == 2
    assert run.err.count("contradicted-claim") == 1
    assert run.out == ""


def test_a_report_goes_over_no_paper(papers: Path) -> None:
    run = check(papers, "papers/right.tex", "papers/inner", "-o", "papers/inner/main.tex")
    assert run.code == 2
    assert "this is a file of the paper" in run.err


def test_data_hold_for_all(papers: Path, demo: Path) -> None:
    (papers / "a.tex").write_text(PAPER, encoding="utf-8")
    (papers / "b.tex").write_text(PAPER.replace("9.27", "7.27"), encoding="utf-8")
    run = check(papers, "papers/a.tex", "papers/b.tex", "--data", demo / "data", "-f", "json")
    verdicts = [item["check"]["claims"][1]["verdict"] for item in run.document["papers"]]
    assert verdicts == ["contradicted", "supported"]


@pytest.mark.parametrize("backend", CLUSTERS)
def test_a_cluster_says_the_same(papers: Path, backend: Backend) -> None:
    need(backend)
    arguments = ("papers/right.tex", "papers/inner", "papers/missing.tex", "-f", "json")
    here = check(papers, *arguments)
    there = check(papers, *arguments, "--backend", backend)
    assert (there.code, there.out) == (here.code, here.out)
