"""Rows and columns of a table environment, spans spread over the grid."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from writer.latex.expand import Groups, bracketed
from writer.latex.tables.cell import Reading, read
from writer.latex.tables.macros import BOLD
from writer.latex.words import words

MAX_CELLS = 40_000
"""Cells of one grid at most; larger tables are data, not results."""

MAX_COLUMNS = 300

_TOKEN = re.compile(
    r"\\\\\s*(?:\*\s*)?(?P<break>\[\s*-?[\d.\\][^\]\n]{0,40}\])?"
    r"|\\(?P<word>[a-zA-Z@]+)|\\.|(?P<sign>[&{])",
    re.DOTALL,
)
_BREAKS = words("tabularnewline cr crcr")
_RULES = {
    **dict.fromkeys(
        words("hline toprule midrule bottomrule firsthline lasthline hdashline heavyrule"), "["
    ),
    **dict.fromkeys(words("Xhline hhline specialrule Xhrule thickhline tabucline"), "[{{{"),
    "noalign": "{",
}
_PARTIAL = {
    "cmidrule": "[({",
    "cline": "[{",
    "cdashline": "{[",
    "Xcline": "{{",
    "cmidrulefromto": "{{",
}
_BLANK_MACROS = {"addlinespace": "[", "morecmidrules": "", "arrayrulecolor": "[{", "kill": ""}
_LONG = words("endfirsthead endhead endfoot endlastfoot")
_ONE_ARGUMENT = words("specialrule")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}")
_BLANKS = re.compile(r"\s*")
_PARENTHESES = re.compile(r"\([^()\n]{0,20}\)")
_REPEAT = re.compile(r"\*\s*\{?\s*(\d{1,3})\s*\}?\s*\{")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a column specification.

    Attributes:
        style: how its cells are set, see :mod:`writer.latex.tables.cell`.
        math: whether its cells are in math mode.
        glue: what stands between it and the column before, if that joins the two into
            one number, as a plus-minus sign or a decimal point does.
    """

    style: int = 0
    math: bool = False
    glue: str = ""


@dataclass(slots=True)
class RawRow:
    """The spans of a row's cells in the text, and the rules before it."""

    cells: list[tuple[int, int]] = field(default_factory=list)
    ruled: bool = False
    partly: bool = False
    mark: str = ""  # a macro of longtable that ends a part, before this row


@dataclass(slots=True)
class Cell:
    """A place of the grid.

    Attributes:
        reading: what it prints.
        copied: whether it only repeats a cell that spans it.
        row, column: where the cell itself is.
    """

    reading: Reading
    copied: bool
    row: int
    column: int


@dataclass(slots=True)
class Grid:
    """All cells, row by row, each row equally long, with the rules before each row."""

    cells: list[list[Cell]]
    ruled: list[bool]
    header: int | None = None  # how many rows the environment itself calls header


class TooLargeError(Exception):
    """A grid beyond :data:`MAX_CELLS`; never leaves this package."""


def split(text: str, start: int, end: int, groups: Groups) -> list[RawRow]:
    """Cut the body of a table environment into rows and cells."""
    splitter = _Splitter(text, start, end, groups)
    splitter.run()
    return splitter.rows


