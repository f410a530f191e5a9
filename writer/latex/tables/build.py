"""A table environment's LaTeX made into a :class:`writer.model.table.PaperTable`."""

from __future__ import annotations

import re
from dataclasses import replace

from writer.latex.expand import Groups
from writer.latex.source import Source
from writer.latex.tables import rows as grids
from writer.latex.tables.content import LOOSE, NUMBER, Content, Part
from writer.latex.tables.headers import layout
from writer.latex.tables.locate import Found
from writer.latex.tables.numbers import content, has_decimal_commas
from writer.latex.tables.rows import Cell, RawRow
from writer.latex.tables.sheet import Layout, Sheet
from writer.latex.tables.stated import Stated
from writer.model.table import PaperTable, TableCell

_TABLEHEAD = re.compile(r"\\tablehead\s*(?=\{)")
_STARTDATA = re.compile(r"\\startdata(?![a-zA-Z])")
_ENDDATA = re.compile(r"\\enddata(?![a-zA-Z])")
_TBLR_SPEC = re.compile(r"\bcolspec\s*=\s*")


def build(
    found: Found,
    body: Source,
    spec: str,
    caption: str,
    labels: tuple[str, ...],
    number: int,
    head: int = 0,
    *,
    comma: bool = False,
) -> PaperTable | None:
    """Read one table.

    Args:
        found: where it is.
        body: its rows, macros expanded.
        spec: its column specification.
        caption, labels, number: as of the table.
        head: how many characters of ``body`` are its header rows, where these stand apart.
        comma: whether the paper prints decimal commas.

    Returns:
        None for an environment that holds no table, as one of pictures.

    Raises:
        TooLargeError: it has more cells than are read.
    """
    text = body.text
    groups = Groups(text)
    raw, header = _rows(found, text, groups, head)
    columns = grids.columns(_column_spec(spec))
    cells = grids.grid(text, raw, groups, columns)
    keep = [row for row, line in enumerate(cells) if any(cell.reading.text for cell in line)]
    if not keep or (len(cells[0]) < 2 and len(keep) < 2):
        return None
    sheet = _sheet(cells, raw, keep, header, comma=comma)
    found_layout = layout(sheet)
    numbers = _Numbers(sheet, found_layout, body, caption).all()
    if not numbers and found.pictured:
        return None
    return PaperTable(
        number=number,
        labels=labels,
        caption=caption,
        corner=found_layout.corner,
        cells=numbers,
        grid=tuple(tuple(cell.reading.text for cell in line) for line in sheet.cells),
        offset=found.start,
        end=found.end,
        ruled=tuple(row for row in range(len(sheet.cells)) if sheet.ruled[row]),
    )


def _column_spec(spec: str) -> str:
    """The columns of tabularray's keys, or the specification itself."""
    match = _TBLR_SPEC.search(spec)
    if match is None:
        return spec if "=" not in spec else ""
    rest = spec[match.end() :]
    if rest.startswith("{"):
        end = Groups(rest).end(0)
        return rest[1 : end - 1] if end else ""
    return rest.partition(",")[0]


def _rows(found: Found, text: str, groups: Groups, head: int) -> tuple[list[RawRow], int | None]:
    """The rows, header first, and how many the environment calls header."""
    if found.name.startswith("deluxetable"):
        return _deluxe_rows(text, groups)
    top = grids.split(text, 0, head, groups) if head else []
    raw, header = _without_repeats(grids.split(text, head, len(text), groups))
    return ([*top, *raw], len(top)) if top else (raw, header)


def _deluxe_rows(text: str, groups: Groups) -> tuple[list[RawRow], int | None]:
    head: list[RawRow] = []
    match = _TABLEHEAD.search(text)
    if match is not None:
        end = groups.end(match.end())
        if end is not None:
            head = grids.split(text, match.end() + 1, end - 1, groups)
    begin = _STARTDATA.search(text)
    start = begin.end() if begin else 0
    end_match = _ENDDATA.search(text, start)
    stop = end_match.start() if end_match else len(text)
    rows = grids.split(text, start, stop, groups)
    return [*head, *rows], len(head) if head else None


