"""The text of a paper, paragraph by paragraph, each character with its offset."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from writer.latex import units
from writer.latex.expand import Definition, cut, expand
from writer.latex.parse import Node, Tree, accented, known, parse, symbol
from writer.latex.project import Paper
from writer.latex.source import Source, SourceBuilder, span
from writer.latex.words import (
    CITES,
    FLOATS,
    HEADINGS,
    HOLLOW,
    LETTER_LIKE,
    LISTS,
    NOTHING,
    PRINTED,
    REFERENCES,
    SILENT,
    SIUNITX,
    SPACES,
    THIN_SPACES,
    TRANSPARENT,
    words,
)

MAX_NAMED = 40
"""How many unexpanded macros are named in the notes; the others are only counted."""

THIN = "\u202f"
"""The narrow no-break space that groups digits."""

_BEGIN = re.compile(r"\\begin\s*\{document\}")
_END = re.compile(r"\\end\s*\{document\}")
_TITLE = re.compile(r"\\title(?![a-zA-Z@])")
_PREAMBLE_TITLE = re.compile(r"\\title(?![a-zA-Z@])\s*(?:\[[^\]]{0,500}\]\s*)?\{")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]{1,40}\*?)\}|\\.", re.DOTALL)
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
_SPACES = frozenset(" \t\n\r\f\v\u00a0\u2002\u2003\u2007\u2009\u200a\u3000\x1c\x1d\x1e\x1f\x85")
_CONCLUSION = re.compile(
    r"(?:summary and |discussions? and |discussion & )?(?:conclusions?|concluding remarks)"
    r"(?: (?:and|&) .*)?\Z"
)
_NUMBERING = re.compile(r"(?:[0-9]+(?:\.[0-9]+)*[.:]?|[ivxlc]+[.:])\s+")
_XSPACE_STOPS = frozenset("{}~.!,:;?/'`)]-\\ \n\t\r\"%")
_SPECIALS = {"~": " ", "--": "–", "---": "—", "``": '"', "''": '"', "&": " ", "!`": "¡", "?`": "¿"}
_MATH_SPECIALS = {"~": " ", "&": " "}
_MARKED = CITES | REFERENCES | words("crefrange Crefrange url path nolinkurl")
_FRACTIONS = words("frac tfrac dfrac cfrac nicefrac sfrac")
_FOOTNOTES = words("footnote footnotetext")
_CAPTIONS = words("caption captionof subcaption")
_SWITCH = re.compile(r".*(?:true|false)\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a macro of interest stands in a block.

    Attributes:
        macro: its name without the backslash.
        start: where in the block's text what it printed begins.
        end: where that ends; ``start`` if it printed nothing.
        arguments: the arguments in braces, as written.
    """

    macro: str
    start: int
    end: int
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that belongs together.

    Attributes:
        kind: ``paragraph``, ``item``, ``heading``, ``caption``, ``footnote`` or
            ``limitation``.
        section: ``title``, ``abstract``, ``introduction``, ``conclusion`` or the
            section's heading in lower case; empty before the first one.
        heading: the innermost heading as printed.
        text: plain text, each run of white space one space.
        offsets: for each character of ``text`` its offset in ``Paper.text``.
        marks: what stands where, in order.
    """

    kind: str
    section: str
    heading: str
    text: str
    offsets: tuple[int, ...]
    marks: tuple[Mark, ...]


def read_blocks(paper: Paper) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The text of a paper in order, and notes on what was not read.

    Only the document environment is read where there is one, and the title wherever
    it stands; a text without that environment is read whole.
    """
    definitions: dict[str, Definition] = {}
    begin = _BEGIN.search(paper.text)
    start = begin.end() if begin else 0
    closing = _END.search(paper.text, start)
    end = closing.start() if closing else len(paper.text)
    hollowed: Counter[str] = Counter({"listing": paper.listings})
    notes: list[str] = []
    readers: list[_Reader] = []
    if begin:
        preamble, more = expand(_cut(paper, 0, begin.start()), definitions)
        notes += more
        readers += [_read(_title(preamble))]
    body, more = expand(_cut(paper, start, end), definitions)
    notes += more
    readers.append(_read(_hollow(body)))
    blocks = tuple(block for reader in readers for block in reader.blocks)
    for reader in readers:
        hollowed += reader.skipped
        notes += _faults(paper, reader)
    notes += _notes(hollowed, readers[-1])
    return blocks, tuple(dict.fromkeys(notes))


