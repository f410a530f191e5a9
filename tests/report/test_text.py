"""Text for people: what the first screen says, in 80 columns."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.report.conftest import Reporting
from tests.report.papers import HOSTILE, PAPER
from writer.cli.cards import cards
from writer.model.result import CheckResult
from writer.report import formats
from writer.report._check import check_report
from writer.report._excerpt import excerpt
from writer.report._rich import plain


@pytest.fixture(autouse=True)
def _width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def rendered(report_on: Reporting, text: str, *, verbose: bool = False) -> str:
    return formats()["text"].render(report_on(text, verbose=verbose))


def test_coverage_first_with_the_reasons_counted(report_on: Reporting) -> None:
    first, second, third, *_ = rendered(report_on, PAPER).splitlines()
    assert first == ("paper.tex: 10 quantities, 8 checked, 2 not checked; 1 word of judgement")
    assert second == "not checked: 1 (a year), 1 (a reference)"
    assert third.startswith("3 contradicted, 1 unsupported, ")
    assert third.endswith(", 1 suppressed")


def test_a_finding_shows_its_line_a_caret_and_the_cell(report_on: Reporting) -> None:
    assert """
paper.tex:5:36  contradicted  9.27 tasks/s
  5 | At concurrency 4 the throughput is 9.27~tasks/s, which is optimal,
    |                                    ^^^^^^^^^^^^
  the data say otherwise: throughput at concurrency 4 is 7.27 tasks/s
  concurrency/4/throughput  7.27 tasks/s  data/concurrency.csv:4:throughput
""" in rendered(report_on, PAPER)


def test_the_most_serious_come_first_and_the_next_command_last(report_on: Reporting) -> None:
    lines = rendered(report_on, PAPER).splitlines()
    heads = [line.split()[1] for line in lines if line.startswith("paper.tex:") and "  " in line]
    assert heads == ["contradicted", "contradicted", "unsupported"]
    assert lines[-1].startswith("Next: sage-write explain contradicted-claim")
    assert "  contradicted-claim in paper.tex:9:36: a typo" in lines


def test_a_long_list_is_bounded_and_says_so(report_on: Reporting) -> None:
    many = "\n\n".join(
        f"At concurrency 4 the throughput is {100 + number}~tasks/s." for number in range(30)
    )
    short = rendered(report_on, many)
    assert short.count("  contradicted  ") == 8
    assert "and 22 errors more (--verbose)" in short
    assert "\n1, 3, 5, …   4 " in short  # the level is said 30 times, and is one row
    full = rendered(report_on, many, verbose=True)
    assert full.count("  contradicted  ") == 30
    assert "(--verbose)" not in full


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("text", [PAPER, HOSTILE, PAPER.replace("\n", " ")])
def test_it_fits_80_columns(report_on: Reporting, text: str, verbose: bool) -> None:
    lines = rendered(report_on, text, verbose=verbose).splitlines()
    assert [line for line in lines if cell_len(line) > 80] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_long_place_is_not_broken(result_of: Callable[..., CheckResult]) -> None:
    folder = "a-long-folder/" * 5
    result = result_of(PAPER)
    report = check_report(result, cards=cards(), shown=lambda name: folder + name)
    assert f"""
{folder}paper.tex:5:36
  contradicted  9.27 tasks/s
  5 | At concurrency 4 the throughput is 9.27~tasks/s, which is optimal,
""" in formats()["text"].render(report)


def test_nothing_in_a_paper_steers_the_terminal(report_on: Reporting) -> None:
    text = rendered(
        report_on,
        "At concurrency 4 the throughput is 9.27 tasks/s \x1b]0;taken\x07 \u202e\u009b31m.",
    )
    assert "9.27 tasks/s �]0;taken� ��31m" in text
    assert not set(text) & set("\x1b\x07\u202e\u009b")


@given(st.text(max_size=200), st.integers(1, 220), st.integers(0, 60), st.integers(20, 90))
def test_an_excerpt_fits_and_its_carets_stand_under_the_part(
    line: str, column: int, length: int, width: int
) -> None:
    line = plain(line).replace("\n", " ")
    shown, carets = excerpt(line, column, column + length, width)
    assert cell_len(shown) <= width
    blanks = len(carets) - len(carets.lstrip())
    assert set(carets.strip()) == {"^"}
    trimmed = line.replace("\t", " ").rstrip()
    if column <= len(trimmed) and trimmed[column - 1] != " ":
        under = [at for at in range(len(shown)) if cell_len(shown[:at]) == blanks]
        assert trimmed[column - 1] in [shown[at] for at in under]


@pytest.mark.parametrize(
    ("column", "carets"),
    [(5, "    ^^^^"), (1, "^"), (15, " " * 14 + "^" * 5), (10, " " * 9 + "^" * 10)],
)
def test_a_part_without_an_end_is_the_number_or_word_that_begins_there(
    column: int, carets: str
) -> None:
    assert excerpt("X & 91.2 % of words", column, None, 80) == ("X & 91.2 % of words", carets)


def test_the_excerpt_of_a_long_line_centres_the_number() -> None:
    line = "word " * 50 + "42.5 ms" + " word" * 50
    shown, carets = excerpt(line, 251, 258, 40)
    at = carets.index("^")
    assert shown[at : at + carets.count("^")] == "42.5 ms"
    assert (shown[0], shown[-1], len(shown)) == ("…", "…", 40)
