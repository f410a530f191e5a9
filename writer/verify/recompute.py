"""Recompute a run's summary values from its samples, counts and durations."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from writer.model.interval import Interval
from writer.model.measurement import Measurement
from writer.model.run import Reported, Run, Samples
from writer.model.unit import factor
from writer.samples import Key, Summary, key, load, loadable
from writer.statistics import percentile_methods
from writer.verify import box_plot
from writer.verify.formulas import FORMULAS
from writer.verify.resolution import printed, printed_throughput, slack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AGREEMENT = 1e-4
"""Largest relative difference that counts as the same: files store samples with two or
three decimals, and tools sum in different orders."""

SAME = 1e-9
"""Relative difference of two floats that went through different orders of summation."""

FACTORS = (1e3, 1e-3, 1e6, 1e-6, 1e9, 1e-9, 60.0, 1 / 60, 3600.0, 1 / 3600, 100.0, 0.01)
"""Constant factors between units of one quantity: a value off by one of them was
converted once too often or not at all."""

PER_CENT = (100.0, 0.01)
"""Factors between a share and per cent, for values that follow from counts."""


class Status(StrEnum):
    """What recomputing a reported value came to."""

    RAW = "raw"
    UNIT = "another unit"
    MISMATCH = "mismatch"
    NO_SAMPLES = "no samples"
    NO_METHOD = "not recomputable"


Given = tuple[float | None, str]
"""What a run gives for a value: a number, None where there is none, and its unit."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A reported value and what its samples give.

    Attributes:
        run: id of the run.
        reported: the value in the result file.
        value: recomputed, in the reported unit as the samples declare theirs; None
            where nothing could be recomputed.
        status: the outcome.
        method: how it was computed, e.g. ``linear percentile``; a reason where not.
        scale: for ``another unit``, reported over recomputed.
        count: samples behind it.
        matches: of a percentile, every method that gives what was reported, with what it
            gives, in the units of ``value``.
    """

    run: str
    reported: Reported
    value: float | None
    status: Status
    method: str
    scale: float = 1.0
    count: int = 0
    matches: tuple[tuple[str, float], ...] = ()

    @property
    def measurement(self) -> Measurement:
        return self.reported.measurement

    @property
    def corrected(self) -> float | None:
        """The recomputed value in the reported unit, a constant factor taken out."""
        return None if self.value is None else self.value * self.scale

    @property
    def given(self) -> float | None:
        """The recomputed value; a run without a success keeps the zero that it reports.

        In the declared unit where counts give it: it is the reported value that is in another.
        """
        if self.status is Status.NO_SAMPLES:
            return self.measurement.value
        return self.corrected if self.count else self.value

    @property
    def difference(self) -> float | None:
        """Reported minus recomputed, as a share of the recomputed."""
        value = self.corrected
        if value is None or self.measurement.value is None:
            return None
        return (self.measurement.value - value) / abs(value) if value else self.measurement.value


def agrees(one: float, other: float) -> bool:
    """Whether two values are the same to :data:`AGREEMENT`."""
    return math.isclose(one, other, rel_tol=AGREEMENT, abs_tol=1e-12)


def recompute(run: Run, summaries: Mapping[Key, Summary]) -> tuple[Recomputed, ...]:
    """Every value that the run reports, recomputed where its files allow it."""
    first = [_per_cent(run, _as_printed(run, _one(run, item, summaries))) for item in run.reported]
    off = [item for item in first if item.status is Status.MISMATCH and item.count]
    if not off:
        return tuple(first)
    halves = {item.measurement.id: printed(run, item.measurement).width / 2 for item in off}
    scale = _common_factor(off, {}, halves)
    if scale and all(_off_by(item, scale, 0.0, halves[item.measurement.id]) for item in off):
        return tuple(_rescaled(item, scale, {}, halves) for item in first)
    slacks = _slacks(run, off, summaries)
    rounded = tuple(_rounded(item, slacks) for item in first)
    off = [item for item in rounded if item.status is Status.MISMATCH and item.count]
    scale = _common_factor(off, slacks, halves)
    if not scale:
        return rounded
    return tuple(_rescaled(item, scale, slacks, halves) for item in rounded)


def _as_printed(run: Run, item: Recomputed) -> Recomputed:
    """The item as following from its sources, if it does to the digits that the run prints."""
    if item.status is not Status.MISMATCH or item.value is None:
        return item
    given = Interval.exact(item.value)
    if item.reported.quantity == "throughput" and not item.count:
        given = printed_throughput(run) or given
    return replace(item, status=Status.RAW) if given.meets(printed(run, item.measurement)) else item


def _per_cent(run: Run, item: Recomputed) -> Recomputed:
    """A balance as reported in per cent, or as a share of one, if it follows so."""
    if item.status is not Status.MISMATCH or item.reported.quantity != "balance":
        return item
    half = printed(run, item.measurement).width / 2
    scale = next((one for one in PER_CENT if _off_by(item, one, 0.0, half)), None)
    return item if scale is None else replace(item, status=Status.UNIT, scale=scale)


def _slacks(
    run: Run, items: list[Recomputed], summaries: Mapping[Key, Summary]
) -> dict[str, float]:
    """By id of a reported value, how far it may be off because its samples are stored rounded."""
    found: dict[str, float] = {}
    known: dict[str, float] = {}
    for item in items:
        columns = run.columns(item.reported.quantity)
        scale = factor(columns[0].unit, item.measurement.unit) if columns else None
        if scale is None or item.reported.statistic in ("", "count"):  # a count is not rounded
            continue
        if item.reported.quantity not in known:
            known[item.reported.quantity] = slack(columns[0], summaries[key(columns[0])])
        found[item.measurement.id] = known[item.reported.quantity] * scale
    return found


def _rounded(item: Recomputed, slacks: Mapping[str, float]) -> Recomputed:
    """The item as following from its samples, if it does but for how these are rounded."""
    reported = item.measurement.value
    if item.status is not Status.MISMATCH or not item.count or item.value is None:
        return item
    off = abs((reported or 0.0) - item.value)
    if reported is None or off > slacks.get(item.measurement.id, 0.0) * (1.0 + SAME):
        return item
    return replace(item, status=Status.RAW, method=f"{item.method}, of rounded samples")


def _one(run: Run, item: Reported, summaries: Mapping[Key, Summary]) -> Recomputed:
    for found in _sources(run, item, summaries):
        return found
    return Recomputed(run.id, item, None, Status.NO_METHOD, "no samples and no formula for it")


def _sources(run: Run, item: Reported, summaries: Mapping[Key, Summary]) -> Iterator[Recomputed]:
    formula = FORMULAS.get((item.quantity, item.statistic))
    if formula is not None:
        value, method = formula(run, summaries)
        if value is not None:
            yield _compared(run, item, value, method, 0)
            return
    columns = run.columns(item.quantity)
    if not columns or not item.statistic:
        return
    summary = summaries[key(columns[0])]
    if not summary.count:
        yield Recomputed(run.id, item, None, Status.NO_SAMPLES, "no task succeeded")
        return
    yield from _of_summary(run, item, columns[0], summary)


def _of_summary(
    run: Run, item: Reported, column: Samples, summary: Summary
) -> Iterator[Recomputed]:
    if item.statistic == "count":
        yield _compared(run, item, float(summary.count), "number of samples", summary.count)
        return
    scale = factor(column.unit, item.measurement.unit)
    if scale is None:
        return
    if item.statistic == "std":
        yield _deviation(run, item, summary, scale)
        return
    plain = {
        "mean": summary.mean,
        "min": summary.minimum,
        "p0": summary.minimum,
        "max": summary.maximum,
        "total": summary.mean * summary.count,
        "p100": summary.maximum,
    }
    if item.statistic in plain:
        yield _compared(run, item, plain[item.statistic] * scale, item.statistic, summary.count)
        return
    if item.statistic in box_plot.STATISTICS and loadable(summary.count):
        yield _of_box_plot(run, item, column, summary, scale)
        return
    percentile = percentile_of(item.statistic)
    if percentile is not None:
        yield from _percentile(run, item, column, summary, percentile, scale)


def _of_box_plot(
    run: Run, item: Reported, column: Samples, summary: Summary, scale: float
) -> Recomputed:
    """By the definition that gives the reported value; else by the usual one."""
    data = load([_nearest_copy(run, column, summary)])
    found = box_plot.values(data, item.statistic)
    reported = item.measurement.value or 0.0
    alike = (pair for pair in found if agrees(reported, pair[1] * scale))
    method, value = next(alike, found[0])
    return _compared(run, item, value * scale, method, summary.count)


def _deviation(run: Run, item: Reported, summary: Summary, scale: float) -> Recomputed:
    """Over n or over n - 1: tools report the one or the other."""
    population = summary.std * scale
    reported = item.measurement.value
    if summary.count > 1 and reported is not None and not agrees(reported, population):
        sample = population * math.sqrt(summary.count / (summary.count - 1))
        if agrees(reported, sample):
            return _compared(run, item, sample, "std over n - 1", summary.count)
    return _compared(run, item, population, "std over n", summary.count)


_QUARTILES = {"q1": 25.0, "median": 50.0, "q3": 75.0}


@lru_cache(maxsize=256)
def percentile_of(statistic: str) -> float | None:
    """The percentile that a statistic names, a median or quartile too. Extremes are none."""
    if statistic in _QUARTILES:
        return _QUARTILES[statistic]
    match = re.fullmatch(r"p(\d+(?:\.\d+)?)", statistic)
    return float(match[1]) if match and 0.0 < float(match[1]) < 100.0 else None


def _percentile(
    run: Run, item: Reported, column: Samples, summary: Summary, percentile: float, scale: float
) -> Iterator[Recomputed]:
    """By linear interpolation first; by every common method where that differs."""
    reported = item.measurement.value or 0.0
    linear = summary.percentiles.get(percentile)
    if linear is not None and math.isclose(linear * scale, reported, rel_tol=SAME):
        matches: tuple[tuple[str, float], ...] = (("linear", linear * scale),)
        yield _compared(run, item, linear * scale, "linear percentile", summary.count, matches)
        return
    if not loadable(summary.count):
        # the methods differ by a step between two of many samples: one stands for all
        if linear is not None:
            yield _compared(run, item, linear * scale, "linear percentile", summary.count)
        return
    data = load([_nearest_copy(run, column, summary)])
    linear, matches = _matches(data, percentile, scale, reported, printed(run, item.measurement))
    value, name = linear, "linear"
    if matches:
        name, value = min(matches, key=lambda match: (gap(match[1], reported), match[0]))
    yield _compared(run, item, value, f"{name} percentile", summary.count, matches)


def _matches(
    data: NDArray[np.float64], percentile: float, scale: float, reported: float, span: Interval
) -> tuple[float, tuple[tuple[str, float], ...]]:
    """The percentile by the linear method; every method that gives the reported one."""
    values = {m: value * scale for m, value in percentile_methods(data, percentile).items()}
    return values["linear"], tuple(
        (name, value)
        for name, value in values.items()
        if gap(value, reported) <= AGREEMENT or value in span
    )


def by_every_method(
    run: Run, item: Recomputed, summaries: Mapping[Key, Summary]
) -> tuple[tuple[str, float], ...]:
    """:attr:`Recomputed.matches` of a percentile that the linear method gave at once."""
    column = run.columns(item.reported.quantity)[0]
    percentile = percentile_of(item.reported.statistic)
    scale = factor(column.unit, item.measurement.unit)
    if percentile is None or scale is None or not loadable(item.count):
        return item.matches
    data = load([_nearest_copy(run, column, summaries[key(column)])])
    reported, span = item.measurement.value or 0.0, printed(run, item.measurement)
    return _matches(data, percentile, scale, reported, span)[1] or item.matches


def gap(value: float, reported: float) -> float:
    """How far ``reported`` is from ``value``, relative, up to a factor between units."""
    if not reported:
        return math.inf
    return min(abs(value * constant / reported - 1.0) for constant in (1.0, *FACTORS))


def _nearest_copy(run: Run, column: Samples, summary: Summary) -> Samples:
    """A copy of the samples that was read already, if it is as long and in the same unit: no
    file is read twice."""
    for other in run.columns(column.quantity):
        alike = other.format == "values" and len(other.values) == summary.count
        if alike and in_one_unit(max(other.values, default=0.0), summary.maximum):
            return other
    return column


def in_one_unit(largest: float, other: float) -> bool:
    """Whether the largest of two copies of samples may be in one unit, however each is rounded.

    Units of time are at least a factor of 60 apart.
    """
    return largest == other or (other != 0 and 0.5 <= largest / other <= 2.0)


def _compared(
    run: Run,
    item: Reported,
    value: float,
    method: str,
    count: int,
    matches: tuple[tuple[str, float], ...] = (),
) -> Recomputed:
    reported = item.measurement.value
    same = reported is not None and agrees(reported, value)
    status = Status.RAW if same else Status.MISMATCH
    return Recomputed(run.id, item, value, status, method, 1.0, count, matches)


def _common_factor(
    items: list[Recomputed], slacks: Mapping[str, float], halves: Mapping[str, float]
) -> float | None:
    """The one factor by which most of the mismatching statistics of samples are off."""
    known = [item for item in items if item.value]
    for constant in FACTORS:
        off = sum(
            _off_by(
                item, constant, slacks.get(item.measurement.id, 0.0), halves[item.measurement.id]
            )
            for item in known
        )
        if off and (off == len(known) or off >= max(2, len(known) / 2 + 0.5)):
            return constant
    return None


def _off_by(item: Recomputed, constant: float, slack: float, half: float) -> bool:
    """Whether a reported value is ``constant`` times what its samples give."""
    reported, value = item.measurement.value or 0.0, item.value
    if not value:
        return False
    near = abs(reported - value * constant) <= slack * constant + half
    return agrees(reported / value, constant) or near


def _rescaled(
    item: Recomputed, scale: float, slacks: Mapping[str, float], halves: Mapping[str, float]
) -> Recomputed:
    """In the other unit; a value that is wrong in that one too is held against it."""
    if item.status is not Status.MISMATCH or not item.count or not item.value:
        return item
    place = item.measurement.id
    if _off_by(item, scale, slacks.get(place, 0.0), halves[place]):
        return replace(item, status=Status.UNIT, scale=scale)
    return item if item.reported.statistic == "count" else replace(item, scale=scale)
