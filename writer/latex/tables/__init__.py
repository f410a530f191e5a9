"""The tables of a paper: every number with the headers that it stands under."""

from __future__ import annotations

import re
from collections.abc import Mapping

from writer.latex.expand import Definition, Groups, cut, definitions, expand
from writer.latex.project import Paper
from writer.latex.source import Source, SourceBuilder, span
from writer.latex.tables.build import build
from writer.latex.tables.cell import read
from writer.latex.tables.locate import Found, Located, locate, names_of
from writer.latex.tables.rows import TooLargeError
from writer.model.printed import prints_decimal_commas
from writer.model.table import PaperTable

MAX_TABLES = 2000
"""Tables of a paper at most."""

MAX_SOURCE = 1_000_000
"""Characters of a table's LaTeX at most."""

MAX_NOTES = 40
"""Notes of one kind at most."""

MAX_HEAD = 4000
"""How far before its environment a table's header may stand, in characters."""

_BEGIN = re.compile(r"\\begin\s*\{document\}")
_END = re.compile(r"\\end\s*\{document\}")


def read_tables(
    paper: Paper, known: Mapping[str, Definition] | None = None
) -> tuple[tuple[PaperTable, ...], tuple[str, ...]]:
    """The tables of a paper in order, and notes on those that were not read.

    Args:
        paper: the flattened paper.
        known: its macros, if they were collected before.
    """
    begin = _BEGIN.search(paper.text)
    start = begin.end() if begin else 0
    closing = _END.search(paper.text, start)
    end = closing.start() if closing else len(paper.text)
    groups = Groups(paper.text)
    located = locate(paper.text, start, end, groups)
    if not located.tables and not located.hollow and "\\begin{tab" not in paper.text:
        return (), ()
    macros = definitions(paper.text, groups) if known is None else dict(known)
    reader = _Reader(paper, located, groups, macros)
    reader.run()
    return tuple(reader.tables), tuple(dict.fromkeys(reader.notes))


class _Reader:
    def __init__(
        self, paper: Paper, located: Located, groups: Groups, known: dict[str, Definition]
    ) -> None:
        self.groups = groups
        self.paper = paper
        self.located = located
        self.known = known
        self.tables: list[PaperTable] = []
        self.notes: list[str] = []
        self.comma = prints_decimal_commas(paper.text)
        self.captions: dict[tuple[int, int], str] = {}

    def run(self) -> None:
        """Read one table after the other."""
        for found in self.located.tables:
            if len(self.tables) >= MAX_TABLES:
                self.notes.append(f"only the first {MAX_TABLES} tables are read")
                return
            if found.nested is None or found.own:
                self._table(found)
        for start in self.located.hollow[:MAX_NOTES]:
            self._note(start, "holds no rows and columns that can be read")
        held = [name for name, macro in self.known.items() if "\\begin{tab" in macro.body]
        self.notes += [f"the table in the macro \\{name} is not read" for name in held[:MAX_NOTES]]

    def _table(self, found: Found) -> None:
        if found.holds or (found.name == "array" and found.scope is None):
            return
        if found.end - found.start > MAX_SOURCE:
            self._note(found.start, "is too long and is not read")
            return
        top = self._head(found)
        body = self._source(found.body, found.stop)
        head = 0
        if top is not None:
            builder = SourceBuilder()
            builder.copy(top, 0, len(top.text))
            builder.copy(body, 0, len(body.text))
            body, head = builder.build(body.origin[-1]), len(top.text)
        spec = self.paper.text[slice(*found.spec)]
        captions, labels = names_of(found)
        caption = " ".join(filter(None, (self._caption(each) for each in captions)))
        try:
            number = len(self.tables) + 1
            table = build(found, body, spec, caption, tuple(labels), number, head, comma=self.comma)
        except TooLargeError:
            self._note(found.start, "has too many cells and is not read")
            return
        if table is not None:
            self.tables.append(table)

    def _head(self, found: Found) -> Source | None:
        """The header rows of a ``supertabular``, which stand before it."""
        if not found.name.startswith(("supertabular", "xtabular", "mpsupertabular")):
            return None
        for name in ("\\tablefirsthead", "\\tablehead"):
            start = self.paper.text.rfind(name, max(0, found.start - MAX_HEAD), found.start)
            end = self.groups.end(start + len(name)) if start >= 0 else None
            if end is not None and end <= found.start:
                return self._source(start + len(name) + 1, end - 1)
        return None

    def _source(self, start: int, end: int) -> Source:
        """A part of the paper without comments and with its macros expanded."""
        source = cut(span(self.paper.text, start, end), self.paper.gaps, start, end)
        if "\\" not in source.text:
            return source
        expanded, _ = expand(source, dict(self.known))
        return expanded

    def _caption(self, where: tuple[int, int]) -> str:
        if where not in self.captions:
            source = self._source(*where)
            text = source.text
            self.captions[where] = read(text, 0, len(text), Groups(text)).term()
        return self.captions[where]

    def _note(self, start: int, why: str) -> None:
        place = self.paper.place(start)
        self.notes.append(f"{place.file}:{place.line}: this table {why}")
