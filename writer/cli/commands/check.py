"""``sage-write check``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writer.cli._command import Command
from writer.cli.exit_codes import ExitCode
from writer.cli.options import (
    BackendOption,
    FailOn,
    FailOnOption,
    ProjectOption,
    ReportFormatOption,
    RunsOption,
)
from writer.fanout import Backend

if TYPE_CHECKING:
    from writer.cli.checking import Habits
    from writer.cli.project import Project
    from writer.latex.choice import Input
    from writer.model.result import CheckResult

_RULES = "RULE,..."


def run(
    paper: Annotated[
        Path | None,
        typer.Argument(
            metavar="PAPER",
            show_default=False,
            help="A main file or any part of it, a folder, or a source archive; by default "
            "'main' of sage-write.toml, else this folder.",
        ),
    ] = None,
    section: Annotated[
        str | None,
        typer.Option(
            "--section",
            "-s",
            metavar="NAME",
            show_default=False,
            help="Only this section: abstract, introduction, conclusion, words of a heading, "
            "or all.",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            metavar="DIR",
            show_default=False,
            help="Hold the paper against this data package first.",
        ),
    ] = None,
    project: ProjectOption = None,
    runs: RunsOption = None,
    backend: BackendOption = Backend.LOCAL,
    form: ReportFormatOption = "text",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            show_default=False,
            help="Write the report to this file instead of standard output.",
        ),
    ] = None,
    fail_on: FailOnOption = FailOn.WARNING,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar=_RULES,
            show_default=False,
            help="Only findings of these rules, by name or code.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore", metavar=_RULES, show_default=False, help="No findings of these rules."
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            show_default=False,
            help="Findings in this file are known: only others count.",
        ),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(
            "--write-baseline",
            metavar="FILE",
            show_default=False,
            help="Write the findings to this file, for --baseline.",
        ),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show every verdict, not only what is wrong.")
    ] = False,
) -> None:
    """Hold a paper against its data, or against its own tables and text."""
    from writer.cli.checking import Habits, main_of, root_of
    from writer.cli.project import open_beside
    from writer.latex.choice import open_input

    habits = Habits(tuple(select or ()), tuple(ignore or ()), baseline)
    opened = open_beside(paper, project, data, runs, backend)
    path = paper or main_of(opened.config)
    with open_input(path, root_of(path, opened.root)) as chosen:
        result = _result(chosen, opened, section, habits)
        _report(result, path, chosen, form, output, write_baseline, verbose=verbose)
    if write_baseline is not None:
        raise typer.Exit(ExitCode.CLEAN)
    if not result.judgements and not result.findings:
        raise typer.Exit(ExitCode.NOTHING)
    from writer.cli.output import leave

    leave(result.findings, fail_on)


def _result(chosen: Input, opened: Project, section: str | None, habits: Habits) -> CheckResult:
    from writer.claims.check import check_paper

    result = habits.apply(
        check_paper(
            chosen.main, chosen.root, opened.dataset, opened.audit, opened.config, section=section
        )
    )
    return replace(result, notes=(*chosen.notes, *result.notes))


def _report(
    result: CheckResult,
    paper: Path,
    chosen: Input,
    form: str,
    output: Path | None,
    baseline: Path | None,
    *,
    verbose: bool,
) -> None:
    from writer.cli.cards import cards
    from writer.cli.checking import naming, refuse_sources
    from writer.cli.output import deliver
    from writer.report._check import check_report

    report = check_report(result, verbose=verbose, cards=cards(), shown=naming(chosen.root))
    for path in filter(None, (output, baseline)):
        refuse_sources(path, paper, chosen.root, result)
    deliver(report, form, output)
    if baseline is not None:
        _write_baseline(baseline, result)


def _write_baseline(path: Path, result: CheckResult) -> None:
    from writer import __version__
    from writer.triage.baseline import write_baseline

    known = [item for item in result.suppressed if item.suppressed_by == "baseline"]
    count = write_baseline(path, (*result.findings, *known), __version__)
    typer.echo(f"{path}: {count} findings are known from now on", err=True)


COMMAND = Command(
    "check",
    run,
    summary="Hold a paper's claims against the data.",
    example="sage-write check data/abstract.tex --section abstract",
)
