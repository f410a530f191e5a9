"""A total of a table is not the sum of its parts, or shares of a whole are not 100%.

What it checks
    Each row or column called total or sum, where the other cells of the same line are
    the sums of certain lines: whether this cell is. A line of few cells counts if it
    misses the sum of all its parts by little. Rows and columns of percentages that should add
    up to 100: where the caption speaks of a breakdown, a distribution or shares and another
    line does; where header or caption say so and one share is what is left ("other"); where
    the line has a total of 100; or where most lines of the table add up. What rounding
    explains is no mismatch.

Why it matters
    One of the numbers is wrong, mostly because a part was measured anew and the total
    was not.

When it is wrong
    When the total holds parts that the table does not show, or parts that overlap, or when
    shares may be of two kinds at once: then the caption should say so.

Example
    Parts of 120, 80 and 45 over a total of 254.
"""

import re
from collections.abc import Iterator

from writer.claims.paper import Checked
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._tables import (
    approximately,
    column_name,
    not_given,
    part,
    place,
    row_name,
    shown,
)
from writer.claims.tables.aggregates import (
    Aggregate,
    Mismatch,
    aggregates,
    explained,
    mismatches,
    total,
)
from writer.claims.tables.shares import Shares, off
from writer.model.finding import Confidence, Severity
from writer.model.table import PaperTable

_NAME = re.compile(r"(?:grand |sub-?|overall )?(?:totals?|sum)(?: \(.*\))?|\u03a3", re.IGNORECASE)
_LOOSE = re.compile(r"(?:all|overall|combined|altogether)(?: \(.*\))?", re.IGNORECASE)
"""Names of lines that may be sums: only those that mostly are one are held to it."""

ENOUGH = 2
"""Cells of a line that must be sums before another that is not is an error."""

NEAR = 0.1
"""Share of itself by which the total of a short line may miss its parts and still be theirs."""


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per total that its parts do not give."""
    yield from not_given(
        checked, _lines, "Correct the total or the part that changed, or say what else it holds."
    )
    for table in checked.tables:
        for shares in off(table):
            yield _not_whole(checked, table, shares)


def _not_whole(checked: Checked, table: PaperTable, shares: Shares) -> PaperHit:
    first = shares.cells[0]
    turned = len({cell.row for cell in shares.cells}) == 1
    line = row_name(first) if turned else column_name(first)
    return PaperHit(
        where=place(checked, first.offset),
        message=f"Table {table.number}: the {len(shares.cells)} shares of {line} add up to "
        f"{approximately(shares.value)}, not 100",
        part=f"{part(table, first)}-shares",
        evidence=shown(checked, table, shares.cells),
        settle="Correct the share that changed, or say what the rest is.",
    )


def _lines(table: PaperTable) -> Iterator[tuple[Mismatch, str]]:
    for name in (_NAME, _LOOSE):
        for found in aggregates(table, name, (("sum", total),)):
            near = _near(found) if name is _NAME else ()
            for item in (*mismatches(found, ENOUGH), *near):
                if not _is_between(item):
                    yield item, f"its {len(item[1])} parts add up to"


def _is_between(item: Mismatch) -> bool:
    """Whether a total lies among its parts: a rate or an average of the line's own, and no sum."""
    cell, parts, _ = item
    values = [part.value for part in parts]
    return min(values) <= cell.value <= max(values)


def _near(found: list[Aggregate]) -> Iterator[Mismatch]:
    """Totals of a line of one or two cells that miss the sum of all parts by little."""
    for item in found:
        if not item.whole or item.tested > ENOUGH or max(len(other.fits) for other in found) > 1:
            continue
        for cell, parts, value in item.fails:
            off = min(abs(value.lo - cell.value), abs(value.hi - cell.value))
            near = off <= NEAR * abs(cell.value) and len(parts) > 2
            if near and cell.unit not in ("%", "pp") and not explained(cell, found):
                yield cell, parts, value


_HEAD = r"\begin{table}\caption{Lines of code}\begin{tabular}{lrr} Module & Code & Tests \\ \hline"
_HEAD3 = r"\begin{table}\caption{Samples}\begin{tabular}{lrrr} Split & A & B & C \\ \hline"
_SPLIT = (
    r"\begin{table}\caption{Distribution of faults (\%)}\begin{tabular}{lrrr} "
    r"Language & Memory & Logic & Other \\ \hline"
)
_FOOT = r"\end{tabular}\end{table}"

