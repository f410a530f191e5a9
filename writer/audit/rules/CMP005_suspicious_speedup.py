"""Mean latency falls by orders of magnitude while throughput stays.

What it checks
    Whether, from one level of a sweep to the next larger one, the mean latency falls
    by more than a factor of ten while the throughput stays within some per cent, or while
    the tasks in flight (throughput times latency) fall from one or more to less than half a
    task, though the throughput grows; and at which further levels it remains there.

Why it matters
    If each task took a tenth of the time, a system that is kept busy would complete
    more of them. Where it does not, the latency no longer covers what takes the time:
    the clock starts later, or stops earlier, than at the level before.

When it is wrong
    When tasks arrive at a fixed rate: throughput is then that of the arrivals, and
    latency falls with the queue. Declare the load as an open loop; runs whose
    configuration states an arrival rate are not judged.

Example
    From concurrency 1 to 2, mean latency falls from 50 to 0.5 ms at 12 tasks/s before
    and after: 0.007 tasks in flight, where two are kept busy.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from writer.audit.example import Example, ExampleRun, Outcome, factor, latency, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import MIXED, bound, mixed_units
from writer.audit.thresholds import SPEEDUP_LATENCY, SPEEDUP_THROUGHPUT
from writer.dataset import product
from writer.model import unit
from writer.model.experiment import Column, Experiment, Level, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.setting_names import is_arrival_rate
from writer.sweeps import exceeds, ordered, quotient, system_throughputs
from writer.words import at, each, name, of, place


class _Point(NamedTuple):
    level: Level
    rate: Measurement
    mean: Measurement


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit per sweep with every fall of latency that throughput does not follow."""
    rates = system_throughputs(experiment)
    means = experiment.of("latency", "mean")
    if len(rates) != 1 or len(means) != 1:
        yield NotJudged("the table does not have one throughput and one mean latency")
    elif not ordered(experiment):
        column = experiment.column(experiment.factor)
        yield NotJudged(f"the levels of {name(column)} are not numbers, so they have no order")
    elif experiment.loop == "open" or _arrivals(experiment, context):
        yield NotJudged("the load comes from an open loop, whose throughput is that of arrivals")
    elif mixed_units(experiment, context):
        yield MIXED
    else:
        for sweep in experiment.sweeps():
            yield from _sweep(sweep, rates[0], means[0])


def _arrivals(experiment: Experiment, context: Context) -> bool:
    """Whether the runs were set to an arrival rate, which infinity is not."""
    found = bound(experiment, context)
    return found is not None and any(
        is_arrival_rate(key) and level.value is not None
        for item in found[1]
        for run in item.runs
        for key, level in run.settings.items()
    )


def _sweep(sweep: Sweep, rate: Column, mean: Column) -> Iterator[Hit | NotJudged]:
    points = _points(sweep, rate, mean)
    if len(points) < 2:
        yield NotJudged(f"fewer than two levels{of(sweep)} have a throughput and a mean latency")
        return
    falls = [
        (before, after)
        for index, before in enumerate(points)
        if (after := _after(before, points[index + 1 :]))
    ]
    if falls:
        yield Hit(
            where=tuple(
                cell
                for before, after in falls
                for point in (before, *after)
                for cell in (point.rate, point.mean)
            ),
            evidence={
                "title": sweep.experiment.title,
                "of": of(sweep),
                "rate": name(rate),
                "mean": name(mean),
                "falls": tuple(_fall(sweep.experiment, *fall) for fall in falls),
            },
            part=sweep.label,
        )


def _points(sweep: Sweep, rate: Column, mean: Column) -> list[_Point]:
    """Levels with both values, neither of them zero, smallest level first."""
    found = [
        _Point(row.levels[sweep.factor], row.cells[rate.name], row.cells[mean.name])
        for row in sweep.rows
        if all(row.cells[item.name].known and row.cells[item.name].number for item in (rate, mean))
    ]
    return sorted(found, key=lambda point: point.level.value or 0.0)


def _after(before: _Point, points: list[_Point]) -> list[_Point]:
    """The next levels, as long as latency is far below and throughput the same."""
    found: list[_Point] = []
    for point in points:
        fallen = exceeds(before.mean.span, point.mean.span.scaled(SPEEDUP_LATENCY))
        if not fallen or not (_same(before.rate, point.rate) or _emptied(before, point)):
            break
        found.append(point)
    return found


def _same(one: Measurement, other: Measurement) -> bool:
    return abs(one.number - other.number) <= SPEEDUP_THROUGHPUT * max(one.number, other.number)


def _emptied(before: _Point, after: _Point) -> bool:
    """Whether tasks in flight fall from one or more to a part of one: nothing keeps it busy."""
    one, other = _in_flight(before), _in_flight(after)
    return one is not None and other is not None and one.number >= 1.0 > 2.0 * other.number


