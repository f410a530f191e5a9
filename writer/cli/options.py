"""Options that several commands share."""

from __future__ import annotations

import pkgutil
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from writer.fanout import Backend

_REPORTS = Path(__file__).parent.parent / "report"


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


_BY_DEFAULT = "by default 'main' of sage-write.toml, else this folder."

PaperArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="PAPER", show_default=False, help=f"A main file or a folder; {_BY_DEFAULT}"
    ),
]
PapersArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PAPER",
        show_default=False,
        help="Each a main file or any part of it, a folder, or a source archive; DIR/... is "
        f"every paper in DIR; {_BY_DEFAULT}",
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        show_default=False,
        help="Hold the paper's numbers against this data package first, not the project's.",
    ),
]
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


def _report_format(value: str) -> str:
    import difflib

    names = report_names()
    if value in names:
        return value
    near = difflib.get_close_matches(value.lower(), names, n=1)
    raise typer.BadParameter(
        f"there is no format '{value}'; "
        + (f"perhaps {near[0]}; " if near else "")
        + f"one of {', '.join(names)}"
    )


def report_names() -> list[str]:
    """The report formats there are, by the files of ``writer/report``; imports none of them."""
    files = (item.name for item in pkgutil.iter_modules([str(_REPORTS)]))
    return sorted(name.removeprefix("as_") for name in files if name.startswith("as_"))


ReportFormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        callback=_report_format,
        help=f"One of {', '.join(report_names())}.",
    ),
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
        help="Folder of raw results, or an MLflow server's address: "
        "numbers are recomputed from its samples.",
    ),
]
BackendOption = Annotated[
    Backend,
    typer.Option("--backend", help="What spreads the work: raw results, or several papers."),
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
