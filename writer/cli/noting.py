"""What was made out about files and folders without being told, in a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from writer.model.run import Note, Skipped
    from writer.report import Report

_REASONS = 3
_MOST = 8
"""Notes shown to people; the JSON has them all."""


def noted(report: Report, notes: Sequence[Note]) -> Report:
    """The report with notes on what was read, where there are any."""
    from writer.report import View

    if not notes:
        return report
    reasons: dict[str, list[str]] = {}
    for item in notes:
        reasons.setdefault(item.message, []).append(item.file)
    rows = [
        (files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more", message)
        for message, files in reasons.items()
    ]
    if len(rows) > _MOST:
        rows = [*rows[:_MOST], (f"and {len(rows) - _MOST} more (--format json lists all)", "")]
    return replace(
        report,
        document={
            **report.document,
            "notes": [{"file": item.file, "message": item.message} for item in notes],
        },
        views=(*report.views, View("Made out", ("file", "how"), tuple(rows))),
    )


def proposal(skipped: Sequence[Skipped]) -> str:
    """A mapping to start from for the first file that needs one; empty where none does."""
    needs = [item for item in skipped if item.proposal]
    if not needs:
        return ""
    more = f" ({len(needs)} files need one)" if len(needs) > 1 else ""
    return (
        f"give sage-write.toml a mapping; from the header of {needs[0].file}{more}, check each "
        f"line (docs/configuration.md):\n{needs[0].proposal}"
    )


def hidden(skipped: Sequence[Skipped]) -> str:
    """What to do about the first hidden folder or file; empty where none was skipped."""
    found = next((item.file for item in skipped if item.reason == "hidden"), "")
    return f"what is hidden is read where it is named: --runs .../{found}" if found else ""


def by_reason(skipped: Iterable[Skipped]) -> dict[str, list[str]]:
    """The files that were skipped for each reason, in order."""
    reasons: dict[str, list[str]] = {}
    for item in skipped:
        reasons.setdefault(item.reason, []).append(item.file)
    return reasons


def some(files: Sequence[str]) -> str:
    """The first of some files, and how many more there are."""
    return files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more"


def why_nothing(skipped: Sequence[Skipped]) -> str:
    """The commonest reasons for which files were skipped, in words."""
    ranked = sorted(by_reason(skipped).items(), key=lambda pair: -len(pair[1]))
    told = [f"{some(files)}: {reason}" for reason, files in ranked[:_REASONS]]
    rest = len(ranked) - _REASONS
    return "; ".join((*told, *([f"and {rest} more reasons"] if rest > 0 else [])))
