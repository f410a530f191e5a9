"""Intervals that samples support: for means, percentiles, ratios and changes.

SciPy and NumPy do the mathematics; this module chooses the method and bounds its cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from writer.model.interval import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONFIDENCE = 0.95
"""Two-sided level of every interval, as is customary in the field."""

RESAMPLES = 2000
"""Bootstrap resamples: the ends of a 95 % interval then rest on 50 values each (B. Efron
and R. J. Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13)."""

BOOTSTRAP_MOST = 20_000
"""Above so many samples the mean's interval is the normal one: the bootstrap's differs
by less than its own noise, and takes time in proportion."""

AT_ONCE = 50_000
"""Values that are resampled at once: 400 kB, which processors keep at hand."""

SEED = 20_170
"""Fixed, so that the same samples give the same interval."""

METHODS = (
    *("linear", "lower", "higher", "nearest", "midpoint", "hazen", "weibull"),
    *("median_unbiased", "normal_unbiased", "inverted_cdf", "averaged_inverted_cdf"),
    *("closest_observation", "interpolated_inverted_cdf"),
)
"""NumPy's percentile methods (those of Hyndman and Fan 1996, and five others)."""


def percentile_methods(data: NDArray[np.float64], percentile: float) -> dict[str, float]:
    """The percentile of sorted samples by every method; ``index`` is ``sorted[floor(n p)]``."""
    import numpy as np

    found = {m: float(np.percentile(data, percentile, method=m)) for m in METHODS}  # type: ignore[call-overload]  # the names are NumPy's, typed as literals there
    found["index"] = float(data[min(int(len(data) * percentile / 100.0), len(data) - 1)])
    return found


def percentile_interval(data: NDArray[np.float64], percentile: float) -> Interval | None:
    """The interval between two order statistics that covers the percentile.

    Distribution-free, from the binomial distribution (G. J. Hahn and W. Q. Meeker,
    *Statistical Intervals*, 1991, section 5.2). None where the samples are too few:
    the upper end would lie beyond the largest.

    Args:
        data: sorted samples, shape (n,).
        percentile: between 0 and 100.
    """
    from scipy.stats import binom

    count, share = len(data), percentile / 100.0
    if count < 2:
        return None
    alpha = (1.0 - CONFIDENCE) / 2.0
    low = int(binom.ppf(alpha, count, share))
    high = int(binom.ppf(1.0 - alpha, count, share)) + 1
    if low < 1 or high > count:
        return None
    return Interval(float(data[low - 1]), float(data[high - 1]))


def mean_interval(data: NDArray[np.float64]) -> Interval | None:
    """Percentile bootstrap of the mean; the normal interval above :data:`BOOTSTRAP_MOST`.

    Args:
        data: samples, shape (n,).
    """
    import numpy as np

    count = len(data)
    if count < 2:
        return None
    if count > BOOTSTRAP_MOST:
        from scipy.stats import norm

        half = float(norm.ppf(0.5 + CONFIDENCE / 2.0)) * float(data.std(ddof=1)) / count**0.5
        return Interval(float(data.mean()) - half, float(data.mean()) + half)
    generator = np.random.default_rng(SEED)
    means = np.empty(RESAMPLES)
    several = max(1, AT_ONCE // count)
    for start in range(0, RESAMPLES, several):
        part = means[start : start + several]
        part[:] = data[generator.integers(0, count, (len(part), count))].mean(axis=1)
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Interval(float(low), float(high))


def trials_interval(values: Sequence[float]) -> Interval | None:
    """Student's interval of the mean over repeated trials, each of which is one value.

    None for fewer than two trials.
    """
    from scipy.stats import t

    count = len(values)
    if count < 2:
        return None
    mean = sum(values) / count
    variance = sum((value - mean) ** 2 for value in values) / (count - 1)
    half = float(t.ppf(0.5 + CONFIDENCE / 2.0, count - 1)) * (variance / count) ** 0.5
    return Interval(mean - half, mean + half)


NORMAL_FROM = 1e4
"""A statistic of a noncentral chi-squared distribution above which its square root is as good
as normal, with a standard deviation of one."""


def balance_interval(counts: Sequence[float]) -> Interval | None:
    """What the tasks per node tell of a balance, one minus their coefficient of variation.

    A scheduler that sends each task to a node by chance leaves counts uneven though it
    prefers none. Pearson's statistic of the counts, the number of tasks times their squared
    coefficient of variation, is then noncentral chi-squared, and the interval is that of its
    noncentrality (J. T. Kent and T. J. Hainsworth, *Confidence intervals for the noncentral
    chi-squared distribution*, Journal of Statistical Planning and Inference 46, 1995). It
    ends at 1 where chance alone explains the counts.

    Args:
        counts: tasks per node; None for fewer than two nodes, or no task.
    """
    total, nodes = sum(counts), len(counts)
    if nodes < 2 or total <= 0:
        return None
    mean = total / nodes
    found = sum((count - mean) ** 2 for count in counts) / mean
    least, most = _noncentrality(found, nodes - 1)
    return Interval(1.0 - (most / total) ** 0.5, 1.0 - (least / total) ** 0.5)


def _noncentrality(found: float, freedom: int) -> tuple[float, float]:
    """The noncentralities of a chi-squared distribution that leave ``found`` likely."""
    from scipy.optimize import brentq
    from scipy.stats import ncx2, norm

    alpha = (1.0 - CONFIDENCE) / 2.0
    if found > NORMAL_FROM:
        half = float(norm.ppf(1.0 - alpha))
        return (found**0.5 - half) ** 2, (found**0.5 + half) ** 2

    def end(share: float) -> float:
        """Where so large a share of the distribution lies below ``found``."""

        def over(value: float) -> float:
            return float(ncx2.cdf(found, freedom, value)) - share

        beyond = (found**0.5 + 10.0) ** 2  # ten standard deviations above
        return float(brentq(over, 0.0, beyond)) if over(0.0) > 0 else 0.0

    return end(1.0 - alpha), end(alpha)


def least_samples(percentile: float) -> int:
    """Fewest samples for which :func:`percentile_interval` has an upper end."""
    from math import ceil, log

    share = percentile / 100.0
    return ceil(log((1.0 - CONFIDENCE) / 2.0) / log(share))
