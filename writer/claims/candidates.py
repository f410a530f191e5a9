"""Values that a quantity may be: cells, and ratios, changes and differences of two cells.

A candidate keeps the formula over its cells. What the sentence names is binding:
a candidate at another level, or of another quantity, is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from writer.claims.frames import Frame
from writer.claims.quantities import PHYSICAL, Quantity
from writer.claims.vocabulary import UNKNOWN, Mention, Target
from writer.dataset import Dataset, change, difference, ratio, reduction, share
from writer.model.experiment import Column, Experiment, Row, Sweep
from writer.model.interval import Interval
from writer.model.measurement import Measurement
from writer.model.unit import factor, unit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value of the data that the sentence may mean.

    Attributes:
        value: the cell or the derived value.
        interval: its interval in the claim's unit.
        cells: the cells behind it.
        score: how many of the sentence's level mentions it answers.
        measured: whether a mention names its quantity.
    """

    value: Measurement
    interval: Interval
    cells: tuple[Measurement, ...]
    score: float
    measured: bool


def direct(frame: Frame, dataset: Dataset) -> tuple[Candidate, ...]:
    """Cells in the claim's unit that no mention rules out, the best bound only."""
    found = []
    for experiment in dataset.experiments.values():
        for column, named in _columns(frame, experiment, lambda item: _fits(item, frame.quantity)):
            for sweep in experiment.sweeps():
                groups = _opening(frame, sweep) if frame.opening else frame.levels
                for row in sweep.rows:
                    score = _score(experiment, row, groups)
                    cell = row.cells[column.name]
                    if score is None or not cell.known:
                        continue
                    span = _converted(cell, frame.quantity)
                    if span is not None:
                        found.append(Candidate(cell, span, (cell,), score, named))
    return _best(_of_experiment(found, frame))


def _opening(frame: Frame, sweep: Sweep) -> list[tuple[Mention, ...]]:
    """Where a change starts and only its end is named, the default base is meant."""
    own = (sweep.experiment.name, sweep.factor)
    default = _default(sweep)
    groups = [group for group in frame.levels if not any(_of(item, own) for item in group)]
    ends = [item for group in frame.levels for item in group if _of(item, own)]
    if ends and default:
        base = replace(ends[0], targets=frozenset(((*own, default),)))
        groups.append((base,))
    return groups


def _fits(column: Column, quantity: Quantity) -> bool:
    if quantity.form == "percent":
        return column.unit == "%"
    if quantity.form in ("ratio", "points"):
        return column.unit == "x" and quantity.form == "ratio"
    return _factor(column.unit, quantity.unit) is not None


def _factor(symbol: str, wanted: str) -> float | None:
    """Conversion into the claim's unit; a bare number or a noun takes the cell's own."""
    known = factor(symbol, wanted) if wanted else 1.0
    if known is not None:
        return known
    if wanted in PHYSICAL:
        return None
    here, there = unit(symbol).dimension, unit(wanted).dimension
    if here.startswith("count:") and there.startswith("count:"):
        return 1.0 if here.rstrip("s") == there.rstrip("s") else None
    return 1.0 if there.startswith("count:") and not here.startswith("count:") else None


def _converted(cell: Measurement, quantity: Quantity) -> Interval | None:
    scale = _factor(cell.unit, quantity.unit)
    return None if scale is None else cell.span.scaled(scale)


def _columns(
    frame: Frame, experiment: Experiment, fits: Callable[[Column], bool]
) -> Iterator[tuple[Column, bool]]:
    """The columns that the nearest fitting mention names; all fitting ones without any.

    A mention that names columns of the experiment, none of which fits, is passed
    over: "throughput ... 33 s" speaks of a latency that is named farther away.
    """
    known = {column.name: column for column in experiment.quantities()}
    passed = False
    for mention in frame.measures:
        if not mention.targets:
            return  # a statistic that nobody measured
        columns = [known[name] for name in sorted(mention.columns(experiment.name))]
        fitting = [column for column in columns if fits(column)]
        if fitting:
            yield from ((column, True) for column in fitting)
            return
        passed = passed or bool(mention.targets)
    if not passed or not any(fits(column) for column in _named(frame, known)):
        yield from ((column, False) for column in known.values() if fits(column) and not passed)