def section_name(heading: str) -> str:
    """The name of the section with this heading."""
    name = heading.strip().lower()
    numbering = _NUMBERING.match(name)
    name = name[numbering.end() if numbering else 0 :].rstrip(" .:")
    if name in {"introduction", "introduction and motivation"}:
        return "introduction"
    return "conclusion" if _CONCLUSION.match(name) else name


def _cut(paper: Paper, start: int, end: int) -> Source:
    return cut(span(paper.text, start, end), paper.gaps, start, end)


def _title(preamble: Source) -> Source:
    """The title in a preamble, without the rest."""
    builder = SourceBuilder()
    match = _PREAMBLE_TITLE.search(preamble.text)
    if match:
        end = _group_end(preamble.text, match.end() - 1)
        builder.copy(preamble, match.start(), end)
    return builder.build(preamble.origin[-1])


def _group_end(text: str, start: int) -> int:
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return start


def _hollow(source: Source) -> Source:
    """The source without the contents of environments of which nothing is read."""
    cuts: list[tuple[int, int]] = []
    name, depth, start = "", 0, 0
    for match in _ENVIRONMENT.finditer(source.text):
        if match[1] is None or (name and match[2] != name):
            continue
        if match[1] == "begin" and (name or match[2].rstrip("*") in HOLLOW):
            if not name:
                name, start = match[2], match.end()
            depth += 1
        elif match[1] == "end" and name:
            depth -= 1
            if depth == 0:
                cuts.append((start, match.start()))
                name = ""
    return source.without(cuts)


def _read(source: Source) -> _Reader:
    reader = _Reader(source, parse(source.text))
    reader.nodes(reader.tree.nodes)
    reader.end()
    return reader


def _faults(paper: Paper, reader: _Reader) -> list[str]:
    notes = []
    for offset, why in reader.tree.faults[:MAX_NAMED]:
        place = paper.place(reader.source.origin[min(offset, len(reader.source.text))])
        notes.append(f"{place.file}:{place.line}: {why}")
    return notes


def _notes(skipped: Counter[str], reader: _Reader) -> list[str]:
    notes = [
        f"{count} {kind}{' is' if count == 1 else 's are'} not read as text"
        if not kind.endswith("y")
        else f"{count} {kind if count == 1 else kind[:-1] + 'ies'} "
        f"{'is' if count == 1 else 'are'} not read as text"
        for kind, count in sorted(skipped.items())
        if count
    ]
    notes += [
        f"the conditional \\{name} is not evaluated: all its branches are read"
        for name in sorted(reader.conditionals)
    ]
    unknown = sorted(reader.unknown.items(), key=lambda item: (-item[1], item[0]))
    notes += [
        f"macro \\{name} ({uses} use{'' if uses == 1 else 's'}) is not expanded"
        for name, uses in unknown[:MAX_NAMED]
    ]
    if len(unknown) > MAX_NAMED:
        notes.append(f"{len(unknown) - MAX_NAMED} more macros are not expanded")
    return notes


@dataclass(slots=True)
class _Draft:
    """A block in the making."""

    kind: str
    section: str
    heading: str
    solid: bool = False  # a blank line does not end it
    characters: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)  # footnotes and captions within it

    def finish(self) -> list[Block]:
        """The block, if it has any text, and those that were within it."""
        text, offsets, moved = _collapse(self.characters, self.offsets)
        if not text:
            return self.after
        marks = tuple(
            Mark(
                mark.macro,
                moved[mark.start],
                max(moved[mark.start], moved[mark.end]),
                mark.arguments,
            )
            for mark in self.marks
        )
        block = Block(self.kind, self.section, self.heading, text, offsets, marks)
        return [block, *self.after]


