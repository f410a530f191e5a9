"""Tables: an experiment's rows as a booktabs ``tabular``, every cell bound to its measurement."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from writer.errors import TemplateError
from writer.model.experiment import Column, Experiment, Level, Row
from writer.model.measurement import Measurement
from writer.model.number import digits, ends, grouped
from writer.prose import Latex, escape, latex_number, latex_unit

DAGGER = r"\textsuperscript{\textdagger}"
MISSING = "---"

HEADING_WIDTH = 11
"""Characters of a heading's line at most, if its words allow: five columns of numbers
then fit a column of a two-column paper."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a template places it.

    Attributes:
        input: the ``\\input`` command.
        flagged: whether a cell carries the dagger.
        missing: whether a cell has no value.
        name: of its file, also good for a label.
    """

    input: Latex
    flagged: bool
    missing: bool
    name: str


def columns_of(experiment: Experiment, names: Sequence[str]) -> tuple[Column, ...]:
    """The columns to show: those named, else groups, factor, settings and measurements.

    Raises:
        TemplateError: a name is no column of the table.
    """
    if not names:
        return tuple(column for column in experiment.columns if column.role != "note")
    try:
        return tuple(experiment.column(name) for name in names)
    except KeyError as error:
        raise TemplateError(
            f"a table asks for the column {error} of '{experiment.name}'",
            expected=f"some of {', '.join(column.name for column in experiment.columns)}",
        ) from error


def tabular(
    experiment: Experiment, names: Sequence[str], flagged: Collection[str]
) -> tuple[str, bool, bool]:
    """The ``tabular``, whether a cell is flagged, and whether one is missing.

    Args:
        experiment: the table.
        names: its columns in the order to print them; all of them if empty.
        flagged: ids of the cells to mark with a dagger.
    """
    columns = columns_of(experiment, names)
    alignment = "".join(_alignment(experiment, item) for item in columns)
    lines = [
        rf"\begin{{tabular}}{{@{{}}{alignment}@{{}}}}",
        r"\toprule",
        *_headings(columns),
        r"\midrule",
    ]
    marked = missing = False
    for number, sweep in enumerate(experiment.sweeps()):
        if number:
            lines.append(r"\addlinespace")
        for row in sweep.rows:
            cells = list(_cells(row, columns, flagged))
            lines.append(" & ".join(cells) + r" \\")
            spread = [_spread(row, column) for column in columns]
            if any(spread):
                lines.append(" & ".join(spread) + r" \\")
            extent = [_extent(row, column) for column in columns]
            if any(extent):
                lines.append(" & ".join(extent) + r" \\")
            marked = marked or any(DAGGER in cell for cell in cells)
            missing = missing or MISSING in cells
    lines.extend((r"\bottomrule", r"\end{tabular}"))
    return "\n".join(lines) + "\n", marked, missing


def _alignment(experiment: Experiment, column: Column) -> str:
    numeric = column.role == "measurement" or all(
        value.measurement is not None
        for row in experiment.rows
        if (value := row.levels.get(column.name) or row.settings.get(column.name))
    )
    return "r" if numeric else "l"


def _headings(columns: Sequence[Column]) -> Iterator[str]:
    """The header's lines: titles broken into short lines, bottom-aligned, then the units."""
    heads = [_heading(column) for column in columns]
    height = max(len(head) for head in heads)
    for line in range(height):
        yield (
            " & ".join(
                head[line - height + len(head)] if line >= height - len(head) else ""
                for head in heads
            )
            + r" \\"
        )


def _heading(column: Column) -> list[str]:
    unit = latex_unit(column.unit).lstrip("~")
    shown = [f"({unit})"] if unit and needs_unit(column) else []
    return [escape(line) for line in wrap(column.title, HEADING_WIDTH)] + shown


def needs_unit(column: Column) -> bool:
    """Whether the unit is worth printing: the title ``Completed tasks`` has it already."""
    if column.unit in ("", "1"):
        return False
    return column.unit != (column.title.lower().split() or [""])[-1]


def _cells(row: Row, columns: Sequence[Column], flagged: Collection[str]) -> Iterator[str]:
    for column in columns:
        value = row.cells.get(column.name)
        if value is not None:
            yield _number(value, flagged)
        else:
            yield _level(row, column)


def _number(item: Measurement, flagged: Collection[str]) -> str:
    if not item.known:
        return MISSING
    return latex_number(item) + (DAGGER if item.id in flagged else "")


def _spread(row: Row, column: Column) -> str:
    """The interval of a recomputed cell, for the line below it."""
    cell = row.cells.get(column.name)
    found = ends(cell) if cell is not None and cell.known else None
    if cell is None or found is None:
        return ""
    low, high = (grouped(end, "{,}") for end in found)
    return rf"\interval{{{cell.id}}}{{{low}}}{{{high}}}"


def _extent(row: Row, column: Column) -> str:
    """The least and the most of the trials of a cell, for the line below its interval."""
    values = row.trials.get(column.name, ())
    if len(values) < 2:
        return ""
    least, most = min(values, key=_size), max(values, key=_size)
    low, high = (grouped(digits(item), "{,}") for item in (least, most))
    return rf"\trialspread{{{row.cells[column.name].id}}}{{{low}}}{{{high}}}"


def _size(item: Measurement) -> float:
    return item.number


def _level(row: Row, column: Column) -> str:
    level: Level | None = row.levels.get(column.name) or row.settings.get(column.name)
    if level is None:
        return escape(row.notes.get(column.name, ""))
    return escape(level.text) if level.measurement is None else latex_number(level.measurement)
