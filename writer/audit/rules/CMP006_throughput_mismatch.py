"""A run's throughput is not its tasks over its duration.

What it checks
    Whether the throughput that a run states is the number of tasks it completed over
    its duration, where it reports all three.

Why it matters
    Throughputs are compared as work done per time. One that counts tasks never
    completed, or leaves part of the time out, is of another kind, and a table that
    mixes the kinds compares definitions.

When it is wrong
    When the throughput is meant to be that of a part of the run, as of the steady
    state after a warm-up: then report the count and duration of that part.

Example
    A run of 5000 tasks completes 1491 in 803 s and states 6.2 tasks/s, which is the
    tasks submitted over the duration; it completed 1.86 per second.
"""

from collections.abc import Iterator, Mapping

from writer.audit.example import Example, ExampleRun, Outcome, factor, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import NO_RUNS, bound, cells, follows, name, value
from writer.model.experiment import Experiment
from writer.model.finding import Confidence, Severity
from writer.model.run import Run
from writer.verify.evidence import Evidence
from writer.verify.recompute import Recomputed, agrees
from writer.verify.values import counted, told_apart
from writer.words import each

MOST = 5
"""Runs spelled out; the rest are counted."""


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every run whose throughput is not what it completed over time."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    evidence, rows = found
    runs = evidence.all_of(experiment)
    if any(_stated(evidence, run) is None for run in runs):
        yield NotJudged("a run does not report tasks completed, duration and throughput")
    off = [
        (run, item)
        for run in runs
        if (item := _stated(evidence, run)) is not None and not follows(item)
    ]
    if off:
        names = {run.id for run, _ in off}
        yield Hit(
            where=tuple(
                cell
                for item in rows
                if any(run.id in names for run in item.runs)
                for cell in cells(item.row, _columns(experiment))
            ),
            evidence={
                "title": experiment.title,
                "some": counted([run for run, _ in off], "runs with another throughput", len(off)),
                "runs": tuple(_part(run, item) for run, item in off[:MOST]),
                "more": len(off) > MOST,
            },
        )


def _stated(evidence: Evidence, run: Run) -> Recomputed | None:
    """The stated throughput with what the counts give; None where either is missing."""
    item = evidence.value(run, "throughput", "")
    return None if item is None or item.value is None else item


def _columns(experiment: Experiment) -> tuple[str, ...]:
    """Columns that hold the throughput of runs; all where none does."""
    sources = experiment.runs.columns if experiment.runs else {}
    return tuple(key for key, source in sources.items() if source.quantity == "throughput")


def _part(run: Run, item: Recomputed) -> Mapping[str, object]:
    tasks, completed, duration = (value(run, key) for key in ("tasks", "completed", "duration"))
    submitted = (
        tasks is not None
        and duration is not None
        and agrees(item.measurement.number, tasks.number / duration.number)
    )
    stated, given = told_apart(item)
    return {
        "name": name(run),
        "stated": stated,
        "given": given,
        "completed": completed,
        "duration": duration,
        "submitted": tasks if submitted else "",
    }


_SHORT = "{{ r.name }} states {{ r.stated|u }} and completed {{ r.given|u }}"
_LONG = (
    "{{ r.name }} states {{ r.stated|u }}, and {{ r.completed|u(0) }} completed in "
    "{{ r.duration|u(1) }} are {{ r.given|u }}"
    "{% if r.submitted %} (the stated value is the {{ r.submitted|u(0) }} submitted over that "
    "time){% endif %}"
)
_SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))

RULE = rule(
    code="CMP006",
    name="throughput-mismatch",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: " + each("r", "runs", _SHORT) + "{% if more %}, and so on for "
    "{{ some|u }}{% endif %}",
    limitation="The throughput of {{ some|u }} is not the tasks completed over the duration: "
    + each("r", "runs", _LONG, last="; and ")
    + "{% if more %}, and so on{% endif %}. Such a throughput cannot be compared with one that "
    "counts completed tasks over the whole run.",
    settle="Stating the tasks and the time that the throughput was computed from, for every run "
    "alike, would settle it.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "tasks submitted over the duration, of which a quarter completed",
            runs=(
                ExampleRun("a", _SAMPLES),
                ExampleRun("b", _SAMPLES, tasks=160, metrics={"throughput_tasks_per_sec": 16.0}),
            ),
        ),
        Example(
            Outcome.FIRES,
            "every run leaves the start of the run out of the time",
            runs=tuple(
                ExampleRun(name, _SAMPLES, metrics={"throughput_tasks_per_sec": 5.0})
                for name in ("a", "b", "c", "d", "e", "f")
            ),
        ),
        Example(
            Outcome.SILENT,
            "tasks completed over the duration, rounded",
            runs=(
                ExampleRun("a", _SAMPLES),
                ExampleRun("b", _SAMPLES, duration=9.0, metrics={"throughput_tasks_per_sec": 4.44}),
            ),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a run that does not report its duration",
            runs=(ExampleRun("a", _SAMPLES, metrics={"total_duration_sec": None}),),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            "threads,throughput\n1,10.0\n2,19.0",
            {"threads": factor(), "throughput": throughput()},
        ),
    ),
)
