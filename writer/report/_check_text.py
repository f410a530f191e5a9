"""A check as text: each finding with its source line, a caret, the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from writer.model.claim import Judgement, Verdict
from writer.model.unit import counted
from writer.report._excerpt import excerpt
from writer.report._issue import (
    VERDICTS,
    Checked,
    Issue,
    chance_words,
    evidence_lines,
    evidence_summary,
)
from writer.report._report import View
from writer.report._rich import indented, plain, table, text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

MOST = {"error": 8, "warning": 6, "note": 4}
"""Findings of each severity that are shown in full, unless everything was asked for."""

MOST_OF_EACH = {"error": 4, "warning": 3, "note": 2}
"""The same for each of several papers."""

MOST_SUPPORTED = 8
MOST_SUPPORTED_OF_EACH = 3
MOST_SUPPRESSED = 8
MOST_PLACES = 3
"""Lines that are named of one thing that is said in several."""

MOST_CELLS = 4
MOST_LINES = 4
"""Lines of a finding's message."""

_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def check_parts(seen: Checked, width: int, *, several: bool = False) -> Iterator[RenderableType]:
    """The findings, most serious first; then what is supported; on demand the rest.

    Args:
        seen: the check of one paper.
        width: of a line, in cells.
        several: whether it is one of several papers, of each of which less is shown.
    """
    most = MOST_OF_EACH if several else MOST
    left_out: dict[str, int] = {}
    shown: dict[str, int] = {}
    for issue in seen.issues:
        severity = str(issue.finding.severity)
        if seen.verbose or shown.get(severity, 0) < most[severity]:
            shown[severity] = shown.get(severity, 0) + 1
            yield from _issue(issue, seen, width)
        else:
            left_out[severity] = left_out.get(severity, 0) + 1
    if left_out:
        told = ", ".join(
            f"{count} {name}{'s' if count > 1 else ''}" for name, count in left_out.items()
        )
        yield text("")
        yield text(f"and {told} more (--verbose)", "bold")
    yield from _supported(seen, MOST_SUPPORTED_OF_EACH if several else MOST_SUPPORTED)
    if seen.verbose:
        yield from _rest(seen)


def suppressed_parts(seen: Checked) -> Iterator[RenderableType]:
    """What the author accepts; findings of a baseline are only counted."""
    listed = [
        item for item in seen.suppressed if seen.verbose or item.finding.suppressed_by != "baseline"
    ]
    shown = listed if seen.verbose else listed[:MOST_SUPPRESSED]
    yield text("")
    yield text(f"Suppressed by the author ({len(seen.suppressed)}):", "bold")
    for item in shown:
        finding = item.finding
        where = item.place or "the paper"
        if finding.suppressed_by == "settings":
            where = finding.experiment or where
        yield indented(text(f"{finding.rule} in {where}: {finding.suppressed}"), 2)
    if len(listed) > len(shown):
        yield indented(text(f"and {len(listed) - len(shown)} more (--verbose)"), 2)
    old = [] if seen.verbose else _known(seen.suppressed)
    if old:
        told = f"{counted(len(old), 'findings')} {old[0].finding.suppressed} (--verbose)"
        yield indented(text(told), 2)


def _known(issues: Iterable[Issue]) -> list[Issue]:
    return [item for item in issues if item.finding.suppressed_by == "baseline"]


def _issue(issue: Issue, seen: Checked, width: int) -> Iterator[RenderableType]:
    yield text("")
    yield from _head(issue, width)
    if issue.source and issue.column is not None and issue.line is not None:
        number = f"{issue.line}"
        margin = len(number) + 5
        line, carets = excerpt(plain(issue.source), issue.column, issue.end, width - margin)
        yield text(f"  {number} | {line}", "dim")
        yield text(f"  {' ' * len(number)} | {carets}")
    judgement = issue.judgement
    if judgement is None:
        yield from _message(issue)
        return
    if _says_more(issue, judgement):
        yield from _message(issue)
    yield indented(text(judgement.reason), 2)
    for line in _grounds(judgement, seen):
        yield indented(text(line, "dim"), 2)


def _says_more(issue: Issue, judgement: Judgement) -> bool:
    """Whether a rule found something beside the verdict on its claim: "2x" told of 1.6."""
    finding = issue.finding
    return finding.rule != judgement.rule and judgement.reason not in finding.message


