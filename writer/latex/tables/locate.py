"""Where the tables of a paper are, and their captions and labels."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field

from writer.latex.expand import Groups, bracketed
from writer.latex.words import words

GRIDS = {
    **dict.fromkeys(words("tabular tabular* longtable array longtabu"), "[{"),
    **dict.fromkeys(words("tabularx tabulary tabular* tabularx* xltabular"), "{[{"),
    **dict.fromkeys(words("supertabular supertabular* xtabular mpsupertabular"), "[{"),
    **dict.fromkeys(words("deluxetable deluxetable*"), "[{"),
    **dict.fromkeys(words("tblr longtblr talltblr booktabs"), "[{"),
    **dict.fromkeys(words("NiceTabular NiceTabular* NiceTabularX"), "[{["),
    "tabu": "[{",
}
"""Environments that hold a grid, and the arguments before it; the last one in braces
specifies the columns."""

_FLOATS = words(
    "table table* figure figure* wraptable wrapfigure sidewaystable sidewaystable* "
    "sidewaysfigure SCtable SCfigure margintable floatingtable threeparttable longtable "
    "longtblr talltblr deluxetable deluxetable* supertabular longtabu xltabular"
)
_SCOPES = _FLOATS | words("subtable subfigure minipage center measuredfigure")
_TABLES = words("table wraptable sidewaystable margintable SCtable")
_PICTURES = words("figure wrapfigure sidewaysfigure SCfigure subfigure subfloat")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{\s*([A-Za-z]+\*?)\s*\}")
_NAMING = re.compile(
    r"\\(?P<name>caption|captionof|subcaption|tablecaption|topcaption|bottomcaption|tabcaption"
    r"|figcaption|label|subfloat|subtable|subfigure|subcaptionbox|ttabbox|floatbox)(?![a-zA-Z@])\*?"
)
_SUB = words("subfloat subtable subfigure subcaptionbox")
_TBLR_CAPTION = re.compile(r"(?:^|[,\[])\s*(caption|label)\s*=\s*")
_HAS_COLUMNS = re.compile(r"(?<!\\)&")
_BLANKS = re.compile(r"\s*")
_TO_WIDTH = re.compile(r"\s*(?:to|spread)\s*[^{}\[\]\n]{0,40}")

MAX_TABLES = 100
"""Tables of one float that its captions are shared out to."""

MAX_OPEN = 50
"""How deep floats and tables may nest; deeper ones are left out."""

MAX_CAPTION = 6000
"""Characters of a caption that are read."""


@dataclass(slots=True)
class Scope:
    """A float, a part of one, or a group that may hold captions.

    Attributes:
        name: of its environment.
        start, end: its span.
        parent: the scope around it.
        captions: spans of its own captions, without braces.
        labels: its own labels and where they stand.
        tables: the tables in it that have no caption nearer to them, if there are few.
    """

    name: str
    start: int
    end: int
    parent: Scope | None
    captions: list[tuple[int, int]] = field(default_factory=list)
    labels: list[tuple[int, str]] = field(default_factory=list)
    tables: list[Found] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """A table environment.

    Attributes:
        name: of the environment.
        start, end: its span.
        body, stop: the span of what it holds, after its arguments.
        spec: the span of its column specification.
        scope: the innermost scope around it.
        nested: whether it stands in another table.
            holds: whether tables of their own stand in it, so that it only arranges them.
        own: whether it is a table of its own although it stands in another.
    """

    name: str
    start: int
    end: int
    body: int
    stop: int
    spec: tuple[int, int]
    scope: Scope | None
    nested: Found | None = None
    holds: bool = False
    own: bool = False

    @property
    def pictured(self) -> bool:
        """Whether it stands in a figure, where tables arrange pictures."""
        scope = self.scope
        while scope is not None:
            if scope.name.rstrip("*") in _PICTURES:
                return True
            scope = scope.parent
        return False


@dataclass(frozen=True, slots=True)
class Located:
    """The tables of a text in order, and where floats begin that should hold one but do not."""

    tables: tuple[Found, ...]
    hollow: tuple[int, ...]


def locate(text: str, start: int, end: int, groups: Groups) -> Located:
    """Find table environments, and the captions and labels of their floats.

    Args:
        text: the paper.
        start, end: what to search of it.
        groups: of ``text``.
    """
    finder = _Finder(text, groups)
    finder.environments(start, end)
    finder.names()
    finder.owners()
    return Located(tuple(finder.tables), tuple(finder.hollow()))


@dataclass(slots=True)
class _Open:
    name: str
    start: int
    inner: int
    scope: Scope | None
    table: Found | None


class _Finder:
    def __init__(self, text: str, groups: Groups) -> None:
        self.text = text
        self.groups = groups
        self.scopes: list[Scope] = []
        self.tables: list[Found] = []
        self.open: list[_Open] = []

    def environments(self, start: int, end: int) -> None:
        """Match begins and ends; a begin without an end is left out."""
        for match in _ENVIRONMENT.finditer(self.text, start, end):
            name = match[2]
            if name not in GRIDS and name not in _SCOPES:
                continue
            if match[1] == "begin":
                self._begin(name, match.start(), match.end())
            elif any(each.name == name for each in reversed(self.open)):
                self._end(name, match.start(), match.end())
        unclosed = {id(each.scope) for each in self.open} | {id(each.table) for each in self.open}
        self.tables = [each for each in self.tables if id(each) not in unclosed]
        self.scopes = [each for each in self.scopes if id(each) not in unclosed]
        for table in self.tables:
            table.scope = _live(table.scope, unclosed)
            table.nested = None if id(table.nested) in unclosed else table.nested
        for table in self.tables:
            if table.nested is not None and _HAS_COLUMNS.search(self.text, table.body, table.stop):
                table.own = table.nested.holds = True
        for scope in self.scopes:
            scope.parent = _live(scope.parent, unclosed)

    def _begin(self, name: str, start: int, inner: int) -> None:
        if len(self.open) >= MAX_OPEN:
            return
        around = next((each.scope for each in reversed(self.open) if each.scope), None)
        outer = next((each.table for each in reversed(self.open) if each.table), None)
        scope = table = None
        if name in _SCOPES:
            scope = Scope(name, start, inner, around)
            self.scopes.append(scope)
        if name in GRIDS:
            body, spec = self._arguments(name, inner)
            table = Found(name, start, inner, body, body, spec, scope or around, outer)
            self.tables.append(table)
        self.open.append(_Open(name, start, inner, scope, table))

    def _end(self, name: str, stop: int, end: int) -> None:
        while self.open:
            last = self.open.pop()
            if last.scope is not None:
                last.scope.end = end
            if last.table is not None:
                last.table.stop, last.table.end = max(stop, last.table.body), end
            if last.name == name:
                return

    def _arguments(self, name: str, position: int) -> tuple[int, tuple[int, int]]:
        """Where the body begins, and the span of the column specification."""
        spec = (position, position)
        if name in {"tabu", "longtabu"}:
            match = _TO_WIDTH.match(self.text, position)
            position = match.end() if match else position
        for kind in GRIDS[name]:
            match = _BLANKS.match(self.text, position)
            start = match.end() if match else position
            if not self.text.startswith(kind, start):
                continue
            closed = bracketed(self.text, start) if kind == "[" else self.groups.end(start)
            if closed is None:
                continue
            position = closed
            if kind == "{":
                spec = (start + 1, closed - 1)
        return position, spec

    def names(self) -> None:
        """Give captions and labels to the innermost scope around them."""
        outer = [each for each in self.scopes if each.parent is None]
        inner: dict[int, list[Scope]] = {}
        for scope in self.scopes:
            root = scope
            while root.parent is not None:
                root = root.parent
            inner.setdefault(id(root), []).append(scope)
        for root in outer:
            scopes = inner[id(root)]
            if not any(each.name in _FLOATS for each in scopes) and not self._captioned(root):
                continue
            self._names(root, scopes)

    def _captioned(self, scope: Scope) -> bool:
        return self.text.find("\\captionof", scope.start, scope.end) >= 0

    def _names(self, root: Scope, scopes: list[Scope]) -> None:
        position = root.start
        while match := _NAMING.search(self.text, position, root.end):
            position = match.end()
            name = match["name"]
            if name in _SUB:
                sub = self._sub(name, match, root.end, scopes)
                if sub is not None:
                    insort(scopes, sub, key=_start)
                continue
            where = _innermost(scopes, match.start())
            span = self._caption_span(name, match.end())
            if span is None:
                continue
            if name == "label":
                where.labels.append((match.start(), self.text[slice(*span)].strip()))
            else:
                position = span[1]
                where.captions.append((span[0], min(span[1], span[0] + MAX_CAPTION)))
                self._labels_within(span, where)

    def _labels_within(self, span: tuple[int, int], where: Scope) -> None:
        for match in re.compile(r"\\label\s*\{([^{}\n]{1,200})\}").finditer(self.text, *span):
            where.labels.append((match.start(), match[1].strip()))

    def hollow(self) -> list[int]:
        """Where floats for tables begin that hold none, but a picture perhaps."""
        starts = [table.start for table in self.tables]
        found = []
        for scope in self.scopes:
            first = bisect_left(starts, scope.start)
            holds = first < len(starts) and starts[first] < scope.end
            if scope.parent is None and scope.name.rstrip("*") in _TABLES and not holds:
                found.append(scope.start)
        return found

    def owners(self) -> None:
        """Tell the scopes which tables share their captions."""
        for table in self.tables:
            if table.nested is not None and not table.own:
                continue
            scope = table.scope
            while scope is not None:
                if len(scope.tables) < MAX_TABLES:
                    scope.tables.append(table)
                scope = None if scope.captions else scope.parent

    def _sub(self, name: str, match: re.Match[str], end: int, scopes: list[Scope]) -> Scope | None:
        """The part of a float that ``\\subfloat[caption]{...}`` and its kin hold."""
        position = self._skip(match.end())
        captions: list[tuple[int, int]] = []
        if name == "subcaptionbox":
            closed = self.groups.end(position)
            if closed is None:
                return None
            captions.append((position + 1, closed - 1))
            position = self._skip(closed)
        while self.text.startswith("[", position):
            closed = bracketed(self.text, position)
            if closed is None:
                break
            if name != "subcaptionbox":
                captions = [(position + 1, closed - 1)]
            position = self._skip(closed)
        closed = self.groups.end(position) if self.text.startswith("{", position) else None
        if closed is None or closed > end:
            return None
        scope = Scope(name, match.start(), closed, _innermost(scopes, match.start()), captions)
        for span in captions:
            self._labels_within(span, scope)
        for index in range(bisect_left(self.tables, position, key=_start), len(self.tables)):
            table = self.tables[index]
            if table.start >= closed:
                break
            inner = table.scope is None or table.scope.start < scope.start
            table.scope = scope if inner else table.scope
        self.scopes.append(scope)
        return scope

    def _caption_span(self, name: str, position: int) -> tuple[int, int] | None:
        position = self._skip(position)
        if name == "captionof":
            closed = self.groups.end(position)
            position = self._skip(closed) if closed is not None else position
        if self.text.startswith("[", position):
            closed = bracketed(self.text, position)
            position = self._skip(closed) if closed is not None else position
        if not self.text.startswith("{", position):
            return None
        closed = self.groups.end(position)
        return None if closed is None else (position + 1, closed - 1)

    def _skip(self, position: int) -> int:
        match = _BLANKS.match(self.text, position)
        return match.end() if match else position


def _live(scope: Scope | None, unclosed: set[int]) -> Scope | None:
    while scope is not None and id(scope) in unclosed:
        scope = scope.parent
    return scope


def _start(item: Scope | Found) -> int:
    return item.start


def _innermost(scopes: list[Scope], position: int) -> Scope:
    """The innermost of nested scopes around ``position``; they are in order."""
    scope = scopes[max(bisect_right(scopes, position, key=_start) - 1, 0)]
    while scope.end <= position and scope.parent is not None:
        scope = scope.parent
    return scope


def names_of(table: Found) -> tuple[list[tuple[int, int]], list[str]]:
    """Spans of a table's captions, outermost first, and its labels, innermost first."""
    captions: list[tuple[int, int]] = []
    labels: list[str] = []
    scope = table.scope
    while scope is not None:
        captions = _own(scope.captions, table, scope.tables) + captions
        labels += [label for _, label in _own_labels(scope, table, scope.tables)]
        scope = scope.parent
    return captions, list(dict.fromkeys(labels))


def _own(
    captions: list[tuple[int, int]], table: Found, tables: list[Found]
) -> list[tuple[int, int]]:
    """Of several captions of one scope, the one that belongs to ``table``."""
    if len(captions) <= 1:
        return list(captions)
    if len(captions) == len(tables) and table in tables:
        return [captions[tables.index(table)]]
    before = [each for each in captions if each[1] <= table.start]
    if tables and captions[0][0] < tables[0].start and before:
        return [before[-1]]
    after = [each for each in captions if each[0] >= table.end]
    return [after[0]] if after else [captions[-1]]


def _own_labels(scope: Scope, table: Found, tables: list[Found]) -> list[tuple[int, str]]:
    if len(scope.labels) > 1 and len(scope.labels) == len(scope.captions) == len(tables):
        return [scope.labels[tables.index(table)]] if table in tables else []
    return scope.labels
