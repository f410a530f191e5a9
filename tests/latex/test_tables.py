"""The tables of a paper: one real-looking table per feature."""

from __future__ import annotations

from writer.latex.project import Paper
from writer.latex.tables import read_tables
from writer.model.table import PaperTable, TableCell


def tables(text: str, preamble: str = "") -> tuple[PaperTable, ...]:
    whole = f"{preamble}\\begin{{document}}\n{text}\n\\end{{document}}"
    found, _ = read_tables(Paper(files=("main.tex",), text=whole, notes=()))
    return found


def table(text: str, preamble: str = "") -> PaperTable:
    (found,) = tables(text, preamble)
    return found


def grid(rows: str, spec: str = "lrr", preamble: str = "") -> PaperTable:
    return table(f"\\begin{{tabular}}{{{spec}}}\n{rows}\n\\end{{tabular}}", preamble)


def cell(found: PaperTable, row: int, column: int, part: int = 0) -> TableCell:
    (one,) = (
        each for each in found.cells if (each.row, each.column, each.part) == (row, column, part)
    )
    return one


def values(found: PaperTable) -> list[float]:
    return [each.value for each in found.cells]


def test_a_booktabs_table_gives_every_number_its_headers() -> None:
    found = table(
        r"""
\begin{table}
  \caption{Results on \textsc{Foo}.}\label{tab:a}
  \begin{tabular}{l*{2}{c}r}
    \toprule
     & \multicolumn{2}{c}{CIFAR-10} & Time \\ \cmidrule(lr){2-3}
    Method & Acc. (\%) $\uparrow$ & Err & (ms) \\
    \midrule
    ResNet~\cite{a} & 90.1$\pm$0.2 & 4.5 & 1{,}200 \\
    VGG & \textbf{91.2} & -- & 3\,000$^*$ \\
    \bottomrule
  \end{tabular}
\end{table}"""
    )
    assert found.caption == "Results on Foo."
    assert found.labels == ("tab:a",)
    assert found.corner == ("Method",)
    assert found.grid == (
        ("", "CIFAR-10", "CIFAR-10", "Time"),
        ("Method", "Acc. (%) ↑", "Err", "(ms)"),
        ("ResNet", "90.1±0.2", "4.5", "1,200"),
        ("VGG", "91.2", "–", "3\u202f000*"),
    )
    one = cell(found, 2, 1)
    assert (one.value, one.spread, one.unit) == (90.1, 0.2, "%")
    assert (one.rows, one.columns) == (("ResNet",), ("CIFAR-10", "Acc. (%) ↑"))
    assert (one.interval.lo, one.interval.hi) == (90.05, 90.15)
    assert [(each.text, each.bold) for each in found.cells] == [
        ("90.1±0.2", False),
        ("4.5", False),
        ("1,200", False),
        ("91.2", True),
        ("3,000*", False),
    ]
    assert cell(found, 3, 3).columns == ("Time", "(ms)")
    assert (cell(found, 3, 3).unit, cell(found, 3, 3).marks) == ("ms", "*")


def test_a_number_knows_its_place_in_the_paper() -> None:
    text = r"\newcommand{\x}{9.5}\begin{document}\begin{tabular}{lc}a&b\\c&\x\\\hline d% no" + (
        "\n & 12.25\\\\\\end{tabular}\\end{document}"
    )
    ((found,), _) = read_tables(Paper(files=("m",), text=text, notes=()))
    first, second = found.cells
    assert text[first.offset :].startswith(r"\x\\")
    assert text[second.offset :].startswith("12.25")
    assert text[found.offset : found.end].startswith(r"\begin{tabular}")
    assert text[found.offset : found.end].endswith(r"\end{tabular}")


