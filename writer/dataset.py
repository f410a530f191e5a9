"""The dataset: immutable experiments and look-ups, and values derived from cells."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from writer.errors import DataError
from writer.model.cells import cells_of
from writer.model.experiment import Experiment, Level
from writer.model.interval import Interval, ratio_interval
from writer.model.measurement import Grade, Measurement


@dataclass(frozen=True)
class Dataset:
    """Everything that was read, with its files' hashes.

    Attributes:
        experiments: by name, in the descriptor's order.
        setup: facts about the environment by key (``nodes``, ``gpu`` ...).
        files: sha256 of every file read, by path from the project's root.
        title: of the data package.
        contributors: who made the measurements.
    """

    experiments: Mapping[str, Experiment]
    setup: Mapping[str, Level]
    files: Mapping[str, str]
    title: str = ""
    contributors: tuple[str, ...] = field(default=())

    @cached_property
    def _by_id(self) -> Mapping[str, tuple[Mapping[str, Measurement], str]]:
        """Where each measurement is found: what holds it, and under which name."""
        found: dict[str, tuple[Mapping[str, Measurement], str]] = {}
        for identifier, held, name in self._everything():
            if identifier in found:
                place = held[name].provenance
                raise DataError(
                    f"two values share the id '{identifier}'",
                    file=place.file if place else None,
                    line=place.row if place else None,
                    expected="names of levels and columns that differ in letters or digits",
                )
            found[identifier] = held, name
        return found

    def _everything(self) -> Iterator[tuple[str, Mapping[str, Measurement], str]]:
        facts = (fact.measurement for fact in self.setup.values())
        yield from _each(item for item in facts if item is not None)
        for experiment in self.experiments.values():
            yield from _each(settings_of(experiment))
            for row in experiment.rows:
                cells = cells_of(row.cells)
                for name in cells:
                    yield cells.id(name), cells, name
            for row in experiment.rows:
                yield from _each(row.adjusted.values())

    @property
    def digest(self) -> str:
        """SHA-256 over the names and hashes of all files."""
        lines = (f"{name} {digest}\n" for name, digest in sorted(self.files.items()))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def experiment(self, name: str) -> Experiment:
        """The experiment called ``name``.

        Raises:
            DataError: there is none; the message lists those there are.
        """
        try:
            return self.experiments[name]
        except KeyError:
            raise DataError(
                f"there is no experiment '{name}'",
                expected=f"one of {', '.join(self.experiments) or 'none: the data are empty'}",
            ) from None

    def get(self, identifier: str) -> Measurement | None:
        """The measurement with this id, or None."""
        found = self._by_id.get(identifier)
        return None if found is None else found[0][found[1]]

    def ids(self) -> tuple[str, ...]:
        """Every id: setup, settings, levels, cells and adjusted values."""
        return tuple(self._by_id)

    def cells(self) -> tuple[Measurement, ...]:
        """Every cell of every table: measured, missing and adjusted."""
        return tuple(
            item for experiment in self.experiments.values() for item in experiment.measurements()
        )

    def by_grade(self) -> dict[str, int]:
        """How many cells have each grade, strongest grade first, zeros included."""
        counts = Counter(item.grade for item in self.cells())
        return {str(grade): counts[grade] for grade in Grade}


def _each(items: Iterable[Measurement]) -> Iterator[tuple[str, Mapping[str, Measurement], str]]:
    for item in items:
        yield item.id, {item.id: item}, item.id


def settings_of(experiment: Experiment) -> Iterator[Measurement]:
    """Numeric settings, trials, levels and stated changes of an experiment."""
    for setting in experiment.settings.values():
        if setting is not None and setting.measurement is not None:
            yield setting.measurement
    if experiment.trials is not None:
        yield experiment.trials
    for row in experiment.rows:
        for level in (*row.levels.values(), *row.settings.values()):
            if level.measurement is not None:
                yield level.measurement
        yield from row.together.values()
        for trials in row.trials.values():
            yield from trials
    for change in experiment.stated:
        yield change.stated
    yield from {item.id: item for item in experiment.basis.values()}.values()


def _derived(
    formula: str,
    parents: Iterable[Measurement],
    interval: Interval,
    value: float,
    unit: str,
    title: str,
) -> Measurement:
    items = tuple(parents)
    first = items[0]
    return Measurement(
        id=formula,
        experiment=first.experiment,
        quantity=title,
        levels=first.levels,
        value=value,
        text="",
        unit=unit,
        interval=interval,
        grade=Grade.DERIVED,
        parents=tuple(item.id for item in items),
        formula=formula,
        title=title,
        sampled=all(_recomputed(item) for item in items),
    )


def _recomputed(item: Measurement) -> bool:
    return item.grade is Grade.RAW or item.sampled


def _quotient(over: Measurement, base: Measurement) -> Interval:
    """The interval of a ratio: of confidence where both were recomputed, else what digits allow."""
    bounds = over.span / base.span
    if not (_recomputed(over) and _recomputed(base)):
        return bounds
    return ratio_interval(over.number, over.span, base.number, base.span) or bounds


def ratio(over: Measurement, base: Measurement) -> Measurement:
    """``over / base``, unit ``x``.

    Raises:
        ValueError: one of the two has no measured value.
        ZeroDivisionError: the base may be zero.
    """
    return _derived(
        f"ratio({over.id},{base.id})",
        (over, base),
        _quotient(over, base),
        over.number / base.number,
        "x",
        f"{over.title} relative to {base.title}",
    )


def change(base: Measurement, new: Measurement) -> Measurement:
    """Percentage change from ``base`` to ``new``; negative when it falls.

    Raises:
        ValueError, ZeroDivisionError: as :func:`ratio`.
    """
    quotient = _quotient(new, base)
    return _derived(
        f"change({base.id},{new.id})",
        (base, new),
        (quotient - Interval.exact(1.0)).scaled(100.0),
        (new.number / base.number - 1.0) * 100.0,
        "%",
        f"change of {base.title}",
    )


def reduction(base: Measurement, new: Measurement) -> Measurement:
    """Percentage by which ``new`` lies below ``base``.

    Raises:
        ValueError, ZeroDivisionError: as :func:`ratio`.
    """
    quotient = _quotient(new, base)
    return _derived(
        f"reduction({base.id},{new.id})",
        (base, new),
        (Interval.exact(1.0) - quotient).scaled(100.0),
        (1.0 - new.number / base.number) * 100.0,
        "%",
        f"reduction of {base.title}",
    )


def difference(one: Measurement, other: Measurement) -> Measurement:
    """``one - other`` in the unit of ``one``; percentage points for shares.

    Raises:
        ValueError: a value is missing, or the units differ.
    """
    if one.unit != other.unit:
        raise ValueError(f"units differ: {one.unit} and {other.unit}")
    unit = "pp" if one.unit == "%" else one.unit
    return _derived(
        f"difference({one.id},{other.id})",
        (one, other),
        one.span - other.span,
        one.number - other.number,
        unit,
        f"difference of {one.title}",
    )


def product(
    one: Measurement, other: Measurement, *, unit: str, factor: float = 1.0, title: str = ""
) -> Measurement:
    """``one * other * factor`` in ``unit``; the factor converts units.

    Raises:
        ValueError: a value is missing.
    """
    formula = f"product({one.id},{other.id})"
    return _derived(
        formula if factor == 1.0 else f"{formula}*{factor:g}",
        (one, other),
        (one.span * other.span).scaled(factor),
        one.number * other.number * factor,
        unit,
        title or f"{one.title} times {other.title}",
    )


def share(part: Measurement, whole: Measurement) -> Measurement:
    """``part`` as a percentage of ``whole``.

    Raises:
        ValueError, ZeroDivisionError: as :func:`ratio`.
    """
    return _derived(
        f"share({part.id},{whole.id})",
        (part, whole),
        (part.span / whole.span).scaled(100.0),
        part.number / whole.number * 100.0,
        "%",
        f"{part.title} of {whole.title}",
    )


_FORMULAS = {
    "ratio": ratio,
    "change": change,
    "reduction": reduction,
    "difference": difference,
    "share": share,
}


def resolve(dataset: Dataset, identifier: str) -> Measurement | None:
    """The measurement with this id; a derived one is computed from its formula.

    Returns None for an unknown id, an unknown formula, or parents without values.
    """
    found = dataset.get(identifier)
    if found is not None:
        return found
    name, opening, rest = identifier.partition("(")
    function = _FORMULAS.get(name)
    if function is None or not opening or not rest.endswith(")"):
        return None
    parents = [resolve(dataset, part) for part in _arguments(rest[:-1])]
    if len(parents) != 2 or parents[0] is None or parents[1] is None:
        return None
    try:
        return function(parents[0], parents[1])
    except (ValueError, ZeroDivisionError):
        return None


def _arguments(text: str) -> list[str]:
    """Split at the commas outside parentheses."""
    parts, depth, start = [], 0, 0
    for position, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]
