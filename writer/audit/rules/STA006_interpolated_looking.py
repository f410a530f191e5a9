"""Values fit a simple curve to the last printed digit.

What it checks
    Whether a cell equals, to its last digit, what a straight line, an exponential
    or a power law through its two neighbours gives, and whether a throughput is
    proportional to the resources over several levels. Chance is allowed for: a
    cell is taken to lie anywhere between its neighbours, a throughput anywhere
    within run-to-run variation of proportional. Columns that are computed from
    others (speedups, efficiencies, parts of totals) are left out, and so are cells
    with too few digits to tell.

Why it matters
    Measurements scatter. A value without scatter may have been computed, for
    instance to fill a gap or to replace an outlier, and then it is no evidence for
    the curve that it was computed from.

When it is wrong
    When the column is derived from another one without the descriptor saying so,
    when the quantity follows the curve by construction (bytes per item, a paced
    load), or when noise is far smaller than the distance between levels, so that
    a true line is met by chance more often than assumed here.

Example
    10.00, 17.50 and 25.00 tasks/s at 1, 2 and 3 threads.
"""

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from writer.audit.example import Example, Outcome, factor, latency, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.thresholds import (
    CONSTANT_LEVELS,
    INVENTED_CHANCE,
    INVENTED_DIGITS,
    RUN_VARIATION,
)
from writer.model.experiment import Column, Experiment, Sweep
from writer.model.finding import Confidence, Severity
from writer.sweeps import Point, ordered, points
from writer.words import at, each, name, numbers, of, place

_COMPUTED = ("speedup", "efficiency", "completed")
"""Measures that are computed from others, or that stand at the number submitted."""


_ALLOWED = INVENTED_CHANCE / 3.0
"""The chance allowed to each of three tests: one cell, several cells, a run of levels."""


class _Look(NamedTuple):
    """A cell between two others: the chance to meet a curve, and the curves it meets."""

    sweep: Sweep
    column: Column
    point: Point
    chance: float
    curves: tuple[str, ...]


class _Run(NamedTuple):
    """Consecutive levels with the same throughput per resource, and the chance of that."""

    sweep: Sweep
    column: Column
    points: tuple[Point, ...]
    chance: float


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every cell and run of cells that is closer than chance explains."""
    if not ordered(experiment):
        factor_name = name(experiment.column(experiment.factor))
        yield NotJudged(f"the levels of {factor_name} are not numbers, so no curve has a meaning")
        return
    looks = list(_looks(experiment))
    runs = list(_runs(experiment))
    if not looks and all(run.chance >= 1.0 for run in runs):
        yield NotJudged("no value has neighbours far enough apart for its digits to tell a curve")
        return
    constant = [run for run in runs if run.chance * len(runs) <= _ALLOWED]
    covered = {point.cell.id for run in constant for point in run.points}
    apart = [look for look in looks if look.point.cell.id not in covered]
    met = _unlikely(apart)
    if met or constant:
        strong = bool(constant or met[1:])
        yield Hit(
            where=(
                *(point.cell for run in constant for point in run.points),
                *(look.point.cell for look in met),
            ),
            evidence={
                "title": experiment.title,
                "factor": name(experiment.column(experiment.factor)),
                "runs": tuple(_run_words(run) for run in constant),
                "cells": tuple(_look_words(look) for look in met),
            },
            severity=Severity.WARNING if strong else None,
            confidence=Confidence.MEDIUM if strong else None,
        )


def _unlikely(looks: list[_Look]) -> list[_Look]:
    """The cells that meet a curve closer than chance explains.

    With the expected number e of such cells, k of them or more have a chance of at
    most e^k / k!. A single cell must hold against Bonferroni's bound, which divides
    the chance allowed by the number of looks.
    """
    met = [look for look in looks if look.curves]
    expected = sum(look.chance for look in looks)
    if met[1:] and expected ** len(met) / math.factorial(len(met)) <= _ALLOWED:
        return met
    return [look for look in met if look.chance * len(looks) <= _ALLOWED]


def _curves(experiment: Experiment) -> Iterator[tuple[Sweep, Column, tuple[Point, ...]]]:
    """Every measured quantity of every sweep that no declared column is computed from."""
    parts = {total.part for total in experiment.totals}
    for sweep in experiment.sweeps():
        for column in experiment.quantities():
            if column.measure not in _COMPUTED and column.name not in parts:
                yield sweep, column, points(sweep, column.name)


def _looks(experiment: Experiment) -> Iterator[_Look]:
    """Every cell between two others whose digits can tell a curve from chance."""
    for sweep, column, curve in _curves(experiment):
        for before, point, after in zip(curve, curve[1:], curve[2:], strict=False):
            width = point.cell.span.width
            distance = abs(after.cell.number - before.cell.number)
            if width <= 0 or width > INVENTED_DIGITS * distance:
                continue
            given = _between(before, point.x, after)
            met = tuple(curve_name for curve_name, value in given.items() if _meets(point, value))
            yield _Look(sweep, column, point, len(given) * width / distance, met)


def _between(before: Point, x: float, after: Point) -> Mapping[str, float]:
    """What each curve through the two neighbours gives at ``x``."""
    low, high = before.cell.number, after.cell.number
    share = (x - before.x) / (after.x - before.x)
    given = {"straight line": low + (high - low) * share}
    if low > 0 and high > 0:
        given["exponential curve"] = low * (high / low) ** share
        if before.x > 0:
            power = math.log(x / before.x) / math.log(after.x / before.x)
            given["power law"] = low * (high / low) ** power
    return given


def _meets(point: Point, value: float) -> bool:
    """Whether ``value`` rounds to the cell's printed digits."""
    reach = point.cell.span.width / 2.0 * (1.0 + 1e-9)
    return abs(point.cell.number - value) <= reach


