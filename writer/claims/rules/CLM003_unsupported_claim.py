"""The paper states what no measurement carries.

What it checks
    Each quantity and word of judgement to which no value of the data is bound:
    nothing of that unit, no such level, a word ("optimal", "stable", "the first") that
    no table can show, or a number that only fits by chance.

Why it matters
    A claim without evidence is an opinion; a reader cannot tell the two apart.

When it is wrong
    When the evidence is somewhere else: cite it, or add the table to the data.

Example
    "The optimal concurrency is 4": nothing that was measured says what is optimal.
"""

from writer.claims.rule import PaperExample, paper_rule
from writer.claims.rules._verdicts import hits
from writer.model.finding import Confidence, Severity

RULE = paper_rule(
    code="CLM003",
    name="unsupported-claim",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=lambda checked: hits(checked, "unsupported-claim"),
    examples=(
        PaperExample(
            "no table says what is optimal",
            r"Concurrency 4 is optimal.",
            1,
        ),
        PaperExample(
            "the claim is negated",
            r"No level is optimal.",
            0,
        ),
    ),
)
