"""Runs, their summaries, and which rows of which tables they stand behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from writer.cache import Cache
from writer.dataset import Dataset
from writer.fanout import Backend
from writer.model.experiment import Experiment, Row
from writer.model.measurement import Grade
from writer.model.run import Run, RunSet, Samples
from writer.samples import MAX_LOADED, Key, Summary, key, load, loadable, summarise
from writer.verify.describe import Described, described
from writer.verify.match import match_rows
from writer.verify.methods import told_alike
from writer.verify.problems import noted
from writer.verify.recompute import Given, Recomputed, in_one_unit, recompute

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


TOO_MANY = f"more than {MAX_LOADED // 1_000_000} million samples to hold in memory at once"
"""Why something is not judged, or a value not recomputed."""


HELD = 4 * MAX_LOADED
"""Samples that stay in memory once they were needed: 640 MB of doubles."""


class _Pools:
    """Samples in memory: the first :data:`HELD` that were asked for, and those asked for last.

    Rules go through the same runs one after another. Were the oldest dropped, each would be
    gone when it is asked for again.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, ...], NDArray[np.float64]] = {}
        self._room = HELD
        self._last: dict[tuple[str, ...], NDArray[np.float64]] = {}

    def get(self, name: tuple[str, ...]) -> NDArray[np.float64] | None:
        found = self._held.get(name)
        return self._last.get(name) if found is None else found

    def clear_last(self) -> None:
        """Make room for what is read next."""
        self._last.clear()

    def put(self, name: tuple[str, ...], data: NDArray[np.float64]) -> None:
        if len(data) <= self._room:
            self._held[name] = data
            self._room -= len(data)
        else:
            self._last = {name: data}


