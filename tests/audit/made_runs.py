"""Findings on runs that a test makes up."""

from __future__ import annotations

from writer.audit.example import Example, ExampleRun, Outcome
from writer.audit.runner import all_rules, audit
from writer.model.finding import Finding


def found(code: str, *given: ExampleRun) -> tuple[Finding, ...]:
    """What a rule says of runs alone."""
    example = Example(Outcome.FIRES, "made here", runs=given)
    dataset = example.dataset()
    rule = next(rule for rule in all_rules() if rule.card.code == code)
    return audit(dataset, selected=[rule], evidence=example.evidence(dataset)).findings