def _named(frame: Frame, known: Mapping[str, Column]) -> list[Column]:
    names = {name for mention in frame.measures for _, name, _ in mention.targets}
    return [known[name] for name in names if name in known]


def _score(experiment: Experiment, row: Row, groups: Sequence[Sequence[Mention]]) -> float | None:
    """How many groups of mentions the row answers; None if one rules it out."""
    score = 0.0
    for group in groups:
        speaking = [item for item in group if experiment.name in item.experiments]
        if not speaking:
            if conflicts(experiment, row, group):
                return None
            continue
        if not any(_at(experiment, row, item) for item in speaking):
            return None
        score += 1.0
    return score


def conflicts(experiment: Experiment, row: Row | None, group: Sequence[Mention]) -> bool:
    """Whether the mentions name other values of a setting that is known here.

    "The Mixed pipeline" rules out an experiment that ran the RAG pipeline only, although
    Mixed is a level of another experiment's column of that name.
    """
    texts: dict[str, set[str]] = {}
    for item in group:
        for _, column, text in item.targets:
            texts.setdefault(column, set()).add(text)
    for column, named in texts.items():
        level = (row.settings.get(column) if row else None) or experiment.settings.get(column)
        if level is not None and UNKNOWN not in named and level.text not in named:
            return True
    return False


def _at(experiment: Experiment, row: Row, mention: Mention) -> bool:
    return any(
        _stands(experiment, row, column, text)
        for name, column, text in mention.targets
        if name == experiment.name
    )


def _stands(experiment: Experiment, row: Row, column: str, text: str) -> bool:
    level = row.levels.get(column) or row.settings.get(column) or experiment.settings.get(column)
    return level is not None and text != UNKNOWN and level.text == text


def _of_experiment(found: Sequence[Candidate], frame: Frame) -> list[Candidate]:
    """A point for candidates of an experiment whose factor the sentence names."""
    named = {name for mention in frame.factors for name in mention.experiments}
    return [
        replace(item, score=item.score + (0.5 if item.cells[0].experiment in named else 0.0))
        for item in found
    ]


