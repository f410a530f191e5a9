"""Annotations that a GitHub runner reads, and nothing that a paper could add to them."""

from __future__ import annotations

import re

from tests.report.conftest import Reporting
from tests.report.papers import HOSTILE, PAPER
from writer.report import formats

_COMMAND = re.compile(r"::(?P<name>error|warning|notice) (?P<properties>[^:\r\n]*)::(?P<data>.*)")


def read(printed: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands as the runner reads them: one per line, escapes undone."""
    found = []
    for line in printed.splitlines():
        match = _COMMAND.fullmatch(line)
        assert match is not None, line
        properties = dict(part.split("=", 1) for part in match["properties"].split(","))
        found.append(
            (
                match["name"],
                {key: undo(value) for key, value in properties.items()},
                undo(match["data"]),
            )
        )
    return found


def undo(text: str) -> str:
    for escape, character in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r")):
        text = text.replace(escape, character)
    return text.replace("%25", "%")


def test_each_finding_is_an_annotation_and_coverage_comes_first(report_on: Reporting) -> None:
    commands = read(formats()["github"].render(report_on(PAPER)))
    assert commands[0][0] == "notice"
    assert commands[0][2].startswith("paper.tex: 10 quantities, 8 checked, 2 not checked")
    names = [(name, properties.get("line")) for name, properties, _ in commands]
    assert names == [
        ("notice", None),
        ("error", "5"),
        ("error", "10"),
        ("warning", "5"),
        ("notice", None),
    ]
    assert commands[1][1] == {
        "file": "paper.tex",
        "line": "5",
        "col": "36",
        "endColumn": "48",
        "title": "contradicted-claim (CLM002)",
    }
    assert commands[1][2].startswith('"9.27 tasks/s": the data say otherwise')
    assert commands[4][2] == "paper.tex:9:36: contradicted-claim: a typo"


def test_a_paper_adds_no_command(report_on: Reporting) -> None:
    commands = read(formats()["github"].render(report_on(HOSTILE)))
    assert {properties.get("file") for _, properties, _ in commands} == {None, "paper.tex"}


def test_line_ends_commas_and_colons_are_escaped() -> None:
    from writer.report.as_github import _command

    assert _command("error", "50% a\r\nb\r", file="a,b:c%.tex", line=None) == (
        "::error file=a%2Cb%3Ac%25.tex::50%25 a%0Ab�"
    )
