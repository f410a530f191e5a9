"""Raw runs as tables: one experiment per group of runs, one row per run.

Runs of one folder belong together; a folder of a single run joins those of its
neighbours. Repetitions of one setting, where the tool numbers them, are one row: its
percentiles and means are those of all their samples together, its other values means
over the trials. The factor is the numeric setting that tells the rows apart and stands
in the runs' names, else the run's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from writer.dataset import Dataset
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
from writer.model.run import Run, RunSet
from writer.statistics import trials_interval
from writer.verify.cells import value_of
from writer.verify.evidence import Evidence
from writer.verify.match import match_rows
from writer.verify.recompute import percentile_of
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
    taken = {run.id for members in match_rows(runs, dataset).values() for run in members}
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


def groups(runs: RunSet) -> dict[str, tuple[Run, ...]]:
    """Runs by the name of their table."""
    sizes = {name: len(members) for name, members in runs.groups().items()}
    found: dict[str, list[Run]] = {}
    for run in runs.runs:
        alone = sizes[run.group] == 1 and "/" in run.group
        name = run.group.rpartition("/")[0] if alone else run.group
        found.setdefault(name or "results", []).append(run)
    return {name: tuple(members) for name, members in found.items()}


Members = tuple[Run, ...]


def _experiment(name: str, runs: Members, evidence: Evidence | None) -> Experiment:
    sets = _trials(runs) if evidence is not None else [(run,) for run in runs]
    first = tuple(members[0] for members in sets)
    names = _names(name, sets)
    factor = _factor(first, names)
    varying = _varying(first)
    quantities = _quantities(runs)
    sources = {
        key: ColumnSource(column.measure, column.statistic, _over(column, sets))
        for key, column in quantities.items()
    }
    rows = tuple(
        _row(name, line, members, names[members[0].id], factor, varying, quantities)
        for line, members in enumerate(sets, 1)
    )
    if evidence is not None:
        rows = tuple(
            _combined(row, members, sources, evidence)
            for row, members in zip(rows, sets, strict=True)
        )
    title = factor or "run"
    held = {key: level for key, level in first[0].settings.items() if key not in varying}
    repeated = any(len(members) > 1 for members in sets)
    return Experiment(
        name=name,
        title=name,
        file=runs[0].file,
        factor=title,
        columns=(
            Column(title, "factor", title.replace("_", " "), unit="1" if factor else ""),
            *(Column(key, "setting", key.replace("_", " ")) for key in varying if key != factor),
            *quantities.values(),
        ),
        settings=held,
        rows=rows,
        measured_by=runs[0].tool or None,
        trials=counted(runs, "trials per row", min(map(len, sets)), "trials") if repeated else None,
        tasks="tasks" if "tasks" in quantities else None,
        runs=RunMapping(
            path="",
            rows={
                row.levels[title].text: _pattern(members)
                for row, members in zip(rows, sets, strict=True)
            },
            columns=sources,
        ),
    )


def _trials(runs: Members) -> list[Members]:
    """The runs of each row: the repetitions of one setting lie in a folder of their own."""
    found: dict[tuple[str, str], list[Run]] = {}
    for run in runs:
        folder = run.id.rpartition("/")[0] if run.trial else ""
        found.setdefault((folder, "" if folder else run.id), []).append(run)
    return [tuple(members) for members in found.values()]


def _pattern(members: Members) -> str:
    first = members[0].id
    return first if len(members) == 1 else first.rpartition("/")[0] + "/*"


def _over(column: Column, sets: Sequence[Members]) -> str:
    """How the trials of a row are combined: over their samples together, if they have any."""
    if all(len(members) == 1 for members in sets):
        return "single"
    pooled = column.statistic == "mean" or percentile_of(column.statistic) is not None
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
    found = value_of(cell, source, members, evidence, repeated=True)
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


def _names(group: str, sets: Sequence[Members]) -> dict[str, str]:
    """The path of each row's first run below its group; of its folder, if it has trials."""
    start = len(group) + 1
    found = {}
    for members in sets:
        run = members[0].id if len(members) == 1 else _pattern(members).removesuffix("/*")
        found[members[0].id] = run[start:] if run.startswith(f"{group}/") else run
    return found


def _varying(runs: Sequence[Run]) -> tuple[str, ...]:
    keys = dict.fromkeys(key for run in runs for key in run.settings)
    return tuple(
        key
        for key in keys
        if len({run.settings[key].text if key in run.settings else "" for run in runs}) > 1
    )


def _factor(runs: Sequence[Run], names: Mapping[str, str]) -> str:
    """A numeric setting with a level of its own per run, named in the run's name; or none."""
    for key in _varying(runs):
        levels = [run.settings.get(key) for run in runs]
        texts = [level.text for level in levels if level is not None and level.value is not None]
        named = all(
            level is not None and level.text in re.findall(r"\d+(?:\.\d+)?", names[run.id])
            for run, level in zip(runs, levels, strict=True)
        )
        if len(set(texts)) == len(runs) > 1 and named:
            return key
    return ""


def _quantities(runs: Sequence[Run]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for run in runs:
        for item in run.reported:
            key = f"{item.quantity}_{item.statistic}" if item.statistic else item.quantity
            if key not in found:
                found[key] = Column(
                    key,
                    "measurement",
                    f"{item.statistic} {item.quantity}".strip().replace("_", " "),
                    unit=item.measurement.unit,
                    better=None if item.statistic == "count" else _BETTER.get(item.quantity),
                    measure=item.quantity,
                    statistic=item.statistic,
                )
    return found


def _row(
    experiment: str,
    line: int,
    members: Members,
    name: str,
    factor: str,
    varying: Sequence[str],
    quantities: Mapping[str, Column],
) -> Row:
    run = members[0]
    level = run.settings[factor] if factor else Level("run", name, None)
    return Row(
        line=line,
        levels={factor or "run": level},
        settings={
            key: run.settings[key] for key in varying if key != factor and key in run.settings
        },
        cells={
            key: run.value(column.measure, column.statistic)
            or _missing(experiment, run, name, key, column)
            for key, column in quantities.items()
        },
        adjusted={},
        notes={},
    )


def _missing(experiment: str, run: Run, name: str, key: str, column: Column) -> Measurement:
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
        provenance=Provenance(run.file, run.sha256, None, key, run.reader),
        title=column.title,
        reason="the run's file does not report it",
    )
