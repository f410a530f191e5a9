"""More than one setting changes along a sweep.

What it checks
    Whether a column with the role ``setting`` takes more than one value within a
    sweep, beside the factor that is swept. Settings that the source does not
    state cannot be judged, and are reported as such.

Why it matters
    When nodes and parallelism grow together, no difference between two rows can
    be put down to either of them.

When it is wrong
    When the second setting follows from the first by definition, so that the two
    are one; then describe it as a ``note`` column.

Example
    Runs with 1, 4 and 8 nodes used a parallelism of 1, 4 and 8.
"""

from collections.abc import Iterator, Mapping

from writer.audit.example import Example, Outcome, factor, group, setting, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.model.experiment import Column, Experiment, Level, Row, Sweep
from writer.model.finding import Confidence, Place, Severity
from writer.words import each, listed, name, subject, within


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every setting that changes beside the factor."""
    unstated = [key for key, level in experiment.settings.items() if level is None]
    columns = [column for column in experiment.columns if column.role == "setting"]
    if unstated:
        titles = listed(within(key.replace("_", " ")) for key in unstated)
        yield NotJudged(
            f"the source does not state the {titles}, so whether it changed is not known"
        )
    if not columns and not experiment.settings:
        yield NotJudged("the descriptor states no setting")
        return
    changing = [
        (sweep, item) for sweep in experiment.sweeps() for item in _changing(sweep, columns)
    ]
    if changing:
        unique = tuple({column.name: column for _, column in changing}.values())
        yield Hit(
            where=tuple(
                Place(experiment.file, row.line, column.name)
                for sweep, column in changing
                for row in sweep.rows
            ),
            evidence={
                "title": experiment.title,
                "factor": name(experiment.column(experiment.factor)),
                "settings": tuple(_setting(experiment, column, changing) for column in unique),
            },
        )


def _changing(sweep: Sweep, columns: list[Column]) -> Iterator[Column]:
    """Settings with two values among the sweep's rows; empty cells are not values."""
    for column in columns:
        texts = {row.settings[column.name].text for row in sweep.rows} - {""}
        if len(texts) > 1:
            yield column


def _setting(
    experiment: Experiment, column: Column, changing: list[tuple[Sweep, Column]]
) -> Mapping[str, object]:
    sweeps = [sweep for sweep, item in changing if item is column]
    rows = [row for sweep in sweeps for row in sweep.rows]
    levels = (_number(row.settings[column.name]) for row in rows)
    return {
        "name": name(column),
        "values": tuple({str(getattr(item, "text", item)): item for item in levels}.values()),
        "equal": all(_equal(row, experiment.factor, column.name) for row in rows),
        "subjects": ()
        if len(sweeps) == len(experiment.sweeps())
        else tuple(subject(sweep) for sweep in sweeps),
    }


def _number(level: Level) -> object:
    return level.text if level.measurement is None else level.measurement


def _equal(row: Row, factor_name: str, setting_name: str) -> bool:
    return row.levels[factor_name].text == row.settings[setting_name].text


_SETTINGS = each(
    "s",
    "settings",
    "the {{ s.name }} ({{ s['values']|listed }}{% if s.equal %}, always equal to the {{ factor }}"
    "{% endif %}){% if s.subjects %} for {{ s.subjects|listed }}{% endif %}",
)

_FIELDS = {"nodes": factor(), "parallelism": setting(), "throughput": throughput()}

RULE = rule(
    code="CMP003",
    name="confounded-sweep",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: not only the {{ factor }} but also " + _SETTINGS + " changes",
    limitation="Along the sweep over {{ factor }}, " + _SETTINGS + " "
    "{% if settings[1:] %}change{% else %}changes{% endif %} too, so the effect of the "
    "{{ factor }} cannot be separated from "
    "{% if settings[1:] %}theirs{% else %}its effect{% endif %}. What this table shows is the "
    "effect of changing all of these together.",
    settle="A sweep over {{ factor }} with "
    + each("s", "settings", "the {{ s.name }}")
    + " held, and one the other way round, would separate the effects.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "the parallelism equals the number of nodes",
            "nodes,parallelism,throughput\n1,1,10.0\n4,4,30.0",
            _FIELDS,
        ),
        Example(
            Outcome.FIRES,
            "two settings change, one of them a name, in one of two sweeps",
            """kind,nodes,parallelism,scheduler,throughput
            a,1,8,FIFO,10.0
            a,4,16,Fair,30.0
            b,1,8,FIFO,5.0
            b,4,8,FIFO,9.0""",
            {"kind": group(), **_FIELDS, "scheduler": setting("string")},
        ),
        Example(
            Outcome.SILENT,
            "the parallelism is held",
            "nodes,parallelism,throughput\n1,8,10.0\n4,8,30.0",
            _FIELDS,
        ),
        Example(
            Outcome.SILENT,
            "a setting differs between sweeps, not within one",
            "kind,nodes,parallelism,throughput\na,1,8,10.0\na,4,8,30.0\nb,1,16,5.0\nb,4,16,9.0",
            {"kind": group(), **_FIELDS},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the source does not state the parallelism",
            "nodes,throughput\n1,10.0\n4,30.0",
            {"nodes": factor(), "throughput": throughput()},
            {"settings": {"parallelism": None}},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "no setting is described at all",
            "nodes,throughput\n1,10.0\n4,30.0",
            {"nodes": factor(), "throughput": throughput()},
        ),
    ),
)
