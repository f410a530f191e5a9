"""The ``cells`` table: which cells were replaced or were never measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from writer.errors import DataError
from writer.model.experiment import Experiment, Row
from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug
from writer.sources._csv import Table
from writer.sources._facts import READER
from writer.sources._number import number_text

COLUMNS = ("table", "level", "column", "grade", "invented", "reason")


def apply_marks(table: Table, experiments: Mapping[str, Experiment]) -> dict[str, Experiment]:
    """Grade the cells that ``table`` names: adjusted or missing.

    Raises:
        DataError: a line names no cell, an unknown grade, or no number.
    """
    changed = dict(experiments)
    for line, record in table.rows:
        mark = _Mark(table, line, {key: value.strip() for key, value in record.items()})
        name = mark.record["table"]
        if name not in changed:
            raise mark.fail(f"there is no table '{name}'", f"one of {', '.join(changed)}")
        changed[name] = mark.applied(changed[name])
    return changed


@dataclass(frozen=True)
class _Mark:
    """One line of the ``cells`` table."""

    table: Table
    line: int
    record: Mapping[str, str]

    def fail(self, message: str, expected: str) -> DataError:
        return DataError(message, file=self.table.file, line=self.line, expected=expected)

    @property
    def column(self) -> str:
        return self.record["column"]

    @property
    def reason(self) -> str | None:
        return self.record["reason"] or None

    def applied(self, experiment: Experiment) -> Experiment:
        found = self.row(experiment)
        grade = self.record["grade"]
        if grade == Grade.MISSING:
            row = self.missing(found)
        elif grade == Grade.ADJUSTED:
            row = self.adjusted(found, experiment)
        else:
            raise self.fail(
                f"unknown grade {grade!r}",
                "'adjusted' or 'missing'; cells that are measured need no line",
            )
        rows = tuple(row if item is found else item for item in experiment.rows)
        return replace(experiment, rows=rows)

    def row(self, experiment: Experiment) -> Row:
        levels = self.levels()
        wanted = {
            column.name for column in experiment.columns if column.role in ("group", "factor")
        }
        found = experiment.row(**levels)
        if found is None or set(levels) != wanted:
            raise self.fail(
                f"'{self.record['level']}' is no row of '{experiment.name}'",
                f"levels of {', '.join(sorted(wanted))}",
            )
        return found

    def levels(self) -> dict[str, str]:
        levels: dict[str, str] = {}
        for part in self.record["level"].split(";"):
            name, equals, value = (word.strip() for word in part.partition("="))
            if not equals or not name or name in levels:
                raise self.fail(
                    f"'{self.record['level']}' is not a level",
                    "NAME=LEVEL, or NAME=LEVEL; NAME=LEVEL",
                )
            levels[name] = value
        return levels

    def missing(self, row: Row) -> Row:
        cell = row.cells.get(self.column)
        if cell is None or cell.value is not None:
            raise self.fail(
                f"column '{self.column}' of this row has a value, or does not exist",
                "an empty cell of the table",
            )
        if self.record["invented"]:
            raise self.fail(
                "a missing cell has an invented value",
                "nothing in 'invented', or the grade 'adjusted'",
            )
        return replace(row, cells={**row.cells, self.column: replace(cell, reason=self.reason)})

    def adjusted(self, row: Row, experiment: Experiment) -> Row:
        """Add the invented value beside the cell, which stays what was measured."""
        text = number_text(self.record["invented"])
        if text is None:
            raise self.fail(
                f"the invented value {self.record['invented'][:40]!r} is not a number",
                "a finite number",
            )
        if self.column in row.adjusted:
            raise self.fail(
                f"column '{self.column}' of this row has an invented value already",
                "one line per cell",
            )
        cell, counterpart, unit = self.replaced(row, experiment)
        adjusted = Measurement(
            id=f"{cell.id.rsplit('/', 1)[0]}/{slug(self.column)}.adjusted",
            experiment=experiment.name,
            quantity=self.column,
            levels=cell.levels,
            value=float(text),
            text=text,
            unit=unit,
            interval=Interval.of_printed(text),
            grade=Grade.ADJUSTED,
            provenance=Provenance(
                self.table.file, self.table.sha256, self.line, "invented", READER
            ),
            better=cell.better,
            title=cell.title if self.column == cell.quantity else self.column,
            reason=self.reason,
            counterpart=counterpart,
        )
        cells = dict(row.cells)
        if self.column in cells:
            cells[self.column] = replace(cell, counterpart=adjusted.id)
        return replace(row, cells=cells, adjusted={**row.adjusted, self.column: adjusted})

    def replaced(self, row: Row, experiment: Experiment) -> tuple[Measurement, str | None, str]:
        """The cell that an adjusted value stands for, its counterpart's id and unit.

        ``speedup(COLUMN)`` stands for the ratio of COLUMN to its baseline.
        """
        if self.column in row.cells:
            cell = row.cells[self.column]
            return cell, cell.id, cell.unit
        inner = self.column.removeprefix("speedup(").removesuffix(")")
        known = self.column == f"speedup({inner})" and inner in row.cells
        if not known or experiment.baseline is None:
            raise self.fail(
                f"there is no column '{self.column}'",
                f"one of {', '.join(row.cells)}, or speedup(COLUMN) in a table with a baseline",
            )
        levels = {name: level.text for name, level in row.levels.items()}
        base = experiment.row(**{**levels, experiment.factor: experiment.baseline})
        cell = row.cells[inner]
        if base is None or not base.cells[inner].known or not cell.known:
            return cell, None, "x"
        return cell, f"ratio({cell.id},{base.cells[inner].id})", "x"
