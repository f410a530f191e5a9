"""Long paths break after a slash, and no line of text is lost or too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from writer.report import Report, View, format_named
from writer.report._folding import Folding

PATH = "exp1_scalability/compute_nodes16/multi_16_nodes_of_the_second_cluster/run_metrics.json"


def lines(text: str, width: int) -> list[str]:
    wrapped = Folding(text).wrap(Console(width=width), width, overflow="fold")
    return [line.plain.rstrip() for line in wrapped]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        (PATH, 40, [
            "exp1_scalability/compute_nodes16/",
            "multi_16_nodes_of_the_second_cluster/",
            "run_metrics.json",
        ]),
        (f"in {PATH}", 40, ["in", *[
            "exp1_scalability/compute_nodes16/",
            "multi_16_nodes_of_the_second_cluster/",
            "run_metrics.json",
        ]]),
        ("multi_16_nodes_of_the_second_cluster", 20, ["multi_16_nodes_of_", "the_second_cluster"]),
        ("a" * 25, 10, ["a" * 10, "a" * 10, "a" * 5]),
        ("two words", 6, ["two", "words"]),
        ("日本/語のパス", 4, ["日本", "/", "語の", "パス"]),
        ("日", 1, ["日"]),
    ],
)  # fmt: skip
def test_a_word_longer_than_the_line_breaks_after_a_slash_then_a_sign_then_anywhere(
    text: str, width: int, expected: list[str]
) -> None:
    assert lines(text, width) == expected


@given(st.text("ab/_ -日", max_size=60), st.integers(2, 30))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert max(map(cell_len, found)) <= width


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=2, max_size=9))
def test_a_path_whose_steps_fit_breaks_only_after_slashes(steps: list[str]) -> None:
    assert all(line.endswith("/") for line in lines("/".join(steps), 12)[:-1])


def test_a_report_breaks_paths_in_tables_and_in_its_first_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "64")
    view = View("Problems", ("file", "what"), ((PATH, "a time lies below zero in this file"),))
    report = Report(command="verify", document={}, summary=(f"{PATH}: 1 run",), views=(view,))
    printed = format_named("text").render(report)
    assert printed.splitlines()[:2] == [
        "exp1_scalability/compute_nodes16/",
        "multi_16_nodes_of_the_second_cluster/run_metrics.json: 1 run",
    ]
    column = [line[:32].strip() for line in printed.splitlines()[6:]]
    assert column == [
        "exp1_scalability/",
        "compute_nodes16/",
        "multi_16_nodes_of_the_second_",
        "cluster/run_metrics.json",
    ]
