"""A run completed fewer tasks than were submitted.

What it checks
    Whether a column that counts completed tasks reaches the number submitted,
    which the descriptor names as ``tasks``.

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

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from writer.audit.example import Example, Outcome, completed, factor, group, setting, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.thresholds import COMPLETE_SHARE
from writer.dataset import share
from writer.model.experiment import Column, Experiment, Level, Row, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.model.number import digits
from writer.sweeps import lookup
from writer.words import at, each, of, place, subject


class _Count(NamedTuple):
    level: Level
    cell: Measurement
    tasks: Measurement
    baseline: bool


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every incomplete run of the table."""
    columns = [item for item in experiment.of("completed") if item.unit != "%"]
    if not columns:
        yield NotJudged("no column counts the completed tasks")
        return
    if experiment.tasks is None:
        yield NotJudged("the descriptor does not say how many tasks were submitted")
        return
    rows = [row for row in experiment.rows if any(row.cells[item.name].known for item in columns)]
    if not all(lookup(experiment, row, experiment.tasks) for row in rows):
        yield NotJudged("the number of tasks submitted is not known for every row")
    found = [
        (sweep, counts)
        for sweep in experiment.sweeps()
        for column in columns
        if (counts := _incomplete(sweep, column))
    ]
    if not found:
        return
    everything = [count for _, counts in found for count in counts]
    tasks = {count.tasks.number: count.tasks for count in everything}
    yield Hit(
        where=tuple(count.cell for count in everything),
        evidence={
            "title": experiment.title,
            "parts": tuple(_part(sweep, counts) for sweep, counts in found),
            "submitted": tuple(tasks.values()),
            "baselines": tuple(
                of(sweep) for sweep, counts in found if any(count.baseline for count in counts)
            ),
        },
    )


def _incomplete(sweep: Sweep, column: Column) -> list[_Count]:
    """Runs of the sweep that left tasks behind."""
    counts = [_count(sweep, row, column) for row in sweep.rows]
    return [
        count
        for count in counts
        if count and count.cell.span.hi < count.tasks.span.lo * COMPLETE_SHARE
    ]


def _count(sweep: Sweep, row: Row, column: Column) -> _Count | None:
    experiment, cell = sweep.experiment, row.cells[column.name]
    tasks = lookup(experiment, row, experiment.tasks or "")
    if not cell.known or tasks is None:
        return None
    level = row.levels[sweep.factor]
    return _Count(level, cell, tasks, level.text == experiment.baseline)


def _part(sweep: Sweep, counts: list[_Count]) -> Mapping[str, object]:
    shares = [share(count.cell, count.tasks) for count in counts]
    lowest = min(shares, key=lambda item: item.number)
    return {
        "subject": subject(sweep),
        "runs": tuple(
            {"at": at(sweep.experiment, count.level), "completed": count.cell} for count in counts
        ),
        # Three digits of 99.96 % print as 100 %, which is not what happened.
        "lowest": lowest if float(digits(lowest)) < 100.0 else None,
    }


_RUNS = each("r", "p.runs", "{{ r.completed }} " + place("r.at"))
_PARTS = each(
    "p",
    "parts",
    "{% if p.subject %}{{ p.subject }}{% else %}the runs{% endif %} completed "
    + _RUNS
    + "{% if p.lowest %} (at worst {{ p.lowest|u }}){% endif %}",
    last=", and ",
)

_FIELDS = {"threads": factor(), "throughput": throughput(), "done": completed()}
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
