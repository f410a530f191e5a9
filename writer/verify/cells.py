"""Hold each cell of a table against the runs behind it, and put the runs' values in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from writer.dataset import Dataset, ratio
from writer.model.cells import cells_of
from writer.model.experiment import ColumnSource, Experiment, Row, Sweep
from writer.model.interval import Interval
from writer.model.measurement import Measurement, Provenance
from writer.model.run import Run
from writer.model.unit import factor, unit
from writer.statistics import mean_interval, percentile_interval, trials_interval
from writer.verify.evidence import TOO_MANY, Evidence
from writer.verify.held import Borne, Held, HeldCell
from writer.verify.recompute import Given, Recomputed, Status, percentile_of

SLACK = 1e-9
"""Relative difference of floats that went through different orders of summation."""


def borne_out(dataset: Dataset, evidence: Evidence, *, intervals: bool = True) -> tuple[Borne, ...]:
    """Every measured cell of every table, in order, held against its runs.

    Args:
        dataset: the tables.
        evidence: of the runs.
        intervals: as for :func:`borne_by`.
    """
    return tuple(held(dataset.experiments.values(), evidence, intervals=intervals))


def borne_by(
    experiment: Experiment, evidence: Evidence, *, intervals: bool = True
) -> tuple[Borne, ...]:
    """Every measured cell of one table, in order, held against its runs.

    Args:
        intervals: as for :func:`held`.
    """
    return tuple(held([experiment], evidence, intervals=intervals))


def held(experiments: Iterable[Experiment], evidence: Evidence, *, intervals: bool = True) -> Held:
    """Every measured cell of several tables, in order, held against its runs.

    Args:
        experiments: the tables.
        evidence: of the runs.
        intervals: whether the values need the intervals that their samples support,
            which takes most of the time.
    """

    def judged(cell: HeldCell, *, several: bool = False) -> Borne:
        return _cell(cell, evidence, intervals=intervals, repeated=several)

    found = Held(judged)
    for experiment in experiments:
        for row in experiment.rows:
            _hold(found, experiment, row, evidence, judged)
    return found


def invented(experiment: Experiment, cells: Sequence[Borne]) -> tuple[Borne, ...]:
    """The values that the source proposes, each held against what the runs give in its place.

    Args:
        experiment: the table.
        cells: its measured cells, held against the runs.
    """
    given = {item.cell.id: item for item in cells}
    return tuple(
        _proposed(adjusted, _in_place_of(name, adjusted, row, sweep, given))
        for sweep in experiment.sweeps()
        for row in sweep.rows
        for name, adjusted in row.adjusted.items()
        if adjusted.value is not None
    )


def _in_place_of(
    name: str, adjusted: Measurement, row: Row, sweep: Sweep, given: Mapping[str, Borne]
) -> Borne | None:
    """What the runs give for the cell; for ``speedup(x)``, for the ratio to the baseline's."""
    match = re.fullmatch(r"speedup\((\w+)\)", name)
    if match is None:
        return given.get(adjusted.counterpart or "")
    baseline = sweep.experiment.baseline
    levels = {**dict(sweep.group), sweep.factor: baseline}
    base = None if baseline is None else sweep.experiment.row(**levels)
    if base is None or match[1] not in row.cells:
        return None
    over, under = given.get(row.cells[match[1]].id), given.get(base.cells[match[1]].id)
    if over is None or under is None or over.value is None or under.value is None:
        return None
    if not under.value.number:
        return None
    return replace(over, value=ratio(over.value, under.value), reason="ratio of what the runs give")


def _proposed(adjusted: Measurement, real: Borne | None) -> Borne:
    if real is None or real.value is None:
        return Borne(adjusted, None, "invented, and no run gives this value")
    bounds = adjusted.interval or Interval.exact(adjusted.value or 0.0)
    agrees = real.value.number in bounds
    return Borne(adjusted, real.value, f"invented; {real.reason}", real.runs, real.samples, agrees)


class _Judge(Protocol):
    def __call__(self, cell: HeldCell, *, several: bool = False) -> Borne: ...


def _hold(
    found: Held, experiment: Experiment, row: Row, evidence: Evidence, judged: _Judge
) -> None:
    """Hold the measured cells of a row against its runs."""
    runs = evidence.of(experiment, row)
    given = evidence.given(runs[0]) if len(runs) == 1 else {}
    sources = experiment.runs.columns if experiment.runs and runs else {}
    cells = cells_of(row.cells)
    for name in cells:
        source = sources.get(name)
        bounds = cells.bounds(name)
        if bounds is None:
            continue
        if source is None:
            reason = "the descriptor names no runs for this cell"
            found.judge(Borne(cells[name], None, reason))
        elif _clearly_within(bounds, cells.unit(name), source, given):
            found.agree(HeldCell(cells, name, source, runs))
        else:
            several = repeated(experiment, runs)
            found.judge(judged(HeldCell(cells, name, source, runs), several=several))


