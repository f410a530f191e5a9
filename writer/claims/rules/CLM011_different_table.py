"""The headline number stands only in an ablation, and the main table has another.

What it checks
    Each value that one cell of an ablation or of an appendix gives: whether another table
    of the paper has the same row and the same column with another number.

Why it matters
    A variant that did better in an ablation is not the system that the paper compares with
    others.

When it is wrong
    When the two tables are of different data, which their captions say and their headers do
    not.

Example
    "Reaches 84.1% accuracy", which stands in the ablation, where the main table has 82.6%.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from writer.claims.paper import Checked
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._claims import hit_of
from writer.claims.tables.terms import terms
from writer.model.finding import Confidence, Severity
from writer.model.table import PaperTable, TableCell

_ASIDE = re.compile(r"\bablat\w+|\bvariants?\b|\bsensitivity\b|\bhyper-?parameter", re.IGNORECASE)


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per value of an ablation that a main table states otherwise."""
    aside = {table.number for table in checked.tables if _ASIDE.search(table.caption)}
    held = [(item, item.held.match) for item in checked.judged if item.held is not None]
    concerned = [
        (item, match)
        for item, match in held
        if match is not None
        and match.kind == "cell"
        and match.table in aside
        and match.cells[0].rows
        and match.cells[0].columns
        and not _ASIDE.search(item.sentence.text)
    ]
    if not concerned:
        return
    main = [table for table in checked.tables if table.number not in aside]
    twins = _twins(main)
    printed = {cell.value for table in main for cell in table.cells}
    for item, match in concerned:
        cell = match.cells[0]
        if cell.value in printed:
            continue
        for table, other in twins.get(_headers(cell), ()):
            if not other.interval.meets(cell.interval):
                yield hit_of(
                    checked,
                    item,
                    match,
                    f'"{item.judgement.claim.text}" stands in Table {match.table}, an '
                    f"ablation; Table {table.number} has {other.text} for the same",
                    "Take the number of the main table.",
                )
                break


_Headers = tuple[frozenset[str], frozenset[str]]
"""The words of a cell's headers."""


def _twins(
    tables: Iterable[PaperTable],
) -> Mapping[_Headers, Sequence[tuple[PaperTable, TableCell]]]:
    """By its headers the first cell under them of each table."""
    found: dict[_Headers, list[tuple[PaperTable, TableCell]]] = {}
    for table in tables:
        firsts: dict[_Headers, TableCell] = {}
        for cell in table.cells:
            firsts.setdefault(_headers(cell), cell)
        for headers, cell in firsts.items():
            found.setdefault(headers, []).append((table, cell))
    return found


def _headers(cell: TableCell) -> _Headers:
    return _words(cell.rows), _words(cell.columns)


def _words(path: tuple[str, ...]) -> frozenset[str]:
    return frozenset(term.joined for text in path for term in terms(text))


_MAIN = r"""\begin{table}\caption{Main results}\begin{tabular}{lr}
Model & Accuracy (\%) \\ \hline Base & 78.9 \\ Ours & 82.6 \\ \end{tabular}\end{table}"""
_ABLATION = r"""\begin{table}\caption{Ablation}\begin{tabular}{lr}
Model & Accuracy (\%) \\ \hline Ours & 84.1 \\ w/o mixing & 80.2 \\ \end{tabular}\end{table}"""

RULE = paper_rule(
    code="CLM011",
    name="different-table",
    severity=Severity.WARNING,
    confidence=Confidence.LOW,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "the ablation's number as the headline",
            r"\begin{abstract}Ours reaches an accuracy of 84.1\%.\end{abstract}"
            + _MAIN
            + _ABLATION,
            1,
            data=False,
        ),
        PaperExample(
            "a number of both, under other headers in the main table",
            r"\begin{abstract}Ours reaches an accuracy of 84.1\%.\end{abstract}"
            + _MAIN
            + _ABLATION
            + _MAIN.replace("Main results", "Few labels").replace("Ours & 82.6", "Ours-S & 84.1"),
            0,
            data=False,
        ),
        PaperExample(
            "the main table's number",
            r"\begin{abstract}Ours reaches an accuracy of 82.6\%.\end{abstract}"
            + _MAIN
            + _ABLATION,
            0,
            data=False,
        ),
    ),
)
