"""The verdict on one quantity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from writer.claims.candidates import Candidate, derived, direct, shares
from writer.claims.frames import Frame, frame, misdirected
from writer.claims.quantities import Quantity
from writer.claims.sentences import Sentence
from writer.claims.skip import skip_reason
from writer.claims.vocabulary import UNKNOWN, Mention
from writer.dataset import Dataset, resolve
from writer.latex.blocks import Mark
from writer.model.claim import Verdict
from writer.model.interval import Interval, hull
from writer.model.measurement import Measurement
from writer.model.number import digits, grouped
from writer.model.unit import factor, singular
from writer.prose import plain_unit

MAX_CHANCE = 0.1
"""A match that random digits would give with more than this probability, among the
values the sentence leaves open, is no support."""

EDGE = 1e-6
"""Intervals that share less of their width than this only touch, but for rounding."""

FEW = 6
"""Up to so many values the sentence counts as definite enough to be contradicted."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict with its grounds; see :class:`writer.model.claim.Judgement`.

    Attributes:
        bound: the ids of the measurements that the number may be, the likeliest first; more
            than one where several fit equally. Empty where the data do not support it.
    """

    verdict: Verdict
    rule: str
    reason: str
    formula: str = ""
    evidence: tuple[Mapping[str, object], ...] = ()
    found: str = ""
    score: float | None = None
    chance: float | None = None
    bound: tuple[str, ...] = ()


def not_checked(reason: str) -> Ruling:
    """The quantity is not one that data could support."""
    return Ruling(Verdict.NOT_CHECKED, "", reason)


def _unsupported(reason: str) -> Ruling:
    return Ruling(Verdict.UNSUPPORTED, "unsupported-claim", reason)


_HARDWARE = re.compile(
    r"^(?:GB|MB|KB|Hz)$|^(?:cores?|cpus?|gpus?|threads?|ram|vcpus?|sockets?|machines?|servers?)$",
    re.IGNORECASE,
)


def rule_quantity(
    sentence: Sentence,
    quantity: Quantity,
    mentions: Sequence[Mention],
    others: Sequence[Quantity],
    carried: Sequence[Mention],
    dataset: Dataset,
) -> Ruling:
    """Hold ``quantity`` against ``dataset``."""
    marks = list(sentence.marks(quantity.start, quantity.number_end, "measured"))
    if marks:
        return _rule_marked(marks[0], quantity, dataset)
    level = next((item for item in mentions if _inside(quantity, item)), None)
    if level is not None and level.kind == "level":
        return _rule_level(level, quantity, dataset)
    others = [item for item in others if not _at_level(item, mentions)]
    against = misdirected(sentence.text, quantity, others)
    if against:
        return Ruling(Verdict.CONTRADICTED, "contradicted-claim", against)
    reason = skip_reason(sentence, quantity)
    if reason:
        return not_checked(reason)
    if quantity.hedge == "±":
        return _unsupported("no column holds the spread of a value")
    bound = frame(sentence.text, quantity, mentions, others, carried)
    if not _names_measure(bound, dataset):
        setup = _rule_setup(quantity, dataset)
        if setup is not None:
            return setup
    return _rule_bound(bound, dataset)


def _names_measure(bound: Frame, dataset: Dataset) -> bool:
    """Whether the sentence names a column in the number's unit: no fact of the setup then."""
    return any(
        factor(dataset.experiments[name].column(column).unit, bound.quantity.unit) is not None
        for mention in bound.measures
        for name, column, _ in mention.targets
    )


def _at_level(quantity: Quantity, mentions: Sequence[Mention]) -> bool:
    return any(item.kind == "level" and _inside(quantity, item) for item in mentions)


def _inside(quantity: Quantity, mention: Mention) -> bool:
    return mention.start <= quantity.start < mention.end and quantity.number_end <= mention.end


