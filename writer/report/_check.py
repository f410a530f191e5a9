"""The report of a check: a paper held against its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from writer.model.claim import Judgement, Verdict
from writer.model.result import CheckResult
from writer.model.rule import Card
from writer.model.unit import counted
from writer.report import _documents as documents
from writer.report._issue import VERDICTS, Checked, Issue, checked, table_cell
from writer.report._report import Report

MOST_REASONS = 6
"""Reasons for not checking that are named; the others are counted together."""

MOST_NOTES = 5
"""Notes on reading the paper that are shown."""


def check_report(
    result: CheckResult,
    *,
    verbose: bool = False,
    cards: Sequence[Card] = (),
    shown: Callable[[str], str] = str,
) -> Report:
    """Coverage, verdicts and findings.

    Args:
        result: the check.
        verbose: whether to show everything, not only what is wrong.
        cards: the rules, for formats that describe them.
        shown: a file's name as the user would say it; the JSON keeps the names of ``result``.
    """
    seen = checked(result, cards, shown, verbose=verbose)
    return Report(
        command="check",
        document={
            "files": list(result.files),
            "claims": [documents.judgement(item) for item in result.judgements],
            "findings": [_finding(item) for item in seen.issues],
            "suppressed": [_finding(item) for item in seen.suppressed],
            "coverage": {**result.coverage(), "reasons": result.reasons()},
            "notes": list(result.notes),
        },
        summary=tuple(summary_lines(seen)),
        suppressed=result.suppressed,
        check=seen,
        next_step=_next(seen),
    )


def _finding(item: Issue) -> dict[str, Any]:
    document = documents.finding(item.finding)
    document["fingerprint"] = item.finding.fingerprint
    if item.finding.suppressed is not None:
        document["suppressed_by"] = item.finding.suppressed_by
    return document


def summary_lines(seen: Checked) -> list[str]:
    """Coverage first: what was found, checked, not checked and why; then the verdicts."""
    result = seen.result
    covered = result.coverage()
    reasons = list(result.reasons().items())
    named = reasons[: None if seen.verbose else MOST_REASONS]
    parts = [f"{count} ({reason})" for reason, count in named]
    if len(reasons) > len(named):
        parts.append(f"{sum(count for _, count in reasons[len(named) :])} (other reasons)")
    files = "".join(map(seen.shown, result.files[:1]))
    if len(result.files) > 1:
        files += f" and {counted(len(result.files) - 1, 'more files')}"
    notes = result.notes if seen.verbose else result.notes[:MOST_NOTES]
    return [
        f"{files}: {counted(covered['quantities'], 'quantities')}, "
        f"{covered['checked']} checked, {covered['not_checked']} not checked"
        + (f"; {counted(covered['words'], 'words')} of judgement" if covered["words"] else ""),
        *([f"not checked: {', '.join(parts)}"] if parts else []),
        verdict_line(seen),
        tables_line(result),
        *(f"note: {note}" for note in notes),
        *(
            [f"note: and {len(result.notes) - len(notes)} more (--verbose)"]
            if len(result.notes) > len(notes)
            else []
        ),
    ]


def tables_line(result: CheckResult) -> str:
    """The paper's own tables, which are evidence."""
    numbers = sum(len(table.cells) for table in result.tables)
    if not numbers:
        return "evidence in the paper: no table with numbers was found"
    return (
        f"evidence in the paper: {counted(len(result.tables), 'tables')} "
        f"with {counted(numbers, 'numbers')}"
    )


def verdict_line(seen: Checked) -> str:
    """How many claims have each verdict, and how many findings are suppressed."""
    counts = Counter(item.verdict for item in seen.result.judgements)
    told = [f"{counts[verdict]} {word}" for verdict, word in VERDICTS.items() if counts[verdict]]
    others = sum(item.judgement is None for item in seen.issues)
    if others:
        told.append(counted(others, "other findings"))
    if seen.suppressed:
        told.append(f"{len(seen.suppressed)} suppressed")
    return ", ".join(told) or "nothing was claimed"


def _from_data(seen: Checked) -> list[Judgement]:
    """What the project's data support: only that can be traced."""
    return [
        item
        for item in seen.result.judgements
        if item.verdict is Verdict.SUPPORTED and not any(map(table_cell, item.evidence))
    ]


def _next(seen: Checked) -> str:
    verdicts = {item.verdict for item in seen.result.judgements}
    more = "" if seen.verbose else "; --verbose shows every verdict"
    if seen.issues:
        return f"sage-write explain {seen.issues[0].finding.rule}" + more
    if any(item.formula or item.evidence for item in _from_data(seen)):
        return "sage-write trace VALUE says where a number comes from" + more
    if Verdict.SUPPORTED in verdicts:
        return "--format html -o check.html shows the paper with its numbers marked" + more
    return "--verbose shows what was not checked"
