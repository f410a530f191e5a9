"""Cells of the table are empty.

What it checks
    Whether a measurement column has no value in some row, and whether the
    ``cells`` resource gives a reason.

Why it matters
    Runs that fail are not missing at random: a table without its failures
    describes the cases in which the system worked.

When it is wrong
    When the quantity has no meaning in that row; then give that as the reason in
    the ``cells`` resource. With a reason for every empty cell it is only a note.

Example
    Throughput at 1, 2 and 4 threads, and the cell at 4 is empty: whether the run
    failed or was never made changes what the others mean.
"""

from collections.abc import Iterator, Mapping

from writer.audit.example import Example, Outcome, factor, latency, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.model.experiment import Experiment, Level, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Grade, Measurement
from writer.words import at, each, listed, name, of, place


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every empty cell of the table."""
    if not experiment.quantities():
        yield NotJudged("the table has no measured quantity")
        return
    missing = [cell for cell in _cells(experiment) if cell.grade is Grade.MISSING]
    if not missing:
        return
    explained = all(cell.reason for cell in missing)
    reasons = dict.fromkeys(cell.reason for cell in missing if cell.reason)
    yield Hit(
        where=tuple(missing),
        evidence={
            "title": experiment.title,
            "parts": tuple(part for sweep in experiment.sweeps() for part in _parts(sweep)),
            "reasons": tuple(reason.rstrip(".") for reason in reasons),
            "explained": explained,
        },
        severity=Severity.NOTE if explained else None,
    )


def _cells(experiment: Experiment) -> Iterator[Measurement]:
    for row in experiment.rows:
        yield from row.cells.values()


def _parts(sweep: Sweep) -> Iterator[Mapping[str, object]]:
    """One part per set of quantities that are missing together."""
    groups: dict[str, list[Level]] = {}
    for row in sweep.rows:
        titles = [
            name(column)
            for column in sweep.experiment.quantities()
            if row.cells[column.name].grade is Grade.MISSING
        ]
        if titles:
            groups.setdefault(listed(titles), []).append(row.levels[sweep.factor])
    for titles_together, levels in groups.items():
        yield {
            "quantities": titles_together,
            "of": of(sweep),
            "at": at(sweep.experiment, *levels),
        }


_PARTS = each("p", "parts", "{{ p.quantities }}{{ p.of }} " + place("p.at"))

_FIELDS = {"threads": factor(), "throughput": throughput(), "p99": latency("p99")}
_CSV = "threads,throughput,p99\n1,10.0,5.1\n2,19.0,5.9\n4,31.0,"

RULE = rule(
    code="COV001",
    name="missing-value",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: no value for "
    + _PARTS
    + "{% if reasons %} ({{ reasons|listed }}){% endif %}"
    "{% if not explained %}; the source gives no reason for every empty cell{% endif %}",
    limitation="The table has no value for " + _PARTS + ". "
    "{% for reason in reasons %}The source says: {{ reason }}. {% endfor %}"
    "{% if not explained %}Where no reason is given, whether the run failed or was never made is "
    "not known; if it failed, the other rows describe only the cases that worked. "
    "{% endif %}"
    "Nothing is concluded here about {% if explained %}what was not run{% else %}the empty cells"
    "{% endif %}.",
    settle="Making the missing runs, or reporting how they failed, would close the gap.",
    check=check,
    examples=(
        Example(Outcome.FIRES, "a latency is missing without a reason", _CSV, _FIELDS),
        Example(
            Outcome.FIRES,
            "a latency is missing with a reason: a note",
            _CSV,
            _FIELDS,
            cells="example,threads=4,p99,missing,,the trace was lost,log",
        ),
        Example(
            Outcome.SILENT,
            "every cell has a value",
            _CSV + "7.3",
            _FIELDS,
        ),
        Example(
            Outcome.SILENT,
            "a replaced cell is not a missing one: adjusted-value speaks of it",
            _CSV + "900.1",
            _FIELDS,
            cells="example,threads=4,p99,adjusted,7.0,interpolated,a report",
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the table holds no measured quantity",
            "threads\n1\n2",
            {"threads": factor()},
        ),
    ),
)
