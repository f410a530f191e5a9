"""A difference of percentage points is told as a percentage.

What it checks
    Each change in per cent that the tables give only as the difference of two scores:
    whether the sentence says "points", "pp" or "absolute".

Why it matters
    From 20% to 23% is 3 points, and 15% more. A reader who takes one for the other is
    off by a factor of five.

When it is wrong
    When the paper says elsewhere that all such differences are absolute.

Example
    "Improves accuracy by 3.2%" where the table goes from 88.9 to 92.1: 3.2 points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from writer.claims.paper import Checked
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._claims import hit_of
from writer.claims.tables.decide import Match
from writer.model.finding import Confidence, Severity

_SAID = re.compile(r"\bpoints?\b|\bpp\b|\babsolute\b", re.IGNORECASE)


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per change in per cent that is a difference of scores: where first told."""
    seen = set()
    for item in checked.judged:
        held = item.held
        if held is None or held.match is None or held.asked.quantity.form != "percent":
            continue
        match = held.match
        if not held.asked.compared or match.aggregate:  # a level; or one of many readings
            continue
        if held.asked.quantity.role in ("low", "high"):  # an end of a range is a looser match
            continue
        if match.kind not in ("new-base", "base-new") or _SAID.search(item.sentence.text):
            continue
        key = (item.judgement.claim.value, tuple(cell.value for cell in match.cells))
        if key in seen:
            continue
        seen.add(key)
        relative = _relative(match)
        told = f"; relative to the base it is {relative:.3g}%" if relative is not None else ""
        yield hit_of(
            checked,
            item,
            match,
            f'"{item.judgement.claim.text}" is a difference in points: Table {match.table} has '
            f"{match.formula} = {(match.lo + match.hi) / 2:.3g}{told}",
            "Write points, or the relative change.",
        )


def _relative(match: Match) -> float | None:
    if match.aggregate or len(match.cells) != 2 or not match.cells[1].value:
        return None
    new, base = match.cells[0].value, match.cells[1].value
    return abs(100 * (new - base) / base)


_TABLE = r"""\begin{table}\caption{Accuracy}\begin{tabular}{lr}
Model & Accuracy (\%) \\ \hline Base & 68.9 \\ Ours & 72.1 \\ \end{tabular}\end{table}"""

RULE = paper_rule(
    code="CLM014",
    name="percent-of-what",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "points told as per cent",
            r"\begin{abstract}Ours improves the accuracy of Base by 3.2\%."
            rf"\end{{abstract}}{_TABLE}",
            1,
            data=False,
        ),
        PaperExample(
            "points told as points",
            r"\begin{abstract}Ours improves the accuracy of Base by 3.2 percentage points."
            rf"\end{{abstract}}{_TABLE}",
            0,
            data=False,
        ),
        PaperExample(
            "the same points told twice",
            r"\begin{abstract}Ours improves the accuracy of Base by 3.2\%.\end{abstract}"
            rf"\section{{Conclusion}}Ours improves the accuracy of Base by 3.2\%.{_TABLE}",
            1,
            data=False,
        ),
        PaperExample(
            "a level beside a score, and no change of it",
            r"\begin{abstract}Ours holds its alarms at 2.9\% against a 3.2\% budget, at an accuracy"
            rf" of 72.1\% where Base has 68.9\%.\end{{abstract}}{_TABLE}",
            0,
            data=False,
        ),
        PaperExample(
            "a relative change",
            r"\begin{abstract}Ours improves the accuracy of Base by 4.6\%."
            rf"\end{{abstract}}{_TABLE}",
            0,
            data=False,
        ),
    ),
)
