"""``sage-write verify``."""

from __future__ import annotations

from typing import Annotated

import typer

from writer.cli._command import Command
from writer.cli.exit_codes import ExitCode
from writer.cli.options import BackendOption, FormatOption, OutputFormat, ProjectOption, RunsOption
from writer.fanout import Backend


def run(
    runs: RunsOption = None,
    backend: BackendOption = Backend.LOCAL,
    project: ProjectOption = None,
    lock: Annotated[
        bool, typer.Option("--lock", help="Record the hashes of all files in sage-write.lock.")
    ] = False,
    fresh: Annotated[
        bool,
        typer.Option(
            "--fresh", help="Read all samples, also those whose bytes were summarised before."
        ),
    ] = False,
    form: FormatOption = OutputFormat.TEXT,
) -> None:
    """Recompute every summary value that has samples, and hold the tables against the runs."""
    from writer.cli.noting import noted
    from writer.cli.output import show
    from writer.cli.project import open_project
    from writer.cli.verifying import notes_on_runs, verify
    from writer.report._verify import verify_report
    from writer.verify.recompute import Status

    opened = open_project(project, runs, backend=backend, fresh=fresh)
    result = verify(opened, write_lock=lock, intervals=form is OutputFormat.JSON)
    recalled = opened.evidence.recalled if opened.evidence else 0
    show(noted(verify_report(*result, recalled), notes_on_runs(opened)), form)
    read, values, cells, changes = result
    wrong = any(item.status in (Status.MISMATCH, Status.UNIT) for item in values)
    if wrong or cells.apart or changes.any or read.problems():
        raise typer.Exit(ExitCode.FINDINGS)
    nothing = not values and not cells and not changes.locked
    raise typer.Exit(ExitCode.NOTHING if nothing else ExitCode.CLEAN)


COMMAND = Command(
    "verify",
    run,
    summary="Recompute what raw results report.",
    example="sage-write verify --runs results",
)
