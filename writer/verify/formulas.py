"""Values of a run that follow from its counts and times."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from writer.model.run import Run
from writer.samples import Key, Summary, key, load, loadable
from writer.verify.box_plot import beyond, deviations, fences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Formula = Callable[[Run, Mapping[Key, Summary]], tuple[float | None, str]]


def _number(run: Run, quantity: str) -> float | None:
    item = run.value(quantity)
    return None if item is None else item.value


def _throughput(run: Run, summaries: Mapping[Key, Summary]) -> tuple[float | None, str]:
    completed, duration = _number(run, "completed"), _number(run, "duration")
    if completed is None and run.value("rounds") is not None:
        return _operations(run, summaries)
    if completed is None or duration is None or duration <= 0:  # no clock gives such a time
        return None, ""
    return completed / duration, "completed over duration"


def _operations(run: Run, summaries: Mapping[Key, Summary]) -> tuple[float | None, str]:
    """What a benchmark of one operation per sample gives: operations per second."""
    columns = [item for item in run.columns("time") if item.unit == "s"]
    mean = summaries[key(columns[0])].mean if columns else 0.0
    return (1.0 / mean, "one over the mean time") if mean > 0 else (None, "")


def _rounds(run: Run, summaries: Mapping[Key, Summary]) -> tuple[float | None, str]:
    columns = run.columns("time")
    return (float(summaries[key(columns[0])].count), "number of samples") if columns else (None, "")


def _completed(run: Run, summaries: Mapping[Key, Summary]) -> tuple[float | None, str]:
    columns = run.columns("latency")
    if not columns:
        return None, ""
    return float(summaries[key(columns[0])].count), "number of samples"


def _balance(run: Run, summaries: Mapping[Key, Summary]) -> tuple[float | None, str]:
    """One minus the coefficient of variation of the tasks per node."""
    counts = [item.value or 0.0 for item in run.shares.values()]
    mean = sum(counts) / len(counts) if counts else 0.0
    if not mean:
        return None, ""
    spread = math.sqrt(sum((count - mean) ** 2 for count in counts) / len(counts))
    return 1.0 - spread / mean, "one minus standard deviation over mean of tasks per node"


def _outliers(limits: Callable[[NDArray[np.float64]], tuple[float, float]], *of: str) -> Formula:
    """A count of samples beyond limits, which the run reports as ``of``."""

    def count(run: Run, summaries: Mapping[Key, Summary]) -> tuple[float | None, str]:
        columns = run.columns("time")
        held = summaries[key(columns[0])].count if columns else 0
        if not held or not loadable(held):
            return None, ""
        data = load(columns[:1])
        least, most = beyond(data, limits(data))
        reported = run.value(*of)
        given = least if reported is None else reported.value or 0.0
        return min(max(given, float(least)), float(most)), "number of samples beyond the limits"

    return count


FORMULAS: Mapping[tuple[str, str], Formula] = {
    ("throughput", ""): _throughput,
    ("completed", ""): _completed,
    ("balance", ""): _balance,
    ("rounds", ""): _rounds,
    ("stddev_outliers", ""): _outliers(deviations, "stddev_outliers"),
    ("iqr_outliers", ""): _outliers(fences, "iqr_outliers"),
    ("outliers", "std"): _outliers(deviations, "outliers", "std"),
    ("outliers", "iqr"): _outliers(fences, "outliers", "iqr"),
}
