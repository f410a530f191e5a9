"""A score is perfect because there was nothing to measure.

What it checks
    Whether a perfect balance, 1 or 100%, in the table comes from a run whose tasks all
    ran on one node, or that completed no task at all. Where one node was configured,
    the finding is a note.

Why it matters
    A balance says how evenly work is spread over several nodes. On one node it is
    perfect whatever the scheduler does, and so it is without work: the value says
    nothing, and in a table it looks like the best of all.

When it is wrong
    When one node was all there was and the table says so: the score is then true, and
    still tells nothing.

Example
    The scheduler Priority reaches a balance of 100%, and one node ran each of its 5000
    tasks.
"""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple

from writer.audit.example import Example, ExampleRun, Outcome
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import NO_RUNS, RowRuns, bound, cells, place, value, where
from writer.model import unit
from writer.model.experiment import Column, Experiment
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.model.run import Run
from writer.setting_names import corresponds
from writer.verify.values import counted
from writer.words import each, name


class _Perfect(NamedTuple):
    """Runs of a row whose perfect score measures nothing."""

    item: RowRuns
    score: Measurement
    runs: list[Run]


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every perfect balance of one node or of no work."""
    found = bound(experiment, context)
    columns = experiment.of("balance")
    if found is None:
        yield NO_RUNS
        return
    if not columns:
        yield NotJudged("the table has no column of a balance")
        return
    scored = [run for item in found[1] for run in item.runs if value(run, "balance")]
    if not scored:
        yield NotJudged("no run behind this table reports a balance")
        return
    if any(not run.shares and not run.without_success for run in scored):
        yield NotJudged("a run with a balance does not say how many tasks each node ran")
    alone = [hit for item in found[1] if (hit := _perfect(item, columns[0], _on_one_node))]
    empty = [
        hit
        for item in found[1]
        if (hit := _perfect(item, columns[0], attrgetter("without_success")))
    ]
    if alone or empty:
        yield _hit(experiment, columns, alone, empty)


def _perfect(item: RowRuns, column: Column, degenerate: Callable[[Run], bool]) -> _Perfect | None:
    """The row's runs that are degenerate in one way and have a perfect score."""
    runs = [
        (run, score)
        for run in item.runs
        if (score := value(run, "balance")) and _is_best(score) and degenerate(run)
    ]
    cell = item.row.cells[column.name]
    if not runs or not cell.known:
        return None
    score = cell if len(item.runs) == 1 else runs[0][1]
    return _Perfect(item, score, [run for run, _ in runs]) if _is_best(score) else None


def _is_best(score: Measurement) -> bool:
    """Whether a balance is the best that there can be, to its printed digits."""
    return score.span.hi >= (unit.factor("1", score.unit) or 1.0)


def _on_one_node(run: Run) -> bool:
    return not run.without_success and sum(share.number > 0 for share in run.shares.values()) == 1


def _configured_so(run: Run) -> bool:
    """Whether the run was set to use one node."""
    return any(level.value == 1 for key, level in run.settings.items() if corresponds(key, "nodes"))


def _hit(
    experiment: Experiment,
    columns: tuple[Column, ...],
    alone: list[_Perfect],
    empty: list[_Perfect],
) -> Hit:
    found = {hit.item.row.line: hit.item.row for hit in (*alone, *empty)}
    meant = not empty and all(_configured_so(run) for hit in alone for run in hit.runs)
    keys = [column.name for column in columns]
    return Hit(
        where=tuple(cell for row in found.values() for cell in cells(row, keys)),
        evidence={
            "title": experiment.title,
            "balance": name(columns[0]),
            "alone": tuple(_words(experiment, hit) for hit in alone),
            "empty": tuple(_words(experiment, hit) for hit in empty),
        },
        severity=Severity.NOTE if meant else None,
    )


def _words(experiment: Experiment, hit: _Perfect) -> Mapping[str, object]:
    tasks = [share for run in hit.runs for share in run.shares.values() if share.number > 0]
    several = len(hit.item.runs) > 1
    return {
        "score": hit.score,
        "at": where(experiment, hit.item.row),
        "tasks": tasks[0] if len(tasks) == 1 else None,
        "runs": counted(hit.runs, "degenerate runs of the row", len(hit.runs)) if several else None,
        "of": counted(hit.item.runs, "runs of the row", len(hit.item.runs)),
    }


_SCORE = (
    "{{ s.score|u }} "
    + place("s.at")
    + "{% if s.runs %} in {{ s.runs }} of {{ s.of|u }}{% endif %}"
)
_ALONE = each("s", "alone", _SCORE + "{% if s.tasks %} ({{ s.tasks|u }}){% endif %}")
_EMPTY = each("s", "empty", _SCORE)
_BOTH = (
    "{% if alone %}" + _ALONE + ", where one node ran every task{% endif %}"
    "{% if alone and empty %}, and {% endif %}"
    "{% if empty %}" + _EMPTY + ", where no task completed{% endif %}"
)

_SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))
_TABLE = "threads,balance\n1,{}\n2,95.0"
_FIELDS = {
    "threads": {"type": "integer", "role": "factor"},
    "balance": {"type": "number", "unit": "%", "better": "higher", "measure": "balance"},
}
_BEHIND = {"runs": {"path": "example/threads{threads}"}}


def _run(run: str, balance: float, *tasks: int, nodes: int = 2) -> ExampleRun:
    return ExampleRun(
        run,
        _SAMPLES[: sum(tasks)],
        tasks=40,
        settings={"num_nodes": nodes},
        nodes={f"node-{number}": count for number, count in enumerate(tasks)},
        metrics={"node_balance_score": balance},
    )


RULE = rule(
    code="STA008",
    name="degenerate-metric",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: the {{ balance }} is perfect where there was nothing to balance: "
    + _BOTH,
    limitation="The {{ balance }} is perfect where there was nothing to balance: "
    + _BOTH
    + ". It compares the nodes that did work with each other; with one of them, or none, it is "
    "perfect whatever the scheduler does. These values are no result, and cannot be held against "
    "those of runs that used several nodes.",
    settle="Leaving these values out and stating on how many nodes tasks ran, or repeating the "
    "runs so that tasks run on several, would settle it.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "every task ran on one of two nodes",
            _TABLE.format("100.0"),
            _FIELDS,
            _BEHIND,
            runs=(_run("threads1", 1.0, 40), _run("threads2", 0.95, 21, 19)),
        ),
        Example(
            Outcome.FIRES,
            "runs alone, one on one node and one that completed nothing",
            runs=(_run("a", 1.0, 40), _run("b", 1.0), _run("c", 0.95, 21, 19)),
        ),
        Example(
            Outcome.FIRES,
            "one node was configured, which is a note",
            runs=(_run("a", 1.0, 40, nodes=1), _run("c", 0.95, 21, 19)),
        ),
        Example(
            Outcome.SILENT,
            "a perfect balance over two nodes",
            _TABLE.format("100.0"),
            _FIELDS,
            _BEHIND,
            runs=(_run("threads1", 1.0, 20, 20), _run("threads2", 0.95, 21, 19)),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            _TABLE.format("100.0"),
            _FIELDS,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the table does not show a balance",
            "threads,throughput\n1,4.0",
            {"threads": _FIELDS["threads"], "throughput": {"type": "number", "unit": "tasks/s"}},
            _BEHIND,
            runs=(_run("threads1", 1.0, 40),),
        ),
    ),
)