def _rule_marked(mark: Mark, quantity: Quantity, dataset: Dataset) -> Ruling:
    """``\\measured{id}{digits}``: the id is the binding; the digits must still be its."""
    identifier = mark.arguments[0] if mark.arguments else ""
    if identifier.startswith("product("):
        return not_checked("a product of cells, which only a limitation states")
    item = resolve(dataset, identifier)
    if item is None or not item.known:
        return Ruling(
            Verdict.UNSUPPORTED,
            "stale-measurement",
            f"the data have no measured value with the id '{identifier}'",
        )
    printed = Interval.of_printed(re.sub(r"[^\d.e-]", "", quantity.text[: _digits_end(quantity)]))
    same = quantity.text[: _digits_end(quantity)].replace(",", "") == digits(item)
    agrees = same or printed.meets(item.span) or printed.meets(-item.span)
    return Ruling(
        Verdict.SUPPORTED if agrees else Verdict.CONTRADICTED,
        "" if agrees else "stale-measurement",
        f"bound to {identifier}"
        if agrees
        else f"the number is bound to {identifier}, which is {_shown(item)} now",
        item.formula or "",
        evidence(_parents(item, dataset)),
        _shown(item),
    )


def _digits_end(quantity: Quantity) -> int:
    return quantity.number_end - quantity.start


def _parents(item: Measurement, dataset: Dataset) -> list[Measurement]:
    if not item.parents:
        return [item]
    found = (resolve(dataset, name) for name in item.parents)
    return [parent for parent in found if parent is not None]


def _rule_level(level: Mention, quantity: Quantity, dataset: Dataset) -> Ruling:
    names = sorted(level.experiments)
    if all(text == UNKNOWN for _, _, text in level.targets):
        known = "; ".join(
            _levels_of(dataset, name, column) for name, column, _ in sorted(level.targets)
        )
        return Ruling(
            Verdict.UNSUPPORTED,
            "unsupported-claim",
            f"no row of the data stands at this level ({known})",
        )
    items = [
        item
        for name, column, text in sorted(level.targets)
        if (item := _level_measurement(dataset, name, column, text)) is not None
    ]
    return Ruling(
        Verdict.SUPPORTED,
        "",
        f"a level or setting of {', '.join(names)}",
        "",
        evidence(items[:1]),
        quantity.text,
        score=float(len(names)),
    )


def _levels_of(dataset: Dataset, name: str, column: str) -> str:
    experiment = dataset.experiments[name]
    texts = dict.fromkeys(
        row.levels[column].text for row in experiment.rows if column in row.levels
    )
    return f"{name}: {', '.join(texts)}"


def _level_measurement(dataset: Dataset, name: str, column: str, text: str) -> Measurement | None:
    experiment = dataset.experiments[name]
    for row in experiment.rows:
        level = row.levels.get(column) or row.settings.get(column)
        if level is not None and level.text == text:
            return level.measurement
    setting = experiment.settings.get(column)
    return setting.measurement if setting is not None else None


def _rule_setup(quantity: Quantity, dataset: Dataset) -> Ruling | None:
    """A fact of the setup with the same unit: memory, cores, nodes."""
    facts = [
        level.measurement
        for level in dataset.setup.values()
        if level.measurement is not None and _same_unit(level.measurement.unit, quantity.unit)
    ]
    fitting = [item for item in facts if item.span.meets(quantity.interval)]
    for item in fitting[:1]:
        return Ruling(
            Verdict.SUPPORTED,
            "",
            f"the setup's {item.title}",
            "",
            evidence([item]),
            _shown(item),
            bound=tuple(each.id for each in fitting),
        )
    if _HARDWARE.match(quantity.unit):
        if facts:
            shown = ", ".join(f"{item.title}: {_shown(item)}" for item in facts)
            return Ruling(
                Verdict.UNSUPPORTED, "unsupported-claim", f"the setup says otherwise ({shown})"
            )
        return not_checked("hardware that the setup does not describe")
    return None


def _same_unit(symbol: str, wanted: str) -> bool:
    return bool(wanted) and (symbol == wanted or singular(symbol) == singular(wanted.lower()))


