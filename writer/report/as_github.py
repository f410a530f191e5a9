"""Annotations of a GitHub workflow: commands on standard output that its runner reads.

Source of the syntax and the escapes: GitHub, *Workflow commands for GitHub Actions*, and
the ``command`` module of ``actions/toolkit``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from writer.model.finding import Severity
from writer.report._check import summary_lines
from writer.report._issue import Issue
from writer.report._report import Format, Part, Report, need_check
from writer.report._rich import plain

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

_MOST_SUPPRESSED = 30
"""A message has its limit; the other formats have them all."""


def _render(report: Report) -> str:
    seen = need_check(report)
    lines = [_command("notice", "; ".join(summary_lines(seen)), title="sage-write check")]
    lines += [_issue(item) for item in seen.issues]
    if seen.suppressed:
        told = "\n".join(
            f"{item.place or 'the paper'}: {item.finding.rule}: {item.finding.suppressed}"
            for item in seen.suppressed[:_MOST_SUPPRESSED]
        )
        if len(seen.suppressed) > _MOST_SUPPRESSED:
            told += f"\nand {len(seen.suppressed) - _MOST_SUPPRESSED} more"
        lines.append(_command("notice", told, title=f"{len(seen.suppressed)} suppressed"))
    return "\n".join(lines) + "\n"


def _issue(item: Issue) -> str:
    finding = item.finding
    same_line = item.line is not None and item.end is not None
    return _command(
        _COMMANDS[finding.severity],
        _message(item),
        file=item.file or None,
        line=item.line,
        col=item.column if item.line is not None else None,
        endColumn=item.end if same_line else None,
        title=f"{finding.rule} ({finding.code})",
    )


def _message(item: Issue) -> str:
    parts = [item.finding.message]
    if item.judgement is not None and item.judgement.formula:
        parts.append(f"= {item.judgement.formula}")
    return "\n".join(parts)


def _command(name: str, message: str, **properties: str | int | None) -> str:
    given = ",".join(f"{key}={_property(value)}" for key, value in _known(properties))
    return f"::{name} {given}::{_data(message)}"


def _known(properties: dict[str, str | int | None]) -> Iterator[tuple[str, str]]:
    for key, value in properties.items():
        if value is not None:
            yield key, str(value)


def _data(text: str) -> str:
    text = plain(text.replace("\r\n", "\n"))  # a log is a terminal too
    return text.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _broken(part: Part) -> str:
    return _command("error", part.error, file=part.name, title="could not be checked") + "\n"


def _join(texts: Sequence[tuple[Part, str]]) -> str:
    return "".join(text for _, text in texts)


FORMAT = Format("github", _render, join=_join, broken=_broken)
