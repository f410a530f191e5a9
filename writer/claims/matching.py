"""A quantity held against the values of the data that its sentence admits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from writer.claims.candidates import Candidate, derived, direct, shares
from writer.claims.frames import Frame
from writer.claims.naming import name_of, names_of
from writer.claims.quantities import Quantity
from writer.claims.ruling import Ruling, evidence, shown
from writer.dataset import Dataset, resolve
from writer.model.claim import Verdict
from writer.model.interval import Interval, hull
from writer.model.measurement import Measurement
from writer.model.unit import factor

_COLUMN = re.compile(r"\w+")

MAX_CHANCE = 0.1
"""A match that random digits would give with more than this probability, among the
values the sentence leaves open, is no support."""

FEW = 6
"""Up to so many values the sentence counts as definite enough to be contradicted."""

COPIED = 0.1
"""Share of itself by which a number may differ from the invented value that it is: what a hedge
or coarse rounding also admits ("under 5 hours" of 600 ms) is no copy of it."""


def rule_bound(bound: Frame, dataset: Dataset) -> Ruling:
    """Match the quantity against the values that its sentence admits."""
    quantity = bound.quantity
    invented = _invented(bound, dataset)
    sets = [candidates for candidates in _candidate_sets(bound, dataset) if candidates]
    for candidates in sets:
        matching = [item for item in candidates if item.interval.overlaps(quantity.interval)]
        if not matching:
            continue
        chance = _chance(candidates, quantity)
        best = max(matching, key=lambda item: item.score)
        if chance is None or chance <= MAX_CHANCE:
            rivals = (item.value.id for item in matching if item is not best)
            return _supported(best, chance, tuple(rivals), dataset)
        if invented is None:
            return Ruling(
                Verdict.UNSUPPORTED,
                "unsupported-claim",
                f"{name_of(best.value, dataset)} would fit, but so would random digits "
                f"(probability {chance:.2f} among the {len(candidates)} values left open)",
                score=best.score,
                chance=chance,
            )
    if invented is not None:
        return invented
    if sets and _definite(bound, sets[0]):
        return _contradicted(sets[0], quantity, dataset)
    return Ruling(Verdict.UNSUPPORTED, "unsupported-claim", _why_unbound(bound, sets))


def _candidate_sets(bound: Frame, dataset: Dataset) -> Iterable[tuple[Candidate, ...]]:
    """The readings of a quantity, the more likely first."""
    form = bound.quantity.form
    cells = _extremes(direct(bound, dataset), bound)
    if form == "ratio":
        return (_extremes(derived(bound, dataset), bound), cells)
    if form == "percent":
        return _percent_sets(bound, cells, dataset)
    if form == "points" or bound.compared:
        return (derived(bound, dataset),)
    return (cells,)


def _percent_sets(
    bound: Frame, cells: tuple[Candidate, ...], dataset: Dataset
) -> Iterable[tuple[Candidate, ...]]:
    """A percentage is a change where the sentence says so, else a cell or a share."""
    changes = _extremes(derived(bound, dataset), bound)
    if bound.stated:
        return (cells, shares(bound, dataset))
    if bound.compared:
        return (changes,)
    if bound.direction:
        return (changes, cells)
    return (cells, shares(bound, dataset), () if cells else changes)


def _extremes(candidates: tuple[Candidate, ...], bound: Frame) -> tuple[Candidate, ...]:
    """With "up to" or "highest" and no level named, only the extreme is meant."""
    if bound.quantity.hedge == "up to" and len(candidates) > 1:
        return (max(candidates, key=lambda item: item.interval.hi),)
    return candidates


def _chance(candidates: Sequence[Candidate], quantity: Quantity) -> float | None:
    """How likely random digits match one of several values; None for a definite one."""
    if len(candidates) == 1 or (candidates[0].score >= 1 and candidates[0].measured):
        return None
    spread = hull([edge for item in candidates for edge in (item.interval.lo, item.interval.hi)])
    width = min(quantity.interval.hi, spread.hi) - max(quantity.interval.lo, spread.lo)
    typical = sum(item.interval.width for item in candidates) / len(candidates)
    if spread.width <= 0:
        return None
    single = min(1.0, (max(width, 0.0) + typical) / spread.width)
    return float(1.0 - (1.0 - single) ** len(candidates))


def _definite(bound: Frame, candidates: Sequence[Candidate]) -> bool:
    """Whether the sentence says which quantity and which level are meant."""
    named = candidates[0].measured and candidates[0].score >= 1
    return named and len(candidates) <= FEW and bool(bound.measures)


def _supported(
    best: Candidate, chance: float | None, rivals: tuple[str, ...], dataset: Dataset
) -> Ruling:
    return Ruling(
        Verdict.SUPPORTED,
        "",
        f"{name_of(best.value, dataset)} is {shown(best.value)}",
        best.value.formula or "",
        evidence(best.cells),
        shown(best.value),
        best.score,
        chance,
        (best.value.id, *rivals),
    )


def _contradicted(candidates: Sequence[Candidate], quantity: Quantity, dataset: Dataset) -> Ruling:
    nearest = min(candidates, key=lambda item: _gap(item.interval, quantity.interval))
    first = [item.value for item in candidates[:3]]
    names = names_of(first, dataset)
    values = "; ".join(f"{name} is {shown(item)}" for name, item in zip(names, first, strict=True))
    return Ruling(
        Verdict.CONTRADICTED,
        "contradicted-claim",
        f"the data say otherwise: {values}",
        nearest.value.formula or "",
        evidence(nearest.cells),
        shown(nearest.value),
        nearest.score,
    )


def _gap(one: Interval, other: Interval) -> float:
    return max(one.lo - other.hi, other.lo - one.hi, 0.0)


def _why_unbound(bound: Frame, sets: Sequence[Sequence[Candidate]]) -> str:
    if not sets:
        what = f"in {bound.quantity.unit}" if bound.quantity.unit else "of this kind"
        return f"no value {what} is bound to what the sentence names"
    if not bound.measures:
        return "the sentence names no measured quantity, and no value that it leaves open fits"
    return "the sentence does not say which value is meant, and none that it leaves open fits"


def _invented(bound: Frame, dataset: Dataset) -> Ruling | None:
    """An adjusted value that the number equals, at the place that the sentence names."""
    for experiment in dataset.experiments.values():
        for row in experiment.rows:
            for name, item in row.adjusted.items():
                if not _is_invented(bound, item, name, experiment.name):
                    continue
                measured = row.cells.get(name)
                instead = (
                    f"measured was {shown(measured)}"
                    if measured is not None and measured.known
                    else "nothing was measured there"
                )
                return Ruling(
                    Verdict.CONTRADICTED,
                    "invented-value",
                    f"the source invented this value for {_replaced(item, dataset)}; {instead}",
                    "",
                    evidence([measured] if measured is not None and measured.known else []),
                    shown(measured) if measured is not None and measured.known else "",
                )
    return None


def _replaced(item: Measurement, dataset: Dataset) -> str:
    """What an invented value stands for."""
    replaced = resolve(dataset, item.counterpart) if item.counterpart else None
    return name_of(item if replaced is None else replaced, dataset)


def _is_invented(bound: Frame, item: Measurement, column: str, experiment: str) -> bool:
    """Same number, same kind of unit, and the sentence speaks of its level or its column."""
    quantity = bound.quantity
    scale = factor(item.unit, quantity.unit)
    if item.value is None or scale is None:
        return False
    value = item.value * scale
    copied = abs(value - quantity.value) <= COPIED * abs(quantity.value)
    if not copied or not quantity.interval.meets(Interval.exact(value)):
        return False
    levels = [level for group in bound.levels for level in group if experiment in level.experiments]
    texts = {level for _, level in item.levels}
    if levels:
        return any(
            text in texts
            for level in levels
            for name, _, text in level.targets
            if name == experiment
        )
    return any(
        name == experiment and _speaks_of(target, column)
        for mention in bound.measures
        for name, target, _ in mention.targets
    )


def _speaks_of(target: str, column: str) -> bool:
    """Whether a named column is ``column``, or what "speedup(throughput)" is made of."""
    return target == column or target in _COLUMN.findall(column)
