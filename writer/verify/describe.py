"""Values of runs that report none: what their samples come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug
from writer.model.run import Reported, Run, RunSet, Samples
from writer.samples import Key, Summary, key

DIGITS = 6
"""Significant digits of such a value in a table; the table of all runs has every digit."""


def described(runs: RunSet, summaries: Mapping[Key, Summary]) -> RunSet:
    """The runs, those that report nothing with count, mean, spread and percentiles.

    The values have the grade ``raw``: nobody reported them, and they cannot disagree
    with their samples.
    """
    return replace(
        runs,
        runs=tuple(
            run
            if run.reported or not run.samples
            else replace(run, reported=tuple(_values(run, summaries)))
            for run in runs.runs
        ),
    )


def _values(run: Run, summaries: Mapping[Key, Summary]) -> Iterator[Reported]:
    seen = set()
    for samples in run.samples:
        summary = summaries[key(samples)]
        if samples.quantity in seen:  # a copy of samples that were taken already
            continue
        seen.add(samples.quantity)
        yield _value(run, samples, "count", float(summary.count), _things(samples))
        if summary.count:
            plain = {
                "mean": summary.mean,
                "std": summary.std,
                "min": summary.minimum,
                **{f"p{share:g}": value for share, value in summary.percentiles.items()},
                "max": summary.maximum,
            }
            for statistic, value in plain.items():
                yield _value(run, samples, statistic, value, samples.unit)


def _things(samples: Samples) -> str:
    """The unit of a count of rows: ``one job`` gives ``jobs``."""
    word = samples.row.removeprefix("one ")
    return f"{word}s" if word.isalpha() and word != samples.row else "samples"


def _value(run: Run, samples: Samples, statistic: str, value: float, unit: str) -> Reported:
    name = f"{samples.quantity}.{statistic}"
    path = "/".join(slug(part) for part in run.id.split("/"))
    return Reported(
        samples.quantity,
        statistic,
        Measurement(
            id=f"runs/{path}/{slug(name)}",
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
        ),
    )


def _text(value: float) -> str:
    """Plain digits, without an exponent."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(f"{value:.{DIGITS}g}"), "f")
