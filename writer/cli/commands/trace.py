"""``sage-write trace``."""

from __future__ import annotations

from typing import Annotated

import typer

from writer.cli._command import Command
from writer.cli.exit_codes import ExitCode
from writer.cli.options import (
    BackendOption,
    FormatOption,
    OutputFormat,
    ProjectOption,
    RunsOption,
)
from writer.fanout import Backend


def run(
    what: Annotated[
        str,
        typer.Argument(
            metavar="VALUE_OR_ID",
            show_default=False,
            help="A number as printed, or a measurement's id.",
        ),
    ],
    project: ProjectOption = None,
    runs: RunsOption = None,
    backend: BackendOption = Backend.LOCAL,
    form: FormatOption = OutputFormat.TEXT,
) -> None:
    """Say where a number comes from: cell, file and hash, formula, findings on it."""
    from dataclasses import replace

    from writer.cli.output import progress, show
    from writer.cli.project import Use, open_project
    from writer.cli.tracing import claimed_numbers, printed_numbers, trace
    from writer.cli.writing import suppressed
    from writer.report._trace import trace_report

    opened = open_project(project, runs, Use.VALUES, backend)
    traces = trace(what, opened, ())
    if not traces or what.rstrip().endswith(("%", "x", "×")):
        # only what a section prints can be derived, and rendering takes a second
        with progress(1, "rendering the sections") as step:
            printed = (*printed_numbers(opened), *claimed_numbers(opened))
            step("looking")
        traces = trace(what, opened, printed)
    report = trace_report(what, traces)
    show(
        replace(
            report,
            document={**report.document, "suppressed": suppressed(opened)},
            suppressed=opened.audit.suppressed,
        ),
        form,
    )
    if not traces:
        raise typer.Exit(ExitCode.NOTHING)


COMMAND = Command(
    "trace",
    run,
    summary="Say where a number comes from.",
    example="sage-write trace 210654.6",
)
