"""Raw runs as tables: one experiment per group of runs, one row per run.

Runs of one folder belong together; a folder of a single run joins those of its
neighbours. The factor is the numeric setting that tells the runs apart and stands in
their names, else the run's name.
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
from writer.model.measurement import Grade, Measurement, slug
from writer.model.run import Run, RunSet
from writer.verify.match import match_rows

_BETTER = {"throughput": "higher", "latency": "lower", "completed": "higher", "balance": "higher"}


def dataset_of(runs: RunSet) -> Dataset:
    """Tables of what the runs report, each row bound to its run."""
    return Dataset(
        experiments={name: _experiment(name, members) for name, members in groups(runs).items()},
        setup={},
        files=dict(runs.files),
        title=runs.root,
    )


def unbound(dataset: Dataset, runs: RunSet) -> Dataset:
    """``dataset`` with a table for every group of runs that none of its tables speaks of."""
    taken = {run.id for members in match_rows(runs, dataset).values() for run in members}
    rest = dataset_of(replace(runs, runs=tuple(run for run in runs.runs if run.id not in taken)))
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


def _experiment(name: str, runs: tuple[Run, ...]) -> Experiment:
    names = _names(name, runs)
    factor = _factor(runs, names)
    varying = _varying(runs)
    quantities = _quantities(runs)
    rows = tuple(
        _row(name, line, run, names[run.id], factor, varying, quantities)
        for line, run in enumerate(runs, 1)
    )
    title = factor or "run"
    held = {key: level for key, level in runs[0].settings.items() if key not in varying}
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
        tasks="tasks" if "tasks" in quantities else None,
        runs=RunMapping(
            path="",
            rows={row.levels[title].text: run.id for row, run in zip(rows, runs, strict=True)},
            columns={
                key: ColumnSource(column.measure, column.statistic)
                for key, column in quantities.items()
            },
        ),
    )


def _names(group: str, runs: Sequence[Run]) -> dict[str, str]:
    """The run's path below its group."""
    start = len(group) + 1
    return {run.id: run.id[start:] if run.id.startswith(f"{group}/") else run.id for run in runs}


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
    run: Run,
    name: str,
    factor: str,
    varying: Sequence[str],
    quantities: Mapping[str, Column],
) -> Row:
    level = run.settings[factor] if factor else Level("run", name, None)
    return Row(
        line=line,
        levels={factor or "run": level},
        settings={
            key: run.settings[key] for key in varying if key != factor and key in run.settings
        },
        cells={
            key: run.value(column.measure, column.statistic)
            or _missing(experiment, name, key, column)
            for key, column in quantities.items()
        },
        adjusted={},
        notes={},
    )


def _missing(experiment: str, run: str, key: str, column: Column) -> Measurement:
    return Measurement(
        id=f"runs/{slug(experiment)}/{slug(run)}/{slug(key)}",
        experiment=experiment,
        quantity=key,
        levels=(),
        value=None,
        text="",
        unit=column.unit,
        interval=None,
        grade=Grade.MISSING,
        title=column.title,
        reason="the run's file does not report it",
    )
