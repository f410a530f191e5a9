"""A mean of percentiles is reported as a percentile.

What it checks
    Whether a cell that is the mean over several runs of one of their percentiles, by the
    descriptor or by its digits where this says nothing, is far from the percentile of all
    their samples together. Runs without a success are left out.

Why it matters
    A percentile says which latency a given share of the tasks stayed below, and the
    mean of several percentiles does not: one run with short latencies offsets another
    with long ones, however many tasks each had. Such a mean can fall by half while no
    percentile of the tasks falls at all.

When it is wrong
    When the mean is named as one, as over repeated trials of the same setting. Where
    it stays within 5 per cent of the pooled percentile on every row, or within the
    confidence interval of that, nothing is reported.

Example
    P99 latency falls from 77 s to 33 s by the means over three jobs, while the P99 of
    all tasks rises from 80.3 s to 93.1 s: two jobs became short, and one longer.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from writer.audit.example import Example, ExampleRun, Outcome, factor, latency
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import NO_RUNS, RowRuns, averaged, bound, place, where
from writer.audit.thresholds import RUN_VARIATION
from writer.model.experiment import Experiment, Sweep
from writer.model.finding import Confidence, Severity
from writer.model.interval import Interval
from writer.model.measurement import Measurement
from writer.model.run import Run
from writer.model.unit import counted as number_of
from writer.model.unit import factor as conversion
from writer.statistics import percentile_interval
from writer.verify.evidence import TOO_MANY, Evidence
from writer.verify.recompute import percentile_of
from writer.verify.values import counted, made
from writer.words import each, name


class _Row(NamedTuple):
    """A row by its three figures, in the cell's unit; runs without a success left out."""

    item: RowRuns
    runs: tuple[Run, ...]
    cell: Measurement
    mean: Measurement
    pooled: Measurement
    worst: Measurement


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit per column of averaged percentiles that the pooled ones contradict."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    evidence, rows = found
    columns = _columns(experiment, rows)
    if not columns or all(len(item.runs) == 1 for item in rows):
        yield NotJudged("no cell of this table is a mean of percentiles over several runs")
        return
    fit = [item for item in rows if evidence.loadable(item.runs)]
    if len(fit) < len(rows):
        yield NotJudged(f"{TOO_MANY}, behind {number_of(len(rows) - len(fit), 'rows')}")
    for column in columns:
        given = [item for item in fit if item.row.cells[column].known]
        judged = [_row(experiment, evidence, column, item) for item in given]
        if any(row is None for row in judged):
            yield NotJudged(f"no samples, or no run with a success, behind a cell of {column}")
        known = [row for row in judged if row is not None]
        if any(_apart(row) for row in known):
            yield _hit(experiment, column, known, alone=len(columns) == 1)


def _columns(experiment: Experiment, rows: Sequence[RowRuns]) -> tuple[str, ...]:
    """The columns that hold means over runs of a percentile of their latency."""
    sources = experiment.runs.columns if experiment.runs else {}
    return tuple(
        key
        for key in averaged(experiment, rows)
        if sources[key].quantity == "latency" and percentile_of(sources[key].statistic) is not None
    )


def _row(experiment: Experiment, evidence: Evidence, column: str, item: RowRuns) -> _Row | None:
    """The figures of a row; None where its runs have no samples."""
    assert experiment.runs is not None  # noqa: S101 - its columns are being judged
    percentile = percentile_of(experiment.runs.columns[column].statistic)
    cell = item.row.cells[column]
    runs = tuple(run for run in item.runs if not run.without_success)
    parts = [_percentile(evidence, (run,), percentile or 0.0, cell.unit) for run in runs]
    values = [part[0] for part in parts if part is not None]
    pool = _percentile(evidence, runs, percentile or 0.0, cell.unit)
    if pool is None or len(values) < len(parts):
        return None
    mean = sum(values) / len(values)
    worst = max(range(len(values)), key=values.__getitem__)
    return _Row(
        item,
        runs,
        cell,
        made(runs, f"mean {column} of the row", mean, cell.unit),
        made(runs, f"pooled {column} of the row", pool[0], cell.unit, interval=pool[1]),
        made([runs[worst]], f"{column} of the worst run", values[worst], cell.unit),
    )


