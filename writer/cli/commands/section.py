"""``sage-write section``."""

from __future__ import annotations

from typing import Annotated

import typer

from writer.cli._command import Command
from writer.cli.options import (
    BackendOption,
    ForceOption,
    FormatOption,
    OutputFormat,
    OutputOption,
    ProjectOption,
    RunsOption,
)
from writer.fanout import Backend


def run(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            show_default=False,
            help="Name of its template; by default the one in sage-write.toml.",
        ),
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the sections there are.")] = False,
    output: OutputOption = None,
    force: ForceOption = False,
    project: ProjectOption = None,
    runs: RunsOption = None,
    backend: BackendOption = Backend.LOCAL,
    form: FormatOption = OutputFormat.TEXT,
) -> None:
    """Write a section with its tables and figures, and provenance.json beside it."""
    from writer.cli.output import show
    from writer.cli.project import Use, open_project
    from writer.cli.writing import list_sections, write

    opened = open_project(project, runs, Use.VALUES, backend)
    if listing:
        show(list_sections(opened), form)
        return
    chosen = name or opened.config.section
    show(write("section", chosen, opened, opened.output(output), force=force), form)


COMMAND = Command(
    "section",
    run,
    summary="Write a section, its tables, figures and provenance.",
    example="sage-write section experiments -o build",
)
