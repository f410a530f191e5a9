"""Raw runs as tables: one experiment per group of runs, one row per run.

Repetitions of one setting, where the tool or the runs' names number them, are one row: its
percentiles, extremes and means are those of all their samples together, its other values means over
the trials. The factor is the numeric setting that tells the rows apart and stands in the
runs' names; of a grid the longest of its factors, with the others as groups; else the run's
name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from writer.dataset import Dataset
from writer.model.cells import Cells
from writer.model.experiment import (
    Column,
    ColumnSource,
    Experiment,
    Level,
    Row,
    RunMapping,
)
from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug
from writer.model.run import Run, RunSet, reports_of
from writer.setting_names import counted_things, in_words
from writer.statistics import trials_interval
from writer.verify.cells import COUNTED, EXTREMES, value_of
from writer.verify.evidence import Evidence
from writer.verify.folders import factor_of, groups
from writer.verify.grids import Grid, grid_of
from writer.verify.match import match_rows, row_name
from writer.verify.recompute import percentile_of
from writer.verify.repetitions import Members, names_of, pattern_of, sets_of, varying_settings
from writer.verify.values import counted

_BETTER = {"throughput": "higher", "latency": "lower", "completed": "higher", "balance": "higher"}


def dataset_of(runs: RunSet, evidence: Evidence | None = None) -> Dataset:
    """Tables of what the runs report, each row bound to its runs.

    Args:
        runs: the runs.
        evidence: their samples; without it every run is a row of its own.
    """
    given = runs if evidence is None else replace(runs, runs=evidence.runs.same(runs.runs))
    return Dataset(
        experiments={
            name: _experiment(name, members, evidence) for name, members in groups(given).items()
        },
        setup={},
        files=dict(runs.files),
        title=runs.root,
    )


def unbound(dataset: Dataset, runs: RunSet, evidence: Evidence | None = None) -> Dataset:
    """``dataset`` with a table for every group of runs that none of its tables speaks of."""
    rows = match_rows(runs, dataset) if evidence is None else evidence.bound_to(dataset).rows
    taken = {run.id for members in rows.values() for run in members}
    left = replace(runs, runs=tuple(run for run in runs.runs if run.id not in taken))
    rest = dataset_of(left, evidence)
    names = {
        name if name not in dataset.experiments else f"runs/{name}": experiment
        for name, experiment in rest.experiments.items()
    }
    return replace(
        dataset,
        experiments={**dataset.experiments, **names},
        files={**dataset.files, **runs.files},
    )


def _experiment(name: str, runs: Members, evidence: Evidence | None) -> Experiment:
    sets = sets_of(runs) if evidence is not None else [(run,) for run in runs]
    names = names_of(name, sets)
    first = tuple(members[0] for members in sets)
    factor = factor_of(first, names)
    found = None if factor else grid_of(first, names)
    grid = found if isinstance(found, Grid) else None
    levels = {
        run.id: grid.levels_of(run) if grid else _level(run, factor, names[run.id]) for run in first
    }
    title = grid.factor if grid else factor or "run"
    sets = _in_order(sets, levels, title)
    crossed = grid.groups if grid else ()
    differing = varying_settings(first)
    varying = [key for key in differing if key not in (*crossed, title)]
    quantities = _quantities(runs)
    sources = {
        key: ColumnSource(column.measure, column.statistic, _over(column, sets))
        for key, column in quantities.items()
    }
    rows = tuple(
        _row(name, line, members, names[members[0].id], levels, varying, quantities)
        for line, members in enumerate(sets, 1)
    )
    if evidence is not None:
        rows = tuple(
            _combined(row, members, sources, evidence)
            for row, members in zip(rows, sets, strict=True)
        )
    held = {key: level for key, level in first[0].settings.items() if key not in differing}
    least = min(map(len, sets))
    return Experiment(
        name=name,
        title=name,
        file=runs[0].file,
        factor=title,
        columns=(
            *(Column(key, "group", in_words(key), unit=_unit(key, levels)) for key in crossed),
            Column(title, "factor", in_words(title), unit=_unit(title, levels)),
            *(Column(key, "setting", in_words(key)) for key in varying),
            *quantities.values(),
        ),
        settings=held,
        rows=rows,
        measured_by=runs[0].tool or None,
        trials=counted(runs, "trials per row", least, "trials") if least > 1 else None,
        tasks="tasks" if "tasks" in quantities else None,
        runs=RunMapping(
            path="",
            rows={
                row_name(row.levels): pattern_of(members)
                for row, members in zip(rows, sets, strict=True)
            },
            columns=sources,
        ),
    )


def _unit(name: str, levels: Mapping[str, Mapping[str, Level]]) -> str:
    """What a factor counts; none where its levels are words."""
    numbers = all(item[name].value is not None for item in levels.values())
    return (counted_things(name) or "1") if numbers else ""


def _level(run: Run, factor: str, name: str) -> dict[str, Level]:
    return {factor: run.settings[factor]} if factor else {"run": Level("run", name, None)}


def _in_order(
    sets: Sequence[Members], levels: Mapping[str, Mapping[str, Level]], factor: str
) -> list[Members]:
    """The rows by group, as these come first, and by the factor where it is a number."""
    seen: dict[tuple[str, ...], int] = {}

    def place(members: Members) -> tuple[tuple[float, ...], int, float]:
        found = levels[members[0].id]
        groups = [level for name, level in found.items() if name != factor]
        held = tuple(level.text for level in groups)
        sizes = tuple(level.value or 0.0 for level in groups)
        return sizes, seen.setdefault(held, len(seen)), found[factor].value or 0.0

    return sorted(sets, key=place)


def _over(column: Column, sets: Sequence[Members]) -> str:
    """How the trials of a row are combined: over their samples together, if they have any."""
    if all(len(members) == 1 for members in sets):
        return "single"
    pooled = column.statistic in ("mean", *EXTREMES) or percentile_of(column.statistic) is not None
    sampled = all(run.columns(column.measure) for members in sets for run in members)
    return "pooled" if pooled and sampled else "mean"


def _combined(
    row: Row, members: Members, sources: Mapping[str, ColumnSource], evidence: Evidence
) -> Row:
    """The row with the values of its trials together, and each trial's own."""
    if len(members) == 1:
        return row
    cells = {
        key: _over_trials(cell, sources[key], members, evidence) for key, cell in row.cells.items()
    }
    return replace(row, cells=cells)


