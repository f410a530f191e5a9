"""``sage-write limitations``."""

from __future__ import annotations

from writer.cli._command import Command
from writer.cli.options import (
    ForceOption,
    FormatOption,
    OutputFormat,
    OutputOption,
    ProjectOption,
    RunsOption,
)


def run(
    output: OutputOption = None,
    force: ForceOption = False,
    project: ProjectOption = None,
    runs: RunsOption = None,
    form: FormatOption = OutputFormat.TEXT,
) -> None:
    """Draft the Limitations section from the findings, most serious first."""
    from writer.cli.output import show
    from writer.cli.project import Use, open_project
    from writer.cli.writing import write

    opened = open_project(project, runs, Use.VALUES)
    show(write("limitations", "limitations", opened, opened.output(output), force=force), form)


COMMAND = Command(
    "limitations",
    run,
    summary="Draft the Limitations section from the findings.",
    example="sage-write limitations",
)
