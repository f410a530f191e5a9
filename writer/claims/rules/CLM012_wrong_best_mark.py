"""A number is set in bold that is not the best, or underlined and not the second best.

What it checks
    For each table whose bold cells stand, nearly all of them, on the best of their
    column, of a part of it, or of their row: each bold cell that does not. Which end is
    the best is told by arrows and words in the headers, or by where the other bold
    cells stand. Cells that print the same value, or lie within the spread printed
    with them, are equally good; a row that is bold throughout marks nothing. Where the
    underlined cells stand, nearly all of them, on the second best beside a bold best: each
    underlined cell that does not.

Why it matters
    A reader takes the bold cells for the results. One on the wrong cell gives a method
    a win that it does not have, and is mostly left over from an older table.

When it is wrong
    When a better cell does not compete, as an upper bound or a larger model does not:
    set a rule between, or say in the caption what bold means.

Example
    A column with 91.2, 93.4 and 90.8 in which 91.2 is bold.
"""

from collections.abc import Iterator

from writer.claims.paper import Checked
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._tables import named, part, place, row_name, shown
from writer.claims.tables.marks import other_meaning, readings, wrong_marks
from writer.claims.tables.seconds import wrong_seconds
from writer.model.finding import Confidence, Severity
from writer.model.table import TableCell


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per marked cell that is not the best, or second best, of its rivals."""
    for table in checked.tables:
        if other_meaning(table):
            continue
        tried = readings(table)
        for _, mark, best in wrong_marks(table, tried):
            yield PaperHit(
                where=place(checked, mark.offset),
                message=f"Table {table.number} sets {mark.text} ({named(mark)}) in bold, but "
                f"{_other(mark, best)} has {best.text}",
                part=part(table, mark),
                evidence=shown(checked, table, (mark, best)),
                settle="Set the better cell in bold, or correct the number.",
            )
        for second in wrong_seconds(table, tried):
            mark, best = second.cell, second.rest
            yield PaperHit(
                where=place(checked, mark.offset),
                message=f"Table {table.number} underlines {mark.text} ({named(mark)}) as the "
                f"second best, but {_other(mark, best)} has {best.text}",
                part=f"{part(table, mark)}-second",
                evidence=shown(checked, table, (mark, best)),
                settle="Underline the better cell, or correct the number.",
            )


def _other(mark: TableCell, best: TableCell) -> str:
    return row_name(best) if best.column == mark.column else named(best)


_HEAD = (
    r"\begin{table}\caption{Accuracy}\begin{tabular}{lrrrrr} Method & A & B & C & D & E \\ \hline"
)
_FOOT = r"\end{tabular}\end{table}"

RULE = paper_rule(
    code="CLM012",
    name="wrong-best-mark",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "one bold cell of five is not the best of its column",
            rf"""{_HEAD}
Ours & \textbf{{91.2}} & \textbf{{88.1}} & 70.0 & 64.5 & \textbf{{51.3}} \\
Base & 90.1 & 87.0 & \textbf{{71.0}} & \textbf{{65.0}} & 52.8 \\
Old & 80.1 & 77.0 & 61.0 & 55.0 & 42.8 \\ {_FOOT}""",
            1,
            data=False,
        ),
        PaperExample(
            "one bold cell of three is not the best, where the caption names a score",
            r"""\begin{table}\caption{F1}\begin{tabular}{lrrr} Method & A & B & C \\ \hline
X & $\mathbf{91.2}$ & 80.1 & 77.0 \\ Y & 93.4 & 79.0 & {\bf 78.8} \\
Z & 90.8 & \textbf{81.0} & 78.1 \\ \end{tabular}\end{table}""",
            1,
            data=False,
        ),
        PaperExample(
            "one of three, and nothing says which end is the best",
            r"""\begin{table}\caption{Three sets}\begin{tabular}{lrrr} Method & A & B & C \\ \hline
