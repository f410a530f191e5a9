"""``sage-write check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writer.cli._command import Command
from writer.cli.exit_codes import ExitCode
from writer.cli.options import (
    BackendOption,
    DataOption,
    FailOn,
    FailOnOption,
    PapersArgument,
    ProjectOption,
    ReportFormatOption,
    RunsOption,
)
from writer.fanout import Backend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from writer.cli.checking import Habits
    from writer.cli.papers import Outcome
    from writer.model.result import CheckResult

_RULES = "RULE,..."


def run(
    papers: PapersArgument = None,
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
    data: DataOption = None,
    project: ProjectOption = None,
    runs: RunsOption = None,
    backend: BackendOption = Backend.LOCAL,
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout",
            metavar="SECONDS",
            min=0.01,
            help="Most time for one paper; beyond it, it is an error.",
        ),
    ] = 60,
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
    """Hold papers against their data, or against their own tables and text."""
    from writer.cli.checking import Habits
    from writer.cli.papers import Request, check_all, check_one, named

    names = named(papers or ())
    alone = len(names) < 2
    habits = Habits(tuple(select or ()), tuple(ignore or ()), baseline, alone=alone)
    request = Request(section, data, project, runs, habits, timeout, Path.cwd())
    if alone:
        outcomes = [check_one(names[0] if names else None, request, backend)]
    else:
        _fit_for_several(habits)
        outcomes = check_all(names, request, backend)
    _report(outcomes, form, output, write_baseline, verbose=verbose)
    raise typer.Exit(_code(outcomes, fail_on, kept=write_baseline is not None))


def _fit_for_several(habits: Habits) -> None:
    """Refuse at once what each paper would refuse."""
    from writer.cli.checking import codes
    from writer.triage.baseline import read_baseline

    codes((*habits.select, *habits.ignore))
    if habits.baseline is not None:
        read_baseline(habits.baseline)


def _report(
    outcomes: Sequence[Outcome],
    form: str,
    output: Path | None,
    baseline: Path | None,
    *,
    verbose: bool,
) -> None:
    from writer.cli.cards import cards
    from writer.cli.checking import naming, refuse_sources
    from writer.cli.output import deliver, told
    from writer.cli.papers import checked
    from writer.report._check import check_report
    from writer.report._checks import checks_report
    from writer.report._report import Part

    parts = []
    for item in outcomes:
        report = None
        if item.result is not None:
            shown = naming(item.root, form)
            report = check_report(item.result, verbose=verbose, cards=cards(), shown=shown)
            for path in filter(None, (output, baseline)):
                refuse_sources(path, item.paper, item.root, item.result)
        parts.append(Part(str(item.paper), report, item.error))
    only = parts[0].report if len(parts) == 1 else None
    if only is None and form != "text" and output is None:  # elsewhere the summary says it
        told(part.error for part in parts if part.error)
    deliver(only or checks_report(parts, verbose=verbose), form, output)
    if baseline is not None:
        _write_baseline(baseline, [result for _, result in checked(outcomes)])


def _code(outcomes: Sequence[Outcome], fail_on: FailOn, *, kept: bool) -> ExitCode:
    """The worst of the papers' exit codes; findings that were just written down are none."""
    from writer.cli.output import code_of
    from writer.cli.papers import worst

    codes = []
    for item in outcomes:
        if item.result is None:
            codes.append(ExitCode.NOTHING if item.nothing else ExitCode.BAD_INPUT)
        elif kept:
            codes.append(ExitCode.CLEAN)
        elif not item.result.judgements and not item.result.findings:
            codes.append(ExitCode.NOTHING)
        else:
            codes.append(code_of(item.result.findings, fail_on))
    return worst(codes)


def _write_baseline(path: Path, results: Sequence[CheckResult]) -> None:
    from writer import __version__
    from writer.triage.baseline import write_baseline

    found = [item for result in results for item in result.findings]
    known = [
        item for result in results for item in result.suppressed if item.suppressed_by == "baseline"
    ]
    count = write_baseline(path, (*found, *known), __version__)
    typer.echo(f"{path}: {count} findings are known from now on", err=True)


COMMAND = Command(
    "check",
    run,
    summary="Hold a paper's claims against the data.",
    example="sage-write check data/abstract.tex --section abstract",
)
