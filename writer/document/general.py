"""What a section of any data needs to know of a table: what to print of it, what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from writer.model.experiment import Column, Experiment, Level, Sweep
from writer.model.unit import unit
from writer.setting_names import in_words, is_label
from writer.words import subject

COLUMNS = 4
"""Measurements that a table prints at most: with the factor and a group they fit the column of
a two-column paper."""

SENTENCES = 4
"""Sweeps of which a text speaks one by one at most; more are for the table to show."""

SETTINGS = 8
"""Settings that differ among the rows of which a text names at most."""

SPOKEN = 3
"""Measurements that a text compares at most, sweep by sweep."""

DRAWN = 3
"""Levels from which on a figure shows more than a sentence does."""

LISTED = 6
"""Combinations without a run that a text lists at most."""

_TIERS = (("", "total", "mean", "p99"), ("median", "p50", "p95"))
_UNSET = ("", "null", "none")
_FIRST = ("throughput", "latency")


def heading(title: str) -> str:
    """A folder's name as a heading; a title with a blank is one already.

    >>> heading("job_scaling/jobs_2"), heading("results"), heading("Node scaling")
    ('Job scaling, jobs 2', 'Results', 'Node scaling')
    """
    if " " in title:
        return title
    words = title.replace("_", " ").replace("/", ", ")
    return words[:1].upper() + words[1:]


def printed(experiment: Experiment) -> tuple[str, ...]:
    """The columns of a table that fits a page: groups, factor, the measurements that say most.

    Throughput and latency come first, then what is measured of other things; of each the means
    and percentiles that are commonly reported. Columns without a value other than zero are left
    out.
    """
    chosen = sorted(_measured(experiment), key=_rank)[:COLUMNS]
    names = {column.name for column in chosen}
    return tuple(
        column.name
        for column in experiment.columns
        if column.role in ("group", "factor") or column.name in names
    )


def unprinted(experiment: Experiment) -> tuple[Column, ...]:
    """The measurements that :func:`printed` leaves out, those without any value too."""
    names = printed(experiment)
    return tuple(item for item in experiment.quantities() if item.name not in names)


def spoken(experiment: Experiment) -> tuple[Column, ...]:
    """The measurements that a text compares: of each kind in the table the first and the tail."""
    names = printed(experiment)
    found: dict[str, list[Column]] = {}
    for column in experiment.quantities():
        if column.name in names:
            found.setdefault(column.measure, []).append(column)
    kinds = [found[kind] for kind in (*_FIRST, *found) if kind in found]
    chosen = [column for kind in kinds for column in (kind[0], kind[-1])]
    return tuple(dict.fromkeys(column for column in chosen if not _counts(column)))[:SPOKEN]


def _counts(column: Column) -> bool:
    """Whether a value grows with how often something was measured: a count, a sum of times."""
    dimension = unit(column.unit).dimension
    summed = column.statistic == "total" and dimension == "time"
    return column.statistic == "count" or summed or dimension.startswith("count:")


def _measured(experiment: Experiment) -> Iterator[Column]:
    for column in experiment.quantities():
        cells = [row.cells[column.name] for row in experiment.rows]
        if any(cell.known and cell.number for cell in cells):
            yield column


def _rank(column: Column) -> tuple[int, int]:
    tier = next((n for n, names in enumerate(_TIERS) if column.statistic in names), len(_TIERS))
    return tier, _kind(column)


def _kind(column: Column) -> int:
    """Rates and latencies first, then other times of a task, anything else, and counts last."""
    if column.measure in _FIRST:
        return _FIRST.index(column.measure)
    dimension = unit(column.unit).dimension
    if dimension == "time":
        own = column.statistic not in ("", "total")
        return len(_FIRST) if own else len(_FIRST) + 2
    return len(_FIRST) + (3 if dimension.startswith("count:") else 1)


def spoken_sweeps(experiment: Experiment) -> tuple[Sweep, ...]:
    """The sweeps that a text speaks of: those of more than one row, if they are few."""
    sweeps = tuple(sweep for sweep in experiment.sweeps() if len(sweep.rows) > 1)
    return sweeps if len(sweeps) <= SENTENCES else ()


def held(experiments: Sequence[Experiment]) -> tuple[tuple[str, Level], ...]:
    """The settings, in words, that every one of the experiments held at one level."""
    if not experiments:
        return ()
    return tuple(
        (in_words(key), level)
        for key, level in experiments[0].settings.items()
        if level is not None
        and level.text.lower() not in _UNSET
        and not is_label(key)
        and all(_same(level, item.settings.get(key)) for item in experiments[1:])
    )


def held_apart(
    experiment: Experiment, experiments: Sequence[Experiment]
) -> tuple[tuple[str, Level], ...]:
    """The settings that this experiment held and that :func:`held` does not name."""
    shared = {title for title, _ in held(experiments)}
    return tuple(pair for pair in held((experiment,)) if pair[0] not in shared)


def _same(one: Level, other: Level | None) -> bool:
    return other is not None and one.text == other.text


def changing(experiment: Experiment) -> tuple[str, ...]:
    """The settings, in words, that differ among the rows beside the factor and the groups."""
    return tuple(
        column.title
        for column in experiment.columns
        if column.role == "setting" and not is_label(column.name)
    )[:SETTINGS]


def uncovered(experiment: Experiment) -> tuple[str, ...]:
    """The combinations of levels that a grid lacks, in words; none where there are many."""
    grid = _Grid.of(experiment)
    if grid.missing > LISTED:  # never listed: a few settings may have millions
        return ()
    return tuple(
        " with ".join(
            f"{in_words(name)} {text}" for name, text in zip(grid.names, found, strict=True)
        )
        for found in product(*grid.levels)
        if found not in grid.there
    )


def lacking(experiment: Experiment) -> bool:
    """Whether a grid lacks combinations, and more than :func:`uncovered` lists."""
    return _Grid.of(experiment).missing > LISTED


@dataclass(frozen=True, slots=True)
class _Grid:
    """The levels of the groups and the factor, and the combinations of them that have rows."""

    names: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    there: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, experiment: Experiment) -> _Grid:
        names = (*(column.name for column in experiment.groups()), experiment.factor)
        rows = [tuple(row.levels[name].text for name in names) for row in experiment.rows]
        levels = (tuple(dict.fromkeys(row[at] for row in rows)) for at in range(len(names)))
        return cls(names, tuple(levels), frozenset(rows))

    @property
    def missing(self) -> int:
        """How many combinations have no row."""
        return prod(map(len, self.levels)) - len(self.there)


def drawn(experiment: Experiment) -> str:
    """The kind of figure that shows the table, or the empty string where none does."""
    levels = [row.levels[experiment.factor].value for row in experiment.rows]
    ordered = all(level is not None and level > 0 for level in levels)
    if not ordered or len(set(levels)) < DRAWN or not experiment.of("throughput"):
        return ""
    sweeps = len(experiment.sweeps())
    if sweeps == 1:
        tails = [experiment.of("latency", name) for name in ("p99", "p95", "p90", "max", "mean")]
        return "throughput_tail" if any(tails) else "scaling"
    return "scaling" if sweeps <= SENTENCES else ""


FUNCTIONS: dict[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        printed,
        unprinted,
        spoken,
        spoken_sweeps,
        held,
        held_apart,
        changing,
        uncovered,
        lacking,
        drawn,
        subject,
    )
}
"""What a template may call."""