def test_multirow_names_reach_every_row_they_span() -> None:
    found = grid(
        r"""\toprule
        \multirow{2}{*}{Dataset} & \multirow{2}{*}{Model} & \multicolumn{2}{c}{Score} \\
        \cmidrule(lr){3-4} & & P & R \\ \midrule
        \multirow{2}{*}{\textbf{SST-2}} & A & 1.5 & 2.5 \\
        & B & 3.5 & 4.5 \\ \midrule
        & C & 5.5 & 6.5 \\
        \multirow{-2}{*}{MNLI} & D & 7.5 & 8.5 \\ \bottomrule""",
        "llcc",
    )
    assert found.corner == ("Dataset", "Model")
    assert [(each.rows, each.columns, each.value) for each in found.cells] == [
        (("SST-2", "A"), ("Score", "P"), 1.5),
        (("SST-2", "A"), ("Score", "R"), 2.5),
        (("SST-2", "B"), ("Score", "P"), 3.5),
        (("SST-2", "B"), ("Score", "R"), 4.5),
        (("MNLI", "C"), ("Score", "P"), 5.5),
        (("MNLI", "C"), ("Score", "R"), 6.5),
        (("MNLI", "D"), ("Score", "P"), 7.5),
        (("MNLI", "D"), ("Score", "R"), 8.5),
    ]


def test_a_multirow_may_stand_in_a_multicolumn() -> None:
    found = grid(
        r"""& \multicolumn{2}{c}{\multirow{2}{*}{Time (s)}} \\
        Name & & \\ \hline a & 1.5 & 2.5 \\""",
        "lcc",
    )
    assert found.grid[1] == ("Name", "Time (s)", "Time (s)")
    assert [(each.columns, each.unit) for each in found.cells] == [(("Time (s)",), "s")] * 2


def test_best_and_second_values_are_bold_and_underlined_however_it_is_written() -> None:
    preamble = r"""\newcommand{\best}[1]{\textbf{#1}}\newcommand{\second}[1]{\underline{#1}}
    \def\win#1{{\bfseries #1}}"""
    found = grid(
        r"""m & a & b & c & d & e & f & g\\ \hline
        x & \best{1.5} & \second{2.5} & {\bf 3.5} & \win{4.5} & $\mathbf{5.5}$
          & \textbf{\ul{6.5}} & {\color{red}\bfseries 7.5} \\
        y & 1.5 & 2.5 & 3.5 & 4.5 & 5.5 & 6.5 & \cellcolor{gray!20}7.25 \\""",
        "lccccccc",
        preamble,
    )
    marked = [(each.value, each.bold, each.underlined) for each in found.cells if each.row == 1]
    assert marked == [
        (1.5, True, False),
        (2.5, False, True),
        (3.5, True, False),
        (4.5, True, False),
        (5.5, True, False),
        (6.5, True, True),
        (7.5, True, False),
    ]
    assert not any(each.bold or each.underlined for each in found.cells if each.row == 2)


def test_spreads_in_every_notation() -> None:
    found = grid(
        r"""m & v \\ \hline
        a & 12.3 $\pm$ 0.4 \\
        b & $12.3_{\pm 0.4}$ \\
        c & 12.3 ± 0.4 \\
        d & $12.3^{+0.5}_{-0.3}$ \\
        e & 1.338(23) \\
        f & 12.3\textsubscript{0.4} \\
        g & 12.3 ($\pm$ 0.4) \\
        h & 12.3 {\tiny $\pm$0.4}\% \\
        i & 12.3 [11.9, 12.7] \\
        j & \num{12.3 +- 0.4} \\
        k & $(1.2 \pm 0.1) \times 10^{3}$ \\
        l & 12.3 +/- 0.4 \\
        m & 12.3 \\""",
        "lc",
    )
    assert [(each.value, each.spread, each.part) for each in found.cells] == [
        (12.3, 0.4, 0),
        (12.3, 0.4, 0),
        (12.3, 0.4, 0),
        (12.3, 0.4, 0),
        (1.338, 0.023, 0),
        (12.3, 0.4, 0),
        (12.3, 0.4, 0),
        (12.3, 0.4, 0),
        (12.3, 0.4, 0),
        (12.3, 0.4, 0),
        (1200.0, 100.0, 0),
        (12.3, 0.4, 0),
        (12.3, None, 0),
    ]
    assert cell(found, 8, 1).unit == "%"


