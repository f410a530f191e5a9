"""What was said to be set, what was configured and what happened do not agree.

What it checks
    Whether the settings, levels and groups of a table agree with the configuration of
    the runs behind it and with what these observed, wherever two of the three carry
    the same name (``nodes`` and ``num_nodes``). Runs without a table state what their
    names do (``nodes_12``), if one number there can be meant. Fewer nodes at work than
    set is only a warning: a scheduler may leave some idle.

Why it matters
    A result holds for the settings that it was measured under. Where the table says
    16 nodes and the run was configured for 4, no sentence about 16 nodes follows from
    it, and nobody can repeat it.

When it is wrong
    When the two names mean different things, for instance the nodes of the cluster and
    those that a run may use: then give them names that differ.

Example
    The table says 16 nodes; its runs were configured for 4, and tasks ran on 16 nodes
    in two of them and on one in the third.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from writer.audit.example import Example, ExampleRun, Outcome, factor, setting, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import NO_RUNS, RowRuns, bound, cells, in_group, value
from writer.model.experiment import Experiment, Level, Row
from writer.model.finding import Confidence, Severity
from writer.model.run import Run
from writer.setting_names import comparable, corresponds, is_label, number_in, plain, same
from writer.verify.values import made
from writer.words import at, each, mark, place

NO_PAIR = NotJudged("the table, its runs' configuration and what they observed share no name")


class _Sides(NamedTuple):
    """What three places say of one setting of one row, as far as they do."""

    item: RowRuns
    stated: tuple[Level, ...]
    configured: tuple[Level, ...]
    observed: tuple[Level, ...]

    @property
    def given(self) -> tuple[tuple[Level, ...], ...]:
        return tuple(filter(None, (self.stated, self.configured, self.observed)))


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every setting on which the sides differ."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    _, rows = found
    alone = experiment.file in {run.file for item in rows for run in item.runs}
    settings = _settings(experiment, rows, alone=alone)
    if not settings:
        yield NO_PAIR
        return
    differing = {
        name: parts
        for name, sides in settings.items()
        if (parts := [part for part in sides if _differs(part) or _idle(part)])
    }
    if differing:
        everything = [part for parts in differing.values() for part in parts]
        wrong = any(_differs(part) for part in everything)
        yield Hit(
            where=tuple({c.id: c for part in everything for c in cells(part.item.row)}.values()),
            evidence={
                "title": experiment.title,
                "settings": tuple(
                    _words(experiment, name, parts) for name, parts in differing.items()
                ),
                "wrong": wrong,
                "stated": any(part.stated for part in everything),
                "alone": alone,
            },
            severity=None if wrong else Severity.WARNING,
            confidence=None if wrong else Confidence.MEDIUM,
        )


def _settings(
    experiment: Experiment, rows: Sequence[RowRuns], *, alone: bool
) -> dict[str, list[_Sides]]:
    """By name, the rows for which two sides at least say something."""
    found: dict[str, list[_Sides]] = {}
    for item in rows:
        stated = _in_names(item.runs) if alone else _stated(experiment, item.row)
        names = dict.fromkeys([*stated, *(key for run in item.runs for key in _configured(run))])
        for name in names:
            sides = _sides(item, name, stated)
            if len(sides.given) > 1 and _comparable(sides) and not is_label(name):
                found.setdefault(_known(found, name), []).append(sides)
    return {
        name: list({_rows(part): part for part in parts}.values()) for name, parts in found.items()
    }


def _rows(part: _Sides) -> int:
    return part.item.row.line


def _known(found: Mapping[str, object], name: str) -> str:
    """The name under which a setting is known already."""
    return next((other for other in found if corresponds(other, name)), name)


def _stated(experiment: Experiment, row: Row) -> dict[str, Level]:
    held = {key: level for key, level in experiment.settings.items() if level is not None}
    return {
        key: level
        for key, level in (held | dict(row.settings) | dict(row.levels)).items()
        if level.text
    }


def _in_names(runs: Sequence[Run]) -> dict[str, Level]:
    """Settings that the runs' names give otherwise than their configuration."""
    found = {}
    for run in runs:
        for key, level in run.settings.items():
            text = number_in("/".join(run.id.split("/")[-2:]), key)
            if text and level.value is not None and float(text) != level.value:
                title = f"{plain(key)} by the run's name"
                found[key] = Level(key, text, made([run], title, float(text), "1", digits=text))
    return found


