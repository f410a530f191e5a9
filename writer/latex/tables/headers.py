"""Which rows and columns of a grid are headers, and what each number stands under.

LaTeX does not say what is a header. The rules and the cells do: a header's cells are
words, or whole numbers over a rule, and the columns of words name the rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from writer.latex.tables.numbers import CHECK, DASH, EMPTY, LOOSE, NUMBER, TEXT, Content
from writer.latex.tables.rows import Cell

MAX_HEADER_ROWS = 8
MAX_HEADER_COLUMNS = 8

_LEVEL = re.compile(r"[~≈<>≤≥]?\s?\d{1,7}\s?(?:[kKMGTB%x×]|[KMGT]B|ms|s)?")
_CONTINUES = re.compile(r"[(\[a-z+&]")
_SPREAD_ONLY = re.compile(r"[(\[].*[)\]]|±.*")


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
        rows: for each body row its terms, outermost first.
        columns: for each body row the header terms of every column.
        spreads: body rows that only print the spread of the row above.
        silent: body rows that hold headings, no results.
        corner: what stands over the header columns.
    """

    header: int
    names: list[int]
    rows: dict[int, tuple[str, ...]] = field(default_factory=dict)
    columns: dict[int, list[tuple[str, ...]]] = field(default_factory=dict)
    spreads: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)
    corner: tuple[str, ...] = ()


def layout(sheet: Sheet) -> Layout:
    """Find the headers of a sheet that has at least one row."""
    header = _header_rows(sheet)
    groups = {row for row in range(header, len(sheet.cells)) if _is_group(sheet, row)}
    panels = _panels(sheet, header, groups)
    body = [row for row in range(header, len(sheet.cells)) if row not in groups | panels]
    names = _header_columns(sheet, header, body)
    found = Layout(header, names, silent=groups | panels)
    _RowTerms(sheet, found, groups).run()
    _column_terms(sheet, found, panels)
    found.spreads = {row for row in body if _is_spread(sheet, row, found)}
    tops = [_column(sheet, range(header), column) for column in names]
    found.corner = tuple(" ".join(top) for top in tops if top)
    return found


# -- header rows


def _header_rows(sheet: Sheet) -> int:
    if sheet.header is not None:
        return min(sheet.header, len(sheet.cells) - 1)
    most = min(MAX_HEADER_ROWS, len(sheet.cells) - 1)
    ruled = next((row for row in range(1, most + 1) if sheet.ruled[row]), None)
    if ruled is not None:
        block = range(ruled)
        bad = next((row for row in block if not _may_head(sheet, row, last=row == ruled - 1)), None)
        header = ruled if bad is None else bad
        header = header or _wordy_rows(sheet, most)
    else:
        header = _wordy_rows(sheet, most)
    return _extended(sheet, header, most)


def _wordy_rows(sheet: Sheet, most: int) -> int:
    """Leading rows without results, if results follow."""
    count = 0
    while count < most and not _is_data(sheet, count) and not _numbers(sheet, count):
        count += 1
    if count == 0 and most and _is_level_row(sheet, 0) and _is_data(sheet, 1):
        first = [part.value for each in sheet.contents[0][1:] for part in each.parts]
        return int(len(first) > 1 and first == sorted(set(first)))
    if count == most and not any(_numbers(sheet, row) for row in range(count, len(sheet.cells))):
        return min(1, most)
    return count


def _may_head(sheet: Sheet, row: int, *, last: bool) -> bool:
    """Whether a row before the first rule is a header row."""
    return not _is_data(sheet, row) or (last and _is_level_row(sheet, row))


def _numbers(sheet: Sheet, row: int) -> int:
    return sum(content.kind == NUMBER for content in sheet.contents[row][1:])


def _is_data(sheet: Sheet, row: int) -> bool:
    """Whether a row holds at least as many numbers as words, its first cell apart."""
    texts = sum(content.kind in {TEXT, LOOSE} for content in sheet.contents[row][1:])
    numbers = _numbers(sheet, row)
    if sheet.width == 1:
        return sheet.kind(row, 0) == NUMBER
    return numbers > 0 and numbers >= texts


def _is_level_row(sheet: Sheet, row: int) -> bool:
    """Whether all numbers of a row are levels, such as node counts or years."""
    cells = [
        (cell, content)
        for cell, content in zip(sheet.cells[row], sheet.contents[row], strict=True)
        if content.kind == NUMBER and not cell.copied
    ]
    levels = all(_LEVEL.fullmatch(cell.reading.term().replace(",", "")) for cell, _ in cells)
    values = [content.parts[0].value for _, content in cells]
    first = sheet.kind(row, 0) in {TEXT, EMPTY, LOOSE}
    repeats = len(set(values)) * 2 <= len(values) and values[0] in values[1:]
    return levels and first and (len(set(values)) == len(values) or repeats)


