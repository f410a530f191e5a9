"""Every value of the table comes from a single run.

What it checks
    Whether the descriptor says that each row of the table was run more than once.

Why it matters
    One run shows neither how much a value varies nor whether a difference
    between two rows is larger than that variation.

When it is wrong
    When the repetitions were made but not described: state ``trials`` in the
    descriptor.

Example
    Throughput at 1, 2 and 4 threads, one run each: that 4 threads gave 3.6 times
    the throughput of one may be chance.
"""

from collections.abc import Iterator

from writer.audit.example import Example, Outcome, factor, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.model.experiment import Experiment
from writer.model.finding import Confidence, Severity


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit if the table's rows were run once each."""
    if experiment.trials is None:
        yield NotJudged("the descriptor does not say how many trials were run")
        return
    if experiment.trials.number > 1:
        return
    first = [next(iter(row.cells.values())) for row in experiment.rows if row.cells]
    yield Hit(
        where=tuple(first),
        evidence={
            "title": experiment.title,
            "trials": experiment.trials,
        },
    )


_FIELDS = {"threads": factor(), "throughput": throughput()}
_CSV = "threads,throughput\n1,10.0\n2,19.0"

RULE = rule(
    code="STA001",
    name="single-trial",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: every value comes from one run ({{ trials|u }} per row), "
    "so no difference between rows can be told from run-to-run variation",
    limitation="Each row was measured in one run. The differences between rows are therefore "
    "differences between single runs: how much a repeated run would vary is not known, and "
    "small differences may be chance.",
    settle="Repeating every row and reporting the spread between trials would show which "
    "differences hold.",
    check=check,
    examples=(
        Example(Outcome.FIRES, "one trial per row", _CSV, _FIELDS, {"trials": 1}),
        Example(Outcome.SILENT, "five trials per row", _CSV, _FIELDS, {"trials": 5}),
        Example(Outcome.NOT_APPLICABLE, "the number of trials is not stated", _CSV, _FIELDS),
    ),
)
