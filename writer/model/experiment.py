"""An experiment: its table, what was swept, what was held, what each column means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from writer.model.measurement import Measurement


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: as in the file's header; also the quantity's name.
        role: ``factor`` (swept), ``group`` (one sweep per value), ``setting``
            (set by the experimenter, may change along the sweep),
            ``measurement`` or ``note``.
        title: in words.
        unit: symbol, the empty string for text.
        better: ``higher``, ``lower`` or None.
        measure: the quantity's kind: ``throughput``, ``latency``, ``balance``,
            ``completed``, ``speedup``, ``efficiency`` or a name of the author's.
        statistic: ``mean``, ``total``, ``per-unit``, ``min``, ``p50`` ... ``p99``,
            ``max``, ``count``, or the empty string where not stated.
        synonyms: other words that a paper may use for the column.
        level_names: words that a paper may use for a level, by the level's text.
    """

    name: str
    role: str
    title: str
    unit: str = ""
    better: str | None = None
    measure: str = ""
    statistic: str = ""
    synonyms: tuple[str, ...] = ()
    level_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """What of a run a column holds, and how several runs of one row are combined.

    ``over`` is ``single``, ``sum``, ``mean``, ``max``, or ``pooled``: of all their
    samples together.
    """

    quantity: str
    statistic: str
    over: str = "single"


@dataclass(frozen=True, slots=True)
class RunMapping:
    """Where the runs behind a table lie: patterns of run ids, see ``writer.verify.match``."""

    path: str
    rows: Mapping[str, str]
    columns: Mapping[str, ColumnSource]


@dataclass(frozen=True, slots=True)
class Level:
    """The level of one factor in one row: ``text`` always, ``measurement`` if numeric."""

    factor: str
    text: str
    measurement: Measurement | None

    @property
    def value(self) -> float | None:
        return None if self.measurement is None else self.measurement.value

    def matches(self, level: str) -> bool:
        """Whether ``level`` names this one: the same text or the same number."""
        if self.text == level or self.value is None:
            return self.text == level
        try:
            return float(level) == self.value
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    Attributes:
        line: 1-based line of the file.
        levels: factor and group columns by name.
        settings: setting columns by name.
        cells: measurement columns by name; never an adjusted value.
        adjusted: the invented values of this row, by column name.
        notes: note columns by name.
        together: what the samples of all runs of the row give where the cell combines
            their summaries, by column: the percentile of all samples for a mean of
            percentiles, the rate of tasks counted once for throughputs of runs that
            recorded the same tasks.
        trials: what each repetition gave, by column; empty where the row was run once
            or the repetitions are not at hand.
    """

    line: int
    levels: Mapping[str, Level]
    settings: Mapping[str, Level]
    cells: Mapping[str, Measurement]
    adjusted: Mapping[str, Measurement]
    notes: Mapping[str, str]
    trials: Mapping[str, tuple[Measurement, ...]] = field(default_factory=dict)
    together: Mapping[str, Measurement] = field(default_factory=dict)

    def at(self, levels: Mapping[str, str]) -> bool:
        """Whether the row stands at these levels, of some or all factors and groups."""
        return all(
            name in self.levels and self.levels[name].matches(level)
            for name, level in levels.items()
        )


@dataclass(frozen=True, slots=True)
class Total:
    """A column that should equal another times a factor: ``total = part * times``."""

    total: str
    part: str
    times: str


@dataclass(frozen=True, slots=True)
class StatedChange:
    """A ratio or percentage that the source states about two cells.

    ``form`` is ``ratio`` (of over base), ``change`` (percentage change from base)
    or ``reduction`` (percentage fall from base).
    """

    quantity: str
    of: Mapping[str, str]
    base: Mapping[str, str]
    form: str
    stated: Measurement


@dataclass(frozen=True, slots=True)
class Sweep:
    """The rows of one experiment that share their group levels, in table order."""

    experiment: Experiment
    group: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]

    @property
    def factor(self) -> str:
        return self.experiment.factor

    @property
    def label(self) -> str:
        """The group's levels in words, e.g. ``RAG``; empty without groups."""
        return ", ".join(level for _, level in self.group)

    def series(self, quantity: str) -> tuple[tuple[Level, Measurement], ...]:
        """Level and cell of ``quantity`` per row, missing cells included."""
        return tuple((row.levels[self.factor], row.cells[quantity]) for row in self.rows)

    def known(self, quantity: str) -> tuple[tuple[Level, Measurement], ...]:
        """As :meth:`series`, without missing cells."""
        return tuple(pair for pair in self.series(quantity) if pair[1].known)


@dataclass(frozen=True, slots=True)
class Experiment:
    """One measured table.

    Attributes:
        name: identifier, e.g. ``node_scaling``.
        title: in words.
        file: path from the project's root.
        factor: name of the swept column.
        columns: in file order.
        settings: what was held, by name; None where the source does not say.
        rows: in file order.
        measured_by: who measured it; None where not stated.
        trials: how often each row was run; None where not stated.
        baseline: level of the factor that speedups refer to; None without one.
        in_flight: name of the factor or setting that bounds the tasks in flight.
        loop: ``closed``, ``open`` or None where the load generator is not described.
        tasks: name of the setting or column that holds the tasks submitted.
        scales: what the factor adds: ``resources`` (nodes), ``load`` (concurrency,
            jobs), or None where more of it is neither.
        totals: columns that are products of others.
        stated: ratios and percentages that the source states.
        source: where the table comes from, in words.
        purpose: what it was meant to show.
        runs: the raw runs behind the rows; None where the descriptor names none.
        basis: what recomputed values rest on, if these are: ``least`` and ``most``
            samples of a row, and ``runs`` per row at most.
    """

    name: str
    title: str
    file: str
    factor: str
    columns: tuple[Column, ...]
    settings: Mapping[str, Level | None]
    rows: tuple[Row, ...]
    measured_by: str | None = None
    trials: Measurement | None = None
    baseline: str | None = None
    in_flight: str | None = None
    loop: str | None = None
    tasks: str | None = None
    scales: str | None = None
    totals: tuple[Total, ...] = ()
    stated: tuple[StatedChange, ...] = ()
    source: str = ""
    purpose: str = ""
    runs: RunMapping | None = None
    basis: Mapping[str, Measurement] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """The column called ``name``.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def quantities(self) -> tuple[Column, ...]:
        """The measurement columns, in file order."""
        return tuple(column for column in self.columns if column.role == "measurement")

    def of(self, measure: str, statistic: str | None = None) -> tuple[Column, ...]:
        """Measurement columns of one kind and, if given, one statistic."""
        return tuple(
            column
            for column in self.quantities()
            if column.measure == measure and statistic in (None, column.statistic)
        )

    def groups(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role == "group")

    def sweeps(self) -> tuple[Sweep, ...]:
        """The rows, one sweep per combination of group levels, in file order."""
        parts: dict[tuple[tuple[str, str], ...], list[Row]] = {}
        for row in self.rows:
            key = tuple((column.name, row.levels[column.name].text) for column in self.groups())
            parts.setdefault(key, []).append(row)
        return tuple(Sweep(self, key, tuple(rows)) for key, rows in parts.items())

    def row(self, /, **levels: object) -> Row | None:
        """The first row at these levels (the same text or number), or None."""
        wanted = {name: str(level) for name, level in levels.items()}
        return next((row for row in self.rows if row.at(wanted)), None)

    def measurements(self) -> Iterator[Measurement]:
        """Every cell, then every adjusted value, in file order."""
        for row in self.rows:
            yield from row.cells.values()
        for row in self.rows:
            yield from row.adjusted.values()
