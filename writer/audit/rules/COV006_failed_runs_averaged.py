"""An average over several runs includes runs without a success.

What it checks
    Whether a cell that is the mean over several runs, by the descriptor or by its digits
    where this says nothing, includes runs that completed no task.

Why it matters
    A run without a success reports zero for what it could not measure. Averaged with
    the others, the zeros bring a latency down the more runs fail, so that the worst
    level of a sweep can look like the best.

When it is wrong
    When a zero of a failed run is meant to count, as it may in a mean throughput that
    the text calls one over all attempts. Sums and maxima over runs are not judged:
    zeros do not move them.

Example
    P99 latency at 8 jobs is 50.8 s: the mean of 203 s, 203 s and six zeros of jobs in
    which no task succeeded.
"""

from collections.abc import Iterator, Mapping, Sequence

from writer.audit.example import Example, ExampleRun, Outcome, factor, latency, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import (
    NO_RUNS,
    RowRuns,
    averaged,
    bound,
    names,
    place,
    reported_mean,
    says,
    value,
    where,
)
from writer.model.experiment import Experiment
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.model.run import Run
from writer.verify.cells import COUNTED
from writer.verify.recompute import agrees
from writer.verify.values import counted, made
from writer.words import each, name


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every row whose averages include runs without a success."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    _, rows = found
    columns = _columns(experiment, rows)
    combined = [item for item in rows if len(item.runs) > 1 and columns]
    if not combined:
        yield NotJudged("no cell of this table is a mean over several runs")
        return
    if any(value(run, "completed") is None for item in combined for run in item.runs):
        yield NotJudged("a run does not report how many tasks it completed")
    hits = [
        (item, concerned)
        for item in combined
        if any(run.without_success for run in item.runs)
        and (concerned := _concerned(experiment, item, columns))
    ]
    if hits:
        yield Hit(
            where=tuple(item.row.cells[column] for item, columns in hits for column in columns),
            evidence={
                "title": experiment.title,
                "rows": tuple(_row(experiment, *hit) for hit in hits),
            },
        )


def _columns(experiment: Experiment, rows: Sequence[RowRuns]) -> tuple[str, ...]:
    """The columns that hold means over runs of what a run without a success does not measure."""
    sources = experiment.runs.columns if experiment.runs else {}
    means = averaged(experiment, rows)
    return tuple(column for column in means if sources[column].quantity not in COUNTED)


def _concerned(experiment: Experiment, item: RowRuns, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Columns whose cell of this row is the mean over all runs, and failures change it."""
    alive = [run for run in item.runs if not run.without_success]
    found = []
    for column in columns:
        cell = item.row.cells.get(column)
        mean = _mean(experiment, column, cell, item.runs) if cell and cell.known else None
        if cell is None or mean is None or not says(cell, mean):
            continue
        other = _mean(experiment, column, cell, alive) if alive else None
        if other is None or not agrees(mean, other):
            found.append(column)
    return tuple(found)


def _mean(
    experiment: Experiment, column: str, cell: Measurement, runs: Sequence[Run]
) -> float | None:
    assert experiment.runs is not None  # noqa: S101 - its columns are being judged
    return reported_mean(experiment.runs.columns[column], cell, runs)


def _row(experiment: Experiment, item: RowRuns, columns: tuple[str, ...]) -> Mapping[str, object]:
    empty = [run for run in item.runs if run.without_success]
    alive = [run for run in item.runs if not run.without_success]
    return {
        "at": where(experiment, item.row),
        "empty": counted(empty, "runs of the row without a success", len(empty)),
        "runs": counted(item.runs, "runs of the row", len(item.runs)),
        "names": names(empty),
        "cells": tuple(
            {
                "title": name(experiment.column(column)),
                "cell": item.row.cells[column],
                "others": _others(experiment, column, item.row.cells[column], alive),
            }
            for column in columns
        ),
    }


def _others(
    experiment: Experiment, column: str, cell: Measurement, alive: list[Run]
) -> Measurement | str:
    """The mean over the runs that succeeded, in the cell's unit; empty without any."""
    mean = _mean(experiment, column, cell, alive)
    if mean is None:
        return ""
    return made(
        alive,
        f"mean {column} of the runs of the row that succeeded",
        mean,
        cell.unit,
        title=f"{name(experiment.column(column))} over the runs that succeeded",
    )


_CELL = (
    "{{ c.title }} of {{ c.cell|u }}{% if c.others %} "
    "({{ c.others|u }} over the runs that succeeded){% endif %}"
)
_SHORT = "{{ r.empty }} of {{ r.runs|u }} " + place("r.at")
_LONG = (
    place("r.at")
    + ", where {{ r.empty }} of {{ r.runs|u }} completed no task ({{ r.names }}), "
    + each("c", "r.cells", _CELL)
)
_SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))
_FIELDS = {"jobs": factor(unit="jobs"), "p99": latency("p99"), "rate": throughput()}
_INFO = {
    "runs": {
        "path": "example/jobs{jobs}/*",
        "columns": {
            "p99": {"quantity": "latency", "statistic": "p99", "over": "mean"},
            "rate": {"quantity": "throughput", "over": "sum"},
        },
    }
}
_ONE = ExampleRun("jobs1/a", _SAMPLES)
_TWO = (ExampleRun("jobs2/a", _SAMPLES), ExampleRun("jobs2/b", (), tasks=40))

RULE = rule(
    code="COV006",
    name="failed-runs-averaged",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: averages include runs without any success: " + each("r", "rows", _SHORT),
    limitation="Averages include runs in which no task succeeded, as if the zeros of their files "
    "had been measured: " + each("r", "rows", _LONG, last="; and ") + ". The more runs fail, "
    "the nearer such an average is to zero, which in a latency looks like a gain; no "
    "comparison with the other levels can rest on it.",
    settle="Averaging the runs that succeeded, with the number of runs that failed beside it, or "
    "repeating the failed runs would settle it.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "the P99 latency at two jobs is halved by the zero of a failed one",
            "jobs,p99,rate\n1,196,4.0\n2,98,4.0",
            _FIELDS,
            info=_INFO,
            runs=(_ONE, *_TWO),
        ),
        Example(
            Outcome.FIRES,
            "no run of the level succeeded, and its latency is zero",
            "jobs,p99,rate\n1,196,4.0\n2,0,0",
            _FIELDS,
            info=_INFO,
            runs=(
                _ONE,
                ExampleRun("jobs2/a", (), tasks=40),
                ExampleRun("jobs2/b", (), tasks=40),
            ),
        ),
        Example(
            Outcome.SILENT,
            "the average leaves the failed run out",
            "jobs,p99,rate\n1,196,4.0\n2,196,4.0",
            _FIELDS,
            info=_INFO,
            runs=(_ONE, *_TWO),
        ),
        Example(
            Outcome.SILENT,
            "every run that is averaged succeeded",
            "jobs,p99,rate\n1,196,4.0\n2,196,8.0",
            _FIELDS,
            info=_INFO,
            runs=(_ONE, _TWO[0], ExampleRun("jobs2/b", _SAMPLES)),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the failed run is only summed up",
            "jobs,rate\n1,4.0\n2,4.0",
            {key: _FIELDS[key] for key in ("jobs", "rate")},
            info={
                "runs": {
                    "path": "example/jobs{jobs}/*",
                    "columns": {"rate": {"quantity": "throughput", "over": "sum"}},
                }
            },
            runs=(_ONE, *_TWO),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            "threads,throughput\n1,10.0\n2,0.0",
            {"threads": factor(), "throughput": throughput()},
        ),
    ),
)
