"""``--select`` and ``--ignore``: which rules an author wants to hear of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from writer.model.finding import Finding
from writer.model.result import CheckResult


def chosen(result: CheckResult, select: Collection[str], ignore: Collection[str]) -> CheckResult:
    """The result with the findings of the rules in ``select`` (all if empty), less ``ignore``.

    Both hold codes. Verdicts and coverage stay as they are.
    """

    def wanted(item: Finding) -> bool:
        return (not select or item.code in select) and item.code not in ignore

    return replace(
        result,
        findings=tuple(filter(wanted, result.findings)),
        suppressed=tuple(filter(wanted, result.suppressed)),
    )