def _collapse(
    characters: Sequence[str], offsets: Sequence[int]
) -> tuple[str, tuple[int, ...], list[int]]:
    """One space for each run of white space, none at the ends.

    Returns the text, its offsets, and for each old position the new one.
    """
    text: list[str] = []
    places: list[int] = []
    moved: list[int] = []
    for index, character in enumerate(characters):
        moved.append(len(text))
        if character in _SPACES or (character == THIN and not _groups(characters, index)):
            if text and text[-1] != " ":
                text.append(" ")
                places.append(offsets[index])
            elif text:
                pass
        else:
            text.append(character)
            places.append(offsets[index])
    moved.append(len(text))
    if text and text[-1] == " ":
        text.pop()
        places.pop()
    size = len(text)
    return "".join(text), tuple(places), [min(each, size) for each in moved]


def _groups(characters: Sequence[str], index: int) -> bool:
    """Whether the thin space at ``index`` stands between two digits."""
    return 0 < index < len(characters) - 1 and (
        characters[index - 1].isdecimal() and characters[index + 1].isdecimal()
    )


class _Reader:
    """Walks the nodes and fills blocks."""

    def __init__(self, source: Source, tree: Tree) -> None:
        self.source = source
        self.tree = tree
        self.text = source.text
        self.blocks: list[Block] = []
        self.skipped: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.conditionals: set[str] = set()
        self._section = ""
        self._heading = ""
        self._kind = "paragraph"
        self._math = False
        self._drafts = [self._new(self._kind)]
        self._handlers = _HANDLERS

    # -- drafts

    def _new(self, kind: str, *, solid: bool = False) -> _Draft:
        return _Draft(kind, self._section, self._heading, solid)

    def _break(self) -> None:
        """End the block in the making and begin another of the same kind."""
        draft = self._drafts[-1]
        if draft.solid:
            self._put(" ", draft.offsets[-1] if draft.offsets else 0, raw=True)
            return
        kind = draft.kind if len(self._drafts) > 1 else self._kind
        self._emit(draft.finish(), len(self._drafts) - 1)
        self._drafts[-1] = self._new(kind)

    def _emit(self, blocks: Iterable[Block], level: int) -> None:
        (self._drafts[level - 1].after if level else self.blocks).extend(blocks)

    def _aside(self, kind: str, argument: Node | None, *, solid: bool = True) -> list[Block]:
        """Read ``argument`` as a block of its own."""
        if argument is None:
            return []
        math, self._math = self._math, False
        self._drafts.append(self._new(kind, solid=solid))
        self._inside(argument)
        self._math = math
        level = len(self._drafts) - 1
        draft = self._drafts.pop()
        if kind == "limitation" and draft.characters:
            draft.marks.insert(0, Mark("limitation", 0, len(draft.characters), ()))
        blocks = draft.finish()
        self._drafts[level - 1].after += [] if kind == "heading" else blocks
        return blocks

    def end(self) -> None:
        """End the last block."""
        self._emit(self._drafts[-1].finish(), 0)
        self._drafts = [self._new(self._kind)]

    # -- characters

    def _put(self, text: str, start: int, *, raw: bool = False) -> None:
        """Append ``text``, which stands for the one place ``start``."""
        draft = self._drafts[-1]
        draft.characters.extend(text)
        origin = start if raw else self.source.origin[start]
        draft.offsets.extend([origin] * len(text))

    def _copy(self, start: int, end: int) -> None:
        """Append the source between two offsets."""
        draft = self._drafts[-1]
        draft.characters.extend(self.text[start:end])
        draft.offsets.extend(self.source.origin[start:end])

    def _mark(self, node: Node, start: int) -> None:
        draft = self._drafts[-1]
        draft.marks.append(
            Mark(node.name, start, len(draft.characters), tuple(self._raw(node.arguments)))
        )

    def _raw(self, arguments: Iterable[Node | None]) -> Iterable[str]:
        """The arguments in braces as written."""
        for each in arguments:
            if each is None or self.text[each.start : each.start + 1] in ("[", "*"):
                continue
            yield self.text[slice(*self._within(each))]

    def _within(self, node: Node) -> tuple[int, int]:
        """The span of an argument without its braces."""
        if node.kind == "group":
            closed = node.end - 1 if self.text[node.end - 1] in "}]" else node.end
            return node.start + 1, max(node.start + 1, closed)
        return node.start, node.end

    # -- nodes

    def nodes(self, nodes: Iterable[Node]) -> None:
        """Read nodes one after the other."""
        for node in nodes:
            self._node(node)

    def _inside(self, node: Node | None) -> None:
        """Read an argument without its braces."""
        if node is not None and node.kind == "group":
            self.nodes(node.children)
        elif node is not None:
            self._node(node)

    def _node(self, node: Node) -> None:
        if node.kind == "text":
            self._text(node)
        elif node.kind == "macro":
            self._macro(node)
        elif node.kind == "special":
            self._special(node)
        elif node.kind == "group":
            self.nodes(node.children)
        elif node.kind == "math":
            math, self._math = self._math, True
            self.nodes(node.children)
            self._math = math
        elif node.kind == "display":
            self.skipped["displayed formula"] += 1
            self._put(" ", node.start)
        else:
            self._environment(node)

    def _text(self, node: Node) -> None:
        if self._math:
            self._copy(node.start, node.end)
            return
        position = node.start
        while match := _PARAGRAPH.search(self.text, position, node.end):
            self._copy(position, match.start())
            self._break()
            position = match.end()
        self._copy(position, node.end)

    def _special(self, node: Node) -> None:
        table = _MATH_SPECIALS if self._math else _SPECIALS
        printed = table.get(node.name)
        if node.name.isspace() and not self._math:
            self._break()
        elif printed is None:
            self._copy(node.start, node.end)
        else:
            self._put(printed, node.start)

    # -- environments

    def _environment(self, node: Node) -> None:
        name = node.name.rstrip("*")
        if name in FLOATS:
            self._float(node, FLOATS[name])
        elif name in HOLLOW:
            self.skipped[HOLLOW[name]] += 1
            self._put(" ", node.start)
        elif name == "abstract":
            self._abstract(node.children)
        elif name in LISTS:
            self._list(node)
        else:
            self._break()
            self.nodes(node.children)
            self._break()

    def _float(self, node: Node, kind: str) -> None:
        self.skipped[kind] += 1
        self._captions(node.children)
        self._put(" ", node.start)

    def _captions(self, nodes: Iterable[Node | None]) -> None:
        for node in nodes:
            if node is None:
                continue
            if node.kind == "macro" and node.name in _CAPTIONS:
                self._aside("caption", _argument(node))
            elif node.kind == "macro" and node.name == "subfloat":
                self._aside("caption", _argument(node, 0))
            elif node.kind == "macro" and node.name in _FOOTNOTES:
                self._aside("footnote", _argument(node), solid=False)
            else:
                self._captions(node.arguments)
                self._captions(node.children)

    def _list(self, node: Node) -> None:
        self._break()
        kind, self._kind = self._kind, "item"
        draft_kind = self._drafts[-1].kind
        if len(self._drafts) == 1:
            self._drafts[-1].kind = "item"
        self.nodes(node.children)
        self._kind = kind
        self._break()
        self._drafts[-1].kind = draft_kind

    def _abstract(self, nodes: Iterable[Node]) -> None:
        self._break()
        before = (self._section, self._heading)
        self._enter("abstract", "Abstract")
        self.nodes(nodes)
        self._break()
        self._enter(*before)

    def _enter(self, section: str, heading: str) -> None:
        self._section, self._heading = section, heading
        draft = self._drafts[-1]
        draft.section, draft.heading = section, heading

    # -- macros

    def _macro(self, node: Node) -> None:
        name = node.name
        handler = self._handlers.get(name)
        if handler is not None:
            handler(self, node)
        elif name in TRANSPARENT:
            self._inside(_argument(node))
            self._after_name(node)
        elif name in SPACES or name.isspace():
            self._put(" ", node.start)
        elif name in THIN_SPACES:
            self._put(THIN, node.start)
        elif name in SILENT or name in NOTHING:
            pass
        else:
            self._symbol(node)

    def _symbol(self, node: Node) -> None:
        printed = symbol(node.name)
        if printed is not None:
            self._put(printed, node.start)
            self._operator_space(node)
        elif node.arguments and self._accent(node):
            return
        elif node.name.startswith("if") and len(node.name) > 2:
            self.conditionals.add(node.name)
        elif not known(node.name):
            if not _SWITCH.match(node.name):
                self.unknown[node.name] += 1
        else:
            self._known(node)

    def _known(self, node: Node) -> None:
        """A macro of pylatexenc's grammar that prints nothing we know of."""
        if node.arguments:
            self.unknown[node.name] += 1

    def _operator_space(self, node: Node) -> None:
        """In formulas, keep the space after an operator's name: ``2 \\times 3``."""
        if not self._math or node.name in LETTER_LIKE:
            return
        start = node.start + 1 + len(node.name)
        before = "".join(self._drafts[-1].characters[-2:])
        even = len(before) < 2 or before[0].isspace() or before[1].isalpha()
        if even and self.text[start : node.end].isspace():
            self._put(" ", start)

    def _after_name(self, node: Node) -> None:
        """A space between the name of a function and a letter: ``arg max x``."""
        if node.name == "operatorname" and self.text[node.end : node.end + 1].isalpha():
            self._put(" ", node.start)

    def _accent(self, node: Node) -> bool:
        argument = _argument(node)
        if argument is None:
            return False
        base = self.text[slice(*self._within(argument))].strip()
        if argument.kind == "macro" or base.startswith("\\"):
            base = symbol(base.lstrip("\\").strip()) or ""
        printed = accented(node.name, base)
        if printed is None:
            return False
        self._put(printed, node.start)
        return True

    def heading(self, node: Node) -> None:
        """``\\section`` and its kin."""
        self._break()
        start = len(self._drafts)
        section, heading = self._section, self._heading
        blocks = self._aside("heading", _argument(node))
        text = next((block.text for block in blocks if block.kind == "heading"), "")
        if HEADINGS[node.name] == 0 or section == "":
            section = section_name(text)
        heading = text
        self._enter(section, heading)
        self._emit(_entitled(blocks, section, heading), start - 1)

    def title(self, node: Node) -> None:
        """``\\title``."""
        self._break()
        before = (self._section, self._heading)
        level = len(self._drafts) - 1
        blocks = self._aside("heading", _argument(node))
        text = blocks[0].text if blocks else ""
        self._emit(_entitled(blocks, "title", text), level)
        self._enter(*before)

    def abstract(self, node: Node) -> None:
        """``\\abstract{...}``."""
        argument = _argument(node)
        self._abstract(() if argument is None else argument.children)

    def item(self, node: Node) -> None:
        """``\\item``."""
        self._break()
        if len(self._drafts) == 1:
            self._drafts[-1].kind = self._kind
        if node.arguments and node.arguments[0] is not None:
            self._inside(_argument(node, 0))
            self._put(" ", node.start)

    def caption(self, node: Node) -> None:
        """``\\caption`` and its kin."""
        self._aside("caption", _argument(node))

    def subfloat(self, node: Node) -> None:
        """``\\subfloat[caption]{...}``."""
        self._aside("caption", _argument(node, 0))

    def footnote(self, node: Node) -> None:
        """``\\footnote``."""
        self._aside("footnote", _argument(node), solid=False)

    def limitation(self, node: Node) -> None:
        """``\\limitation{id}{text}``."""
        self._aside("limitation", _argument(node))
        identifier = tuple(self._raw(node.arguments[:1]))
        after = self._drafts[-1].after
        for index in range(len(after) - 1, -1, -1):
            block = after[index]
            if block.kind == "limitation" and block.marks[0].arguments == ():
                mark = Mark("limitation", 0, len(block.text), identifier)
                after[index] = _with_marks(block, (mark, *block.marks[1:]))
                break

    def measured(self, node: Node) -> None:
        """``\\measured{id}{digits}``."""
        start = len(self._drafts[-1].characters)
        self._inside(_argument(node))
        self._mark(node, start)

    def marked(self, node: Node) -> None:
        """A citation, a reference or an address: it prints nothing."""
        self._mark(node, len(self._drafts[-1].characters))

    def printed(self, node: Node) -> None:
        """A macro of which some arguments are text."""
        for index in PRINTED[node.name][1]:
            if index < len(node.arguments):
                self._inside(node.arguments[index])

    def paragraph_end(self, node: Node) -> None:
        """``\\par``."""
        del node
        self._break()

    def fraction(self, node: Node) -> None:
        """``\\frac{a}{b}``."""
        above, below = node.arguments[-2:] if len(node.arguments) > 1 else (None, None)
        self._inside(above)
        self._put("/", node.start)
        self._inside(below)

    def root(self, node: Node) -> None:
        """``\\sqrt{x}``."""
        self._put("√", node.start)
        self._inside(_argument(node))

    def raised(self, node: Node) -> None:
        """``\\textsuperscript`` and ``\\textsubscript``."""
        self._put("^" if node.name == "textsuperscript" else "_", node.start)
        self._inside(_argument(node))

    def xspace(self, node: Node) -> None:
        """``\\xspace``: a space unless punctuation follows."""
        following = self.text[node.end : node.end + 1]
        if following and following not in _XSPACE_STOPS:
            self._put(" ", node.start)

    def quantity(self, node: Node) -> None:
        """A number, a unit or both, by siunitx."""
        start = len(self._drafts[-1].characters)
        given = [
            each
            for each in node.arguments
            if each is not None and self.text[each.start : each.start + 1] != "["
        ]
        spans = [self._within(each) for each in given]
        numbers = _numbers(node.name, len(spans))
        for index in range(numbers):
            if index:
                self._put("–", spans[index][0])
            self._numbers(node.name, *spans[index])
        for first, last in spans[numbers:]:
            if numbers:
                self._put(" ", first)
            self._pieces(units.unit(self.text[first:last], first))
        if node.name == "ang":
            self._put("°", node.start)
        self._mark(node, start)

    def _numbers(self, name: str, first: int, last: int) -> None:
        """One number, or several set apart by semicolons."""
        if not name.endswith("list"):
            self._pieces(units.number(self.text[first:last], first))
            return
        for index, part in enumerate(self.text[first:last].split(";")):
            if index:
                self._put(", ", first - 1)
            self._pieces(units.number(part, first))
            first += len(part) + 1

    def _pieces(self, pieces: Iterable[units.Piece]) -> None:
        for text, offset in pieces:
            self._put(text, offset)


