"""A percentile rests on too few samples.

What it checks
    Whether the samples of each run behind a percentile, or of all trials together where
    the percentile is that of all, bound it from both sides, with
    the distribution-free interval between two order statistics, and whether that
    interval is no wider than half the percentile to either side.

Why it matters
    The P99 of a hundred samples is one of its two largest values. Repeat the run, and
    another task decides it: a comparison of such values compares outliers.

When it is wrong
    When the run holds every task that there will ever be, so that nothing is inferred
    beyond it; or when samples depend on each other, where the truth is worse than said.

Example
    A P99 of 140 ms from 40 samples: 368 are the fewest that bound it from above.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, groupby
from math import floor, inf, log10
from typing import TYPE_CHECKING, NamedTuple

from writer.audit.example import Example, ExampleRun, Outcome
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import NO_RUNS, RowRuns, bound, place, where
from writer.audit.runs import name as run_name
from writer.audit.thresholds import TAIL_WIDTH
from writer.model.experiment import Column, Experiment
from writer.model.finding import Confidence, Severity
from writer.model.interval import Interval
from writer.model.measurement import Measurement
from writer.model.run import Run
from writer.model.unit import counted as number_of
from writer.model.unit import factor
from writer.statistics import CONFIDENCE, least_samples, percentile_interval
from writer.verify.evidence import TOO_MANY, Evidence
from writer.verify.recompute import percentile_of
from writer.verify.values import counted, made
from writer.words import each, name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_LISTED = 4
"""Percentiles listed one by one; of more a reader is told the range and the worst."""

LOWER = (95.0, 90.0, 75.0, 50.0)
"""Percentiles that few samples may still bound, the highest first."""


class _Tail(NamedTuple):
    """A percentile of a run, or of trials together, and what its samples support."""

    item: RowRuns
    runs: tuple[Run, ...]
    column: Column
    percentile: float
    size: int
    interval: Interval | None
    lower: tuple[float, Interval] | None


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every percentile that its samples leave open."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    evidence, rows = found
    columns = [
        (column, percentile)
        for column in experiment.of("latency")
        if (percentile := percentile_of(column.statistic)) is not None
    ]
    if not columns:
        yield NotJudged("the table has no percentile of a latency")
        return
    if not any(_count(evidence, run) for item in rows for run in item.runs):
        yield NotJudged("no run behind this table has samples of its latency")
        return
    many = {run.id for item in rows for run in item.runs if not evidence.loadable((run,))}
    if many:
        yield NotJudged(f"{TOO_MANY}, of {number_of(len(many), 'runs')}")
    judged = [
        (column.name, _tail(evidence, item, runs, column, percentile))
        for column, percentile in columns
        for item in rows
        if item.row.cells[column.name].known
        for runs in _sampled(experiment, evidence, item, column)
        if not any(run.id in many for run in runs)
    ]
    open_ends = [tail for _, tail in judged if tail is not None]
    if open_ends:
        yield _hit(experiment, open_ends, Counter(name for name, _ in judged))


def _count(evidence: Evidence, run: Run) -> int:
    samples = evidence.latency(run)
    return evidence.summary(samples).count if samples else 0


def _sampled(
    experiment: Experiment, evidence: Evidence, item: RowRuns, column: Column
) -> Iterator[tuple[Run, ...]]:
    """The runs whose samples make a percentile: all of the row where they are pooled."""
    source = experiment.runs.columns.get(column.name) if experiment.runs else None
    if source is not None and source.over == "pooled" and evidence.loadable(item.runs):
        yield item.runs
    else:
        yield from ((run,) for run in item.runs)


def _tail(
    evidence: Evidence, item: RowRuns, runs: tuple[Run, ...], column: Column, percentile: float
) -> _Tail | None:
    """The percentile of the runs' samples, if these leave it open or nearly so."""
    sampled = tuple(run for run in runs if _count(evidence, run))
    samples = evidence.latency(sampled[0]) if sampled else None
    scale = factor(samples.unit, column.unit) if samples else None
    if scale is None:
        return None
    data = evidence.pooled(sampled) * scale
    interval = percentile_interval(data, percentile)
    if interval is not None and _narrow(interval):
        return None
    lower = None if interval else _lower(data, percentile)
    return _Tail(item, sampled, column, percentile, len(data), interval, lower)


def _narrow(interval: Interval) -> bool:
    """Whether the ends lie within the threshold of their middle."""
    return interval.width / 2.0 <= TAIL_WIDTH * abs(interval.lo + interval.hi) / 2.0


def _lower(data: "NDArray[np.float64]", percentile: float) -> tuple[float, Interval] | None:
    """The highest lower percentile that the samples do bound."""
    for other in LOWER:
        if other < percentile and (interval := percentile_interval(data, other)) is not None:
            return other, interval
    return None


