"""A quantity rises and falls along a sweep.

What it checks
    Whether a measured quantity changes direction between levels in order, each leg
    larger than the intervals leave open that repeated trials, samples and tasks per node
    support, and than runs commonly vary. Where each level was run once, a leg must be
    larger than several single runs lie apart by chance; smaller turns are not judged.
    Throughput over resources is left to
    `scaling-inversion`, counts of tasks to `incomplete-run`, a part whose total is
    declared to its total, and levels at which no task succeeded to `empty-run`. Spreads,
    minima of samples, and the balance of one node are not judged: they tell little.

Why it matters
    A trend, an optimum or a trade-off read off a curve that turns is decided by
    single points; an outlier looks the same.

When it is wrong
    When the turn is the result, as with a cache that overflows: more levels about
    the turn and repeated runs then show it.

Example
    Mean latency of 12, 8, 40 and 9 ms at 1, 2, 4 and 8 threads: neither "grows"
    nor "falls" describes it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from writer.audit.example import Example, ExampleRun, Outcome, factor, latency, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import MIXED, bound, mixed_units
from writer.audit.thresholds import SINGLE_TURN_SLACK, TURN_SLACK
from writer.model.experiment import Column, ColumnSource, Experiment, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.interval import Interval, hull
from writer.model.measurement import Measurement
from writer.model.run import Run
from writer.model.unit import factor as factor_between
from writer.model.unit import unit
from writer.statistics import balance_interval, least_samples, trials_interval
from writer.sweeps import Point, exceeds, ordered, points
from writer.verify.cells import repeated, value_of
from writer.verify.evidence import Evidence
from writer.verify.recompute import percentile_of
from writer.words import at, each, name, numbers, of, place


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every quantity that turns along a sweep."""
    column = experiment.column(experiment.factor)
    if not ordered(experiment):
        yield NotJudged(f"the levels of {name(column)} are not numbers, so they have no order")
        return
    judged = [item for item in experiment.quantities() if _judged(experiment, item)]
    if mixed_units(experiment, context):
        judged = [item for item in judged if item.measure != "latency"]
        yield MIXED
    empty = _empty(experiment)
    curves = [
        (
            sweep,
            item,
            tuple(
                point
                for point in points(sweep, item.name)
                if point.cell.id not in empty and not _unmeasured(point.cell)
            ),
        )
        for sweep in experiment.sweeps()
        for item in judged
    ]
    long_enough = [curve for curve in curves if curve[2][2:]]
    if not long_enough:
        yield NotJudged("no quantity that this rule judges has values at three levels")
        return
    turning = [
        (sweep, item, known)
        for sweep, item, curve in long_enough
        if turns(curve, TURN_SLACK)[2:]
        and (known := _known(experiment, item, curve, context))
        and turns(known, TURN_SLACK)[2:]
    ]
    found = [
        (sweep, item, pivots)
        for sweep, item, curve in turning
        if (pivots := turns(curve, _slack(experiment, item, context)))[2:]
    ]
    if len(found) < len(turning):
        yield NotJudged("a quantity turns by no more than single runs of one setting may vary")
    if found:
        yield Hit(
            where=tuple(pivot.cell for _, _, pivots in found for pivot in pivots[1:-1]),
            evidence={
                "title": experiment.title,
                "factor": name(column),
                "curves": tuple(_curve(*item) for item in found),
            },
        )


def _unmeasured(cell: Measurement) -> bool:
    """Whether a value is a time of zero: the tool had none to report."""
    return unit(cell.unit).dimension == "time" and cell.number == 0


_LOAD = ("tasks", "completed", "failed", "duration")
"""What follows from how much was submitted, and from how long it took."""


_SPREADS = ("std", "sd", "iqr", "ld15iqr", "hd15iqr")


def _empty(experiment: Experiment) -> frozenset[str]:
    """Cells of rows in which no task succeeded: they measure nothing."""
    counts = [column.name for column in experiment.of("completed")]
    return frozenset(
        cell.id
        for row in experiment.rows
        if any(row.cells[name].known and row.cells[name].number == 0 for name in counts)
        for cell in row.cells.values()
    )


