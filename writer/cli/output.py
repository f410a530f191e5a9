"""Printing: the only module besides ``main`` that writes to the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from writer.cli.exit_codes import ExitCode
from writer.cli.options import FailOn, OutputFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
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
        self._bar, self._label, self._size = bar, label, ""
        self._task = None if bar is None else bar.add_task(label, total=total)
        self._steps, self._passed, self._share = 0, 0.0, 0.0

    def __call__(self, what: str) -> None:
        """One more step is done; ``what`` is next."""
        self._steps, self._passed, self._share = self._steps + 1, 0.0, 0.0
        self._label = what
        self._update(completed=self._steps, description=what)

    def done(self, count: int, total: int, size: int) -> None:
        """``count`` of ``total`` files of ``size`` bytes in all are done."""
        self._steps, self._size = count, f", {magnitude(size)}" if size else ""
        self._update(completed=count, total=total, description=self._label + self._size)

    @property
    def part(self) -> Callable[[float], None] | None:
        """To be called with the share of its files that a pass of this step has read.

        How many passes there are is not known before: the first fills half of the step, each
        further one half of what is left. None where nothing is drawn.
        """
        return None if self._bar is None else self._part

    def _part(self, share: float) -> None:
        if share < self._share:
            self._passed += (1.0 - self._passed) / 2.0
        self._share = share
        within = self._passed + (1.0 - self._passed) / 2.0 * share
        told = f"{self._label}{self._size} ({share:.0%} of this pass)"
        self._update(completed=self._steps + within, description=told)

    def _update(self, **what: Any) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, **what)


def magnitude(size: int) -> str:
    """Bytes in a unit that leaves few digits.

    >>> magnitude(496_000_000), magnitude(2_100_000_000), magnitude(999)
    ('496 MB', '2.1 GB', '999 B')
    """
    for power, symbol in ((9, "GB"), (6, "MB"), (3, "kB")):
        if size >= 10**power:
            return f"{size / 10**power:.3g} {symbol}"
    return f"{size} B"


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
