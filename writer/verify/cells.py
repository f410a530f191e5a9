"""Hold each cell of a table against the runs behind it, and put the runs' values in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from writer.dataset import Dataset
from writer.model.experiment import ColumnSource, Experiment, Row
from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance
from writer.model.run import Run
from writer.model.unit import factor, unit
from writer.samples import MAX_LOADED
from writer.statistics import mean_interval, percentile_interval
from writer.verify.evidence import Evidence
from writer.verify.recompute import Recomputed, Status, percentile_of
from writer.verify.values import counted


@dataclass(frozen=True, slots=True)
class Borne:
    """One cell and what its runs give.

    Attributes:
        cell: as the table has it.
        value: from the runs, with its interval if samples support one; None if not.
        reason: why there is no value, or how it was computed.
        runs: how many runs stand behind it.
        samples: how many samples.
        agrees: whether the runs bear the cell out to its printed digits.
    """

    cell: Measurement
    value: Measurement | None
    reason: str
    runs: int = 0
    samples: int = 0
    agrees: bool = False


def borne_out(dataset: Dataset, evidence: Evidence, *, intervals: bool = True) -> tuple[Borne, ...]:
    """Every measured cell of every table, in order, held against its runs.

    Args:
        dataset: the tables.
        evidence: of the runs.
        intervals: as for :func:`borne_by`.
    """
    return tuple(
        found
        for experiment in dataset.experiments.values()
        for found in borne_by(experiment, evidence, intervals=intervals)
    )


def borne_by(
    experiment: Experiment, evidence: Evidence, *, intervals: bool = True
) -> tuple[Borne, ...]:
    """Every measured cell of one table, in order, held against its runs.

    Args:
        intervals: whether the values need the intervals that their samples support,
            which takes most of the time.
    """
    return tuple(
        found
        for row in experiment.rows
        for found in _row(experiment, row, evidence, intervals=intervals)
    )


def _row(
    experiment: Experiment, row: Row, evidence: Evidence, *, intervals: bool
) -> Iterator[Borne]:
    runs = evidence.of(experiment, row)
    for name, cell in row.cells.items():
        source = experiment.runs.columns.get(name) if experiment.runs else None
        if not cell.known:
            continue
        if source is None or not runs:
            yield Borne(cell, None, "the descriptor names no runs for this cell")
            continue
        yield _cell(cell, source, runs, evidence, intervals=intervals)


def _cell(
    cell: Measurement,
    source: ColumnSource,
    runs: Sequence[Run],
    evidence: Evidence,
    *,
    intervals: bool,
) -> Borne:
    parts = [evidence.value(run, source.quantity, source.statistic) for run in runs]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or (source.over == "single" and len(parts) > 1):
        what = f"{source.quantity} {source.statistic}".strip()
        reason = (
            f"{len(parts)} runs stand behind a cell of one"
            if len(known) == len(parts)
            else f"a run reports no {what}"
        )
        return Borne(cell, None, reason, len(runs))
    values = [_value(part) for part in known]
    if any(value is None for value in values):
        return Borne(cell, None, known[values.index(None)].method, len(runs))
    value = combined([value for value in values if value is not None], source.over)
    scale = factor(known[0].measurement.unit, cell.unit)
    if scale is None:
        return Borne(cell, None, f"the runs report {known[0].measurement.unit}", len(runs))
    interval = _interval(source, runs, known, evidence) if intervals else None
    raw = _raw(cell, value * scale, interval, scale, source, runs, known)
    slack = abs(value * scale) * 1e-9
    agrees = cell.span.lo - slack <= value * scale <= cell.span.hi + slack
    count = sum(item.count for item in known)
    return Borne(cell, raw, raw.formula or "", len(runs), count, agrees)


def _value(part: Recomputed) -> float | None:
    """The recomputed value; a run without a success keeps the zero that it reports."""
    if part.status is Status.NO_SAMPLES:
        return part.measurement.value
    return part.corrected


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
    if len(runs) != 1 or source.quantity != "latency" or not known[0].count:
        return None
    samples = evidence.latency(runs[0])
    if samples is None or evidence.summary(samples).count > MAX_LOADED:
        return None
    data = evidence.pooled(runs)
    scale = factor(samples.unit, known[0].measurement.unit)
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
    return replace(
        cell,
        value=value,
        text=_exact(value, cell.unit),
        interval=spread or Interval.exact(value),
        grade=Grade.RAW,
        provenance=place,
        formula=method,
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


def with_runs(dataset: Dataset, evidence: Evidence) -> Dataset:
    """The dataset with each cell that runs stand behind replaced by what they give."""
    found = {
        item.cell.id: item.value for item in borne_out(dataset, evidence) if item.value is not None
    }
    experiments = {
        name: replace(
            experiment,
            rows=tuple(_with(row, found) for row in experiment.rows),
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
        columns = [samples for run in runs if (samples := evidence.latency(run)) is not None]
        count = sum(evidence.summary(samples).count for samples in columns)
        if count:
            sizes[row.line] = (count, runs)
    if not sizes:
        return {}
    least, most = min(sizes.values(), key=_first), max(sizes.values(), key=_first)
    widest = max((runs for _, runs in sizes.values()), key=len)
    return {
        "least": counted(least[1], "samples of the row", least[0], "samples"),
        "most": counted(most[1], "samples of the row", most[0], "samples"),
        "runs": counted(widest, "runs of the row", len(widest)),
    }


def _first(item: tuple[int, tuple[Run, ...]]) -> int:
    return item[0]


def _with(row: Row, found: dict[str, Measurement]) -> Row:
    return replace(row, cells={name: found.get(cell.id, cell) for name, cell in row.cells.items()})