def _rule_bound(bound: Frame, dataset: Dataset) -> Ruling:
    """Match the quantity against the values that its sentence admits."""
    quantity = bound.quantity
    invented = _invented(bound, dataset)
    sets = [candidates for candidates in _candidate_sets(bound, dataset) if candidates]
    for candidates in sets:
        matching = [item for item in candidates if _agree(item.interval, quantity.interval)]
        if not matching:
            continue
        chance = _chance(candidates, quantity)
        best = max(matching, key=lambda item: item.score)
        if chance is None or chance <= MAX_CHANCE:
            rivals = (item.value.id for item in matching if item is not best)
            return _supported(best, chance, tuple(rivals))
        if invented is None:
            return Ruling(
                Verdict.UNSUPPORTED,
                "unsupported-claim",
                f"{best.value.id} would fit, but so would random digits "
                f"(probability {chance:.2f} among the {len(candidates)} values left open)",
                score=best.score,
                chance=chance,
            )
    if invented is not None:
        return invented
    if sets and _definite(bound, sets[0]):
        return _contradicted(sets[0], quantity)
    return Ruling(Verdict.UNSUPPORTED, "unsupported-claim", _why_unbound(bound, sets))


def _agree(one: Interval, other: Interval) -> bool:
    """Whether the intervals share more than an edge: 7.27 is not 7.26, which ends where it begins.

    An exact value has no width, and lies within or not.
    """
    overlap = min(one.hi, other.hi) - max(one.lo, other.lo)
    if one.width == 0 or other.width == 0:
        return overlap >= 0
    return overlap > EDGE * min(one.width, other.width)


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


def _supported(best: Candidate, chance: float | None, rivals: tuple[str, ...]) -> Ruling:
    return Ruling(
        Verdict.SUPPORTED,
        "",
        f"{best.value.id} is {_shown(best.value)}",
        best.value.formula or "",
        evidence(best.cells),
        _shown(best.value),
        best.score,
        chance,
        (best.value.id, *rivals),
    )


def _contradicted(candidates: Sequence[Candidate], quantity: Quantity) -> Ruling:
    nearest = min(candidates, key=lambda item: _gap(item.interval, quantity.interval))
    shown = "; ".join(f"{item.value.id} is {_shown(item.value)}" for item in candidates[:3])
    return Ruling(
        Verdict.CONTRADICTED,
        "contradicted-claim",
        f"the data say otherwise: {shown}",
        nearest.value.formula or "",
        evidence(nearest.cells),
        _shown(nearest.value),
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
                if not _is_invented(bound, item, experiment.name):
                    continue
                measured = row.cells.get(name)
                instead = (
                    f"measured was {_shown(measured)}"
                    if measured is not None and measured.known
                    else "nothing was measured there"
                )
                return Ruling(
                    Verdict.CONTRADICTED,
                    "invented-value",
                    f"the source invented this value for {item.counterpart or name}; {instead}",
                    "",
                    evidence([measured] if measured is not None and measured.known else []),
                    _shown(measured) if measured is not None and measured.known else "",
                )
    return None


def _is_invented(bound: Frame, item: Measurement, experiment: str) -> bool:
    """Same number, same kind of unit, and nothing in the sentence against it."""
    quantity = bound.quantity
    scale = factor(item.unit, quantity.unit)
    if (
        item.value is None
        or scale is None
        or not quantity.interval.meets(Interval.exact(item.value * scale))
    ):
        return False
    levels = [level for group in bound.levels for level in group if experiment in level.experiments]
    texts = {level for _, level in item.levels}
    return not levels or any(
        text in texts for level in levels for name, _, text in level.targets if name == experiment
    )


def evidence(items: Iterable[Measurement]) -> tuple[Mapping[str, object], ...]:
    """Cells as a judgement lists them."""
    return tuple(
        {
            "id": item.id,
            "value": item.value,
            "unit": item.unit,
            "grade": str(item.grade),
            "file": item.provenance.file if item.provenance else None,
            "row": item.provenance.row if item.provenance else None,
            "column": item.provenance.column if item.provenance else None,
        }
        for item in items
    )


def _shown(item: Measurement) -> str:
    return grouped(digits(item), ",") + plain_unit(item.unit)
