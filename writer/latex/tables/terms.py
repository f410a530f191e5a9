"""The terms that the rows and the columns of a sheet stand under."""

from __future__ import annotations

import re

from writer.latex.tables.content import CHECK, DASH
from writer.latex.tables.sheet import Layout, Sheet

MAX_NAME = 200
"""Characters of a name that goes over several rows."""

_CONTINUES = re.compile(r"[(\[a-z+&]")
_GOES_ON = re.compile(r"\w\s?[&,]$|\w\s[+/]$|\w\s(?:and|or|with|of|for)$")
_YES = frozenset(["+", "✓", "✔", "√", "☑", "●", "yes", "y"])


def _is_rest(text: str, name: str) -> bool:
    """Whether ``text`` below ``name`` is the rest of it."""
    opened = name.count("(") > name.count(")")
    return text.startswith("(") or opened or _GOES_ON.search(name) is not None


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
        name = ""
        for row in range(self.found.header, len(self.sheet.cells)):
            fresh = self._own_text(row)
            apart = self.sheet.ruled[row] or row in self.groups or len(name) > MAX_NAME
            if run and not apart and (not fresh or _is_rest(fresh, name)):
                run.append(row)
                name = f"{name} {fresh}".strip()
                continue
            self._join(run, found)
            run, name = ([row], fresh) if fresh and row not in self.groups else ([], "")
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
        return next(iter(header_terms(self.sheet, range(self.found.header), column)[-1:]), "")


def row_terms(sheet: Sheet, found: Layout, groups: set[int]) -> None:
    """Give each body row its terms, for every column.

    Of two tables side by side, which repeat the name of their first column, each column
    takes the names of its own.
    """
    starts = _blocks(sheet, found)
    for start, end in zip(starts, [*starts[1:], sheet.width], strict=True):
        names = [column for column in found.names if start <= column < end]
        if not names:
            names = found.names
        terms = _RowTerms(sheet, found, groups, names).run() if names else {}
        for row in range(found.header, len(sheet.cells)):
            if row not in found.silent:
                lines = found.rows.setdefault(row, [()] * sheet.width)
                lines[start:end] = [terms.get(row, ())] * (end - start)


def _blocks(sheet: Sheet, found: Layout) -> list[int]:
    """Where the tables begin that stand side by side: names or headers repeat there."""
    heads = [header_terms(sheet, range(found.header), each) for each in range(sheet.width)]
    starts = [0]
    for column in found.names[1:]:
        if column - 1 in found.names or 0 not in found.names:
            continue
        first = [heads[each] for each in range(starts[-1], column) if each not in found.names]
        size = column + column - starts[-1]
        again = [heads[each] for each in range(column, size) if each < sheet.width]
        again = [head for head in again[1:] if head]
        first = [head for head in first if head]
        named = heads[column] == heads[0] != ()
        if named or (first and first == again[: len(first)] and heads[column] != ()):
            starts.append(column)
    return starts


def header_terms(sheet: Sheet, rows: range, column: int) -> tuple[str, ...]:
    """The header terms of a column, outermost first, none twice in a row."""
    terms: list[str] = []
    for row in rows:
        term = sheet.term(row, column)
        if term and term not in terms[-1:]:
            terms.append(term)
    return tuple(terms)


def column_terms(sheet: Sheet, found: Layout, panels: set[int]) -> None:
    """Give each body row the header terms of its columns; panels replace them."""
    heads = [header_terms(sheet, range(found.header), column) for column in range(sheet.width)]
    start = 0
    for row in range(found.header, len(sheet.cells)):
        if row in panels:
            start = row if row - 1 not in panels else start
            heads = [header_terms(sheet, range(start, row + 1), c) for c in range(sheet.width)]
        found.columns[row] = heads
