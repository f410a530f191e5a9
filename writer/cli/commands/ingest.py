"""``sage-write ingest``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from writer.cli._command import Command
from writer.cli.options import BackendOption, FormatOption, OutputFormat
from writer.fanout import Backend
from writer.verify.table_format import TableFormat


def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH...", show_default=False, help="Folders of raw results."),
    ] = None,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Folder of the dataset to write."),
    ] = Path("data/runs"),
    formats: Annotated[
        bool, typer.Option("--formats", help="List the formats that are read.")
    ] = False,
    tables: Annotated[
        TableFormat,
        typer.Option("--table-format", help="What to write the tables as; the same digits."),
    ] = TableFormat.CSV,
    backend: BackendOption = Backend.LOCAL,
    form: FormatOption = OutputFormat.TEXT,
) -> None:
    """Read raw results into a dataset: tables, descriptor, and every run with its hash."""
    from writer.cli.ingesting import format_report, ingest_report
    from writer.cli.output import show
    from writer.errors import UsageError

    if formats:
        show(format_report(), form)
        return
    if not paths:
        raise UsageError(
            "no folder to read", expected="PATH...", hint="'--formats' lists what is read"
        )
    show(ingest_report(paths, output, backend, tables), form)


COMMAND = Command(
    "ingest",
    run,
    summary="Read raw results into a dataset.",
    example="sage-write ingest results -o data/runs",
)
