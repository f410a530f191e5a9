"""A claim: what a paper asserts, and the verdict on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from writer.model.interval import Interval


class Verdict(StrEnum):
    """What the evidence says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity or a word of judgement in a paper, and where it stands.

    Attributes:
        file, line, column: 1-based place of the quantity's first character.
        section: ``abstract``, ``introduction`` ... or the heading's own words.
        text: the quantity or word as written.
        sentence: the sentence around it, as plain text.
        value: the number, None for words ("near-linear").
        unit: as written, normalised; the empty string for none.
        form: ``plain``, ``ratio``, ``percent``, ``points``, ``range`` or ``word``.
        interval: the values that the printed digits and hedges allow.
        hedge: ``up to``, ``over``, ``about`` ... or the empty string.
    """

    file: str
    line: int
    column: int
    section: str
    text: str
    sentence: str
    value: float | None
    unit: str
    form: str
    interval: Interval | None = None
    hedge: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one claim.

    Attributes:
        claim: the claim.
        verdict: the outcome.
        rule: name of the rule that decided, for the reports.
        reason: one sentence: why this verdict.
        formula: how the evidence was computed, e.g. ``a / b``; empty if not.
        evidence: what was compared: dicts with ``id``, ``value``, ``unit``,
            ``file``, ``row``, ``column`` per cell.
        found: what the evidence gives, as printed text; empty if nothing bound.
        score: strength of the binding, larger is stronger.
        chance: probability that the match is accidental, None if not estimated.
    """

    claim: Claim
    verdict: Verdict
    rule: str
    reason: str
    formula: str = ""
    evidence: tuple[Mapping[str, object], ...] = field(default=(), hash=False)
    found: str = ""
    score: float | None = None
    chance: float | None = None