def _clearly_within(
    bounds: tuple[float, float],
    symbol: str,
    source: ColumnSource,
    given: Mapping[tuple[str, str], Given],
) -> bool:
    """Whether :func:`_cell` is bound to find that the cell agrees.

    The number of its one run lies within the cell's digits, with half the slack that is
    granted: the bounds are true to a few ulps.
    """
    number, of = given.get((source.quantity, source.statistic), (None, ""))
    scale = None if number is None else factor(of, symbol)
    if number is None or scale is None or source.over == "pooled":
        return False
    low, high = bounds
    value = number * scale
    slack = abs(value) * SLACK / 2
    return low - slack <= value <= high + slack


def repeated(experiment: Experiment, runs: Sequence[Run]) -> bool:
    """Whether the runs of a row are trials of it: as many as the descriptor says, or numbered."""
    if len(runs) < 2:
        return False
    trials = experiment.trials
    numbered = all(run.trial for run in runs)
    return numbered or (trials is not None and trials.number == len(runs))


def _cell(item: HeldCell, evidence: Evidence, *, intervals: bool, repeated: bool) -> Borne:
    cell, source, runs = item.cells[item.name], item.source, item.runs
    found = value_of(cell, source, runs, evidence, intervals=intervals, repeated=repeated)
    if isinstance(found, str):
        return Borne(cell, None, found, len(runs))
    agrees = _within(found.number, cell) or _as_reported(cell, source, runs, evidence)
    count = sum(_count(run, source, evidence) for run in runs)
    return Borne(cell, found, found.formula or "", len(runs), count, agrees)


def _as_reported(
    cell: Measurement, source: ColumnSource, runs: Sequence[Run], evidence: Evidence
) -> bool:
    """Whether a cell is what the runs report, where that follows from their samples.

    Samples that were stored rounded give another number beyond their last decimal.
    """
    parts = [evidence.value(run, source.quantity, source.statistic) for run in runs]
    values = [
        part.measurement.value for part in parts if part is not None and part.status is Status.RAW
    ]
    given = [value for value in values if value is not None]
    if source.over == "pooled" or len(given) < len(parts):
        return False
    first = evidence.value(runs[0], source.quantity, source.statistic)
    scale = None if first is None else factor(first.measurement.unit, cell.unit)
    return scale is not None and _within(combined(given, source.over) * scale, cell)


def value_of(
    cell: Measurement,
    source: ColumnSource,
    runs: Sequence[Run],
    evidence: Evidence,
    *,
    intervals: bool = True,
    repeated: bool = False,
) -> Measurement | str:
    """What the runs give for a cell, or why they give nothing.

    Args:
        cell: names the value and its unit.
        source: what of a run it holds, and how runs are combined.
        runs: behind it.
        evidence: their samples.
        intervals: whether the samples' interval is needed.
        repeated: whether the runs are trials of one setting.
    """
    parts = [evidence.value(run, source.quantity, source.statistic) for run in runs]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not known:
        what = f"{source.quantity} {source.statistic}".strip()
        return f"a run reports no {what}"
    if source.over == "single" and len(parts) > 1:
        return f"{len(parts)} runs stand behind a cell of one"
    scale = factor(known[0].measurement.unit, cell.unit)
    if scale is None:
        return f"the runs report {known[0].measurement.unit}"
    if source.over == "pooled":
        return _pooled(cell, source, runs, known, evidence)
    values = [part.given for part in known]
    if any(value is None for value in values):
        return known[values.index(None)].method
    given = [value for value in values if value is not None]
    alive = _succeeded(cell, source, runs, known, scale)
    if alive:
        return value_of(
            cell, source, alive, evidence, intervals=intervals, repeated=repeated and len(alive) > 1
        )
    interval = (
        trials_interval(given)
        if repeated and source.over == "mean"
        else _interval(source, runs, known, evidence)
        if intervals
        else None
    )
    value = combined(given, source.over)
    return _raw(cell, value * scale, interval, scale, source, runs, known)


EXTREMES = ("min", "max")

COUNTED = ("tasks", "completed", "failed", "duration")
"""What a run in which nothing succeeded still measures."""