X & $\mathbf{91.2}$ & 80.1 & 77.0 \\ Y & 93.4 & 79.0 & {\bf 78.8} \\
Z & 90.8 & \textbf{81.0} & 78.1 \\ \end{tabular}\end{table}""",
            0,
            data=False,
        ),
        PaperExample(
            "each bold cell is the best of its column, or prints the same",
            rf"""{_HEAD}
Ours & \textbf{{91.2}} & \textbf{{88.1}} & 70.0 & 64.5 & \textbf{{52.8}} \\
Base & 90.1 & 87.0 & \textbf{{71.0}} & \textbf{{65.0}} & 52.8 \\
Old & 80.1 & 77.0 & 61.0 & 55.0 & 42.8 \\ {_FOOT}""",
            0,
            data=False,
        ),
        PaperExample(
            "one underlined cell of five is not the second best of its column",
            rf"""{_HEAD}
Ours & \textbf{{91.2}} & \textbf{{88.1}} & 70.0 & \textbf{{65.5}} & \textbf{{52.8}} \\
Base & \underline{{90.1}} & \underline{{87.0}} & \textbf{{71.0}} & \underline{{65.0}} & 51.3 \\
Old & 80.1 & 77.0 & \underline{{70.5}} & 55.0 & \underline{{42.8}} \\ {_FOOT}""",
            1,
            data=False,
        ),
        PaperExample(
            "each underlined cell is the second best of its column, or prints the same",
            rf"""{_HEAD}
Ours & \textbf{{91.2}} & \textbf{{88.1}} & 70.0 & \textbf{{65.5}} & \textbf{{52.8}} \\
Base & \underline{{90.1}} & \underline{{87.0}} & \textbf{{71.0}} & \underline{{65.0}} & 42.8 \\
Old & 80.1 & 77.0 & \underline{{70.5}} & 55.0 & \underline{{42.8}} \\ {_FOOT}""",
            0,
            data=False,
        ),
        PaperExample(
            "the caption says that the second best are underlined, and one of three is not",
            r"""\begin{table}\caption{Accuracy; best in bold, 2nd best underscored}
\begin{tabular}{lrrr} Method & A & B & C \\ \hline
Ours & \textbf{91.2} & \textbf{88.1} & 65.0 \\
Base & \underline{90.1} & \underline{87.0} & \textbf{70.0} \\
Old & 80.1 & 77.0 & \underline{60.5} \\ \end{tabular}\end{table}""",
            1,
            data=False,
        ),
        PaperExample(
            "the best is what lies nearest to a target",
            rf"""{_HEAD.replace("Accuracy", "Accuracy; bold is best (smallest absolute deviation)")}
Ours & \textbf{{91.2}} & \textbf{{88.1}} & 70.0 & 64.5 & \textbf{{51.3}} \\
Base & 90.1 & 87.0 & \textbf{{71.0}} & \textbf{{65.0}} & 52.8 \\
Old & 80.1 & 77.0 & 61.0 & 55.0 & 42.8 \\ {_FOOT}""",
            0,
            data=False,
        ),
        PaperExample(
            "underlining means something else",
            rf"""{_HEAD.replace("Accuracy", "Accuracy; models of 2019 are underlined")}
Ours & \textbf{{91.2}} & \textbf{{88.1}} & 70.0 & \textbf{{65.5}} & \textbf{{52.8}} \\
Base & \underline{{90.1}} & \underline{{87.0}} & \textbf{{71.0}} & \underline{{65.0}} & 51.3 \\
Old & 80.1 & 77.0 & \underline{{70.5}} & 55.0 & \underline{{42.8}} \\ {_FOOT}""",
            0,
            data=False,
        ),
        PaperExample(
            "the proposed row is bold throughout, whatever it gives",
            rf"""{_HEAD}
Base & 90.1 & 87.0 & 71.0 & 65.0 & 52.8 \\
Old & 80.1 & 77.0 & 61.0 & 55.0 & 42.8 \\
Ours & \textbf{{91.2}} & \textbf{{88.1}} & \textbf{{73.1}} & \textbf{{66.5}} & \textbf{{51.3}}
\\ {_FOOT}""",
            0,
            data=False,
        ),
    ),
)
