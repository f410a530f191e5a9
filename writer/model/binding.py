"""What binding a paper's numbers to their measurements does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from writer.model.claim import Claim, Verdict
from writer.model.measurement import Measurement


@dataclass(frozen=True, slots=True)
class Literal:
    """A number in a file of the paper.

    Attributes:
        offset: in the flattened text.
        file: index of the file.
        start, end: in the file's text.
        text: as written there.
    """

    offset: int
    file: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Binding:
    """A number that is bound, or would be.

    Attributes:
        claim: the number in the paper.
        literal: its characters in their file.
        value: the measurement.
    """

    claim: Claim
    literal: Literal
    value: Measurement

    @property
    def replacement(self) -> str:
        """What stands there instead."""
        return rf"\measured{{{self.value.id}}}{{{self.literal.text}}}"


@dataclass(frozen=True, slots=True)
class Unbound:
    """A number that is left as it is, and why."""

    claim: Claim
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A file before and after.

    Attributes:
        name: relative to the paper's root.
        path: of the file.
        before, after: its text.
        data, changed: its bytes.
    """

    name: str
    path: Path
    before: str
    after: str
    data: bytes = field(repr=False)
    changed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """What binding a paper would do.

    Attributes:
        bindings: in the paper's order.
        unbound: the numbers that stay, with the reason.
        already: how many numbers are bound as it is.
        macro: the file that would get the macro's definition, and the line; or None.
        edits: the files that would change.
        notes: what could not be read, in words.
    """

    bindings: tuple[Binding, ...]
    unbound: tuple[Unbound, ...]
    already: int
    macro: tuple[str, int] | None
    edits: tuple[Edit, ...]
    notes: tuple[str, ...]
