"""A number is rounded up by more than its digits allow.

What it checks
    Each ratio, change and value that nothing in the tables gives: whether the sentence
    binds one candidate, and the number is what that one becomes when it is rounded up to
    the next whole step, though the nearest step is below.

Why it matters
    1.6 told as "2x" is a third more than was measured. Readers take the digits at their
    word.

When it is wrong
    When the sentence speaks of another pair of cells than the one that its words bind.

Example
    "2x faster" where the table has 10.0 s and 13.0 s: a ratio of 1.3, whose nearest whole
    number is 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from writer.claims.paper import Checked
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._claims import definite, hit_of
from writer.claims.tables.rounding import is_rounded_up
from writer.model.claim import Verdict
from writer.model.finding import Confidence, Severity


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per number that only rounding up in its favour gives."""
    for item in checked.judged:
        held = item.held
        if held is None or held.asked.aggregate:
            continue
        top = held.against
        if held.verdict is Verdict.UNSUPPORTED:
            top = definite(held, lambda match: not match.aggregate)
        if top is not None and is_rounded_up(held.asked.quantity, top.lo, top.hi):
            value = (top.lo + top.hi) / 2
            yield hit_of(
                checked,
                item,
                top,
                f'"{item.judgement.claim.text}" is more than Table {top.table} gives: '
                f"{top.formula} = {value:.3g}",
                f"Say {value:.2g}, or about that.",
            )


_TABLE = r"""\begin{table}\caption{Runtime}\begin{tabular}{lr}
System & Runtime (s) \\ \hline Ours & 10.0 \\ Base & 13.0 \\ \end{tabular}\end{table}"""

RULE = paper_rule(
    code="CLM013",
    name="rounding-too-kind",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "a count of things is no rounding",
            r"\begin{abstract}A single direction suffices.\end{abstract}\begin{table}"
            r"\caption{Correlation}\begin{tabular}{lr} Direction & r \\ \hline A & 0.869 \\"
            r"\end{tabular}\end{table}",
            0,
            data=False,
        ),
        PaperExample(
            "1.3 told as 2x",
            r"\begin{abstract}The runtime of Ours is 2$\times$ lower than that of Base."
            rf"\end{{abstract}}{_TABLE}",
            1,
            data=False,
        ),
        PaperExample(
            "1.3 told as 1.3x",
            r"\begin{abstract}The runtime of Ours is 1.3$\times$ lower than that of Base."
            rf"\end{{abstract}}{_TABLE}",
            0,
            data=False,
        ),
    ),
)