@dataclass(frozen=True)
class Evidence:
    """What raw results say, ready for rules and sections.

    Attributes:
        runs: every run that was read.
        summaries: of each column of samples.
        recomputed: by run id, every reported value.
        dataset: whose rows are bound to runs.
        rows: runs by experiment and line of its table.
        recalled: columns of samples whose file's hash was known with its summary.
    """

    runs: RunSet
    summaries: Mapping[Key, Summary]
    recomputed: Mapping[str, Sequence[Recomputed]]
    dataset: Dataset
    rows: Mapping[tuple[str, int], tuple[Run, ...]]
    recalled: int = 0
    _given: dict[str, Mapping[tuple[str, str], Given]] = field(default_factory=dict, repr=False)
    _values: dict[str, dict[tuple[str, str], Recomputed]] = field(default_factory=dict, repr=False)
    _pools: _Pools = field(default_factory=_Pools, repr=False)

    @cached_property
    def _bound(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.rows)

    def binds(self, experiment: Experiment) -> bool:
        """Whether any row of the experiment has runs."""
        return experiment.name in self._bound

    def of(self, experiment: Experiment, row: Row) -> tuple[Run, ...]:
        """The runs behind a row; none where there are none."""
        return self.rows.get((experiment.name, row.line), ())

    def all_of(self, experiment: Experiment) -> tuple[Run, ...]:
        """Every run behind the experiment, each once, in the table's order."""
        found = {run.id: run for row in experiment.rows for run in self.of(experiment, row)}
        return tuple(found.values())

    def summary(self, samples: Samples) -> Summary:
        return self.summaries[key(samples)]

    def latency(self, run: Run) -> Samples | None:
        """The run's latency samples, the tool's first choice."""
        return next(iter(run.columns("latency")), None)

    def value(self, run: Run, quantity: str, statistic: str) -> Recomputed | None:
        """What recomputing one reported value of a run came to."""
        known = self._values.get(run.id)
        if known is None:
            # the first of several of one name counts
            items = reversed(self.recomputed[run.id])
            known = {(item.reported.quantity, item.reported.statistic): item for item in items}
            self._values[run.id] = known
        return known.get((quantity, statistic))

    def given(self, run: Run) -> Mapping[tuple[str, str], Given]:
        """The numbers that a run gives, by quantity and statistic."""
        known = self._given.get(run.id)
        if known is None:
            items = self.recomputed[run.id]
            known = self._given[run.id] = (
                items.given()
                if isinstance(items, Described)
                else {
                    (item.reported.quantity, item.reported.statistic): (
                        item.given,
                        item.measurement.unit,
                    )
                    for item in reversed(items)  # the first of several of one name counts
                }
            )
        return known

    def stated(self) -> tuple[Recomputed, ...]:
        """What recomputing each value came to that a run itself reports."""
        return tuple(
            item
            for run in self.runs.runs
            if not isinstance(items := self.recomputed[run.id], Described)
            for item in items
            if item.measurement.grade is not Grade.RAW
        )

    def scale(self, run: Run) -> float:
        """The factor between the latency samples' declared unit and the one they are in."""
        items = self.recomputed[run.id]
        if isinstance(items, Described):
            return 1.0
        # what follows from counts has a factor of its own
        return next((item.scale for item in items if item.scale != 1.0 and item.count), 1.0)

    def bound_to(self, dataset: Dataset) -> Evidence:
        """The same evidence, bound to the rows of another dataset."""
        if dataset is self.dataset:
            return self
        known = self.dataset.experiments
        same = {name for name, item in dataset.experiments.items() if known.get(name) is item}
        others = {name: item for name, item in dataset.experiments.items() if name not in same}
        rows = {place: runs for place, runs in self.rows.items() if place[0] in same}
        if others:
            rows |= match_rows(self.runs, replace(dataset, experiments=others))
        return replace(self, dataset=dataset, rows=rows)

    def loadable(self, runs: Sequence[Run], quantity: str = "latency") -> bool:
        """Whether the samples of several runs may be in memory together."""
        columns = (next(iter(run.columns(quantity)), None) for run in runs)
        return loadable(sum(self.summary(item).count for item in columns if item is not None))

    def pooled(self, runs: Sequence[Run], quantity: str = "latency") -> NDArray[np.float64]:
        """The samples of several runs together, sorted, each in its true unit.

        Raises:
            DataError: they are not :meth:`loadable`.
        """
        import numpy as np

        name = (quantity, *(run.id for run in runs))
        found = self._pools.get(name)
        if found is None:
            self._pools.clear_last()
            parts = [self._loaded(run, quantity) for run in runs if run.columns(quantity)]
            found = parts[0] if len(parts) == 1 else np.sort(np.concatenate([np.empty(0), *parts]))
            self._pools.put(name, found)
        return found

    def exact(self, run: Run) -> NDArray[np.float64] | None:
        """The latency samples as the result file itself holds them, sorted, if it holds all.

        A file of samples beside it may hold them to two decimals. None too where its copy is
        in another unit.
        """
        import numpy as np

        columns = run.columns("latency")
        copy = next((item for item in columns if item.format == "values"), None)
        if copy is None or copy is columns[0]:
            return None
        name, summary = ("exact latency", run.id), self.summary(columns[0])
        found = self._pools.get(name)
        if found is None:
            if not loadable(len(copy.values)):
                return None
            self._pools.clear_last()
            found = np.sort(np.asarray(copy.values, dtype=np.float64)) * self.scale(run)
            self._pools.put(name, found)
        if not len(found) == summary.count > 0:
            return None
        same = in_one_unit(float(found[-1]), summary.maximum * self.scale(run))
        return found if same else None

    def _loaded(self, run: Run, quantity: str) -> NDArray[np.float64]:
        data = load([run.columns(quantity)[0]])
        scale = self.scale(run) if quantity == "latency" else 1.0
        return data if scale == 1.0 else data * scale


def gather(
    runs: RunSet,
    dataset: Dataset,
    progress: Callable[[str], None] | None = None,
    *,
    backend: Backend = Backend.LOCAL,
    cache: Cache | None = None,
) -> Evidence:
    """Summarise and recompute every run, and bind the dataset's rows to runs.

    Runs that report nothing get what their samples come to.

    Args:
        runs: all of them.
        dataset: the tables.
        progress: called with what is done next.
        backend: where samples are aggregated.
        cache: of summaries made before, by the hash of the file.

    Raises:
        DataError: samples cannot be read, or a table's description of its runs is wrong.
        ToolError: DuckDB, or what the backend needs, is not installed.
    """
    if progress:
        progress("aggregating samples")
    columns = (item for run in runs.runs for item in run.samples)
    before = cache.recalled if cache else 0
    summaries = summarise(columns, backend=backend, cache=cache)
    if progress:
        progress("recomputing")
    runs, known = described(noted(runs, summaries), summaries)
    recomputed: dict[str, Sequence[Recomputed]] = {
        run.id: known[run.id] if run.id in known else recompute(run, summaries) for run in runs.runs
    }
    recomputed = told_alike(runs, recomputed, summaries)
    recalled = cache.recalled - before if cache else 0
    return Evidence(runs, summaries, recomputed, dataset, match_rows(runs, dataset), recalled)