def _hit(experiment: Experiment, tails: list[_Tail], judged: Mapping[str, int]) -> Hit:
    """The tails; ``judged`` is how many values of each column were looked at."""
    runs = [run for tail in tails for run in tail.runs]
    few = [tail for tail in tails if tail.interval is None]
    least = max((least_samples(tail.percentile) for tail in few), default=0)
    return Hit(
        where=tuple(
            {c.id: c for tail in tails for c in [tail.item.row.cells[tail.column.name]]}.values()
        ),
        evidence={
            "title": experiment.title,
            "tails": tuple(_words(experiment, tail) for tail in tails)
            if len(tails) <= MOST_LISTED
            else (),
            "columns": tuple(_column(experiment, list(group), judged) for group in _grouped(tails))
            if len(tails) > MOST_LISTED
            else (),
            "least": counted(runs, "fewest samples", least, "samples") if few else None,
            "confidence": made(
                runs, "confidence", CONFIDENCE * 100.0, "%", digits=f"{CONFIDENCE * 100.0:.0f}"
            ),
        },
    )


def _grouped(tails: list[_Tail]) -> Iterator[Iterator[_Tail]]:
    return (group for _, group in groupby(tails, key=lambda tail: tail.column.name))


def _column(
    experiment: Experiment, tails: list[_Tail], judged: Mapping[str, int]
) -> Mapping[str, object]:
    """What the open values of a column have in common, and the worst of them."""
    runs = [run for tail in tails for run in tail.runs]
    column, percentile = tails[0].column, tails[0].percentile
    cells = sorted((tail.item.row.cells[column.name] for tail in tails), key=lambda c: c.number)
    sizes = sorted(tail.size for tail in tails)
    few = [tail for tail in tails if tail.interval is None]
    what = f"{column.name} {column.statistic}"

    def count(name: str, number: int, unit: str = "values") -> Measurement:
        return counted(runs, f"{name} of {what}", number, unit)

    return {
        "name": name(column),
        "number": count("uncertain", len(tails)),
        "of": count("judged", judged[column.name]) if judged[column.name] > len(tails) else None,
        "values": [{"value": cell, "places": _places(cell)} for cell in (cells[0], cells[-1])]
        if cells[0].number < cells[-1].number
        else [],
        "fewest": count("fewest samples", sizes[0], "samples"),
        "most": count("most samples", sizes[-1], "samples") if sizes[-1] > sizes[0] else None,
        "unbounded": count("unbounded", len(few)) if few else None,
        "one": len(tails) == 1,
        "all": len(few) == len(tails),
        "least": count("fewest needed", least_samples(percentile), "samples"),
        "worst": _words(experiment, max(tails, key=_doubt)),
    }


def _doubt(tail: _Tail) -> tuple[bool, float]:
    """How uncertain a percentile is: most so unbounded, then by its samples or its width."""
    if tail.interval is None:
        return True, -tail.size
    middle = abs(tail.interval.lo + tail.interval.hi)
    return False, tail.interval.width / middle if middle else inf


def _places(cell: Measurement) -> int:
    """Decimals of three significant digits."""
    return max(0, 2 - floor(log10(abs(cell.number)))) if cell.number else 0


def _words(experiment: Experiment, tail: _Tail) -> Mapping[str, object]:
    alone = len(tail.runs) == 1 and len(tail.item.runs) > 1
    statistic = f"{tail.column.name} {tail.column.statistic}"
    return {
        "name": name(tail.column),
        "value": tail.item.row.cells[tail.column.name],
        "places": _places(tail.item.row.cells[tail.column.name]),
        "at": where(experiment, tail.item.row),
        "run": run_name(tail.runs[0]) if alone else "",
        "count": counted(tail.runs, "samples", tail.size, "samples"),
        "ends": _ends(tail.runs, statistic, tail.column.unit, tail.interval),
        "lower": "" if tail.lower is None else f"P{tail.lower[0]:.0f}",
        "lower_ends": ()
        if tail.lower is None
        else _ends(tail.runs, f"lower than {statistic}", tail.column.unit, tail.lower[1]),
    }


def _ends(
    runs: tuple[Run, ...], what: str, unit: str, interval: Interval | None
) -> tuple[Measurement, ...]:
    if interval is None:
        return ()
    ends = zip(("lower end", "upper end"), (interval.lo, interval.hi), strict=True)
    return tuple(made(runs, f"{what} {end}", value, unit) for end, value in ends)


