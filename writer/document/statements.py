"""What findings oblige a section to say: limitation paragraphs, each text once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from writer.model.finding import Finding
from writer.prose import Latex, sentence


@dataclass(frozen=True, slots=True)
class Statement:
    """One limitation paragraph; findings with the same words share it.

    Attributes:
        findings: those it answers, most serious first.
        text: ``\\limitation{ID,ID}{...}``.
        settle: what would settle it, as LaTeX.
        stated: whether an earlier section of the same paper carries the paragraph.
    """

    findings: tuple[Finding, ...]
    text: Latex
    settle: Latex
    stated: bool = False

    @property
    def experiments(self) -> tuple[str, ...]:
        """The experiments concerned, each once."""
        return tuple(dict.fromkeys(item.experiment for item in self.findings))

    @property
    def whole(self) -> Latex:
        """The paragraph, ending with what would settle it."""
        return Latex(f"{self.text.removesuffix('}')} {self.settle}}}")

    @property
    def severity(self) -> str:
        return str(self.findings[0].severity)


def statements(findings: Iterable[Finding]) -> tuple[Statement, ...]:
    """The paragraphs for ``findings``, in their order."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        words = (
            sentence(finding.limitation_template, finding.evidence, "latex"),
            sentence(finding.settle_template, finding.evidence, "latex"),
        )
        groups.setdefault(words, []).append(finding)
    return tuple(
        Statement(
            tuple(group),
            Latex(rf"\limitation{{{','.join(item.id for item in group)}}}{{{text}}}"),
            Latex(settle),
        )
        for (text, settle), group in groups.items()
    )
