"""Random grids, rendered in varied styles, are read back as they were."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.latex.test_tables import table, tables

NAMES = ("Ours", "ResNet-50", "BERT base", "Alpha (v2)", "w/o pruning", "GPT-4o", "Naive Bayes")
METRICS = ("Acc. (\\%)", "F1", "Latency (ms)", "Rouge-L", "Recall@10", "Time $\\downarrow$")
RULES = (
    ("\\toprule", "\\midrule", "\\bottomrule"),
    ("\\hline", "\\hline", "\\hline"),
    ("\\hline\\hline", "\\hline\\hline", "\\hline"),
)


@dataclass(frozen=True)
class Number:
    """A number as a cell prints it, and what is to be read."""

    latex: str
    value: float
    spread: float | None
    bold: bool


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    places = draw(st.integers(0, 3))
    units = draw(st.integers(0, 10**6))
    digits = f"{units / 10**places:.{places}f}"
    value = float(digits)
    if draw(st.booleans()):
        whole, point, rest = digits.partition(".")
        mark = draw(st.sampled_from(["{,}", ",", "\\,"]))
        groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)][::-1]
        digits = mark.join(groups) + point + rest
    sign = draw(st.sampled_from(["", "", "$-$", "-"]))
    value = -value if sign else value
    spread = None
    latex = sign + digits
    if draw(st.booleans()):
        width = f"{draw(st.integers(0, 99)) / 10:.1f}"
        spread = float(width)
        style = draw(st.sampled_from(["{n} $\\pm$ {s}", "{n}$_{{\\pm {s}}}$", "{n} ± {s}"]))
        latex = style.format(n=latex, s=width)
    bold = draw(st.booleans())
    if bold:
        style = draw(st.sampled_from(["\\textbf{{{n}}}", "{{\\bf {n}}}", "{{\\bfseries {n}}}"]))
        latex = style.format(n=latex)
    wrapper = draw(st.sampled_from(["{n}", "\\textcolor{{red}}{{{n}}}", "\\cellcolor{{gray}}{n}"]))
    return Number(wrapper.format(n=latex), value, spread, bold)


@st.composite
def grids(draw: st.DrawFn) -> tuple[str, list[str], list[list[Number]]]:
    """The LaTeX of a table, the names of its rows, and its numbers."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True))
    metrics = draw(st.lists(st.sampled_from(METRICS), min_size=2, max_size=5, unique=True))
    body = [[draw(numbers()) for _ in metrics] for _ in names]
    top, middle, bottom = draw(st.sampled_from(RULES))
    head = " & ".join(["Method", *metrics]) + " \\\\"
    lines = [top, head, middle]
    if draw(st.booleans()):
        count = len(metrics)
        over = f" & \\multicolumn{{{count}}}{{c}}{{Task}} \\\\ \\cmidrule(lr){{2-{count + 1}}}"
        lines.insert(1, over)
    for name, row in zip(names, body, strict=True):
        space = draw(st.sampled_from([" ", "\n", "  "]))
        lines.append(f"{space}&{space}".join([name, *(each.latex for each in row)]) + "\\\\% end")
    lines.append(bottom)
    environment = draw(st.sampled_from(["tabular", "longtable", "array"]))
    spec = "l" + "c" * len(metrics)
    inner = "\n".join(lines)
    grid = f"\\begin{{{environment}}}{{{spec}}}\n{inner}\n\\end{{{environment}}}"
    grid = f"${grid}$" if environment == "array" else grid
    return f"\\begin{{table}}{grid}\\caption{{Some results.}}\\end{{table}}", names, body


@given(grids())
@settings(max_examples=200, deadline=None)
def test_what_is_rendered_is_read_back(made: tuple[str, list[str], list[list[Number]]]) -> None:
    latex, names, body = made
    found = table(_without_comments(latex))
    expected = [
        (name, column + 1, each.value, each.spread, each.bold)
        for name, row in zip(names, body, strict=True)
        for column, each in enumerate(row)
    ]
    read = [(cell.rows[0], cell.column, cell.value, cell.spread, cell.bold) for cell in found.cells]
    assert read == expected
    assert all(value in cell.interval for cell in found.cells for value in [cell.value])
    assert found.corner == ("Method",)


def _without_comments(latex: str) -> str:
    return latex.replace("% end", "")


_PIECES = (
    "\\begin{tabular}{lcc}", "\\end{tabular}", "\\begin{table}", "\\end{table}", " & ", "\\\\",
    "{", "}", "$", "^", "_", "\\multicolumn{2}{c}", "\\multirow{2}{*}", "\\hline", "\\cmidrule",
    "\\textbf", "12.5", "-3", "±", "\\pm", "\\num{", "[", "]", "\\caption{", "\\label{a}", "x",
    "\\makecell{a\\\\b}", "\\subfloat[", "\\begin{tikzpicture}", "\\SI{1}{\\ms}", "%", "\\", "(",
    ")",
    "\\begin{tblr}{colspec=", "\\SetCell[r=2,c=3]{c}", "\\endhead", "\\begin{deluxetable}{lc}",
    "\\startdata", "\\'", "\\\"{", "\n\n", "~", "--", "1e999", "9" * 120, "10^{99}", "2^{999}",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_pieces_of_tables_break_the_reader(pieces: list[str]) -> None:
    for found in tables("\\begin{table}\\begin{tabular}{lcc}" + "".join(pieces)):
        assert all(len(row) == len(found.grid[0]) for row in found.grid)
