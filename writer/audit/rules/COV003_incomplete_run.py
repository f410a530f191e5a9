"""A run completed fewer tasks than were submitted.

What it checks
    Whether a column that counts completed tasks reaches the number submitted,
    which the descriptor names as ``tasks``. A table without such a column is judged by
    what the runs behind it report. Runs that completed nothing are left to
    `empty-run`.

Why it matters
    The throughput and latency of an incomplete run describe the tasks that
    survived. Which ones fail is rarely chance: long tasks time out first, so the
    run looks better than it was.

When it is wrong
    When the run was meant to stop early, for instance after a fixed time: then
    the number submitted is not the number expected.

Example
    1491 of 5000 tasks completed on one node and 4998 on sixteen: the speedup
    compares two different workloads.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from writer.audit.example import (
    Example,
    ExampleRun,
    Outcome,
    completed,
    factor,
    group,
    setting,
    throughput,
)
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import RowRuns, bound, cells, name, value
from writer.audit.thresholds import COMPLETE_SHARE
from writer.dataset import share
from writer.model.experiment import Column, Experiment, Row, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.model.number import digits
from writer.model.run import Run
from writer.sweeps import lookup
from writer.words import at, each, of, place, subject


class _Count(NamedTuple):
    """What one run completed; ``run`` names it where a row has several."""

    row: Row
    completed: Measurement
    tasks: Measurement
    where: tuple[Measurement, ...]
    run: str = ""


_Parts = list[tuple[Sweep, list[_Count]]]


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every incomplete run of the table."""
    columns = [item for item in experiment.of("completed") if item.unit != "%"]
    runs = bound(experiment, context)
    repeated = runs is not None and any(len(item.runs) > 1 for item in runs[1])
    made_of_runs = experiment.runs is not None and not experiment.runs.path
    if columns and experiment.tasks is not None and not (repeated and made_of_runs):
        if not _submitted(experiment, columns):
            yield NotJudged("the number of tasks submitted is not known for every row")
        empty = {item.row.line for item in runs[1]} if runs else set()
        found = _of_columns(experiment, columns, empty)
    elif runs:
        if not all(_stated(run) for item in runs[1] for run in item.runs):
            yield NotJudged("a run does not report how many tasks it was given and completed")
        found = _of_runs(experiment, runs[1])
    else:
        yield NotJudged(
            "the descriptor does not say how many tasks were submitted"
            if columns
            else "no column counts the completed tasks"
        )
        return
    if found:
        yield _hit(experiment, found)


def _submitted(experiment: Experiment, columns: Sequence[Column]) -> bool:
    """Whether the tasks are known wherever the completed ones are."""
    rows = [row for row in experiment.rows if any(row.cells[item.name].known for item in columns)]
    return all(lookup(experiment, row, experiment.tasks or "") for row in rows)


def _of_columns(experiment: Experiment, columns: Sequence[Column], empty: Container[int]) -> _Parts:
    """Incomplete rows by a column of counts; of lines in ``empty``, a zero is `empty-run`'s."""
    found = []
    for sweep in experiment.sweeps():
        for column in columns:
            cells = [(row, row.cells[column.name]) for row in sweep.rows]
            counts = [
                _Count(row, cell, tasks, (cell,))
                for row, cell in cells
                if cell.known
                and (cell.number or row.line not in empty)
                and (tasks := lookup(experiment, row, experiment.tasks or ""))
            ]
            found.append((sweep, [count for count in counts if _incomplete(count)]))
    return [(sweep, counts) for sweep, counts in found if counts]


def _of_runs(experiment: Experiment, rows: Sequence[RowRuns]) -> _Parts:
    """Incomplete runs by what they report; those that completed nothing are `empty-run`'s."""
    runs = {item.row.line: item.runs for item in rows}
    found = []
    for sweep in experiment.sweeps():
        counts = [
            _Count(row, *stated, tuple(cells(row)), name(run) if len(members) > 1 else "")
            for row in sweep.rows
            for members in [runs.get(row.line, ())]
            for run in members
            if (stated := _stated(run)) and not run.without_success
        ]
        found.append((sweep, [count for count in counts if _incomplete(count)]))
    return [(sweep, counts) for sweep, counts in found if counts]


def _stated(run: Run) -> tuple[Measurement, Measurement] | None:
    """The completed and the submitted tasks, where the run reports both."""
    completed, tasks = value(run, "completed"), value(run, "tasks")
    return None if completed is None or tasks is None else (completed, tasks)


def _incomplete(count: _Count) -> bool:
    return count.completed.span.hi < count.tasks.span.lo * COMPLETE_SHARE


def _hit(experiment: Experiment, found: _Parts) -> Hit:
    everything = [count for _, counts in found for count in counts]
    baseline = [_levels(experiment, counts) for _, counts in found]
    return Hit(
        where=tuple({item.id: item for count in everything for item in count.where}.values()),
        evidence={
            "title": experiment.title,
            "parts": tuple(_part(sweep, counts) for sweep, counts in found),
            "submitted": tuple({item.tasks.number: item.tasks for item in everything}.values()),
            "baselines": tuple(
                of(sweep)
                for (sweep, _), levels in zip(found, baseline, strict=True)
                if experiment.baseline in levels
            ),
        },
    )


