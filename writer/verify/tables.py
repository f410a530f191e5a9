"""The project's tables with what their runs give in the place of what was printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from writer.dataset import Dataset
from writer.model.experiment import Column, Experiment, Row
from writer.model.measurement import Grade, Measurement
from writer.model.run import Run, Samples
from writer.verify.cells import COUNTED, borne_out, repeated, value_of
from writer.verify.evidence import TOO_MANY, Evidence
from writer.verify.overlap import once, overlaps
from writer.verify.recompute import percentile_of
from writer.verify.values import counted, made


def with_runs(dataset: Dataset, evidence: Evidence) -> Dataset:
    """The dataset with each cell that runs stand behind replaced by what they give."""
    found = {
        item.cell.id: item.value for item in borne_out(dataset, evidence) if item.value is not None
    }
    experiments = {
        name: replace(
            experiment,
            rows=tuple(_with(experiment, row, found, evidence) for row in experiment.rows),
            basis=_basis(experiment, evidence),
        )
        for name, experiment in dataset.experiments.items()
    }
    return replace(dataset, experiments=experiments, files={**dataset.files, **evidence.runs.files})


def _basis(experiment: Experiment, evidence: Evidence) -> dict[str, Measurement]:
    """How many samples and runs stand behind the rows, for the captions."""
    sizes = {}
    for row in experiment.rows:
        runs = evidence.of(experiment, row)
        columns = [samples for run in runs if (samples := _behind(run, evidence)) is not None]
        count = sum(evidence.summary(samples).count for samples in columns)
        if count:
            sizes[row.line] = (count, runs)
    if not sizes:
        several = [runs for row in experiment.rows if len(runs := evidence.of(experiment, row)) > 1]
        widest = max(several, key=len, default=())
        return {"runs": counted(widest, "runs of the row", len(widest))} if widest else {}
    least, most = min(sizes.values(), key=_first), max(sizes.values(), key=_first)
    widest = max((runs for _, runs in sizes.values()), key=len)
    return {
        "least": counted(least[1], "samples of the row", least[0], "samples"),
        "most": counted(most[1], "samples of the row", most[0], "samples"),
        "runs": counted(widest, "runs of the row", len(widest)),
    }


def _behind(run: Run, evidence: Evidence) -> Samples | None:
    """The samples that a row rests on: of the latency, else of what the run samples first."""
    latency = evidence.latency(run)
    return latency if latency is not None else next(iter(run.samples), None)


def _first(item: tuple[int, tuple[Run, ...]]) -> int:
    return item[0]


def _with(
    experiment: Experiment, row: Row, found: dict[str, Measurement], evidence: Evidence
) -> Row:
    cells = {name: found.get(cell.id, cell) for name, cell in row.cells.items()}
    runs = evidence.of(experiment, row)
    if runs and all(run.without_success for run in runs):
        cells = {name: _unmeasured(experiment.column(name), cell) for name, cell in cells.items()}
    return replace(
        row,
        cells=cells,
        trials=trials_of(experiment, row, evidence),
        together=_together(experiment, row, evidence),
    )


def _unmeasured(column: Column, cell: Measurement) -> Measurement:
    """The cell of a row in which no task succeeded: the zero in the file measures nothing."""
    if column.measure in COUNTED or not cell.known:
        return cell
    return replace(
        cell,
        value=None,
        text="",
        interval=None,
        grade=Grade.MISSING,
        reason="no task succeeded in the runs of this row",
    )


def _together(experiment: Experiment, row: Row, evidence: Evidence) -> dict[str, Measurement]:
    """See :attr:`writer.model.experiment.Row.together`."""
    runs = [run for run in evidence.of(experiment, row) if not run.without_success]
    if experiment.runs is None or not runs or repeated(experiment, evidence.of(experiment, row)):
        return {}
    found = {}
    combined = len(evidence.of(experiment, row)) > 1
    shared = combined and bool(overlaps(evidence, runs))
    for name, source in experiment.runs.columns.items():
        cell = row.cells.get(name)
        if cell is None or not cell.known or not combined:
            continue
        value: Measurement | str = ""
        if source.over == "mean" and percentile_of(source.statistic) is not None:
            value = value_of(cell, replace(source, over="pooled"), runs, evidence)
        elif shared and source.quantity == "throughput" and source.over in ("sum", "mean"):
            value = _counted_once(cell, runs, evidence)
        if isinstance(value, Measurement):
            found[name] = replace(value, id=f"{cell.id}/together")
    return found


def _counted_once(cell: Measurement, runs: Sequence[Run], evidence: Evidence) -> Measurement | str:
    """Tasks that any of the runs recorded, each counted once, over the longest duration."""
    durations = [item.number for run in runs if (item := run.value("duration")) and item.known]
    if len(durations) < len(runs) or max(durations) <= 0:
        return "a run reports no duration"
    together = once(evidence, runs)
    if together is None:
        return TOO_MANY
    rate = together / max(durations)
    return made(runs, "tasks counted once over the longest duration", rate, cell.unit)


def trials_of(
    experiment: Experiment, row: Row, evidence: Evidence
) -> dict[str, tuple[Measurement, ...]]:
    """What each trial of a row gave, by column, where the runs behind it are trials."""
    runs = evidence.of(experiment, row)
    if experiment.runs is None or not repeated(experiment, runs):
        return {}
    found = {}
    for name, source in experiment.runs.columns.items():
        if source.over not in ("mean", "pooled") or name not in row.cells:
            continue
        single = replace(source, over="single")
        values = [
            value_of(row.cells[name], single, (run,), evidence, intervals=False) for run in runs
        ]
        known = tuple(
            replace(value, id=f"{value.id}/trial-{run.trial or number}")
            for number, (run, value) in enumerate(zip(runs, values, strict=True), 1)
            if not isinstance(value, str)
        )
        if len(known) == len(runs):
            found[name] = known
    return found
