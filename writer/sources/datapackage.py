"""Frictionless Data Package v2: CSV tables with a ``datapackage.json``.

Format: https://datapackage.org/standard/data-package/ (version 2.0). The
properties that sage-write adds (``experiment`` and ``role`` of a resource,
``setup`` of the package; ``role``, ``unit``, ``better``, ``measure`` and
``statistic`` of a field) are described in ``docs/data.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from writer.dataset import Dataset
from writer.errors import DataError, SageWriteError
from writer.files import decode, inside, read_bytes, sha256
from writer.model.experiment import (
    Column,
    Experiment,
    Level,
    Row,
    StatedChange,
    Total,
)
from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug
from writer.sources._csv import Table, number_text, read_table
from writer.sources._source import Source

DESCRIPTOR = "datapackage.json"
_READER = "datapackage"
_ROLES = ("factor", "group", "setting", "measurement", "note")
_CELL_COLUMNS = ("table", "level", "column", "grade", "invented", "reason", "source")


def _read(root: Path, path: Path) -> Dataset:
    folder = path if path.is_dir() else path.parent
    package = _Package.load(root.resolve(), folder.resolve())
    return package.dataset()


@dataclass(frozen=True)
class _Package:
    root: Path
    folder: Path
    shown: str
    digest: str
    text: str
    document: Mapping[str, Any]

    @classmethod
    def load(cls, root: Path, folder: Path) -> _Package:
        path = folder / DESCRIPTOR
        shown = _relative(root, path)
        data = read_bytes(path, shown=shown)
        text = decode(data, shown)
        try:
            document = json.loads(text)
        except json.JSONDecodeError as error:
            raise DataError(
                f"not valid JSON: {error.msg}",
                file=shown,
                line=error.lineno,
                hint="mend the descriptor",
            ) from error
        except RecursionError as error:
            raise DataError("nested too deeply", file=shown) from error
        if not isinstance(document, dict):
            raise DataError(
                "the descriptor is not an object",
                file=shown,
                line=1,
                expected='{"resources": [...]}',
            )
        return cls(root, folder, shown, sha256(data), text, document)

    def fail(self, message: str, *, key: str = "", expected: str | None = None) -> DataError:
        return DataError(
            message,
            file=self.shown,
            line=self.line(key) if key else None,
            expected=expected,
            hint="mend the descriptor; docs/data.md describes it",
        )

    def line(self, word: str) -> int | None:
        position = self.text.find(f'"{word}"')
        return None if position < 0 else self.text.count("\n", 0, position) + 1

    def dataset(self) -> Dataset:
        resources = self.document.get("resources")
        if not isinstance(resources, list) or not resources:
            raise self.fail(
                "the descriptor has no resources",
                key="resources",
                expected='"resources": [{"name": ..., "path": ...}, ...]',
            )
        files = {self.shown: self.digest}
        experiments: dict[str, Experiment] = {}
        marks: list[Table] = []
        for resource in resources:
            reader = _Resource.open(self, resource)
            if reader.name in experiments:
                raise self.fail(f"two resources are called '{reader.name}'", key=reader.name)
            files[reader.table.file] = reader.table.sha256
            if resource.get("role") == "cells":
                marks.append(reader.table)
            else:
                experiments[reader.name] = reader.experiment()
        for table in marks:
            experiments = _apply_marks(table, experiments)
        return Dataset(
            experiments=experiments,
            setup={
                key: self.fact("setup", key, entry)
                for key, entry in self.mapping(self.document, "setup").items()
            },
            files=files,
            title=str(self.document.get("title", "")),
            contributors=tuple(
                str(item.get("title", ""))
                for item in self.document.get("contributors", [])
                if isinstance(item, dict)
            ),
        )

    def mapping(self, owner: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = owner.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(f"'{key}' is not an object", key=key, expected="{...}")
        return value

    def fact(self, owner: str, key: str, entry: object) -> Level:
        """A stated fact: a text, a number, or ``{"value", "unit", "title"}``."""
        if isinstance(entry, str):
            return Level(key, entry, None)
        given = entry if isinstance(entry, dict) else {"value": entry}
        value = given.get("value")
        if isinstance(value, str):
            return Level(key, value, None)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.fail(f"'{key}' of {owner} is neither text nor a number", key=key)
        text = number_text(str(value)) or str(value)
        item = Measurement(
            id=f"{slug(owner)}/{slug(key)}",
            experiment=owner,
            quantity=key,
            levels=(),
            value=float(value),
            text=text,
            unit=str(given.get("unit", "1")),
            interval=Interval.exact(float(value)),
            grade=Grade.MEASURED,
            provenance=Provenance(
                self.shown, self.digest, self.line(key), f"{owner}.{key}", _READER
            ),
            title=str(given.get("title", key.replace("_", " "))),
        )
        return Level(key, text, item)


@dataclass(frozen=True)
class _Resource:
    package: _Package
    name: str
    raw: Mapping[str, Any]
    table: Table

    @classmethod
    def open(cls, package: _Package, raw: object) -> _Resource:
        if not isinstance(raw, dict) or not isinstance(raw.get("name"), str):
            raise package.fail(
                "a resource has no name",
                key="resources",
                expected='{"name": "...", "path": "....csv", ...}',
            )
        name, path = raw["name"], raw.get("path")
        if not isinstance(path, str):
            raise package.fail(
                f"resource '{name}' has no path", key=name, expected='"path": "FILE.csv"'
            )
        try:
            file = inside(package.folder, path, what="the path of a resource")
        except SageWriteError as error:
            raise package.fail(
                f"resource '{name}': {error.message}",
                key=name,
                expected=f"a path below {_relative(package.root, package.folder)}",
            ) from error
        shown = _relative(package.root, file)
        columns = [field["name"] for field in _fields(package, raw, name)]
        return cls(package, name, raw, read_table(file, shown, columns))

    def experiment(self) -> Experiment:
        info = self.package.mapping(self.raw, "experiment")
        columns = tuple(self.column(field) for field in _fields(self.package, self.raw, self.name))
        factors = [column.name for column in columns if column.role == "factor"]
        if len(factors) != 1:
            raise self.package.fail(
                f"resource '{self.name}' has {len(factors)} fields with the role 'factor'",
                key=self.name,
                expected='exactly one field with "role": "factor"',
            )
        rows = self.rows(columns)
        experiment = Experiment(
            name=self.name,
            title=str(self.raw.get("title", self.name)),
            file=self.table.file,
            factor=factors[0],
            columns=columns,
            settings={
                key: None if entry is None else self.package.fact(self.name, key, entry)
                for key, entry in self.package.mapping(info, "settings").items()
            },
            rows=rows,
            measured_by=info.get("measured_by"),
            trials=self.trials(info),
            baseline=None if info.get("baseline") is None else str(info["baseline"]),
            in_flight=info.get("in_flight"),
            loop=info.get("loop"),
            tasks=info.get("tasks"),
            scales=info.get("scales"),
            totals=tuple(self.total(entry, columns) for entry in info.get("totals", [])),
            source=str(info.get("source", "")),
            purpose=str(info.get("purpose", "")),
        )
        return replace(
            experiment,
            stated=tuple(
                self.stated(number, entry, columns)
                for number, entry in enumerate(info.get("stated", []), 1)
            ),
        )

    def trials(self, info: Mapping[str, Any]) -> Measurement | None:
        value = info.get("trials")
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.package.fail(
                f"'trials' of '{self.name}' is not a positive whole number",
                key=self.name,
                expected='"trials": 1',
            )
        fact = self.package.fact(
            self.name, "trials", {"value": value, "unit": "trials", "title": "trials per row"}
        )
        return fact.measurement

    def column(self, field: Mapping[str, Any]) -> Column:
        role = field.get("role", "measurement")
        if role not in _ROLES:
            raise self.package.fail(
                f"field '{field['name']}' has the unknown role {role!r}",
                key=field["name"],
                expected=f"one of {', '.join(_ROLES)}",
            )
        better = field.get("better")
        if better not in (None, "higher", "lower"):
            raise self.package.fail(
                f"'better' of '{field['name']}' is {better!r}",
                key=field["name"],
                expected="'higher', 'lower' or nothing",
            )
        return Column(
            name=field["name"],
            role=role,
            title=str(field.get("title", field["name"].replace("_", " "))),
            unit=str(field.get("unit", "1" if _numeric(field) else "")),
            better=better,
            measure=str(field.get("measure", field["name"])),
            statistic=str(field.get("statistic", "")),
        )

    def total(self, entry: Mapping[str, Any], columns: tuple[Column, ...]) -> Total:
        names = {column.name for column in columns}
        try:
            total = Total(entry["total"], entry["part"], entry["times"])
        except (KeyError, TypeError) as error:
            raise self.package.fail(
                f"'totals' of '{self.name}' is incomplete",
                key="totals",
                expected='{"total": COLUMN, "part": COLUMN, "times": COLUMN}',
            ) from error
        for name in (total.total, total.part, total.times):
            if name not in names:
                raise self.package.fail(
                    f"'totals' of '{self.name}' names no column '{name}'",
                    key="totals",
                    expected=f"one of {', '.join(sorted(names))}",
                )
        return total

    def stated(
        self, number: int, entry: Mapping[str, Any], columns: tuple[Column, ...]
    ) -> StatedChange:
        names = {column.name for column in columns}
        try:
            quantity, of, base = entry["quantity"], entry["of"], entry["base"]
            form, text = entry["form"], number_text(str(entry["value"]))
        except (KeyError, TypeError) as error:
            raise self.package.fail(
                f"'stated' of '{self.name}' is incomplete",
                key="stated",
                expected='{"quantity", "of": {...}, "base": {...}, "form", "value"}',
            ) from error
        if quantity not in names or text is None or form not in ("ratio", "change", "reduction"):
            raise self.package.fail(
                f"entry {number} of 'stated' of '{self.name}' is wrong",
                key="stated",
                expected="a column, a number, and ratio, change or reduction",
            )
        item = Measurement(
            id=f"{slug(self.name)}/stated/{number}",
            experiment=self.name,
            quantity=quantity,
            levels=tuple((str(key), str(value)) for key, value in of.items()),
            value=float(text),
            text=text,
            unit="x" if form == "ratio" else "%",
            interval=Interval.of_printed(text),
            grade=Grade.MEASURED,
            provenance=Provenance(
                self.package.shown,
                self.package.digest,
                self.package.line("stated"),
                f"{self.name}.stated.{number}",
                _READER,
            ),
            title=f"stated {form} of {quantity}",
        )
        return StatedChange(
            quantity,
            {str(k): str(v) for k, v in of.items()},
            {str(k): str(v) for k, v in base.items()},
            form,
            item,
        )

    def rows(self, columns: tuple[Column, ...]) -> tuple[Row, ...]:
        fields = {field["name"]: field for field in _fields(self.package, self.raw, self.name)}
        seen: dict[tuple[str, ...], int] = {}
        rows = []
        for line, record in self.table.rows:
            row = self.row(line, record, columns, fields)
            key = tuple(level.text for level in row.levels.values())
            if key in seen:
                raise DataError(
                    f"the row {', '.join(key)} stands at line {seen[key]} already",
                    file=self.table.file,
                    line=line,
                    expected="one row per combination of levels",
                    hint="remove one, or add the column that tells them apart",
                )
            seen[key] = line
            rows.append(row)
        return tuple(rows)

    def row(
        self,
        line: int,
        record: Mapping[str, str],
        columns: tuple[Column, ...],
        fields: Mapping[str, Mapping[str, Any]],
    ) -> Row:
        identity = [column for column in columns if column.role in ("group", "factor")]
        groups_first = sorted(identity, key=lambda column: column.role != "group")
        levels = tuple((column.name, record[column.name].strip()) for column in groups_first)
        prefix = "/".join((slug(self.name), *(slug(text) for _, text in levels)))
        for column in identity:
            if not record[column.name].strip():
                raise DataError(
                    f"the level of '{column.name}' is empty",
                    file=self.table.file,
                    line=line,
                    expected="a level in every row",
                )

        def cell(column: Column) -> Measurement:
            return self.cell(
                line, record[column.name].strip(), column, fields[column.name], prefix, levels
            )

        def level(column: Column) -> Level:
            text = record[column.name].strip()
            numeric = _numeric(fields[column.name]) and text != ""
            return Level(column.name, text, cell(column) if numeric else None)

        def by_role(*roles: str) -> list[Column]:
            return [column for column in columns if column.role in roles]

        return Row(
            line=line,
            levels={column.name: level(column) for column in by_role("group", "factor")},
            settings={column.name: level(column) for column in by_role("setting")},
            cells={column.name: cell(column) for column in by_role("measurement")},
            adjusted={},
            notes={column.name: record[column.name] for column in by_role("note")},
        )

    def cell(
        self,
        line: int,
        text: str,
        column: Column,
        field: Mapping[str, Any],
        prefix: str,
        levels: tuple[tuple[str, str], ...],
    ) -> Measurement:
        place = Provenance(self.table.file, self.table.sha256, line, column.name, _READER)
        value, printed, interval, grade = None, "", None, Grade.MISSING
        if text not in self.missing_values():
            printed = self.number(line, text, column, field)
            value, grade = float(printed), Grade.MEASURED
            exact = field.get("type") == "integer" or column.role != "measurement"
            interval = Interval.exact(value) if exact else Interval.of_printed(printed)
        return Measurement(
            id=f"{prefix}/{slug(column.name)}",
            experiment=self.name,
            quantity=column.name,
            levels=levels,
            value=value,
            text=printed,
            unit=column.unit,
            interval=interval,
            grade=grade,
            provenance=place,
            better=column.better,
            title=column.title,
        )

    def missing_values(self) -> tuple[str, ...]:
        schema = self.raw.get("schema", {})
        return ("", *schema.get("missingValues", []))

    def number(self, line: int, text: str, column: Column, field: Mapping[str, Any]) -> str:
        printed = number_text(text)
        if printed is None:
            raise DataError(
                f"column '{column.name}' holds {text[:40]!r}",
                file=self.table.file,
                line=line,
                expected="a finite number with a decimal point, or nothing",
                hint="leave the cell empty if the value was not measured",
            )
        if field.get("type") == "integer" and "." in printed:
            raise DataError(
                f"column '{column.name}' holds {text[:40]!r}",
                file=self.table.file,
                line=line,
                expected="a whole number",
            )
        limits = field.get("constraints", {})
        low, high = limits.get("minimum"), limits.get("maximum")
        if (low is not None and float(printed) < float(low)) or (
            high is not None and float(printed) > float(high)
        ):
            raise DataError(
                f"column '{column.name}' holds {text}",
                file=self.table.file,
                line=line,
                expected=f"a value from {low} to {high}".replace("None", "any"),
                hint="correct the value, or the field's constraints",
            )
        return printed


def _apply_marks(table: Table, experiments: Mapping[str, Experiment]) -> dict[str, Experiment]:
    """Grade the cells that the ``cells`` resource names: adjusted or missing."""
    changed = dict(experiments)
    for line, record in table.rows:
        name = record["table"].strip()
        if name not in changed:
            raise DataError(
                f"there is no table '{name}'",
                file=table.file,
                line=line,
                expected=f"one of {', '.join(changed)}",
            )
        changed[name] = _mark(table, line, record, changed[name])
    return changed


def _mark(table: Table, line: int, record: Mapping[str, str], experiment: Experiment) -> Experiment:
    levels = _levels(table, line, record["level"])
    found = experiment.row(**levels)
    wanted = {column.name for column in experiment.columns if column.role in ("group", "factor")}
    if found is None or set(levels) != wanted:
        raise DataError(
            f"'{record['level']}' is no row of '{experiment.name}'",
            file=table.file,
            line=line,
            expected=f"levels of {', '.join(sorted(wanted))}",
        )
    column = record["column"].strip()
    grade = record["grade"].strip()
    if grade == Grade.MISSING:
        row = _missing(table, line, record, found, column)
    elif grade == Grade.ADJUSTED:
        row = _adjusted(table, line, record, found, column, experiment)
    else:
        raise DataError(
            f"unknown grade {grade!r}",
            file=table.file,
            line=line,
            expected="'adjusted' or 'missing'; cells that are measured need no line",
        )
    rows = tuple(row if item is found else item for item in experiment.rows)
    return replace(experiment, rows=rows)


def _levels(table: Table, line: int, text: str) -> dict[str, str]:
    levels = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if not equals:
            raise DataError(
                f"'{text}' is not a level",
                file=table.file,
                line=line,
                expected="NAME=LEVEL, or NAME=LEVEL; NAME=LEVEL",
            )
        levels[name.strip()] = value.strip()
    return levels


def _missing(table: Table, line: int, record: Mapping[str, str], row: Row, column: str) -> Row:
    cell = row.cells.get(column)
    if cell is None or cell.value is not None:
        raise DataError(
            f"column '{column}' of this row has a value, or does not exist",
            file=table.file,
            line=line,
            expected="an empty cell of the table",
        )
    cells = {**row.cells, column: replace(cell, reason=record["reason"].strip() or None)}
    return replace(row, cells=cells)


def _adjusted(
    table: Table,
    line: int,
    record: Mapping[str, str],
    row: Row,
    column: str,
    experiment: Experiment,
) -> Row:
    """Add the invented value beside the cell; the cell itself stays what was measured."""
    text = number_text(record["invented"].strip())
    if text is None:
        raise DataError(
            f"the invented value {record['invented'][:40]!r} is not a number",
            file=table.file,
            line=line,
            expected="a finite number",
        )
    cell, counterpart, unit = _replaced(table, line, row, column, experiment)
    adjusted = Measurement(
        id=f"{cell.id.rsplit('/', 1)[0]}/{slug(column)}.adjusted",
        experiment=experiment.name,
        quantity=column,
        levels=cell.levels,
        value=float(text),
        text=text,
        unit=unit,
        interval=Interval.of_printed(text),
        grade=Grade.ADJUSTED,
        provenance=Provenance(table.file, table.sha256, line, "invented", _READER),
        better=cell.better,
        title=cell.title if column == cell.quantity else f"{column}",
        reason=record["reason"].strip() or None,
        counterpart=counterpart,
    )
    cells = dict(row.cells)
    if column in cells:
        cells[column] = replace(cells[column], counterpart=adjusted.id)
    return replace(row, cells=cells, adjusted={**row.adjusted, column: adjusted})


def _replaced(
    table: Table, line: int, row: Row, column: str, experiment: Experiment
) -> tuple[Measurement, str | None, str]:
    """The cell that an adjusted value stands for, its counterpart's id and unit.

    ``speedup(COLUMN)`` stands for the ratio of COLUMN to its baseline.
    """
    if column in row.cells:
        return row.cells[column], row.cells[column].id, row.cells[column].unit
    inner = column.removeprefix("speedup(").removesuffix(")")
    if column != f"speedup({inner})" or inner not in row.cells or experiment.baseline is None:
        raise DataError(
            f"there is no column '{column}'",
            file=table.file,
            line=line,
            expected=f"one of {', '.join(row.cells)}, or speedup(COLUMN) in a table "
            "with a baseline",
        )
    levels = {name: level.text for name, level in row.levels.items()}
    base = experiment.row(**{**levels, experiment.factor: experiment.baseline})
    cell = row.cells[inner]
    if base is None or not base.cells[inner].known or not cell.known:
        return cell, None, "x"
    return cell, f"ratio({cell.id},{base.cells[inner].id})", "x"


def _fields(package: _Package, raw: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    schema = raw.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if (
        not isinstance(fields, list)
        or not fields
        or not all(
            isinstance(field, dict) and isinstance(field.get("name"), str) for field in fields
        )
    ):
        raise package.fail(
            f"resource '{name}' does not name its fields",
            key=name,
            expected='"schema": {"fields": [{"name": ...}, ...]}',
        )
    return fields


def _numeric(field: Mapping[str, Any]) -> bool:
    return field.get("type") in ("number", "integer")


def _relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


SOURCE = Source(
    name=_READER,
    expects=f"a folder with a {DESCRIPTOR} (Frictionless Data Package v2)",
    recognises=lambda path: (path / DESCRIPTOR).is_file() or path.name == DESCRIPTOR,
    read=_read,
)
