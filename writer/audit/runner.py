"""Select rules, run them on every experiment, and count what could not be judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from writer.audit import rules as rules_package
from writer.audit.rule import Context, Hit, NotJudged, Rule
from writer.config import Request, Suppression
from writer.dataset import Dataset
from writer.discover import modules
from writer.errors import ConfigError, SageWriteError, ToolError
from writer.model.experiment import Experiment
from writer.model.finding import Finding, Place, order
from writer.model.measurement import Measurement, slug
from writer.model.result import AuditResult, RuleRun
from writer.model.rule import unique
from writer.prose import sentence
from writer.verify.evidence import Evidence


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule in ``writer/audit/rules``, by code.

    Raises:
        ToolError: two rules share a code or a name.
    """
    return unique(module.RULE for module in modules(rules_package))


def audit(
    dataset: Dataset,
    *,
    requests: tuple[Request, ...] = (),
    suppressions: tuple[Suppression, ...] = (),
    selected: Iterable[Rule] | None = None,
    progress: Callable[[Rule], None] | None = None,
    known_rules: Iterable[str] = (),
    evidence: Evidence | None = None,
) -> AuditResult:
    """Run the rules on every experiment of ``dataset``.

    Args:
        dataset: what to judge.
        requests: quantities that templates and claims ask for.
        suppressions: findings that the author accepts, with reasons.
        selected: the rules to run; all of them by default.
        progress: called with each rule before it runs.
        evidence: what the raw runs behind the tables say.
        known_rules: names of rules outside the audit that may be suppressed too.

    Raises:
        ToolError: a rule crashed; the message names it.
        ConfigError: a suppression names a rule or experiment that does not exist.
    """
    chosen = tuple(all_rules() if selected is None else selected)
    _validate(suppressions, dataset, {rule.card.name for rule in all_rules()} | set(known_rules))
    context = Context(dataset, requests, evidence)
    findings: list[Finding] = []
    runs = []
    for rule in chosen:
        if progress is not None:
            progress(rule)
        run, found = _run(rule, context)
        runs.append(run)
        findings.extend(found)
    marked = [suppress(finding, suppressions) for finding in sorted(findings, key=order)]
    return AuditResult(
        findings=tuple(item for item in marked if item.suppressed is None),
        suppressed=tuple(item for item in marked if item.suppressed is not None),
        runs=tuple(runs),
        grades=dataset.by_grade(),
        experiments={name: item.title for name, item in dataset.experiments.items()},
        digest=dataset.digest,
    )


def suppress(finding: Finding, suppressions: Iterable[Suppression]) -> Finding:
    """``finding``, with the author's reason if one of ``suppressions`` covers it."""
    for item in suppressions:
        if item.covers(finding):
            return replace(finding, suppressed=item.reason)
    return finding


def _validate(suppressions: Iterable[Suppression], dataset: Dataset, names: set[str]) -> None:
    codes = {rule.card.code for rule in all_rules()}
    for item in suppressions:
        if item.rule not in names | codes:
            raise ConfigError(
                f"a suppression names the unknown rule '{item.rule}'",
                file="sage-write.toml",
                line=item.line,
                hint="'sage-write rules' lists the rules",
            )
        if item.experiment is not None and item.experiment not in dataset.experiments:
            raise ConfigError(
                f"a suppression names the unknown experiment '{item.experiment}'",
                file="sage-write.toml",
                line=item.line,
                expected=f"one of {', '.join(dataset.experiments)}",
            )


def _run(rule: Rule, context: Context) -> tuple[RuleRun, list[Finding]]:
    judged: list[str] = []
    not_judged: list[tuple[str, str]] = []
    findings: list[Finding] = []
    for experiment in context.dataset.experiments.values():
        results = _check(rule, experiment, context)
        hits = [item for item in results if isinstance(item, Hit)]
        reasons = [item for item in results if isinstance(item, NotJudged)]
        not_judged.extend((experiment.name, item.reason) for item in reasons)
        if hits or not reasons:
            judged.append(experiment.name)
        findings.extend(make_finding(rule, experiment.name, hit) for hit in hits)
    return RuleRun(rule.card, tuple(judged), tuple(not_judged)), findings


def _check(rule: Rule, experiment: Experiment, context: Context) -> list[Hit | NotJudged]:
    try:
        return list(rule.check(experiment, context))
    except SageWriteError:
        raise
    except Exception as error:
        raise ToolError(
            f"the rule '{rule.card.name}' crashed on '{experiment.name}': "
            f"{type(error).__name__}: {error}",
            hint="this is a bug of sage-write; please report it with the table",
        ) from error


def make_finding(rule: Rule, experiment: str, hit: Hit) -> Finding:
    """Render a hit's words and bind them to their evidence.

    Raises:
        TemplateError: a template of the rule asks for what the evidence lacks.
    """
    card = rule.card
    parts = [card.name, slug(experiment), *([slug(hit.part)] if hit.part else [])]
    return Finding(
        id="/".join(parts),
        rule=card.name,
        code=card.code,
        severity=hit.severity or card.severity,
        confidence=hit.confidence or card.confidence,
        experiment=experiment,
        where=tuple(_place(item) for item in hit.where),
        message=sentence(rule.message, hit.evidence, "plain"),
        evidence=hit.evidence,
        limitation=sentence(rule.limitation, hit.evidence, "plain"),
        settle=sentence(rule.settle, hit.evidence, "plain"),
        limitation_template=rule.limitation,
        settle_template=rule.settle,
        cells=tuple(item.id for item in hit.where if isinstance(item, Measurement)),
    )


def _place(item: Measurement | Place) -> Place:
    if isinstance(item, Place):
        return item
    if item.provenance is None:
        raise ToolError(f"'{item.id}' has no place: a finding points at cells")
    return Place(item.provenance.file, item.provenance.row, item.provenance.column)
