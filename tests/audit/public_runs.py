"""The public runs behind the demo, as rules on runs see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from writer.audit.rule import Rule
from writer.audit.runner import all_rules, audit
from writer.dataset import Dataset
from writer.model.finding import Finding
from writer.model.measurement import Measurement
from writer.model.number import digits
from writer.model.result import AuditResult
from writer.model.run import RunSet
from writer.verify.evidence import Evidence, gather

CODES = ("CMP003", "CMP004", "CMP005", "COV003", "COV007", "STA008", "STA009")
"""Time limits, settings, suspicious speedups, empty scores, small samples."""


def rules() -> list[Rule]:
    return [rule for rule in all_rules() if rule.card.code in CODES]


class Audited(NamedTuple):
    """A dataset held against the public runs."""

    dataset: Dataset
    evidence: Evidence
    result: AuditResult

    @property
    def found(self) -> Mapping[str, Finding]:
        return {item.id: item for item in self.result.findings}

    def of(self, rule: str) -> dict[str, str]:
        """Severity and confidence by the rest of the finding's id."""
        return {
            item.id.removeprefix(f"{rule}/"): f"{item.severity} {item.confidence}"
            for item in self.result.findings
            if item.rule == rule
        }

    def evidence_of(self, identifier: str) -> Any:
        return self.found[identifier].evidence

    def judged(self, rule: str) -> tuple[str, ...]:
        return next(run.judged for run in self.result.runs if run.card.name == rule)


def audited(dataset: Dataset, runs: RunSet) -> Audited:
    evidence = gather(runs, dataset)
    return Audited(dataset, evidence, audit(dataset, selected=rules(), evidence=evidence))


def printed(items: Sequence[object]) -> list[str]:
    return [digits(item) if isinstance(item, Measurement) else str(item) for item in items]


def levels(at: Any) -> list[str]:
    return printed(at["levels"])