def _configured(run: Run) -> dict[str, Level]:
    """The configuration, with the number of tasks where only the summary has it."""
    tasks = value(run, "tasks")
    given = dict(run.settings)
    if tasks is not None and not any(corresponds(key, "tasks") for key in given):
        given["tasks"] = Level("tasks", tasks.text, tasks)
    return given


def _sides(item: RowRuns, name: str, stated: Mapping[str, Level]) -> _Sides:
    return _Sides(
        item,
        _named(name, [stated]),
        _named(name, [_configured(run) for run in item.runs]),
        _named(name, [_observed(run) for run in item.runs if not run.without_success]),
    )


def _observed(run: Run) -> dict[str, Level]:
    """What the run observed, with the tasks submitted where the configuration has them too."""
    tasks = value(run, "tasks")
    if tasks is None or not any(corresponds(key, "tasks") for key in run.settings):
        return dict(run.observed)
    return {**run.observed, "tasks": Level("tasks", tasks.text, tasks)}


def _named(name: str, places: Sequence[Mapping[str, Level]]) -> tuple[Level, ...]:
    """The unlike levels under a name."""
    found: list[Level] = []
    for given in places:
        for key, level in given.items():
            if corresponds(key, name) and not any(same(level, other) for other in found):
                found.append(level)
    return tuple(found)


def _comparable(sides: _Sides) -> bool:
    first = sides.given[0][0]
    return all(comparable(first, level) for levels in sides.given for level in levels)


def _differs(sides: _Sides) -> bool:
    """Whether the configuration is another than stated, or more was used than set."""
    if sides.stated and sides.configured and _unlike(sides.stated, sides.configured):
        return True
    return any(
        _above(level, bound) or (level.factor == "tasks" and not same(level, bound))
        for level in sides.observed
        for bound in (*sides.stated, *sides.configured)
    )


def _unlike(one: Sequence[Level], other: Sequence[Level]) -> bool:
    return any(not same(a, b) for a in one for b in other)


def _above(level: Level, limit: Level) -> bool:
    if level.value is None or limit.value is None:
        return not same(level, limit)
    return level.value > limit.value


def _idle(sides: _Sides) -> bool:
    """Whether less was used than set although there was work for all of it."""
    limits = [level.value for level in (*sides.stated, *sides.configured) if level.value]
    work = max(
        (done.number for run in sides.item.runs if (done := value(run, "completed"))), default=0.0
    )
    return any(
        level.value is not None and level.value < limit <= work
        for level in sides.observed
        for limit in limits
    )


def _words(experiment: Experiment, name: str, parts: Sequence[_Sides]) -> Mapping[str, object]:
    kinds: dict[tuple[tuple[str, ...], ...], list[_Sides]] = {}
    for part in parts:
        kinds.setdefault(tuple(_texts(side) for side in part[1:]), []).append(part)
    return {
        "name": plain(name),
        "kinds": tuple(
            {
                "stated": _marks(same_kind[0].stated),
                "configured": _marks(same_kind[0].configured),
                "observed": _marks(same_kind[0].observed),
                "places": _places(experiment, same_kind),
            }
            for same_kind in kinds.values()
        ),
    }


def _texts(levels: Sequence[Level]) -> tuple[str, ...]:
    return tuple(level.text for level in levels)


def _marks(levels: Sequence[Level]) -> tuple[object, ...]:
    return tuple(mark(level) for level in sorted(levels, key=_order))


def _order(level: Level) -> float:
    return level.value or 0.0


def _places(experiment: Experiment, parts: Sequence[_Sides]) -> tuple[Mapping[str, object], ...]:
    """Where the sides say so: per group, its levels."""
    groups: dict[str, list[Level]] = {}
    for part in parts:
        row = part.item.row
        groups.setdefault(in_group(experiment, row), []).append(row.levels[experiment.factor])
    return tuple({"group": group, **at(experiment, *levels)} for group, levels in groups.items())


_PLACES = each("p", "k.places", "{{ p.group }}" + place("p"))
_KINDS = each(
    "k",
    "s.kinds",
    "{% if k.stated %}{{ k.stated|listed }} "
    "{% if alone %}by the run's name{% else %}stated{% endif %}{% endif %}"
    "{% if k.configured %}{% if k.stated %}, {% endif %}{{ k.configured|listed }} configured"
    "{% endif %}{% if k.observed %}, {{ k.observed|listed }} observed{% endif %} " + _PLACES,
    last="; ",
).replace("{% else %}, {% endif %}", "{% else %}; {% endif %}")
_SETTINGS = each("s", "settings", "{{ s.name }} (" + _KINDS + ")")

_SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))
_FIELDS = {"threads": factor(), "throughput": throughput()}
_INFO = {
    "runs": {"path": "example/threads{threads}"},
    "settings": {"nodes": {"value": 2, "unit": "nodes"}},
}
_TABLE = "threads,throughput\n1,4.0\n2,4.0"


def _runs(nodes: int, *busy: int) -> tuple[ExampleRun, ...]:
    """A run per number of nodes at work, all configured for ``nodes``."""
    return tuple(
        ExampleRun(
            f"threads{threads}",
            _SAMPLES,
            settings={"num_nodes": nodes},
            nodes={f"node-{node}": 40 // count for node in range(count)},
        )
        for threads, count in enumerate(busy, 1)
    )


RULE = rule(
    code="CMP004",
    name="setting-mismatch",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: what was set is not what the runs say: " + _SETTINGS,
    limitation="{% if not wrong %}The runs used less than was set for them{% elif stated %}What "
    "{% if alone %}the names of the runs say{% else %}the table states{% endif %}, what the runs "
    "were configured with and what they observed do not agree"
    "{% else %}What the runs were configured with is not what they observed{% endif %}: "
    + _SETTINGS
    + ". {% if wrong %}As long as they differ, no sentence about the settings that "
    "{% if alone and stated %}the names state{% elif stated %}the table states{% else %}were "
    "configured{% endif %} follows from these "
    "values.{% else %}The values describe what was used, and not a system that uses all of what "
    "was set.{% endif %}",
    settle="Describing the settings that the runs had, or repeating the runs with the settings "
    "described and recording what was used, would settle it.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "two nodes are stated and four were configured",
            _TABLE,
            _FIELDS,
            _INFO,
            runs=_runs(4, 2, 2),
        ),
        Example(
            Outcome.FIRES,
            "runs alone: configured for two nodes, tasks ran on four",
            runs=_runs(2, 2, 4),
        ),
        Example(
            Outcome.FIRES,
            "all tasks ran on one of two nodes",
            _TABLE,
            _FIELDS,
            _INFO,
            runs=_runs(2, 2, 1),
        ),
        Example(
            Outcome.FIRES,
            "runs alone: a run that is named for twelve nodes was configured for six",
            runs=(
                ExampleRun("nodes_6", _SAMPLES, settings={"num_nodes": 6}),
                ExampleRun("nodes_12", _SAMPLES, settings={"num_nodes": 6}),
            ),
        ),
        Example(
            Outcome.FIRES,
            "a run was configured for more tasks than were submitted",
            runs=(
                ExampleRun("a", _SAMPLES, settings={"num_tasks": 60}),
                ExampleRun("b", _SAMPLES, settings={"num_tasks": 40}),
            ),
        ),
        Example(
            Outcome.SILENT,
            "names that number nodes, and names with another number before the word",
            runs=(
                ExampleRun("node_3", _SAMPLES, settings={"num_nodes": 6, "num_tasks": 40}),
                ExampleRun("v2_nodes_6", _SAMPLES, settings={"num_nodes": 6, "num_tasks": 40}),
                ExampleRun("exp1_nodes", _SAMPLES, settings={"num_nodes": 6, "num_tasks": 40}),
            ),
        ),
        Example(
            Outcome.FIRES,
            "the scheduler of a row is another than its run's",
            "threads,scheduler,throughput\n1,FIFO,4.0",
            {**_FIELDS, "scheduler": setting("string")},
            {"runs": {"path": "example/threads{threads}"}},
            runs=(ExampleRun("threads1", _SAMPLES, settings={"scheduler_type": "load_aware"}),),
        ),
        Example(
            Outcome.SILENT,
            "stated, configured and observed agree",
            _TABLE,
            _FIELDS,
            _INFO,
            runs=_runs(2, 2, 2),
        ),
        Example(
            Outcome.SILENT,
            "the same scheduler, written in another way",
            "threads,scheduler,throughput\n1,LoadAware,4.0",
            {**_FIELDS, "scheduler": setting("string")},
            {"runs": {"path": "example/threads{threads}"}},
            runs=(
                ExampleRun(
                    "threads1",
                    _SAMPLES,
                    settings={"scheduler_type": "load_aware", "scheduler_strategy": "spread"},
                ),
            ),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            _TABLE,
            _FIELDS,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the table states nothing that the runs name, and these observed nothing",
            _TABLE,
            _FIELDS,
            {"runs": {"path": "example/threads{threads}"}},
            runs=(ExampleRun("threads1", _SAMPLES, settings={"queue": 3}),),
        ),
    ),
)
