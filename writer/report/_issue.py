"""A check as its reports show it: findings with the claim, the source and the evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from writer.model.claim import Judgement, Verdict
from writer.model.finding import Finding, Place
from writer.model.result import CheckResult, Span
from writer.model.rule import Card


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding on a paper, and where it stands.

    Attributes:
        finding: the finding.
        judgement: the claim it speaks of, or None.
        index: that claim's index in the result, or None.
        file: as the user would name it; empty for no file.
        line, column: 1-based, or None.
        end: column after the claim's last character on the same line, or None.
        source: the line of the source, or the empty string.
    """

    finding: Finding
    judgement: Judgement | None
    index: int | None
    file: str
    line: int | None
    column: int | None
    end: int | None
    source: str

    @property
    def place(self) -> str:
        """``file:line:column``, as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the reports on a paper render.

    Attributes:
        result: the check.
        issues, suppressed: its findings, most serious first, then in the paper's order.
        cards: the rules, by name.
        verbose: whether people asked for everything.
        shown: a file's name as the user would say it.
    """

    result: CheckResult
    issues: tuple[Issue, ...]
    suppressed: tuple[Issue, ...]
    cards: Mapping[str, Card] = field(hash=False)
    verbose: bool
    shown: Callable[[str], str]

    def by_claim(self) -> dict[int, list[Issue]]:
        """The issues of each claim, suppressed ones included, by the claim's index."""
        found: dict[int, list[Issue]] = {}
        for issue in (*self.issues, *self.suppressed):
            if issue.index is not None:
                found.setdefault(issue.index, []).append(issue)
        return found


def checked(
    result: CheckResult, cards: Sequence[Card], shown: Callable[[str], str], *, verbose: bool
) -> Checked:
    """Join the findings of ``result`` with their claims and sources."""
    claims: dict[tuple[str, int | None, str], list[int]] = {}
    for index, item in enumerate(result.judgements):
        key = (item.claim.file, item.claim.line, str(item.claim.column))
        claims.setdefault(key, []).append(index)
    spans = {span.judgement: span for passage in result.passages for span in passage.spans}
    lines = {name: text.split("\n") for name, text in result.sources.items()}
    order = {name: place for place, name in enumerate(result.files)}

    def issue(item: Finding) -> Issue:
        place = item.where[0] if item.where else None
        if place is None:
            return Issue(item, None, None, "", None, None, None, "")
        found = claims.get((place.file, place.row, place.column), [])
        same = [each for each in found if result.judgements[each].rule == item.rule]
        index = next(iter(same or found), None)
        text = lines.get(place.file, [])
        source = text[place.row - 1] if place.row and place.row <= len(text) else ""
        column = int(place.column) if place.column.isdecimal() and place.file in lines else None
        return Issue(
            item,
            None if index is None else result.judgements[index],
            index,
            shown(place.file),
            place.row,
            column,
            None if index is None else _end(spans.get(index), place.row),
            source.rstrip("\r"),
        )

    def position(item: Finding) -> tuple[int, int, bool, int, int, int]:
        place = item.where[0] if item.where else Place("", None, "")
        column = int(place.column) if place.column.isdecimal() else 0
        file = order.get(place.file, len(order))
        nowhere = place.row is None
        return (item.severity.rank, item.confidence.rank, nowhere, file, place.row or 0, column)

    return Checked(
        result,
        tuple(map(issue, sorted(result.findings, key=position))),
        tuple(map(issue, sorted(result.suppressed, key=position))),
        {card.name: card for card in cards},
        verbose,
        shown,
    )


def _end(span: Span | None, line: int | None) -> int | None:
    return span.end_column if span is not None and span.end_line == line else None


VERDICTS = {
    Verdict.CONTRADICTED: "contradicted",
    Verdict.UNSUPPORTED: "unsupported",
    Verdict.SUPPORTED: "supported",
    Verdict.NOT_CHECKED: "not checked",
}
"""Verdicts in words, most serious first."""


def evidence_lines(item: Judgement, shown: Callable[[str], str]) -> list[str]:
    """Each cell of a judgement's evidence: what it is, its value, where it stands."""
    return ["  ".join(filter(None, cell_words(cell, shown))) for cell in item.evidence]


def cell_words(cell: Mapping[str, object], shown: Callable[[str], str]) -> tuple[str, str, str]:
    """A cell's name, its value with the unit, and its place.

    A cell of the paper's own tables is named by its headers and has the text as printed.
    """
    parts = (shown(str(cell.get("file") or "")), cell.get("row"), cell.get("column"))
    place = ":".join(str(part) for part in parts if part)
    name, headers = str(cell.get("id") or ""), cell.get("headers")
    if isinstance(headers, list | tuple):
        found = table_cell(cell)
        table = "" if found is None else f"Table {found[0]}: "
        return (table + ", ".join(map(str, headers)), str(cell.get("text") or ""), place)
    value, unit = cell.get("value"), str(cell.get("unit") or "")
    number = f"{value:.10g}" if isinstance(value, int | float) else str(value or "")
    return (name, number if unit == "1" else f"{number} {unit}".strip(), place)


_TABLE_CELL = re.compile(r"table-(\d+)/(\d+)/(\d+)")


def table_cell(cell: Mapping[str, object]) -> tuple[int, int, int] | None:
    """The table's number, row and column of a cell of the paper's own tables."""
    found = _TABLE_CELL.fullmatch(str(cell.get("id") or ""))
    return None if found is None else (int(found[1]), int(found[2]), int(found[3]))


def evidence_summary(item: Judgement) -> str:
    """The evidence in one line: the formula, or for the paper's own tables the reason."""
    own = any(table_cell(cell) is not None for cell in item.evidence)
    if own or not item.formula:
        return item.reason
    formula = item.formula.replace(",", ", ")  # ids are long: lines break between them
    return f"{formula} = {item.found}" if item.found else formula


def chance_words(item: Judgement) -> str:
    """How likely the match is by chance; the empty string where it was not estimated."""
    if item.chance is None:
        return ""
    percent = 100 * item.chance
    amount = "less than 0.1%" if percent < 0.1 else f"{percent:.2g}%"
    return f"random digits would match with a probability of {amount}"
