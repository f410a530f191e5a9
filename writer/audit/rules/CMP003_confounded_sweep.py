"""More than one setting changes along a sweep.

What it checks
    Whether a column with the role ``setting`` takes more than one value within a
    sweep, beside the factor that is swept. Where raw runs stand behind the table,
    whether their configuration changes, or what they observed, such as the nodes that
    did work, unless these follow a setting that is named already, or are the factor itself;
    names, ids and seeds are no settings. What neither the source nor the runs
    state cannot be judged, and is reported as such.

Why it matters
    When nodes and parallelism grow together, no difference is put down to either.

When it is wrong
    When the second setting follows from the first by definition, so that the two
    are one; then describe it as a ``note`` column. Where only the number of tasks changes
    and grows in proportion to the factor, as in weak scaling, the finding is a note.

Example
    Runs with 1, 4 and 8 nodes used a parallelism of 1, 4 and 8.
"""

from collections.abc import Iterator, Mapping

from writer.audit.changes import Change, changes, told
from writer.audit.example import (
    Example,
    ExampleRun,
    Outcome,
    factor,
    group,
    setting,
    throughput,
)
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import bound, cells
from writer.audit.thresholds import RUN_VARIATION
from writer.model.experiment import Column, Experiment, Level, Row, Sweep
from writer.model.finding import Confidence, Place, Severity
from writer.setting_names import corresponds, is_label, plain
from writer.words import at, each, listed, mark, name, place, subject, within


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every setting that changes beside the factor, and one from the runs."""
    yield from _table(experiment, _configured(experiment, context))
    yield from _runs(experiment, context)


def _table(experiment: Experiment, configured: frozenset[str]) -> Iterator[Hit | NotJudged]:
    """What the table and its descriptor say; the runs say what is ``configured``."""
    unstated = [
        key
        for key, level in experiment.settings.items()
        if level is None and not any(corresponds(key, other) for other in configured)
    ]
    settings = (column for column in experiment.columns if column.role == "setting")
    columns = [column for column in settings if not is_label(column.name)]
    if unstated:
        titles = listed(within(key.replace("_", " ")) for key in unstated)
        reason = f"the source does not state the {titles}, so whether it changed is not known"
        yield NotJudged(reason)
    if not columns and not experiment.settings and not configured:
        yield NotJudged("the descriptor states no setting")
        return
    if _named_only(experiment):
        yield NotJudged("the runs are told apart by their names only, so nothing is swept")
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
                "observed": (),
                "runs": False,
            },
            severity=Severity.NOTE
            if all(_more_work(experiment, column) for column in unique)
            else None,
        )


def _more_work(experiment: Experiment, column: Column) -> bool:
    """Whether a setting is the number of tasks, and in proportion to the factor."""
    if not any(corresponds(column.name, key) for key in ("tasks", "requests", "num_prompts")):
        return False
    pairs = [
        (row.settings[column.name].value, row.levels[experiment.factor].value)
        for row in experiment.rows
    ]
    ratios = [tasks / level for tasks, level in pairs if tasks and level]
    return len(ratios) == len(pairs) and max(ratios) <= min(ratios) * (1.0 + RUN_VARIATION)


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
    levels = (_number(row.settings[column.name]) for row in rows if row.settings[column.name].text)
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


def _named_only(experiment: Experiment) -> bool:
    """Whether the table was made of runs that no setting orders."""
    return experiment.factor == "run" and experiment.runs is not None and not experiment.runs.path


def _configured(experiment: Experiment, context: Context) -> frozenset[str]:
    """Settings that runs behind every row with a value state, so that changes would show."""
    found = bound(experiment, context)
    runs = {item.row.line: item.runs for item in found[1]} if found else {}
    rows = [row for row in experiment.rows if any(cell.known for cell in row.cells.values())]
    names = [frozenset(run.settings) for row in rows for run in runs.get(row.line, ())]
    complete = names and all(row.line in runs for row in rows)
    return frozenset.intersection(*names) if complete else frozenset()


def _runs(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """What the runs' configuration says, and what they observed."""
    found = bound(experiment, context)
    if found is None or _named_only(experiment):
        return
    behind = {item.row.line: item.runs for item in found[1]}
    stated = {column.name for column in experiment.columns if column.role == "setting"}
    set_so = [
        change for sweep in experiment.sweeps() for change in changes(sweep, behind, observed=False)
    ]
    configured = [
        change for change in set_so if not any(corresponds(change.name, key) for key in stated)
    ]
    observed = [
        change
        for sweep in experiment.sweeps()
        for change in changes(sweep, behind, observed=True)
        if not told(change, set_so)
    ]
    if configured or observed:
        rows = {row.line: row for change in (*configured, *observed) for row, _ in change.steps}
        yield Hit(
            where=tuple(cell for row in rows.values() for cell in cells(row)),
            evidence={
                "title": experiment.title,
                "factor": name(experiment.column(experiment.factor)),
                "settings": tuple(_change(change) for change in configured),
                "observed": tuple(_change(change) for change in observed),
                "runs": True,
            },
            part="runs",
            confidence=None if configured else Confidence.MEDIUM,
        )


