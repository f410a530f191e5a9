"""What an audit or a check comes to: findings, and how far the looking went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from writer.model.claim import Judgement, Verdict
from writer.model.finding import Finding
from writer.model.rule import Card


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
class CheckResult:
    """The outcome of holding a paper against the data.

    Attributes:
        files: papers read, as the user named them.
        judgements: one per claim, in the paper's order.
        findings, suppressed: as in :class:`AuditResult`.
        notes: what could not be read or expanded, in words.
    """

    files: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

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
