"""A change is told in the direction that its own numbers deny.

What it checks
    Each change "from A to B": whether the verb before it goes the way that the numbers go,
    and, for "improves" and "degrades", whether it goes the way that is better in the column
    of the table that holds both.

Why it matters
    Either the verb is wrong or the two numbers are swapped; the result turns over.

When it is wrong
    When the table's column is better high, and its header has a word that stands for
    something better low.

Example
    "Improves the error from 0.31 to 0.34", where less error is better.
"""

from __future__ import annotations

from collections.abc import Iterator

from writer.claims.paper import Checked
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._claims import hit_of
from writer.model.finding import Confidence, Place, Severity


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per change whose verb its numbers deny."""
    for item in checked.judged:
        if item.held is None or not item.held.denied:
            continue
        message, settle = item.held.denied, "Correct the verb, or the order of the numbers."
        if item.held.against is not None:
            yield hit_of(checked, item, item.held.against, message, settle)
            continue
        claim = item.judgement.claim
        yield PaperHit(
            where=Place(claim.file, claim.line, str(claim.column)),
            message=message,
            part=f"{claim.file}-{claim.line}-{claim.column}",
            evidence={"claim": claim.text},
            settle=settle,
        )


_TABLE = r"""\begin{table}\caption{Errors}\begin{tabular}{lr}
Model & Error $\downarrow$ \\ \hline Base & 0.31 \\ Ours & 0.34 \\ \end{tabular}\end{table}"""

RULE = paper_rule(
    code="CLM010",
    name="wrong-direction",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "an error that grows is no improvement",
            r"\begin{abstract}Ours improves the error from 0.31 to 0.34.\end{abstract}" + _TABLE,
            1,
            data=False,
        ),
        PaperExample(
            "a reduction upwards",
            r"\begin{abstract}Ours reduces the latency from 12 ms to 15 ms.\end{abstract}",
            1,
            data=False,
        ),
        PaperExample(
            "a score of how errors are found",
            r"\begin{abstract}Ours improves the AUC from 0.72 to 0.75.\end{abstract}"
            r"\begin{table}\caption{AUC}\begin{tabular}{lr} Model & Missing errors \\ \hline "
            r"Base & 0.72 \\ Ours & 0.75 \\ \end{tabular}\end{table}",
            0,
            data=False,
        ),
        PaperExample(
            "two measures that improve, side by side",
            r"\begin{abstract}Ours improves precision and latency from 0.72/0.79 to 0.75/0.61."
            r"\end{abstract}\begin{table}\caption{Results}\begin{tabular}{lrr}"
            r"Model & Precision & Latency (s) \\ \hline Base & 0.72 & 0.79 \\ Ours & 0.75 & 0.61"
            r"\\ \end{tabular}\end{table}",
            0,
            data=False,
        ),
        PaperExample(
            "an error that grows is a degradation",
            r"\begin{abstract}Ours degrades the error from 0.31 to 0.34.\end{abstract}" + _TABLE,
            0,
            data=False,
        ),
    ),
)
