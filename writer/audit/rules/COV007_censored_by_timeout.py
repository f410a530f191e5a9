"""Incomplete runs ended where a time limit would end them.

What it checks
    Whether runs that left tasks behind, and completed some, ended at a limit that their
    configuration states (a timeout or deadline, of the run or of each task); or after
    nearly the same time (two or more, to one per cent) although they completed unlike
    numbers of tasks; or just above a round number of seconds. A limit that nobody stated
    is one only if no run behind the table lasted longer.

Why it matters
    A limit cuts off the tasks that would have taken longest. The latencies of such a
    run are those of the tasks that ended in time, so its mean and its percentiles are
    too low, by an amount that nobody measured.

When it is wrong
    When the runs were meant to last a fixed time, with more tasks offered than could
    be done; or when they ended for another reason and only happen to have the same
    length.

Example
    One run completed 1491 of 5000 tasks in 803 s and another 4306 of 5000 in 804 s, and
    none lasted longer: both were probably stopped.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from writer.audit.example import Example, ExampleRun, Outcome
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import NO_RUNS, RowRuns, bound, cells, place, value, where
from writer.audit.thresholds import ABOVE_ROUND, COMPLETE_SHARE, RUN_VARIATION, SAME_LIMIT
from writer.model.experiment import Experiment
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.model.run import Run
from writer.model.unit import factor as conversion
from writer.setting_names import is_limit, units_of, without_unit
from writer.verify.evidence import Evidence
from writer.verify.values import made
from writer.words import each

ROUND = ((60.0, inf), (100.0, inf), (30.0, 180.0), (15.0, 60.0), (10.0, 60.0))
"""Limits are set as whole minutes or hundreds of seconds; short ones also as half minutes, and
within a minute as quarters or tens. Each step with the longest limit that it is used for."""

LEAST_SLACK = 0.1
"""Seconds that a run may last beyond a limit in any case."""


class _Stop(NamedTuple):
    item: RowRuns
    run: Run
    completed: Measurement
    tasks: Measurement
    duration: Measurement


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with the incomplete runs that lasted as long as any."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    evidence, rows = found
    stops = [stop for item in rows for run in item.runs if (stop := _stop(item, run))]
    if len(stops) < sum(len(item.runs) for item in rows):
        yield NotJudged("a run does not report its tasks, how many it completed and its duration")
    if not stops:
        return
    cut = [
        (stop, given)
        for stop in stops
        if _incomplete(stop) and (given := _stated(evidence, stop)) is not None
    ]
    known = {stop.run.id for stop, _ in cut}
    last = max(stop.duration.number for stop in stops)
    stopped = [
        stop
        for stop in stops
        if _incomplete(stop) and stop.duration.number >= _within(last) and stop.run.id not in known
    ]
    limit = _limit([stop.duration.number for stop in stopped])
    if not _differ(stopped) and limit is None:
        stopped = []
    if stopped or cut:
        yield _hit(experiment, stopped, limit, cut)


class _Stated(NamedTuple):
    """A limit of the configuration that a run, or its longest task, ended at."""

    name: str
    limit: Measurement
    longest: Measurement | None


def _stated(evidence: Evidence, stop: _Stop) -> _Stated | None:
    for key, level in stop.run.settings.items():
        if level.measurement is None or not level.value or not is_limit(key):
            continue
        for unit in units_of(key):
            limit = made(
                [stop.run], f"{without_unit(key)} as set", level.value, unit, digits=level.text
            )
            if _reached(stop.duration, limit):
                return _Stated(without_unit(key), limit, None)
            longest = _longest(evidence, stop.run)
            if longest is not None and _reached(longest, limit):
                return _Stated(without_unit(key), limit, longest)
    return None


def _longest(evidence: Evidence, run: Run) -> Measurement | None:
    samples = evidence.latency(run)
    if samples is None or not evidence.summary(samples).count:
        return None
    most = evidence.summary(samples).maximum * evidence.scale(run)
    return made([run], "longest latency", most, samples.unit)


def _reached(given: Measurement, limit: Measurement) -> bool:
    """Whether a time is the limit, short of it by one per cent or over it by some."""
    scale = conversion(given.unit, limit.unit)
    share = given.number * (scale or 0.0) / limit.number
    return 1.0 - SAME_LIMIT <= share <= 1.0 + RUN_VARIATION


def _stop(item: RowRuns, run: Run) -> _Stop | None:
    counts = value(run, "completed"), value(run, "tasks"), value(run, "duration")
    completed, tasks, duration = counts
    if completed is None or tasks is None or duration is None:
        return None
    return _Stop(item, run, completed, tasks, duration)


def _incomplete(stop: _Stop) -> bool:
    """Whether some tasks were completed and others were not."""
    return 0 < stop.completed.number < stop.tasks.number * COMPLETE_SHARE


def _differ(stopped: Sequence[_Stop]) -> bool:
    """Whether runs of one length completed unlike counts: repeated runs complete like ones."""
    counts = [stop.completed.number for stop in stopped]
    return len(counts) > 1 and max(counts) > min(counts) * (1.0 + RUN_VARIATION)


def _within(last: float) -> float:
    return last * (1.0 - SAME_LIMIT)


def _limit(durations: Sequence[float]) -> float | None:
    """The round number of seconds just below all of some durations, if there is one."""
    for step, most in ROUND:
        limits = {
            below if 0 < below <= most and duration - below <= _slack(below) else None
            for duration in durations
            for below in (duration // step * step,)
        }
        if len(limits) == 1 and (limit := limits.pop()) is not None:
            return limit
    return None


def _slack(limit: float) -> float:
    return max(LEAST_SLACK, limit * ABOVE_ROUND)


def _hit(
    experiment: Experiment,
    stopped: Sequence[_Stop],
    limit: float | None,
    cut: Sequence[tuple[_Stop, _Stated]],
) -> Hit:
    runs = list({stop.run.id: stop.run for stop in stopped}.values())
    return Hit(
        where=tuple(
            cell for stop in (*stopped, *(stop for stop, _ in cut)) for cell in cells(stop.item.row)
        ),
        evidence={
            "title": experiment.title,
            "one": len(runs) == 1,
            "limit": None
            if limit is None or not runs
            else made(runs, "round number of seconds", limit, "s", digits=f"{limit:.0f}"),
            "stops": tuple(_words(experiment, stop) for stop in stopped),
            "cut": tuple(
                {**_words(experiment, stop), "name": stated.name, "limit": stated.limit}
                | {"longest": stated.longest}
                for stop, stated in cut
            ),
        },
        confidence=Confidence.HIGH if cut and not stopped else None,
    )


def _words(experiment: Experiment, stop: _Stop) -> Mapping[str, object]:
    return {
        "at": where(experiment, stop.item.row),
        "completed": stop.completed,
        "tasks": stop.tasks,
        "duration": stop.duration,
    }


_STOPS = each(
    "s",
    "stops",
    "{{ s.duration|u(1) }} (" + place("s.at") + ", {{ s.completed }} of {{ s.tasks|u }} completed)",
)
_CUT = each(
    "s",
    "cut",
    place("s.at")
    + " ({{ s.completed }} of {{ s.tasks|u }} completed; the {{ s.name }} is {{ s.limit|u }}, and "
    "the {% if s.longest %}longest latency {{ s.longest|u }}{% else %}run took "
    "{{ s.duration|u(1) }}{% endif %})",
)
_SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))


def _run(
    name: str, duration: float, tasks: int, completed: int = 40, **settings: float
) -> ExampleRun:
    return ExampleRun(name, _SAMPLES[:completed], tasks=tasks, duration=duration, settings=settings)


RULE = rule(
    code="COV007",
    name="censored-by-timeout",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    message="{{ title }}: {% if stops %}{% if one %}an incomplete run{% else %}incomplete runs"
    "{% endif %} ended as if stopped by a time limit, after "
    + _STOPS
    + "{% if cut %}; {% endif %}{% endif %}{% if cut %}a limit that was set cut tasks off "
    + _CUT
    + "{% endif %}",
    limitation="{% if stops %}{% if one %}An incomplete run{% else %}Incomplete runs{% endif %} "
    "ended after " + _STOPS + ", and no run behind this table lasted longer"
    "{% if limit is not none %}; {{ limit|u }} would be a usual limit{% endif %}. So do runs "
    "end that a time limit stops. If one did, the tasks that would have taken longest are "
    "missing, the latencies are those of the tasks that ended in time, and their mean and "
    "percentiles are lower bounds of what the whole load would have shown.{% endif %}"
    "{% if cut %} Tasks were cut off by a limit that was set, "
    + _CUT
    + ". The latencies are those of the tasks that ended in time: their mean and percentiles are "
    "lower bounds of what the whole load would have shown.{% endif %}",
    settle="{% if stops %}Stating the time limit, if there was one, and repeating "
    "{% if one %}the run{% else %}these runs{% endif %} without it until every task completes, "
    "would settle it.{% else %}Repeating the runs with a limit that every task meets, or giving "
    "the tasks that were cut off beside every latency, would settle it.{% endif %}",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "two runs of different size ended within a second of each other",
            runs=(_run("a", 803.4, 50, 15), _run("b", 804.1, 120), _run("c", 512.0, 40)),
        ),
        Example(
            Outcome.FIRES,
            "one run ended just above five minutes",
            runs=(_run("a", 300.07, 50), _run("b", 120.3, 40)),
        ),
        Example(
            Outcome.FIRES,
            "one run ended just above three quarters of a minute",
            runs=(_run("a", 45.05, 50), _run("b", 20.3, 40)),
        ),
        Example(
            Outcome.FIRES,
            "a run ended at the timeout that it was configured with, though another took longer",
            runs=(_run("a", 37.4, 50, timeout_sec=37), _run("b", 55.3, 40, timeout_sec=90)),
        ),
        Example(
            Outcome.FIRES,
            "a fifth of the tasks is missing, and the longest latency is the timeout of a task",
            runs=(_run("a", 17.0, 50, task_timeout_ms=197), _run("b", 20.3, 40)),
        ),
        Example(
            Outcome.SILENT,
            "a timeout that nothing came near, and another that a complete run met",
            runs=(_run("a", 17.0, 50, timeout_sec=90), _run("b", 30.0, 40, timeout_sec=30)),
        ),
        Example(
            Outcome.SILENT,
            "complete runs of the same length",
            runs=(_run("a", 300.1, 40), _run("b", 300.2, 40)),
        ),
        Example(
            Outcome.SILENT,
            "two trials of one setting, both of which lost a few tasks",
            runs=(_run("a", 311.4, 42), _run("b", 311.9, 42)),
        ),
        Example(
            Outcome.SILENT,
            "the incomplete runs are not the longest, so that no limit held",
            runs=(_run("a", 300.1, 50), _run("b", 300.2, 50), _run("c", 512.0, 40)),
        ),
        Example(
            Outcome.SILENT,
            "incomplete runs of different length, none of it round",
            runs=(_run("a", 311.0, 50), _run("b", 388.4, 50)),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            "threads,throughput\n1,10.0\n2,19.0",
            {"threads": {"type": "integer", "role": "factor"}, "throughput": {"type": "number"}},
        ),
    ),
)