RULE = paper_rule(
    code="CLM015",
    name="sum-mismatch",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "one of two totals is not the sum of its column",
            rf"""{_HEAD}
Reader & 120 & 300 \\ Matcher & 80 & 250 \\ Report & 45 & 90 \\ \hline
Total & 254 & 640 \\ {_FOOT}""",
            1,
            data=False,
        ),
        PaperExample(
            "both totals add up",
            rf"""{_HEAD}
Reader & 120 & 300 \\ Matcher & 80 & 250 \\ Report & 45 & 90 \\ \hline
Total & 245 & 640 \\ {_FOOT}""",
            0,
            data=False,
        ),
        PaperExample(
            "one of three totals is not the sum of its column",
            rf"""{_HEAD3}
Train & 120 & 80 & 300 \\ Val & 30 & 20 & 70 \\ Test & 50 & 25 & 90 \\ \hline
Total & 200 & 135 & 460 \\ {_FOOT}""",
            1,
            data=False,
        ),
        PaperExample(
            "a rate among totals is that of all",
            r"""\begin{table}\caption{Alarms}\begin{tabular}{lrrrr}
Part & Windows & Alarms & Rate & Attacks \\ \hline One & 3,576 & 323 & 9.0\% & 2,843 \\
Two & 29,490 & 1,485 & 5.0\% & 12 \\ \hline Total & 33,066 & 1,808 & 5.5\% & 2,855 \\
\end{tabular}\end{table}""",
            0,
            data=False,
        ),
        PaperExample(
            "a line called all that sums its columns but one",
            rf"""{_HEAD3}
Train & 120 & 80 & 300 \\ Val & 30 & 20 & 70 \\ Test & 50 & 25 & 90 \\ \hline
All & 200 & 135 & 460 \\ {_FOOT}""",
            1,
            data=False,
        ),
        PaperExample(
            "a line called all that is no sum",
            rf"""{_HEAD3}
Train & 1.2 & 0.8 & 3.0 \\ Val & 3.0 & 2.0 & 7.0 \\ Test & 5.0 & 2.5 & 9.0 \\ \hline
All & 9.3 & 4.1 & 16.0 \\ {_FOOT}""",
            0,
            data=False,
        ),
        PaperExample(
            "one of three distributions is not whole",
            rf"""{_SPLIT} Go & 52.0 & 31.5 & 16.5 \\ Rust & 40.2 & 44.1 & 15.7 \\
C & 61.3 & 20.4 & 14.3 \\ {_FOOT}""",
            1,
            data=False,
        ),
        PaperExample(
            "every distribution is whole, as far as its digits go",
            rf"""{_SPLIT} Go & 52.0 & 31.5 & 16.5 \\ Rust & 40.2 & 44.1 & 15.7 \\
C & 61.3 & 20.4 & 18.4 \\ {_FOOT}""",
            0,
            data=False,
        ),
        PaperExample(
            "shares of a column with the rest among them are not whole",
            r"""\begin{table}\caption{Where the time goes}\begin{tabular}{lr} Phase & Share (\%) \\
\hline Reading & 41.2 \\ Matching & 38.5 \\ Other & 17.3 \\ \end{tabular}\end{table}""",
            1,
            data=False,
        ),
        PaperExample(
            "two of three lines are whole and the third nearly is, whatever the caption",
            r"""\begin{table}\caption{Ours against theirs (\%)}\begin{tabular}{lrrr}
Task & Win & Tie & Loss \\ \hline Chat & 54.6 & 30.0 & 15.4 \\ Code & 48.8 & 35.5 & 15.7 \\
Math & 61.5 & 15.8 & 25.7 \\ \end{tabular}\end{table}""",
            1,
            data=False,
        ),
        PaperExample(
            "parts of a total of 100% are not whole",
            r"""\begin{table}\caption{Answers}\begin{tabular}{lr} Answer & Given (\%) \\
\hline Yes & 61 \\ No & 22 \\ Perhaps & 14 \\ \hline Total & 100 \\
\end{tabular}\end{table}""",
            1,
            data=False,
        ),
        PaperExample(
            "the most frequent shares alone need not be whole",
            r"""\begin{table}\caption{Most frequent languages}\begin{tabular}{lr}
Language & Share (\%) \\ \hline Go & 51.2 \\ Rust & 28.5 \\ C & 17.3 \\
\end{tabular}\end{table}""",
            0,
            data=False,
        ),
        PaperExample(
            "accuracies are no shares",
            r"""\begin{table}\caption{Accuracy (\%)}\begin{tabular}{lrrr}
Model & A & B & C \\ \hline
Ours & 52.0 & 31.5 & 16.5 \\ Theirs & 40.2 & 41.1 & 15.7 \\ \end{tabular}\end{table}""",
            0,
            data=False,
        ),
        PaperExample(
            "rounding explains the difference",
            r"""\begin{table}\caption{Time}\begin{tabular}{lr} Phase & Time (s) \\ \hline
Read & 1.3 \\ Match & 2.3 \\ Write & 3.3 \\ \hline Total & 7.0 \\ \end{tabular}\end{table}""",
            0,
            data=False,
        ),
    ),
)
