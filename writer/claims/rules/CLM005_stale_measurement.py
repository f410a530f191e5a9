"""A number bound to a measurement is not its value any more.

What it checks
    Each ``\\measured{id}{digits}``: whether the id is known, and the digits are
    those of the measurement to the precision printed.

Why it matters
    The data changed after the text was written, or someone changed the digits and
    left the binding, which makes them look verified.

When it is wrong
    It is not, as long as the data of the project are those of the paper.

Example
    ``\\measured{concurrency/4/throughput}{7.72}`` where the table has 7.27.
"""

from writer.claims.rule import PaperExample, paper_rule
from writer.claims.rules._verdicts import hits
from writer.model.finding import Confidence, Severity

RULE = paper_rule(
    code="CLM005",
    name="stale-measurement",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    check=lambda checked: hits(checked, "stale-measurement"),
    examples=(
        PaperExample(
            "digits changed by hand",
            r"The throughput is \measured{concurrency/4/throughput}{7.72}~tasks/s.",
            1,
        ),
        PaperExample(
            "the digits of the cell",
            r"The throughput is \measured{concurrency/4/throughput}{7.27}~tasks/s.",
            0,
        ),
    ),
)
