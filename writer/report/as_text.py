"""Text for people: coverage first, colour only on a terminal, the next command last."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from writer.model.claim import Judgement, Verdict
from writer.model.finding import Finding
from writer.model.unit import counted
from writer.report._report import Format, Report, View

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_VERDICTS = {
    Verdict.SUPPORTED: ("supported", "green"),
    Verdict.CONTRADICTED: ("contradicted", "bold red"),
    Verdict.UNSUPPORTED: ("unsupported", "yellow"),
    Verdict.NOT_CHECKED: ("not checked", "dim"),
}
_MAX_PLACES = 3
_NARROWEST = 60


def _render(report: Report) -> str:
    console = _console()
    with console.capture() as capture:
        for item in _parts(report):
            console.print(item)
    return capture.get()


def _console() -> Console:
    from rich.console import Console

    terminal = sys.stdout.isatty()
    width = None if terminal else int(os.environ.get("COLUMNS", "100"))
    return Console(
        file=sys.stdout if terminal else io.StringIO(),
        highlight=False,
        width=None if width is None else max(width, _NARROWEST),
    )


def _parts(report: Report) -> Iterable[RenderableType]:
    for line in report.summary:
        yield _text(line)
    for view in report.views:
        yield from _view(view)
    for judgement in report.judgements:
        yield from _judgement(judgement)
    for finding in report.findings:
        yield from _finding(finding)
    if report.suppressed:
        yield _text("")
        yield _text(f"Suppressed by the author ({len(report.suppressed)}):", "bold")
        for finding in report.suppressed:
            yield _indent(
                _text(
                    f"{finding.rule} in {finding.experiment or 'the paper'}: {finding.suppressed}"
                ),
                2,
            )
    for view in report.closing:
        yield from _view(view)
    if report.next_step:
        yield _text("")
        yield _text(f"Next: {report.next_step}", "bold")


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(text, style=style)


def _indent(item: RenderableType, left: int) -> RenderableType:
    from rich.padding import Padding

    return Padding(item, (0, 0, 0, left))


def _view(view: View) -> Iterable[RenderableType]:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in view.columns:
        table.add_column(name, overflow="fold")
    for row in view.rows:
        table.add_row(*(Text(cell) for cell in row))
    yield _text("")
    if view.title:
        yield _text(view.title, "bold")
    yield table


def _finding(finding: Finding) -> Iterable[RenderableType]:
    from rich.text import Text

    style = _STYLES[finding.severity]
    yield _text("")
    yield Text.assemble(
        (finding.severity, style),
        "  ",
        (finding.rule, "bold"),
        (f"  {finding.code}", "dim"),
        (f"  {finding.experiment}" if finding.experiment else ""),
        ("" if finding.confidence == "high" else f"  ({finding.confidence} confidence)", "dim"),
    )
    yield _indent(_text(finding.message), 2)
    places = [str(place) for place in finding.where]
    shown = places[:_MAX_PLACES]
    if len(places) > len(shown):
        shown.append(f"and {counted(len(places) - len(shown), 'more cells')}")
    for place in shown:
        yield _indent(_text(place, "dim"), 2)


def _judgement(item: Judgement) -> Iterable[RenderableType]:
    from rich.text import Text

    word, style = _VERDICTS[item.verdict]
    claim = item.claim
    yield _text("")
    yield Text.assemble(
        (f"{claim.file}:{claim.line}:{claim.column}", "dim"),
        "  ",
        (word, style),
        "  ",
        (claim.text, "bold"),
    )
    if item.verdict is not Verdict.NOT_CHECKED and claim.sentence:
        yield _indent(_text(claim.sentence), 2)
    yield _indent(_text(item.reason, "dim" if item.verdict is Verdict.NOT_CHECKED else ""), 2)
    if item.formula:
        yield _indent(_text(f"= {item.formula}", "dim"), 2)


FORMAT = Format("text", _render)
