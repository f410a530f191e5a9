"""A table of a paper: cells with the headers that they stand under."""

from __future__ import annotations

from dataclasses import dataclass

from writer.model.interval import Interval


@dataclass(frozen=True, slots=True)
class TableCell:
    """One number in the body of a table; a cell with two numbers gives two.

    Attributes:
        row, column: 0-based place in the grid, header rows and header columns counted.
        part: 0 for the first number of the cell, 1 for the next.
        text: the number as printed, with its sign, unit and marks, as plain text.
        value: the number.
        interval: the values that its printed digits allow (its own rounding, no spread).
        unit: symbol from the cell, else its headers, else the caption; empty for none.
        spread: half-width printed behind the number, or None.
        bold, underlined: how the number is set.
        marks: footnote marks and stars beside it.
        rows: the header terms of its row, outermost first, e.g. ``("ResNet-50", "ours")``.
        columns: those of its column, outermost first, e.g. ``("CIFAR-10", "Acc. (%)")``.
        offset: where it begins in ``Paper.text``.
    """

    row: int
    column: int
    part: int
    text: str
    value: float
    interval: Interval
    unit: str
    spread: float | None
    bold: bool
    underlined: bool
    marks: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class PaperTable:
    """One table environment's grid.

    Attributes:
        number: 1-based, in the order of the paper.
        labels: its ``\\label`` names.
        caption: as plain text; empty for none.
        corner: what stands over the header columns, e.g. ``("Method",)``.
        cells: every number of the body, row by row.
        grid: every cell as plain text, spans repeated, header rows first.
        offset, end: the span of the grid in ``Paper.text``.
        ruled: the rows of ``grid`` that a rule stands above.
    """

    number: int
    labels: tuple[str, ...]
    caption: str
    corner: tuple[str, ...]
    cells: tuple[TableCell, ...]
    grid: tuple[tuple[str, ...], ...]
    offset: int
    end: int
    ruled: tuple[int, ...] = ()