_AT = (
    "{% if t.at.group %}of {% endif %}" + place("t.at") + "{% if t.run %} ({{ t.run }}){% endif %}"
)
_HOLD = (
    "{{ t.value|u(t.places) }} from {{ t.count|u }}"
    "{% if t.ends %}, which put it between {{ t.ends[0] }} and {{ t.ends[1]|u }}"
    "{% elif t.lower %}, which bound no more than the {{ t.lower }}, between "
    "{{ t.lower_ends[0] }} and {{ t.lower_ends[1]|u }}"
    "{% else %}, which do not bound it from above{% endif %}"
)
_FEW_TAILS = each("t", "tails", f"the {{{{ t.name }}}} {_AT} ({_HOLD})")
_RANGE = (
    "{% if c['values'] %} ({% for v in c['values'] %}{% if loop.last %} to "
    "{{ v.value|u(v.places) }}{% else %}{{ v.value|places(v.places) }}{% endif %}{% endfor %})"
    "{% endif %}"
)
_SIZES = (
    "{% if c.most %}{{ c.fewest }} to {{ c.most|u }}{% else %}{{ c.fewest|u }}{% endif %} each"
    "{% if c.all %}, fewer than the {{ c.least }} that bound one from above"
    "{% elif c.unbounded %}, {{ c.unbounded }} of them on fewer than the {{ c.least }} that "
    "bound one from above{% endif %}"
)
_MANY_TAILS = each(
    "c",
    "columns",
    "{{ c.number }}{% if c.of %} of {{ c.of }}{% endif %} "
    "value{% if c.of or not c.one %}s{% endif %} of the {{ c.name }}"
    f"{{% if c.one %}}, {{% else %}}{_RANGE} rest on {_SIZES}; the least certain is {{% endif %}}"
    f"that {{% set t = c.worst %}}{_AT} ({_HOLD})",
    last="; and ",
)
_MANY_TAILS = _MANY_TAILS.replace(
    "{% else %}, {% endif %}{% endif %}{% endfor %}",
    "{% else %}; {% endif %}{% endif %}{% endfor %}",
)
_TAILS = f"{{% if tails %}}{_FEW_TAILS}{{% else %}}{_MANY_TAILS}{{% endif %}}"

_FEW = tuple(float(100 + value * value % 97) for value in range(40))
_MANY = tuple(float(100 + value * 7 % 97) for value in range(1000))
_WILD = tuple(chain(_MANY[:990], (10000.0 * value for value in range(1, 11))))
_TABLE = "threads,p99\n1,{}"
_FIELDS = {
    "threads": {"type": "integer", "role": "factor"},
    "p99": {
        "type": "number",
        "unit": "ms",
        "better": "lower",
        "measure": "latency",
        "statistic": "p99",
        "title": "P99 latency",
    },
}
_BEHIND = {"runs": {"path": "example/threads{threads}"}}

RULE = rule(
    code="STA009",
    name="small-sample-tail",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: too few samples for {% if tails %}"
    + _FEW_TAILS
    + "{% else %}percentiles: "
    + _MANY_TAILS
    + "{% endif %}",
    limitation="Some percentiles rest on too few samples: "
    + _TAILS
    + ".{% if tails and least %} No fewer than {{ least|u }} per run would bound every one "
    "of them from above.{% endif %} The intervals lie between order statistics, at "
    "{{ confidence|u }} confidence. Another run of the same system may give quite another value, "
    "so differences between such percentiles show nothing about the system unless their "
    "intervals part.",
    settle="{% if least %}Runs of at least {{ least|u }} would bound every percentile here, and "
    "several times as many would narrow it{% else %}Several times as many samples per run would "
    "narrow the intervals{% endif %}; a lower percentile can be reported from the samples that "
    "there are.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "a P99 from forty samples",
            _TABLE.format("196"),
            _FIELDS,
            _BEHIND,
            runs=(ExampleRun("threads1", _FEW),),
        ),
        Example(
            Outcome.FIRES,
            "a P99 amid outliers of a thousand samples, whose interval spans decades",
            _TABLE.format("5000"),
            _FIELDS,
            _BEHIND,
            runs=(ExampleRun("threads1", _WILD),),
        ),
        Example(
            Outcome.FIRES,
            "runs alone, one of them short: its P95 and its P99",
            runs=(ExampleRun("a", _FEW), ExampleRun("b", _MANY)),
        ),
        Example(
            Outcome.SILENT,
            "a P99 from a thousand samples",
            _TABLE.format("195"),
            _FIELDS,
            _BEHIND,
            runs=(ExampleRun("threads1", _MANY),),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            _TABLE.format("195"),
            _FIELDS,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "no task succeeded, so there is no sample",
            _TABLE.format("195"),
            _FIELDS,
            _BEHIND,
            runs=(ExampleRun("threads1", (), tasks=40),),
        ),
    ),
)
