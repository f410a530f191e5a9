"""Headers that look like numbers, and what a cell's text is."""

from __future__ import annotations

import pytest

from tests.latex.test_tables import cell, grid
from writer.latex.project import Paper
from writer.latex.tables import read_tables


@pytest.mark.parametrize("rule", ["\\hline", "\\midrule", "\\\\[-1ex] \\hline"])
def test_the_numbers_of_the_models_of_a_regression_head_their_columns(rule: str) -> None:
    found = grid(
        rf"\hline & (1) & (2) & (3) \\ & Revenue & Employment & Wages \\ {rule} "
        r"Broadband & 0.062*** & 0.021** & 0.004 \\ & (0.015) & (0.009) & (0.006) \\ \hline "
        r"Observations & 48,112 & 48,112 & 47,950 \\",
        "lccc",
    )
    assert [(each.columns, each.rows) for each in found.cells[:3]] == [
        (("(1)", "Revenue"), ("Broadband",)),
        (("(2)", "Employment"), ("Broadband",)),
        (("(3)", "Wages"), ("Broadband",)),
    ]
    assert [each.value for each in found.cells] == [0.062, 0.021, 0.004, 48112, 48112, 47950]
    assert found.cells[0].spread == 0.015


def test_numbered_models_without_a_rule_head_their_columns() -> None:
    found = grid(
        r" & (1) & (2) \\ & OLS & IV \\ Broadband & 0.062 & 0.021 \\ Age & 0.011 & 0.017 \\"
    )
    assert [each.columns for each in found.cells[:2]] == [("(1)", "OLS"), ("(2)", "IV")]


def test_results_in_parentheses_are_no_numbers_of_models() -> None:
    found = grid(r" & (3) & (1) \\ a & 4 & 5 \\ \hline b & 6 & 7 \\")
    assert [each.value for each in found.cells] == [3, 1, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("tex", "text", "value"),
    [
        (r"1\,480", "1,480", 1480),
        (r"1\,234\,567", "1,234,567", 1_234_567),
        (r"12~345", "12,345", 12345),
        (r"\num{1480}", "1480", 1480),
        (r"1{,}480", "1,480", 1480),
        (r"1\,480\,ms", "1,480 ms", 1480),
    ],
)
def test_the_text_of_a_grouped_number_holds_all_its_digits(
    tex: str, text: str, value: float
) -> None:
    found = grid(rf"Name & Rate & X \\ \hline a & {tex} & 1.5 \\ b & 2 & 2.5 \\")
    one = cell(found, 1, 1)
    assert (one.text, one.value) == (text, value)


_COMMAS = r"""\begin{document} It saves 17,4 \% and 3,5 \% and 4,1 and 5,2 and 6,3 and 7,4 and 8,5.
\begin{tabular}{lrrr} Name & Heat & COP & Cost \\ \hline
A & 10.500 & 3,1 & 1.136 \\ B & 10.460 & 3,2 & 1.079 \\ C & 10.510 & 3,7 & 940 \\
\end{tabular} \begin{tabular}{lr} Name & Cost \\ \hline A & 1.136 \\ B & 1.079 \\
\end{tabular} \begin{tabular}{lr} Name & F1 \\ \hline A & 0.136 \\ B & 0.079 \\
\end{tabular}\end{document}"""


def test_points_group_thousands_in_a_paper_of_decimal_commas() -> None:
    found, _ = read_tables(Paper(files=("main.tex",), text=_COMMAS, notes=()))
    assert [[each.value for each in one.cells] for one in found] == [
        [10500, 3.1, 1136, 10460, 3.2, 1079, 10510, 3.7, 940],
        [1136, 1079],
        [0.136, 0.079],
    ]


def test_points_are_decimal_marks_in_all_other_papers() -> None:
    text = _COMMAS.replace("17,4", "17.4")
    found, _ = read_tables(Paper(files=("main.tex",), text=text, notes=()))
    assert [[each.value for each in one.cells] for one in found[1:]] == [
        [1.136, 1.079],
        [0.136, 0.079],
    ]


def test_levels_with_thousands_tell_rows_of_one_name_apart() -> None:
    found = grid(
        r"""Class & Rows & Time \\ \hline Scan & 100 & 2.5 \\ Scan & 1,000 & 9.1 \\
        Scan & 10{,}000 & 31.0 \\ Join & 100 & 4.5 \\ Join & 1,000 & 17.2 \\
        Join & 10{,}000 & 88.0 \\""",
    )
    assert (found.corner, [each.rows for each in found.cells]) == (
        ("Class", "Rows"),
        [(name, rows) for name in ("Scan", "Join") for rows in ("100", "1,000", "10,000")],
    )


def test_levels_that_are_missing_under_some_names_head_rows_all_the_same() -> None:
    found = grid(
        r"""Method & Nodes & Tput \\ \hline Fair & 1 & 10 \\ Fair & 2 & 19 \\ Fair & 4 & 30 \\
        Fifo & 1 & 11 \\ Fifo & 4 & 23 \\ Lazy & 1 & 9 \\""",
    )
    assert [each.rows for each in found.cells][-3:] == [
        ("Fifo", "1"),
        ("Fifo", "4"),
        ("Lazy", "1"),
    ]


def test_whole_numbers_that_do_not_come_again_are_results() -> None:
    found = grid(
        r"""Method & Hits & Time \\ \hline Fair & 12 & 10 \\ Fair & 19 & 14 \\
        Fifo & 31 & 11 \\ Fifo & 47 & 23 \\""",
    )
    assert [each.rows for each in found.cells][::2] == [("Fair",), ("Fair",), ("Fifo",), ("Fifo",)]
