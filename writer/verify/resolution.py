"""To how many decimals samples and summaries were stored, and how far that lets them be off."""

from __future__ import annotations

from writer.model.interval import Interval
from writer.model.measurement import Measurement
from writer.model.run import Run, Samples
from writer.samples import Summary, load, loadable

MOST_DECIMALS = 6
"""Decimals looked for: files that store more are exact for every purpose here."""

_FLOAT = 1e-6
"""How near to a whole number a scaled value must be: a double holds 15 digits, and samples
times a million use twelve of them or fewer."""


def slack(samples: Samples, summary: Summary) -> float:
    """How far a mean, spread or order statistic may be off because samples are rounded.

    Every stored sample is at most half a unit of its last decimal from what was measured.
    Means, extremes, percentiles by any method and standard deviations change by no more
    than the largest change of a sample.

    Args:
        samples: a column.
        summary: of it.

    Returns:
        Half a unit of the last decimal that any sample has, in the column's unit; zero where
        the samples have more than six decimals, or are too many to be looked at.
    """
    import numpy as np

    if not summary.count or not loadable(summary.count):
        return 0.0
    data = load([samples])
    for decimals in range(MOST_DECIMALS + 1):
        scaled = data * 10.0**decimals
        # a sample far below the last decimal was not rounded to it: it would be zero
        near = _FLOAT * np.minimum(np.abs(scaled), 1.0)
        if bool(np.all(np.abs(scaled - np.rint(scaled)) <= near)):
            return 0.5 * 10.0**-decimals
    return 0.0


def printed(run: Run, item: Measurement) -> Interval:
    """The values that round to the digits in which a run reports ``item``.

    A whole number may have lost its zeros (``82.0`` for 82.00): it is taken to be as exact as
    the most exact value that the run reports in its unit, or else in any.
    """
    if item.value is None:
        return item.span
    others = [other.measurement for other in run.reported]
    decimals = (
        _decimals(item.text)
        or max((_decimals(other.text) for other in others if other.unit == item.unit), default=0)
        or max((_decimals(other.text) for other in others), default=0)
    )
    half = 0.5 * 10.0**-decimals
    return Interval(item.value - half, item.value + half)


def printed_throughput(run: Run) -> Interval | None:
    """Completed tasks over every duration that rounds to the digits of the reported one."""
    completed, duration = run.value("completed"), run.value("duration")
    if completed is None or completed.value is None or duration is None:
        return None
    span = printed(run, duration)
    if span.lo <= 0 or completed.value < 0:
        return None
    return Interval(completed.value / span.hi, completed.value / span.lo)


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])