def _runs(experiment: Experiment) -> Iterator[_Run]:
    """For each level that enough others follow, how long the efficiency stays the same."""
    if experiment.scales != "resources":
        return
    for sweep, column, curve in _curves(experiment):
        if column.measure != "throughput":
            continue
        usable = tuple(item for item in curve if item.x > 0 and item.cell.span.lo > 0)
        start = 0
        while len(usable) - start >= CONSTANT_LEVELS:
            run = _longest(usable[start:])
            long_enough = len(run) >= CONSTANT_LEVELS
            yield _Run(sweep, column, run, _run_chance(run) if long_enough else 1.0)
            start += len(run) if long_enough else 1


def _longest(curve: tuple[Point, ...]) -> tuple[Point, ...]:
    """The first points that one efficiency fits, as far as their digits tell."""
    low, high = 0.0, math.inf
    for number, point in enumerate(curve):
        low = max(low, point.cell.span.lo / point.x)
        high = min(high, point.cell.span.hi / point.x)
        if low > high:
            return curve[:number]
    return curve


def _run_chance(run: tuple[Point, ...]) -> float:
    """The chance that every point after the first is proportional to it.

    1 if some cell has too few digits to tell. Each may lie anywhere within
    run-to-run variation to either side.
    """
    first, chance = run[0], 1.0
    for point in run[1:]:
        window = point.cell.span.width + first.cell.span.width * point.x / first.x
        one = window / (2.0 * RUN_VARIATION * point.cell.number)
        if not 0 < one <= INVENTED_DIGITS:
            return 1.0
        chance *= one
    return chance


def _run_words(run: _Run) -> Mapping[str, object]:
    return {
        "quantity": name(run.column),
        "of": of(run.sweep),
        "at": at(run.sweep.experiment, *(point.level for point in run.points)),
        "values": tuple(point.cell for point in run.points),
    }


def _look_words(look: _Look) -> Mapping[str, object]:
    return {
        "quantity": name(look.column),
        "of": of(look.sweep),
        "at": at(look.sweep.experiment, look.point.level),
        "cell": look.point.cell,
        "curve": look.curves[0],
    }


