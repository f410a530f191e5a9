"""A resource of the package as an experiment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from writer.errors import DataError
from writer.model.cells import Cells
from writer.model.experiment import (
    Column,
    ColumnSource,
    Experiment,
    Level,
    Row,
    RunMapping,
    StatedChange,
    Total,
)
from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug
from writer.sources._csv import Table
from writer.sources._descriptor import Node
from writer.sources._facts import READER, fact, place, read_fact
from writer.sources._fields import ROLES, Field, read_fields
from writer.sources._number import MAX_DIGITS, number_text

_KEYS = (
    *("purpose", "source", "settings", "measured_by", "trials", "baseline", "scales"),
    *("in_flight", "loop", "tasks", "totals", "stated", "runs"),
)


def _summary(statistic: str) -> str:
    """Totals, shares per unit and counts are plain values of a run."""
    return "" if statistic in ("total", "per-unit", "count") else statistic


def read_experiment(name: str, resource: Node, table: Table) -> Experiment:
    """The experiment that ``resource`` describes and ``table`` holds.

    Raises:
        DataError: the description is wrong, or does not fit the table.
    """
    return _Reader(
        name, resource, table, read_fields(resource.get("schema")), resource.get("experiment")
    ).experiment()


@dataclass(frozen=True)
class _Reader:
    """The resource, its table, and what the descriptor says of both."""

    name: str
    resource: Node
    table: Table
    fields: tuple[Field, ...]
    info: Node

    def experiment(self) -> Experiment:
        info = self.info.object(_KEYS)
        columns = tuple(field.column for field in self.fields)
        settings = {
            key: None if node.absent else read_fact(self.name, key, node)
            for key, node in info.get("settings").entries()
        }
        factor = self.factor()
        rows = self.rows()
        held = [*settings, *_names(columns, "setting")]
        return Experiment(
            name=self.name,
            title=self.resource.get("title").text(self.name),
            file=self.table.file,
            factor=factor,
            columns=columns,
            settings=settings,
            rows=rows,
            measured_by=info.get("measured_by").optional(),
            trials=self.trials(info.get("trials")),
            baseline=self.baseline(info.get("baseline"), factor, rows),
            in_flight=_named(info.get("in_flight"), [factor, *held]),
            loop=info.get("loop").one_of(("closed", "open")),
            tasks=_named(info.get("tasks"), [*held, *_names(columns, "factor", "measurement")]),
            scales=info.get("scales").one_of(("resources", "load")),
            totals=tuple(self.total(node) for node in info.get("totals").items()),
            stated=tuple(
                self.stated(number, node, rows)
                for number, node in enumerate(info.get("stated").items(), 1)
            ),
            source=info.get("source").text(""),
            purpose=info.get("purpose").text(""),
            runs=self.runs(info.get("runs")),
        )

    def runs(self, node: Node) -> RunMapping | None:
        """Patterns of run ids, and what of a run each column holds."""
        if node.absent:
            return None
        entry = node.object(("path", "rows", "columns"))
        known = {field.column.name: field.column for field in self.of_role("measurement")}
        columns = {}
        for name, item in entry.get("columns").entries():
            if name not in known:
                raise item.fail(
                    f"'{name}' is no measured column", expected=f"one of {', '.join(known)}"
                )
            given = item.object(("quantity", "statistic", "over"))
            columns[name] = ColumnSource(
                given.get("quantity").text(known[name].measure),
                given.get("statistic").text(known[name].statistic),
                given.get("over").one_of(("single", "sum", "mean", "max", "pooled")) or "single",
            )
        for name, column in known.items():
            columns.setdefault(name, ColumnSource(column.measure, _summary(column.statistic)))
        return RunMapping(
            entry.get("path").text(""),
            {level: item.text() for level, item in entry.get("rows").entries()},
            columns,
        )

    def of_role(self, *roles: str) -> list[Field]:
        return [field for field in self.fields if field.column.role in roles]

    def factor(self) -> str:
        factors = [field.column.name for field in self.of_role("factor")]
        if len(factors) != 1:
            raise (
                self.resource.get("schema")
                .get("fields")
                .fail(
                    f"resource '{self.name}' has {len(factors)} fields with the role 'factor'",
                    expected='exactly one field with "role": "factor"',
                )
            )
        return factors[0]

    def trials(self, node: Node) -> Measurement | None:
        value = node.whole()
        if value is None:
            return None
        return fact(self.name, "trials", node, str(value), "trials", "trials per row")

    def baseline(self, node: Node, factor: str, rows: Iterable[Row]) -> str | None:
        if node.absent:
            return None
        level = node.level()
        there = {row.levels[factor].text: row.levels[factor] for row in rows}
        for text, known in there.items():
            if known.matches(level):
                return text
        raise node.fail(
            f"the baseline '{level}' is no level of '{factor}'",
            expected=f"one of {', '.join(there)}",
        )

    def total(self, node: Node) -> Total:
        entry = node.object(("total", "part", "times"))
        numeric = [field.column.name for field in self.fields if field.numeric]
        values = [field.column.name for field in self.of_role("measurement")]
        return Total(
            _required(entry.get("total"), values),
            _required(entry.get("part"), values),
            _required(entry.get("times"), numeric),
        )

    def stated(self, number: int, node: Node, rows: tuple[Row, ...]) -> StatedChange:
        entry = node.object(("quantity", "of", "base", "form", "value"))
        quantity = _required(
            entry.get("quantity"), [field.column.name for field in self.of_role("measurement")]
        )
        of, base = (self.levels(entry.get(key), rows) for key in ("of", "base"))
        form = _required(entry.get("form"), ("ratio", "change", "reduction"))
        text = entry.get("value").digits()
        item = Measurement(
            id=f"{slug(self.name)}/stated/{number}",
            experiment=self.name,
            quantity=quantity,
            levels=tuple(of.items()),
            value=float(text),
            text=text,
            unit="x" if form == "ratio" else "%",
            interval=Interval.of_printed(text),
            grade=Grade.MEASURED,
            provenance=place(node, f"{self.name}.stated.{number}"),
            title=f"stated {form} of {quantity}",
        )
        return StatedChange(quantity, of, base, form, item)

    def levels(self, node: Node, rows: tuple[Row, ...]) -> dict[str, str]:
        """Levels that stand for one row, as text by factor or group."""
        if node.absent:
            raise node.fail(f"'{node.path}' is missing", expected='{"FACTOR": "LEVEL"}')
        wanted = {key: entry.level() for key, entry in node.entries()}
        found = [row for row in rows if row.at(wanted)]
        if len(found) != 1:
            words = ", ".join(f"{key}={level}" for key, level in wanted.items())
            raise node.fail(
                f"'{words}' stands for {len(found)} rows of '{self.name}'",
                expected="levels that name one row",
            )
        return wanted

    def rows(self) -> tuple[Row, ...]:
        seen: dict[tuple[Decimal | str, ...], int] = {}
        rows = []
        for line, record in zip(self.table.lines, self.table.records, strict=True):
            row = self.row(line, record)
            key = tuple(_identity(level) for level in row.levels.values())
            if key in seen:
                levels = ", ".join(level.text for level in row.levels.values())
                raise DataError(
                    f"the row {levels} stands at line {seen[key]} already",
                    file=self.table.file,
                    line=line,
                    expected="one row per combination of levels",
                    hint="remove one, or add the column that tells them apart",
                )
            seen[key] = line
            rows.append(row)
        return tuple(rows)

    @cached_property
    def read(self) -> tuple[tuple[str, Field, int], ...]:
        """Each field with its name and its place in a record."""
        places = {name: place for place, name in enumerate(self.table.header)}
        names = ((field.column.name, field) for field in self.fields)
        return tuple((name, field, places[name]) for name, field in names)

    @cached_property
    def by_role(self) -> Mapping[str, tuple[tuple[str, Field], ...]]:
        """The fields of each role by name; those of groups and factors together as ``level``."""
        roles = {role: (role,) for role in ROLES} | {"level": ("group", "factor")}
        return {
            name: tuple((field.column.name, field) for field in self.of_role(*several))
            for name, several in roles.items()
        }

    @cached_property
    def measured(self) -> _Measured:
        return _Measured(self.name, self.table, dict(self.by_role["measurement"]))

    def row(self, line: int, record: Sequence[str]) -> Row:
        file = self.table.file
        text = {name: field.read(file, line, record[at]) for name, field, at in self.read}
        fields = (*self.by_role["group"], *self.by_role["factor"])
        levels = tuple((name, text[name]) for name, _ in fields)
        place = "/".join((slug(self.name), *(slug(level) for _, level in levels)))
        at = _At(line, levels, place)
        return Row(
            line=line,
            levels={name: self.level(at, text[name], f) for name, f in self.by_role["level"]},
            settings={name: self.level(at, text[name], f) for name, f in self.by_role["setting"]},
            cells=_ReadCells(self.measured, at, text),
            adjusted={},
            notes={name: record[n] for name, f, n in self.read if f.column.role == "note"},
        )

    def level(self, at: _At, text: str, field: Field) -> Level:
        numeric = field.numeric and text != ""
        item = _cell(self.name, self.table, field, at, text) if numeric else None
        return Level(field.column.name, text, item)


class _At(NamedTuple):
    """The place of a row: its line, its levels by factor and group, how its ids begin."""

    line: int
    levels: tuple[tuple[str, str], ...]
    place: str


class _Measured(NamedTuple):
    """The columns of measurements of a table, and the table."""

    name: str
    table: Table
    fields: Mapping[str, Field]


class _ReadCells(Cells):
    """The cells of a row that was read and checked."""

    __slots__ = ("_at", "_of", "_texts")

    def __init__(self, of: _Measured, at: _At, texts: Mapping[str, str]) -> None:
        super().__init__({})
        self._of, self._at, self._texts = of, at, texts
        self._names = of.fields

    def _make(self, name: str) -> Measurement:
        of = self._of
        return _cell(of.name, of.table, of.fields[name], self._at, self._texts[name])

    def id(self, name: str) -> str:
        return f"{self._at.place}/{slug(name)}"

    def text(self, name: str) -> str:
        return number_text(self._texts[name]) or ""

    def unit(self, name: str) -> str:
        return self._of.fields[name].column.unit

    def bounds(self, name: str) -> tuple[float, float] | None:
        text = self._texts[name]
        if not text:
            return None
        if not text.removeprefix("-").replace(".", "", 1).isdecimal():
            return super().bounds(name)
        value = float(text)
        if self._of.fields[name].integer:
            return value, value
        half = _HALF[len(text.partition(".")[2])]
        return value - half, value + half


_HALF = tuple(0.5 * 10.0**-decimals for decimals in range(MAX_DIGITS + 1))
"""Half a unit of the last digit, by the number of decimals."""


def _cell(name: str, table: Table, field: Field, at: _At, text: str) -> Measurement:
    column = field.column
    printed = number_text(text) or ""
    exact = field.integer or column.role != "measurement"
    interval = None
    if printed:
        # of the text as written: 1.5e3 has two digits, 1500 would have four
        interval = Interval.exact(float(printed)) if exact else Interval.of_printed(text)
    return Measurement(
        id=f"{at.place}/{slug(column.name)}",
        experiment=name,
        quantity=column.name,
        levels=at.levels,
        value=float(printed) if printed else None,
        text=printed,
        unit=column.unit,
        interval=interval,
        grade=Grade.MEASURED if printed else Grade.MISSING,
        provenance=Provenance(table.file, table.sha256, at.line, column.name, READER),
        better=column.better,
        title=column.title,
    )


def _identity(level: Level) -> Decimal | str:
    return level.text if level.measurement is None else Decimal(level.measurement.text)


def _names(columns: Iterable[Column], *roles: str) -> list[str]:
    return [column.name for column in columns if column.role in roles]


def _named(node: Node, allowed: list[str]) -> str | None:
    return None if node.absent else _required(node, allowed)


def _required(node: Node, allowed: Iterable[str]) -> str:
    """One of the names ``allowed``."""
    name = node.text()
    if name not in allowed:
        raise node.fail(f"'{node.path}' is {name!r}", expected=f"one of {', '.join(allowed)}")
    return name
