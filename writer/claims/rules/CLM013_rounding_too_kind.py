"""A number is rounded up by more than its digits allow.

What it checks
    Each ratio, change and value that nothing in the tables gives: whether the sentence
    binds one candidate, and the number is what that one becomes when it is rounded up to
    the next whole step, though the nearest step is below. And each ratio told as a
    whole number, without a hedge, that is over 15% more than what its cells give.

Why it matters
    1.6 told as "2x" is a quarter more than was measured. Readers take the digits at their
    word.

When it is wrong
    When the sentence speaks of another pair of cells than the one that its words bind.

Example
    "2x faster" where the table has 10.0 s and 13.0 s: a ratio of 1.3, whose nearest whole
    number is 1. And "2x faster" where it has 10.0 s and 16.0 s: 1.6 is a fifth less than 2.
"""

from __future__ import annotations

from collections.abc import Iterator

from writer.claims.paper import Checked, Judged
from writer.claims.quantities import Quantity
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._claims import definite, hit_of
from writer.claims.tables.decide import Match
from writer.claims.tables.rounding import is_rounded_up
from writer.model.claim import Verdict
from writer.model.finding import Confidence, Severity

GENEROUS = 1.15
"""A whole ratio beyond this multiple of what was measured claims more than rounding excuses."""

STRONG = 2.0
"""Least score of the cells that such a ratio is held to: most of its words are theirs."""


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per number that only rounding up in its favour gives."""
    for item in checked.judged:
        held = item.held
        if held is None:
            continue
        if held.match is not None and _is_generous(held.asked.quantity, held.match):
            yield _hit(checked, item, held.match, "is rounded in its favour: Table")
        if held.asked.aggregate:
            continue
        top = held.against
        if held.verdict is Verdict.UNSUPPORTED:
            top = definite(held, lambda match: not match.aggregate)
        if top is not None and is_rounded_up(held.asked.quantity, top.lo, top.hi):
            yield _hit(checked, item, top, "is more than Table")


def _hit(checked: Checked, item: Judged, match: Match, said: str) -> PaperHit:
    value = (match.lo + match.hi) / 2
    given = f"{value:.3g}" if match.kind == "cell" else f"{match.formula} = {value:.3g}"
    return hit_of(
        checked,
        item,
        match,
        f'"{item.judgement.claim.text}" {said} {match.table} gives {given}',
        f"Say {value:.2g}, or about that.",
    )


def _is_generous(quantity: Quantity, match: Match) -> bool:
    """Whether a whole ratio, told without a hedge, is far more than the cells that support it."""
    told = quantity.form == "ratio" and not quantity.hedge and not quantity.role
    whole = told and quantity.value > 1 and quantity.value.is_integer()
    bound = match.score >= STRONG and match.score >= match.best
    return whole and bound and quantity.value > GENEROUS * (match.lo + match.hi) / 2 > 0


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
            "1.6 told as 2x",
            r"\begin{abstract}The runtime of Ours is 2$\times$ lower than that of Base."
            rf"\end{{abstract}}{_TABLE.replace('13.0', '16.0')}",
            1,
            data=False,
        ),
        PaperExample(
            "1.6 told as about 2x",
            r"\begin{abstract}The runtime of Ours is about 2$\times$ lower than that of Base."
            rf"\end{{abstract}}{_TABLE.replace('13.0', '16.0')}",
            0,
            data=False,
        ),
        PaperExample(
            "1.8 told as 2x",
            r"\begin{abstract}The runtime of Ours is 2$\times$ lower than that of Base."
            rf"\end{{abstract}}{_TABLE.replace('13.0', '18.0')}",
            0,
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
