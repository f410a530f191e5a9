"""The one report object that every format renders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from writer.errors import ToolError

if TYPE_CHECKING:
    from writer.model.finding import Finding
    from writer.report._issue import Checked


@dataclass(frozen=True, slots=True)
class View:
    """A small table for people: a title, column headings, rows of text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a command has to say, independent of the format.

    Attributes:
        command: its name; the JSON schema is ``sage-write/<command>/1``.
        document: the JSON body without ``schema``, complete.
        summary: lines for people, coverage first.
        findings, suppressed: most serious first.
        check: a paper's verdicts and findings, where the command checked one.
        views: tables for people, shown before the findings.
        closing: tables for people, shown after the findings.
        parts: the reports on several papers, where the command checked several.
        diff: a unified diff for people, shown after the summary, line for line.
        next_step: the command that is useful next.
        plain: whether to use no colour even on a terminal.
    """

    command: str
    document: Mapping[str, Any] = field(hash=False)
    summary: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    check: Checked | None = None
    views: tuple[View, ...] = ()
    closing: tuple[View, ...] = ()
    parts: tuple[Part, ...] = ()
    diff: str = ""
    next_step: str = ""
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The report on one of several papers.

    Attributes:
        name: the paper, as the user named it.
        report: None where it could not be checked.
        error: why not, in one line.
    """

    name: str
    report: Report | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A report format.

    Attributes:
        name: as typed behind ``--format``.
        render: gives a report as text.
        join: makes one text of those of several papers. ``text`` and ``json`` have none:
            they render :attr:`Report.parts` themselves.
        broken: says of a paper in this format why it could not be checked; None where
            ``join`` says it.
    """

    name: str
    render: Callable[[Report], str]
    join: Callable[[Sequence[tuple[Part, str]]], str] | None = None
    broken: Callable[[Part], str] | None = None


def need_check(report: Report) -> Checked:
    """The check of ``report``.

    Raises:
        ToolError: the report is of another command.
    """
    if report.check is None:
        raise ToolError(f"a report of '{report.command}' has no such format")
    return report.check
