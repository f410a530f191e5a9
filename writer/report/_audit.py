"""The report of an audit."""

from __future__ import annotations

from typing import Any

from writer.model.result import AuditResult, RuleRun
from writer.model.run import RunSet
from writer.model.unit import counted
from writer.report import _documents as documents
from writer.report import _numbers as numbers
from writer.report._report import Report, View
from writer.verify.held import Borne


def coverage(result: AuditResult) -> dict[str, Any]:
    """How far the audit looked: rules, experiments and cells by grade."""
    return {
        "experiments": list(result.experiments),
        "measurements": dict(result.grades),
        "rules": [_run(run) for run in result.runs],
        "rules_applied": sum(run.applied for run in result.runs),
        "rules_not_applied": sum(not run.applied for run in result.runs),
        "not_judged": sum(len(run.not_judged) for run in result.runs),
    }


def _run(run: RuleRun) -> dict[str, Any]:
    return {
        "rule": run.card.name,
        "code": run.card.code,
        "applied": run.applied,
        "judged": list(run.judged),
        "not_judged": [{"experiment": name, "reason": reason} for name, reason in run.not_judged],
    }


def audit_report(
    result: AuditResult,
    *,
    show_coverage: bool,
    cells: tuple[Borne, ...] = (),
    runs: RunSet | None = None,
) -> Report:
    """Findings and coverage, and each number of ``cells`` with what ``runs`` give.

    ``show_coverage`` lists every reason for not judging.
    """
    covered = coverage(result)
    grades = ", ".join(f"{count} {grade}" for grade, count in result.grades.items() if count)
    counts = _severities(result)
    summary = (
        f"{counted(len(result.experiments), 'experiments')}, "
        f"{counted(sum(result.grades.values()), 'cells')}: {grades}",
        f"{len(result.runs)} rules: {covered['rules_applied']} judged at least one experiment, "
        f"{covered['rules_not_applied']} did not apply; "
        f"{counted(covered['not_judged'], 'times')} a rule could not judge"
        + ("" if show_coverage or not covered["not_judged"] else " (--coverage says why)"),
        f"{counted(len(result.findings), 'findings')}: {counts}"
        if result.findings
        else "no findings",
        *((numbers.line(cells, result.findings),) if cells else ()),
        *((_read(runs),) if runs is not None else ()),
    )
    return Report(
        command="audit",
        document={
            "digest": result.digest,
            "findings": [documents.finding(item) for item in result.findings],
            "suppressed": [documents.finding(item) for item in result.suppressed],
            "coverage": covered,
            **({"numbers": numbers.numbers(cells, result.findings)} if cells else {}),
        },
        summary=summary,
        findings=result.findings,
        suppressed=result.suppressed,
        closing=(
            *((numbers.view(cells, result.findings),) if cells else ()),
            *((_reasons(result),) if show_coverage else ()),
        ),
        next_step="sage-write explain "
        + (result.findings[0].rule if result.findings else "RULE")
        + ", or sage-write build to see the limitations in the paper",
    )


def _read(runs: RunSet) -> str:
    problems, skipped = len(runs.problems()), len(runs.skipped)
    more = "; 'sage-write verify --runs' lists them" if problems or skipped else ""
    return (
        f"{counted(len(runs.runs), 'runs')} read, {counted(skipped, 'files')} skipped, "
        f"{counted(problems, 'problems')} in their files{more}"
    )


def _severities(result: AuditResult) -> str:
    names = [str(finding.severity) for finding in result.findings]
    return ", ".join(
        f"{names.count(name)} {name}{'s' if names.count(name) > 1 else ''}"
        for name in ("error", "warning", "note")
        if name in names
    )


def _reasons(result: AuditResult) -> View:
    rows = []
    for run in result.runs:
        by_reason: dict[str, list[str]] = {}
        for experiment, reason in run.not_judged:
            by_reason.setdefault(reason, []).append(experiment)
        rows.append((run.card.name, ", ".join(run.judged) or "none", ""))
        rows.extend(("", "not: " + ", ".join(names), reason) for reason, names in by_reason.items())
    return View("Coverage", ("rule", "experiments judged", "why not"), tuple(rows))