def test_standard_errors_in_the_row_below_are_spreads() -> None:
    found = grid(
        r"""& (1) & (2) \\ \hline
        Treatment & 0.52$^{***}$ & -1.20 \\ & (0.11) & (0.30) \\
        Constant & 3.50 & 4.10 \\ & (0.20) & (0.25) \\""",
        "lcc",
    )
    assert [(each.rows, each.value, each.spread, each.marks) for each in found.cells] == [
        (("Treatment",), 0.52, 0.11, "***"),
        (("Treatment",), -1.2, 0.3, ""),
        (("Constant",), 3.5, 0.2, ""),
        (("Constant",), 4.1, 0.25, ""),
    ]


def test_groups_of_digits_decimal_marks_and_powers() -> None:
    found = grid(
        r"""m & v & w \\ \hline
        a & 3{,}000 & 3\,000 \\ b & 1,234,567.5 & 12~345 \\
        c & $10^{-3}$ & $2.5\times10^{5}$ \\ d & 1e-4 & \num{1.5e3} \\
        e & 1.2M & 40k \\ f & .85 & $-0.5$ \\ g & --0.5 & \$12.50 \\""",
    )
    assert values(found) == [
        3000.0, 3000.0, 1234567.5, 12345.0, 1e-3, 2.5e5, 1e-4, 1500.0, 1.2e6, 4e4, 0.85, -0.5,
        -0.5, 12.5,
    ]  # fmt: skip
    assert cell(found, 5, 1).interval.lo == 1.15e6
    assert cell(found, 7, 2).unit == "$"


def test_commas_are_decimal_marks_where_the_table_says_so() -> None:
    found = grid(r"m & v & w \\ \hline a & 12,5 & 3,25 \\ b & 1.200 & 0,125 \\")
    assert values(found) == [12.5, 3.25, 1200.0, 0.125]
    assert cell(found, 1, 1).interval.lo == 12.45


def test_marks_are_kept_apart_from_numbers_and_names() -> None:
    found = grid(
        r"""Method\tnote{1} & A$^\ddagger$ & B \\ \hline
        X$^{\dagger}$ & 12.3\textsuperscript{a} & 45.6$^{*}$ \\
        Y\footnotemark[2] & 12.4** & 45.7\tnote{b} \\
        R$^2$ & 0.5 & $10^{3}$ \\""",
    )
    assert [(each.value, each.marks) for each in found.cells] == [
        (12.3, "a"),
        (45.6, "*"),
        (12.4, "**"),
        (45.7, "b"),
        (0.5, ""),
        (1000.0, ""),
    ]
    assert [each.rows for each in found.cells[::2]] == [("X",), ("Y",), ("R^2",)]
    assert cell(found, 1, 1).columns == ("A",)
    assert found.corner == ("Method",)


def test_cells_with_two_numbers_give_two() -> None:
    found = grid(
        r"""m & Top-1 / Top-5 (\%) & Time (ms) & Mem \\ \hline
        a & 70.1 / 89.5 & 12.3 (1.2$\times$) & 45.6 ($+$0.4) \\
        b & 71.2 / 90.5 & 10.2 (1.4x) & 40.1 $\to$ 39.2 \\""",
        "lccc",
    )
    assert [(each.part, each.value, each.unit) for each in found.cells if each.row == 1] == [
        (0, 70.1, "%"),
        (1, 89.5, "%"),
        (0, 12.3, "ms"),
        (1, 1.2, "x"),
        (0, 45.6, ""),
        (1, 0.4, ""),
    ]
    assert cell(found, 1, 1, 0).columns == ("Top-1",)
    assert cell(found, 2, 3, 1).value == 39.2


def test_dashes_and_words_are_no_numbers() -> None:
    found = grid(
        r"""m & a & b & c & d & e & f \\ \hline
        x & -- & --- & N/A & OOM & $3\times3$ & \checkmark \\
        y & 1.5 & $-$ & 2.5 & 12:30 & 4.5 & 5.5 \\""",
        "lcccccc",
    )
    assert values(found) == [1.5, 2.5, 4.5, 5.5]


def test_macros_may_hold_cells_rows_and_totals() -> None:
    preamble = r"""\newcommand{\ours}{Ours & 9.5 & 8.5}\newcommand{\total}{17.25}
    \newcommand{\row}[3]{#1 & #2 & #3 \\}"""
    found = grid(
        r"m & a & b \\ \hline \row{A}{1.5}{2.5} \ours \\ Sum & \total & -- \\", "lcc", preamble
    )
    assert [(each.rows, each.value) for each in found.cells] == [
        (("A",), 1.5),
        (("A",), 2.5),
        (("Ours",), 9.5),
        (("Ours",), 8.5),
        (("Sum",), 17.25),
    ]


