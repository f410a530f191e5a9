"""No table and no sentence of the paper's body bears a number out.

What it checks
    Each result in the abstract, introduction and conclusion of a paper without measured
    data beside it: whether a cell of the paper's tables, a ratio, change, difference,
    mean or extreme of cells, or the same quantity said again in the body agrees, and
    whether the sentence speaks of just these cells.

Why it matters
    A reader cannot find where the number comes from. It may be a figure's, or stale.

When it is wrong
    When the number stands only in a figure, or the sentence names its cells with words
    that no header has: then a reference to the table beside the number binds it.

Example
    "3.6 times faster" in an abstract, where no two cells of any table give it.
"""

from writer.claims.rule import PaperExample, paper_rule
from writer.claims.rules._verdicts import hits
from writer.model.finding import Confidence, Severity

_TABLE = r"""\begin{table}\caption{Latency}\begin{tabular}{lr}
System & Latency (ms) \\ \hline Ours & 12.5 \\ Base & 45.0 \\ \end{tabular}\end{table}"""

RULE = paper_rule(
    code="CLM006",
    name="untraced-number",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=lambda checked: hits(checked, "untraced-number"),
    examples=(
        PaperExample(
            "a speedup that no two cells give",
            rf"\begin{{abstract}}Ours is 9.7 times faster.\end{{abstract}}{_TABLE}",
            1,
            data=False,
        ),
        PaperExample(
            "the ratio of two cells",
            rf"\begin{{abstract}}Ours is 3.6 times faster than Base.\end{{abstract}}{_TABLE}",
            0,
            data=False,
        ),
    ),
)
