"""An average of a table is not that of its cells.

What it checks
    Each row or column called average, mean or geometric mean, where the other cells of
    the same line are the arithmetic or geometric means of certain lines: whether this
    cell is. And each average at the foot of a column that lies outside of all the cells
    of the column, which no weights can bring about.

Why it matters
    The average is what is compared and quoted. It is mostly the number that was not
    computed anew when a cell changed.

When it is wrong
    When this one cell is weighted or taken over more than the table shows: the caption
    should say so.

Example
    Cells of 70.0, 80.0 and 90.0 beside an average of 82.4.
"""

import re
from collections.abc import Iterator

from writer.claims.paper import Checked
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._tables import not_given
from writer.claims.tables.aggregates import (
    Aggregate,
    Mismatch,
    aggregates,
    explained,
    geometric,
    mean,
    mismatches,
)
from writer.model.finding import Confidence, Severity
from writer.model.interval import Interval
from writer.model.table import PaperTable

_NAME = re.compile(
    r"(?:the |overall |macro[- ]|arithmetic |geometric |geo\.? ?)?"
    r"(?:average|avg\.?|mean|geomean|gmean)s?(?: \(.*\))?",
    re.IGNORECASE,
)

ENOUGH = 2
"""Cells of a line that must be averages before another that is not is an error."""


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per average that its cells do not give."""
    yield from not_given(
        checked, _lines, "Correct the average or the cell that changed, or say how it is taken."
    )


def _lines(table: PaperTable) -> Iterator[tuple[Mismatch, str]]:
    for found in aggregates(table, _NAME, (("mean", mean), ("geometric mean", geometric))):
        for item in (*mismatches(found, ENOUGH), *_outside(found)):
            parts = item[1]
            yield item, f"the {found[0].formula} of its {len(parts)} cells is"


def _outside(found: list[Aggregate]) -> Iterator[Mismatch]:
    """Averages of a column beyond every cell that any reading takes."""
    wide = [item for item in found if item.whole and not item.turned]
    for cell, parts, value in wide[0].fails if wide else ():
        everything = [
            each.interval
            for item in wide
            for other, cells, _ in item.fails
            if other is cell
            for each in cells
        ]
        span = Interval(min(each.lo for each in everything), max(each.hi for each in everything))
        if len(parts) > 2 and not span.meets(cell.interval) and not explained(cell, found):
            yield cell, parts, value


_HEAD = (
    r"\begin{table}\caption{Accuracy}\begin{tabular}{lrrrr} Method & A & B & C & Average \\ \hline"
)
_FOOT = r"\end{tabular}\end{table}"

RULE = paper_rule(
    code="CLM016",
    name="average-mismatch",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "one of four averages is not that of its row",
            rf"""{_HEAD}
One & 70.1 & 80.2 & 90.3 & 80.2 \\ Two & 61.0 & 72.5 & 84.0 & 72.5 \\
Three & 55.2 & 66.1 & 71.4 & 64.2 \\ Four & 75.2 & 86.1 & 91.4 & 87.2 \\ {_FOOT}""",
            1,
            data=False,
        ),
        PaperExample(
            "one of three averages is not that of its column",
            r"""\begin{table}\caption{Accuracy}\begin{tabular}{lrrr} Method & A & B & C \\ \hline
One & 70.0 & 80.0 & 91.0 \\ Two & 60.0 & 62.0 & 64.0 \\ Three & 50.0 & 71.0 & 89.0 \\ \hline
Mean & 60.0 & 71.0 & 85.3 \\ \end{tabular}\end{table}""",
            1,
            data=False,
        ),
        PaperExample(
            "all averages are those of their rows",
            rf"""{_HEAD}
One & 70.1 & 80.2 & 90.3 & 80.2 \\ Two & 61.0 & 72.5 & 84.0 & 72.5 \\
Three & 55.2 & 66.1 & 71.4 & 64.2 \\ Four & 75.2 & 86.1 & 91.4 & 84.2 \\ {_FOOT}""",
            0,
            data=False,
        ),
        PaperExample(
            "weighted: none of the averages is that of its row",
            rf"""{_HEAD}
One & 70.1 & 80.2 & 90.3 & 77.2 \\ Two & 61.0 & 72.5 & 84.0 & 70.5 \\
Three & 55.2 & 66.1 & 71.4 & 61.2 \\ Four & 75.2 & 86.1 & 91.4 & 81.2 \\ {_FOOT}""",
            0,
            data=False,
        ),
        PaperExample(
            "an average of rises and of one fall",
            rf"""{_HEAD}
One & 70.1 & 80.2 & 90.3 & 80.2 \\ Two & 61.0 & 72.5 & 84.0 & 72.5 \\
Three & 55.2 & 66.1 & 71.4 & 64.2 \\
$\Delta$ & $\uparrow$5.8 & $\downarrow$6.4 & $\uparrow$12.6 & $\uparrow$4.0 \\ {_FOOT}""",
            0,
            data=False,
        ),
        PaperExample(
            "each row has its mean below it",
            r"""\begin{table}\caption{Accuracy}\begin{tabular}{llrr} Set & Metric & A & B \\ \hline
News & S / U & 98.0 / 77.6 & 64.0 / 66.0 \\ & Mean & 87.8 & 65.0 \\ \hline
Mail & S / U & 14.0 / 10.0 & 92.0 / 94.0 \\ & Mean & 12.0 & 93.0 \\ \hline
Wiki & S / U & 70.0 / 86.0 & 62.0 / 98.0 \\ & Mean & 78.0 & 80.0 \\ \hline
Code & Mean & 8.0 & 97.5 \\ \end{tabular}\end{table}""",
            0,
            data=False,
        ),
        PaperExample(
            "a loss that is the sum or the mean of its terms",
            r"""\begin{table}\caption{Runs}\begin{tabular}{rlrr} Steps & Loss & Rate & F \\ \hline
2 & sum & 10 & 49.9 \\ 3 & sum & 4 & 49.7 \\ 2 & sum & 10 & 49.6 \\ 4 & sum & 8 & 49.5 \\
3 & mean & 2 & 48.2 \\ \end{tabular}\end{table}""",
            0,
            data=False,
        ),
        PaperExample(
            "an average beyond the largest cell of its column",
            r"""\begin{table}\caption{Speedup}\begin{tabular}{lr} Program & Speedup \\ \hline
sort & 2.1 \\ join & 3.4 \\ scan & 1.2 \\ \hline Average & 3.9 \\ \end{tabular}\end{table}""",
            1,
            data=False,
        ),
    ),
)
