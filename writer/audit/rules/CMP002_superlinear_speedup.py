"""Throughput grew faster than the resources or the load.

What it checks
    Whether the throughput at some level, relative to the declared baseline,
    exceeds the factor by which the level grew, rounding and run-to-run variation
    allowed for. A measured column of speedups is held against the same bound.

Why it matters
    Twice the resources do at most twice the work unless something else changed.
    Mostly the baseline run was slow for a reason of its own, and every speedup
    inherits that.

When it is wrong
    When the working set fits the caches of more machines, when work is shared or
    batched across jobs, or when a fixed cost is spread over more work. Say which,
    and show it.

Example
    12.7 tasks/s with one job and 49.4 with two: a factor of 3.9 from twice the load.
"""

from collections.abc import Iterator, Mapping

from writer.audit.example import Example, Outcome, factor, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.thresholds import SUPERLINEAR_SLACK
from writer.model.experiment import Column, Experiment, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.sweeps import (
    Point,
    baseline_row,
    exceeds,
    ordered,
    points,
    quotient,
    system_throughputs,
)
from writer.words import at, each, name, of, place, subject


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit per sweep and quantity that grows faster than its factor."""
    factor_name = name(experiment.column(experiment.factor))
    columns = (*system_throughputs(experiment), *experiment.of("speedup"))
    if experiment.scales is None:
        yield NotJudged(f"the descriptor does not say that {factor_name} adds resources or load")
    elif experiment.baseline is None:
        yield NotJudged("the descriptor declares no baseline")
    elif not ordered(experiment):
        yield NotJudged(f"the levels of {factor_name} are not numbers, so no factor is known")
    elif not columns:
        yield NotJudged("no column holds a throughput or a speedup")
    else:
        for sweep in experiment.sweeps():
            for column in columns:
                yield from _sweep(sweep, column, alone=len(columns) == 1)


def _sweep(sweep: Sweep, column: Column, *, alone: bool) -> Iterator[Hit | NotJudged]:
    base = _baseline(sweep, column)
    if base is None:
        yield NotJudged(f"no {name(column)}{of(sweep)} is known at the baseline, or it is zero")
        return
    found = [
        part
        for point in points(sweep, column.name)
        if (part := _faster(sweep, column, point, base))
    ]
    if found:
        yield Hit(
            where=(base.cell, *(part[0] for part in found)),
            evidence={
                "title": sweep.experiment.title,
                "quantity": name(column),
                "of": of(sweep),
                "subject": subject(sweep),
                "base": base.cell,
                "base_at": at(sweep.experiment, base.level),
                "points": tuple(part[1] for part in found),
                "stated": column.measure == "speedup",
                "load": sweep.experiment.scales == "load",
            },
            part=" ".join(part for part in (sweep.label, "" if alone else column.name) if part),
        )


def _baseline(sweep: Sweep, column: Column) -> Point | None:
    """The baseline's point, if its level and its value lie above zero."""
    row = baseline_row(sweep)
    if row is None or not row.cells[column.name].known:
        return None
    level, cell = row.levels[sweep.factor], row.cells[column.name]
    if level.value is None or level.value <= 0 or cell.span.lo <= 0:
        return None
    return Point(level.value, level, cell)


def _faster(
    sweep: Sweep, column: Column, point: Point, base: Point
) -> tuple[Measurement, Mapping[str, object]] | None:
    """The cell and its evidence, if the speedup exceeds the factor."""
    if point.level.measurement is None or base.level.measurement is None or point.x <= base.x:
        return None
    speedup = point.cell if column.measure == "speedup" else quotient(point.cell, base.cell)
    growth = quotient(point.level.measurement, base.level.measurement)
    if speedup is None or growth is None:
        return None
    if not exceeds(speedup.span, growth.span, SUPERLINEAR_SLACK):
        return None
    return point.cell, {
        "cell": point.cell,
        "at": at(sweep.experiment, point.level),
        "speedup": speedup,
        "growth": growth,
    }


_ADDED = "{% if load %}load{% else %}resources{% endif %}"
_POINTS = each(
    "p",
    "points",
    "{% if stated %}{{ p.speedup }} times its baseline{% else %}{{ p.cell|u }}, "
    "{{ p.speedup }} times its baseline,{% endif %} "
    + place("p.at")
    + ", for {{ p.growth }} times the "
    + _ADDED,
)

_FIELDS = {"jobs": factor(unit="jobs"), "throughput": throughput("total")}
_JOBS = {"scales": "load", "baseline": "1"}

RULE = rule(
    code="CMP002",
    name="superlinear-speedup",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    message="{{ title }}: the {{ quantity }}{{ of }} reaches " + _POINTS,
    limitation="The {{ quantity }}{{ of }} grows faster than the "
    + _ADDED
    + ": "
    + each(
        "p",
        "points",
        place("p.at")
        + " it is {% if not stated %}{{ p.cell|u }}, {% endif %}{{ p.speedup }} times the "
        "{% if not stated %}{{ base|u }} {% else %}throughput {% endif %}"
        + place("base_at")
        + ", for {{ p.growth }} times the "
        + _ADDED,
    )
    + ". {% if load %}Work shared or batched across jobs{% else %}Data that fit the caches of more "
    "machines{% endif %}, or a fixed cost spread over more work, would explain it; so would a "
    "baseline run that was slow for a reason of its own, which would inflate every ratio to it. "
    "The data do not tell these apart, so no speedup is claimed from this baseline alone.",
    settle="Repeating the baseline under the settings of the other rows, with the state of the "
    "caches recorded, would show whether it was slow or the speedup is real.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "two jobs have nearly four times the throughput of one",
            "jobs,throughput\n1,12.74\n2,49.39\n4,48.65",
            _FIELDS,
            _JOBS,
        ),
        Example(
            Outcome.FIRES,
            "a column of speedups exceeds the factor",
            "jobs,speedup\n1,1.0\n2,2.4\n4,3.1",
            {
                "jobs": factor(unit="jobs"),
                "speedup": {"type": "number", "unit": "x", "measure": "speedup"},
            },
            _JOBS,
        ),
        Example(
            Outcome.SILENT,
            "speedup is below the factor",
            "jobs,throughput\n1,12.74\n2,24.39\n4,40.65",
            _FIELDS,
            _JOBS,
        ),
        Example(
            Outcome.SILENT,
            "four per cent above the factor may be run-to-run variation",
            "jobs,throughput\n1,10.00\n2,20.80",
            _FIELDS,
            _JOBS,
        ),
        Example(
            Outcome.SILENT,
            "one printed digit leaves room for a linear speedup",
            "jobs,throughput\n1,1\n2,3",
            _FIELDS,
            _JOBS,
        ),
        Example(
            Outcome.SILENT,
            "half of the throughput at a quarter of the load is no speedup",
            "jobs,throughput\n1,50.0\n4,100.0\n8,150.0",
            _FIELDS,
            {"scales": "load", "baseline": "4"},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "no baseline is declared",
            "jobs,throughput\n1,12.74\n2,49.39",
            _FIELDS,
            {"scales": "load"},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the factor is a delay: more of it is neither load nor resources",
            "jobs,throughput\n1,12.74\n2,49.39",
            _FIELDS,
            {"baseline": "1"},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "nothing was measured at the baseline",
            "jobs,throughput\n1,\n2,49.39",
            _FIELDS,
            _JOBS,
        ),
    ),
)
