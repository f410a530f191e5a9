"""A resource of the package as an experiment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from writer.errors import DataError
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
from writer.sources._fields import Field, read_fields
from writer.sources._number import number_text

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
        for line, record in self.table.rows:
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

    def row(self, line: int, record: Mapping[str, str]) -> Row:
        text = {
            field.column.name: field.read(self.table.file, line, record[field.column.name]).text
            for field in self.fields
        }
        levels = tuple(
            (field.column.name, text[field.column.name])
            for field in (*self.of_role("group"), *self.of_role("factor"))
        )

        place = "/".join((slug(self.name), *(slug(level) for _, level in levels)))

        def as_levels(*roles: str) -> dict[str, Level]:
            return {
                field.column.name: self.level(line, text[field.column.name], field, levels, place)
                for field in self.of_role(*roles)
            }

        return Row(
            line=line,
            levels=as_levels("group", "factor"),
            settings=as_levels("setting"),
            cells={
                field.column.name: self.cell(line, text[field.column.name], field, levels, place)
                for field in self.of_role("measurement")
            },
            adjusted={},
            notes={name: record[name] for name in (f.column.name for f in self.of_role("note"))},
        )

    def level(
        self, line: int, text: str, field: Field, levels: tuple[tuple[str, str], ...], place: str
    ) -> Level:
        numeric = field.numeric and text != ""
        item = self.cell(line, text, field, levels, place) if numeric else None
        return Level(field.column.name, text, item)

    def cell(
        self, line: int, text: str, field: Field, levels: tuple[tuple[str, str], ...], place: str
    ) -> Measurement:
        column = field.column
        printed = number_text(text) or ""
        exact = field.integer or column.role != "measurement"
        interval = None
        if printed:
            # of the text as written: 1.5e3 has two digits, 1500 would have four
            interval = Interval.exact(float(printed)) if exact else Interval.of_printed(text)
        return Measurement(
            id=f"{place}/{slug(column.name)}",
            experiment=self.name,
            quantity=column.name,
            levels=levels,
            value=float(printed) if printed else None,
            text=printed,
            unit=column.unit,
            interval=interval,
            grade=Grade.MEASURED if printed else Grade.MISSING,
            provenance=Provenance(self.table.file, self.table.sha256, line, column.name, READER),
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
