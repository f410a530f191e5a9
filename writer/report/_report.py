"""The one report object that every format renders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from writer.model.claim import Judgement
from writer.model.finding import Finding


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
        judgements: verdicts on claims, in the paper's order.
        views: tables for people, shown before the findings.
        closing: tables for people, shown after the findings.
        next_step: the command that is useful next.
    """

    command: str
    document: Mapping[str, Any] = field(hash=False)
    summary: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    views: tuple[View, ...] = ()
    closing: tuple[View, ...] = ()
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A report format: its name and what renders a report as text."""

    name: str
    render: Callable[[Report], str]
