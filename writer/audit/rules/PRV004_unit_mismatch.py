"""Samples and summary of a run differ by a constant factor.

What it checks
    Whether the statistics that a run reports follow from its samples only after all of
    them are multiplied by one factor between units, such as 1000, and which copies of
    the samples agree; and whether a balance is 100 times what the tasks per node give, as
    per cent is. Quantities that the table does not hold are left out.

Why it matters
    One of the two was converted once too often or not at all. Who takes the column at
    its word is wrong by that factor, and a comparison of values from two copies shows
    it as a speedup.

When it is wrong
    When samples and summary measure two things that happen to be in proportion, as
    the time per batch of 1000 and the time per task are: then name them apart.

Example
    The column ``total_latency_ms`` has a mean of 99599869, and the summary reports a
    mean latency of 99600 ms: the column holds microseconds.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from writer.audit.example import Example, ExampleRun, Outcome, factor, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import NO_RUNS, RowRuns, bound, cells, name, names, value
from writer.model.experiment import Experiment
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.model.run import Run, Samples
from writer.model.unit import factor as conversion
from writer.verify.evidence import Evidence
from writer.verify.recompute import Recomputed, Status, agrees
from writer.verify.values import counted, made
from writer.words import each, listed

_SCORE = "balance"
_WORDS = {
    "ns": "nanoseconds",
    "us": "microseconds",
    "ms": "milliseconds",
    "s": "seconds",
    "min": "minutes",
    "h": "hours",
}


class _Off(NamedTuple):
    """A run whose statistics are off by one factor from its samples, or from its counts."""

    run: Run
    column: Samples
    items: tuple[Recomputed, ...]

    @property
    def scale(self) -> float:
        return self.items[0].scale


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every column whose unit is not what it says."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    evidence, rows = found
    held = (
        {item.quantity for item in experiment.runs.columns.values()} if experiment.runs else set()
    )
    quantities = held & {
        samples.quantity for item in rows for run in item.runs for samples in run.samples
    }
    scored = (
        [run for run in evidence.all_of(experiment) if run.shares and value(run, _SCORE)]
        if _SCORE in held
        else []
    )
    if not quantities and not scored:
        yield NotJudged("no quantity of this table has samples")
        return
    every = [off for run in evidence.all_of(experiment) for off in _off(evidence, run, quantities)]
    sampled = sum(
        any(evidence.summary(samples).count for samples in run.samples)
        for run in evidence.all_of(experiment)
    )
    scores = [(run, item) for run in scored if (item := _score(evidence, run))]
    if every or scores:
        off = {(one.column.quantity, one.run.id) for one in every}
        off |= {(_SCORE, run.id) for run, _ in scores}
        yield Hit(
            where=_where(experiment, rows, off),
            evidence={
                "title": experiment.title,
                "columns": tuple(_column(evidence, group, sampled) for group in _groups(every)),
                "score": _in_per_cent(scores, len(scored)) if scores else None,
            },
        )


def _off(evidence: Evidence, run: Run, quantities: set[str]) -> Iterator[_Off]:
    for quantity in sorted(quantities):
        items = tuple(
            item
            for item in evidence.recomputed[run.id]
            if item.status is Status.UNIT and item.reported.quantity == quantity
        )
        if items:
            yield _Off(run, run.columns(quantity)[0], items)


def _score(evidence: Evidence, run: Run) -> Recomputed | None:
    """The balance of a run, if it is in per cent and not a share of one, or the other way."""
    item = evidence.value(run, _SCORE, "")
    return item if item is not None and item.status is Status.UNIT else None


def _in_per_cent(scores: Sequence[tuple[Run, Recomputed]], among: int) -> Mapping[str, object]:
    """Words for balances; the runs are named where they are not all of ``among``."""
    runs, (run, first) = [run for run, _ in scores], scores[0]
    size = max(first.scale, 1 / first.scale)
    return {
        "name": _SCORE,
        "larger": first.scale > 1,
        "factor": made(runs, f"{_SCORE} over that of the counts", size, "x", digits=f"{size:.0f}"),
        "runs": counted(runs, f"runs whose {_SCORE} is off", len(runs)),
        "names": names(runs) if len(runs) < among else "",
        "run": name(run),
        "reported": first.measurement,
        "given": made([run], f"{_SCORE} of the tasks per node", first.value or 0.0, "1"),
    }


def _groups(every: Sequence[_Off]) -> list[list[_Off]]:
    groups: dict[tuple[str, str, float], list[_Off]] = {}
    for off in every:
        groups.setdefault((off.column.column, off.column.unit, off.scale), []).append(off)
    return list(groups.values())


def _where(
    experiment: Experiment, rows: Sequence[RowRuns], off: Set[tuple[str, str]]
) -> tuple[Measurement, ...]:
    """The cells that hold a statistic of what is ``off``: quantities, each with its run."""
    sources = experiment.runs.columns if experiment.runs else {}
    return tuple(
        cell
        for item in rows
        for cell in cells(
            item.row,
            [
                key
                for key, source in sources.items()
                if any((source.quantity, run.id) in off for run in item.runs)
            ],
        )
    )


def _column(evidence: Evidence, group: list[_Off], among: int) -> Mapping[str, object]:
    """Words for one column; the runs are named where they are not all of ``among``."""
    first, runs = group[0], [off.run for off in group]
    scale = first.scale
    size = max(scale, 1 / scale)
    too_long = _too_long(evidence, group)
    return {
        "column": first.column.column,
        "unit": _WORDS.get(first.column.unit, first.column.unit),
        "true": _true_unit(first.column.unit, scale),
        "factor": made(
            runs,
            f"{first.column.column} over the summary",
            size,
            "x",
            digits=f"{size:.0f}",
        ),
        "larger": scale < 1,
        "runs": counted(runs, f"runs whose {first.column.column} is off", len(runs)),
        "names": names(runs) if len(runs) < among else "",
        "statistics": listed(item.reported.statistic for off in group for item in off.items),
        "quantity": first.column.quantity.replace("_", " "),
        "like": listed(name for off in group for name in _copies(evidence, off, 1.0)),
        "unlike": listed(name for off in group for name in _copies(evidence, off, scale)),
        "too_long": too_long,
    }


def _true_unit(unit: str, scale: float) -> str:
    """The unit that the samples are in, in words, if the summary is right."""
    for symbol, word in _WORDS.items():
        ratio = conversion(symbol, unit)
        if ratio is not None and agrees(ratio, scale):
            return word
    return ""


def _copies(evidence: Evidence, off: _Off, scale: float) -> Iterator[str]:
    """Other columns of the quantity in the same file that are ``scale`` times this one."""
    mean = evidence.summary(off.column).mean
    for other in off.run.columns(off.column.quantity)[1:]:
        summary = evidence.summary(other)
        if summary.count and agrees(summary.mean, mean * scale):
            yield other.column


def _too_long(evidence: Evidence, group: list[_Off]) -> Mapping[str, object] | None:
    """The run with the sample that exceeds its duration most, read in the declared unit."""
    worst: tuple[float, _Off, float, Measurement] | None = None
    for off in group:
        duration = value(off.run, "duration")
        scale = conversion(off.column.unit, duration.unit) if duration else None
        if duration is None or scale is None or duration.number <= 0:
            continue
        longest = evidence.summary(off.column).maximum * scale
        share = longest / duration.number
        if share > 1 and (worst is None or share > worst[0]):
            worst = (share, off, longest, duration)
    if worst is None:
        return None
    _, off, longest, duration = worst
    title = f"longest of {off.column.column} as declared"
    return {
        "run": name(off.run),
        "longest": made([off.run], title, longest, duration.unit, digits=f"{longest:.0f}"),
        "duration": duration,
    }


_SHORT = (
    "the column {{ c.column }} is {{ c.factor|u }} {% if c.larger %}larger{% else %}smaller"
    "{% endif %} than the reported {{ c.quantity }} in {{ c.runs|u }}"
    "{% if c.names %} ({{ c.names }}){% endif %}"
)
_LONG = (
    "In {{ c.runs|u }}{% if c.names %} ({{ c.names }}){% endif %}, "
    "the column {{ c.column }} is declared in {{ c.unit }}, and the reported "
    "{{ c.quantity }} ({{ c.statistics }}) follows from it only if every sample is "
    "{% if c.larger %}divided{% else %}multiplied{% endif %} by {{ c.factor }}"
    "{% if c.true %}, as if it were in {{ c.true }}{% endif %}."
    "{% if c.like %} The copy {{ c.like }} agrees with the column.{% endif %}"
    "{% if c.unlike %} The copy {{ c.unlike }} agrees with the summary.{% endif %}"
    "{% if c.too_long %} As declared, a task of {{ c.too_long.run }} would have taken "
    "{{ c.too_long.longest|u }} in a run of {{ c.too_long.duration|u(0) }}, so that the column is "
    "not in {{ c.unit }}.{% else %} The durations of the runs do not tell which of the two is "
    "right.{% endif %}"
)
_SHORT_SCORE = (
    "the reported {{ score.name }} is {{ score.factor|u }} {% if score.larger %}larger"
    "{% else %}smaller{% endif %} than the tasks per node give in {{ score.runs|u }}"
    "{% if score.names %} ({{ score.names }}){% endif %}"
)
_LONG_SCORE = (
    "The {{ score.name }} of {{ score.runs|u }}{% if score.names %} ({{ score.names }}){% endif %} "
    "is {{ score.factor|u }} {% if score.larger %}larger{% else %}smaller{% endif %} than the "
    "tasks per node give: {{ score.run }} reports {{ score.reported }}, and its tasks per node "
    "give {{ score.given }}{% if score.larger %}, so it is in per cent where it is declared as a "
    "share of one{% endif %}."
)
_SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))
_KEY = "node_balance_score"
_RANKS = {"p50_latency_ms": 20, "p95_latency_ms": 38, "p99_latency_ms": 39}


def _summary(scale: float) -> dict[str, float]:
    """What the summary of the examples reports, ``scale`` times what the samples give."""
    data = sorted(_SAMPLES)
    mean = sum(data) / len(data)
    return {
        "avg_latency_ms": mean * scale,
        **{name: data[rank] * scale for name, rank in _RANKS.items()},
    }


RULE = rule(
    code="PRV004",
    name="unit-mismatch",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: "
    + each("c", "columns", _SHORT)
    + "{% if columns and score %}; {% endif %}{% if score %}"
    + _SHORT_SCORE
    + "{% endif %}",
    limitation=each("c", "columns", _LONG, last=" ")
    + "{% if columns and score %} {% endif %}{% if score %}"
    + _LONG_SCORE
    + "{% endif %} Values taken from the one and from the other differ by this factor without "
    "anything having been measured differently.",
    settle="Correcting the unit where it is written would settle it.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "samples of microseconds in a column of milliseconds, longer than the run",
            runs=(
                ExampleRun("a", _SAMPLES, duration=0.05, metrics=_summary(0.001)),
                ExampleRun("b", (*_SAMPLES[:-1], 150.5)),
            ),
        ),
        Example(
            Outcome.FIRES,
            "a summary in microseconds of samples in milliseconds",
            runs=(ExampleRun("a", _SAMPLES, metrics=_summary(1000.0)),),
        ),
        Example(
            Outcome.FIRES,
            "a balance in per cent beside one that is a share of one",
            runs=(
                ExampleRun("a", _SAMPLES, nodes={"x": 18, "y": 22}, metrics={_KEY: 90.0}),
                ExampleRun("b", _SAMPLES[:30], nodes={"x": 15, "y": 15}, metrics={_KEY: 1.0}),
            ),
        ),
        Example(
            Outcome.SILENT,
            "a balance that follows in no unit",
            runs=(ExampleRun("a", _SAMPLES, nodes={"x": 18, "y": 22}, metrics={_KEY: 0.8}),),
        ),
        Example(
            Outcome.SILENT,
            "samples and summary in one unit",
            runs=(ExampleRun("a", _SAMPLES),),
        ),
        Example(
            Outcome.SILENT,
            "one statistic is off, and by no factor between units",
            runs=(ExampleRun("a", _SAMPLES, metrics={"p99_latency_ms": 250.0}),),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the table holds throughputs only, which have no samples",
            "threads,throughput\n1,4.0\n2,4.0",
            {"threads": factor(), "throughput": throughput()},
            info={
                "runs": {
                    "path": "example/{threads}",
                    "columns": {"throughput": {"quantity": "throughput"}},
                }
            },
            runs=(
                ExampleRun("1", _SAMPLES, metrics=_summary(0.001)),
                ExampleRun("2", _SAMPLES, metrics=_summary(0.001)),
            ),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            "threads,throughput\n1,10.0\n2,19.0",
            {"threads": factor(), "throughput": throughput()},
        ),
    ),
)
