"""Environments, floats, captions and labels of tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.latex.test_tables import cell, table, tables, values
from writer.latex.project import Paper, load_paper
from writer.latex.tables import read_tables

ROWS = r"Name & A & B \\ \hline x & 1.5 & 2.5 \\ y & 3.5 & 4.5 \\"


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (r"\begin{tabular}[t]{lcc}", r"\end{tabular}"),
        (r"\begin{tabular*}{\textwidth}{@{\extracolsep{\fill}}lcc}", r"\end{tabular*}"),
        (r"\begin{tabularx}{\linewidth}{lXX}", r"\end{tabularx}"),
        (r"\begin{tabulary}{\linewidth}{LCC}", r"\end{tabulary}"),
        (r"\begin{table}$\begin{array}{lcc}", r"\end{array}$\end{table}"),
        (r"\begin{tblr}{colspec={lcc}, hline{1}={solid}}", r"\end{tblr}"),
        (r"\begin{NiceTabular}{lcc}[hvlines]", r"\end{NiceTabular}"),
        (r"\begin{tabular}{l*{2}{S[table-format=1.1]}}", r"\end{tabular}"),
        (r"\resizebox{\linewidth}{!}{\begin{tabular}{lcc}", r"\end{tabular}}"),
        (r"\scalebox{0.8}{\begin{tabular}{lcc}", r"\end{tabular}}"),
        (r"\begin{adjustbox}{width=1cm}\begin{tabular}{lcc}", r"\end{tabular}\end{adjustbox}"),
        (
            r"\begin{threeparttable}\begin{tabular}{lcc}",
            r"\end{tabular}\begin{tablenotes}\item[1] x\end{tablenotes}\end{threeparttable}",
        ),
        (r"\begin{figure}\begin{tabular}{lcc}", r"\end{tabular}\end{figure}"),
    ],
)
def test_environments_and_wrappers(begin: str, end: str) -> None:
    found = table(f"{begin}\n{ROWS}\n{end}")
    assert values(found) == [1.5, 2.5, 3.5, 4.5]
    assert [(each.rows, each.columns) for each in found.cells] == [
        (("x",), ("A",)),
        (("x",), ("B",)),
        (("y",), ("A",)),
        (("y",), ("B",)),
    ]


def test_a_long_table_has_its_head_once() -> None:
    found = table(
        r"""\begin{longtable}{lcc}
        \caption{Long one.}\label{tab:long}\\
        \toprule Name & A & B \\ \midrule \endfirsthead
        \multicolumn{3}{c}{continued} \\ Name & A & B \\ \midrule \endhead
        \midrule \multicolumn{3}{r}{next page} \\ \endfoot \bottomrule \endlastfoot
        x & 1.5 & 2.5 \\ y & 3.5 & 4.5 \\
        \end{longtable}"""
    )
    assert (found.caption, found.labels) == ("Long one.", ("tab:long",))
    assert found.corner == ("Name",)
    assert values(found) == [1.5, 2.5, 3.5, 4.5]
    assert cell(found, len(found.grid) - 1, 2).columns == ("B",)


def test_a_deluxetable() -> None:
    found = table(
        r"""\begin{deluxetable*}{lcc}
        \tablecaption{Fluxes.\label{tab:flux}}
        \tablehead{\colhead{Star} & \colhead{Flux\tablenotemark{a}} & \colhead{$T$} \\
          & \colhead{(Jy)} & \colhead{(s)}}
        \startdata
        Vega & 1.5 & 2.5$^{+0.2}_{-0.4}$ \\
        Sirius & \nodata & 4.5
        \enddata
        \tablenotetext{a}{Measured 2020.}
        \end{deluxetable*}"""
    )
    assert (found.caption, found.labels, found.corner) == ("Fluxes.", ("tab:flux",), ("Star",))
    assert [(each.rows, each.columns, each.value, each.spread) for each in found.cells] == [
        (("Vega",), ("Flux", "(Jy)"), 1.5, None),
        (("Vega",), ("T", "(s)"), 2.5, 0.3),
        (("Sirius",), ("T", "(s)"), 4.5, None),
    ]


def test_the_head_of_a_supertabular_stands_before_it() -> None:
    found = table(
        r"""\begin{center}\tablefirsthead{Name & A & B \\ \hline}
        \begin{supertabular}{lcc} x & 1.5 & 2.5 \\ \end{supertabular}\end{center}"""
    )
    assert [(each.rows, each.columns) for each in found.cells] == [
        (("x",), ("A",)),
        (("x",), ("B",)),
    ]


def test_captions_and_labels_of_subtables() -> None:
    grid = rf"\begin{{tabular}}{{lcc}}{ROWS}\end{{tabular}}"
    one, two = tables(
        rf"""\begin{{table}}
        \begin{{subtable}}{{.5\textwidth}}\caption{{First.}}\label{{a}}{grid}\end{{subtable}}
        \subfloat[Second.\label{{b}}]{{{grid}}}
        \caption{{Both.}}\label{{c}}\end{{table}}"""
    )
    assert (one.caption, one.labels, one.number) == ("Both. First.", ("a", "c"), 1)
    assert (two.caption, two.labels, two.number) == ("Both. Second.", ("b", "c"), 2)


def test_captions_in_pairs_above_or_below() -> None:
    grid = rf"\begin{{tabular}}{{lcc}}{ROWS}\end{{tabular}}"
    one, two = tables(rf"\begin{{table}}\caption{{One.}}{grid}\caption{{Two.}}{grid}\end{{table}}")
    assert (one.caption, two.caption) == ("One.", "Two.")
    one, two = tables(
        rf"\begin{{table}}{grid}\caption[short]{{One.}}{grid}\caption{{Two.}}\end{{table}}"
    )
    assert (one.caption, two.caption) == ("One.", "Two.")
    (only,) = tables(rf"\begin{{center}}{grid}\captionof{{table}}{{Of.}}\label{{t}}\end{{center}}")
    assert (only.caption, only.labels) == ("Of.", ("t",))


def test_a_table_that_arranges_tables_is_not_read_itself() -> None:
    inner = rf"\begin{{tabular}}{{lcc}}{ROWS}\end{{tabular}}"
    found = tables(
        rf"\begin{{table}}\begin{{tabular}}{{cc}}{inner} & {inner}\end{{tabular}}\end{{table}}"
    )
    assert [values(each) for each in found] == [[1.5, 2.5, 3.5, 4.5]] * 2


def test_figures_that_only_arrange_pictures_are_no_tables() -> None:
    picture = r"\includegraphics[width=2cm]{a.png}"
    assert (
        tables(
            rf"\begin{{figure}}\begin{{tabular}}{{cc}}{picture} & {picture} \\ (a) & (b)"
            r"\end{tabular}\end{figure}"
        )
        == ()
    )


def test_a_table_in_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/rows.tex").write_text("x & 1.5 & 2.5 \\\\ % 9.9 & 9.9\n")
    (tmp_path / "tables/t.tex").write_text(
        "\\begin{tabular}{lcc}\nName & A & B \\\\ \\hline\n\\input{tables/rows}\n\\end{tabular}\n"
    )
    (tmp_path / "main.tex").write_text(
        "\\begin{document}\\begin{table}\\caption{C}\\input{tables/t}\\end{table}\\end{document}"
    )
    paper = load_paper(tmp_path / "main.tex", tmp_path)
    ((found,), notes) = read_tables(paper)
    assert (values(found), notes) == ([1.5, 2.5], ())
    place = paper.place(found.cells[1].offset)
    assert (place.file, place.line, place.column) == ("tables/rows.tex", 1, 11)


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{tabular}{lcc} a & {1.5 & 2.5 \\ b & 3 & 4 \end{tabular}",
        r"\begin{tabular}{lcc a & 1.5 & 2.5 \\ b & 3 & 4 \end{tabular}",
        r"\begin{table}\begin{tabular}{lcc} a & 1.5 & 2.5 \\ \end{table}",
        r"\begin{tabular}{ll}" + "{" * 400 + "1.5" + "}" * 400 + r"& 2.5\\\end{tabular}",
        r"\begin{tabular}{ll}" * 400 + "a & 2.5" + r"\end{tabular}" * 400,
        r"\begin{tabular}{ll}a & \multicolumn{999999}{c}{1.5}\\\multirow{99999}{*}{b}\end{tabular}",
        r"\begin{tabular}{*{99}{*{99}{*{99}{c}}}} a & 1.5 \end{tabular}",
        r"\begin{tabular}{lc} a & $1.5^ \\ b & \textbf \\ c & \num \end{tabular}",
        r"\begin{tabular}" + r"\end{tabular}" * 3,
    ],
)
def test_broken_tables_break_nothing(text: str) -> None:
    tables(text)


def test_a_grid_of_a_million_cells_is_left_out_with_a_note() -> None:
    text = r"\begin{tabular}{l}" + "1 & " * 60_000 + r"\end{tabular}"
    found, notes = read_tables(Paper(files=("m.tex",), text=text, notes=()))
    assert (found, notes) == ((), ("m.tex:1: this table has too many cells and is not read",))


def test_tables_that_are_pictures_or_stand_in_macros_are_noted() -> None:
    text = (
        r"\newcommand{\big}{\begin{tabular}{l}a&1\end{tabular}}\begin{document}" + "\n"
        r"\begin{table}\includegraphics{a.png}\caption{A}\end{table}\big\end{document}"
    )
    found, notes = read_tables(Paper(files=("m.tex",), text=text, notes=()))
    assert found == ()
    assert notes == (
        "m.tex:2: this table holds no rows and columns that can be read",
        r"the table in the macro \big is not read",
    )
