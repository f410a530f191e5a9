"""More resources gave less throughput.

What it checks
    Whether, along a sweep that adds resources, the throughput at some level is
    lower than at a smaller one, by more than the printed digits can hide.

Why it matters
    Speedup is the reason to add resources. A fall contradicts any sentence that
    says the system scales, and the cause is usually the most interesting thing
    the experiment found.

When it is wrong
    When the difference is run-to-run variation, as a fall of a few per cent
    between runs may be (the confidence is then lower).

Example
    57 tasks/s on 4 nodes and 19 tasks/s on 16.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from writer.audit.example import Example, Outcome, factor, group, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.thresholds import RUN_VARIATION
from writer.dataset import reduction
from writer.model.experiment import Column, Experiment, Level, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.sweeps import Point, baseline_row, exceeds, ordered, points, system_throughputs
from writer.words import at, each, name, of, place, subject


class _Fall(NamedTuple):
    peak: Point
    point: Point
    by: Measurement


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit per sweep in which more resources gave less."""
    factor_name = name(experiment.column(experiment.factor))
    columns = system_throughputs(experiment)
    if experiment.scales != "resources":
        yield NotJudged(f"the descriptor does not say that more {factor_name} adds resources")
    elif not columns:
        yield NotJudged("no column holds a throughput")
    elif not ordered(experiment):
        yield NotJudged(f"the levels of {factor_name} are not numbers, so they have no order")
    else:
        for sweep in experiment.sweeps():
            for column in columns:
                yield from _sweep(sweep, column, alone=len(columns) == 1)


def _sweep(sweep: Sweep, column: Column, *, alone: bool) -> Iterator[Hit | NotJudged]:
    curve = points(sweep, column.name)
    if not curve[1:]:
        yield NotJudged(f"fewer than two levels have a value{of(sweep)}")
        return
    falls = list(_falls(curve))
    if not falls:
        return
    small = all(item.by.number <= RUN_VARIATION * 100.0 for item in falls)
    base = _baseline(sweep, column)
    below = [item for item in falls if base and exceeds(base[1].span, item.point.cell.span)]
    peaks = dict.fromkeys(item.peak for item in falls)
    yield Hit(
        where=tuple({item.cell.id: item.cell for item in _points(falls)}.values()),
        evidence={
            "title": sweep.experiment.title,
            "subject": subject(sweep),
            "of": of(sweep),
            "quantity": name(column),
            "factor": name(sweep.experiment.column(sweep.factor)),
            "peaks": tuple(_peak(sweep, peak, falls) for peak in peaks),
            "below": tuple(item.point.cell for item in below),
            "below_at": at(sweep.experiment, *(item.point.level for item in below)),
            "base": base[1] if base else None,
            "base_at": at(sweep.experiment, base[0]) if base else None,
            "small": small,
        },
        part=" ".join(part for part in (sweep.label, "" if alone else column.name) if part),
        confidence=Confidence.MEDIUM if small else None,
    )


def _falls(curve: tuple[Point, ...]) -> Iterator[_Fall]:
    """Points whose throughput lies below the highest at a smaller level."""
    peak = curve[0]
    for point in curve[1:]:
        if exceeds(peak.cell.span, point.cell.span):
            yield _Fall(peak, point, reduction(peak.cell, point.cell))
        peak = max(peak, point, key=lambda item: item.cell.number)


def _points(falls: list[_Fall]) -> Iterator[Point]:
    for item in falls:
        yield item.peak
        yield item.point


def _baseline(sweep: Sweep, column: Column) -> tuple[Level, Measurement] | None:
    row = baseline_row(sweep)
    if row is None or not row.cells[column.name].known:
        return None
    return row.levels[sweep.factor], row.cells[column.name]


def _peak(sweep: Sweep, peak: Point, falls: list[_Fall]) -> Mapping[str, object]:
    own = [item for item in falls if item.peak is peak]
    return {
        "cell": peak.cell,
        "at": at(sweep.experiment, peak.level),
        "falls": tuple(
            {
                "cell": item.point.cell,
                "at": at(sweep.experiment, item.point.level),
                "by": item.by,
            }
            for item in own
        ),
    }


_FALLS = each(
    "p",
    "peaks",
    "from {{ p.cell|u }} "
    + place("p.at")
    + " to "
    + each("f", "p.falls", "{{ f.cell|u }} " + place("f.at") + " ({{ f.by|u }} lower)"),
    last=", and ",
)
_BELOW = (
    "{% if below %}; "
    + each("b", "below", "{{ b|u }}")
    + " {% if below[1:] %}are{% else %}is{% endif %} less than the {{ base|u }} "
    + place("base_at")
    + "{% endif %}"
)

_FIELDS = {"nodes": factor(unit="nodes"), "throughput": throughput()}
_NODES = {"scales": "resources", "baseline": "1"}

RULE = rule(
    code="CMP001",
    name="scaling-inversion",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: more resources gave less; the {{ quantity }}{{ of }} falls "
    + _FALLS
    + _BELOW,
    limitation="More resources did not always help{% if subject %} {{ subject }}{% endif %}: the "
    "{{ quantity }} falls " + _FALLS + "{% if below %}; " + place("below_at") + " it lies below "
    "the {{ base|u }} " + place("base_at") + "{% endif %}. "
    "{% if small %}A fall this small may be run-to-run variation. {% else %}"
    "The data do not show why: coordination between workers, too little work for each, or "
    "whatever else changed with the {{ factor }} would explain it. {% endif %}"
    "No claim that{% if subject %} {{ subject }}{% else %} the system{% endif %} scales over this "
    "range is made.",
    settle="Repeated runs that record where each level spends its time would show whether the fall "
    "of the {{ quantity }}{{ of }} is real and what causes it.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "throughput peaks at 4 nodes and ends below that of one",
            "nodes,throughput\n1,38.3\n4,57.4\n8,39.4\n16,18.5",
            _FIELDS,
            _NODES,
        ),
        Example(
            Outcome.FIRES,
            "one of two sweeps falls, then recovers",
            "kind,nodes,throughput\na,1,1.0\na,4,3.0\na,8,5.0\nb,1,5.4\nb,4,4.9\nb,8,10.3",
            {"kind": group(), **_FIELDS},
            _NODES,
        ),
        Example(
            Outcome.SILENT,
            "throughput grows, the rows not in order",
            "nodes,throughput\n4,57.4\n1,38.3\n8,80.1",
            _FIELDS,
            _NODES,
        ),
        Example(
            Outcome.SILENT,
            "the fall is smaller than the printed digits can tell",
            "nodes,throughput\n1,38\n4,57.4\n8,57",
            _FIELDS,
            _NODES,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the factor adds load, not resources",
            "nodes,throughput\n1,38.3\n4,57.4\n8,39.4",
            _FIELDS,
            {"scales": "load"},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "only one level has a value",
            "nodes,throughput\n1,38.3\n4,",
            _FIELDS,
            _NODES,
        ),
    ),
)
