"""A number is set in bold that is not the best of its column.

What it checks
    For each table whose bold cells stand, nearly all of them, on the best of their
    column, of a part of it, or of their row: each bold cell that does not. Which end is
    the best is told by arrows and words in the headers, or by where the other bold
    cells stand. Cells that print the same value, or lie within the spread printed
    with them, are equally good; a row that is bold throughout marks nothing.

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
from writer.claims.tables.marks import wrong_marks
from writer.model.finding import Confidence, Severity


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per bold cell that is not the best of those it competes with."""
    for table in checked.tables:
        for _, mark, best in wrong_marks(table):
            other = row_name(best) if best.column == mark.column else named(best)
            yield PaperHit(
                where=place(checked, mark.offset),
                message=f"Table {table.number} sets {mark.text} ({named(mark)}) in bold, but "
                f"{other} has {best.text}",
                part=part(table, mark),
                evidence=shown(checked, table, (mark, best)),
                settle="Set the better cell in bold, or correct the number.",
            )


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
            "each bold cell is the best of its column, or prints the same",
            rf"""{_HEAD}
Ours & \textbf{{91.2}} & \textbf{{88.1}} & 70.0 & 64.5 & \textbf{{52.8}} \\
Base & 90.1 & 87.0 & \textbf{{71.0}} & \textbf{{65.0}} & 52.8 \\
Old & 80.1 & 77.0 & 61.0 & 55.0 & 42.8 \\ {_FOOT}""",
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
