"""Reading a sweep: its points in order of the factor, its baseline, its intervals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from writer.dataset import ratio
from writer.model.experiment import Column, Experiment, Level, Row, Sweep
from writer.model.interval import Interval
from writer.model.measurement import Measurement
from writer.model.unit import factor


class Point(NamedTuple):
    """A known cell at a numeric level; ``x`` is the level's value."""

    x: float
    level: Level
    cell: Measurement


def ordered(experiment: Experiment) -> bool:
    """Whether every level of the factor is a number, so that "larger" has a meaning."""
    return all(row.levels[experiment.factor].value is not None for row in experiment.rows)


def points(sweep: Sweep, quantity: str) -> tuple[Point, ...]:
    """The known cells of ``quantity`` at numeric levels, smallest level first."""
    found = [
        Point(level.value, level, cell)
        for level, cell in sweep.known(quantity)
        if level.value is not None
    ]
    return tuple(sorted(found, key=lambda point: point.x))


def system_throughputs(experiment: Experiment) -> tuple[Column, ...]:
    """Throughputs of the whole system: not those per job or per node."""
    return tuple(item for item in experiment.of("throughput") if item.statistic != "per-unit")


def baseline_row(sweep: Sweep) -> Row | None:
    """The sweep's row at the declared baseline, or None."""
    wanted = sweep.experiment.baseline
    rows = [row for row in sweep.rows if row.levels[sweep.factor].text == wanted]
    return rows[0] if rows else None


def lookup(experiment: Experiment, row: Row, name: str) -> Measurement | None:
    """The number called ``name`` for this row: a level, a setting or a cell, if known."""
    found: Measurement | None = row.cells.get(name)
    for place in (row.levels, row.settings, _stated(experiment)):
        if found is None and name in place:
            found = place[name].measurement
    return found if found is not None and found.known else None


def _stated(experiment: Experiment) -> Mapping[str, Level]:
    return {key: level for key, level in experiment.settings.items() if level is not None}


def quotient(over: Measurement, base: Measurement) -> Measurement | None:
    """Their ratio; None where the base may be zero or a value is missing."""
    try:
        return ratio(over, base)
    except (ValueError, ZeroDivisionError):
        return None


def in_unit(item: Measurement, symbol: str) -> Interval | None:
    """The interval in another unit; None where the units measure different things."""
    scale = factor(item.unit, symbol)
    return None if scale is None else item.span.scaled(scale)


def exceeds(one: Interval, other: Interval, slack: float = 1.0) -> bool:
    """Whether all of ``one`` lies above all of ``other``, and by the factor ``slack``.

    Below zero the factor widens the distance in the same way.
    """
    return one.lo > other.hi + (slack - 1.0) * abs(other.hi)


def percentile(statistic: str) -> float | None:
    """The percentile that a statistic is; None for a mean, an extreme and the like.

    >>> percentile("p99"), percentile("p99.9"), percentile("max")
    (99.0, 99.9, None)
    """
    match = re.fullmatch(r"p(\d{1,2}(?:\.\d+)?)", statistic)
    return float(match[1]) if match else None
