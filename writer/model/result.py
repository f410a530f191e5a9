"""What an audit or a check comes to: findings, and how far the looking went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from writer.model.claim import Judgement, Verdict
from writer.model.finding import Finding
from writer.model.rule import Card
from writer.model.table import PaperTable


@dataclass(frozen=True, slots=True)
class RuleRun:
    """How far one rule got.

    Attributes:
        card: the rule.
        judged: experiments on which it gave a verdict.
        not_judged: experiments with the reason why it could not.
    """

    card: Card
    judged: tuple[str, ...]
    not_judged: tuple[tuple[str, str], ...]

    @property
    def applied(self) -> bool:
        return bool(self.judged)


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The outcome of an audit.

    Attributes:
        findings: most serious first, without the suppressed ones.
        suppressed: findings that the author accepts, with the reason.
        runs: every rule, by code.
        grades: number of cells by grade.
        experiments: titles by name.
        digest: of the dataset.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    runs: tuple[RuleRun, ...]
    grades: Mapping[str, int] = field(hash=False)
    experiments: Mapping[str, str] = field(hash=False)
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a claim stands in a passage's text, and where it ends in its source.

    Attributes:
        start, end: offsets in :attr:`Passage.text`.
        judgement: index in :attr:`CheckResult.judgements`.
        end_line, end_column: 1-based place in the file, after the claim's last character.
    """

    start: int
    end: int
    judgement: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of the paper's text as printed: a paragraph, a heading, a caption.

    Attributes:
        kind: ``paragraph``, ``item``, ``heading``, ``caption``, ``footnote`` or ``limitation``.
        section, heading: where it stands.
        text: plain text.
        spans: the claims in it, by ascending start, without overlap.
    """

    kind: str
    section: str
    heading: str
    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of holding a paper against the data.

    Attributes:
        files: papers read, as the user named them.
        judgements: one per claim, in the paper's order.
        findings, suppressed: as in :class:`AuditResult`.
        notes: what could not be read or expanded, in words.
        passages: the paper's text that was checked, in order.
        sources: the files as they were read, by name.
        tables: the paper's own tables.
    """

    files: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict, hash=False, repr=False)
    tables: tuple[PaperTable, ...] = field(default=(), repr=False)

    def coverage(self) -> dict[str, int]:
        """Quantities found, checked and not checked; words are counted apart."""
        numbers = [item for item in self.judgements if item.claim.value is not None]
        skipped = sum(item.verdict is Verdict.NOT_CHECKED for item in numbers)
        return {
            "quantities": len(numbers),
            "checked": len(numbers) - skipped,
            "not_checked": skipped,
            "words": len(self.judgements) - len(numbers),
        }

    def reasons(self) -> dict[str, int]:
        """Why quantities were not checked: how many for each reason, most first."""
        skipped = (
            item.reason
            for item in self.judgements
            if item.claim.value is not None and item.verdict is Verdict.NOT_CHECKED
        )
        return dict(Counter(skipped).most_common())
