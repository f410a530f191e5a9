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
        ("3\u202f000*", False),
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