def _percentile(
    evidence: Evidence, runs: Sequence[Run], percentile: float, unit: str
) -> tuple[float, Interval | None] | None:
    """The percentile of all samples of some runs, with its interval."""
    columns = [samples for run in runs if (samples := evidence.latency(run)) is not None]
    scales = {conversion(samples.unit, unit) for samples in columns}
    scale = scales.pop() if len(scales) == 1 else None
    if scale is None or len(columns) < len(runs):
        return None
    summary = evidence.summary(columns[0])
    if len(runs) == 1 and percentile in summary.percentiles:
        return summary.percentiles[percentile] * evidence.scale(runs[0]) * scale, None
    data = evidence.pooled(runs)
    if not len(data):
        return None
    import numpy as np

    interval = percentile_interval(data, percentile)
    value = float(np.percentile(data, percentile)) * scale
    return value, None if interval is None else interval.scaled(scale)


def _apart(row: _Row) -> bool:
    """Whether the cell and the pooled percentile differ by more than variation and interval.

    Of a cell over runs without a success the mean of the others is judged.
    """
    whole = len(row.item.runs) == len(row.runs)
    given, pooled = (row.cell if whole else row.mean).number, row.pooled.number
    return (
        len(row.runs) > 1
        and abs(given - pooled) > RUN_VARIATION * abs(pooled)
        and given not in row.pooled.span
    )


def _hit(experiment: Experiment, column: str, rows: list[_Row], *, alone: bool) -> Hit:
    lines = {row.item.row.line: row for row in rows}
    return Hit(
        where=tuple(row.cell for row in rows if len(row.runs) > 1),
        evidence={
            "title": experiment.title,
            "quantity": name(experiment.column(column)),
            "rows": tuple(_part(experiment, row) for row in rows if _apart(row)),
            "changes": tuple(
                change
                for sweep in experiment.sweeps()
                if (change := _change(experiment, column, sweep, lines)) is not None
            ),
        },
        part="" if alone else column,
    )


def _part(experiment: Experiment, row: _Row) -> Mapping[str, object]:
    return {
        "at": where(experiment, row.item.row),
        "runs": counted(row.runs, "runs of the row with a success", len(row.runs)),
        "mean": row.cell if row.mean.number in row.cell.span else row.mean,
        "pooled": row.pooled,
        "worst": row.worst,
    }


def _change(
    experiment: Experiment, column: str, sweep: Sweep, lines: Mapping[int, _Row]
) -> Mapping[str, object] | None:
    """From the sweep's first row to its last, by mean, pooled and worst run."""
    rows = [lines[row.line] for row in sweep.rows if row.line in lines]
    if len(rows) < 2 or not any(_apart(row) for row in rows):
        return None
    first, last = rows[0], rows[-1]
    pairs = ((first.mean, last.mean), (first.pooled, last.pooled), (first.worst, last.worst))
    if any(one.number <= 0 or one.number == other.number for one, other in pairs):
        return None
    runs = (*first.runs, *last.runs)
    return {
        "first": where(experiment, first.item.row),
        "last": where(experiment, last.item.row),
        **{
            kind: _percent(runs, f"{kind} {column}", one.number, other.number)
            for kind, (one, other) in zip(("mean", "pooled", "worst"), pairs, strict=True)
        },
    }


def _percent(runs: Sequence[Run], kind: str, one: float, other: float) -> Mapping[str, object]:
    change = (other / one - 1) * 100
    return {
        "verb": "rises" if change > 0 else "falls",
        "by": made(runs, f"change of the {kind} along the sweep", abs(change), "%"),
    }


