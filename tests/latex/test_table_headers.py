"""Headers, also those that look like numbers, and what a cell holds as text."""

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


def test_sizes_of_models_tell_rows_of_one_name_apart() -> None:
    found = grid(
        r"""Task & Model & F1 \\ \hline Reading & 0.5B & 41.5 \\ & 1.5B & 47.2 \\ & 3B & 55.6 \\
        Exams & 0.5B & 27.0 \\ & 1.5B & 98.4 \\ & 3B & 98.0 \\""",
        "llr",
    )
    assert [(each.rows, each.value) for each in found.cells] == [
        (("Reading", "0.5B"), 41.5),
        (("Reading", "1.5B"), 47.2),
        (("Reading", "3B"), 55.6),
        (("Exams", "0.5B"), 27.0),
        (("Exams", "1.5B"), 98.4),
        (("Exams", "3B"), 98.0),
    ]
    assert found.corner == ("Task", "Model")


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


def test_rows_over_the_whole_width_are_outer_terms_of_the_rows_below() -> None:
    found = grid(
        r"""\toprule Model & Acc & F1 \\ \midrule
        \multicolumn{3}{l}{\textit{Small models}} \\
        A & 1.5 & 2.5 \\ \quad w/o x & 1.6 & 2.6 \\ \midrule
        \multicolumn{3}{c}{\textbf{Large models}} \\ \midrule
        B & 3.5 & 4.5 \\ \midrule
        Average & 2.2 & 3.2 \\ \bottomrule""",
    )
    assert [each.rows for each in found.cells[::2]] == [
        ("Small models", "A"),
        ("Small models", "w/o x"),
        ("Large models", "B"),
        ("Average",),
    ]


def test_rules_within_groups_do_not_end_them() -> None:
    found = grid(
        r"""Model & Acc & F1 \\ \hline \multicolumn{3}{l}{One} \\
        A & 1.5 & 2.5 \\ \hline B & 1.6 & 2.6 \\ \hline
        \multicolumn{3}{l}{Two} \\ C & 3.5 & 4.5 \\ \hline D & 2.2 & 3.2 \\ \hline""",
    )
    assert [each.rows for each in found.cells[::2]] == [
        ("One", "A"),
        ("One", "B"),
        ("Two", "C"),
        ("Two", "D"),
    ]


def test_names_over_two_rows_are_one_name() -> None:
    found = grid(
        r"""m & a & b \\ \hline
        \shortstack{Long\\name} & 1.5 & 2.5 \\
        \makecell[l]{Other\\(ours)} & 1.6 & 2.6 \\
        Plain model & 1.7 & 2.7 \\ (with extras) & & \\
        Base + \\ fine-tuning & 1.8 & 2.8 \\
        \begin{tabular}[c]{@{}l@{}}Nested\\ one\end{tabular} & 1.9 & 2.9 \\""",
    )
    assert [each.rows for each in found.cells[::2]] == [
        ("Long name",),
        ("Other (ours)",),
        ("Plain model (with extras)",),
        ("Base + fine-tuning",),
        ("Nested one",),
    ]


def test_numeric_names_and_numeric_headers() -> None:
    found = grid(
        r"""Nodes & 1 & 2 & 4 \\ \midrule Throughput & 10.5 & 20.1 & 39.7 \\
        Latency & 5.1 & 5.2 & 5.9 \\""",
        "lccc",
    )
    assert [each.columns for each in found.cells[:3]] == [("1",), ("2",), ("4",)]
    found = grid(r"Nodes & Tput & Lat \\ \hline 1 & 10.5 & 5 \\ 2 & 20.5 & 6 \\")
    assert (found.corner, [each.rows for each in found.cells[::2]]) == (
        ("Nodes",),
        [("1",), ("2",)],
    )


def test_levels_that_repeat_under_every_name_are_a_header_column() -> None:
    found = grid(
        r"""System & Nodes & Tput \\ \hline
        \multirow{2}{*}{A} & 1 & 10 \\ & 2 & 19 \\ \hline
        \multirow{2}{*}{B} & 1 & 11 \\ & 2 & 23 \\""",
    )
    assert [(each.rows, each.value) for each in found.cells] == [
        (("A", "1"), 10.0),
        (("A", "2"), 19.0),
        (("B", "1"), 11.0),
        (("B", "2"), 23.0),
    ]


def test_columns_of_words_anywhere_name_the_row() -> None:
    found = grid(
        r"""Method & Params & Backbone & Acc & Aug \\ \hline
        A & 25M & ResNet-50 & 70.5 & \checkmark \\ B & 30M & ViT-S/16 & 71.5 & \xmark \\""",
        "lcccc",
    )
    assert [(each.rows, each.value) for each in found.cells] == [
        (("A", "ResNet-50", "Aug"), 25e6),
        (("A", "ResNet-50", "Aug"), 70.5),
        (("B", "ViT-S/16"), 30e6),
        (("B", "ViT-S/16"), 71.5),
    ]


def test_a_second_header_within_the_body_replaces_the_first() -> None:
    found = grid(
        r"""\toprule Model & A & B \\ \midrule x & 1.5 & 2.5 \\ \midrule
        Model & C & D \\ \midrule x & 3.5 & 4.5 \\ y & 1 & 2 \\ \bottomrule""",
    )
    assert [each.columns for each in found.cells] == [
        ("A",), ("B",), ("C",), ("D",), ("C",), ("D",),
    ]  # fmt: skip


