"""Text for people: coverage first, colour only on a terminal, the next command last."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from writer.model.unit import counted
from writer.report._report import Format, Part, Report
from writer.report._rich import indented, table, text

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from writer.model.finding import Finding

_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_DIFF = {"+": "green", "-": "red", "@": "cyan"}
_MAX_PLACES = 3
_NARROWEST = 60


def _render(report: Report) -> str:
    console = _console(terminal=sys.stdout.isatty() and not report.plain)
    whole = bool(report.parts)  # a line for each of several papers stays one line
    head = _captured(console, map(text if whole else _line, report.summary), whole=whole)
    return head + _diff(console, report.diff) + _captured(console, _parts(report, console.width))


def _captured(console: Console, parts: Iterable[RenderableType], *, whole: bool = False) -> str:
    """Parts as text; a part that says so, or all of them, keeps its lines whatever their length."""
    with console.capture() as capture:
        for item in parts:
            kept = whole or bool(getattr(item, "no_wrap", False))
            # Rich joins texts that it prints into one of its own, which folds as Rich does
            console.print(item if kept else indented(item, 0), soft_wrap=kept)
    # padding fills lines up to the width
    return re.sub(r"[ ]+$", "", capture.get(), flags=re.MULTILINE)


def _diff(console: Console, diff: str) -> str:
    """The lines as they are, whatever their length."""
    with console.capture() as capture:
        for line in ("", *diff.removesuffix("\n").split("\n")) if diff else ():
            style = "bold" if line.startswith(("--- ", "+++ ")) else _DIFF.get(line[:1], "")
            console.print(text(line.rstrip("\r"), style), soft_wrap=True)
    return capture.get()


def _console(*, terminal: bool) -> Console:
    from rich.console import Console

    width = None if terminal else int(os.environ.get("COLUMNS", "100"))
    return Console(
        file=sys.stdout if terminal else io.StringIO(),
        highlight=False,
        width=None if width is None else max(width, _NARROWEST),
    )


def _parts(report: Report, width: int) -> Iterable[RenderableType]:
    for part in report.parts:
        yield from _part(part, width)
    for view in report.views:
        yield from table(view)
    if report.check is not None:
        from writer.report._check_text import check_parts, suppressed_parts

        yield from check_parts(report.check, width)
    for finding in report.findings:
        yield from _finding(finding)
    if report.suppressed and report.check is not None:
        yield from suppressed_parts(report.check)
    elif report.suppressed:
        yield text("")
        yield text(f"Suppressed by the author ({len(report.suppressed)}):", "bold")
        for finding in report.suppressed:
            where = finding.experiment or "the paper"
            yield indented(text(f"{finding.rule} in {where}: {finding.suppressed}"), 2)
    for view in report.closing:
        yield from table(view)
    if report.next_step:
        yield text("")
        yield text(f"Next: {report.next_step}", "bold")


def _line(line: str) -> RenderableType:
    """A line that keeps its indentation where it wraps."""
    words = line.lstrip(" ")
    return indented(text(words), len(line) - len(words))


def _part(part: Part, width: int) -> Iterable[RenderableType]:
    """What was found in one of several papers."""
    seen = None if part.report is None else part.report.check
    if seen is None or not (seen.issues or seen.suppressed or seen.verbose):
        return
    yield text("")
    yield text(f"== {part.name} ==", "bold")
    from writer.report._check_text import check_parts, suppressed_parts

    yield from check_parts(seen, width, several=True)
    if seen.suppressed:
        yield from suppressed_parts(seen)


def _finding(finding: Finding) -> Iterable[RenderableType]:
    from rich.text import Text

    style = _STYLES[finding.severity]
    yield text("")
    yield Text.assemble(
        (finding.severity, style),
        "  ",
        (finding.rule, "bold"),
        (f"  {finding.code}", "dim"),
        (f"  {finding.experiment}" if finding.experiment else ""),
        ("" if finding.confidence == "high" else f"  ({finding.confidence} confidence)", "dim"),
    )
    yield indented(text(finding.message), 2)
    places = [str(place) for place in finding.where]
    shown = places[:_MAX_PLACES]
    if len(places) > len(shown):
        shown.append(f"and {counted(len(places) - len(shown), 'more cells')}")
    for place in shown:
        yield indented(text(place, "dim"), 2)


FORMAT = Format("text", _render)
