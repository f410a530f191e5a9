"""Measurements and levels in the words of the data's own headers, as an author reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from writer.dataset import Dataset, resolve
from writer.model.measurement import Measurement
from writer.model.unit import singular
from writer.prose import plain_unit

_DERIVED = {
    "ratio": "{one} relative to {other}",
    "change": "change from {one} to {other}",
    "reduction": "reduction from {one} to {other}",
    "difference": "{one} minus {other}",
    "share": "share of {one} in {other}",
}


def name_of(item: Measurement, dataset: Dataset) -> str:
    """What ``item`` is, e.g. "throughput at concurrency 4".

    A derived value is told by the two cells it was computed from; by its id where it has others.
    """
    if item.formula is None or not item.parents:
        return _cell(item, dataset)
    how = _DERIVED.get(item.formula.partition("(")[0])
    parents = [resolve(dataset, parent) for parent in item.parents]
    if how is None or len(parents) != 2 or parents[0] is None or parents[1] is None:
        return item.id
    one, other = parents[0], parents[1]
    if one.parents or other.parents:
        return item.id
    second = _cell(other, dataset)
    if _title(one) == _title(other) and one.levels and other.levels:
        second = f"that at {_levels(other, dataset)}"
    return how.format(one=_cell(one, dataset), other=second)


def names_of(items: Sequence[Measurement], dataset: Dataset) -> list[str]:
    """The same for several, told apart by their experiments where they share a name."""
    names = [name_of(item, dataset) for item in items]
    counts = Counter(names)
    return [
        f"{name} ({title_of(item.experiment, dataset)})" if counts[name] > 1 else name
        for name, item in zip(names, items, strict=True)
    ]


def level_name(experiment: str, factor: str, text: str, dataset: Dataset) -> str:
    """A level, e.g. "concurrency 4", "4 nodes", "start delay 5 s"."""
    title, unit = factor, ""
    known = dataset.experiments.get(experiment)
    if known is not None:
        for column in known.columns:
            if column.name == factor:
                title, unit = column.title or factor, column.unit
    if unit and unit.lower() == title.lower():
        return f"{text} {singular(unit) if text == '1' else unit}"
    return f"{uncapitalised(title)} {text}{plain_unit(unit) if unit != '1' else ''}"


def title_of(experiment: str, dataset: Dataset) -> str:
    """The title of an experiment, its name where it has none."""
    known = dataset.experiments.get(experiment)
    return known.title if known is not None and known.title else experiment


def uncapitalised(title: str) -> str:
    """A title within a sentence: "Mean latency" begins small, "P99 latency" does not."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _cell(item: Measurement, dataset: Dataset) -> str:
    title = _title(item)
    return f"{title} at {_levels(item, dataset)}" if item.levels else title


def _title(item: Measurement) -> str:
    return uncapitalised(item.title or item.quantity)


def _levels(item: Measurement, dataset: Dataset) -> str:
    names = [level_name(item.experiment, factor, text, dataset) for factor, text in item.levels]
    return " and ".join(names)
