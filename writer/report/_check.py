"""The report of a check: a paper held against the data."""

from __future__ import annotations

from collections import Counter

from writer.model.claim import Judgement, Verdict
from writer.model.result import CheckResult
from writer.model.unit import counted
from writer.report import _documents as documents
from writer.report._report import Report, View


def check_report(result: CheckResult, *, verbose: bool) -> Report:
    """Verdicts and findings; ``verbose`` also shows what is supported or skipped."""
    covered = result.coverage()
    counts = Counter(item.verdict for item in result.judgements)
    summary = (
        f"{', '.join(result.files)}: {counted(covered['quantities'], 'quantities')}, "
        f"{covered['checked']} checked, {covered['not_checked']} not checked; "
        f"{counted(covered['words'], 'words')} of judgement",
        ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
        or "nothing was claimed",
        *(f"note: {note}" for note in result.notes),
    )
    return Report(
        command="check",
        document={
            "files": list(result.files),
            "claims": [documents.judgement(item) for item in result.judgements],
            "findings": [documents.finding(item) for item in result.findings],
            "suppressed": [documents.finding(item) for item in result.suppressed],
            "coverage": covered,
            "notes": list(result.notes),
        },
        summary=summary,
        views=() if verbose else _supported(result.judgements),
        judgements=tuple(item for item in result.judgements if verbose or _wrong(item)),
        findings=tuple(item for item in result.findings if item.rule not in _SHOWN_AS_CLAIMS),
        suppressed=result.suppressed,
        next_step="sage-write trace VALUE says where a number comes from"
        + ("" if verbose else "; --verbose shows every verdict"),
    )


_SHOWN_AS_CLAIMS = ("contradicted-claim", "unsupported-claim")


def _wrong(item: Judgement) -> bool:
    return item.verdict in (Verdict.CONTRADICTED, Verdict.UNSUPPORTED)


def _line(item: Judgement, judgements: tuple[Judgement, ...]) -> str:
    """The line; with the file's name where the paper has several."""
    several = len({other.claim.file for other in judgements}) > 1
    name = item.claim.file.rpartition("/")[2]
    return f"{name}:{item.claim.line}" if several else str(item.claim.line)


def _supported(judgements: tuple[Judgement, ...]) -> tuple[View, ...]:
    rows = tuple(
        (_line(item, judgements), item.claim.text, item.formula or item.reason)
        for item in judgements
        if item.verdict is Verdict.SUPPORTED
    )
    return (View("Supported", ("line", "claim", "evidence"), rows),) if rows else ()
