"""What a sentence may say of the data: one predicate per judgement, with its threshold.

A template asks a predicate before it prints a word of judgement, so that the
word follows the data. Each predicate speaks only where the intervals of the
printed digits leave no doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from writer.dataset import ratio
from writer.model.experiment import Level, Sweep
from writer.model.interval import hull
from writer.model.measurement import Grade, Measurement
from writer.model.number import digits

NEAR_LINEAR = 0.9
"""Least share of the ideal speedup that is called near-linear. There is no standard
for the word; a tenth below the ideal is the most that its usual readers accept, and
the text prints the ratio beside it."""

STEADY = 0.10
"""Most by which the largest of some values may exceed the smallest for them to be
called about equal: twice the run-to-run variation of single runs that the audit uses."""

Pair = tuple[Level, Measurement]


def known(items: Iterable[Measurement]) -> bool:
    """Whether every one of ``items`` has a measured value."""
    return all(item.known for item in items)


def above(one: Measurement, other: Measurement) -> bool:
    """Whether ``one`` is larger than ``other`` beyond their printed digits."""
    return one.known and other.known and one.span.lo > other.span.hi


def highest(pairs: Iterable[Pair]) -> Pair | None:
    """The pair with the largest value; None where two cannot be told apart, or print the same."""
    return _extreme(pairs, 1.0)


def lowest(pairs: Iterable[Pair]) -> Pair | None:
    """The pair with the smallest value; None where two cannot be told apart, or print the same."""
    return _extreme(pairs, -1.0)


def _extreme(pairs: Iterable[Pair], sign: float) -> Pair | None:
    ranked = sorted(
        (pair for pair in pairs if pair[1].known), key=lambda pair: -sign * pair[1].number
    )
    if len(ranked) < 2:
        return None
    (_, first), (_, second) = ranked[:2]
    apart = above(first, second) if sign > 0 else above(second, first)
    apart = apart and digits(first) != digits(second)
    return ranked[0] if apart else None


def alike(items: Iterable[Measurement]) -> bool:
    """Whether some values differ, yet the largest or the smallest is not set apart.

    Only where a value has an interval from its samples or trials, and some print differently:
    printed digits that are equal say it themselves.
    """
    values = [item for item in items if item.known]
    sampled = any(item.grade is Grade.RAW and item.span.width > 0 for item in values)
    return sampled and len({digits(item) for item in values}) > 1


def trend(items: Iterable[Measurement]) -> str:
    """``rises``, ``falls`` or the empty string, in the given order."""
    values = [item for item in items if item.known]
    steps = list(pairwise(values))
    if steps and all(above(new, old) for old, new in steps):
        return "rises"
    if steps and all(above(old, new) for old, new in steps):
        return "falls"
    return ""


def steady(items: Iterable[Measurement]) -> bool:
    """Whether the values lie within :data:`STEADY` of the smallest."""
    values = [item for item in items if item.known]
    if len(values) < 2:
        return False
    span = hull([edge for item in values for edge in (item.span.lo, item.span.hi)])
    return span.lo > 0 and span.hi / span.lo <= 1.0 + STEADY


def near_linear(sweep: Sweep, quantity: str) -> tuple[Pair, Measurement] | None:
    """The last level up to which ``quantity`` keeps near-linear pace with the factor.

    Returns that level with its cell, and the ratio to the baseline; None where
    the sweep has no baseline or the first step already falls short.
    """
    pairs = [pair for pair in sweep.known(quantity) if pair[0].value is not None]
    pairs.sort(key=lambda pair: pair[0].value or 0.0)
    if not pairs or pairs[0][0].text != sweep.experiment.baseline or not pairs[0][0].value:
        return None
    reached = None
    for level, cell in pairs[1:]:
        speedup = _speedup(cell, pairs[0][1])
        ideal = (level.value or 0.0) / pairs[0][0].value
        if speedup is None or not NEAR_LINEAR * ideal <= speedup.span.lo <= ideal / NEAR_LINEAR:
            break
        reached = ((level, cell), speedup)
    return reached


def _speedup(cell: Measurement, base: Measurement) -> Measurement | None:
    try:
        return ratio(cell, base)
    except ZeroDivisionError:
        return None


def together(sweep: Sweep, quantity: str) -> tuple[Pair, ...]:
    """What the samples of all runs of each row give, where a cell combines their summaries.

    A row of one run has its cell. Empty where no row differs from its cell in kind.
    """
    if not any(quantity in row.together for row in sweep.rows):
        return ()
    pairs = (
        (row.levels[sweep.factor], row.together.get(quantity, row.cells[quantity]))
        for row in sweep.rows
    )
    return tuple(pair for pair in pairs if pair[1].known)


def extremes(items: Sequence[Measurement]) -> tuple[Measurement, ...]:
    """The smallest and the largest known value; one if they are the same; none without any."""
    values = sorted((item for item in items if item.known), key=lambda item: item.number)
    if not values:
        return ()
    return (values[0], values[-1]) if values[0].number != values[-1].number else (values[0],)
