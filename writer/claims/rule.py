"""What a rule on papers is: identity, and a check that reads the judged paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from writer.claims.paper import Checked
from writer.model.finding import Confidence, Place, Severity
from writer.model.rule import Card


@dataclass(frozen=True, slots=True)
class PaperHit:
    """One occurrence in a paper.

    Attributes:
        where: the line; its ``column`` is the column of the text.
        message: one sentence, plain text.
        part: tells several hits apart.
        experiment: the experiment concerned, or the empty string.
        evidence: what the message speaks of.
        settle: what the author can do.
    """

    where: Place
    message: str
    part: str
    experiment: str = ""
    evidence: Mapping[str, object] = field(default_factory=dict, hash=False)
    settle: str = ""


Check = Callable[[Checked], Iterator[PaperHit]]


@dataclass(frozen=True, slots=True)
class PaperExample:
    """A short paper, and how many findings the rule makes of it.

    Attributes:
        what: it shows.
        tex: its source.
        findings: of this rule.
        data: whether it is held against the demo's data, or only against itself.
    """

    what: str
    tex: str
    findings: int
    data: bool = True


@dataclass(frozen=True, slots=True)
class PaperRule:
    """A rule on papers."""

    card: Card
    check: Check
    examples: tuple[PaperExample, ...]


def paper_rule(
    *,
    code: str,
    name: str,
    severity: Severity,
    confidence: Confidence,
    doc: str | None,
    check: Check,
    examples: tuple[PaperExample, ...],
) -> PaperRule:
    """Make a rule; ``doc`` is the module's ``__doc__``."""
    return PaperRule(Card(code, name, severity, confidence, doc or ""), check, examples)
