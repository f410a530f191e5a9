"""A sweep has no value at the baseline that it is compared with.

What it checks
    Whether each sweep has a known value of every performance quantity at the
    baseline level that the descriptor declares.

Why it matters
    A speedup, an efficiency and an ideal line need the baseline. Without it they
    are relative to another level, which hides how the first step went, or to
    another workload's baseline, which means nothing.

When it is wrong
    When the sweep is not meant to be compared with the baseline: give it a table
    of its own, with the baseline that fits.

Example
    Throughput at 1, 4 and 8 nodes, and the run on 1 node does not exist: that
    8 nodes are twice as fast as 4 says nothing about one node.
"""

from collections.abc import Iterator, Mapping

from writer.audit.example import Example, Outcome, factor, group, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.model.experiment import Experiment, Sweep
from writer.model.finding import Confidence, Place, Severity
from writer.model.measurement import Measurement
from writer.sweeps import baseline_row
from writer.words import at, each, listed, name, place, subject


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every sweep that lacks its baseline."""
    if experiment.baseline is None:
        yield NotJudged("the descriptor declares no baseline")
        return
    lacking = [(sweep, titles) for sweep in experiment.sweeps() if (titles := _lacks(sweep))]
    if not lacking:
        return
    levels = [row.levels[experiment.factor] for row in experiment.rows]
    baseline = next(level for level in levels if level.text == experiment.baseline)
    yield Hit(
        where=tuple(place for sweep, _ in lacking for place in _where(sweep)),
        evidence={
            "title": experiment.title,
            "sweeps": tuple(_part(sweep, titles) for sweep, titles in lacking),
            "at": at(experiment, baseline),
        },
    )


def _lacks(sweep: Sweep) -> list[str]:
    """Quantities with values elsewhere in the sweep and none at the baseline.

    Counts of completed tasks have no baseline: nothing is measured against them.
    """
    row = baseline_row(sweep)
    return [
        name(column)
        for column in sweep.experiment.quantities()
        if column.measure != "completed"
        and sweep.known(column.name)
        and (row is None or not row.cells[column.name].known)
    ]


def _part(sweep: Sweep, titles: list[str]) -> Mapping[str, object]:
    known = [
        row.levels[sweep.factor]
        for row in sweep.rows
        if any(cell.known for cell in row.cells.values())
    ]
    return {
        "subject": subject(sweep),
        "quantities": listed(titles),
        "measured_at": at(sweep.experiment, *known),
    }


def _where(sweep: Sweep) -> list[Measurement | Place]:
    row = baseline_row(sweep)
    if row is None:
        return [Place(sweep.experiment.file, sweep.rows[0].line, sweep.factor)]
    return [
        cell
        for column in sweep.experiment.quantities()
        if column.measure != "completed" and not (cell := row.cells[column.name]).known
    ]


_SWEEP = "{{ s.quantities }}{% if s.subject %} of {{ s.subject }}{% endif %}"
_SWEEPS = each("s", "sweeps", _SWEEP)

_FIELDS = {"kind": group(), "nodes": factor(unit="nodes"), "throughput": throughput()}
_BASE = {"baseline": "1"}

RULE = rule(
    code="COV002",
    name="missing-baseline",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: no measured baseline " + place("at") + " for " + _SWEEPS,
    limitation="The baseline "
    + place("at")
    + " is missing for "
    + each("s", "sweeps", _SWEEP + ", measured only " + place("s.measured_at"), last=", and for ")
    + ". Speedup and efficiency against the baseline are therefore not reported there, and no "
    "other row stands in for it.",
    settle="One run "
    + place("at")
    + "{% for s in sweeps %}{% if s.subject %}{% if loop.first %} for {% else %} and {% endif %}"
    "{{ s.subject }}{% endif %}{% endfor %} would give the speedups their baseline.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "one of two sweeps has an empty baseline",
            "kind,nodes,throughput\na,1,10.0\na,4,30.0\nb,1,\nb,4,5.0",
            _FIELDS,
            _BASE,
        ),
        Example(
            Outcome.FIRES,
            "no row has the baseline's level in this sweep",
            "kind,nodes,throughput\na,1,10.0\na,4,30.0\nb,4,5.0\nb,8,9.0",
            _FIELDS,
            _BASE,
        ),
        Example(
            Outcome.SILENT,
            "every sweep has its baseline",
            "kind,nodes,throughput\na,1,10.0\na,4,30.0\nb,1,2.0\nb,4,5.0",
            _FIELDS,
            _BASE,
        ),
        Example(
            Outcome.SILENT,
            "a sweep without any value has nothing to compare",
            "kind,nodes,throughput\na,1,10.0\na,4,30.0\nb,1,\nb,4,",
            _FIELDS,
            _BASE,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "no baseline is declared",
            "kind,nodes,throughput\na,1,10.0\nb,4,5.0",
            _FIELDS,
        ),
    ),
)
