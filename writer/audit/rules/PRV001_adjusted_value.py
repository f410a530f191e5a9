"""The source replaces measured values by values that nobody measured.

What it checks
    Whether a line of the ``cells`` resource gives a cell the grade ``adjusted``:
    interpolated, scaled or theoretical values, and speedups made of these.

Why it matters
    A reader takes every number in a table of results for a measurement. Replacing
    an inconvenient one by a plausible one removes the very observation that
    could show a fault of the system or of the experiment.

When it is wrong
    When the "invented" value is in truth a second measurement: put it into the
    table, describe how it was made, and remove the line.

Example
    Latency at 4 threads was measured as 109 s; the source prints 0.6 s, "the
    value between its neighbours". The measured value is printed, the other is not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from writer.audit.example import Example, Outcome, factor, latency, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.model.experiment import Column, Experiment, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.sweeps import baseline_row, quotient
from writer.words import at, each, name, numbers, of, place


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every adjusted value of the table."""
    if not experiment.quantities():
        yield NotJudged("the table has no measured quantity")
        return
    invented = [item for row in experiment.rows for item in row.adjusted.values()]
    if not invented:
        return
    sweeps = experiment.sweeps()
    pairs = [(sweep, column) for sweep in sweeps for column in experiment.quantities()]
    reasons = dict.fromkeys(item.reason for item in invented if item.reason)
    yield Hit(
        where=tuple(_cells(experiment)) or tuple(invented),
        evidence={
            "title": experiment.title,
            "parts": (parts := tuple(part for pair in pairs if (part := _part(*pair)))),
            "places": _places(parts),
            "speedups": tuple(part for pair in pairs if (part := _speedups(*pair))),
            "reasons": tuple(_printable(reasons, invented)),
            "invented": tuple(invented),
        },
    )


def _cells(experiment: Experiment) -> Iterator[Measurement]:
    for row in experiment.rows:
        for column in experiment.quantities():
            if column.name in row.adjusted or f"speedup({column.name})" in row.adjusted:
                yield row.cells[column.name]


def _part(sweep: Sweep, column: Column) -> Mapping[str, object] | None:
    """One quantity of one sweep: where it was replaced, and what was measured there."""
    rows = [row for row in sweep.rows if column.name in row.adjusted]
    if not rows:
        return None
    measured = [row.cells[column.name] for row in rows]
    return {
        "quantity": name(column),
        "of": of(sweep),
        "at": at(sweep.experiment, *(row.levels[sweep.factor] for row in rows)),
        "measured": tuple(item for item in measured if item.known),
        "complete": all(item.known for item in measured),
    }


def _places(parts: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, object], ...]:
    """The parts that were replaced at the same levels, together."""
    groups: dict[tuple[object, ...], list[Mapping[str, Any]]] = {}
    for part in parts:
        where = part["at"]
        groups.setdefault((where["lead"], where["levels"], part["of"]), []).append(part)
    return tuple(
        {"parts": tuple(group), "of": group[0]["of"], "at": group[0]["at"]}
        for group in groups.values()
    )


def _printable(reasons: Iterable[str], invented: Sequence[Measurement]) -> Iterator[str]:
    """The reasons as given, but for those that would bring an invented value into the text."""
    never = {item.value for item in invented}
    for reason in reasons:
        values = {float(digits.replace(",", "")) for digits in _DIGITS.findall(reason)}
        if not values & never:
            yield reason.rstrip(".")


def _speedups(sweep: Sweep, column: Column) -> Mapping[str, object] | None:
    """The speedups of what was measured, where the source proposes others."""
    base = baseline_row(sweep)
    rows = [row for row in sweep.rows if f"speedup({column.name})" in row.adjusted]
    pairs = [
        (row.levels[sweep.factor], speedup)
        for row in rows
        if base is not None and row is not base
        if (speedup := quotient(row.cells[column.name], base.cells[column.name]))
    ]
    if not pairs:
        return None
    return {
        "quantity": name(column),
        "of": of(sweep),
        "at": at(sweep.experiment, *(level for level, _ in pairs)),
        "ratios": tuple(speedup for _, speedup in pairs),
    }


_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_PLACES = each(
    "g",
    "places",
    each(
        "p",
        "g.parts",
        "the {{ p.quantity }}{% if p.measured %} (measured: "
        + numbers("p.measured")
        + "{% if not p.complete %}, not everywhere{% endif %}){% else %} (not measured){% endif %}",
    )
    + "{{ g.of }} "
    + place("g.at"),
    last=", and for ",
)
_PART = "the {{ p.quantity }}{{ p.of }} " + place("p.at")

_FIELDS = {
    "threads": factor(),
    "throughput": throughput(),
    "p99_latency": latency("p99"),
}
_CSV = "threads,throughput,p99_latency\n1,10.0,100.5\n2,19.0,210.3\n4,31.0,109000.1"
_LINE = "example,threads=4,{column},adjusted,{value},{reason},a report"

RULE = rule(
    code="PRV001",
    name="adjusted-value",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: the source proposes values that nobody measured for "
    + each(
        "p",
        "parts",
        _PART
        + "{% if p.measured %} (measured: "
        + numbers("p.measured")
        + "){% else %} (not measured){% endif %}",
    )
    + "{% if parts and speedups %}, and for {% endif %}"
    + each(
        "s",
        "speedups",
        "the speedup of {{ s.quantity }}{{ s.of }} (from what was measured: "
        + numbers("s.ratios")
        + ")",
    )
    + "; only measured values are printed",
    limitation="The source of this table states values that nobody measured"
    "{% if places %} for " + _PLACES + "{% endif %}. "
    "{% for s in speedups %}"
    "Its speedups of the {{ s.quantity }}{{ s.of }} are among them; the measured values give "
    + numbers("s.ratios")
    + " "
    + place("s.at")
    + ". {% endfor %}"
    "{% for reason in reasons %}The reason that it gives: {{ reason }}. {% endfor %}"
    "Only measured values are used here.",
    settle="Repeating the runs whose values the source replaces would show whether these are "
    "outliers or what the system does.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "a latency was replaced by an interpolated one",
            _CSV,
            _FIELDS,
            cells=_LINE.format(column="p99_latency", value="420.0", reason="interpolated"),
        ),
        Example(
            Outcome.FIRES,
            "a speedup was proposed that the throughput does not give",
            _CSV,
            _FIELDS,
            {"baseline": "1"},
            cells=_LINE.format(column="speedup(throughput)", value="4.0", reason="theory"),
        ),
        Example(
            Outcome.FIRES,
            "a value was proposed where none was measured",
            "threads,throughput\n1,10.0\n4,",
            {"threads": factor(), "throughput": throughput()},
            cells=_LINE.format(column="throughput", value="40.0", reason="linear scaling"),
        ),
        Example(Outcome.SILENT, "every value is as measured", _CSV, _FIELDS),
        Example(
            Outcome.NOT_APPLICABLE,
            "the table holds no measured quantity",
            "threads\n1\n2",
            {"threads": factor()},
        ),
    ),
)
