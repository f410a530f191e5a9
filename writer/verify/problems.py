"""What is wrong with a run's files once its samples are read: named, counted, never dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from writer.model.run import Problem, Run, RunSet
from writer.model.unit import counted, unit
from writer.samples import Key, Summary, key

ONE_FACTOR = 0.01
"""Relative difference up to which copies of the samples differ by one constant factor."""


def noted(runs: RunSet, summaries: Mapping[Key, Summary]) -> RunSet:
    """The runs with the problems that their samples and times show."""
    return replace(
        runs,
        runs=tuple(
            replace(run, problems=(*run.problems, *found))
            if (found := _of(run, summaries))
            else run
            for run in runs.runs
        ),
    )


def _of(run: Run, summaries: Mapping[Key, Summary]) -> tuple[Problem, ...]:
    return (*_times(run), *_samples(run, summaries), *_copies(run, summaries))


def _times(run: Run) -> Iterator[Problem]:
    """A duration that no clock gives."""
    duration = run.value("duration")
    if duration is not None and duration.value is not None and duration.value <= 0:
        place = duration.provenance
        where = f"'{place.column}' " if place else ""
        yield Problem(
            run.file,
            f"the duration {where}is {duration.text} {duration.unit}: the clock went backwards, or "
            "nothing was timed",
        )


def _samples(run: Run, summaries: Mapping[Key, Summary]) -> Iterator[Problem]:
    """Cells that are no numbers, times below zero, fewer samples than were completed."""
    for samples in run.samples:
        summary = summaries[key(samples)]
        of_run = f" of {run.id}" if samples.where else ""
        if summary.bad:
            cells = counted(summary.bad, "cells")
            yield Problem(
                samples.file,
                f"{cells} of '{samples.column}'{of_run} hold no finite number and are left out",
            )
        if summary.negative and unit(samples.unit).dimension == "time":
            yield Problem(
                samples.file,
                f"{counted(summary.negative, 'samples')} of '{samples.column}'{of_run} "
                "lie below zero, as no time does: the clock went backwards, or it is no time",
            )
    yield from _missing(run, summaries)


def _missing(run: Run, summaries: Mapping[Key, Summary]) -> Iterator[Problem]:
    completed = run.value("completed")
    for samples in run.columns("latency"):
        count = summaries[key(samples)].count
        if completed is None or completed.value is None or samples.row != "one task":
            return
        if 0 <= count < completed.value:
            yield Problem(
                samples.file,
                f"{count} samples in '{samples.column}' where {completed.text} tasks completed",
            )


def _copies(run: Run, summaries: Mapping[Key, Summary]) -> Iterator[Problem]:
    """Two columns of one quantity that differ by more than one constant factor."""
    for quantity in dict.fromkeys(samples.quantity for samples in run.samples):
        columns = run.columns(quantity)
        for other in columns[1:]:
            if _apart(summaries[key(columns[0])], summaries[key(other)]):
                yield Problem(
                    columns[0].file,
                    f"'{columns[0].column}' and '{other.column}' hold as many samples and differ "
                    "by no constant factor: their units are mixed, or one of them was changed",
                )


def _apart(one: Summary, other: Summary) -> bool:
    if not one.count or one.count != other.count:
        return False
    pairs = [(one.mean, other.mean), (one.maximum, other.maximum)]
    pairs += [(value, other.percentiles[name]) for name, value in one.percentiles.items()]
    factors: Sequence[float] = [mine / theirs for mine, theirs in pairs if mine > 0 and theirs > 0]
    return bool(factors) and max(factors) > min(factors) * (1.0 + ONE_FACTOR)
