"""What was made out about files and folders without being told, in a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from writer.model.run import Note
    from writer.report import Report

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
