"""``sage-write explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from writer.cli._command import Command
from writer.cli.options import FormatOption, OutputFormat

if TYPE_CHECKING:
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
                *found.doc.strip().splitlines(),
            ),
            closing=tuple(_views(found)),
            next_step="sage-write audit",
        ),
        form,
    )


def _documents(found: Card) -> list[dict[str, str]]:
    from writer.audit.runner import all_rules

    return [
        {"outcome": str(example.outcome), "what": example.what, "csv": example.csv}
        for rule in all_rules()
        if rule.card.code == found.code
        for example in rule.examples
    ]


def _views(found: Card) -> list[View]:
    from writer.report import View

    views = []
    for example in _documents(found):
        header, *rows = [line.strip().split(",") for line in example["csv"].strip().splitlines()]
        views.append(
            View(
                f"{example['outcome']}: {example['what']}",
                tuple(header),
                tuple(tuple(row) for row in rows),
            )
        )
    return views


COMMAND = Command(
    "explain",
    run,
    summary="Say what a rule checks and when it is wrong.",
    example="sage-write explain littles-law",
)
