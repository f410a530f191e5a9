"""What every rule says of itself, whatever it checks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from writer.errors import ToolError
from writer.model.finding import Confidence, Severity

HEADINGS = ("What it checks", "Why it matters", "When it is wrong", "Example")
"""The headings of a rule's documentation, in order."""

_CODE = re.compile(r"(PRV|STA|CMP|COV|QUE|CLM)\d{3}")


@dataclass(frozen=True, slots=True)
class Card:
    """Identity and documentation of a rule.

    Attributes:
        code: concern and number, e.g. ``QUE001``; never used again for another rule.
        name: the flaw, e.g. ``littles-law``.
        severity: of its findings, unless one says otherwise.
        confidence: likewise.
        doc: the module's docstring, under :data:`HEADINGS`.
    """

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    doc: str

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ToolError(f"the rule '{self.name}' has the malformed code '{self.code}'")

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.doc.strip().splitlines()[0] if self.doc.strip() else ""


class HasCard(Protocol):
    """Anything that is a rule."""

    @property
    def card(self) -> Card: ...


R = TypeVar("R", bound=HasCard)


def unique(rules: Iterable[R]) -> tuple[R, ...]:
    """The rules sorted by code.

    Raises:
        ToolError: two rules share a code or a name.
    """
    found: dict[str, R] = {}
    for rule in rules:
        for key in (rule.card.code, rule.card.name):
            if key in found:
                raise ToolError(f"two rules share '{key}'")
            found[key] = rule
    return tuple(
        sorted(
            {id(rule): rule for rule in found.values()}.values(), key=lambda rule: rule.card.code
        )
    )
