"""Values of runs that report none: what their samples come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, overload

from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug
from writer.model.run import Reported, Reports, Run, RunSet, Samples
from writer.samples import Key, Summary, key
from writer.verify.recompute import Given, Recomputed, Status

DIGITS = 6
"""Significant digits of such a value in a table; the table of all runs has every digit."""


def described(
    runs: RunSet, summaries: Mapping[Key, Summary]
) -> tuple[RunSet, dict[str, Described]]:
    """The runs, those that report nothing with count, mean, spread and percentiles.

    The values have the grade ``raw``: nobody reported them, and they cannot disagree
    with their samples.

    Returns:
        The runs, and by id what recomputing those values comes to, which is themselves.
    """
    found: list[Run] = []
    known: dict[str, Described] = {}
    for run in runs.runs:
        if run.reported or not run.samples:
            found.append(run)
            continue
        # of copies of one quantity, the first
        columns = {samples.quantity: samples for samples in reversed(run.samples)}
        values = Described(
            run,
            tuple(
                (samples, summaries[key(samples)])
                for samples in run.samples
                if columns[samples.quantity] is samples
            ),
        )
        known[run.id] = values
        found.append(replace(run, reported=DescribedReports(values)))
    return replace(runs, runs=tuple(found)), known


class Statistic(NamedTuple):
    """One value of a column of samples; ``unit`` is that of the samples unless it is given."""

    name: str
    value: float
    method: str
    unit: str = ""


def _statistics(samples: Samples, summary: Summary) -> Iterator[Statistic]:
    yield Statistic("count", float(summary.count), "number of samples", _things(samples))
    if summary.count:
        yield Statistic("mean", summary.mean, "mean")
        yield Statistic("std", summary.std, "std over n")
        yield Statistic("min", summary.minimum, "min")
        for share, value in summary.percentiles.items():
            yield Statistic(f"p{share:g}", value, "linear percentile")
        yield Statistic("max", summary.maximum, "max")


def _things(samples: Samples) -> str:
    """The unit of a count of rows: ``one job`` gives ``jobs``."""
    word = samples.row.removeprefix("one ")
    return f"{word}s" if word.isalpha() and word != samples.row else "samples"


class Described(Sequence[Recomputed]):
    """What the samples of one run come to; each value is made when one is looked at.

    Args:
        run: that reports nothing.
        columns: of its samples, one of each quantity, with what it comes to.
    """

    __slots__ = ("_columns", "_made", "run")

    def __init__(self, run: Run, columns: tuple[tuple[Samples, Summary], ...]) -> None:
        self.run, self._columns = run, columns
        self._made: tuple[Recomputed, ...] | None = None

    def statistics(self) -> Iterator[tuple[Samples, Summary, Statistic]]:
        """Every value as a number, with the samples that it was made of."""
        for samples, summary in self._columns:
            for statistic in _statistics(samples, summary):
                yield samples, summary, statistic

    def given(self) -> dict[tuple[str, str], Given]:
        """The numbers by quantity and statistic."""
        return {
            (samples.quantity, item.name): Given(item.value, item.unit or samples.unit)
            for samples, _, item in self.statistics()
        }

    @overload
    def __getitem__(self, place: int) -> Recomputed: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Recomputed, ...]: ...
    def __getitem__(self, place: int | slice) -> Recomputed | tuple[Recomputed, ...]:
        return self._items()[place]

    def __len__(self) -> int:
        return len(self._items()) if self._made is not None else sum(1 for _ in self.statistics())

    def __iter__(self) -> Iterator[Recomputed]:
        return iter(self._items())

    def _items(self) -> tuple[Recomputed, ...]:
        if self._made is None:
            place = "/".join(slug(part) for part in self.run.id.split("/"))
            self._made = tuple(_made(self.run, place, *item) for item in self.statistics())
        return self._made


class DescribedReports(Reports):
    """Those values as if the run had reported them."""

    __slots__ = ("_described",)

    def __init__(self, values: Described) -> None:
        super().__init__(())
        self._described = values

    def _items(self) -> tuple[Reported, ...]:
        if not self._made:
            self._made = tuple(item.reported for item in self._described)
        return self._made

    def __len__(self) -> int:
        return len(self._described)

    def named(self) -> Iterator[tuple[str, str, str]]:
        for samples, _, item in self._described.statistics():
            yield samples.quantity, item.name, item.unit or samples.unit

    def texts(self) -> dict[tuple[str, str], str]:
        return {
            (samples.quantity, item.name): _text(item.value)
            for samples, _, item in self._described.statistics()
        }


def _made(run: Run, place: str, samples: Samples, summary: Summary, item: Statistic) -> Recomputed:
    name = f"{samples.quantity}.{item.name}"
    measurement = Measurement(
        id=f"runs/{place}/{slug(name)}",
        experiment=run.id,
        quantity=name,
        levels=(),
        value=item.value,
        text=_text(item.value),
        unit=item.unit or samples.unit,
        interval=Interval.exact(item.value),
        grade=Grade.RAW,
        provenance=Provenance(samples.file, samples.sha256, None, samples.column, run.reader),
        formula=f"{item.name} of the samples of {run.id}",
        title=f"{item.name} {samples.quantity}".replace("_", " "),
    )
    reported = Reported(samples.quantity, item.name, measurement)
    linear = item.method == "linear percentile"
    matches = (("linear", item.value),) if linear else ()
    values = (item.value, Status.RAW, item.method, 1.0, summary.count, matches)
    return Recomputed(run.id, reported, *values)


def _text(value: float) -> str:
    """Plain digits, without an exponent."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.{DIGITS}g}"
    return format(Decimal(text), "f") if "e" in text else text
