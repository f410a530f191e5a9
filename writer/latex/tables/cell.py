"""The LaTeX of one cell, header or caption as plain text, and how it is set.

pylatexenc is too slow for thousands of cells: this reader knows what stands in cells
and takes each character once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from writer.latex import units
from writer.latex.expand import Groups
from writer.latex.symbols import accented, symbol
from writer.latex.tables.arguments import Arguments, Span
from writer.latex.tables.macros import (
    ARGUMENTS,
    DINGS,
    ENVIRONMENT_ARGUMENTS,
    JOINED,
    MARK,
    RAISED,
    SHOWN,
    SPANNING,
    STYLES,
    SWITCHES,
    SYMBOLS,
)
from writer.latex.words import CITES, HOLLOW, NOTHING, SIUNITX, SPACES, THIN_SPACES

MAX_DEPTH = 40
"""How deep groups may nest; the braces of deeper ones are ignored."""

MAX_SPAN = 500
"""Most rows or columns that a cell may span."""

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z@]+)[ \t]*\n?[ \t]*|\\(?P<control>.)|(?P<brace>[{}])|(?P<math>\$\$?)"
    r"|(?P<script>[\^_])|(?P<tie>~)|(?P<dash>-{2,3})|(?P<blank>\s+)|(?P<text>[^\\{}$^_~\-\s]+|-)",
    re.DOTALL,
)
_SPECIAL = re.compile(r"[\\{}$^_~]|--|\s\s|[\n\t\r]")
_FORMULA = (r"\(", r"\)")
_DASHES = {"--": "–", "---": "—"}
_INTEGER = re.compile(r"\s*(-?\d{1,4})(?:\.\d*)?\s*\Z")
_SET_CELL = re.compile(r"\b([cr])\s*=\s*(\d{1,3})")
_MARKS = re.compile(r"[*∗⋆★†‡§¶‖♯♮♭♣♠♦♥△▲▼▽◇◦•#⊕⊗⊙∘]+|[a-z](?:\s*,\s*[a-z])*|[*†‡]?[a-z]")
_DIGIT_MARKS = re.compile(r"\d{1,2}(?:\s*,\s*\d{1,2})*")
_SQUARED = re.compile(r"(?:^|\W)(?:R|[cmk]?m|s|r|10|2)$")


@dataclass(slots=True)
class Reading:
    """What a cell prints.

    Attributes:
        text: plain text, marks included, each run of white space one space.
        starts, places, styles: for each piece of ``text`` where it begins, the offset of
            its source, and how it is set; not empty unless ``text`` is.
        columns, rows: how many columns and rows it spans; rows negative for upwards.
        spans: whether it says so itself.
        cited: the span of the keys that it cites last.
    """

    text: str = ""
    starts: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    spans: bool = False
    cited: Span | None = None

    def style(self, position: int) -> int:
        """How the character at ``position`` is set."""
        index = bisect_right(self.starts, position) - 1
        return self.styles[index] if index >= 0 else 0

    def place(self, position: int) -> int:
        """The source offset of the character at ``position``."""
        index = bisect_right(self.starts, position) - 1
        return self.places[index] + position - self.starts[index] if index >= 0 else 0

    def term(self) -> str:
        """The text without footnote marks."""
        if not any(style & MARK for style in self.styles):
            return self.text.rstrip("†‡").strip()
        ends = [*self.starts[1:], len(self.text)]
        kept = (
            self.text[start:end]
            for start, end, style in zip(self.starts, ends, self.styles, strict=True)
            if not style & MARK
        )
        return " ".join("".join(kept).split()).rstrip("†‡")


def read(
    text: str, start: int, end: int, groups: Groups, style: int = 0, *, math: bool = False
) -> Reading:
    """Read ``text`` between two offsets.

    Args:
        text: LaTeX with its macros expanded.
        start, end: what to read of it.
        groups: of ``text``.
        style: how the column sets its cells.
        math: whether the column is in math mode.
    """
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start == end:
        return Reading()
    if _SPECIAL.search(text, start, end) is None:
        return Reading(text[start:end], [0], [start], [style])
    reader = _CellReader(text, groups)
    reader.read(start, end, style, math=math, depth=0)
    return reader.result()


class _CellReader:
    __slots__ = (
        "arguments",
        "cited",
        "columns",
        "groups",
        "length",
        "pieces",
        "places",
        "rows",
        "spans",
        "starts",
        "styles",
        "text",
    )

    def __init__(self, text: str, groups: Groups) -> None:
        self.text = text
        self.groups = groups
        self.arguments = Arguments(text, groups)
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.places: list[int] = []
        self.styles: list[int] = []
        self.length = 0
        self.cited: Span | None = None
        self.columns = self.rows = 1
        self.spans = False

    def result(self) -> Reading:
        text = "".join(self.pieces)
        return Reading(
            text.rstrip(),
            self.starts,
            self.places,
            self.styles,
            self.columns,
            self.rows,
            self.spans,
            self.cited,
        )

    def emit(self, text: str, place: int, style: int) -> None:
        if text == " " and (not self.pieces or self.pieces[-1][-1] == " "):
            return
        if text:
            self.pieces.append(text)
            self.starts.append(self.length)
            self.places.append(place)
            self.styles.append(style)
            self.length += len(text)

    def read(self, position: int, end: int, style: int, *, math: bool, depth: int) -> None:
        """Read to ``end``; changes of style last until there."""
        opened = position if math else -1
        while position < end:
            match = _TOKEN.match(self.text, position, end)
            if match is None:
                return
            kind, start, position = match.lastgroup, position, match.end()
            if kind == "text":
                self.emit(match[0], start, style)
            elif kind in {"blank", "tie"}:
                self.emit(" ", start, style)
            elif kind == "word":
                position, style = self._word(match, end, style, math=math, depth=depth)
            elif kind == "brace":
                position = self._brace(start, end, style, math=math, depth=depth)
            elif kind == "math" or match[0] in _FORMULA:
                math, opened = not math, position
            elif kind == "script":
                position = self._script(start, end, style, depth, based=not math or start > opened)
            elif kind == "dash":
                self.emit(match[0] if math else _DASHES[match[0]], start, style)
            else:
                position = self._control(match["control"], start, position, end, style)

    def _brace(self, start: int, end: int, style: int, *, math: bool, depth: int) -> int:
        """Read the group that opens at ``start``; the offset after it."""
        closed = self.groups.end(start) if self.text[start] == "{" else None
        if closed is None or closed > end or depth >= MAX_DEPTH:
            return start + 1
        self.read(start + 1, closed - 1, style, math=math, depth=depth + 1)
        return closed

    def _control(self, name: str, start: int, position: int, end: int, style: int) -> int:
        if name in THIN_SPACES:
            if self.pieces and self.pieces[-1][-1] != " ":
                self.emit("\u202f", start, style)
        elif name in SPACES or name.isspace():
            self.emit(" ", start, style)
            if name == "\\":
                position = self.arguments.of_break(position, end)
        elif name not in NOTHING:
            printed = symbol(name)
            if printed is not None:
                self.emit(printed, start, style)
            else:
                return self._accent(name, start, position, end, style)
        return position

    def _accent(self, name: str, start: int, position: int, end: int, style: int) -> int:
        span, after = self.arguments.one(position, end)
        base = self.text[slice(*span)].strip() if span else ""
        macro = base.startswith("\\")
        printed = accented(name, (symbol(base[1:]) or "") if macro else base)
        if printed is None:
            return position
        self.emit(printed, start, style)
        return after

    def _script(self, start: int, end: int, style: int, depth: int, *, based: bool) -> int:
        """A superscript or subscript; a mark if it is set like one."""
        span, after = self.arguments.one(start + 1, end)
        if span is None:
            return max(after, start + 1)
        self.raised(self.text[start], start, span, style, depth, based=based)
        return after

    def raised(
        self, sign: str, start: int, span: Span, style: int, depth: int, *, based: bool
    ) -> None:
        """Read what stands raised or lowered.

        Args:
            sign: ``^`` or ``_``.
            start: its offset.
            span: what is raised.
            style, depth: as for :meth:`read`.
            based: whether it stands on something of the same formula.
        """
        first, count = len(self.pieces), self.length
        before = self.pieces[-1][-1:] if self.pieces else ""
        if depth >= MAX_DEPTH:
            return
        self.emit(sign, start, style | RAISED)
        self.read(*span, style | RAISED, math=True, depth=depth + 1)
        content = "".join(self.pieces[first + 1 :]).strip()
        if content in {"∘", "°", "o"} and sign == "^" and (before.isdigit() or not before):
            self._retract(first, count)
            self.emit("°", start, style)
        elif content in {"′", "'"}:
            self._retract(first, count)
            self.emit("'", start, style)
        elif sign == "^" and self._is_mark(content, before, based=based):
            self._retract(first, count)
            self.emit(content, span[0], style | MARK)

    def _is_mark(self, content: str, before: str, *, based: bool) -> bool:
        if _DIGIT_MARKS.fullmatch(content):
            return not based and not _SQUARED.search("".join(self.pieces[-4:-2]))
        letters = content.isalpha() and based and before.isalpha()
        return _MARKS.fullmatch(content) is not None and not letters

    def _retract(self, pieces: int, length: int) -> None:
        for items in (self.pieces, self.starts, self.places, self.styles):
            del items[pieces:]
        self.length = length

    # -- macros

    def _word(
        self, match: re.Match[str], end: int, style: int, *, math: bool, depth: int
    ) -> tuple[int, int]:
        """Read a macro; the offset after it and its arguments, and the style from there on."""
        name, start, position = match["word"], match.start(), match.end()
        switch = SWITCHES.get(name)
        if switch is not None:
            return position, (style | switch[0]) & ~switch[1]
        spec = ARGUMENTS.get(name)
        if spec is None:
            return self._plain_word(name, start, position, end, style), style
        spans, after = self.arguments.all(spec, position, end)
        if name in CITES:
            self.cited = spans[-1]
        elif depth < MAX_DEPTH:
            self._shown(name, start, spans, style, math=math, depth=depth)
        if name in SPACES:
            self.emit(" ", start, style)
        return after, style

    def _plain_word(self, name: str, start: int, position: int, end: int, style: int) -> int:
        if name == "begin":
            return self._begin(position, end)
        if name in SPACES:
            self.emit(" ", start, style)
            return position
        if name in THIN_SPACES:
            return self._control(",", start, position, end, style)
        printed = SYMBOLS.get(name) or symbol(name)
        if printed is not None:
            self.emit(printed, start, style)
            return position
        if len(name) == 1:
            return self._accent(name, start, position, end, style)
        return position

    def _begin(self, position: int, end: int) -> int:
        """Past the name and the arguments of an environment within the cell."""
        span, after = self.arguments.one(position, end)
        name = self.text[slice(*span)].strip() if span else ""
        if HOLLOW.get(name) == "picture":
            closed = self.text.find(f"\\end{{{name}}}", after, end)
            return closed if closed >= 0 else after
        return self.arguments.all(ENVIRONMENT_ARGUMENTS.get(name, ""), after, end)[1]

    def _shown(
        self,
        name: str,
        start: int,
        spans: list[Span | None],
        style: int,
        *,
        math: bool,
        depth: int,
    ) -> None:
        """Print what a macro with arguments prints."""
        inner = style | STYLES.get(name, 0)
        if name in {"textsuperscript", "textsubscript"}:
            if spans[0]:
                sign = "^" if name == "textsuperscript" else "_"
                self.raised(sign, start, spans[0], style, depth, based=False)
        elif name in JOINED:
            sign, indexes = JOINED[name]
            for number, index in enumerate(indexes):
                self.emit(sign if number else "", start, style)
                self._span(spans[index], inner, math=math, depth=depth)
        elif name in SIUNITX:
            self._quantity(name, spans, style)
        elif name == "ding" and spans[0]:
            self.emit(DINGS.get(self.text[slice(*spans[0])], "•"), start, style)
        else:
            self._note_span(name, spans)
            for index in SHOWN.get(name, ()):
                math = name == "ensuremath" or (math and not name.startswith("text"))
                self._span(spans[index], inner, math=math, depth=depth)

    def _span(self, span: Span | None, style: int, *, math: bool, depth: int) -> None:
        if span is not None:
            self.read(*span, style, math=math, depth=depth + 1)

    def _note_span(self, name: str, spans: list[Span | None]) -> None:
        if name == "multicolumn":
            self.columns = max(self.columns, self._integer(spans[0]))
            self.spans = True
        elif name in SPANNING and self.rows == 1:
            self.rows = self._integer(spans[1]) or 1
            self.spans = True
        elif name == "SetCell":
            for span in spans:
                for match in _SET_CELL.finditer(self.text[slice(*span)] if span else ""):
                    size = min(int(match[2]), MAX_SPAN)
                    self.spans = True
                    if match[1] == "c":
                        self.columns = size
                    else:
                        self.rows = size

    def _integer(self, span: Span | None) -> int:
        match = _INTEGER.match(self.text[slice(*span)]) if span else None
        return max(-MAX_SPAN, min(MAX_SPAN, int(match[1]))) if match else 1

    def _quantity(self, name: str, spans: list[Span | None], style: int) -> None:
        """A number, a unit or both, by siunitx."""
        given = [span for span, kind in zip(spans, SIUNITX[name], strict=True) if kind == "{"]
        numbers = 0 if name in {"si", "unit"} else len(given)
        if name not in {"num", "ang", "numrange", "numlist", "numproduct"}:
            numbers = max(0, numbers - 1)
        for index, span in enumerate(given):
            if span is None:
                continue
            if index:
                self.emit("–" if index < numbers else " ", span[0], style)
            raw = self.text[slice(*span)]
            read = units.number if index < numbers else units.unit
            for text, place in read(raw, span[0]):
                self.emit(text, place, style)