def _levels(experiment: Experiment, counts: Sequence[_Count]) -> set[str]:
    return {count.row.levels[experiment.factor].text for count in counts}


def _part(sweep: Sweep, counts: list[_Count]) -> Mapping[str, object]:
    shares = [share(count.completed, count.tasks) for count in counts]
    lowest = min(shares, key=lambda item: item.number)
    return {
        "subject": subject(sweep),
        "runs": tuple(
            {
                "at": at(sweep.experiment, count.row.levels[sweep.factor]),
                "completed": count.completed,
                "run": count.run,
            }
            for count in counts
        ),
        # Three digits of 99.96 % print as 100 %, which is not what happened.
        "lowest": lowest if float(digits(lowest)) < 100.0 else None,
    }


_RUNS = each(
    "r", "p.runs", "{{ r.completed }} " + place("r.at") + "{% if r.run %} ({{ r.run }}){% endif %}"
)
_PARTS = each(
    "p",
    "parts",
    "{% if p.subject %}{{ p.subject }}{% else %}the runs{% endif %} completed "
    + _RUNS
    + "{% if p.lowest %} (at worst {{ p.lowest|u }}){% endif %}",
    last=", and ",
)

_FIELDS = {"threads": factor(), "throughput": throughput(), "done": completed()}
_FIELDS_OF_RUNS = {"threads": factor(), "throughput": throughput()}
_RUNS_BEHIND = {"runs": {"path": "example/threads{threads}/*"}}
_SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))
_TASKS = {"tasks": "tasks", "settings": {"tasks": {"value": 5000, "unit": "tasks"}}}

RULE = rule(
    code="COV003",
    name="incomplete-run",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: of {{ submitted|listed }} tasks submitted, " + _PARTS,
    limitation="Not every run completed its tasks: of {{ submitted|listed }} submitted, "
    + _PARTS
    + ". The other values of these runs describe only the tasks that completed, and tasks that "
    "fail or time out are seldom typical ones."
    "{% for b in baselines %}{% if loop.first %} The baseline run{{ b }}"
    "{% else %} and that{{ b }}{% endif %}{% if loop.last %} "
    "{% if loop.first %}is{% else %}are{% endif %} among them, so speedups against it compare "
    "unequal work.{% endif %}{% endfor %}",
    settle="Repeating the incomplete runs until every task completes, or reporting why tasks "
    "failed and how long they had run, would make the rows comparable.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "the run on one thread completed a third of its tasks",
            "threads,throughput,done\n1,10.0,1700\n2,19.0,5000",
            _FIELDS,
            {**_TASKS, "baseline": "1"},
        ),
        Example(
            Outcome.FIRES,
            "two tasks of 5000 are missing in one group",
            "kind,threads,done\na,1,5000\nb,1,4998",
            {"kind": group(), "threads": factor(), "done": completed()},
            _TASKS,
        ),
        Example(
            Outcome.FIRES,
            "the number submitted changes along the sweep",
            "threads,tasks,done\n1,100,100\n2,200,150",
            {"threads": factor(), "tasks": setting(), "done": completed()},
            {"tasks": "tasks"},
        ),
        Example(
            Outcome.FIRES,
            "the table does not count the tasks, and one of its runs lost some",
            "threads,throughput\n1,4.0\n2,4.0",
            _FIELDS_OF_RUNS,
            _RUNS_BEHIND,
            runs=(ExampleRun("threads1/a", _SAMPLES), ExampleRun("threads2/a", _SAMPLES, 50)),
        ),
        Example(
            Outcome.FIRES,
            "one of two runs behind a row lost tasks",
            "threads,throughput\n1,4.0",
            _FIELDS_OF_RUNS,
            _RUNS_BEHIND,
            runs=(ExampleRun("threads1/a", _SAMPLES), ExampleRun("threads1/b", _SAMPLES, 50)),
        ),
        Example(
            Outcome.FIRES,
            "runs alone, one of which lost tasks",
            runs=(ExampleRun("a", _SAMPLES), ExampleRun("b", _SAMPLES, 50)),
        ),
        Example(
            Outcome.SILENT,
            "a run that completed nothing, which is an empty run",
            runs=(ExampleRun("a", _SAMPLES), ExampleRun("b", (), 50)),
        ),
        Example(
            Outcome.SILENT,
            "the table does not count the tasks, and its runs completed them",
            "threads,throughput\n1,4.0",
            _FIELDS_OF_RUNS,
            _RUNS_BEHIND,
            runs=(ExampleRun("threads1/a", _SAMPLES), ExampleRun("threads1/b", _SAMPLES)),
        ),
        Example(
            Outcome.SILENT,
            "every run completed",
            "threads,throughput,done\n1,10.0,5000\n2,19.0,5000",
            _FIELDS,
            _TASKS,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "no column counts completed tasks",
            "threads,throughput\n1,10.0\n2,19.0",
            {"threads": factor(), "throughput": throughput()},
            _TASKS,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "how many tasks were submitted is not stated",
            "threads,throughput,done\n1,10.0,1700\n2,19.0,5000",
            _FIELDS,
        ),
    ),
)