def _head(issue: Issue, width: int) -> Iterator[RenderableType]:
    """Place and verdict; a place that leaves no room has a line of its own, never broken."""
    from rich.text import Text

    place, said = Text(plain(issue.place), "dim"), _said(issue)
    together = Text.assemble(place, "  " if issue.place else "", said)
    if together.cell_len <= width or not issue.place:
        yield together
        return
    place.no_wrap = True
    yield place
    yield indented(said, 2)


def _said(issue: Issue) -> Text:
    from rich.text import Text

    finding, judgement = issue.finding, issue.judgement
    style = _STYLES[finding.severity]
    verdict = _verdict(issue)
    parts: list[str | tuple[str, str]] = []
    if verdict and judgement is not None:
        parts += [(verdict, style), "  ", (plain(judgement.claim.text), "bold")]
    else:
        parts += [(str(finding.severity), style), "  ", (finding.rule, "bold")]
        parts += [(f"  {finding.code}", "dim")]
    if finding.confidence != "high":
        parts += [(f"  ({finding.confidence} confidence)", "dim")]
    return Text.assemble(*parts)


def _verdict(issue: Issue) -> str:
    """The claim's verdict where the rule says no more than that."""
    judgement = issue.judgement
    if judgement is None or judgement.verdict is Verdict.SUPPORTED:
        return ""
    word = VERDICTS[judgement.verdict]
    plainly = issue.finding.rule in ("contradicted-claim", "unsupported-claim")
    return word if plainly else f"{word} ({issue.finding.rule})"


def _message(issue: Issue) -> Iterator[RenderableType]:
    lines = issue.finding.message.splitlines()
    for line in lines[:MOST_LINES]:
        yield indented(text(line), 2)
    for place in issue.finding.where[1 : 1 + MOST_CELLS]:
        yield indented(text(str(place), "dim"), 2)


def _grounds(judgement: Judgement, seen: Checked) -> list[str]:
    """Formula, cells and chance."""
    lines = [f"= {judgement.formula}"] if judgement.formula else []
    cells = evidence_lines(judgement, seen.shown)
    most = len(cells) if seen.verbose else MOST_CELLS
    lines += cells[:most]
    if len(cells) > most:
        lines.append(f"and {len(cells) - most} more cells (--verbose)")
    return [*lines, *filter(None, [chance_words(judgement)])]


def _merged(rows: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Rows that say the same of several lines of one file, as one."""
    found: dict[tuple[str, ...], list[str]] = {}
    for place, claim, evidence in rows:
        file, _, line = place.rpartition(":")
        lines = found.setdefault((file, claim, evidence), [])
        if line not in lines:
            lines.append(line)
    for (file, claim, evidence), lines in found.items():
        told = ", ".join((*lines[:MOST_PLACES], *(["…"] if len(lines) > MOST_PLACES else [])))
        yield f"{file}{':' if file else ''}{told}", claim, evidence


def _line(item: Judgement, seen: Checked) -> str:
    """The line; with the file's name where the paper has several."""
    if len(seen.result.files) > 1:
        return f"{item.claim.file.rpartition('/')[2]}:{item.claim.line}"
    return str(item.claim.line)


def _supported(seen: Checked, most: int) -> Iterable[RenderableType]:
    supported = (item for item in seen.result.judgements if item.verdict is Verdict.SUPPORTED)
    items = sorted(supported, key=lambda item: not item.evidence)  # what is only told again: last
    merged = _merged((_line(item, seen), item.claim.text, evidence_summary(item)) for item in items)
    rows = list(merged)
    if not seen.verbose and len(rows) > most:
        rows[most:] = [("", f"and {len(rows) - most} more", "(--verbose)")]
    if rows:
        yield from table(View("Supported", ("line", "claim", "evidence"), tuple(rows)))


def _rest(seen: Checked) -> Iterable[RenderableType]:
    rows = tuple(
        (_line(item, seen), item.claim.text, item.reason)
        for item in seen.result.judgements
        if item.verdict is Verdict.NOT_CHECKED
    )
    if rows:
        yield from table(View("Not checked", ("line", "claim", "why"), rows))
