"""``sage-write audit``."""

from __future__ import annotations

from typing import Annotated

import typer

from writer.cli._command import Command
from writer.cli.exit_codes import ExitCode
from writer.cli.options import (
    BackendOption,
    FailOn,
    FailOnOption,
    FormatOption,
    OutputFormat,
    ProjectOption,
    RunsOption,
)
from writer.fanout import Backend


def run(
    project: ProjectOption = None,
    runs: RunsOption = None,
    backend: BackendOption = Backend.LOCAL,
    form: FormatOption = OutputFormat.TEXT,
    fail_on: FailOnOption = FailOn.WARNING,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Also list what each rule could not judge, and why.")
    ] = False,
) -> None:
    """Judge the data: findings with their limitations, and how far the rules could look."""
    from writer.cli.noting import noted
    from writer.cli.output import leave, show
    from writer.cli.project import open_project
    from writer.cli.verifying import notes_on_runs, own_cells
    from writer.report._audit import audit_report

    opened = open_project(project, runs, backend=backend)
    result = opened.audit
    read = None if opened.evidence is None else opened.evidence.runs
    report = audit_report(result, show_coverage=coverage, cells=own_cells(opened), runs=read)
    show(noted(report, notes_on_runs(opened)), form)
    if read is not None and read.problems() and fail_on is not FailOn.NEVER:
        raise typer.Exit(ExitCode.FINDINGS)
    if not sum(result.grades.values()):
        raise typer.Exit(ExitCode.NOTHING)
    leave(result.findings, fail_on)


COMMAND = Command(
    "audit",
    run,
    summary="Judge the data: findings, and how far the rules looked.",
    example="sage-write audit --coverage",
)
