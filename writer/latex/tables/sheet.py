"""A grid with what its cells hold, and what was found out about its headers."""

from __future__ import annotations

from dataclasses import dataclass, field

from writer.latex.tables.content import Content
from writer.latex.tables.rows import Cell


@dataclass(slots=True)
class Sheet:
    """A grid with what its cells hold.

    Attributes:
        cells, contents: by row and column.
        ruled: for each row whether a rule over the whole width precedes it; one more
            entry for the end.
        header: how many rows are header rows, where the environment says so.
    """

    cells: list[list[Cell]]
    contents: list[list[Content]]
    ruled: list[bool]
    header: int | None = None

    @property
    def width(self) -> int:
        return len(self.cells[0]) if self.cells else 0

    def kind(self, row: int, column: int) -> str:
        """What the cell holds."""
        return self.contents[row][column].kind

    def term(self, row: int, column: int) -> str:
        """The cell's text as a header."""
        return self.cells[row][column].reading.term()


@dataclass(slots=True)
class Layout:
    """What stands where.

    Attributes:
        header: how many rows are header rows.
        names: the header columns, ascending.
        rows: for each body row, and each column, the terms of the row, outermost first.
        columns: likewise the header terms of the column.
        spreads: body rows that only print the spread of the row above.
        silent: body rows that hold headings, no results.
        corner: what stands over the header columns.
    """

    header: int
    names: list[int]
    rows: dict[int, list[tuple[str, ...]]] = field(default_factory=dict)
    columns: dict[int, list[tuple[str, ...]]] = field(default_factory=dict)
    spreads: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)
    corner: tuple[str, ...] = ()