_RUNS = each(
    "r",
    "runs",
    "the {{ r.quantity }}{{ r.of }} " + place("r.at") + " (" + numbers("r['values']") + ") is "
    "proportional to the {{ factor }}",
    last=", and ",
)
_CELLS = each(
    "c",
    "cells",
    "the {{ c.quantity }}{{ c.of }} " + place("c.at") + " ({{ c.cell|u }}) lies on the "
    "{{ c.curve }} between its neighbours",
    last=", and ",
)
_ALL = _RUNS + "{% if runs and cells %}; {% endif %}" + _CELLS

_FIELDS = {"threads": factor(), "throughput": throughput()}
_NODES = {"nodes": factor(unit="nodes"), "throughput": throughput()}
_RESOURCES = {"scales": "resources"}

RULE = rule(
    code="STA006",
    name="interpolated-looking",
    severity=Severity.NOTE,
    confidence=Confidence.LOW,
    doc=__doc__,
    message="{{ title }}: " + _ALL + ", to the last printed digit",
    limitation="Some values fit a simple curve better than single measurements usually do: "
    + _ALL
    + ", to the last printed digit. That may be chance, a quantity that follows the curve by "
    "construction, or a column that is derived from another; it would also come about if the "
    "values had been computed to fill a gap. As long as this is open, they are no evidence that "
    "the system follows this curve.",
    settle="The raw samples behind these values, or the formula if they are derived, would show "
    "where they come from.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "four digits exactly on the line",
            "threads,throughput\n1,10.00\n2,17.50\n3,25.00",
            _FIELDS,
        ),
        Example(
            Outcome.FIRES,
            "a latency on the power law between its neighbours",
            "threads,p99\n1,100.3\n2,162.9\n8,430.0",
            {"threads": factor(), "p99": latency("p99")},
        ),
        Example(
            Outcome.FIRES,
            "an efficiency of 85 per cent at 4, 8 and 16 nodes",
            "nodes,throughput\n1,38.3\n4,130.2\n8,260.4\n16,520.9",
            _NODES,
            _RESOURCES,
        ),
        Example(
            Outcome.SILENT,
            "measurements near a line, with scatter",
            "threads,throughput\n1,10.00\n2,17.43\n3,25.00",
            _FIELDS,
        ),
        Example(
            Outcome.SILENT,
            "an efficiency that is the same only roughly",
            "nodes,throughput\n1,38.34\n4,131.02\n8,258.71\n16,523.36",
            _NODES,
            _RESOURCES,
        ),
        Example(
            Outcome.SILENT,
            "one of few whole numbers on the line: chance would do",
            "threads,throughput\n1,10\n2,30\n3,50",
            _FIELDS,
        ),
        Example(
            Outcome.SILENT,
            "three digits: one of three curves is met by chance too often",
            "threads,throughput\n1,10.0\n2,45.0\n3,80.0",
            _FIELDS,
        ),
        Example(
            Outcome.SILENT,
            "one of two looks meets a curve: chance had two occasions",
            "threads,throughput,p99\n1,10.00,31.42\n2,17.50,11.17\n3,25.00,50.03",
            {**_FIELDS, "p99": latency("p99")},
        ),
        Example(
            Outcome.SILENT,
            "an efficiency that three digits may repeat by chance",
            "nodes,throughput\n1,9.1\n4,30.0\n8,60.0\n16,120.0",
            _NODES,
            _RESOURCES,
        ),
        Example(
            Outcome.SILENT,
            "the part of a declared total is not looked at",
            "jobs,total,each,latency\n1,10.00,10.000,5.13\n2,35.11,17.500,7.77\n3,75.02,25.000,9.31",
            {
                "jobs": factor(unit="jobs"),
                "total": throughput("total"),
                "each": throughput("per-unit"),
                "latency": latency("mean"),
            },
            {"totals": [{"total": "total", "part": "each", "times": "jobs"}]},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "two digits lie on many curves",
            "threads,throughput\n1,10\n2,14\n3,18",
            _FIELDS,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "names have no order",
            "threads,throughput\none,10.00\ntwo,17.50\nthree,25.00",
            {"threads": factor("string", ""), "throughput": throughput()},
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "two levels have no level between them",
            "threads,throughput\n1,10.00\n2,17.50",
            _FIELDS,
        ),
    ),
)