def _fall(experiment: Experiment, before: _Point, after: list[_Point]) -> Mapping[str, object]:
    first = after[0]
    return {
        "from": at(experiment, before.level),
        "to": at(experiment, first.level),
        "before": before,
        "after": first,
        "times": quotient(before.mean, first.mean),
        "tasks": _in_flight(first),
        "rest": tuple(
            {"at": at(experiment, point.level), "mean": point.mean, "rate": point.rate}
            for point in after[1:]
        ),
    }


def _in_flight(point: _Point) -> Measurement | None:
    """Throughput times mean latency, the tasks in flight by Little's law."""
    thing = unit.unit(point.rate.unit).dimension.removeprefix("rate:")
    per_second = unit.factor(point.rate.unit, f"{thing}/s")
    seconds = unit.factor(point.mean.unit, "s")
    if per_second is None or seconds is None:
        return None
    return product(point.rate, point.mean, unit=thing, factor=per_second * seconds)


_FALL = (
    "{{ mean }}{{ of }} falls from {{ f.before.mean|u(4) }} "
    + place("f['from']")
    + " to {{ f.after.mean|u(4) }} "
    + place("f.to")
    + "{% if f.times %} (by a factor of {{ f.times }}){% endif %}, while {{ rate }} is "
    "{{ f.before.rate|u(4) }} before and {{ f.after.rate|u(4) }} after"
)
_REST = (
    "{% for f in falls %}{% if f.rest %} It stays there: "
    + each("r", "f.rest", "{{ r.mean|u(4) }} and {{ r.rate|u(4) }} " + place("r.at"))
    + ".{% endif %}{% endfor %}"
)
_TASKS = (
    "{% for f in falls %}{% if f.tasks %} "
    + "Throughput times latency leaves {{ f.tasks|u }} in flight "
    + place("f.to")
    + ".{% endif %}{% endfor %}"
)
_FIELDS = {"threads": factor(), "throughput": throughput(), "mean": latency("mean")}


def _run(
    threads: int, samples: float, duration: float = 10.0, rate: float | str = "inf"
) -> ExampleRun:
    return ExampleRun(
        f"threads{threads}",
        tuple(samples * (1.0 + value / 100.0) for value in range(40)),
        duration=duration,
        settings={"threads": threads, "request_rate": rate},
    )


RULE = rule(
    code="CMP005",
    name="suspicious-speedup",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    message="{{ title }}: " + each("f", "falls", _FALL),
    limitation="Along the sweep, "
    + each("f", "falls", _FALL)
    + "."
    + _REST
    + _TASKS
    + " A system that is kept busy completes as many times more tasks as each of them takes less "
    "time. This "
    "latency therefore does not cover what limits the throughput, most likely because it is "
    "measured over another part of a task than at the level before, and no gain in latency "
    "follows from it.",
    settle="Stating between which two events latency is measured at each level, and repeating the "
    "runs with one definition, would settle it.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "a hundredth of the latency at the same throughput, at two levels",
            "threads,throughput,mean\n1,12.09,50.5\n2,11.98,0.55\n4,11.91,0.49\n8,40.31,249.9",
            _FIELDS,
        ),
        Example(
            Outcome.FIRES,
            "a thousandth of the latency at twice the throughput: one level is in another unit",
            "threads,throughput,mean\n4,19.7,203.0\n8,39.5,0.205\n16,78.1,206.0",
            _FIELDS,
        ),
        Example(
            Outcome.FIRES,
            "runs alone, whose latency falls to a twentieth",
            runs=(_run(1, 100.0), _run(2, 5.0)),
        ),
        Example(
            Outcome.SILENT,
            "latency and throughput change together",
            "threads,throughput,mean\n1,1.0,900.0\n2,13.0,70.0",
            _FIELDS,
        ),
        Example(
            Outcome.SILENT,
            "latency grows as the system saturates",
            "threads,throughput,mean\n1,12.0,50.0\n2,12.1,700.0",
            _FIELDS,
        ),
        Example(
            Outcome.SILENT,
            "a level at which nothing was measured",
            runs=(
                _run(1, 100.0),
                ExampleRun("threads2", (), 40, settings={"threads": 2}),
                _run(4, 90),
            ),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "tasks arrive at a fixed rate",
            "threads,throughput,mean\n1,12.0,500.0\n2,12.1,5.0",
            _FIELDS,
            {"loop": "open"},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "runs that were set to an arrival rate",
            runs=(_run(1, 100.0, rate=4), _run(2, 5.0, rate=4)),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "there is no mean latency",
            "threads,throughput\n1,12.0\n2,12.1",
            {"threads": factor(), "throughput": throughput()},
        ),
    ),
)
