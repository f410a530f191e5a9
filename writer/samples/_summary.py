"""What a column of samples comes to, and what tells one column from another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from writer.model.run import Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PERCENTILES = (50.0, 90.0, 95.0, 99.0)
"""Percentiles that every summary has."""

ROUNDING = 1e-9
"""Relative difference of moments summed, and of percentiles interpolated, in other orders."""

Key = tuple[str, str, str, str]
"""File, column, and the column and value that select rows: one column of samples."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What one column of samples comes to.

    Attributes:
        count: samples that are finite numbers.
        bad: cells that are none: text, NaN, infinity, nothing.
        negative: samples below zero.
        mean, std: arithmetic mean and population standard deviation; NaN if empty.
        minimum, maximum: NaN if empty.
        percentiles: by linear interpolation (method 7 of R. J. Hyndman and Y. Fan,
            *Sample Quantiles in Statistical Packages*, 1996), by percentile.
    """

    count: int
    bad: int
    negative: int
    mean: float
    std: float
    minimum: float
    maximum: float
    percentiles: Mapping[float, float] = field(hash=False)

    @property
    def fingerprint(self) -> str:
        """The same for the same samples in any order and format, see :meth:`same_samples`."""
        return f"{self.count}:{self.minimum!r}:{self.maximum!r}" if self.count else ""

    def same_samples(self, other: Summary) -> bool:
        """Whether two columns hold the same samples, as far as all of these tell."""
        if self.fingerprint != other.fingerprint:
            return False
        near = ROUNDING * max(abs(self.minimum), abs(self.maximum)) if self.count else 0.0
        return all(
            math.isclose(one, two, rel_tol=ROUNDING, abs_tol=near)
            for one, two in zip(self._others(), other._others(), strict=True)
        )

    def _others(self) -> tuple[float, ...]:
        """What the order of summation and the way of interpolation may change a little."""
        return (self.mean, self.std, *self.percentiles.values()) if self.count else ()


def key(samples: Samples) -> Key:
    """What tells one column of samples from another."""
    return (samples.path, samples.column, *(samples.where or ("", "")))


def of_row(
    plain: Sequence[Any], ends: Sequence[Any], percentiles: Sequence[float], negative: int
) -> Summary:
    """From counts and moments; least and largest; and the :data:`PERCENTILES`."""
    count, cells, *moments = plain
    bad = int(cells) - int(count)
    if not count:
        return Summary(0, bad, 0, *(math.nan,) * 4, {})
    mean, std = map(float, moments)
    low, high = (float(end) + 0.0 for end in ends)  # no zero below zero
    shares = dict(zip(PERCENTILES, map(float, percentiles), strict=True))
    return Summary(int(count), bad, negative, mean, std, low, high, shares)


def of_sorted(data: NDArray[np.float64], cells: int) -> Summary:
    """From the finite samples, sorted, and how many cells they were found in."""
    import numpy as np

    count = len(data)
    if not count:
        return of_row((0, cells, math.nan, math.nan), (), (), 0)
    with np.errstate(over="ignore", invalid="ignore"):  # samples as wide as doubles go
        mean = float(np.add.reduce(data)) / count
        apart = data - mean
        # not their product: BLAS would start threads of its own for it
        std = math.sqrt(float(np.add.reduce(np.square(apart, out=apart))) / count)
    return of_row(
        (count, cells, mean, std),
        (data[0], data[-1]),
        [_percentile(data, count, share / 100.0) for share in PERCENTILES],
        int(np.searchsorted(data, 0.0)) if data[0] < 0 else 0,
    )


def of_numbers(values: Sequence[float]) -> Summary:
    """From samples that were read already."""
    import numpy as np

    return of_sorted(np.sort(np.asarray(values, dtype=np.float64)), len(values))


def _percentile(data: NDArray[np.float64], count: int, share: float) -> float:
    first = math.floor((count - 1) * share)
    return interpolated(count, share, (data[first], data[min(first + 1, count - 1)]))


def interpolated(count: int, share: float, ends: tuple[float, float]) -> float:
    """Between the two order statistics that a percentile of ``count`` samples lies between."""
    place = (count - 1) * share
    return ends[0] + (place - math.floor(place)) * (ends[1] - ends[0])


def summary_json(summary: Summary) -> list[Any]:
    """A summary as JSON has it; :func:`of_json` reads it back."""
    return [
        *(summary.count, summary.bad, summary.negative, summary.mean, summary.std),
        *(summary.minimum, summary.maximum, *summary.percentiles.values()),
    ]


def of_json(value: list[Any]) -> Summary:
    """The summary that :func:`summary_json` made the value of.

    Raises:
        ValueError, TypeError: the value is none of these.
    """
    count, bad, negative, mean, std, low, high, *percentiles = value
    return of_row((count, count + bad, mean, std), (low, high), percentiles, negative)
