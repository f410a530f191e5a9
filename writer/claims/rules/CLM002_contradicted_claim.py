"""The paper states what the data contradict.

What it checks
    Each quantity and word of judgement whose sentence names the quantity and the
    setting it speaks of: whether the cell, or the ratio, change or difference of
    cells, lies within what the printed digits allow.

Why it matters
    A reader who looks the number up finds another one. Whatever else the paper
    says is then in doubt.

When it is wrong
    When the sentence speaks of other data than those of the project, or of a setting
    that it names with words the descriptor does not know: add ``synonyms`` or
    ``level_names`` to the column.

Example
    "At concurrency 4 the throughput is 9.27 tasks/s" where the table has 7.27.
"""

from writer.claims.rule import PaperExample, paper_rule
from writer.claims.rules._verdicts import hits
from writer.model.finding import Confidence, Severity

RULE = paper_rule(
    code="CLM002",
    name="contradicted-claim",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    check=lambda checked: hits(checked, "contradicted-claim"),
    examples=(
        PaperExample(
            "a wrong digit",
            r"At concurrency 4 the throughput is 9.27 tasks/s.",
            1,
        ),
        PaperExample(
            "the right number",
            r"At concurrency 4 the throughput is 7.27 tasks/s.",
            0,
        ),
    ),
)
