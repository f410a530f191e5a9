"""Throughput and mean latency imply more tasks in flight than were allowed.

What it checks
    Whether throughput times mean latency, the mean number of tasks in flight by
    Little's law, exceeds the limit that the descriptor names as ``in_flight``,
    rounding and the ends of a run allowed for.

Why it matters
    In a closed loop, where a task starts only when another ends, the product
    cannot exceed the limit: one of the three numbers is wrong, or they do not
    describe the same tasks over the same time.

When it is wrong
    When the latency counts the wait before a task is admitted, or when the limit
    bounds something else than tasks in flight, such as workers. Where the
    descriptor does not say that the loop is closed, the finding is a warning.

Example
    At concurrency 8, 13.3 tasks/s with a mean latency of 109 s: 1451 tasks in
    flight, where 8 were allowed.
"""

from collections.abc import Iterator, Mapping

from writer.audit.example import Example, Outcome, factor, group, latency, setting, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.thresholds import LITTLE_SLACK
from writer.dataset import product
from writer.model import unit
from writer.model.experiment import Column, Experiment, Row, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.sweeps import exceeds, lookup, system_throughputs
from writer.words import at, each, listed, name, of, place, within


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit per sweep with every level that breaks the law."""
    rates = system_throughputs(experiment)
    means = experiment.of("latency", "mean")
    if experiment.in_flight is None:
        yield NotJudged("the descriptor does not say what bounds the tasks in flight")
    elif experiment.loop == "open":
        yield NotJudged("the load comes from an open loop, whose queue may grow without bound")
    elif len(rates) != 1 or len(means) != 1:
        yield NotJudged("the table does not have one throughput and one mean latency")
    elif _conversion(rates[0], means[0]) is None:
        yield NotJudged("the units of throughput and mean latency give no number of tasks")
    else:
        for sweep in experiment.sweeps():
            yield from _sweep(sweep, rates[0], means[0])


def _conversion(rate: Column, mean: Column) -> float | None:
    """What to multiply the product of the two columns by to have tasks."""
    per_second = unit.factor(rate.unit, f"{_thing(rate)}/s")
    seconds = unit.factor(mean.unit, "s")
    return None if per_second is None or seconds is None else per_second * seconds


def _thing(rate: Column) -> str:
    """What the throughput counts, e.g. ``tasks``."""
    return unit.unit(rate.unit).dimension.removeprefix("rate:")


def _sweep(sweep: Sweep, rate: Column, mean: Column) -> Iterator[Hit | NotJudged]:
    experiment = sweep.experiment
    rows = [row for row in sweep.rows if row.cells[rate.name].known and row.cells[mean.name].known]
    judged = [(row, limit) for row in rows if (limit := _limit(experiment, row))]
    without = [row.levels[sweep.factor].text for row in rows if _limit(experiment, row) is None]
    if not rows:
        yield NotJudged(f"no row{of(sweep)} has both a throughput and a mean latency")
    if without:
        yield NotJudged(
            f"the limit on tasks in flight is not known{of(sweep)} at {listed(without)}"
        )
    found = [
        (row, limit, tasks)
        for row, limit in judged
        if exceeds((tasks := _in_flight(row, rate, mean)).span, limit.span, LITTLE_SLACK)
    ]
    if found:
        closed = experiment.loop == "closed"
        yield Hit(
            where=tuple(row.cells[item.name] for row, *_ in found for item in (rate, mean)),
            evidence={
                "title": experiment.title,
                "of": of(sweep),
                "rate": name(rate),
                "mean": name(mean),
                "limit": _limit_name(experiment),
                "closed": closed,
                "swept": experiment.in_flight == sweep.factor,
                "rows": tuple(_row(sweep, *item, rate, mean) for item in found),
            },
            part=sweep.label,
            severity=Severity.ERROR if closed else None,
            confidence=Confidence.HIGH if closed else None,
        )


def _limit(experiment: Experiment, row: Row) -> Measurement | None:
    """The number of tasks allowed in flight; None unless it is a known count."""
    limit = lookup(experiment, row, experiment.in_flight or "")
    if limit is None:
        return None
    counts = limit.unit in ("", "1") or unit.unit(limit.unit).dimension.startswith("count:")
    return limit if counts else None


def _limit_name(experiment: Experiment) -> str:
    """The limit's title within a sentence."""
    names = [item.title for item in experiment.columns if item.name == experiment.in_flight]
    return within((names or [(experiment.in_flight or "").replace("_", " ")])[0])


