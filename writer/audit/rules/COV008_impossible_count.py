"""A run completed more tasks than were submitted to it.

What it checks
    Whether a run reports more tasks completed, or completed and failed together, than
    submitted.

Why it matters
    No run completes what it was not given. Such a count holds work of somebody else
    or holds some work twice, and so does every throughput, success rate and latency
    computed from it.

When it is wrong
    When the run counts attempts, and tasks are tried again: then completed and failed
    together exceed the tasks (judged with less confidence), though completed alone
    still cannot. When a task spawns others: then report those as submitted too.

Example
    A run of 5000 tasks reports 13773 successes: the workers were shared with another
    job, and each job counted the results of both.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from writer.audit.example import Example, ExampleRun, Outcome, throughput
from writer.audit.example import factor as swept
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import (
    NO_RUNS,
    RowRuns,
    bound,
    cells,
    extent,
    names,
    place,
    to,
    value,
    where,
)
from writer.model.experiment import Experiment
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.model.run import Run
from writer.verify.evidence import Evidence
from writer.verify.recompute import Status
from writer.verify.values import counted, made
from writer.words import each


class _Excess(NamedTuple):
    """A run's count beyond its tasks; ``sure`` where successes alone exceed them."""

    run: Run
    tally: Measurement
    tasks: Measurement
    sure: bool


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every row that has a run beyond its tasks."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    evidence, rows = found
    if any(value(run, key) is None for item in rows for run in item.runs for key in _NEEDED):
        yield NotJudged("a run does not report how many tasks it was given and completed")
    hits = [
        (item, excess)
        for item in rows
        if (excess := [one for run in item.runs if (one := _excess(run)) is not None])
    ]
    if hits:
        every = [one for _, excess in hits for one in excess]
        yield Hit(
            where=tuple(cell for item, _ in hits for cell in cells(item.row)),
            evidence={
                "title": experiment.title,
                "rows": tuple(
                    row for item, excess in hits for row in _rows(experiment, item, excess)
                ),
                "shared": all(_shared(item, excess) for item, excess in hits),
                "factor": _factor(evidence, every),
            },
            confidence=None if any(one.sure for one in every) else Confidence.MEDIUM,
        )


_NEEDED = ("tasks", "completed")


def _excess(run: Run) -> _Excess | None:
    tasks, completed, failures = (value(run, key) for key in (*_NEEDED, "failed"))
    if tasks is None or completed is None:
        return None
    if completed.number > tasks.number:
        return _Excess(run, completed, tasks, sure=True)
    total = completed.number + (failures.number if failures else 0.0)
    if total <= tasks.number:
        return None
    return _Excess(
        run,
        made([run], "tasks completed or failed", total, tasks.unit, digits=f"{total:.0f}"),
        tasks,
        sure=False,
    )


def _rows(
    experiment: Experiment, item: RowRuns, excess: list[_Excess]
) -> Iterator[Mapping[str, object]]:
    for sure in (True, False):
        part = [one for one in excess if one.sure is sure]
        if part:
            runs = [one.run for one in part]
            yield {
                "at": where(experiment, item.row),
                "alone": len(item.runs) == 1,
                "names": names(runs),
                "some": counted(runs, "runs of the row beyond their tasks", len(runs)),
                "runs": counted(item.runs, "runs of the row", len(item.runs)),
                "verb": "completed" if sure else "completed or failed",
                "counts": extent([one.tally for one in part], 0),
                "tasks": extent([one.tasks for one in part], 0),
            }


def _shared(item: RowRuns, excess: list[_Excess]) -> bool:
    """Whether the counts would fit if each run counted the tasks of all runs of the row."""
    given = [value(run, "tasks") for run in item.runs]
    total = sum(tasks.number for tasks in given if tasks is not None)
    return len(item.runs) > 1 and all(one.tally.number <= total for one in excess)


def _factor(evidence: Evidence, excess: list[_Excess]) -> Measurement | str:
    """The largest share of successes to tasks, where throughputs are computed from them."""
    for one in excess:
        rate = evidence.value(one.run, "throughput", "")
        if not one.sure or one.tasks.number <= 0 or rate is None or rate.status is not Status.RAW:
            return ""
    worst = max(excess, key=lambda one: one.tally.number / one.tasks.number)
    ratio = worst.tally.number / worst.tasks.number
    return made([worst.run], "tasks completed over tasks submitted", ratio, "x")


_ROW = (
    "{% if r.alone %}{{ r.names }}{% else %}{{ r.some }} of {{ r.runs|u }} "
    + place("r.at")
    + "{% endif %} {{ r.verb }} "
    + to("r.counts", 0, unit=False)
    + " of "
    + to("r.tasks", 0)
)
_SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))

RULE = rule(
    code="COV008",
    name="impossible-count",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: more tasks are counted than were submitted: " + each("r", "rows", _ROW),
    limitation="Runs count more tasks than were submitted to them: "
    + each("r", "rows", _ROW)
    + ". No run can complete what it was not given, so these counts hold tasks of other runs or "
    "hold tasks more than once.{% if shared %} None of them exceeds what all runs of its row "
    "submitted together, as would be if each run counted the tasks of the others too."
    "{% endif %} What is computed from such a count is not a property of the run"
    "{% if factor %}: its throughput is this count over its duration, up to {{ factor|u }} what "
    "its own tasks allow{% endif %}.",
    settle="Counting for each run the tasks that it submitted, each once, would settle it.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "40 successes of 15 tasks",
            runs=(ExampleRun("job0", _SAMPLES), ExampleRun("job1", _SAMPLES, tasks=15)),
        ),
        Example(
            Outcome.FIRES,
            "two jobs behind one row each count the tasks of both",
            "jobs,throughput\n1,4.0\n2,8.0",
            {"jobs": swept(unit="jobs"), "throughput": throughput()},
            info={
                "runs": {
                    "path": "example/jobs{jobs}/*",
                    "columns": {"throughput": {"quantity": "throughput", "over": "sum"}},
                }
            },
            runs=(
                ExampleRun("jobs1/a", _SAMPLES),
                ExampleRun("jobs2/a", _SAMPLES, tasks=20),
                ExampleRun("jobs2/b", _SAMPLES, tasks=20),
            ),
        ),
        Example(
            Outcome.FIRES,
            "successes and failures together exceed the tasks",
            runs=(
                ExampleRun("job0", _SAMPLES),
                ExampleRun("job1", _SAMPLES, metrics={"failed_tasks": 3}),
            ),
        ),
        Example(
            Outcome.SILENT,
            "every task is completed or failed, once",
            runs=(
                ExampleRun("job0", _SAMPLES),
                ExampleRun("job1", _SAMPLES, tasks=43, metrics={"failed_tasks": 3}),
            ),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the run does not say how many tasks were submitted",
            runs=(ExampleRun("job0", _SAMPLES, metrics={"total_tasks": None}),),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            "threads,throughput\n1,10.0\n2,19.0",
            {"threads": swept(), "throughput": throughput()},
        ),
    ),
)