def _change(change: Change) -> Mapping[str, object]:
    """Words for a change: each value and where along the sweep it stood."""
    experiment = change.sweep.experiment
    values: dict[tuple[str, ...], tuple[tuple[Level, ...], list[Level]]] = {}
    for row, levels in sorted(change.steps, key=lambda step: _order(step[0], experiment.factor)):
        key = tuple(level.text for level in levels)
        values.setdefault(key, (levels, []))[1].append(row.levels[experiment.factor])
    first = change.steps[0][1][0].measurement
    return {
        "name": change.name,
        "what": f"the {plain(change.name)}" if first is None else f"the number of {first.title}",
        "steps": tuple(
            {"values": tuple(mark(level) for level in levels), "at": at(experiment, *where)}
            for levels, where in values.values()
        ),
        "subject": subject(change.sweep),
    }


def _order(row: Row, factor_name: str) -> float:
    return row.levels[factor_name].value or 0.0


_STATED = each(
    "s",
    "settings",
    "the {{ s.name }} ({{ s['values']|listed }}{% if s.equal %}, always equal to the {{ factor }}"
    "{% endif %}){% if s.subjects %} for {{ s.subjects|listed }}{% endif %}",
)
_STEPS = (
    " ({% for t in s.steps %}{{ t['values']|listed }} "
    + place("t.at")
    + "{% if not loop.last %}; {% endif %}{% endfor %})"
    "{% if s.subject %} for {{ s.subject }}{% endif %}"
)
_OF_RUNS = (
    "{% if settings %}the {% if settings[1:] %}settings{% else %}setting{% endif %} "
    + each("s", "settings", "{{ s.name }}" + _STEPS)
    + "{% if observed %}, and as observed {% endif %}{% endif %}"
    + each("s", "observed", "{{ s.what }}" + _STEPS)
)
_WHAT = "{% if runs %}" + _OF_RUNS + "{% else %}" + _STATED + "{% endif %}"
_SEVERAL = "{% if settings[1:] or observed[1:] or (settings and observed) %}"

_FIELDS = {"nodes": factor(), "parallelism": setting(), "throughput": throughput()}

_TABLE = "threads,throughput\n1,4.0\n2,4.0"
_SWEPT = {"threads": factor(), "throughput": throughput()}
_BEHIND = {"runs": {"path": "example/threads{threads}"}}


def _given(*settings: Mapping[str, object], nodes: int = 1) -> tuple[ExampleRun, ...]:
    """A run per configuration, the last of them on so many nodes."""
    samples = tuple(float(100 + value * value % 97) for value in range(40))
    last = len(settings)
    return tuple(
        ExampleRun(
            f"threads{number}",
            samples,
            settings=given,
            nodes={f"node-{node}": 20 for node in range(nodes if number == last else 1)},
        )
        for number, given in enumerate(settings, 1)
    )


RULE = rule(
    code="CMP003",
    name="confounded-sweep",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: not only the {{ factor }} but also "
    + _WHAT
    + f" {_SEVERAL}change{{% else %}}changes{{% endif %}}",
    limitation="Along the sweep over {{ factor }}, "
    + _WHAT
    + f"{{% if settings and observed %}},{{% endif %}} {_SEVERAL}change{{% else %}}changes"
    "{% endif %} too, so the effect of the {{ factor }} cannot be separated from "
    + _SEVERAL
    + "theirs{% else %}its effect{% endif %}. What this table shows is the effect of changing "
    "all of these together.{% if observed and not settings %} What was observed may follow from "
    "the {{ factor }}; then it is part of its effect, and has to be reported with it.{% endif %}",
    settle="{% if settings %}A sweep over {{ factor }} with "
    "{% if runs %}"
    + each("s", "settings", "{{ s.name }}")
    + "{% else %}"
    + each("s", "settings", "the {{ s.name }}")
    + "{% endif %} held, and one the other way round, would separate the effects."
    "{% else %}Runs over {{ factor }} that keep "
    + each("s", "observed", "{{ s.what }}")
    + " the same, or a column that reports it beside the other values, would separate the "
    "effects.{% endif %}",
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
            Outcome.FIRES,
            "the runs' configuration changes though the table states nothing of it",
            _TABLE,
            _SWEPT,
            _BEHIND,
            runs=_given({"scheduler": "fifo"}, {"scheduler": "fair"}),
        ),
        Example(
            Outcome.FIRES,
            "runs of one configuration that worked on one node and on two",
            _TABLE,
            _SWEPT,
            _BEHIND,
            runs=_given({"queue": 3}, {"queue": 3}, nodes=3),
        ),
        Example(
            Outcome.FIRES,
            "runs alone, whose configuration and nodes at work change",
            runs=_given({"threads": 1, "queue": 2}, {"threads": 2, "queue": 3}, nodes=3),
            findings=2,
        ),
        Example(
            Outcome.SILENT,
            "the factor under the name that the configuration has for it, and a seed",
            _TABLE,
            _SWEPT,
            _BEHIND,
            runs=_given({"workers": 1, "seed": 17}, {"workers": 2, "seed": 4}),
        ),
        Example(
            Outcome.FIRES,
            "tasks in proportion to the nodes, as in weak scaling, which is a note",
            "nodes,num_tasks,throughput\n1,500,10.0\n4,2000,30.0",
            {"nodes": factor(), "num_tasks": setting(), "throughput": throughput()},
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