def _over_trials(
    cell: Measurement, source: ColumnSource, members: Members, evidence: Evidence
) -> Measurement:
    if source.quantity not in COUNTED:  # the zeros of a run without a success measure nothing
        members = tuple(run for run in members if not run.without_success) or members
    repeated = len(members) > 1
    found = value_of(cell, source, members, evidence, repeated=repeated)
    if isinstance(found, Measurement):
        return found
    reported = [run.value(source.quantity, source.statistic) for run in members]
    known = [item.number for item in reported if item is not None and item.known]
    if len(known) < len(members):
        return replace(cell, value=None, text="", interval=None, grade=Grade.MISSING, reason=found)
    mean = sum(known) / len(known)
    whole = mean.is_integer() and len(set(known)) == 1
    return replace(
        cell,
        value=mean,
        text=cell.text if whole else "",
        interval=trials_interval(known) or Interval.exact(mean),
        formula=f"mean over {len(members)} trials as reported",
    )


def _quantities(runs: Sequence[Run]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for run in runs:
        for quantity, statistic, unit in reports_of(run).named():
            key = f"{quantity}_{statistic}" if statistic else quantity
            if key not in found:
                found[key] = Column(
                    key,
                    "measurement",
                    f"{statistic} {quantity}".strip().replace("_", " "),
                    unit=unit,
                    better=None if statistic == "count" else _BETTER.get(quantity),
                    measure=quantity,
                    statistic=statistic,
                )
    return found


def _row(
    experiment: str,
    line: int,
    members: Members,
    name: str,
    levels: Mapping[str, Mapping[str, Level]],
    varying: Sequence[str],
    quantities: Mapping[str, Column],
) -> Row:
    run = members[0]
    return Row(
        line=line,
        levels=levels[run.id],
        settings={key: run.settings.get(key, Level(key, "", None)) for key in varying},
        cells=_ReportedCells(experiment, run, name, quantities),
        adjusted={},
        notes={},
    )


class _ReportedCells(Cells):
    """What a run reports, as the cells of its row; what it does not report is missing."""

    __slots__ = ("_columns", "_run", "_table", "_texts")

    def __init__(self, experiment: str, run: Run, name: str, columns: Mapping[str, Column]) -> None:
        super().__init__({})
        self._table, self._run, self._columns = (experiment, name), run, columns
        self._texts: Mapping[tuple[str, str], str] | None = None
        self._names = columns

    def _make(self, name: str) -> Measurement:
        column, run = self._columns[name], self._run
        found = run.value(column.measure, column.statistic)
        return found or _missing(self._table[0], run, self._table[1], name, column)

    def text(self, name: str) -> str:
        if self._texts is None:
            self._texts = reports_of(self._run).texts()
        column = self._columns[name]
        return self._texts.get((column.measure, column.statistic), "")


def _missing(experiment: str, run: Run, name: str, key: str, column: Column) -> Measurement:
    """An empty cell: what other runs of the table report and this one does not."""
    return Measurement(
        id=f"runs/{slug(experiment)}/{slug(name)}/{slug(key)}",
        experiment=experiment,
        quantity=key,
        levels=(),
        value=None,
        text="",
        unit=column.unit,
        interval=None,
        grade=Grade.MISSING,
        title=column.title,
        provenance=Provenance(run.file, run.sha256, None, key, run.reader),
        reason="the run's file does not report it",
    )