def test_columns_joined_by_their_specification() -> None:
    found = grid(
        r"m & \multicolumn{2}{c}{Acc} & \multicolumn{2}{c}{T} \\ \hline a & 12.3 & 0.4 & 5 & 25 \\",
        r"l r@{$\,\pm\,$}l r@{.}l",
    )
    assert [(each.value, each.spread, each.columns) for each in found.cells] == [
        (12.3, 0.4, ("Acc",)),
        (5.25, None, ("T",)),
    ]


def test_column_specifications_set_cells() -> None:
    found = grid(r"m & a & b \\ \hline x & 1.5 & 2_{0.5} \\", r"l >{\bfseries}c >{$}c<{$}")
    assert [(each.bold, each.spread) for each in found.cells] == [(True, None), (False, 0.5)]


def test_errors_of_the_last_digits_in_pairs_and_powers_behind_spreads() -> None:
    found = grid(
        r"""m & v \\ \hline a & 2456.558712(+24)(-22) \\ b & $1641.84(^{12}_{18})$ \\
        c & $-2.74(+40)(-40) \times 10^{-10}$ \\ d & $1.5 \pm 0.1 \times 10^{3}$ \\""",
        "lc",
    )
    assert [(each.value, each.spread) for each in found.cells] == [
        (2456.558712, 0.000023),
        (1641.84, 0.15),
        (-2.74e-10, 4e-11),
        (1500.0, 100.0),
    ]


def test_sizes_versions_times_ranks_and_codes_are_no_numbers() -> None:
    found = grid(
        r"""m & a & b & c & d & e \\ \hline
        x & 48 $\times$ 10 & 11.1.0 & 12:30 & 2nd & 01180670-62 \\
        y & 1.5 & 2.5 & 3.5 & 12.3 $\times$1.5 & 5.5 \\""",
        "lccccc",
    )
    assert [(each.value, each.unit) for each in found.cells] == [
        (1.5, ""),
        (2.5, ""),
        (3.5, ""),
        (12.3, ""),
        (1.5, "x"),
        (5.5, ""),
    ]


def test_pairs_of_whole_numbers_under_a_pair_of_names_have_no_decimals() -> None:
    found = grid(r"Layer & IC & FH,FW \\ \hline a & 32 & 3,3 \\ b & 64 & 1,1 \\")
    assert [each.value for each in found.cells if each.row == 1] == [32.0, 3.0, 3.0]


def test_a_row_named_by_a_citation_alone_is_named_by_its_key() -> None:
    found = grid(r"m & a & b \\ \hline \citet{corvi2023} & 1 & 2 \\ Ours~\cite{x} & 3 & 4 \\")
    assert [each.rows for each in found.cells[::2]] == [("corvi2023",), ("Ours",)]


def test_definitions_within_a_table_hide_no_rule() -> None:
    found = grid(
        r"""\renewcommand{\arraystretch}{1.2} \toprule 4 sizes & 2010 & 2020 \\
        \def\x{2.5} \midrule a & 1.5 & \x \\ \bottomrule""",
    )
    assert [(each.columns, each.value) for each in found.cells] == [
        (("2010",), 1.5),
        (("2020",), 2.5),
    ]


def test_a_unit_that_one_number_of_a_cell_has_is_not_that_of_the_other() -> None:
    found = grid(r"Split & Samples (\%) \\ \hline Val & 1,407 (10\%) \\ Test & 703 (5\%) \\", "lc")
    assert [(each.value, each.unit) for each in found.cells] == [
        (1407.0, ""),
        (10.0, "%"),
        (703.0, ""),
        (5.0, "%"),
    ]


def test_formulas_are_no_numbers() -> None:
    found = grid(r"Label & Map & N \\ \hline 1 & $3(t-h)+31$ & 4 \\ 2 & $2y + 1$ & 5 \\", "lcc")
    assert values(found) == [4.0, 5.0]