class _Splitter:
    def __init__(self, text: str, start: int, end: int, groups: Groups) -> None:
        self.text = text
        self.end = end
        self.groups = groups
        self.position = self.cell = start
        self.row = RawRow()
        self.rows: list[RawRow] = []
        self.count = 0
        self.ends: dict[int, int] | None = None

    def run(self) -> None:
        while match := _TOKEN.search(self.text, self.position, self.end):
            self.position = match.end()
            if match["sign"] == "&":
                self._cell(match.start())
            elif match["sign"] == "{":
                closed = self.groups.end(match.start())
                if closed is not None and closed <= self.end:
                    self.position = closed
            elif match["word"] is not None:
                self._word(match["word"], match.start())
            elif match[0].startswith("\\\\"):
                self._row(match.start())
        self._row(self.end)
        if self.rows and all(a >= b for a, b in self._bare(self.rows[-1])):
            self.rows.pop()

    def _bare(self, row: RawRow) -> list[tuple[int, int]]:
        """The cells without white space around them."""
        found = []
        for start, end in row.cells:
            match = _BLANKS.match(self.text, start, end)
            found.append((match.end() if match else start, end))
        return found

    def _cell(self, end: int) -> None:
        self.row.cells.append((self.cell, end))
        self.cell = self.position
        self.count += 1
        if self.count > MAX_CELLS:
            raise TooLargeError

    def _row(self, end: int) -> None:
        self._cell(end)
        empty = len(self.row.cells) == 1 and self._is_blank(*self.row.cells[0])
        if empty and end < self.end:  # "\\ [2pt]" alone: only space
            self.row.cells = []
            return
        self.rows.append(self.row)
        self.row = RawRow()

    def _is_blank(self, start: int, end: int) -> bool:
        """Whether nothing stands there; definitions leave empty groups behind."""
        return not self.text[start:end].replace("{}", "").strip()

    def _word(self, name: str, start: int) -> None:
        if name in _BREAKS:
            self._row(start)
        elif name == "begin":
            self.position = self._past_environment(start)
        elif name in _RULES or name in _PARTIAL or name in _BLANK_MACROS or name in _LONG:
            if self.row.cells or not self._is_blank(self.cell, start):
                return
            self.row.ruled |= name in _RULES and name != "noalign"
            self.row.partly |= name in _PARTIAL
            self.row.mark = name if name in _LONG else self.row.mark
            spec = _RULES.get(name) or _PARTIAL.get(name) or _BLANK_MACROS.get(name, "")
            limit = {"Xhline": 1, "hhline": 1, "tabucline": 1, "thickhline": 0, "Xhrule": 0}
            self.cell = self.position = self._past(spec, self.position, limit.get(name, 3))

    def _past(self, spec: str, position: int, braces: int) -> int:
        """The offset after the arguments that a rule takes."""
        for kind in spec:
            match = _BLANKS.match(self.text, position, self.end)
            start = match.end() if match else position
            if kind == "(":
                found = _PARENTHESES.match(self.text, start, self.end)
                closed = found.end() if found else None
            elif kind == "[":
                closed = (
                    bracketed(self.text, start) if self.text[start : start + 1] == "[" else None
                )
            else:
                braces -= 1
                given = braces >= 0 and self.text[start : start + 1] == "{"
                closed = self.groups.end(start) if given else None
            position = closed if closed is not None and closed <= self.end else position
        return position

    def _past_environment(self, start: int) -> int:
        """The offset after the environment that begins at ``start``."""
        if self.ends is None:
            self.ends = _environment_ends(self.text)
        found = self.ends.get(start, self.position)
        return found if found <= self.end else self.position


def _environment_ends(text: str) -> dict[int, int]:
    """For the offset of each begin of an environment the offset after its end."""
    ends: dict[int, int] = {}
    open_: dict[str, list[int]] = {}
    for match in _ENVIRONMENT.finditer(text):
        if match[1] == "begin":
            open_.setdefault(match[2], []).append(match.start())
        elif open_.get(match[2]):
            ends[open_[match[2]].pop()] = match.end()
    return ends


def columns(spec: str) -> list[Column]:
    """The columns of a column specification such as ``l@{ ± }r*{3}{c}``."""
    found: list[Column] = []
    reader = _SpecReader(spec[:4000])
    reader.run(0, len(reader.spec), found, 0)
    return found[:MAX_COLUMNS]


