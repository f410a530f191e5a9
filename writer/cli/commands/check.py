"""``sage-write check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from writer.cli._command import Command
from writer.cli.exit_codes import ExitCode
from writer.cli.options import (
    FailOn,
    FailOnOption,
    FormatOption,
    OutputFormat,
    ProjectOption,
    RunsOption,
)


def run(
    paper: Annotated[
        Path,
        typer.Argument(
            metavar="PAPER.tex",
            show_default=False,
            help="The paper's main file, or any part of it.",
        ),
    ],
    section: Annotated[
        str | None,
        typer.Option(
            "--section",
            "-s",
            metavar="NAME",
            show_default=False,
            help="Only this section: abstract, introduction, conclusion, or words of a heading.",
        ),
    ] = None,
    project: ProjectOption = None,
    runs: RunsOption = None,
    form: FormatOption = OutputFormat.TEXT,
    fail_on: FailOnOption = FailOn.WARNING,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show every verdict, not only what is wrong.")
    ] = False,
) -> None:
    """Hold a paper's quantities and words of judgement against the data."""
    from writer.claims.check import check_paper
    from writer.cli.output import leave, show
    from writer.cli.project import Use, open_project
    from writer.report._check import check_report

    opened = open_project(project, runs, Use.VALUES)
    result = check_paper(
        paper,
        _root(paper, opened.root),
        opened.dataset,
        opened.audit,
        opened.config,
        section=section,
    )
    show(check_report(result, verbose=verbose), form)
    if not result.judgements and not result.findings:
        raise typer.Exit(ExitCode.NOTHING)
    leave(result.findings, fail_on)


def _root(paper: Path, project: Path) -> Path:
    """What the paper may read: the project it lies in, or its own folder."""
    path = paper.resolve()
    return project if path.is_relative_to(project.resolve()) else path.parent


COMMAND = Command(
    "check",
    run,
    summary="Hold a paper's claims against the data.",
    example="sage-write check data/abstract.tex --section abstract",
)
