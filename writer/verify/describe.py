"""Runs that hold samples and report nothing: what their samples come to, as reported values.

A tool that writes a summary is held against its samples. Where there is no summary,
count, mean and percentiles are computed here, so that such runs make tables too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug
from writer.model.run import Reported, Run, RunSet, Samples
from writer.samples import Summary
from writer.samples._aggregate import Key, key

SHOWN = (50.0, 95.0, 99.0)
"""Percentiles that a table of such runs has."""


def described(runs: RunSet, summaries: Mapping[Key, Summary]) -> RunSet:
    """The runs, those that report nothing with what their samples come to."""
    return replace(
        runs,
        runs=tuple(
            run if run.reported else replace(run, reported=tuple(_values(run, summaries)))
            for run in runs.runs
        ),
    )


def _values(run: Run, summaries: Mapping[Key, Summary]) -> Iterator[Reported]:
    seen = set()
    for samples in run.samples:
        summary = summaries[key(samples)]
        if samples.quantity in seen or not summary.count:
            continue
        if samples.quantity == "latency":
            yield _value(run, samples, "completed", "", float(summary.count), _things(samples))
        seen.add(samples.quantity)
        yield _value(run, samples, samples.quantity, "mean", summary.mean, samples.unit)
        for percentile in SHOWN:
            yield _value(
                run,
                samples,
                samples.quantity,
                f"p{percentile:.0f}",
                summary.percentiles[percentile],
                samples.unit,
            )


def _things(samples: Samples) -> str:
    """The unit of a count of rows: ``one job`` gives ``jobs``."""
    word = samples.row.removeprefix("one ")
    return f"{word}s" if word.isalpha() and word != samples.row else "tasks"


def _value(
    run: Run, samples: Samples, quantity: str, statistic: str, value: float, unit: str
) -> Reported:
    name = f"{quantity}.{statistic}" if statistic else quantity
    steps = "/".join(slug(part) for part in run.id.split("/"))
    return Reported(
        quantity,
        statistic,
        Measurement(
            id=f"runs/{steps}/{slug(name)}",
            experiment=run.id,
            quantity=name,
            levels=(),
            value=value,
            text="" if statistic else str(int(value)),
            unit=unit,
            interval=Interval.exact(value),
            grade=Grade.RAW,
            provenance=Provenance(samples.file, samples.sha256, None, samples.column, run.reader),
            formula=f"{name} of the samples of {run.id}",
            title=name.replace(".", " "),
        ),
    )