def _numbers(name: str, given: int) -> int:
    """How many of the arguments of a macro of siunitx are numbers."""
    if name in {"si", "unit"}:
        return 0
    if name in {"num", "ang", "numrange", "numlist", "numproduct"}:
        return given
    return max(0, given - 1)


def _argument(node: Node, index: int = -1) -> Node | None:
    """One argument; ``None`` if it is not there, as in broken LaTeX."""
    try:
        return node.arguments[index]
    except IndexError:
        return None


def _entitled(blocks: Iterable[Block], section: str, heading: str) -> list[Block]:
    return [
        Block(each.kind, section, heading, each.text, each.offsets, each.marks) for each in blocks
    ]


def _with_marks(block: Block, marks: tuple[Mark, ...]) -> Block:
    return Block(block.kind, block.section, block.heading, block.text, block.offsets, marks)


def _handlers() -> dict[str, Callable[[_Reader, Node], None]]:
    table: dict[str, Callable[[_Reader, Node], None]] = {}
    for names, handler in (
        (PRINTED, _Reader.printed),
        (HEADINGS, _Reader.heading),
        (_MARKED, _Reader.marked),
        (SIUNITX, _Reader.quantity),
        (_FOOTNOTES, _Reader.footnote),
        (_CAPTIONS, _Reader.caption),
        (_FRACTIONS, _Reader.fraction),
        (words("textsuperscript textsubscript"), _Reader.raised),
    ):
        table |= dict.fromkeys(names, handler)
    return table | {
        "title": _Reader.title,
        "abstract": _Reader.abstract,
        "item": _Reader.item,
        "subfloat": _Reader.subfloat,
        "limitation": _Reader.limitation,
        "measured": _Reader.measured,
        "par": _Reader.paragraph_end,
        "sqrt": _Reader.root,
        "xspace": _Reader.xspace,
    }


_HANDLERS = _handlers()
