"""Values made from runs as measurements, so that rules can print them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import floor, log10

from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug
from writer.model.run import Run
from writer.verify.recompute import Recomputed

_MOST_DECIMALS = 9


def recomputed(item: Recomputed) -> Measurement:
    """What the samples give for a reported value, in the reported unit.

    Raises:
        ValueError: nothing could be recomputed.
    """
    value = item.corrected
    if value is None:
        raise ValueError(f"{item.measurement.id} was not recomputed")
    reported = item.measurement
    return Measurement(
        id=f"{reported.id}/recomputed",
        experiment=reported.experiment,
        quantity=reported.quantity,
        levels=(),
        value=value,
        text="",
        unit=reported.unit,
        interval=Interval.exact(value),
        grade=Grade.RAW,
        provenance=reported.provenance,
        formula=f"{item.method} of the samples of {item.run}",
        title=reported.title,
    )


def told_apart(item: Recomputed) -> tuple[Measurement, Measurement]:
    """The reported and the recomputed value, to the fewest decimals at which they differ.

    At least three significant digits; where no decimals tell them apart, as they are.

    Raises:
        ValueError: nothing could be recomputed.
    """
    reported, given = item.measurement, recomputed(item)
    one, other = reported.number, given.number
    least = max(0, 2 - (floor(log10(abs(other))) if other else 0))
    for decimals in range(least, least + _MOST_DECIMALS):
        texts = f"{one:.{decimals}f}", f"{other:.{decimals}f}"
        if texts[0] != texts[1]:
            whole = one.is_integer() and other.is_integer()
            texts = (str(int(one)), str(int(other))) if whole else texts
            return replace(reported, text=texts[0]), replace(given, text=texts[1])
    return reported, given


def made(
    runs: Sequence[Run],
    name: str,
    value: float,
    unit: str,
    *,
    title: str = "",
    interval: Interval | None = None,
    digits: str = "",
) -> Measurement:
    """A value computed here from several runs: a pooled percentile, a count of runs.

    Args:
        runs: what it was computed from; the first gives the place.
        name: what it is, for the id and the formula.
        value, unit, interval: of the value.
        title: in words.
        digits: how to print it; by default as exactly as the interval allows.
    """
    first = runs[0]
    return Measurement(
        id=f"runs/{slug(first.group)}/{slug(first.id.rpartition('/')[2])}/{slug(name)}",
        experiment=first.group,
        quantity=name,
        levels=(),
        value=value,
        text=digits,
        unit=unit,
        interval=interval or Interval.exact(value),
        grade=Grade.RAW,
        provenance=Provenance(first.file, first.sha256, None, name, first.reader),
        formula=f"{name} of {', '.join(run.id for run in runs[:8])}"
        + (" and others" if len(runs) > 8 else ""),
        title=title or name,
    )


def counted(runs: Sequence[Run], name: str, count: int, unit: str = "runs") -> Measurement:
    """A whole number about runs, e.g. how many of them are empty."""
    return made(runs, name, float(count), unit, digits=str(count))
