"""Run the rules on papers over a judged paper."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from writer.claims import rules as rules_package
from writer.claims.paper import Checked
from writer.claims.rule import PaperHit, PaperRule
from writer.config import Config
from writer.discover import modules
from writer.errors import SageWriteError, ToolError
from writer.model.finding import Finding, order
from writer.model.measurement import slug
from writer.model.rule import unique


@cache
def all_rules() -> tuple[PaperRule, ...]:
    """Every rule in ``writer/claims/rules``, by code.

    Raises:
        ToolError: two rules share a code or a name.
    """
    return unique(module.RULE for module in modules(rules_package))


def run_rules(checked: Checked, config: Config) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings most serious first, and those that the author accepts.

    Raises:
        ToolError: a rule crashed; the message names it.
    """
    found = [_finding(rule, hit) for rule in all_rules() for hit in _hits(rule, checked)]
    marked = [_suppressed(item, config) for item in sorted(found, key=order)]
    return (
        tuple(item for item in marked if item.suppressed is None),
        tuple(item for item in marked if item.suppressed is not None),
    )


def _suppressed(finding: Finding, config: Config) -> Finding:
    for item in config.suppressions:
        if item.covers(finding):
            return replace(finding, suppressed=item.reason)
    return finding


def _hits(rule: PaperRule, checked: Checked) -> list[PaperHit]:
    try:
        return list(rule.check(checked))
    except SageWriteError:
        raise
    except Exception as error:
        raise ToolError(
            f"the rule '{rule.card.name}' crashed: {type(error).__name__}: {error}",
            hint="this is a bug of sage-write; please report it with the paper",
        ) from error


def _finding(rule: PaperRule, hit: PaperHit) -> Finding:
    card = rule.card
    return Finding(
        id=f"{card.name}/{slug(hit.part)}",
        rule=card.name,
        code=card.code,
        severity=card.severity,
        confidence=card.confidence,
        experiment=hit.experiment,
        where=(hit.where,),
        message=hit.message,
        evidence=hit.evidence,
        limitation="",
        settle=hit.settle,
        limitation_template="",
        settle_template="",
    )