def _in_flight(row: Row, rate: Column, mean: Column) -> Measurement:
    return product(
        row.cells[rate.name],
        row.cells[mean.name],
        unit=_thing(rate),
        factor=_conversion(rate, mean) or 1.0,
        title="tasks in flight by Little's law",
    )


def _row(
    sweep: Sweep, row: Row, limit: Measurement, tasks: Measurement, rate: Column, mean: Column
) -> Mapping[str, object]:
    return {
        "at": at(sweep.experiment, row.levels[sweep.factor]),
        "rate": row.cells[rate.name],
        "mean": row.cells[mean.name],
        "tasks": tasks,
        "limit": limit,
    }


_ROWS = each(
    "r",
    "rows",
    "{{ r.rate|u }} and {{ r.mean|u }} "
    + place("r.at")
    + " ({{ r.tasks|u }} in flight for a limit of {{ r.limit }})",
    last=", and ",
)

_TASKS = each(
    "r",
    "rows",
    "{{ r.tasks|u }} " + place("r.at") + "{% if not swept %} (limit: {{ r.limit }}){% endif %}",
)

_FIELDS = {"concurrency": factor(), "throughput": throughput(), "mean": latency("mean")}
_CLOSED = {"in_flight": "concurrency", "loop": "closed"}
_UNSTATED = {"in_flight": "concurrency"}
_BROKEN = "concurrency,throughput,mean\n1,2.01,490.1\n8,13.30,109099.4"

RULE = rule(
    code="QUE001",
    name="littles-law",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    message="{{ title }}: by Little's law the {{ rate }} and {{ mean }}{{ of }} imply more tasks "
    "in flight than the limit ({{ limit }}) allows{% if not closed %} in a closed loop{% endif %}: "
    + _ROWS,
    limitation="By Little's law, {{ rate }} times {{ mean }} is the mean number of tasks in "
    "flight. The values{{ of }} give more than the {{ limit }} allows: " + _TASKS + ". "
    "{% if closed %}In a closed loop that is impossible: at least one of these numbers is wrong, "
    "or they do not describe the same tasks over the same time. {% else %}In a closed loop that "
    "would be impossible. It is possible if the latency contains the wait before admission, or if "
    "the {{ limit }} does not bound the tasks in flight; the source does not say which. {% endif %}"
    "Until this is known, the {{ mean }} of these rows does not tell how long the system takes "
    "for a task.",
    settle="The times at which each task was submitted, started and ended would show what the "
    "{{ mean }} contains and how many tasks were in flight.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "1451 tasks in flight in a closed loop of 8: an error",
            _BROKEN,
            _FIELDS,
            _CLOSED,
        ),
        Example(
            Outcome.FIRES,
            "the loop is not described: a warning",
            _BROKEN,
            _FIELDS,
            _UNSTATED,
        ),
        Example(
            Outcome.FIRES,
            "the limit is a setting, the latency in seconds, and each sweep breaks the law",
            "kind,size,workers,throughput,mean\na,1,4,3.00,2.00\nb,1,8,3.00,3.00",
            {
                "kind": group(),
                "size": factor(),
                "workers": setting(),
                "throughput": throughput(),
                "mean": latency("mean", "s"),
            },
            {"in_flight": "workers", "loop": "closed"},
            findings=2,
        ),
        Example(
            Outcome.SILENT,
            "as many tasks in flight as allowed",
            "concurrency,throughput,mean\n1,2.01,497.5\n8,13.30,601.5",
            _FIELDS,
            _CLOSED,
        ),
        Example(
            Outcome.SILENT,
            "a few per cent above the limit: the ends of the run",
            "concurrency,throughput,mean\n4,7.27,590.0",
            _FIELDS,
            _CLOSED,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "an open loop queues without bound",
            _BROKEN,
            _FIELDS,
            {"in_flight": "concurrency", "loop": "open"},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the descriptor does not name the limit",
            _BROKEN,
            _FIELDS,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "only a tail latency: the law is about the mean",
            "concurrency,throughput,p99\n8,13.30,109099.4",
            {"concurrency": factor(), "throughput": throughput(), "p99": latency("p99")},
            _CLOSED,
        ),
    ),
)
