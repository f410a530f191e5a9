"""What a column of samples comes to, and what tells one column from another."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from writer.model.run import Samples

PERCENTILES = (50.0, 90.0, 95.0, 99.0)
"""Percentiles that every summary has."""

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
        fingerprint: the same for the same samples in any order; empty if empty.
    """

    count: int
    bad: int
    negative: int
    mean: float
    std: float
    minimum: float
    maximum: float
    percentiles: Mapping[float, float] = field(hash=False)
    fingerprint: str


def key(samples: Samples) -> Key:
    """What tells one column of samples from another."""
    return (samples.path, samples.column, *(samples.where or ("", "")))


def of_row(
    plain: Sequence[Any], ends: Sequence[Any], percentiles: Sequence[float], negative: int
) -> Summary:
    """From counts, moments and a hash; least and largest; and the :data:`PERCENTILES`."""
    count, cells, mean, std, mixed = plain
    low, high = ends
    bad = int(cells) - int(count)
    if not count:
        return Summary(0, bad, 0, *(math.nan,) * 4, {}, "")
    return Summary(
        int(count),
        bad,
        negative,
        float(mean),
        float(std),
        float(low),
        float(high),
        dict(zip(PERCENTILES, map(float, percentiles), strict=True)),
        f"{count}:{mixed:x}:{float(low)!r}:{float(high)!r}",
    )


def of_numbers(values: Sequence[float]) -> Summary:
    """From samples that were read already."""
    if not values:
        return Summary(0, 0, 0, *(math.nan,) * 4, {}, "")
    import numpy as np

    data = np.sort(np.asarray(values, dtype=np.float64))
    digest = hashlib.sha256(data.tobytes()).hexdigest()[:16]
    return Summary(
        len(data),
        0,
        int((data < 0).sum()),
        float(data.mean()),
        float(data.std()),
        float(data[0]),
        float(data[-1]),
        {p: float(np.percentile(data, p)) for p in PERCENTILES},
        f"{len(data)}:{digest}",
    )
