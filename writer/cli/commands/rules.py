"""``sage-write rules``."""

from __future__ import annotations

from writer.cli._command import Command
from writer.cli.options import FormatOption, OutputFormat


def run(form: FormatOption = OutputFormat.TEXT) -> None:
    """List the rules: what they are called and what they look for."""
    from writer.cli.cards import audited, cards
    from writer.cli.output import show
    from writer.report import Report, View

    data = audited()
    everything = cards()
    rows = tuple(
        (
            card.code,
            card.name,
            str(card.severity),
            "data" if card.code in data else "paper",
            card.summary,
        )
        for card in everything
    )
    show(
        Report(
            command="rules",
            document={
                "rules": [
                    {
                        "code": card.code,
                        "rule": card.name,
                        "severity": str(card.severity),
                        "confidence": str(card.confidence),
                        "summary": card.summary,
                        "checks": "data" if card.code in data else "paper",
                    }
                    for card in everything
                ]
            },
            views=(View("", ("code", "rule", "severity", "checks", "what it finds"), rows),),
            next_step="sage-write explain NAME",
        ),
        form,
    )


COMMAND = Command(
    "rules",
    run,
    summary="List the rules.",
    example="sage-write rules",
)
