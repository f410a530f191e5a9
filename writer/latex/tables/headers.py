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

_LEVEL = re.compile(r"\(?[~≈<>≤≥]?\s?\d{1,7}\s?(?:[kKMGTB%x×]|[KMGT]B|ms|s)?\)?")
_CONTINUES = re.compile(r"[(\[a-z+&]")
_GOES_ON = re.compile(r"(?:[+,&/]|\b(?:and|or|with|of|for))$")
_YES = frozenset(["+", "✓", "✔", "√", "☑", "●", "yes", "y"])
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


def layout(sheet: Sheet) -> Layout:
    """Find the headers of a sheet that has at least one row."""
    header = _header_rows(sheet)
    groups = {row for row in range(header, len(sheet.cells)) if _is_group(sheet, row)}
    panels = _panels(sheet, header, groups)
    body = [row for row in range(header, len(sheet.cells)) if row not in groups | panels]
    names = _header_columns(sheet, header, body)
    found = Layout(header, names, silent=groups | panels)
    _row_terms(sheet, found, groups)
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
    header = _extended(sheet, header, most)
    named = any(
        sheet.kind(row, column) != EMPTY
        for row in range(header)
        for column in range(1, sheet.width)
    )
    return header if named or sheet.width == 1 else 0


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
    wordy: list[int] = []
    for column in range(sheet.width):
        if _is_wordy(sheet, column, body, leading=len(wordy) == column):
            wordy.append(column)
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


def _is_wordy(sheet: Sheet, column: int, body: list[int], *, leading: bool) -> bool:
    """Whether a column's cells are words; "4 layers" is one only in a ``leading`` column."""
    kinds = [sheet.kind(row, column) for row in body]
    texts = sum(kind in {TEXT, CHECK} for kind in kinds)
    loose = kinds.count(LOOSE) if leading else 0
    numbers = len([kind for kind in kinds if kind in {NUMBER, LOOSE}]) - loose
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
    """Goes down the body and gives each row its terms, from some of the header columns."""

    def __init__(self, sheet: Sheet, found: Layout, groups: set[int], names: list[int]) -> None:
        self.sheet = sheet
        self.found = found
        self.groups = groups
        self.names = names
        self.rows: dict[int, tuple[str, ...]] = {}
        self.outer: list[str] = []
        self.prefix = ""
        self.last = [""] * sheet.width
        self.joined = self._joined_names()
        self.ends = self._ends()

    def run(self) -> dict[int, tuple[str, ...]]:
        """The terms of each body row."""
        for row in range(self.found.header, len(self.sheet.cells)):
            if row in self.groups:
                self._group(row)
            elif row not in self.found.silent:
                self.rows[row] = self._row(row)
        return self.rows

    def _ends(self) -> int:
        """The first row that a rule parts from all groups; the number of rows for none.

        Only where rules stand nowhere within the other groups do they end the last one.
        """
        count = len(self.sheet.cells)
        if not self.groups:
            return count
        last = max(self.groups)
        parts = [
            row
            for row in range(min(self.groups), count)
            if self.sheet.ruled[row] and row not in self.groups and row - 1 not in self.groups
        ]
        if any(row < last for row in parts):
            return count
        return parts[0] if parts else count

    def _joined_names(self) -> dict[int, str]:
        """Names that go over several rows: "NLLB" over "(main paper," over "5 seeds)"."""
        found: dict[int, str] = {}
        if len(self.names) < 2:
            return found
        run: list[int] = []
        for row in range(self.found.header, len(self.sheet.cells)):
            fresh = self._own_text(row)
            if run and not self.sheet.ruled[row] and row not in self.groups:
                name = " ".join(filter(None, (self._own_text(each) for each in run)))
                open_ = name.count("(") > name.count(")")
                if not fresh or fresh.startswith("(") or open_:
                    run.append(row)
                    continue
            self._join(run, found)
            run = [row] if fresh and row not in self.groups else []
        self._join(run, found)
        return found

    def _own_text(self, row: int) -> str:
        cell = self.sheet.cells[row][self.names[0]]
        return "" if cell.copied else cell.reading.term()

    def _join(self, run: list[int], found: dict[int, str]) -> None:
        texts = [text for row in run if (text := self._own_text(row))]
        if len(texts) > 1:
            found.update(dict.fromkeys(run, " ".join(texts)))

    def _group(self, row: int) -> None:
        term = next(
            (text for c in range(self.sheet.width) if (text := self.sheet.term(row, c))), ""
        )
        above = row - 1
        lone = self.sheet.cells[row][0].reading.columns == 1
        if lone and _GOES_ON.search(term):
            self.prefix = term
            return
        if lone and above in self.rows and not self.sheet.ruled[row] and _CONTINUES.match(term):
            *outer, name = self.rows[above] or ("",)
            self.rows[above] = (*outer, f"{name} {term}".strip())
            return
        self.outer = [*self.outer, term] if above in self.groups else [*self.outer[:-1], term]
        self.last = [""] * self.sheet.width

    def _row(self, row: int) -> tuple[str, ...]:
        terms = list(self.outer) if row < self.ends else []
        inherited = True
        for column in self.names:
            term = self._own(row, column)
            if not self.sheet.cells[row][column].reading.text:
                if self.sheet.ruled[row] or not inherited:
                    self.last[column] = ""
                term = self.last[column]
            elif term != self.last[column]:
                inherited = False
                for later in self.names:
                    self.last[later] = "" if later > column else self.last[later]
            self.last[column] = term
            if column == self.names[0]:
                term = self.joined.get(row) or f"{self.prefix} {term}".strip()
                self.prefix = ""
            if term and term not in terms[-1:]:
                terms.append(term)
        return tuple(terms)

    def _own(self, row: int, column: int) -> str:
        """The term of one header cell; a check mark stands for the name of its column."""
        kind = self.sheet.kind(row, column)
        if kind == DASH:
            return ""
        term = self.sheet.term(row, column)
        if kind != CHECK or (column == self.names[0] and term.isalpha()):
            return term
        if term.lower() not in _YES:
            return ""
        return next(iter(_column(self.sheet, range(self.found.header), column)[-1:]), "")


def _row_terms(sheet: Sheet, found: Layout, groups: set[int]) -> None:
    """Give each body row its terms, for every column.

    Of two tables side by side, which repeat the name of their first column, each column
    takes the names of its own.
    """
    tops = {column: _column(sheet, range(found.header), column) for column in found.names}
    starts = [0]
    for column in found.names[1:]:
        parted = column - 1 not in found.names
        if parted and found.names[0] == 0 and tops[column] and tops[column] == tops[0]:
            starts.append(column)
    for start, end in zip(starts, [*starts[1:], sheet.width], strict=True):
        names = [column for column in found.names if start <= column < end]
        if not names:
            names = found.names
        terms = _RowTerms(sheet, found, groups, names).run() if names else {}
        for row in range(found.header, len(sheet.cells)):
            if row not in found.silent:
                lines = found.rows.setdefault(row, [()] * sheet.width)
                lines[start:end] = [terms.get(row, ())] * (end - start)


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
