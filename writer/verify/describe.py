"""Values of runs that report none: what their samples come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug
from writer.model.run import Reported, Run, RunSet, Samples
from writer.samples import Key, Summary, key
from writer.verify.recompute import Recomputed, Status

DIGITS = 6
"""Significant digits of such a value in a table; the table of all runs has every digit."""


def described(
    runs: RunSet, summaries: Mapping[Key, Summary]
) -> tuple[RunSet, dict[str, tuple[Recomputed, ...]]]:
    """The runs, those that report nothing with count, mean, spread and percentiles.

    The values have the grade ``raw``: nobody reported them, and they cannot disagree
    with their samples.

    Returns:
        The runs, and by id what recomputing those values comes to, which is themselves.
    """
    found: list[Run] = []
    known: dict[str, tuple[Recomputed, ...]] = {}
    for run in runs.runs:
        if run.reported or not run.samples:
            found.append(run)
            continue
        values = tuple(_values(run, summaries))
        known[run.id] = values
        found.append(replace(run, reported=tuple(value.reported for value in values)))
    return replace(runs, runs=tuple(found)), known


def _values(run: Run, summaries: Mapping[Key, Summary]) -> Iterator[Recomputed]:
    place = "/".join(slug(part) for part in run.id.split("/"))
    seen = set()
    for samples in run.samples:
        summary = summaries[key(samples)]
        if samples.quantity in seen:  # a copy of samples that were taken already
            continue
        seen.add(samples.quantity)
        of = _Described(run, samples, place, summary.count)
        yield of.value("count", float(summary.count), _things(samples), "number of samples")
        if summary.count:
            yield of.value("mean", summary.mean, samples.unit, "mean")
            yield of.value("std", summary.std, samples.unit, "std over n")
            yield of.value("min", summary.minimum, samples.unit, "min")
            for share, value in summary.percentiles.items():
                yield of.value(
                    f"p{share:g}", value, samples.unit, "linear percentile", (("linear", value),)
                )
            yield of.value("max", summary.maximum, samples.unit, "max")


def _things(samples: Samples) -> str:
    """The unit of a count of rows: ``one job`` gives ``jobs``."""
    word = samples.row.removeprefix("one ")
    return f"{word}s" if word.isalpha() and word != samples.row else "samples"


@dataclass(frozen=True, slots=True)
class _Described:
    """Makes the values of one column of samples."""

    run: Run
    samples: Samples
    place: str
    count: int

    def value(
        self,
        statistic: str,
        value: float,
        unit: str,
        method: str,
        matches: tuple[tuple[str, float], ...] = (),
    ) -> Recomputed:
        run, samples = self.run, self.samples
        name = f"{samples.quantity}.{statistic}"
        measurement = Measurement(
            id=f"runs/{self.place}/{slug(name)}",
            experiment=run.id,
            quantity=name,
            levels=(),
            value=value,
            text=_text(value),
            unit=unit,
            interval=Interval.exact(value),
            grade=Grade.RAW,
            provenance=Provenance(samples.file, samples.sha256, None, samples.column, run.reader),
            formula=f"{statistic} of the samples of {run.id}",
            title=f"{statistic} {samples.quantity}".replace("_", " "),
        )
        reported = Reported(samples.quantity, statistic, measurement)
        return Recomputed(run.id, reported, value, Status.RAW, method, 1.0, self.count, matches)


def _text(value: float) -> str:
    """Plain digits, without an exponent."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(f"{value:.{DIGITS}g}"), "f")
