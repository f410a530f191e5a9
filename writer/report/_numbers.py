"""Every number of the project's tables, and whether the runs behind it bear it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from writer.model.finding import Finding, Severity
from writer.model.unit import counted
from writer.report._report import View
from writer.verify.held import Borne

FOLLOWS = "follows"
DIFFERS = "differs"
NO_RUNS = "no runs"


def verdict(item: Borne) -> str:
    """Whether the runs give the number to its printed digits."""
    if item.value is None:
        return NO_RUNS
    return FOLLOWS if item.agrees else DIFFERS


def flags(item: Borne, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The rules that flag the number, notes left out: it may follow and mislead."""
    return tuple(
        dict.fromkeys(
            finding.rule
            for finding in findings
            if finding.severity is not Severity.NOTE and item.cell.id in finding.cells
        )
    )


def numbers(cells: Sequence[Borne], findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """For the JSON report: one object per number, in the tables' order."""
    return [
        {
            "id": item.cell.id,
            "printed": item.cell.value,
            "unit": item.cell.unit,
            "verdict": verdict(item),
            "recomputed": None if item.value is None else item.value.value,
            "how": item.reason,
            "runs": item.runs,
            "samples": item.samples,
            "flagged": list(flags(item, findings)),
        }
        for item in cells
    ]


def line(cells: Sequence[Borne], findings: Sequence[Finding]) -> str:
    """The numbers in one sentence."""
    verdicts = [verdict(item) for item in cells]
    clean = sum(verdict(item) == FOLLOWS and not flags(item, findings) for item in cells)
    return (
        f"{verdicts.count(FOLLOWS)} of {counted(len(cells), 'numbers')} of the tables follow from "
        f"the runs, {verdicts.count(DIFFERS)} differ, {verdicts.count(NO_RUNS)} have no runs; "
        f"{clean} follow and are flagged by no rule"
    )


def view(cells: Sequence[Borne], findings: Sequence[Finding]) -> View:
    """For people: the number, what the runs give, and what speaks against it."""
    return View(
        "Each number of the tables, held against the runs",
        ("number", "printed", "runs give", "verdict", "flagged by"),
        tuple(
            (
                item.cell.id,
                f"{item.cell.text} {item.cell.unit}".strip(),
                "" if item.value is None else f"{item.value.number:.6g}",
                verdict(item),
                ", ".join(flags(item, findings)),
            )
            for item in cells
        ),
    )
