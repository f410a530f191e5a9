"""``sage-write init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from writer.cli._command import Command
from writer.cli.options import FormatOption, OutputFormat


def run(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", show_default=False, help="A new or empty folder.")
    ],
    form: FormatOption = OutputFormat.TEXT,
) -> None:
    """Make a small working paper project, with a tour in its comments."""
    from writer.cli.output import show
    from writer.cli.writing import shown
    from writer.errors import PathError
    from writer.files import read_bytes, write_atomic
    from writer.report import Report
    from writer.resources import folder as resource

    source = resource("templates") / "project"
    names = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
    if folder.exists() and not folder.is_dir():
        raise PathError(
            "this is a file", file=str(folder), expected="a new folder, or an empty one"
        )
    taken = [name for name in names if (folder / name).exists()]
    if taken:
        raise PathError(
            f"'{taken[0]}' is there already",
            file=str(folder / taken[0]),
            expected="a folder without these files",
            hint="choose another folder; nothing was written",
        )
    for name in names:
        write_atomic(folder / name, read_bytes(source / name))
    show(
        Report(
            command="init",
            document={"folder": str(folder), "files": [str(name) for name in names]},
            summary=(
                f"{shown(folder)}: a paper project with {len(names)} files",
                *(f"  {name}" for name in names),
            ),
            next_step=f"cd {folder} && sage-write audit",
        ),
        form,
    )


COMMAND = Command(
    "init",
    run,
    summary="Make a small working paper project.",
    example="sage-write init my-paper",
)
