"""Raw runs as tables: one experiment per group of runs, one row per run.

Runs of one folder belong together; a folder of a single row joins those of its
neighbours. Repetitions of one setting, where the tool or the runs' names number them, are
one row: its percentiles and means are those of all their samples together, its other values
means over the trials. The factor is the numeric setting that tells the rows apart and stands
in the runs' names, else the run's name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
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
from writer.setting_names import (
    counted_things,
    in_words,
    is_label,
    trial_pattern,
    without_trial,
    words_of,
)
from writer.statistics import trials_interval
from writer.verify.cells import COUNTED, value_of, without_success
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


def groups(runs: RunSet) -> dict[str, tuple[Run, ...]]:
    """Runs by the name of their table."""
    keys = _keys(runs.runs)
    rows: dict[str, set[str]] = {}
    for run in runs.runs:
        rows.setdefault(_folder(run), set()).add(keys[run.id])
    alone = {name for name, of_folder in rows.items() if len(of_folder) == 1}
    several = sum("/" not in name for name in alone) > 1
    found: dict[str, list[Run]] = {}
    for run in runs.runs:
        name = _folder(run)
        joins = name in alone and ("/" in name or several)
        found.setdefault((name.rpartition("/")[0] if joins else name) or "results", []).append(run)
    return {name: tuple(members) for name, members in found.items()}


def _folder(run: Run) -> str:
    """The run's folder; one that only numbers repetitions stands for the folder around it."""
    given = without_trial(run.group) if run.trial else run.group
    return "/".join(step for step in given.split("/") if step != "*")


def _keys(runs: Sequence[Run]) -> dict[str, str]:
    """By id, the pattern that repetitions of one setting share, or the run's own id.

    Runs that a pattern would join although they state unlike settings, or are no repetitions,
    stay apart.
    """
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(_path(run), []).append(run)
    ids = sorted(run.id for run in runs)
    return {
        run.id: path if _one_setting(members) and _only(path, members, ids) else run.id
        for path, members in found.items()
        for run in members
    }


def _path(run: Run) -> str:
    if not run.trial:
        return run.id
    path = trial_pattern(run.id)
    return run.id.rpartition("/")[0] + "/*" if path == run.id else path


def _one_setting(runs: Sequence[Run]) -> bool:
    """Whether no setting has two values; a run that does not state one contradicts none."""
    stated: dict[str, set[str]] = {}
    for run in runs:
        for key, level in run.settings.items():
            if not is_label(key) and run.trial:
                stated.setdefault(key, set()).add(level.text)
    return all(len(texts) == 1 for texts in stated.values())


def _only(path: str, members: Sequence[Run], ids: Sequence[str]) -> bool:
    """Whether a pattern finds its runs and no others."""
    if "*" not in path:
        return True
    first = path.partition("*")[0]
    near = ids[bisect_left(ids, first) : bisect_right(ids, first + chr(0x10FFFF))]
    expression = re.compile("[^/]*".join(map(re.escape, path.split("*"))))
    return sum(bool(expression.fullmatch(name)) for name in near) == len(members)


Members = tuple[Run, ...]


def _experiment(name: str, runs: Members, evidence: Evidence | None) -> Experiment:
    sets = _trials(runs) if evidence is not None else [(run,) for run in runs]
    names = _names(name, sets)
    factor = _factor(tuple(members[0] for members in sets), names)
    if factor:
        sets = sorted(sets, key=lambda members: members[0].settings[factor].value or 0.0)
    first = tuple(members[0] for members in sets)
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
    least = min(map(len, sets))
    return Experiment(
        name=name,
        title=name,
        file=runs[0].file,
        factor=title,
        columns=(
            Column(title, "factor", in_words(title), unit=_unit(factor) if factor else ""),
            *(Column(key, "setting", in_words(key)) for key in varying if key != factor),
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
                row.levels[title].text: _pattern(members)
                for row, members in zip(rows, sets, strict=True)
            },
            columns=sources,
        ),
    )


def _unit(factor: str) -> str:
    return counted_things(factor) or "1"


def _trials(runs: Members) -> list[Members]:
    """The runs of each row, in the order of the first of each."""
    keys = _keys(runs)
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(keys[run.id], []).append(run)
    return [tuple(members) for members in found.values()]


def _pattern(members: Members) -> str:
    return members[0].id if len(members) == 1 else _path(members[0])


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
    if source.quantity not in COUNTED:  # the zeros of a run without a success measure nothing
        members = tuple(run for run in members if not without_success(run)) or members
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


_STAR = re.compile(r"[-_./]*[a-zA-Z]*[-_=.]?\*")


def _names(group: str, sets: Sequence[Members]) -> dict[str, str]:
    """The path of each row's first run below its group; of its folder, if it has trials."""
    start = len(group) + 1
    found = {}
    for members in sets:
        path = _path(members[0]) if len(members) > 1 else members[0].id
        run = _STAR.sub("", path).strip("/") or "all"
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
    """A numeric setting with a level of its own per run, named in the run's name; or none.

    Of several, the first whose own words stand in every name.
    """
    found = [key for key in _varying(runs) if not is_label(key) and _tells_apart(key, runs, names)]
    spoken = [key for key in found if all(_speaks(names[run.id], key) for run in runs)]
    return next(iter((*spoken, *found)), "")


def _tells_apart(key: str, runs: Sequence[Run], names: Mapping[str, str]) -> bool:
    levels = [run.settings.get(key) for run in runs]
    texts = [level.text for level in levels if level is not None and level.value is not None]
    named = all(
        level is not None and level.text in re.findall(r"\d+(?:\.\d+)?", names[run.id])
        for run, level in zip(runs, levels, strict=True)
    )
    return len(set(texts)) == len(runs) > 1 and named


def _speaks(name: str, key: str) -> bool:
    """Whether a name has all words of a setting's name: ``mixed_nodes16`` of ``num_nodes``."""
    return words_of(key) <= words_of(re.sub(r"\d+(?:\.\d+)?", "_", name))


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
            key: run.settings.get(key, Level(key, "", None)) for key in varying if key != factor
        },
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
