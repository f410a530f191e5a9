"""The largest value of the table is less than what "up to" promises.

What it checks
    Each "up to 70%", "as much as 3x" and "a maximum of" that no cell and no comparison of two
    cells gives: whether all cells, or all comparisons, of the kind that the sentence speaks of
    fall short of the number, as far as its words name them about as well as the best of them.

Why it matters
    "Up to" already names the best case. A best case that no row reaches is not one.

When it is wrong
    When the best case stands in a figure or in an appendix that was not read, and the body does
    not tell it again, or when the sentence speaks of another line than its words bind best.

Example
    "Cuts latency by up to 70%" where the best row goes from 50 ms to 18 ms, by 64%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from writer.claims.paper import Checked
from writer.claims.quantities import Quantity
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._claims import BOUND, hit_of
from writer.claims.tables.prose import FRONT
from writer.model.claim import Verdict
from writer.model.finding import Confidence, Severity

LEAST = 0.4
"""A largest value below this share of the claim is not what the sentence speaks of."""


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per best case that the line it speaks of does not reach."""
    for item in checked.judged:
        held = item.held
        if held is None or held.verdict is not Verdict.UNSUPPORTED or held.search.summit is None:
            continue
        first, top = held.search.summit
        said = held.asked.quantity
        told = _is_said_again(checked, said.text) or _is_printed(checked, said)
        if first.score < BOUND or told:
            continue
        if LEAST * said.value < top.hi < said.interval.lo:
            yield hit_of(
                checked,
                item,
                top,
                f'"{item.judgement.claim.text}" is told as the best case, and the best of '
                f"Table {top.table} is {(top.lo + top.hi) / 2:.4g} ({top.formula})",
                "State the best case that the table has.",
            )


def _is_said_again(checked: Checked, number: str) -> bool:
    """Whether the body tells the number as well, as it does of what a figure shows."""
    pattern = re.compile(rf"(?<![\w.]){re.escape(number)}(?![\w.]*\d)")
    return any(
        pattern.search(block.text) for block in checked.blocks_all if block.section not in FRONT
    )


def _is_printed(checked: Checked, number: Quantity) -> bool:
    """Whether a cell of any table prints so precise a number: then some row has it."""
    return "." in number.text and any(
        cell.value == number.value for table in checked.tables for cell in table.cells
    )


_TABLE = r"""\begin{table}\caption{Latency of queries}\begin{tabular}{lrr}
Query & Base latency (ms) & Ours latency (ms) \\ \hline Scan & 50 & 18 \\ Join & 80 & 40 \\
Sort & 60 & 33 \\ \end{tabular}\end{table}"""

RULE = paper_rule(
    code="CLM009",
    name="not-the-maximum",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "a best case that no row has",
            r"\begin{abstract}Ours latency is up to 70\% lower than the Base latency."
            rf"\end{{abstract}}{_TABLE}",
            1,
            data=False,
        ),
        PaperExample(
            "the best case of the table",
            r"\begin{abstract}Ours latency is up to 64\% lower than the Base latency."
            rf"\end{{abstract}}{_TABLE}",
            0,
            data=False,
        ),
        PaperExample(
            "another table prints the best case",
            r"\begin{abstract}Compared to Base, Ours achieves up to 1.17$\times$ speedup on joins."
            r"\end{abstract}\begin{table}\caption{Time of compilation}\begin{tabular}{lrr}"
            r"Query & Base time (s) & Ours time (s) \\ \hline Scan & 24.5 & 27.2 \\ "
            r"Join & 42.1 & 42.9 \\ Sort & 19.8 & 21.1 \\ \end{tabular}\end{table}"
            r"\begin{table}\caption{Speedup of queries}\begin{tabular}{lrr}"
            r"Query & B & T \\ \hline Scan & 1.00 & 1.17 \\ Join & 1.00 & 1.02 \\ "
            r"Sort & 1.00 & 1.05 \\ \end{tabular}\end{table}",
            0,
            data=False,
        ),
    ),
)
