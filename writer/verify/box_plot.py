"""What a box plot shows of samples: quartiles, whiskers and what lies beyond them.

J. W. Tukey, *Exploratory Data Analysis*, 1977, chapter 2: the fences lie 1.5 interquartile
ranges beyond the quartiles, and whiskers end at the last datum within them. Tools do not
agree on quartiles. These are Hazen's, as pytest-benchmark has them: the medians of the lower
and the upper half where the samples are even in number, interpolated between where they are odd.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from writer.statistics import METHODS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUARTILES = "hazen"
"""NumPy's name of the method."""

REACH = 1.5
"""Interquartile ranges between a quartile and its fence."""

NEAR = 1e-12
"""Relative distance from a limit within which rounding decides on which side a sample lies."""

STATISTICS = ("iqr", "ld15iqr", "hd15iqr")
"""What :func:`values` knows: interquartile range, lowest and highest datum within the fences."""

Found = tuple[tuple[str, float], ...]
"""Values, each with the definition by which it was computed; the usual one first."""


def values(data: NDArray[np.float64], statistic: str) -> Found:
    """One of :data:`STATISTICS` by every definition that tools use.

    Args:
        data: sorted samples, shape (n,), at least one.
        statistic: its name.
    """
    import numpy as np

    if statistic == "iqr":
        names = (QUARTILES, *(name for name in METHODS if name != QUARTILES))
        return tuple((f"distance of {name} quartiles", _distance(data, name)) for name in names)
    low, high = fences(data)
    if statistic == "ld15iqr":
        place = int(np.searchsorted(data, low - NEAR * abs(low), "left"))
        return (("lowest within 1.5 iqr of q1", float(data[min(place, len(data) - 1)])),)
    place = int(np.searchsorted(data, high + NEAR * abs(high), "right"))
    within, beyond = max(place - 1, 0), min(place, len(data) - 1)
    return (
        ("highest within 1.5 iqr of q3", float(data[within])),
        # pytest-benchmark up to 5.3.0 gives the outlier next to it, where there is one
        ("lowest beyond 1.5 iqr of q3", float(data[beyond])),
    )


def _quartiles(data: NDArray[np.float64], method: str) -> tuple[float, float]:
    import numpy as np

    found = np.percentile(data, (25, 75), method=method)  # type: ignore[call-overload]  # the names are NumPy's, typed as literals there
    return float(found[0]), float(found[1])


def _distance(data: NDArray[np.float64], method: str) -> float:
    first, third = _quartiles(data, method)
    return third - first


def fences(data: NDArray[np.float64]) -> tuple[float, float]:
    """The limits beyond which a sample is an outlier to a box plot."""
    first, third = _quartiles(data, QUARTILES)
    reach = REACH * (third - first)
    return first - reach, third + reach


def deviations(data: NDArray[np.float64]) -> tuple[float, float]:
    """The limits one standard deviation, over n - 1, from the mean."""
    mean = float(data.mean())
    spread = float(data.std(ddof=1)) if len(data) > 1 else 0.0
    return mean - spread, mean + spread


def beyond(data: NDArray[np.float64], limits: tuple[float, float]) -> tuple[int, int]:
    """How many samples lie beyond limits: at least and at most, as rounding may have it."""
    low, high = limits
    near = NEAR * max(abs(low), abs(high), abs(float(data[0])), abs(float(data[-1])))
    return (
        int(((data < low - near) | (data > high + near)).sum()),
        int(((data < low + near) | (data > high - near)).sum()),
    )
