"""Percentiles of one quantity stand in an order that is impossible.

What it checks
    Whether minimum, percentiles and maximum of one quantity rise in this order in
    every row, and whether the mean lies between minimum and maximum. Rounding of
    the printed digits is allowed for, and units are converted.

Why it matters
    No sample has a P99 below its P50 or a mean above its maximum: two columns were
    swapped, come from different runs or units, or a value was changed by hand.

When it is wrong
    When two quantities share a ``measure`` in the descriptor, say the latency of
    the first token and of the whole reply: give each a measure of its own.

Example
    P50 of 12 ms and P99 of 9 ms in one row.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

from writer.audit.example import Example, Outcome, factor, group, latency
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.model.experiment import Column, Experiment, Row, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.sweeps import exceeds, in_unit, percentile
from writer.words import at, each, listed, name, of, place

_FIXED = {"min": 0.0, "median": 50.0, "max": 100.0}


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every pair of statistics in the wrong order."""
    pairs: list[tuple[Column, Column]] = []
    for measure in dict.fromkeys(column.measure for column in experiment.quantities()):
        columns = [item for item in experiment.of(measure) if item.statistic]
        doubled = _doubled(columns)
        if doubled:
            yield NotJudged(
                f"two columns hold the {doubled} of {measure}: which statistics "
                "belong together is not stated"
            )
            continue
        pairs.extend(_pairs(columns))
    if not pairs:
        yield NotJudged("no quantity has two statistics whose order is known")
        return
    wrong = [
        (sweep, row, low, high)
        for sweep in experiment.sweeps()
        for row in sweep.rows
        for low, high in pairs
        if _out_of_order(row.cells[low.name], row.cells[high.name])
    ]
    if wrong:
        cells = [row.cells[column.name] for _, row, low, high in wrong for column in (low, high)]
        yield Hit(
            where=tuple({cell.id: cell for cell in cells}.values()),
            evidence={
                "title": experiment.title,
                "pairs": tuple(_pair(*item) for item in wrong),
            },
        )


def rank(statistic: str) -> float | None:
    """The place of a statistic in the order; None for a mean, a count and the like."""
    return _FIXED.get(statistic, percentile(statistic))


def _doubled(columns: list[Column]) -> str:
    statistics = [column.statistic for column in columns]
    return listed(item for item in statistics if statistics.count(item) > 1)


def _pairs(columns: list[Column]) -> Iterator[tuple[Column, Column]]:
    """Pairs of which the first may not exceed the second."""
    ranked = [(place, item) for item in columns if (place := rank(item.statistic)) is not None]
    ranked.sort(key=lambda pair: pair[0])
    for (low_rank, low), (high_rank, high) in combinations(ranked, 2):
        if low_rank < high_rank:
            yield low, high
    means = [item for item in columns if item.statistic == "mean"]
    for mean in means:
        yield from ((item, mean) for place, item in ranked if place == _FIXED["min"])
        yield from ((mean, item) for place, item in ranked if place == _FIXED["max"])


def _out_of_order(low: Measurement, high: Measurement) -> bool:
    if not (low.known and high.known):
        return False
    converted = in_unit(low, high.unit)
    return converted is not None and exceeds(converted, high.span)


def _pair(sweep: Sweep, row: Row, low: Column, high: Column) -> Mapping[str, object]:
    return {
        "of": of(sweep),
        "at": at(sweep.experiment, row.levels[sweep.factor]),
        "low": name(low),
        "low_cell": row.cells[low.name],
        "high": name(high),
        "high_cell": row.cells[high.name],
    }


_PAIRS = each(
    "p",
    "pairs",
    "the {{ p.low }} ({{ p.low_cell|u }}) exceeds the {{ p.high }} ({{ p.high_cell|u }}){{ p.of }} "
    + place("p.at"),
)

_FIELDS = {"threads": factor(), "p50": latency("p50"), "p99": latency("p99")}

RULE = rule(
    code="STA002",
    name="percentile-order",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: " + _PAIRS + ", which no sample allows",
    limitation="In this table " + _PAIRS + ". No sample allows this: at least one of the values is "
    "wrong, for instance from a swapped column, another unit or another run. Which one is not "
    "known, so nothing is concluded here from either.",
    settle="Computing every statistic again from the raw samples of one run would show which "
    "value is wrong.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "P99 below P50",
            "threads,p50,p99\n1,10.0,15.0\n2,12.0,9.0",
            _FIELDS,
        ),
        Example(
            Outcome.FIRES,
            "mean above the maximum, in another unit",
            "threads,mean,max\n1,1500,1.2",
            {"threads": factor(), "mean": latency("mean"), "max": latency("max", "s")},
        ),
        Example(
            Outcome.SILENT,
            "P50 and P99 agree as far as their digits go",
            "threads,p50,p99\n1,10.0,15.0\n2,12.04,12.0",
            _FIELDS,
        ),
        Example(
            Outcome.SILENT,
            "a mean above P99 is rare and possible: mean-above-tail speaks of it",
            "threads,mean,p99,max\n1,20.0,15.0,900.0",
            {
                "threads": factor(),
                "mean": latency("mean"),
                "p99": latency("p99"),
                "max": latency("max"),
            },
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "mean and P99 have no fixed order",
            "threads,mean,p99\n1,10.0,15.0",
            {"threads": factor(), "mean": latency("mean"), "p99": latency("p99")},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "two columns hold the P99 of a latency",
            "kind,threads,p50,p99,total\na,1,10.0,9.0,15.0",
            {"kind": group(), **_FIELDS, "total": latency("p99")},
        ),
    ),
)