def _slack(experiment: Experiment, column: Column, context: Context) -> float:
    """By what factor both legs of a turn must differ, beside what intervals leave open.

    How evenly a scheduler spreads tasks does not depend on how fast the machine is today.
    """
    found = bound(experiment, context)
    if found is None:
        several = experiment.trials is not None and experiment.trials.number > 1
    else:
        several = all(repeated(experiment, item.runs) for item in found[1])
        several = several or column.measure == "balance"
    return TURN_SLACK if several else SINGLE_TURN_SLACK


def _known(
    experiment: Experiment, column: Column, curve: tuple[Point, ...], context: Context
) -> tuple[Point, ...]:
    """The curve with the intervals that the trials and samples behind its points support.

    Points of a tail that no samples bound from above are left out, and minima: one sample
    decides them. So is the balance of one node.
    """
    evidence, source = context.evidence, None
    if experiment.runs is not None:
        source = experiment.runs.columns.get(column.name)
    if evidence is None or source is None:
        return curve
    rows = {row.cells[column.name].id: row for row in experiment.rows}
    found = []
    for point in curve:
        runs = evidence.of(experiment, rows[point.cell.id])
        if not runs:
            found.append(point)
            continue
        trials = repeated(experiment, runs)
        if source.quantity == "balance" and not trials:
            if all(len(run.shares) > 1 or not run.shares for run in runs):
                found.append(_of_counts(point, runs))
            continue
        spread = _spread(point.cell, source, runs, evidence, trials=trials)
        if spread is not None and spread.width > 0 and point.cell.number in spread:
            found.append(point._replace(cell=replace(point.cell, interval=spread)))
        elif not _open_ended(source, runs, evidence):
            found.append(point)
    return tuple(found)


def _of_counts(point: Point, runs: tuple[Run, ...]) -> Point:
    """The balance of one run with what its tasks per node leave open."""
    counts = [share.number for share in runs[0].shares.values()] if len(runs) == 1 else []
    spread, scale = balance_interval(counts), factor_between("1", point.cell.unit)
    if spread is None or scale is None:
        return point
    return point._replace(cell=replace(point.cell, interval=spread.scaled(scale)))


def _spread(
    cell: Measurement,
    source: ColumnSource,
    runs: tuple[Run, ...],
    evidence: Evidence,
    *,
    trials: bool,
) -> Interval | None:
    """What samples leave open, and repeated trials beside it; None where there is neither."""
    given = value_of(cell, source, runs, evidence, repeated=trials)
    spread = given.interval if isinstance(given, Measurement) else None
    if not trials or source.over != "pooled":
        return spread
    parts = [evidence.value(run, source.quantity, source.statistic) for run in runs]
    values = [part.given for part in parts if part is not None and part.given is not None]
    scale = next((factor_between(part.measurement.unit, cell.unit) for part in parts if part), None)
    between = trials_interval(values)
    if between is None or scale is None:
        return spread
    ends = between.scaled(scale)
    return ends if spread is None else hull((spread.lo, spread.hi, ends.lo, ends.hi))


def _open_ended(source: ColumnSource, runs: tuple[Run, ...], evidence: Evidence) -> bool:
    """Whether there are samples, and too few to bound the statistic from above."""
    columns = [columns[0] for run in runs if (columns := run.columns(source.quantity))]
    percentile = percentile_of(source.statistic)
    if source.statistic in ("min", "max"):
        return bool(columns)
    count = sum(evidence.summary(samples).count for samples in columns)
    return percentile is not None and 0 < count < least_samples(percentile)


def _judged(experiment: Experiment, column: Column) -> bool:
    scaling = experiment.scales == "resources" and column.measure == "throughput"
    part = any(total.part == column.name for total in experiment.totals)
    return (
        not scaling
        and not part
        and column.statistic not in _SPREADS
        and column.measure not in _LOAD
        and not column.measure.endswith("outliers")
    )


