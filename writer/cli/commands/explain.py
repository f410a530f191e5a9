"""``sage-write explain``."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated

import typer

from writer.cli._command import Command
from writer.cli.options import FormatOption, OutputFormat

if TYPE_CHECKING:
    from writer.audit.example import Example
    from writer.model.rule import Card
    from writer.report import View


def run(
    rule: Annotated[str, typer.Argument(metavar="CODE_OR_NAME", help="E.g. littles-law.")],
    form: FormatOption = OutputFormat.TEXT,
) -> None:
    """Say what a rule checks, why it matters, when it is wrong, with examples."""
    from writer.cli.cards import card
    from writer.cli.output import show
    from writer.report import Report

    found = card(rule)
    show(
        Report(
            command="explain",
            document={
                "code": found.code,
                "rule": found.name,
                "severity": str(found.severity),
                "confidence": str(found.confidence),
                "doc": found.doc,
                "examples": _documents(found),
            },
            summary=(
                f"{found.name} ({found.code}, {found.severity}, {found.confidence} confidence)",
                "",
                *paragraphs(found.doc),
            ),
            closing=tuple(_views(found)),
            next_step="sage-write check PAPER.tex"
            if found.code[:3] == "CLM"
            else "sage-write audit",
        ),
        form,
    )


def paragraphs(doc: str) -> list[str]:
    """A docstring with each paragraph on one line, so that it wraps as wide as the terminal."""
    lines: list[str] = []
    for line in inspect.cleandoc(doc).splitlines():
        words, last = line.strip(), lines[-1] if lines else ""
        if words and last.strip() and _indent(line) == _indent(last) and not words.startswith("- "):
            lines[-1] = f"{last} {words}"
        else:
            lines.append(line.rstrip())
    return [line.replace("``", "`") for line in lines]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _examples(found: Card) -> tuple[Example, ...]:
    from writer.audit.runner import all_rules

    return tuple(
        example for rule in all_rules() if rule.card.code == found.code for example in rule.examples
    )


def _documents(found: Card) -> list[dict[str, str]]:
    return [
        {"outcome": str(example.outcome), "what": example.what, "csv": example.csv}
        for example in _examples(found)
    ]


def _views(found: Card) -> list[View]:
    from writer.report import View

    views = []
    for example in _examples(found):
        header, *rows = _table(example)
        views.append(View(f"{example.outcome}: {example.what}", header, tuple(rows)))
    return views


def _table(example: Example) -> list[tuple[str, ...]]:
    """The example's table; without one, the raw runs that it is made of."""
    if example.csv:
        return [tuple(line.strip().split(",")) for line in example.csv.strip().splitlines()]
    return [
        ("run", "tasks", "samples", "duration (s)"),
        *(
            (
                run.name,
                str(len(run.latencies) if run.tasks is None else run.tasks),
                str(len(run.latencies)),
                f"{run.duration:g}",
            )
            for run in example.runs
        ),
    ]


COMMAND = Command(
    "explain",
    run,
    summary="Say what a rule checks and when it is wrong.",
    example="sage-write explain littles-law",
)
