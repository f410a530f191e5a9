"""Which runs hold samples of one another, value for value.

Runs that record the same tasks need not hold equal lists: one may have recorded for
longer. A few samples of each run, chosen by a hash of their value, are looked for in every
other run, however large; where enough of them are found, the two are compared whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from writer.model.run import Run
from writer.verify.evidence import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST = 20
"""Samples below which equal values may be chance: coarse clocks repeat values."""

FEWEST_VALUES = 5
"""Distinct values below which runs may be equal in every sample by chance: a constant service
time gives one latency to every task of every run."""

SHARED = 0.1
"""Share of the smaller run's samples from which the two are said to hold the same: counting
fewer twice changes a sum over two runs by less than single runs vary (five per cent)."""

SKETCH = 256
"""Samples of each run that are looked for in the others. Of a run that shares a tenth of
its samples, 26 are expected there."""

FOUND = 1 / 32
"""Share of them from which two runs are compared whole: of a run that shares a tenth of its
samples, fewer are found with a probability below 1e-5 (binomial)."""

DISTINCT = 0.5
"""Share of a run's values that must differ from each other for equal ones to mean
anything: latencies in whole milliseconds repeat by themselves."""

CHANCE = 3.0
"""How many times more samples must be shared than runs of such values share by chance. That
is bounded by how often each run's own values meet (the inequality of Cauchy and Schwarz), of
which the upper bound is taken; the factor is for values that meet in clusters."""

_MIX = 0x9E3779B97F4A7C15
"""An odd number that spreads the bits of a value (D. E. Knuth, *The Art of Computer
Programming*, volume 3, section 6.4: multiplicative hashing by the golden ratio)."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two runs that hold the same samples.

    Attributes:
        part, whole: the runs, the one with fewer samples first.
        shared: samples that both hold.
        size: samples of ``part``.
    """

    part: Run
    whole: Run
    shared: int
    size: int


@dataclass(frozen=True, slots=True)
class _Values:
    """A run's distinct values, in order, and how often it holds each."""

    values: NDArray[np.float64]
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Item:
    """What is kept of a run: its size, the values that stand for it, and the upper bound of
    how probable it is that two of its samples have one value."""

    run: Run
    size: int
    sketch: NDArray[np.float64]
    meeting: float


def overlaps(evidence: Evidence, runs: Sequence[Run]) -> tuple[Overlap, ...]:
    """Every pair of ``runs`` whose latency samples are largely the same."""
    read = _reader(evidence, runs)
    found = [item for run in runs if (item := _item(evidence, run, read)) is not None]
    return tuple(
        overlap
        for one, other in _candidates(found, read)
        if (overlap := _overlap(found[one], found[other], read)) is not None
    )


def telling(evidence: Evidence, run: Run) -> bool:
    """Whether a run's samples take so many values that another's can be equal by no chance."""
    if not evidence.loadable((run,)):
        return True
    return len(_distinct(evidence.pooled((run,))).values) >= FEWEST_VALUES


def _reader(evidence: Evidence, runs: Sequence[Run]) -> Callable[[Run], _Values]:
    """How samples are read: the exact copies where all runs have one, as decimals of a file
    that others round to meet by chance. Not kept: what does not fit into memory together is
    read again."""
    sampled = [
        run for run in runs if (item := evidence.latency(run)) and evidence.summary(item).count
    ]
    if all(evidence.exact(run) is not None for run in sampled):
        return lambda run: _distinct(_exact(evidence, run))
    return lambda run: _distinct(evidence.pooled((run,)))


def _exact(evidence: Evidence, run: Run) -> NDArray[np.float64]:
    found = evidence.exact(run)
    return evidence.pooled((run,)) if found is None else found


def _distinct(data: NDArray[np.float64]) -> _Values:
    """The distinct values of sorted samples."""
    import numpy as np

    other = np.append(True, data[1:] != data[:-1])[: len(data)]
    if other.all():
        return _Values(data, np.broadcast_to(np.int64(1), len(data)))
    starts = np.flatnonzero(other)
    return _Values(data[starts], np.diff(starts, append=len(data)))


