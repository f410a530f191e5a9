"""What is wrong with a run's files once its samples are read: named, counted, never dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from writer.model.run import Problem, Run, RunSet, Samples
from writer.model.unit import counted, unit
from writer.samples import Key, Summary, key
from writer.verify.resolution import slack

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
    return (
        *_times(run),
        *_nodes(run),
        *_samples(run, summaries),
        *_copies(run, summaries),
    )


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
            fault="durations that are not above zero",
        )


def _nodes(run: Run) -> Iterator[Problem]:
    """Tasks per node that are neither those completed nor those submitted."""
    completed = run.value("completed")
    if not run.shares or completed is None or completed.value is None:
        return
    total = sum(item.number for item in run.shares.values())
    tasks = run.value("tasks")
    if total not in (completed.value, None if tasks is None else tasks.value):
        yield Problem(
            run.file,
            f"the tasks per node add up to {total:.15g}, where {completed.text} tasks completed",
            fault="tasks per node that do not add up to those completed",
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
                f"{cells} of '{samples.column}'{of_run} "
                + ("holds" if summary.bad == 1 else "hold")
                + " no finite number and "
                + ("is left out" if summary.bad == 1 else "are left out"),
                fault="samples that are no numbers and were left out",
            )
        if summary.negative and unit(samples.unit).dimension == "time":
            yield Problem(
                samples.file,
                f"{counted(summary.negative, 'samples')} of '{samples.column}'{of_run} "
                + ("lies" if summary.negative == 1 else "lie")
                + " below zero, as no time does: the clock went backwards, or it is no time",
                fault="times below zero",
            )
    yield from _missing(run, summaries)


def _missing(run: Run, summaries: Mapping[Key, Summary]) -> Iterator[Problem]:
    completed = run.value("completed")
    if completed is None or completed.value is None:
        return
    for samples in run.columns("latency"):
        count = summaries[key(samples)].count
        if samples.row != "one task":
            return
        if 0 <= count < completed.value:
            yield Problem(
                samples.file,
                f"{count} samples in '{samples.column}' where {completed.text} tasks completed",
                fault="fewer samples than completed tasks",
            )


def _copies(run: Run, summaries: Mapping[Key, Summary]) -> Iterator[Problem]:
    """Two columns of one quantity that differ by more than one constant factor."""
    if len(run.samples) < 2:
        return
    for quantity in dict.fromkeys(samples.quantity for samples in run.samples):
        columns = run.columns(quantity)
        for other in columns[1:]:
            if _apart(columns[0], other, summaries):
                yield Problem(
                    columns[0].file,
                    f"'{columns[0].column}' and '{other.column}' hold as many samples and differ "
                    "by no constant factor: their units are mixed, or one of them was changed",
                    fault="copies of the samples that differ from each other",
                )


def _apart(column: Samples, copy: Samples, summaries: Mapping[Key, Summary]) -> bool:
    one, other = summaries[key(column)], summaries[key(copy)]
    if not one.count or one.count != other.count:
        return False
    pairs = [(one.mean, other.mean), (one.maximum, other.maximum)]
    pairs += [(value, other.percentiles[name]) for name, value in one.percentiles.items()]
    positive = [(mine, theirs) for mine, theirs in pairs if min(mine, theirs) > 0]
    if not positive or _constant(positive, 0.0, 0.0):
        return False
    return not _constant(positive, slack(column, one), slack(copy, other))


def _constant(pairs: Sequence[tuple[float, float]], mine: float, theirs: float) -> bool:
    """Whether one factor is between all pairs, each value as far off as its rounding allows."""
    told = [(one, other) for one, other in pairs if one > mine and other > theirs]
    least = max(((one - mine) / (other + theirs) for one, other in told), default=0.0)
    most = min(((one + mine) / (other - theirs) for one, other in told), default=0.0)
    return least <= most * (1.0 + ONE_FACTOR)