def _without_repeats(raw: list[RawRow]) -> tuple[list[RawRow], int | None]:
    """The rows of a long table without the heads and feet that only repeat on later pages."""
    marks = {row.mark: index for index, row in enumerate(raw) if row.mark}
    if not marks:
        return raw, None
    first, head = marks.get("endfirsthead"), marks.get("endhead")
    top = first if first is not None else head
    body = max(marks.values())
    kept = raw[: top or 0]
    header = len([row for row in kept if row.cells])
    return [*kept, *raw[body:]], header or None


def _sheet(
    cells: list[list[Cell]],
    raw: list[RawRow],
    keep: list[int],
    header: int | None,
    *,
    comma: bool,
) -> Sheet:
    """The rows that hold something, with what their cells hold."""
    ruled: list[bool] = []
    for index, row in enumerate(keep):
        before = keep[index - 1] + 1 if index else 0
        ruled.append(any(each.ruled for each in raw[before : row + 1]))
    ruled.append(True)
    lines = [cells[row] for row in keep]
    texts = (cell.reading.text for line in lines for cell in line)
    comma = has_decimal_commas(texts, paper=comma)
    made: dict[int, Content] = {}

    def held(cell: Cell) -> Content:
        key = id(cell.reading)
        if key not in made:
            made[key] = content(cell.reading, comma=comma)
        return made[key]

    contents = [[held(cell) for cell in line] for line in lines]
    renumbered = {row: index for index, row in enumerate(keep)}
    for line in lines:
        for cell in line:
            cell.row = renumbered.get(cell.row, cell.row)
    if header is not None:
        header = sum(1 for row in keep if row < header) or None
    return Sheet(lines, contents, ruled, header)


class _Numbers:
    """Every number of a body with its terms."""

    def __init__(self, sheet: Sheet, found: Layout, source: Source, caption: str) -> None:
        self.sheet = sheet
        self.layout = found
        self.source = source
        self.stated = Stated(found, caption)

    def all(self) -> tuple[TableCell, ...]:
        """The cells, row by row."""
        found: list[TableCell] = []
        above: dict[int, int] = {}
        for row in self.layout.rows:
            for column in range(self.sheet.width):
                held = self.sheet.contents[row][column]
                cell = self.sheet.cells[row][column]
                if held.kind not in {NUMBER, LOOSE} or column in self.layout.names or cell.copied:
                    continue
                if row in self.layout.spreads:
                    if column in above:
                        index = above[column]
                        found[index] = replace(found[index], spread=abs(held.parts[0].value))
                    continue
                above[column] = len(found)
                found += self._cell(row, column, cell, held)
        return tuple(found)

    def _cell(self, row: int, column: int, cell: Cell, held: Content) -> list[TableCell]:
        rows = self.layout.rows[row][column]
        columns = self.layout.columns[row][column]
        made = []
        for index, part in enumerate(held.parts):
            own = self._split(columns, held, index)
            said = self.stated.of(columns, rows, index, len(held.parts))
            unit = part.unit or said.unit
            if not part.unit and any(each.unit == unit for each in held.parts):
                unit = ""  # "1,407 (10%)" under "Samples (%)"
            scale = 1.0 if part.unit or part.scaled else said.scale
            made.append(self._number(row, column, index, cell, part, unit, scale, rows, own))
        return made

    def _number(
        self,
        row: int,
        column: int,
        index: int,
        cell: Cell,
        part: Part,
        unit: str,
        scale: float,
        rows: tuple[str, ...],
        columns: tuple[str, ...],
    ) -> TableCell:
        place = cell.reading.place(part.start)
        return TableCell(
            row=row,
            column=column,
            part=index,
            text=part.text + part.marks,
            value=part.value * scale,
            interval=part.interval.scaled(scale) if scale != 1.0 else part.interval,
            unit=unit,
            spread=part.spread * scale if part.spread is not None else None,
            bold=part.bold,
            underlined=part.underlined,
            marks=part.marks,
            rows=rows,
            columns=columns,
            offset=self.source.origin[min(place, len(self.source.text))],
        )

    def _split(self, columns: tuple[str, ...], held: Content, index: int) -> tuple[str, ...]:
        """Of a header "Top-1 / Top-5" over "70.1 / 89.5", the part that names this number."""
        if len(held.parts) < 2 or not columns or "/" not in columns[-1]:
            return columns
        names = [name.strip() for name in columns[-1].split("/")]
        slashed = all(part.slashed for part in held.parts[1:])
        if len(names) != len(held.parts) or not slashed or not all(names):
            return columns
        return (*columns[:-1], names[index])