def _extended(sheet: Sheet, header: int, most: int) -> int:
    """Header rows below the first rule: rows of words over columns of numbers."""
    for row in range(header):
        for column in range(sheet.width):
            cell = sheet.cells[row][column]
            size = cell.reading.rows
            if not cell.copied and 1 < size <= most - cell.row and not _is_data(sheet, row):
                last = cell.row + size
                if all(not _is_data(sheet, each) for each in range(header, last)):
                    header = max(header, last)
    while 0 < header < most and _heads_numbers(sheet, header):
        header += 1
    return header


def _heads_numbers(sheet: Sheet, row: int) -> bool:
    """Whether a row of words over columns of numbers ends at a rule."""
    if not sheet.ruled[row + 1] or _is_group(sheet, row):
        return False
    texts = [column for column in range(1, sheet.width) if sheet.kind(row, column) == TEXT]
    if len(texts) < max(2, sheet.width // 2) or _numbers(sheet, row):
        return False
    below = range(row + 1, min(len(sheet.cells), row + 40))
    numeric = sum(
        sum(sheet.kind(each, column) == NUMBER for each in below)
        > sum(sheet.kind(each, column) == TEXT for each in below)
        for column in texts
    )
    return numeric * 2 > len(texts)


# -- rows within the body


def _is_group(sheet: Sheet, row: int) -> bool:
    """Whether a row holds one heading only, over the rows below it."""
    if sheet.width < 2:
        return False
    own = {
        (cell.row, cell.column): content.kind
        for cell, content in zip(sheet.cells[row], sheet.contents[row], strict=True)
        if content.kind != EMPTY
    }
    if len(own) != 1:
        return False
    ((place, kind),) = own.items()
    reading = sheet.cells[row][place[1]].reading
    alone = place[1] == 0 or reading.columns > 1
    return place[0] == row and kind in {TEXT, LOOSE} and alone and reading.rows == 1


def _panels(sheet: Sheet, header: int, groups: set[int]) -> set[int]:
    """Rows in the body that are headers of what follows them."""
    found = set()
    for row in range(header + 1, len(sheet.cells) - 1):
        if row in groups or not (sheet.ruled[row] or row - 1 in groups or row - 1 in found):
            continue
        if header and _heads_numbers(sheet, row):
            found.add(row)
    return found


def _is_spread(sheet: Sheet, row: int, found: Layout) -> bool:
    """Whether a row only prints spreads, in parentheses, of the numbers above it."""
    if row == 0 or row - 1 < found.header or sheet.cells[row][0].reading.text:
        return False
    given = 0
    for column in range(sheet.width):
        kind = sheet.kind(row, column)
        if column in found.names or kind in {EMPTY, DASH}:
            continue
        text = sheet.cells[row][column].reading.term()
        above = sheet.kind(row - 1, column)
        if kind != NUMBER or above != NUMBER or not _SPREAD_ONLY.fullmatch(text):
            return False
        given += 1
    return given > 0


# -- header columns


def _header_columns(sheet: Sheet, header: int, body: list[int]) -> list[int]:
    if not body:
        return [0]
    wordy = [column for column in range(sheet.width) if _is_wordy(sheet, column, body)]
    if 0 not in wordy and _is_result_column(sheet, header, body):
        return wordy
    names = sorted({0, *wordy})
    if len(names) > MAX_HEADER_COLUMNS:
        names = names[:MAX_HEADER_COLUMNS]
    following = 0
    while following in names:
        following += 1
    if following < sheet.width - 1 and _is_level_column(sheet, following, body):
        names = sorted({*names, following})
    if len(names) == sheet.width and sheet.width > 1:
        numeric = [c for c in names[1:] if any(sheet.kind(r, c) == NUMBER for r in body)]
        names = [column for column in names if column not in numeric]
    return names


def _is_result_column(sheet: Sheet, header: int, body: list[int]) -> bool:
    """Whether the first column holds results: one row of numbers without a name."""
    return (
        header > 0
        and len(body) == 1
        and sheet.kind(body[0], 0) == NUMBER
        and sheet.kind(header - 1, 0) == TEXT
    )


def _is_wordy(sheet: Sheet, column: int, body: list[int]) -> bool:
    """Whether a column's cells are words."""
    kinds = [sheet.kind(row, column) for row in body]
    texts = sum(kind in {TEXT, CHECK} for kind in kinds)
    loose = kinds.count(LOOSE)
    numbers = kinds.count(NUMBER)
    if texts + loose == 0:
        return False
    if column == 0:
        return texts + loose >= numbers
    return numbers * 4 <= texts + loose and (texts > 0 or numbers == 0)


def _is_level_column(sheet: Sheet, column: int, body: list[int]) -> bool:
    """Whether a column of whole numbers repeats the same levels under every name."""
    runs: list[list[str]] = []
    name = None
    for row in body:
        text = sheet.term(row, column)
        if sheet.kind(row, column) not in {NUMBER, LOOSE} or not _LEVEL.fullmatch(text):
            return False
        before = sheet.term(row, 0) or name
        if before != name or not runs:
            runs.append([])
        name = before
        runs[-1].append(text)
    return len(runs) > 1 and len(runs[0]) > 1 and all(run == runs[0] for run in runs)


# -- terms


class _RowTerms:
    """Goes down the body and gives each row its terms."""

    def __init__(self, sheet: Sheet, found: Layout, groups: set[int]) -> None:
        self.sheet = sheet
        self.found = found
        self.groups = groups
        self.outer: list[str] = []
        self.last = [""] * sheet.width
        ruled = [row for row in groups if not sheet.ruled[row] and row != found.header]
        self.rules_end = bool(groups) and not ruled

    def run(self) -> None:
        """Fill in the rows' terms."""
        for row in range(self.found.header, len(self.sheet.cells)):
            if row in self.groups:
                self._group(row)
            elif row not in self.found.silent:
                self.found.rows[row] = self._row(row)

    def _group(self, row: int) -> None:
        term = next(
            (text for c in range(self.sheet.width) if (text := self.sheet.term(row, c))), ""
        )
        above = row - 1
        if above in self.found.rows and self._continues(row, term):
            *outer, name = self.found.rows[above] or ("",)
            self.found.rows[above] = (*outer, f"{name} {term}".strip())
            return
        self.outer = [*self.outer, term] if above in self.groups else [*self.outer[:-1], term]
        self.last = [""] * self.sheet.width

    def _continues(self, row: int, term: str) -> bool:
        """Whether a lone first cell is the rest of the name above."""
        lone = self.sheet.cells[row][0].reading.columns == 1 and not self.sheet.ruled[row]
        return lone and _CONTINUES.match(term) is not None

    def _row(self, row: int) -> tuple[str, ...]:
        sheet = self.sheet
        if self.rules_end and sheet.ruled[row] and row - 1 not in self.groups:
            self.outer = []
        terms = list(self.outer)
        inherited = True
        for column in self.found.names:
            term = self._own(row, column)
            if not sheet.cells[row][column].reading.text:
                if sheet.ruled[row] or not inherited:
                    self.last[column] = ""
                term = self.last[column]
            else:
                if term != self.last[column]:
                    inherited = False
                    for later in self.found.names:
                        if later > column:
                            self.last[later] = ""
                self.last[column] = term
            if term and term not in terms[-1:]:
                terms.append(term)
        return tuple(terms)

    def _own(self, row: int, column: int) -> str:
        """The term of one header cell; a check mark stands for the name of its column."""
        kind = self.sheet.kind(row, column)
        if kind == DASH:
            return ""
        if kind != CHECK or column == 0:
            return self.sheet.term(row, column)
        if self.sheet.term(row, column) not in {"✓", "✔", "√", "☑", "●"}:
            return ""
        return next(iter(_column(self.sheet, range(self.found.header), column)[-1:]), "")


def _column(sheet: Sheet, rows: range, column: int) -> tuple[str, ...]:
    """The header terms of a column, outermost first, none twice in a row."""
    terms: list[str] = []
    for row in rows:
        term = sheet.term(row, column)
        if term and term not in terms[-1:]:
            terms.append(term)
    return tuple(terms)


def _column_terms(sheet: Sheet, found: Layout, panels: set[int]) -> None:
    """Give each body row the header terms of its columns; panels replace them."""
    heads = [_column(sheet, range(found.header), column) for column in range(sheet.width)]
    start = 0
    for row in range(found.header, len(sheet.cells)):
        if row in panels:
            start = row if row - 1 not in panels else start
            heads = [_column(sheet, range(start, row + 1), c) for c in range(sheet.width)]
        found.columns[row] = heads
