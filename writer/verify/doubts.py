"""Samples that cannot be right, as problems of their runs: named and counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from writer.model.run import Problem, Run, RunSet
from writer.model.unit import counted, unit
from writer.samples import Key, Summary, key


def with_doubts(runs: RunSet, summaries: Mapping[Key, Summary]) -> RunSet:
    """The runs, with a problem for each column that holds what no measurement is."""
    return replace(
        runs, runs=tuple(_with(run, tuple(_doubts(run, summaries))) for run in runs.runs)
    )


def _with(run: Run, found: tuple[Problem, ...]) -> Run:
    return replace(run, problems=(*run.problems, *found)) if found else run


def _doubts(run: Run, summaries: Mapping[Key, Summary]) -> Iterator[Problem]:
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
