"""The paper prints a value that nobody measured.

What it checks
    Whether a quantity is a value that the data mark as ``adjusted``: at the level that
    its sentence names, or at any level of the column that it names. A sentence that names
    neither speaks of something else, as far as can be told.

Why it matters
    The project knows the measured value and the invented one. Printing the second
    is the one thing this tool exists to prevent.

When it is wrong
    When the number means another system's value of the same column.

Example
    "At concurrency 8 the P99 latency is 1200 ms": measured were 210,654.6 ms.
"""

from writer.claims.rule import PaperExample, paper_rule
from writer.claims.rules._verdicts import hits
from writer.model.finding import Confidence, Severity

RULE = paper_rule(
    code="CLM004",
    name="invented-value",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    check=lambda checked: hits(checked, "invented-value"),
    examples=(
        PaperExample(
            "the interpolated P99",
            r"At concurrency 8 the P99 latency is 1200 ms.",
            1,
        ),
        PaperExample(
            "the sentence names nothing of the data",
            r"The model needs half of the memory, an order of magnitude less, in under 5 hours.",
            0,
        ),
        PaperExample(
            "what a coarse number admits is no copy of the invented value",
            r"The mean latency stays under 5 hours.",
            0,
        ),
        PaperExample(
            "what was measured",
            r"At concurrency 8 the P99 latency is 210,654.6 ms.",
            0,
        ),
    ),
)