def test_two_tables_side_by_side_in_one_grid() -> None:
    found = grid(r"Set & N & & Set & N \\ \hline a & 1 & & c & 3 \\ b & 2 & & d & 4 \\", "lrclr")
    assert [(each.rows, each.value) for each in found.cells] == [
        (("a",), 1.0),
        (("c",), 3.0),
        (("b",), 2.0),
        (("d",), 4.0),
    ]


def test_two_tables_side_by_side_under_repeated_headers() -> None:
    found = grid(
        r"Wells & Tokens & Austen & Tokens \\ \hline Red & 1 & Emma & 3 \\ War & 2 & Pride & 4",
        "lrlr",
    )
    assert [(each.rows, each.value) for each in found.cells] == [
        (("Red",), 1.0),
        (("Emma",), 3.0),
        (("War",), 2.0),
        (("Pride",), 4.0),
    ]


def test_a_name_that_begins_a_paragraph_of_rows() -> None:
    found = grid(
        r"""Model & Condition & BLEU \\ \hline
        NLLB-600M & R10 & 4.1 \\ (main paper, & S4 & 19.5 \\ 5-seed mean) & R6 & 21.4 \\
         & R8 & 22.4 \\ \hline Chat \& & W & 1.5 \\ Precise IF & D & 2.5 \\""",
        "llc",
    )
    assert [each.rows for each in found.cells] == [
        ("NLLB-600M (main paper, 5-seed mean)", "R10"),
        ("NLLB-600M (main paper, 5-seed mean)", "S4"),
        ("NLLB-600M (main paper, 5-seed mean)", "R6"),
        ("NLLB-600M (main paper, 5-seed mean)", "R8"),
        ("Chat & Precise IF", "W"),
        ("Chat & Precise IF", "D"),
    ]


def test_a_table_without_a_header_begins_with_a_group() -> None:
    found = grid(
        r"""Winner 2019 & & \\ A & 238 (140, \textbf{98}) & 4531.24 \\ \hline
        B & 240 (142, 98) & 4867.37 \\""",
        "lcc",
    )
    assert [(each.rows, each.value) for each in found.cells if each.row == 1] == [
        (("Winner 2019", "A"), 238.0),
        (("Winner 2019", "A"), 140.0),
        (("Winner 2019", "A"), 98.0),
        (("Winner 2019", "A"), 4531.24),
    ]


def test_a_row_of_words_between_rules_is_no_header_where_rules_are_everywhere() -> None:
    found = grid(
        r"""\hline ASIC & A & B \\ \hline Capacity & 48 p & many ports \\ \hline
        Buffer & 4MB & 9MB \\ \hline Per port & 85KB & 19.2KB \\ \hline""",
    )
    assert [each.columns for each in found.cells if each.row == 2] == [("A",), ("B",)]
    assert found.corner == ("ASIC",)


def test_words_over_numbers_make_a_header_of_a_row_of_releases() -> None:
    found = grid(
        r"""Release & 3.19 & 4.0 & 4.1 & Average \\ \hline
        Mapping & 3 & 23 & 10 & 12 \\ Source & 96 & 69 & 93 & 86 \\""",
        "lrrrr",
    )
    assert [(each.rows, each.columns) for each in found.cells] == [
        ((name,), (release,))
        for name in ("Mapping", "Source")
        for release in ("3.19", "4.0", "4.1", "Average")
    ]


def test_results_that_end_in_a_word_are_no_header() -> None:
    found = grid(
        r"""Ours & 3.19 & 4.01 & best \\ \hline Theirs & 3.02 & 3.98 & worse \\
        Third & 2.96 & 3.69 & worst \\""",
        "lrrl",
    )
    assert [each.value for each in found.cells] == [3.19, 4.01, 3.02, 3.98, 2.96, 3.69]


def test_numbers_over_several_columns_with_names_below_are_headers() -> None:
    found = grid(
        r"""\hline
         & \multicolumn{4}{|c|}{Spanish} \\ \hline
        Top & \multicolumn{2}{|c|}{5k} & \multicolumn{2}{|c|}{10k} \\ \hline
        System & Base & Ours & Base & Ours \\ \hline
        100k & 1.9 & 12.4 & 1.1 & 7.1 \\ \hline
        1 million & 7.3 & 37.7 & 4.2 & 23.6 \\ \hline""",
        "|c|c|c|c|c|",
    )
    assert [(each.rows, each.columns, each.value) for each in found.cells][:3] == [
        (("100k",), ("Spanish", "5k", "Base"), 1.9),
        (("100k",), ("Spanish", "5k", "Ours"), 12.4),
        (("100k",), ("Spanish", "10k", "Base"), 1.1),
    ]


def test_sizes_tell_rows_of_one_name_apart() -> None:
    found = grid(
        r"""Kernel & Size & Time (ms) \\ \hline
        reduction & 1\,000\,000 & 0.415 \\
        reduction & 100\,000\,000 & 2.271 \\
        softmax & 64$\times$16384 & 0.103 \\
        softmax & 64$\times$65536 & 0.274 \\"""
    )
    assert [each.rows for each in found.cells] == [
        ("reduction", "1\u202f000\u202f000"),
        ("reduction", "100\u202f000\u202f000"),
        ("softmax", "64\u00d716384"),
        ("softmax", "64\u00d765536"),
    ]


def test_whole_numbers_that_are_measured_tell_no_rows_apart() -> None:
    found = grid(
        r"""Model & Params & Score \\ \hline
        A & 11 & 90.1 \\
        A & 23 & 91.2 \\
        B & 31 & 92.3 \\
        B & 47 & 93.4 \\"""
    )
    assert [each.rows for each in found.cells][:2] == [("A",), ("A",)]
