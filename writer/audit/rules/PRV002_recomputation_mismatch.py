"""A reported value does not follow from the samples or runs behind it.

What it checks
    Whether each statistic that a run reports follows from its samples, by any common
    method, and whether each cell of the table is what the descriptor says its runs
    give. Throughputs of runs have a rule of their own (``throughput-mismatch``), and
    so have samples in another unit (``unit-mismatch``).

Why it matters
    A number that cannot be computed from what was recorded was copied wrongly, comes
    from other runs, or is another statistic than its name says.

When it is wrong
    When the samples are a part of what the run summarised, as after a limit on the
    size of its log; or when the descriptor names other runs than the cell was made
    from. Differences within the printed digits are not reported.

Example
    The table prints a P99 latency of 73 s, and the mean of its three runs is 73.55 s:
    its digits were cut off, where rounding gives 74.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from writer.audit.example import Example, ExampleRun, Outcome, factor, latency, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import NO_RUNS, RowRuns, bound, follows, name, where
from writer.audit.runs import place as place_of
from writer.model.experiment import ColumnSource, Experiment
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.model.run import Run
from writer.model.unit import factor as conversion
from writer.verify.cells import borne_by, combined
from writer.verify.evidence import Evidence
from writer.verify.held import Borne
from writer.verify.recompute import Recomputed, agrees
from writer.verify.values import counted, made, told_apart
from writer.words import each
from writer.words import name as title_of

MOST = 5
"""Values of runs spelled out; the rest are counted."""


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every value of the runs and every cell that does not follow."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    evidence, rows = found
    runs = evidence.all_of(experiment)
    if not any(item.value is not None for run in runs for item in evidence.recomputed[run.id]):
        yield NotJudged("nothing that the runs report can be recomputed")
        return
    values = [(run, item) for run in runs for item in _off(evidence, run)]
    borne = {item.cell.id: item for item in borne_by(experiment, evidence, intervals=False)}
    wrong = [
        (row, key, item)
        for row in rows
        for key, cell in row.row.cells.items()
        if (item := borne.get(cell.id)) and _wrong(experiment, evidence, row, key, item)
    ]
    if values or wrong:
        yield Hit(
            where=tuple(_where(experiment, rows, values, [item for *_, item in wrong])),
            evidence={
                "title": experiment.title,
                "values": tuple(_value(run, item) for run, item in values[:MOST]),
                "more": len(values) > MOST,
                "some": counted(runs, "values that do not follow", len(values), "values"),
                "cells": tuple(_cell(experiment, *hit) for hit in wrong),
            },
        )


def _off(evidence: Evidence, run: Run) -> Iterator[Recomputed]:
    """Values of the run that its samples do not give."""
    for item in evidence.recomputed[run.id]:
        if item.reported.quantity != "throughput" and not follows(item):
            yield item


def _wrong(
    experiment: Experiment, evidence: Evidence, item: RowRuns, key: str, borne: Borne
) -> bool:
    """Whether neither what the runs give nor what they report is what the cell says."""
    if borne.value is None or borne.agrees or agrees(borne.cell.number, borne.value.number):
        return False
    source = experiment.runs.columns[key] if experiment.runs else None
    if source is None:
        return False
    alive = [run for run in item.runs if not run.without_success]
    return not any(
        _reported(evidence, source, runs, borne.cell) for runs in (item.runs, alive) if runs
    )


def _reported(
    evidence: Evidence, source: ColumnSource, runs: Sequence[Run], cell: Measurement
) -> bool:
    """Whether the cell is what these runs report, be it right or wrong."""
    parts = [evidence.value(run, source.quantity, source.statistic) for run in runs]
    values = [part.measurement.number for part in parts if part and part.measurement.known]
    scale = conversion(parts[0].measurement.unit, cell.unit) if parts and parts[0] else None
    if scale is None or len(values) < len(parts):
        return False
    value = combined(values, source.over) * scale
    return value in cell.span or agrees(cell.number, value)


def _where(
    experiment: Experiment,
    rows: Sequence[RowRuns],
    values: Sequence[tuple[Run, Recomputed]],
    wrong: Sequence[Borne],
) -> Iterator[Measurement]:
    """Cells that do not follow, and those made of values that do not; else the whole row."""
    given = {item.cell.id for item in wrong}
    sources = experiment.runs.columns if experiment.runs else {}
    for item in rows:
        runs = {run.id for run in item.runs}
        off = {
            (value.reported.quantity, value.reported.statistic)
            for run, value in values
            if run.id in runs
        }
        made_of = [
            key
            for key, source in sources.items()
            if (source.quantity, source.statistic) in off and key in item.row.cells
        ]
        touched = made_of or (list(item.row.cells) if off else [])
        yield from (
            cell for key, cell in item.row.cells.items() if key in touched or cell.id in given
        )


def _value(run: Run, item: Recomputed) -> Mapping[str, object]:
    reported, given = told_apart(item)
    return {
        "name": name(run),
        "title": f"{item.reported.statistic} {item.reported.quantity}".strip().replace("_", " "),
        "reported": reported,
        "given": given,
        "method": item.method,
        "samples": counted([run], "samples", item.count, "samples") if item.count else "",
    }


def _cell(experiment: Experiment, item: RowRuns, key: str, borne: Borne) -> Mapping[str, object]:
    assert borne.value is not None  # noqa: S101 - the cell was held against it
    cell, value = borne.cell, borne.value.number
    places = _places(cell.text)
    rounded, cut = _to(value, places), _to(value, places, ROUND_DOWN)
    given = str(_to(value, places + 2))
    return {
        "title": title_of(experiment.column(key)),
        "at": where(experiment, item.row),
        "cell": cell,
        "given": made(item.runs, f"{key} of the row's runs", value, cell.unit, digits=given),
        "runs": counted(item.runs, "runs of the row", len(item.runs)),
        "over": _over(experiment, key, len(item.runs)),
        "rounded": made(item.runs, f"{key} rounded", float(rounded), cell.unit, digits=str(rounded))
        if Decimal(cell.text) == cut
        else "",
    }


def _places(text: str) -> int:
    exponent = Decimal(text).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _to(value: float, places: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-max(places, 0)), rounding=rounding)


def _over(experiment: Experiment, key: str, runs: int) -> str:
    over = experiment.runs.columns[key].over if experiment.runs else "single"
    words = {
        "mean": "mean",
        "sum": "sum",
        "max": "maximum",
        "pooled": "value over all samples",
    }
    return words.get(over, "") if runs > 1 else ""


_VALUE = (
    "{{ v.title }} of {{ v.name }}, reported as {{ v.reported|u }} and recomputed as "
    "{{ v.given|u }} ({{ v.method }}{% if v.samples %}, {{ v.samples|u }}{% endif %})"
)
_BRIEF = "{{ v.title }} of {{ v.name }} (reported {{ v.reported|u }}, samples {{ v.given|u }})"
_SHORT = (
    "{{ c.title }} "
    + place_of("c.at")
    + " is printed as {{ c.cell|u }}, and {% if c.over %}the {{ c.over }} of {{ c.runs|u }} is "
    "{% else %}its run gives {% endif %}{{ c.given|u }}"
)
_LONG = (
    _SHORT + "{% if c.rounded %} (its digits were cut off: rounded, it is {{ c.rounded|u }})"
    "{% endif %}"
)
_SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))
_FIELDS = {"threads": factor(), "p99": latency("p99", "s")}
_INFO = {
    "runs": {
        "path": "example/threads{threads}/*",
        "columns": {"p99": {"quantity": "latency", "statistic": "p99", "over": "mean"}},
    }
}
_RUNS = tuple(
    ExampleRun(f"threads{threads}/{name}", tuple(value * size for value in _SAMPLES))
    for threads, name, size in ((1, "a", 10.0), (2, "a", 10.0), (2, "b", 10.2))
)

RULE = rule(
    code="PRV002",
    name="recomputation-mismatch",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: "
    + each("c", "cells", _SHORT)
    + "{% if values %}{% if cells %}; {% endif %}{{ some|u }} of the runs "
    "{% if values|length == 1 %}does{% else %}do{% endif %} not follow from their samples: "
    + each("v", "values", _BRIEF)
    + "{% if more %}, and so on{% endif %}{% endif %}",
    limitation="{% if cells %}The table does not say what its runs give: "
    + each("c", "cells", _LONG, last="; and ")
    + ".{% endif %}{% if values %} What the runs report does not follow from their samples by any "
    "common method: "
    + each("v", "values", _VALUE, last="; and ")
    + "{% if more %}, and so on for {{ some|u }}{% endif %}.{% endif %} A statement that rests "
    "on the digits given there is not supported by what was recorded.",
    settle="{% if cells %}Printing what the runs give, rounded, would settle the table."
    "{% endif %}{% if values %} Finding the samples that the reported values were computed from "
    "would settle those.{% endif %}",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "digits of a mean over runs that were cut off",
            "threads,p99\n1,1.96\n2,1.97",
            _FIELDS,
            info=_INFO,
            runs=_RUNS,
        ),
        Example(
            Outcome.FIRES,
            "a cell that is neither rounded nor cut off",
            "threads,p99\n1,1.86\n2,1.98",
            _FIELDS,
            info=_INFO,
            runs=_RUNS,
        ),
        Example(
            Outcome.FIRES,
            "a run that reports another P99 latency than its samples have",
            runs=(ExampleRun("a", _SAMPLES, metrics={"p99_latency_ms": 250.0}),),
        ),
        Example(
            Outcome.FIRES,
            "a run with fewer samples than tasks completed, and no statistic right",
            runs=(
                ExampleRun(
                    "a",
                    _SAMPLES,
                    metrics={
                        "successful_tasks": 50,
                        "throughput_tasks_per_sec": 5.0,
                        "avg_latency_ms": 151.0,
                        "p50_latency_ms": 167.0,
                        "p95_latency_ms": 222.0,
                        "p99_latency_ms": 250.0,
                    },
                ),
                ExampleRun("b", _SAMPLES[:30], metrics={"p99_latency_ms": 301.0}),
            ),
        ),
        Example(
            Outcome.SILENT,
            "cells that are rounded, and values given in few digits",
            "threads,p99\n1,1.96\n2,1.98",
            _FIELDS,
            info=_INFO,
            runs=_RUNS,
        ),
        Example(
            Outcome.SILENT,
            "a throughput that another rule judges",
            runs=(ExampleRun("a", _SAMPLES, metrics={"throughput_tasks_per_sec": 9.0}),),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a run without samples, whose summary stands alone",
            runs=(ExampleRun("a", (), metrics={"total_duration_sec": None}),),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            "threads,throughput\n1,10.0\n2,19.0",
            {"threads": factor(), "throughput": throughput()},
        ),
    ),
)
