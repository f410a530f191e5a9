"""Run the public check over labelled papers and their mutants, and count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.corpus.everywhere import everywhere
from tests.corpus.labels import LabelledPaper
from tests.corpus.mutants import KINDS, Mutant, mutants, verdict
from tests.corpus.scoring import CHECKED, Outcome, check, outcomes
from writer.errors import SageWriteError
from writer.model.claim import Verdict


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant of a paper and what became of it; ``after`` is None where it was not found."""

    kind: str
    outcome: Outcome
    before: str
    after: str
    verdict: Verdict | None

    @property
    def was_supported(self) -> bool:
        """Whether the true claim was supported, so that there is something to lose."""
        return self.outcome.verdict is Verdict.SUPPORTED

    @property
    def caught(self) -> bool:
        """Whether the false claim is not supported."""
        return self.verdict is not Verdict.SUPPORTED


@dataclass(frozen=True, slots=True)
class Measured:
    """One paper's outcomes.

    Attributes:
        name: of the paper.
        error: why it could not be read; empty if it could.
        outcomes: one per label of the measured sections, where a reader is sure.
        unlabelled: verdicts on quantities of these sections that nobody labelled.
        tried: its mutants.
    """

    name: str
    error: str
    outcomes: tuple[Outcome, ...]
    unlabelled: tuple[Verdict, ...]
    tried: tuple[Tried, ...]


Choice = Callable[[Sequence[Mutant]], Iterable[Mutant]]
"""Which of a paper's mutants to try."""


def every(found: Sequence[Mutant]) -> Sequence[Mutant]:
    """All mutants."""
    return found


def none(found: Sequence[Mutant]) -> Sequence[Mutant]:
    """No mutant."""
    return found[:0]


def measure(paper: LabelledPaper, choose: Choice = every) -> Measured:
    """Check a paper, then each chosen mutant of it."""
    try:
        result = check(paper.main)
    except SageWriteError as error:
        return Measured(paper.name, str(error), (), (), ())
    found = outcomes(paper, result)
    known = {id(item) for outcome in found for item in outcome.found}
    others = tuple(
        item.verdict
        for item in result.judgements
        if item.claim.form != "word" and item.claim.section in CHECKED and id(item) not in known
    )
    tried = tuple(
        Tried(item.kind, item.outcome, item.before, item.after, verdict(paper, item))
        for item in choose((*mutants(paper, found), *everywhere(paper, found)))
    )
    sure = tuple(outcome for outcome in found if outcome.label.sure)
    return Measured(paper.name, "", sure, others, tried)


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``total``."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """Between 0 and 1; 0 of nothing is 0."""
        return self.hits / self.total if self.total else 0.0

    def __str__(self) -> str:
        return f"{self.value:.0%} ({self.hits}/{self.total})" if self.total else "-"


def share(flags: Iterable[bool]) -> Share:
    """How many of ``flags`` are set."""
    known = list(flags)
    return Share(sum(known), len(known))


def claims(papers: Iterable[Measured]) -> list[Outcome]:
    """The outcomes of everything but numbers that claim nothing."""
    return [o for p in papers for o in p.outcomes if o.label.label != "not-a-claim"]


def form_of(outcome: Outcome) -> str:
    """The form of a claim in the tables of figures."""
    label = outcome.label
    if label.derivation == "count":
        return "count"
    return "level in %" if label.form == "plain" and label.unit == "%" else label.form


@dataclass(frozen=True, slots=True)
class Figures:
    """What is reported of a set of claims.

    Attributes:
        found: quantities with the right value.
        unit, form: of all, those whose unit, and whose unit and form, are right as well.
        printed: the same where a per cent sign may stand for a level, change or points.
        recall: of the true claims with evidence, those supported.
        bound: of the true claims with labelled cells, those supported with these cells.
        precision: of the supported, those that are true.
        precise: of the supported with labelled cells, those that are true and name these.
        against: of the contradicted claims, those called contradicted.
        refused: of the contradicted claims, those not supported.
        correct: of those called contradicted, those that are.
    """

    found: Share
    unit: Share
    form: Share
    printed: Share
    recall: Share
    bound: Share
    precision: Share
    precise: Share
    against: Share
    refused: Share
    correct: Share


def figures(of: Sequence[Outcome]) -> Figures:
    """The figures of ``of``; numbers that claim nothing are to be left out before."""
    true = [o for o in of if o.label.label == "supported"]
    false = [o for o in of if o.label.label == "contradicted"]
    supported = [o for o in of if o.verdict is Verdict.SUPPORTED]
    called = [o for o in of if o.verdict is Verdict.CONTRADICTED]
    return Figures(
        share(bool(o.found) for o in of),
        share(o.unit for o in of),
        share(o.form and o.unit for o in of),
        share(o.printed and o.unit for o in of),
        share(o.verdict is Verdict.SUPPORTED for o in true),
        share(o.verdict is Verdict.SUPPORTED and o.cells is True for o in true if o.label.cells),
        share(o.label.label == "supported" for o in supported),
        share(o.label.label == "supported" and o.cells is True for o in supported if o.label.cells),
        share(o.verdict is Verdict.CONTRADICTED for o in false),
        share(o.verdict is not Verdict.SUPPORTED for o in false),
        share(o.label.label == "contradicted" for o in called),
    )


def false_contradicted(papers: Sequence[Measured]) -> int:
    """How many quantities are called contradicted that are not, whatever else they are."""
    labelled = sum(
        o.verdict is Verdict.CONTRADICTED and o.label.label != "contradicted"
        for p in papers
        for o in p.outcomes
    )
    return labelled + sum(v is Verdict.CONTRADICTED for p in papers for v in p.unlabelled)


def caught(papers: Iterable[Measured], kinds: Sequence[str] = KINDS) -> Share:
    """Of the mutants of claims that were supported, those no longer supported."""
    return share(
        item.caught for p in papers for item in p.tried if item.kind in kinds and item.was_supported
    )


def told(papers: Iterable[Measured], kinds: Sequence[str] = KINDS) -> Share:
    """Of all mutants, supported before or not, those called contradicted."""
    return share(
        item.verdict is Verdict.CONTRADICTED
        for p in papers
        for item in p.tried
        if item.kind in kinds
    )


def confusion(papers: Iterable[Measured]) -> Counter[tuple[str, str]]:
    """How often each label met each verdict; ``missed`` where nothing was found."""
    return Counter(
        (o.label.label, str(o.verdict) if o.verdict else "missed")
        for p in papers
        for o in p.outcomes
    )