class _SpecReader:
    def __init__(self, spec: str) -> None:
        self.spec = spec
        self.groups = Groups(spec)
        self.glue = ""
        self.before = ""

    def run(self, position: int, end: int, found: list[Column], depth: int) -> None:
        while position < end and len(found) < MAX_COLUMNS:
            character = self.spec[position]
            if character in "@!><":
                text, position = self._argument(position + 1, end)
                if character == ">":
                    self.before += text
                elif character != "<":
                    self.glue += text
            elif character == "*" and depth < 3:
                position = self._repeat(position, end, found, depth)
            elif character == "|" or character.isspace() or character in ":;{}":
                position += 1
            elif character == "[":
                position = bracketed(self.spec, position) or position + 1
            elif character.isalpha():
                self._add(found)
                position += 1
                while position < end and self.spec[position] in "{[":
                    _, position = self._argument(position, end)
            else:
                position += 1

    def _repeat(self, position: int, end: int, found: list[Column], depth: int) -> int:
        match = _REPEAT.match(self.spec, position, end)
        closed = self.groups.end(match.end() - 1) if match else None
        if match is None or closed is None:
            return position + 1
        for _ in range(min(int(match[1]), MAX_COLUMNS)):
            self.run(match.end(), closed - 1, found, depth + 1)
        return closed

    def _argument(self, position: int, end: int) -> tuple[str, int]:
        if position < end and self.spec[position] == "{":
            closed = self.groups.end(position)
        elif position < end and self.spec[position] == "[":
            closed = bracketed(self.spec, position)
        else:
            return "", position
        if closed is None:
            return "", position + 1
        return self.spec[position + 1 : closed - 1], closed

    def _add(self, found: list[Column]) -> None:
        bold = BOLD if re.search(r"\\(?:bfseries|bf|boldmath)\b", self.before) else 0
        glue = read(self.glue, 0, len(self.glue), Groups(self.glue)).text.strip()
        joins = glue in {"±", ".", ","} and bool(found)
        found.append(Column(bold, "$" in self.before, glue if joins else ""))
        self.glue = self.before = ""


def grid(text: str, rows: list[RawRow], groups: Groups, columns: list[Column]) -> list[list[Cell]]:
    """Read the cells and lay them on a grid, spanned places repeated."""
    placed = [_place(text, row, number, groups, columns) for number, row in enumerate(rows)]
    width = min(max((len(row) for row in placed), default=0), MAX_COLUMNS)
    if width * len(placed) > 4 * MAX_CELLS:
        raise TooLargeError
    for number, line in enumerate(placed):
        del line[width:]
        line.extend(
            Cell(Reading(), copied=False, row=number, column=column)
            for column in range(len(line), width)
        )
    _spread_rows(placed)
    return placed


def _place(
    text: str, row: RawRow, number: int, groups: Groups, columns: list[Column]
) -> list[Cell]:
    line: list[Cell] = []
    skip = 0
    for start, end in row.cells:
        column = len(line)
        if skip:  # tabularray writes the places that a cell spans
            skip -= 1
            continue
        spec = columns[column] if column < len(columns) else Column()
        reading = read(text, start, end, groups, spec.style, math=spec.math)
        if column == 0 and not reading.text and reading.cited is not None:
            reading = read(text, *reading.cited, groups)  # named by a citation alone
        if spec.glue and line and not reading.spans:
            reading = _glued(line[-1].reading, spec.glue, reading)
            line[-1] = Cell(reading, copied=False, row=number, column=column - 1)
            line.append(Cell(reading, copied=True, row=number, column=column - 1))
            continue
        if reading.columns > 1 and "\\SetCell" in text[start:end]:
            skip = reading.columns - 1
        line.extend(
            Cell(reading, copied=extra > 0, row=number, column=column)
            for extra in range(min(reading.columns, MAX_COLUMNS - len(line)))
        )
        if len(line) >= MAX_COLUMNS:
            break
    return line


def _glued(left: Reading, glue: str, right: Reading) -> Reading:
    """One cell of two that their column specification joins."""
    if not left.text or not right.text:
        return left if left.text else right
    shift = len(left.text) + len(glue)
    return Reading(
        left.text + glue + right.text,
        [*left.starts, len(left.text), *(start + shift for start in right.starts)],
        [*left.places, right.places[0], *right.places],
        [*left.styles, 0, *right.styles],
        left.columns,
        left.rows,
        spans=True,
    )


def _spread_rows(placed: list[list[Cell]]) -> None:
    """Repeat cells that span rows in the places below or above, where these are empty."""
    for number, line in enumerate(placed):
        for column, cell in enumerate(line):
            size = cell.reading.rows
            if size in (0, 1) or cell.row != number:
                continue
            step = 1 if size > 0 else -1
            for other in range(number + step, number + size, step):
                if not 0 <= other < len(placed) or placed[other][column].reading.text:
                    break
                placed[other][column] = Cell(
                    cell.reading, copied=True, row=number, column=cell.column
                )
