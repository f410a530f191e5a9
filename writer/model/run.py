"""A run: one execution of a system under test, with what it reported and its samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from writer.model.experiment import Level
from writer.model.measurement import Measurement

JOINT = "\x1f"
"""Joins the columns, and their values, that together tell runs of one file apart."""


def level_sql(columns: str) -> str:
    """SQL for the text that selects a run's rows: the values of ``columns``, joined."""
    quoted = ('"' + column.replace('"', '""') + '"' for column in columns.split(JOINT))
    return f" || '{JOINT}' || ".join(f"CAST({name} AS VARCHAR)" for name in quoted)


@dataclass(frozen=True, slots=True)
class Samples:
    """One column of samples, still in its file.

    Attributes:
        quantity: what each sample measures, e.g. ``latency``.
        unit: as the file declares it.
        file: path from the root, with forward slashes.
        path: where the file is on this machine; never printed.
        sha256: of the file; the empty string where it was not hashed yet.
        column: name of the column.
        format: ``csv``, ``jsonl``, ``parquet``, or ``values`` for samples that were
            read already; the token of a :class:`writer.model.sample_format.SampleFormat`.
        where: columns and values that select this run's rows, joined by
            :data:`JOINT` where there are several, or None for all rows.
        values: the samples, for the format ``values``.
        row: what one row is, in words.
        rows: in the file, where its reader has counted them.
    """

    quantity: str
    unit: str
    file: str
    path: str
    sha256: str
    column: str
    format: str
    where: tuple[str, str] | None = None
    values: tuple[float, ...] = field(default=(), repr=False)
    row: str = "one task"
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A summary value that a run reports about itself.

    Attributes:
        quantity: ``latency``, ``throughput``, ``balance``, ``tasks``, ``completed``,
            ``failed``, ``duration`` or a name of the tool's own.
        statistic: ``mean``, ``p50`` ..., ``max``, ``std``, ``total``, ``count``, or the
            empty string for a plain value.
        measurement: the value with its place.
    """

    quantity: str
    statistic: str
    measurement: Measurement


class Reports(Sequence[Reported]):
    """What a run reports.

    A subclass that knows names, units and digits without the measurements says so, and
    makes these in :meth:`_items` when one is looked at.

    Args:
        made: the values that are measurements already.
    """

    __slots__ = ("_made",)

    def __init__(self, made: Iterable[Reported]) -> None:
        self._made = tuple(made)

    @overload
    def __getitem__(self, place: int) -> Reported: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Reported, ...]: ...
    def __getitem__(self, place: int | slice) -> Reported | tuple[Reported, ...]:
        return self._items()[place]

    def __len__(self) -> int:
        return len(self._items())

    def __iter__(self) -> Iterator[Reported]:
        return iter(self._items())

    def _items(self) -> tuple[Reported, ...]:
        return self._made

    def named(self) -> Iterator[tuple[str, str, str]]:
        """Quantity, statistic and unit of each value."""
        for item in self:
            yield item.quantity, item.statistic, item.measurement.unit

    def texts(self) -> Mapping[tuple[str, str], str]:
        """The digits of each value that is known, by quantity and statistic; the first of
        several counts."""
        return {(item.quantity, item.statistic): item.measurement.digits for item in reversed(self)}


def reports_of(run: Run) -> Reports:
    """What a run reports, as :class:`Reports`."""
    return run.reported if isinstance(run.reported, Reports) else Reports(run.reported)


UNREADABLE = "values that cannot be read"
"""What is wrong with a file in which something is not what it should be."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file but not fatal: named, counted, never dropped, and a finding.

    What is only worth knowing is a :class:`Note`. ``fault`` is what is wrong, in words for a paper.
    """

    file: str
    message: str
    line: int | None = None
    fault: str = UNREADABLE


@dataclass(frozen=True, slots=True)
class Note:
    """What was made out about a file or folder without being told, or is missing from it."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Run:
    """One execution.

    Attributes:
        id: path of the result without its ending, unique in the set.
        group: the folder, from the root: runs of one experiment lie together.
        name: as the tool recorded it.
        file, sha256, reader: where it was read.
        settings: what was configured.
        observed: what the result says happened, e.g. ``nodes`` that did work.
        shares: work done per worker, e.g. tasks per node.
        reported: the summary values.
        samples: columns of samples; two of one quantity are copies of each other.
        extra: fields that this version does not interpret, as JSON text.
        problems: what is wrong with the files.
        notes: what is worth knowing about them and is not wrong.
        tool: name and version of what wrote the result, where it says so.
        started: seconds since the epoch or ISO time as recorded; the empty string.
        trial: which repetition of its setting the run is, where the result says so.
    """

    id: str
    group: str
    name: str
    file: str
    sha256: str
    reader: str
    settings: Mapping[str, Level] = field(hash=False)
    observed: Mapping[str, Level] = field(hash=False)
    shares: Mapping[str, Measurement] = field(hash=False)
    reported: Sequence[Reported]
    samples: tuple[Samples, ...]
    extra: Mapping[str, str] = field(hash=False)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    tool: str = ""
    started: str = ""
    trial: str = ""

    def value(self, quantity: str, statistic: str = "") -> Measurement | None:
        """The reported value of a quantity's statistic, or None."""
        for item in self.reported:
            if (item.quantity, item.statistic) == (quantity, statistic):
                return item.measurement
        return None

    @property
    def without_success(self) -> bool:
        """Whether the run says that no task succeeded."""
        completed = self.value("completed")
        return completed is not None and completed.value == 0

    def columns(self, quantity: str) -> tuple[Samples, ...]:
        """The sample columns of a quantity, the tool's first choice first."""
        return tuple(item for item in self.samples if item.quantity == quantity)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that no reader took, or that could not be read, with the reason.

    ``proposal`` is what settings might say to have it read, where they have to; else empty.
    ``wrong`` says that it is a result, or meant as one, and cannot be read.
    """

    file: str
    reason: str
    proposal: str = ""
    wrong: bool = False


@dataclass(frozen=True)
class RunSet:
    """Every run below one folder.

    Attributes:
        root: the folder as the user named it.
        runs: by id, in order.
        skipped: files that gave no run, with the reason.
        files: sha256 by path of every file that was used.
        made_out: what was made out about files without being told.
    """

    root: str
    runs: tuple[Run, ...]
    skipped: tuple[Skipped, ...]
    files: Mapping[str, str]
    made_out: tuple[Note, ...] = ()

    def groups(self) -> dict[str, tuple[Run, ...]]:
        """The runs by folder, in order."""
        parts: dict[str, list[Run]] = {}
        for run in self.runs:
            parts.setdefault(run.group, []).append(run)
        return {name: tuple(runs) for name, runs in parts.items()}

    def same(self, runs: Sequence[Run]) -> tuple[Run, ...]:
        """The runs of this set that have the ids of ``runs``, in this set's order."""
        wanted = {run.id for run in runs}
        return tuple(run for run in self.runs if run.id in wanted)

    def problems(self) -> tuple[Problem, ...]:
        """The problems of all runs, and the results that cannot be read."""
        unread = (Problem(item.file, item.reason) for item in self.skipped if item.wrong)
        return (*(problem for run in self.runs for problem in run.problems), *unread)

    def notes(self) -> tuple[Note, ...]:
        """What is worth knowing about the files, and about those of each run."""
        return (*self.made_out, *(note for run in self.runs for note in run.notes))
