"""What a rule of the audit is: a frozen value with a check function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from writer.audit.example import Example
from writer.config import Request
from writer.dataset import Dataset
from writer.model.experiment import Experiment
from writer.model.finding import Confidence, Place, Severity
from writer.model.measurement import Measurement
from writer.model.rule import Card
from writer.verify.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may read besides the experiment it judges.

    ``evidence`` is what raw runs say, where the user gave any.
    """

    dataset: Dataset
    requests: tuple[Request, ...] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One occurrence that a check found; the runner makes a finding of it.

    Attributes:
        where: the cells (or places) concerned.
        evidence: values for the rule's templates: measurements, levels, text,
            and lists or mappings of these.
        part: tells several hits on one experiment apart, e.g. the sweep's label.
        severity, confidence: where they differ from the rule's.
    """

    where: tuple[Measurement | Place, ...]
    evidence: Mapping[str, object] = field(hash=False)
    part: str = ""
    severity: Severity | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class NotJudged:
    """The check lacks what it needs; ``reason`` says what, in words."""

    reason: str


Check = Callable[[Experiment, Context], Iterator[Hit | NotJudged]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: identity, words, check, examples.

    The check is called once per experiment. It yields a :class:`Hit` per
    occurrence and a :class:`NotJudged` per part that it cannot judge; yielding
    nothing means that the experiment was judged and is clean.

    Attributes:
        card: identity and documentation.
        message: one sentence, a template for :func:`writer.prose.sentence`.
        limitation: the paragraph that the paper owes its readers, likewise.
        settle: the sentence saying what would settle it, likewise.
        check: the check function.
        examples: at least one for each :class:`~writer.audit.example.Outcome`.
    """

    card: Card
    message: str
    limitation: str
    settle: str
    check: Check
    examples: tuple[Example, ...]


def rule(
    *,
    code: str,
    name: str,
    severity: Severity,
    confidence: Confidence,
    doc: str | None,
    message: str,
    limitation: str,
    settle: str,
    check: Check,
    examples: tuple[Example, ...],
) -> Rule:
    """Make a rule; ``doc`` is the module's ``__doc__``."""
    return Rule(
        Card(code, name, severity, confidence, doc or ""),
        message,
        limitation,
        settle,
        check,
        examples,
    )
