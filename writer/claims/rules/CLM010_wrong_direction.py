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

import re
from collections.abc import Iterator, Sequence

from writer.claims.paper import Checked, Judged
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._claims import hit_of
from writer.claims.tables.decide import Match
from writer.claims.tables.terms import lower_is_better, terms
from writer.latex.words import words
from writer.model.finding import Confidence, Place, Severity

REACH = 80
"""How far before the first number its verb may stand, in characters."""

_VERBS = (
    ("up", r"increas\w+|rais\w+|ris\w+|rose|gr[eo]w\w*|climb\w*|boost\w*"),
    ("down", r"reduc\w+|decreas\w+|drop\w*|fall\w*|fell|lower\w*|cut\w*|shrink\w*|declin\w+"),
    ("better", r"improv\w+"),
    ("worse", r"degrad\w+|worsen\w*|deteriorat\w+"),
)
_VERB = tuple((name, re.compile(rf"\b(?:{verbs})\b", re.IGNORECASE)) for name, verbs in _VERBS)


_SCORES = words(
    "precision recall accuracy auc auroc auprc f1 map ndcg mrr iou dice bleu rouge throughput score"
)
"""Measures of which more is better, in the words of a sentence."""


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per change whose verb its numbers deny."""
    for index, other in enumerate(checked.judged):
        if other.held is None or other.held.asked.quantity.role != "to":
            continue
        one = _start_of(checked.judged[:index], other)
        if one is not None:
            yield from _judge(checked, one, other)


def _start_of(before: Sequence[Judged], other: Judged) -> Judged | None:
    """Where the change starts that ends with ``other``: "from 0.73/0.72 to 0.75/0.82" are two."""
    start = other.held.asked.partner if other.held else None
    for item in reversed(before):
        if item.sentence is not other.sentence:
            return None
        if item.held is not None and item.held.asked.quantity == start:
            return item
    return None


def _judge(checked: Checked, one: Judged, other: Judged) -> Iterator[PaperHit]:
    assert one.held is not None  # noqa: S101  # both were held, see check
    assert other.held is not None  # noqa: S101
    first, last = one.held.asked.quantity, other.held.asked.quantity
    verb = _verb(one.sentence.text, first.start)
    rises = last.value > first.value
    if verb is None or first.value == last.value or first.unit != last.unit:
        return
    match = other.held.match
    lower = _lower(one.held.match, match)
    said = {term.joined for term in terms(one.sentence.text)}
    if lower and (not lower_is_better(said) or said & _SCORES or not _is_sure(match)):
        lower = None  # a column of errors may hold a precision: the sentence must say so too
    wrong = (verb == "up" and not rises) or (verb == "down" and rises)
    if lower is not None and verb in ("better", "worse"):
        wrong = (rises == lower) == (verb == "better")
    if not wrong:
        return
    went = "up" if rises else "down"
    better = "" if lower is None else f", and {'less' if lower else 'more'} is better there"
    message = (
        f"the sentence's own numbers go {went}, from {one.judgement.claim.text} to "
        f"{other.judgement.claim.text}{better}"
    )
    settle = "Correct the verb, or the order of the numbers."
    if match is not None:
        yield hit_of(checked, other, match, message, settle)
        return
    claim = other.judgement.claim
    yield PaperHit(
        where=Place(claim.file, claim.line, str(claim.column)),
        message=message,
        part=f"{claim.file}-{claim.line}-{claim.column}",
        evidence={"claim": claim.text},
        settle=settle,
    )


def _is_sure(match: Match | None) -> bool:
    """Whether an arrow says that less is better, or a header that is no kind of errors."""
    headers = [] if match is None else [*match.cells[0].rows, *match.cells[0].columns]
    if any(arrow in text for text in headers for arrow in ("\u2193", "\u21d3")):
        return True
    return lower_is_better(
        term.joined for text in headers for term in terms(text) if term.joined != "error"
    )


def _verb(text: str, end: int) -> str | None:
    """The kind of the last verb of change before a number."""
    before = text[max(end - REACH, 0) : end]
    found = [(match.start(), name) for name, pattern in _VERB for match in pattern.finditer(before)]
    return max(found)[1] if found else None


def _lower(one: Match | None, other: Match | None) -> bool | None:
    """Whether less is better in the column that holds both ends; None if that is not known."""
    if one is None or other is None or one.table != other.table:
        return None
    if one.kind != "cell" or other.kind != "cell":
        return None
    signs = {int(match.pool.sign[match.index]) for match in (one, other)}
    return {1: False, 2: True}.get(signs.pop()) if len(signs) == 1 else None


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