def _succeeded(
    cell: Measurement,
    source: ColumnSource,
    runs: Sequence[Run],
    known: Sequence[Recomputed],
    scale: float,
) -> tuple[Run, ...]:
    """The runs with a success, where the cell is their mean and not that with others' zeros."""
    if source.over != "mean" or not cell.known or len(known) < 2:
        return ()
    pairs = [(run, part) for run, part in zip(runs, known, strict=True) if not run.without_success]
    if not 0 < len(pairs) < len(known):
        return ()
    every = combined([part.given or 0.0 for part in known], "mean") * scale
    some = combined([part.given or 0.0 for _, part in pairs], "mean") * scale
    meant = _within(some, cell) and not _within(every, cell)
    return tuple(run for run, _ in pairs) if meant else ()


def _within(value: float, cell: Measurement) -> bool:
    """Whether a value is what a cell says, to its printed digits."""
    slack = abs(value) * SLACK
    return cell.span.lo - slack <= value <= cell.span.hi + slack


def _pooled(
    cell: Measurement,
    source: ColumnSource,
    runs: Sequence[Run],
    known: Sequence[Recomputed],
    evidence: Evidence,
) -> Measurement | str:
    """A mean, percentile or extreme of all samples of the runs together."""
    import numpy as np

    columns = [columns[0] for run in runs if (columns := run.columns(source.quantity))]
    percentile = percentile_of(source.statistic)
    extreme = source.statistic in EXTREMES
    known_kind = extreme or percentile is not None or source.statistic == "mean"
    if len(columns) < len(runs) or not known_kind:
        return f"no samples whose {source.statistic or 'value'} could be pooled"
    if not evidence.loadable(runs, source.quantity):
        return TOO_MANY
    data = evidence.pooled(runs, source.quantity)
    scale = factor(columns[0].unit, cell.unit)
    if scale is None or not len(data):
        return "no task succeeded" if scale is not None else f"the samples are {columns[0].unit}"
    if extreme:  # of these samples it is exact, and of others they say nothing
        value = float(data.max() if source.statistic == "max" else data.min())
        return _raw(cell, value * scale, None, scale, source, runs, known)
    value = float(data.mean() if percentile is None else np.percentile(data, percentile))
    interval = mean_interval(data) if percentile is None else percentile_interval(data, percentile)
    return _raw(cell, value * scale, interval, scale, source, runs, known)


def _count(run: Run, source: ColumnSource, evidence: Evidence) -> int:
    part = evidence.value(run, source.quantity, source.statistic)
    return 0 if part is None else part.count


def combined(values: Sequence[float], over: str) -> float:
    """Several runs' values as one: their sum, maximum or mean."""
    if over == "sum":
        return sum(values)
    if over == "max":
        return max(values)
    return sum(values) / len(values)


def _interval(
    source: ColumnSource, runs: Sequence[Run], known: Sequence[Recomputed], evidence: Evidence
) -> Interval | None:
    """What the samples of one run support; combined runs have no interval of their own."""
    columns = runs[0].columns(source.quantity)
    if len(runs) != 1 or not columns or not known[0].count:
        return None
    if not evidence.loadable(runs, source.quantity):
        return None
    data = evidence.pooled(runs, source.quantity)
    scale = factor(columns[0].unit, known[0].measurement.unit)
    if scale is None:
        return None
    percentile = percentile_of(source.statistic)
    found = (
        mean_interval(data)
        if source.statistic == "mean"
        else None
        if percentile is None
        else percentile_interval(data, percentile)
    )
    return None if found is None else found.scaled(scale)


def _raw(
    cell: Measurement,
    value: float,
    interval: Interval | None,
    scale: float,
    source: ColumnSource,
    runs: Sequence[Run],
    known: Sequence[Recomputed],
) -> Measurement:
    """The cell's measurement as recomputed: same id, grade ``raw``, place of the samples."""
    what = f"{source.statistic} of {source.quantity}" if source.statistic else source.quantity
    method = f"{what} recomputed from {runs[0].id}"
    if len(runs) > 1:
        method = f"{source.over} of {what} over {len(runs)} runs from {runs[0].id}"
    place = _place(runs[0], known[0])
    spread = None if interval is None else interval.scaled(scale)
    return cell.recomputed(
        value, _exact(value, cell.unit), spread or Interval.exact(value), place, method
    )


def _exact(value: float, symbol: str) -> str:
    """A count prints whole; other values as exactly as their interval allows."""
    whole = float(value).is_integer() and unit(symbol).dimension.startswith("count:")
    return str(int(value)) if whole else ""


def _place(run: Run, part: Recomputed) -> Provenance:
    samples = next(iter(run.columns(part.reported.quantity)), None)
    if samples is None or not part.count:
        given = part.measurement.provenance
        assert given is not None  # noqa: S101 - reported values carry their place
        return given
    return Provenance(samples.file, samples.sha256, None, samples.column, run.reader)
