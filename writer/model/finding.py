"""A finding: one occurrence of a rule's flaw, with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from writer.model.measurement import Measurement


class Severity(StrEnum):
    """How much a finding matters to the paper."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 is the most serious."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure the rule is that the flaw is real."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 is the surest."""
        return list(Confidence).index(self)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell or a line: ``row`` is a 1-based line number of ``file``."""

    file: str
    row: int | None
    column: str

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.row, self.column) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One occurrence of a rule.

    Attributes:
        id: stable across runs while the data's structure stays, e.g.
            ``littles-law/concurrency``.
        rule, code: the rule's name and code.
        experiment: the experiment concerned, or the empty string.
        where: the cells concerned.
        message: one sentence, plain text.
        evidence: what the message and the limitation speak of; values are
            measurements, text, or lists of rows of these.
        limitation: the paragraph that the paper owes its readers, plain text.
        settle: the sentence that says what would settle the matter, plain text.
        limitation_template, settle_template: the same before rendering, so that
            a document can print each number bound to its measurement.
        suppressed: the author's reason for not acting on it, or None.
        cells: ids of the cells in ``where``.
        suppressed_by: ``settings``, ``allow`` (a comment in the paper) or ``baseline``.
        fingerprint: of a finding on a paper: stable while its sentence stays, whatever
            its line is.
    """

    id: str
    rule: str
    code: str
    severity: Severity
    confidence: Confidence
    experiment: str
    where: tuple[Place, ...]
    message: str
    evidence: Mapping[str, object] = field(hash=False)
    limitation: str
    settle: str
    limitation_template: str
    settle_template: str
    suppressed: str | None = None
    cells: tuple[str, ...] = ()
    suppressed_by: str = "settings"
    fingerprint: str = ""

    def measurements(self) -> tuple[Measurement, ...]:
        """Every measurement in the evidence, in order, each once."""
        found: dict[str, Measurement] = {}

        def visit(value: object) -> None:
            if isinstance(value, Measurement):
                found.setdefault(value.id, value)
            elif isinstance(value, Mapping):
                for item in value.values():
                    visit(item)
            elif isinstance(value, list | tuple):
                for item in value:
                    visit(item)

        visit(self.evidence)
        return tuple(found.values())


def order(finding: Finding) -> tuple[int, int, str, str]:
    """Sort key: the most serious and surest first."""
    return (finding.severity.rank, finding.confidence.rank, finding.rule, finding.id)
