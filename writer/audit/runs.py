"""What rules on raw runs share: the runs behind a table, and how to speak of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from writer.audit.rule import Context, NotJudged
from writer.model.experiment import ColumnSource, Experiment, Level, Row
from writer.model.measurement import Measurement
from writer.model.number import digits
from writer.model.run import Run
from writer.model.unit import factor
from writer.verify.evidence import Evidence
from writer.verify.recompute import Recomputed, Status, agrees
from writer.words import at, listed
from writer.words import name as title
from writer.words import place as phrase

NO_RUNS = NotJudged("no raw runs stand behind this table (--runs PATH gives them)")


class RowRuns(NamedTuple):
    """A row of the table and the runs behind it."""

    row: Row
    runs: tuple[Run, ...]


def bound(experiment: Experiment, context: Context) -> tuple[Evidence, tuple[RowRuns, ...]] | None:
    """The evidence and the rows that have runs; None without any."""
    evidence = context.evidence
    if evidence is None or not evidence.binds(experiment):
        return None
    rows = (RowRuns(row, evidence.of(experiment, row)) for row in experiment.rows)
    return evidence, tuple(item for item in rows if item.runs)


MIXED = NotJudged(
    "some runs' latencies are in another unit than others' (unit-mismatch): which is not known"
)


def mixed_units(experiment: Experiment, context: Context) -> bool:
    """Whether latencies follow from their samples in some runs, and by a factor in others."""
    found = bound(experiment, context)
    if found is None:
        return False
    evidence, rows = found
    sampled = (
        run
        for item in rows
        for run in item.runs
        if (samples := evidence.latency(run)) is not None and evidence.summary(samples).count
    )
    return len({evidence.scale(run) for run in sampled}) > 1


def where(experiment: Experiment, row: Row) -> Mapping[str, object]:
    """Evidence for the phrase that says at which level a row stands, with its groups."""
    return {**at(experiment, row.levels[experiment.factor]), "group": in_group(experiment, row)}


def in_group(experiment: Experiment, row: Row) -> str:
    """The groups of a row before its level; a number alone does not say what it is of."""
    levels = ((column, row.levels[column.name]) for column in experiment.groups())
    return "".join(
        f"{level.text} " if level.value is None else f"{title(column)} {level.text} "
        for column, level in levels
    )


def place(key: str) -> str:
    """Template for the phrase of :func:`where`: "RAG at 4 nodes"."""
    return f"{{{{ {key}.group }}}}" + phrase(key)


def name(run: Run) -> str:
    """A run in words: the last two steps of its path."""
    return "/".join(run.id.split("/")[-2:])


MOST_NAMES = 8
"""Runs named in one sentence; the rest are counted."""


def names(runs: Sequence[Run]) -> str:
    """Runs in words, the first few of them."""
    rest = ["others"] if len(runs) > MOST_NAMES else []
    return listed([name(run) for run in runs[:MOST_NAMES]] + rest)


def value(run: Run, quantity: str, statistic: str = "") -> Measurement | None:
    """A reported value that is a number."""
    item = run.value(quantity, statistic)
    return item if item is not None and item.known else None


def says(cell: Measurement, number: float) -> bool:
    """Whether a cell is a number: to its printed digits, or exactly where it was computed here."""
    return agrees(cell.number, number) or (bool(cell.text) and number in cell.span)


def reported_mean(source: ColumnSource, cell: Measurement, runs: Sequence[Run]) -> float | None:
    """The mean of what runs report of a column, in the cell's unit; None where one does not."""
    parts = [value(run, source.quantity, source.statistic) for run in runs]
    known = [part for part in parts if part is not None]
    scale = factor(known[0].unit, cell.unit) if known else None
    if scale is None or len(known) < len(parts):
        return None
    return sum(part.number for part in known) / len(known) * scale


def averaged(experiment: Experiment, rows: Sequence[RowRuns]) -> dict[str, bool]:
    """The columns that hold means over runs, each with whether the descriptor says so.

    Where it says nothing, and several runs stand behind rows, the digits of the cells tell:
    each such cell must be the mean of what all of its runs report, or of those that succeeded.
    """
    sources = experiment.runs.columns if experiment.runs else {}
    stated = {name: True for name, source in sources.items() if source.over == "mean"}
    told = {
        name: False
        for name, source in sources.items()
        if source.over == "single" and _means(name, source, rows)
    }
    return {name: (stated | told)[name] for name in sources if name in stated | told}


def _means(name: str, source: ColumnSource, rows: Sequence[RowRuns]) -> bool:
    several = [
        (cell, item.runs)
        for item in rows
        if len(item.runs) > 1 and (cell := item.row.cells.get(name)) is not None and cell.known
    ]
    return bool(several) and all(_is_mean(source, cell, runs) for cell, runs in several)


def _is_mean(source: ColumnSource, cell: Measurement, runs: Sequence[Run]) -> bool:
    alive = [run for run in runs if not run.without_success]
    means = (reported_mean(source, cell, some) for some in (runs, alive) if some)
    return any(mean is not None and says(cell, mean) for mean in means)


def follows(item: Recomputed) -> bool:
    """Whether a reported value is what was recomputed, to the digits that it is given in."""
    return item.status is not Status.MISMATCH or item.value is None


def extent(items: Sequence[Measurement], decimals: int) -> tuple[Measurement, ...]:
    """The least and the most of some values; one of them where both print the same."""
    least, most = min(items, key=_number), max(items, key=_number)
    same = digits(least, decimals) == digits(most, decimals)
    return (least,) if same else (least, most)


def _number(item: Measurement) -> float:
    return item.number


def to(key: str, decimals: int, *, unit: bool = True) -> str:
    """Template for what :func:`extent` gives: "60.1 to 60.4 s", or without the unit."""
    last = f"{{{{ n|{'u' if unit else 'places'}({decimals}) }}}}"
    other = f"{{{{ n|places({decimals}) }}}} to "
    return (
        f"{{% for n in {key} %}}{{% if loop.last %}}{last}{{% else %}}{other}"
        "{% endif %}{% endfor %}"
    )


def cells(row: Row, names: Sequence[str] = ()) -> Iterator[Measurement]:
    """The row's cells to point at: those named, else all."""
    for key, cell in row.cells.items():
        if not names or key in names:
            yield cell


def facts(run: Run, *, observed: bool) -> Mapping[str, Level]:
    """What a run was set to, or what it observed if it did anything."""
    if not observed:
        return run.settings
    return {} if run.without_success else run.observed


def unlike(levels: Iterable[Level]) -> tuple[Level, ...]:
    """Each value once, in order."""
    unique = {level.text: level for level in levels if level.text}
    return tuple(sorted(unique.values(), key=lambda level: (level.value or 0.0, level.text)))
