"""Values of runs that report none: what their samples come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain
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
    """One value that is made of each column of samples of a quantity."""

    quantity: str
    name: str
    unit: str
    method: str


@lru_cache(maxsize=256)
def _statistics(
    quantity: str, unit: str, row: str, shares: tuple[float, ...]
) -> tuple[Statistic, ...]:
    """What :func:`_values` gives of a column with such percentiles; of none, a count."""
    count = Statistic(quantity, "count", _things(row), "number of samples")
    if not shares:
        return (count,)
    named = [("mean", "mean"), ("std", "std over n"), ("min", "min")]
    named += [(f"p{share:g}", "linear percentile") for share in shares]
    return (
        count,
        *(Statistic(quantity, name, unit, how) for name, how in (*named, ("max", "max"))),
    )


def _values(summary: Summary) -> tuple[float, ...]:
    if not summary.count:
        return (0.0,)
    return (
        *(float(summary.count), summary.mean, summary.std, summary.minimum),
        *summary.percentiles.values(),
        summary.maximum,
    )


def _things(row: str) -> str:
    """The unit of a count of rows: ``one job`` gives ``jobs``."""
    word = row.removeprefix("one ")
    return f"{word}s" if word.isalpha() and word != row else "samples"


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

    def statistics(self) -> tuple[Statistic, ...]:
        """What there is of the values but for their numbers."""
        found = (
            _statistics(samples.quantity, samples.unit, samples.row, (*summary.percentiles,))
            for samples, summary in self._columns
        )
        return tuple(chain.from_iterable(found))

    def numbers(self) -> tuple[float, ...]:
        """The values' numbers."""
        return tuple(chain.from_iterable(_values(summary) for _, summary in self._columns))

    def counts(self) -> Iterator[int]:
        """How many samples are behind each value."""
        for _, summary in self._columns:
            yield from (summary.count for _ in _values(summary))

    def given(self) -> dict[tuple[str, str], Given]:
        """The numbers and units by quantity and statistic."""
        names = self.statistics()
        units = (item.unit for item in names)
        return dict(zip(_keys(names), zip(self.numbers(), units, strict=True), strict=True))

    @overload
    def __getitem__(self, place: int) -> Recomputed: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Recomputed, ...]: ...
    def __getitem__(self, place: int | slice) -> Recomputed | tuple[Recomputed, ...]:
        return self._items()[place]

    def __len__(self) -> int:
        return len(self.statistics())

    def __iter__(self) -> Iterator[Recomputed]:
        return iter(self._items())

    def _items(self) -> tuple[Recomputed, ...]:
        if self._made is None:
            place = "/".join(slug(part) for part in self.run.id.split("/"))
            self._made = tuple(
                _made(self.run, place, samples, summary.count, *item)
                for samples, summary in self._columns
                for item in zip(
                    Described(self.run, ((samples, summary),)).statistics(),
                    _values(summary),
                    strict=True,
                )
            )
        return self._made


@lru_cache(maxsize=256)
def _keys(names: tuple[Statistic, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((item.quantity, item.name) for item in names)


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
        return ((item.quantity, item.name, item.unit) for item in self._described.statistics())

    def texts(self) -> dict[tuple[str, str], str]:
        names = _keys(self._described.statistics())
        return dict(zip(names, map(_text, self._described.numbers()), strict=True))


def _made(
    run: Run, place: str, samples: Samples, count: int, item: Statistic, value: float
) -> Recomputed:
    name = f"{item.quantity}.{item.name}"
    measurement = Measurement(
        id=f"runs/{place}/{slug(name)}",
        experiment=run.id,
        quantity=name,
        levels=(),
        value=value,
        text=_text(value),
        unit=item.unit,
        interval=Interval.exact(value),
        grade=Grade.RAW,
        provenance=Provenance(samples.file, samples.sha256, None, samples.column, run.reader),
        formula=f"{item.name} of the samples of {run.id}",
        title=f"{item.name} {item.quantity}".replace("_", " "),
    )
    reported = Reported(item.quantity, item.name, measurement)
    matches = (("linear", value),) if item.method == "linear percentile" else ()
    return Recomputed(run.id, reported, value, Status.RAW, item.method, 1.0, count, matches)


def _text(value: float) -> str:
    """Plain digits, without an exponent."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.{DIGITS}g}"
    return format(Decimal(text), "f") if "e" in text else text
