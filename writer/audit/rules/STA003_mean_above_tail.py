"""A mean lies above the tail percentile of the same quantity.

What it checks
    Whether, in some row, the mean of a quantity exceeds its highest reported
    percentile from P90 on (below the maximum), rounding allowed for.

Why it matters
    It is possible: a few values must then be so large that they outweigh all
    others. It is rare, and far more often the two columns come from different
    runs, units or populations, or one was changed by hand.

When it is wrong
    When the sample does have such a tail, for instance one request in a thousand
    that hangs until a time-out: show the distribution.

Example
    Mean latency of 40 ms and P99 of 9 ms: one request in a hundred would have to
    take more than three seconds on average.
"""

from collections.abc import Iterator, Mapping

from writer.audit.example import Example, Outcome, factor, latency
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.thresholds import TAIL_PERCENTILE
from writer.model.experiment import Column, Experiment, Row, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.sweeps import exceeds, in_unit, percentile
from writer.words import at, each, name, of, place


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every row whose mean exceeds its tail."""
    pairs = [
        (mean, tail)
        for mean in experiment.quantities()
        if mean.statistic == "mean" and len(experiment.of(mean.measure, "mean")) == 1
        if (tail := _tail(experiment, mean.measure))
    ]
    if not pairs:
        yield NotJudged("no quantity has both a mean and a tail percentile")
        return
    found = [
        (sweep, row, mean, tail)
        for sweep in experiment.sweeps()
        for row in sweep.rows
        for mean, tail in pairs
        if _above(row.cells[mean.name], row.cells[tail.name])
    ]
    if found:
        yield Hit(
            where=tuple(row.cells[item.name] for _, row, *two in found for item in two),
            evidence={
                "title": experiment.title,
                "rows": tuple(_row(*item) for item in found),
            },
        )


def _tail(experiment: Experiment, measure: str) -> Column | None:
    """The highest percentile of ``measure`` from the threshold on, if there is just one such."""
    ranked = [
        (place, column)
        for column in experiment.of(measure)
        if (place := percentile(column.statistic)) is not None and place >= TAIL_PERCENTILE
    ]
    highest = [column for place, column in ranked if place == max(rank for rank, _ in ranked)]
    return highest[0] if len(highest) == 1 else None


def _above(mean: Measurement, tail: Measurement) -> bool:
    if not (mean.known and tail.known):
        return False
    converted = in_unit(mean, tail.unit)
    return converted is not None and exceeds(converted, tail.span)


def _row(sweep: Sweep, row: Row, mean: Column, tail: Column) -> Mapping[str, object]:
    return {
        "of": of(sweep),
        "at": at(sweep.experiment, row.levels[sweep.factor]),
        "mean": name(mean),
        "mean_cell": row.cells[mean.name],
        "tail": name(tail),
        "tail_cell": row.cells[tail.name],
    }


_ROWS = each(
    "r",
    "rows",
    "the {{ r.mean }}{{ r.of }} ({{ r.mean_cell|u }}) lies above the {{ r.tail }} "
    "({{ r.tail_cell|u }}) " + place("r.at"),
)

_FIELDS = {"threads": factor(), "mean": latency("mean"), "p99": latency("p99")}

RULE = rule(
    code="STA003",
    name="mean-above-tail",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    message="{{ title }}: " + _ROWS + "; this is possible, but rare",
    limitation="In this table " + _ROWS + ". That is possible only if a few requests took so long "
    "that they outweigh all others; it would also come about if the two columns describe "
    "different runs or units. Until this is known, the mean is no summary of a typical request.",
    settle="The distribution of the raw samples would show whether a few extreme values or an "
    "error of the table is behind it.",
    check=check,
    examples=(
        Example(Outcome.FIRES, "mean above P99", "threads,mean,p99\n1,40.0,9.0", _FIELDS),
        Example(
            Outcome.FIRES,
            "mean above P95, in another unit",
            "threads,mean,p95\n1,0.040,9.0",
            {"threads": factor(), "mean": latency("mean", "s"), "p95": latency("p95")},
        ),
        Example(
            Outcome.SILENT,
            "mean above P90 and below P99: the highest percentile counts",
            "threads,mean,p90,p99\n1,10.0,9.0,30.0",
            {**_FIELDS, "p90": latency("p90")},
        ),
        Example(
            Outcome.SILENT,
            "equal as far as the printed digits go",
            "threads,mean,p99\n1,9.04,9.0",
            _FIELDS,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "only a median beside the mean, which a skewed latency exceeds often",
            "threads,mean,p50\n1,40.0,9.0",
            {"threads": factor(), "mean": latency("mean"), "p50": latency("p50")},
        ),
    ),
)
