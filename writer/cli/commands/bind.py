"""``sage-write bind``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from writer.cli._command import Command
from writer.cli.exit_codes import ExitCode
from writer.cli.options import (
    BackendOption,
    DataOption,
    FormatOption,
    OutputFormat,
    PaperArgument,
    ProjectOption,
    RunsOption,
)
from writer.fanout import Backend


def run(
    paper: PaperArgument = None,
    data: DataOption = None,
    project: ProjectOption = None,
    runs: RunsOption = None,
    backend: BackendOption = Backend.LOCAL,
    form: FormatOption = OutputFormat.TEXT,
    write: Annotated[
        bool, typer.Option("--write", help="Change the files; without it only the diff is shown.")
    ] = False,
) -> None:
    """Replace numbers that the data support by \\measured{id}{digits}; shows the diff first."""
    from writer.claims.bind import plan
    from writer.claims.bind import write as carry_out
    from writer.claims.check import ALL, judged_paper
    from writer.cli.checking import main_of, naming, root_of
    from writer.cli.output import show
    from writer.cli.project import open_beside
    from writer.errors import PaperError, UsageError
    from writer.latex.archive import is_archive
    from writer.latex.choice import open_input
    from writer.report._bind import bind_report

    opened = open_beside(paper, project, data, runs, backend)
    path = paper or main_of(opened.config)
    if not opened.dataset.experiments:
        raise UsageError(
            "there are no data to bind the numbers to",
            expected="--data DIR, --runs PATH, or a project's sage-write.toml",
        )
    if path.is_file() and path.suffix.lower() not in {".tex", ".ltx"} and is_archive(path):
        raise PaperError("an archive is not written to", file=str(path), hint="unpack it first")
    with open_input(path, root_of(path, opened.root)) as chosen:
        checked = judged_paper(chosen.main, chosen.root, opened.dataset, opened.audit, section=ALL)
        made = plan(checked, chosen.root)
        shown = naming(chosen.root)
        if not write or form is OutputFormat.TEXT:
            show(bind_report(made, written=False, shown=shown), form)
        if made.edits and (write or _agreed(form)):
            carry_out(made)
            done = bind_report(made, written=True, shown=shown)
            if form is OutputFormat.JSON:
                show(done, form)
            else:
                typer.echo("\n".join(("", *done.summary)))
        elif write and form is OutputFormat.JSON:
            show(bind_report(made, written=False, shown=shown), form)
        elif made.edits:
            raise typer.Exit(ExitCode.FINDINGS)
    if not (made.bindings or made.unbound or made.already):
        raise typer.Exit(ExitCode.NOTHING)


def _agreed(form: OutputFormat) -> bool:
    """Ask on a terminal."""
    if form is not OutputFormat.TEXT or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return typer.confirm("Write these changes?", default=False)


COMMAND = Command(
    "bind",
    run,
    summary="Bind a paper's numbers to their measurements.",
    example="sage-write bind data/abstract.tex",
)
