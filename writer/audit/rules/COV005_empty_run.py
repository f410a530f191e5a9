"""No task of a run succeeded.

What it checks
    Whether a run behind the table reports that it completed no task.

Why it matters
    Such a run measured nothing, and its file still holds numbers: a latency of zero,
    perhaps a perfect balance. Whatever is computed over it takes
    a failure for the best latency there can be.

When it is wrong
    When the run was meant to do no work, as a check of an idle system is.

Example
    A run of 5000 tasks ends after 60 s with no task completed and none failed, and
    reports a P99 latency of 0 ms.
"""

from collections.abc import Iterator, Mapping

from writer.audit.example import Example, ExampleRun, Outcome
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
from writer.model.run import Run
from writer.verify.values import counted
from writer.words import each, listed

_TRUE_ZEROS = ("tasks", "completed", "failed", "duration", "throughput")
"""What may well be zero where nothing succeeded."""


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every row that has a run without a success."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    _, rows = found
    if any(value(run, "completed") is None for item in rows for run in item.runs):
        yield NotJudged("a run does not report how many tasks it completed")
    hit = [
        (item, empty)
        for item in rows
        if (empty := [run for run in item.runs if run.without_success])
    ]
    if hit:
        runs = list({run.id: run for _, empty in hit for run in empty}.values())
        yield Hit(
            where=tuple(cell for item, _ in hit for cell in cells(item.row)),
            evidence={
                "title": experiment.title,
                "rows": tuple(_row(experiment, item, empty) for item, empty in hit),
                "every": all(run.without_success for item in rows for run in item.runs),
                **_common(runs),
            },
        )


def _row(experiment: Experiment, item: RowRuns, empty: list[Run]) -> Mapping[str, object]:
    return {
        "at": where(experiment, item.row),
        "empty": counted(empty, "runs of the row without a success", len(empty)),
        "runs": counted(item.runs, "runs of the row", len(item.runs)),
        "alone": len(item.runs) == 1,
        "names": names(empty),
    }


def _common(runs: list[Run]) -> Mapping[str, object]:
    """What holds for the empty runs together, as far as their files say it."""
    durations = [item for run in runs if (item := value(run, "duration")) is not None]
    failures = [value(run, "failed") for run in runs]
    return {
        "one": len(runs) == 1,
        "durations": extent(durations, 1) if durations else (),
        "silent": all(item is not None and item.number == 0 for item in failures),
        "zeros": listed(quantity for run in runs for quantity in _zeros(run)),
    }


def _zeros(run: Run) -> Iterator[str]:
    for item in run.reported:
        if item.quantity not in _TRUE_ZEROS and item.measurement.value == 0:
            yield item.quantity.replace("_", " ")


_ROW = (
    "{% if r.alone %}{{ r.names }}{% else %}{{ r.empty }} of {{ r.runs|u }} "
    + place("r.at")
    + " ({{ r.names }}){% endif %}"
)
_SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))

RULE = rule(
    code="COV005",
    name="empty-run",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: no task succeeded in " + each("r", "rows", _ROW),
    limitation="No task succeeded in "
    + each("r", "rows", _ROW)
    + ".{% if durations %} {% if one %}The run{% else %}These runs{% endif %} ended after "
    + to("durations", 1)
    + "{% if silent %}, with no task reported as failed either{% endif %}.{% endif %}"
    "{% if zeros %} The zeros that {% if one %}its file reports{% else %}their files report"
    "{% endif %} for {{ zeros }} are no measurements: nothing was measured there."
    "{% endif %}{% if every %} No run behind this table measured anything.{% else %} What is "
    "reported of this experiment is what its other runs gave, and not what the system did "
    "whenever it was run.{% endif %}",
    settle="Finding out why no task succeeded, and repeating the runs until tasks complete or "
    "stating how many runs failed, would settle it.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "one of two runs completed nothing",
            runs=(ExampleRun("job0", _SAMPLES), ExampleRun("job1", (), tasks=40, duration=60.07)),
        ),
        Example(
            Outcome.FIRES,
            "one of two runs behind a row completed nothing",
            "jobs,throughput\n1,4.0\n2,2.0",
            {
                "jobs": {"type": "integer", "role": "factor", "unit": "jobs"},
                "throughput": {"type": "number", "unit": "tasks/s", "measure": "throughput"},
            },
            info={
                "runs": {
                    "path": "example/jobs{jobs}/*",
                    "columns": {"throughput": {"quantity": "throughput", "over": "mean"}},
                }
            },
            runs=(
                ExampleRun("jobs1/a", _SAMPLES),
                ExampleRun("jobs2/a", _SAMPLES),
                ExampleRun("jobs2/b", (), tasks=40, metrics={"failed_tasks": 40}),
            ),
        ),
        Example(
            Outcome.FIRES,
            "no run completed anything",
            runs=(ExampleRun("job0", (), tasks=40), ExampleRun("job1", (), tasks=40)),
        ),
        Example(
            Outcome.SILENT,
            "a run that lost tasks, but not all of them",
            runs=(ExampleRun("job0", _SAMPLES), ExampleRun("job1", _SAMPLES[:1], tasks=40)),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            "threads,throughput\n1,10.0\n2,0.0",
            {"threads": {"type": "integer", "role": "factor"}, "throughput": {"type": "number"}},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a run that does not say how many tasks it completed",
            runs=(ExampleRun("job0", _SAMPLES, metrics={"successful_tasks": None}),),
        ),
    ),
)
