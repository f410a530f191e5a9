"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class OutputFormat(StrEnum):
    """How a command reports."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """The least severity that makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "--project",
        "-p",
        metavar="DIR",
        show_default=False,
        help="Folder with sage-write.toml; by default the nearest one at or above this folder.",
    ),
]
FormatOption = Annotated[
    OutputFormat, typer.Option("--format", "-f", help="text for people, json for programs.")
]
FailOnOption = Annotated[
    FailOn, typer.Option("--fail-on", help="Least severity that makes the exit code 1.")
]
RunsOption = Annotated[
    Path | None,
    typer.Option(
        "--runs",
        metavar="PATH",
        show_default=False,
        help="Folder of raw results: numbers are recomputed from its samples.",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        show_default=False,
        help="Folder to write to; by default the project's build folder.",
    ),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Overwrite files that were edited by hand.")
]