def turns(curve: tuple[Point, ...], slack: float) -> list[Point]:
    """Where the curve starts, turns and ends: no more than two points if it is monotone.

    A turn counts once the intervals of the way back part, and its values differ by more than
    the factor ``slack``, so that small steps within run-to-run variation do not make one.
    """
    low = high = curve[0]
    pivots: list[Point] = []
    rising: bool | None = None
    for point in curve[1:]:
        if rising is not True and _above(point, low, slack):
            pivots.append(low)
            rising, high = True, point
        elif rising is not False and _above(high, point, slack):
            pivots.append(high)
            rising, low = False, point
        else:
            high = max(high, point, key=lambda item: item.cell.number)
            low = min(low, point, key=lambda item: item.cell.number)
    return [*pivots, high if rising else low]


def _above(one: Point, other: Point, slack: float) -> bool:
    values = Interval.exact(one.cell.number), Interval.exact(other.cell.number)
    return exceeds(one.cell.span, other.cell.span, TURN_SLACK) and exceeds(*values, slack)


def _curve(sweep: Sweep, column: Column, pivots: list[Point]) -> Mapping[str, object]:
    return {
        "quantity": name(column),
        "of": of(sweep),
        "values": tuple(point.cell for point in pivots),
        "at": at(sweep.experiment, *(point.level for point in pivots)),
    }


_TURNS = "(" + numbers("c['values']") + " " + place("c.at") + ")"
_CURVES = each("c", "curves", "the {{ c.quantity }}{{ c.of }} " + _TURNS)

_FIELDS = {"threads": factor(), "lat": latency("mean")}


def _run(threads: int, longest: float, often: int) -> ExampleRun:
    """A run of a thousand latencies that are alike but for the longest."""
    common = tuple(100.0 + value / 100.0 for value in range(1000 - often))
    return ExampleRun(
        f"threads{threads}", (*common, *[longest] * often), settings={"threads": threads}
    )


RULE = rule(
    code="STA005",
    name="non-monotonic-sweep",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    message="{{ title }}: " + _CURVES + " {% if curves[1:] %}do{% else %}does{% endif %} not move "
    "one way with the {{ factor }}",
    limitation="Along the sweep over {{ factor }}, " + _CURVES + " "
    "{% if curves[1:] %}turn{% else %}turns{% endif %}. "
    "Among so few points a turn may belong to the system, and it may be an outlier. "
    "No trend and no optimum is claimed for "
    "{% if curves[1:] %}these quantities{% else %}it{% endif %}.",
    settle="Repeated runs, and more levels about the turning points, would tell a turn from an "
    "outlier.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "latency falls, rises and falls again",
            "threads,lat\n1,12.0\n2,8.0\n4,40.0\n8,9.0",
            _FIELDS,
        ),
        Example(
            Outcome.FIRES,
            "the rows are not in the factor's order",
            "threads,lat\n4,40.0\n1,12.0\n8,9.0\n2,20.0",
            _FIELDS,
        ),
        Example(
            Outcome.SILENT,
            "latency grows",
            "threads,lat\n1,8.0\n2,9.0\n4,12.0\n8,40.0",
            _FIELDS,
        ),
        Example(
            Outcome.SILENT,
            "a step back of two per cent is no turn",
            "threads,lat\n1,8.00\n2,9.00\n4,8.85\n8,40.0",
            _FIELDS,
        ),
        Example(
            Outcome.FIRES,
            "runs whose P99 rises and falls by more than their samples leave open",
            runs=(_run(1, 110.0, 30), _run(2, 140.0, 30), _run(4, 110.0, 30)),
        ),
        Example(
            Outcome.SILENT,
            "runs whose P99 turns on one sample more or less",
            runs=(_run(1, 140.0, 9), _run(2, 140.0, 12), _run(4, 140.0, 9)),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "throughput over nodes is left to scaling-inversion",
            "threads,throughput\n1,12.0\n2,8.0\n4,40.0",
            {"threads": factor(), "throughput": throughput()},
            {"scales": "resources"},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "names have no order",
            "threads,lat\none,12.0\ntwo,8.0\nthree,40.0",
            {"threads": factor("string", ""), "lat": latency("mean")},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "two levels cannot turn",
            "threads,lat\n1,12.0\n2,8.0",
            _FIELDS,
        ),
    ),
)