def once(evidence: Evidence, runs: Sequence[Run]) -> int | None:
    """How many samples the runs hold together, those that several hold counted once.

    None where they are too many to be in memory together.
    """
    import numpy as np

    sampled = [item for run in runs if (item := evidence.latency(run)) is not None]
    summaries = [evidence.summary(item) for item in sampled]
    if summaries and all(summaries[0].same_samples(other) for other in summaries[1:]):
        return summaries[0].count  # equal in every sample: none need be in memory
    if not evidence.loadable(runs):
        return None
    parts = [*map(_reader(evidence, runs), runs)]
    values = np.concatenate([part.values for part in parts])
    counts = np.concatenate([part.counts for part in parts])
    order = np.argsort(values, kind="stable")
    starts = np.flatnonzero(np.diff(values[order], prepend=np.nan) != 0)
    return int(np.maximum.reduceat(counts[order], starts).sum()) if len(values) else 0


def _item(evidence: Evidence, run: Run, read: Callable[[Run], _Values]) -> _Item | None:
    samples = evidence.latency(run)
    if samples is None or evidence.summary(samples).count < FEWEST:
        return None
    if not evidence.loadable((run,)):
        return None
    found = read(run)
    size = int(found.counts.sum())
    if len(found.values) < DISTINCT * size:
        return None
    return _Item(run, size, _sketch(found.values), _meeting(found, size))


def _candidates(items: Sequence[_Item], read: Callable[[Run], _Values]) -> list[tuple[int, int]]:
    """Pairs of which one holds many of the samples that stand for the other."""
    import numpy as np

    if len(items) < 2:
        return []
    sketches = [item.sketch for item in items]
    owners = np.repeat(np.arange(len(items)), [len(sketch) for sketch in sketches])
    together = np.concatenate(sketches)
    order = np.argsort(together, kind="stable")
    wanted, starts, sizes = np.unique(together[order], return_index=True, return_counts=True)
    owners = owners[order]
    least = np.array([max(1.0, FOUND * len(sketch)) for sketch in sketches])
    pairs: set[tuple[int, int]] = set()
    for index, item in enumerate(items):
        there = _among(wanted, read(item.run).values)
        held = sizes[there]
        before = np.cumsum(held) - held
        places = np.repeat(starts[there] - before, held) + np.arange(held.sum())
        found = np.bincount(owners[places], minlength=len(items))
        for other in np.flatnonzero(found >= least).tolist():
            if other != index:
                pairs.add((min(index, other), max(index, other)))
    return sorted(pairs)


def _sketch(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values whose hashes are the smallest."""
    import numpy as np

    if len(values) <= SKETCH:
        return values.copy()  # a view would hold all samples
    mixed = values.view(np.uint64) * np.uint64(_MIX)
    return values[np.argpartition(mixed, SKETCH)[:SKETCH]]


def _among(wanted: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Places in ``wanted`` of what is among ``values`` too; both are sorted, without doubles."""
    import numpy as np

    if len(values) < len(wanted):
        places = np.minimum(np.searchsorted(wanted, values), len(wanted) - 1)
        return np.asarray(places[wanted[places] == values])
    places = np.minimum(np.searchsorted(values, wanted), len(values) - 1)
    return np.asarray(np.flatnonzero(values[places] == wanted))


def _meeting(found: _Values, size: int) -> float:
    """Upper bound of how probable it is that two samples of the run have one value.

    Of Poisson counts: three where none was seen is the bound at 95 per cent (B. D. Jovanovic
    and P. S. Levy, *A Look at the Rule of Three*, The American Statistician 51(2), 1997).
    """
    twice = found.counts[found.counts > 1]
    seen = float((twice * (twice - 1)).sum()) / 2.0
    pairs = size * (size - 1) / 2.0
    return float(min(1.0, (seen + 3.0 + 2.0 * seen**0.5) / pairs))


def _overlap(one: _Item, other: _Item, read: Callable[[Run], _Values]) -> Overlap | None:
    import numpy as np

    part, whole = (one, other) if one.size <= other.size else (other, one)
    few, many = read(part.run), read(whole.run)
    _, here, there = np.intersect1d(
        few.values, many.values, assume_unique=True, return_indices=True
    )
    shared = int(np.minimum(few.counts[here], many.counts[there]).sum())
    chance = (part.meeting * whole.meeting) ** 0.5 * part.size * whole.size
    if shared < max(FEWEST, SHARED * part.size) or shared < CHANCE * chance:
        return None
    return Overlap(part.run, whole.run, shared, part.size)
