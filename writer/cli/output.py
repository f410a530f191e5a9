"""Printing: the only module besides ``main`` that writes to the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from writer.cli.exit_codes import ExitCode
from writer.cli.options import FailOn, OutputFormat

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.progress import Progress

    from writer.model.finding import Finding
    from writer.report import Report


def show(report: Report, form: OutputFormat) -> None:
    """Print a report to standard output in the asked format."""
    from writer.report import format_named

    sys.stdout.write(format_named(form).render(report))
    sys.stdout.flush()


def deliver(report: Report, form: str, file: Path | None) -> None:
    """Print a report, or write it to ``file`` and print its summary.

    Raises:
        PathError: the file cannot be written.
    """
    from writer.files import write_atomic
    from writer.report._checks import rendered
    from writer.report._rich import plain

    if file is None:
        sys.stdout.write(rendered(report, form))
    else:
        write_atomic(file, rendered(replace(report, plain=True), form))
        sys.stdout.write("\n".join((*map(plain, report.summary), f"written: {file}")) + "\n")
    sys.stdout.flush()


def told(errors: Iterable[str]) -> None:
    """Print errors that do not end the command to standard error, one line each."""
    from writer.report._rich import plain

    for error in errors:
        typer.echo(f"error: {plain(error)}", err=True)


def note(text: str) -> None:
    """Print what the user should know to standard error; standard output is the report's."""
    from writer.report._rich import plain

    typer.echo(f"note: {plain(text)}", err=True)


def code_of(findings: Iterable[Finding], fail_on: FailOn) -> ExitCode:
    """The exit code that the findings call for."""
    if fail_on is FailOn.NEVER:
        return ExitCode.CLEAN
    limit = ["error", "warning", "note"].index(fail_on)
    over = any(finding.severity.rank <= limit for finding in findings)
    return ExitCode.FINDINGS if over else ExitCode.CLEAN


def leave(findings: Iterable[Finding], fail_on: FailOn) -> None:
    """End the command with the exit code that the findings call for."""
    raise typer.Exit(code_of(findings, fail_on))


class Bar:
    """A progress bar: one step at a time, or so many of all."""

    def __init__(self, bar: Progress | None, label: str, total: int) -> None:
        self._bar = bar
        self._task = None if bar is None else bar.add_task(label, total=total)

    def __call__(self, what: str) -> None:
        """One more step is done; ``what`` is next."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, description=what)

    def done(self, count: int, total: int) -> None:
        """``count`` of ``total`` are done."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=count, total=total)


_FORCED = ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
"""By which Rich takes for a terminal what is none."""


@contextmanager
def progress(total: int, label: str) -> Iterator[Bar]:
    """A progress bar on standard error, on a terminal only."""
    if not sys.stderr.isatty() and not any(map(os.environ.get, _FORCED)):
        yield Bar(None, label, total)  # without the import of what would draw it
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        yield Bar(bar, label, total)