def _best(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    if not found:
        return ()
    measured = [item for item in found if item.measured] or list(found)
    top = max(item.score for item in measured)
    return tuple(item for item in measured if item.score == top)


def derived(frame: Frame, dataset: Dataset) -> tuple[Candidate, ...]:
    """Ratios, changes, differences of two cells of one column that the sentence admits."""
    found = []
    for experiment in dataset.experiments.values():
        for column, named in _columns(frame, experiment, lambda item: _admits(item, frame)):
            for sweep in experiment.sweeps():
                for new, base, score in _pairs(sweep, column, frame):
                    value = _value(frame, column, new, base)
                    if value is not None:
                        span = _span(value, frame.quantity)
                        if span is not None:
                            found.append(Candidate(value, span, (new, base), score, named))
    return _best(_of_experiment(found, frame))


def _admits(column: Column, frame: Frame) -> bool:
    """Whether a derived value of the column may be meant."""
    form = frame.quantity.form
    if form == "points":
        return column.unit == "%"
    if form == "plain":
        return frame.compared and _factor(column.unit, frame.quantity.unit) is not None
    return bool(frame.measures) or (
        column.measure == "throughput" and column.statistic != "per-unit"
    )


def _span(value: Measurement, quantity: Quantity) -> Interval | None:
    if quantity.form != "plain":
        return value.span
    scale = _factor(value.unit, quantity.unit)
    return None if scale is None else value.span.scaled(scale)


def _pairs(
    sweep: Sweep, column: Column, frame: Frame
) -> Iterator[tuple[Measurement, Measurement, float]]:
    """New cell, base cell and score of every pair that the mentions leave."""
    experiment = sweep.experiment
    own = (experiment.name, experiment.factor)
    fixed = [group for group in frame.levels if not any(_of(item, own) for item in group)]
    rows = [
        (row, score)
        for row in sweep.rows
        if row.cells[column.name].known and (score := _score(experiment, row, fixed)) is not None
    ]
    news, bases, certain = _sides(sweep, frame, own)
    for new, score in rows:
        for base, _ in rows:
            if new is base:
                continue
            texts = (new.levels[sweep.factor].text, base.levels[sweep.factor].text)
            if (news is None or texts[0] in news) and (bases is None or texts[1] in bases):
                yield new.cells[column.name], base.cells[column.name], score + certain


def _of(item: Mention, own: tuple[str, str]) -> bool:
    return any(target[:2] == own for target in item.targets)


def _sides(
    sweep: Sweep, frame: Frame, own: tuple[str, str]
) -> tuple[frozenset[str] | None, frozenset[str] | None, float]:
    """The levels that may be new and base (None: any), and how much was named."""
    named = [item for item in frame.partners if _of(item, own)]
    bases = [item for item in named if item in frame.bases]
    others = [item for item in named if item not in bases]
    if not named:
        carried = next(
            (group for group in frame.levels if any(_of(item, own) for item in group)), ()
        )
        others = list(carried)
    default = _default(sweep)
    if others and bases:
        return _texts(others[:1], own), _texts(bases[:1], own), 2.0
    if bases:
        return None, _texts(bases[:1], own), 1.0
    if len(others) > 1 and default not in _texts(others[:1], own):
        nearest = _texts(others[:1], own)
        rest = _texts(others[1:], own) - nearest
        return nearest, rest | ({default} if default and not rest else frozenset()), 2.0
    if len(others) > 1:
        return _texts(others[1:], own), _texts(others[:1], own), 2.0
    if others:
        base = frozenset((default,)) if default else None
        return _texts(others, own), base, 1.0
    return None, frozenset((default,)) if default else None, 0.0


def _texts(mentions: Iterable[Mention], own: tuple[str, str]) -> frozenset[str]:
    targets: Iterable[Target] = (target for item in mentions for target in item.targets)
    return frozenset(text for name, column, text in targets if (name, column) == own)


def _default(sweep: Sweep) -> str | None:
    """The level that a comparison means where it names none: the baseline, or the first
    of an ordered factor; None where nothing singles one out."""
    if sweep.experiment.baseline is not None:
        return sweep.experiment.baseline
    levels = [row.levels[sweep.factor] for row in sweep.rows]
    if all(level.value is not None for level in levels):
        return min(levels, key=lambda level: level.value or 0.0).text
    return None


def _value(frame: Frame, column: Column, new: Measurement, base: Measurement) -> Measurement | None:
    """The derived value in the claim's form and direction."""
    form, direction = frame.quantity.form, _resolved(frame.direction, column)
    try:
        if form == "ratio":
            turned = direction == "down" and not 0 < frame.quantity.value < 1
            return ratio(base, new) if turned else ratio(new, base)
        if form == "percent":
            return reduction(base, new) if direction == "down" else change(base, new)
        if direction == "down":
            return difference(base, new)
        return difference(new, base)
    except (ValueError, ZeroDivisionError):
        return None


def _resolved(direction: str, column: Column) -> str:
    """``up`` or ``down``: what "better" means depends on the quantity."""
    if direction in ("better", "worse"):
        rising = (column.better == "higher") == (direction == "better")
        return "up" if rising else "down"
    return direction


def shares(frame: Frame, dataset: Dataset) -> tuple[Candidate, ...]:
    """Completed tasks as a percentage of the tasks submitted."""
    found = []
    for experiment in dataset.experiments.values():
        for column, named in _columns(frame, experiment, lambda item: item.measure == "completed"):
            for row in experiment.rows:
                score = _score(experiment, row, frame.levels)
                whole = _submitted(experiment, row)
                part = row.cells[column.name]
                if score is not None and whole is not None and part.known and named:
                    value = share(part, whole)
                    found.append(Candidate(value, value.span, (part, whole), score, named))
    return _best(_of_experiment(found, frame))


def _submitted(experiment: Experiment, row: Row) -> Measurement | None:
    name = experiment.tasks
    if name is None:
        return None
    level = row.settings.get(name) or experiment.settings.get(name)
    return level.measurement if level is not None else row.cells.get(name)