_SHORT = place("r.at") + " {{ r.mean|u }} against {{ r.pooled|u }}"
_LONG = (
    place("r.at")
    + " the mean over {{ r.runs|u }} is {{ r.mean|u }}, the percentile of all their samples "
    "{{ r.pooled|u }}, and that of the worst run {{ r.worst|u }}"
)
_CHANGE = (
    " From the level "
    + place("c.first")
    + " to that "
    + place("c.last")
    + ", the mean {{ c.mean.verb }} by {{ c.mean.by|u }}, the percentile of all samples "
    "{{ c.pooled.verb }} by {{ c.pooled.by|u }} and that of the worst run {{ c.worst.verb }} by "
    "{{ c.worst.by|u }}."
)
_SAMPLES = tuple(float(100 + value * value % 97) for value in range(200))
_FIELDS = {"jobs": factor(unit="jobs"), "p99": latency("p99")}
_INFO = {
    "runs": {
        "path": "example/jobs{jobs}/*",
        "columns": {"p99": {"quantity": "latency", "statistic": "p99", "over": "mean"}},
    }
}


def _run(name: str, size: float, count: int = len(_SAMPLES)) -> ExampleRun:
    return ExampleRun(name, tuple(value * size for value in _SAMPLES[:count]), tasks=200)


RULE = rule(
    code="STA007",
    name="averaged-percentiles",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: {{ quantity }} is a mean of percentiles, not the percentile of the "
    "samples: " + each("r", "rows", _SHORT),
    limitation="The values of {{ quantity }} are means of the percentiles of several runs, which "
    "are not percentiles of the tasks: "
    + each("r", "rows", _LONG, last="; and ")
    + ".{% for c in changes %}"
    + _CHANGE
    + "{% endfor %} A change of such a mean is not a change of the latency that a share of the "
    "tasks stays below.",
    settle="Reporting the percentile of all samples together, and that of each run beside it, "
    "would settle it.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "one job becomes short and another longer, and the mean falls",
            "jobs,p99\n1,196\n2,118",
            _FIELDS,
            info=_INFO,
            runs=(_run("jobs1/a", 1.0), _run("jobs2/a", 1.1), _run("jobs2/b", 0.1)),
        ),
        Example(
            Outcome.FIRES,
            "a job without a success is left out of both",
            "jobs,p99\n1,196\n2,78",
            _FIELDS,
            info=_INFO,
            runs=(
                _run("jobs1/a", 1.0),
                _run("jobs2/a", 1.1),
                _run("jobs2/b", 0.1),
                _run("jobs2/c", 1.0, 0),
            ),
        ),
        Example(
            Outcome.SILENT,
            "jobs that are alike, so that mean and pooled percentile are too",
            "jobs,p99\n1,196\n2,198",
            _FIELDS,
            info=_INFO,
            runs=(_run("jobs1/a", 1.0), _run("jobs2/a", 1.0), _run("jobs2/b", 1.02)),
        ),
        Example(
            Outcome.SILENT,
            "the cell is the percentile of all samples, whatever the descriptor says",
            "jobs,p99\n1,196\n2,210",
            _FIELDS,
            info=_INFO,
            runs=(_run("jobs1/a", 1.0), _run("jobs2/a", 1.1), _run("jobs2/b", 0.1)),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "each cell is the percentile of one run",
            runs=(_run("a", 1.0), _run("b", 0.1)),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "runs without samples",
            "jobs,p99\n2,118",
            _FIELDS,
            info=_INFO,
            runs=(
                ExampleRun("jobs2/a", (), metrics={"p99_latency_ms": 216.0, "successful_tasks": 9}),
                ExampleRun("jobs2/b", (), metrics={"p99_latency_ms": 20.0, "successful_tasks": 9}),
            ),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            "threads,p99\n1,10.0\n2,19.0",
            {"threads": factor(), "p99": latency("p99")},
        ),
    ),
)
