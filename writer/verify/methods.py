"""By which percentile method a tool's summaries follow from its samples.

Near ``n p`` several methods fall on the same sample, others on the next run's. A tool uses
one method, so of those that match each value, the one is named that matches most values.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from writer.model.run import Run, RunSet
from writer.samples import Key, Summary
from writer.statistics import METHODS
from writer.verify.describe import Described
from writer.verify.recompute import Recomputed, Status, by_every_method, gap, percentile_of

_ORDER = {name: number for number, name in enumerate((*METHODS, "index"))}

DEFINED = {
    "index": "the sample at position floor(n p), counted from 0",
    "linear": "NumPy's default",
}
"""What is not one of NumPy's names, or is what most tools use."""


@dataclass(frozen=True, slots=True)
class Methods:
    """How the percentiles of many runs follow from their samples.

    Attributes:
        matched: by method, how many percentiles it gives as reported; most first.
        also: by method, others that give all of these as well.
        none: how many no method gives.
        unjudged: how many have no samples.
    """

    matched: Mapping[str, int]
    also: Mapping[str, tuple[str, ...]]
    none: int
    unjudged: int

    @property
    def count(self) -> int:
        """How many percentiles the runs report."""
        return sum(self.matched.values()) + self.none + self.unjudged


def told_alike(
    runs: RunSet,
    recomputed: Mapping[str, Sequence[Recomputed]],
    summaries: Mapping[Key, Summary],
) -> dict[str, Sequence[Recomputed]]:
    """The same, each percentile by the matching method that matches most of its reader's.

    Args:
        runs: all that were read, with their readers.
        recomputed: by run id, every reported value.
        summaries: of each column of samples.

    Raises:
        DataError: samples cannot be read.
    """
    found = dict(recomputed)
    by_reader: dict[str, list[Run]] = defaultdict(list)
    for run in runs.runs:
        by_reader[run.reader].append(run)
    for members in by_reader.values():
        # values that no run reported are linear percentiles as they were made
        stated = [found[run.id] for run in members if not isinstance(found[run.id], Described)]
        matching = [item for items in stated for item in items if item.matches]
        if all(item.matches[0][0] == "linear" for item in matching):
            # the first method that is tried, and right for all
            for run in members:
                items = found[run.id]
                if not isinstance(items, Described):  # which makes each value when it is asked
                    found[run.id] = tuple(
                        _by(item, ("linear",)) if _by_another(item) else item for item in items
                    )
            continue
        for run in members:
            found[run.id] = tuple(
                replace(item, matches=by_every_method(run, item, summaries))
                if len(item.matches) == 1 and item.matches[0][0] == "linear"
                else item
                for item in found[run.id]
            )
        order = _most_first([item for run in members for item in found[run.id] if item.matches])
        for run in members:
            found[run.id] = tuple(
                _by(item, order) if item.matches else item for item in found[run.id]
            )
    return found


def _by_another(item: Recomputed) -> bool:
    """Whether a percentile is told by another method than the linear one."""
    return bool(item.matches) and not item.method.startswith("linear")


def _most_first(items: Sequence[Recomputed]) -> list[str]:
    """Methods, each the one that matches most of what those before it do not."""
    left, found = list(items), []
    while left:
        count: Counter[str] = Counter()
        gaps: dict[str, float] = defaultdict(float)
        for item in left:
            for name, value in item.matches:
                count[name] += 1
                gaps[name] += gap(value, item.measurement.value or 0.0)
        best = min(count, key=lambda name: (-count[name], gaps[name], _ORDER[name]))
        found.append(best)
        left = [item for item in left if all(name != best for name, _ in item.matches)]
    return found


def _by(item: Recomputed, order: Sequence[str]) -> Recomputed:
    values = dict(item.matches)
    name = next(name for name in order if name in values)
    return replace(item, value=values[name], method=f"{name} percentile")


def methods_of(values: Sequence[Recomputed]) -> Methods:
    """Count the percentiles among ``values`` by how they follow from the samples."""
    matched: dict[str, list[set[str]]] = defaultdict(list)
    none = unjudged = 0
    for item in values:
        if percentile_of(item.reported.statistic) is None:
            continue
        if item.status in (Status.RAW, Status.UNIT):
            name = item.method.partition(" percentile")[0]
            matched[name].append({other for other, _ in item.matches} - {name})
        elif item.status is Status.MISMATCH:
            none += 1
        else:
            unjudged += 1
    names = sorted(matched, key=lambda name: (-len(matched[name]), _ORDER[name]))
    return Methods(
        {name: len(matched[name]) for name in names},
        {
            name: tuple(sorted(set.intersection(*matched[name]), key=_ORDER.__getitem__))
            for name in names
        },
        none,
        unjudged,
    )
