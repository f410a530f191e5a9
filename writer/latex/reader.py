"""Reads LaTeX in one pass over its tokens and fills blocks.

No tree is built: braces group nothing that a reader of text needs, except around the
arguments of the macros in :mod:`writer.latex.macros`, which ask for them. A brace that
is missing so costs the argument it should have ended, not the paper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from writer.latex.arguments import WORD_END, Arguments, Span
from writer.latex.drafts import Block, Draft, Mark
from writer.latex.expand import Groups
from writer.latex.source import Source
from writer.latex.words import FLOATS, HOLLOW, LETTER_LIKE, LISTS

MAX_NESTING = 50
"""How deep arguments that are blocks of their own may nest; deeper ones are not read."""

Handler = Callable[["Reader", str, int, int], int]
"""Takes the reader, the macro's name and span, and returns where to read on."""

_TOKEN = re.compile(
    rf"\\(?:([a-zA-Z@]+){WORD_END}|(.))"
    r"|(\{|\})"
    r"|(\$)\$?"
    r"|(---?|``|''|!`|\?`)"
    r"|(~|&)"
    r"|(\n[ \t\r]*\n\s*)",
    re.DOTALL,
)
_SPECIALS = {"--": "–", "---": "—", "``": '"', "''": '"', "!`": "¡", "?`": "¿"}
_ENVIRONMENT = re.compile(r"[ \t\r\n]*\{([^{}\n]{1,60})\}")
_PAIRS = re.compile(
    rf"\\(?:(begin|end)\s*\{{({'|'.join(map(re.escape, (*FLOATS, *HOLLOW)))})(\*?)\}}|.)",
    re.DOTALL,
)
_MATH_END = {
    "$": re.compile(r"(?:[^$\\\n]|\\.|\n(?![ \t\r]*\n))*\$", re.DOTALL),
    "$$": re.compile(r"(?:[^$\\]|\\.|\$(?!\$))*\$\$", re.DOTALL),
    "(": re.compile(r"(?:[^\\\n]|\\[^)]|\n(?![ \t\r]*\n))*\\\)", re.DOTALL),
    "[": re.compile(r"(?:[^\\]|\\[^\]])*\\\]", re.DOTALL),
}
_ASIDES = re.compile(
    r"\\(?:(caption(?:of)?|subcaption(?:box)?|subfloat|subfigure|subtable|footnote(?:text)?)"
    rf"(?![a-zA-Z@]){WORD_END}|begin\s*\{{|.)",
    re.DOTALL,
)
FAULT = "the LaTeX of this paragraph has a fault and is read as far as it goes"
DEEP = "macros are nested too deep here; what the inner ones print is not read"


@dataclass(frozen=True, slots=True)
class Grammar:
    """What macros and environments mean.

    Attributes:
        handlers: what each macro does.
        specs: the arguments of each, and under ``{name`` those of an environment.
        learn: gives the handler of a macro that is not among ``handlers``.
    """

    handlers: Mapping[str, Handler]
    specs: Mapping[str, str]
    learn: Callable[[str], Handler]


class Reader:
    """Walks the tokens of a source.

    Attributes:
        blocks: the blocks read so far.
        skipped: how many formulas, floats, listings were not read, by what they are.
        unknown: macros that nothing is known of, and how often they stand there.
        conditionals: those of which all branches are read.
        faults: what could not be followed: offsets in the source, and why.
    """

    def __init__(self, source: Source, grammar: Grammar) -> None:
        self.source = source
        self.text = source.text
        self.blocks: list[Block] = []
        self.skipped: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.conditionals: set[str] = set()
        self.faults: list[tuple[int, str]] = []
        self.groups = Groups(source.text)
        self.math = ""  # how the formula ends that is being read
        self.kind = "paragraph"
        self.section = ""
        self.heading = ""
        self.drafts = [self._new(self.kind)]
        self.draft = self.drafts[-1]
        self._grammar = grammar
        self._macros = dict(grammar.handlers)
        self._specs = grammar.specs
        self._arguments = Arguments(source.text, self.groups, self.fault)
        self._depth = 0
        self._open: list[tuple[str, str, str, str]] = []  # environments that change a state
        self._pairs: dict[int, Span] | None = None
        self._endless: dict[str, int] = {}  # up to where a formula's end was sought in vain

    # -- drafts

    def _new(self, kind: str, *, solid: bool = False) -> Draft:
        return Draft(kind, self.section, self.heading, solid)

    def end_block(self) -> None:
        """End the block in the making and begin another of the same kind."""
        draft = self.draft
        if draft.solid:
            draft.pieces.append(" ")
            draft.offsets.append(draft.offsets[-1] if draft.offsets else 0)
            return
        kind = draft.kind if len(self.drafts) > 1 else self.kind
        self.emit(draft.finish(), len(self.drafts) - 1)
        self.drafts[-1] = self.draft = self._new(kind)

    def emit(self, blocks: Iterable[Block], level: int) -> None:
        """Append blocks to those within the draft below ``level``, or to the paper's."""
        (self.drafts[level - 1].after if level else self.blocks).extend(blocks)

    def aside(self, kind: str, argument: Span | None, *, solid: bool = True) -> list[Block]:
        """Read ``argument`` as a block of its own."""
        if argument is None:
            return []
        math, self.math = self.math, ""
        self.draft = self._new(kind, solid=solid)
        self.drafts.append(self.draft)
        self.read(*argument)
        self.math = math
        draft = self.drafts.pop()
        self.draft = self.drafts[-1]
        if kind == "limitation" and draft.pieces:
            draft.marks.insert(0, Mark("limitation", 0, len(draft.offsets), ()))
        blocks = draft.finish()
        self.draft.after += [] if kind == "heading" else blocks
        return blocks

    def enter(self, section: str, heading: str) -> None:
        """From here on the text belongs to this section."""
        self.section, self.heading = section, heading
        self.draft.section, self.draft.heading = section, heading

    def end(self) -> None:
        """End the last block."""
        self.emit(self.draft.finish(), 0)
        self.drafts = [self._new(self.kind)]
        self.draft = self.drafts[-1]

    # -- characters

    def put(self, text: str, start: int) -> None:
        """Append ``text``, which stands for the one place ``start``."""
        self.draft.pieces.append(text)
        self.draft.offsets.extend((self.source.origin[start],) * len(text))

    def copy(self, start: int, end: int) -> None:
        """Append the source between two offsets."""
        self.draft.pieces.append(self.text[start:end])
        self.draft.offsets.extend(self.source.origin[start:end])

    def mark(self, name: str, start: int, arguments: Iterable[Span | None]) -> None:
        """Note that the macro printed what stands since ``start``."""
        written = tuple(self.text[each[0] : each[1]] for each in arguments if each is not None)
        self.draft.marks.append(Mark(name, start, len(self.draft.offsets), written))

    def fault(self, start: int) -> None:
        """Note that the paragraph around ``start`` has a fault."""
        self.faults.append((start, FAULT))

    # -- tokens

    def read(self, start: int, end: int) -> None:
        """Read the source between two offsets."""
        if self._depth > MAX_NESTING:
            self.faults.append((start, DEEP))
            return
        self._depth += 1
        self._tokens(start, end)
        self._depth -= 1

    def _tokens(self, start: int, end: int) -> None:
        text, search, macros = self.text, _TOKEN.search, self._macros
        position = start
        while match := search(text, position, end):
            begin, after = match.span()
            if begin > position:
                self.copy(position, begin)
            kind = match.lastindex
            if kind == 1:
                name = match[1]
                handler = macros.get(name)
                position = (
                    self._unknown(name, begin, after)
                    if handler is None
                    else handler(self, name, begin, after)
                )
            elif kind == 3:
                position = after
            else:
                position = self._special(match, kind, begin, after, end)
            if position > end:
                return
        if position < end:
            self.copy(position, end)

    def _special(
        self, match: re.Match[str], kind: int | None, begin: int, after: int, end: int
    ) -> int:
        """What a token that is neither a brace nor the name of a macro does."""
        if kind == 2:
            return self._control(match[2], begin, after, end)
        if kind == 4:
            return self._dollar(match[0], begin, after, end)
        if kind == 5 and not self.math:
            self.put(_SPECIALS[match[0]], begin)
        elif kind == 6:
            self.put(" ", begin)
        elif kind == 7 and not self.math:
            self.end_block()
        else:
            self.copy(begin, after)
        return after

    def _control(self, name: str, begin: int, after: int, end: int) -> int:
        if name == "(":
            return self._math("(", begin, after, end)
        if name == "[":
            return self._display("[", begin, after, end)
        if name == ")":
            self.math = ""
            return after
        handler = self._macros.get(name)
        return (
            self._unknown(name, begin, after)
            if handler is None
            else handler(self, name, begin, after)
        )

    def _dollar(self, sign: str, begin: int, after: int, end: int) -> int:
        if self.math:
            self.math = "" if self.math == "$" else self.math
            return begin + 1
        if sign == "$$":
            return self._display("$$", begin, after, end)
        return self._math("$", begin, after, end)

    def _math(self, sign: str, begin: int, after: int, end: int) -> int:
        if self._formula_end(sign, after, end) is None:
            self.fault(begin)
        elif not self.math:
            self.math = sign
        return after

    def _display(self, sign: str, begin: int, after: int, end: int) -> int:
        found = self._formula_end(sign, after, end)
        if found is None:
            self.fault(begin)
            return after
        self.skipped["displayed formula"] += 1
        self.put(" ", begin)
        return found

    def _formula_end(self, sign: str, start: int, end: int) -> int | None:
        if start < self._endless.get(sign, -1):
            return None
        match = _MATH_END[sign].match(self.text, start, end)
        if match:
            return match.end()
        blank = self.text.find("\n\n", start, end)
        self._endless[sign] = end if blank < 0 or sign in ("$$", "[") else blank
        return None

    def _unknown(self, name: str, start: int, end: int) -> int:
        """A macro without a meaning here: a symbol, an accent, or reported."""
        handler = self._grammar.learn(name)
        self._macros[name] = handler
        return handler(self, name, start, end)

    # -- arguments

    def arguments(self, spec: str, position: int) -> tuple[list[Span | None], int]:
        """The arguments that follow, see :meth:`Arguments.read`."""
        return self._arguments.read(spec, position)

    def given(self, name: str, position: int) -> tuple[list[Span | None], list[Span | None], int]:
        """All arguments of the macro ``name``, those in braces, and where they end."""
        spec = self._specs.get(name, "")
        found, after = self._arguments.read(spec, position)
        given = [each for each, kind in zip(found, spec, strict=True) if kind == "{"]
        if None in given:
            self.fault(position - 1)
        return found, given, after

    # -- environments

    def begin(self, start: int, end: int) -> int:
        r"""What stands after ``\begin``: ``end`` is the offset after that name."""
        match = _ENVIRONMENT.match(self.text, end)
        if match is None:
            self.fault(start)
            return end
        name = match[1].rstrip("*")
        if match[1] in HOLLOW or name in HOLLOW or name in FLOATS:
            span = self._pair(start)
            if span is not None:
                return self._skip(match[1] if match[1] in HOLLOW else name, match.end(), *span)
            self.fault(start)
        self.end_block()
        if name == "abstract":
            self._open.append((name, self.section, self.heading, ""))
            self.enter("abstract", "Abstract")
        elif name in LISTS:
            self._open.append((name, "", self.kind, self.draft.kind))
            self.kind = "item"
            if len(self.drafts) == 1:
                self.draft.kind = "item"
        return self.arguments(self._specs.get("{" + name, "["), match.end())[1]

    def finish(self, end: int) -> int:
        r"""What stands after ``\end``."""
        match = _ENVIRONMENT.match(self.text, end)
        if match is None:
            return end
        self.end_block()
        name = match[1].rstrip("*")
        if self._open and self._open[-1][0] == name:
            _, section, one, other = self._open.pop()
            if name == "abstract":
                self.enter(section, one)
            else:
                self.kind, self.draft.kind = one, other
        return match.end()

    def _skip(self, name: str, start: int, inner_end: int, end: int) -> int:
        """Past an environment of which nothing, or only captions, are read."""
        begin = start
        self.skipped[FLOATS.get(name) or HOLLOW[name]] += 1
        if name in FLOATS:
            self._asides(start, inner_end)
        self.put(" ", begin - 1)
        return end

    def _asides(self, start: int, end: int) -> None:
        """Read the captions and footnotes in a float."""
        position = start
        while match := _ASIDES.search(self.text, position, end):
            position = match.end()
            name = match[1]
            if name is not None:
                position = max(position, self._macros[name](self, name, match.start(), position))
            elif match[0].endswith("{"):
                span = self._pair(match.start())
                named = _ENVIRONMENT.match(self.text, position - 1)
                if span is not None and named and named[1].rstrip("*") in HOLLOW:
                    position = span[1]

    def _pair(self, start: int) -> Span | None:
        r"""Where the ``\end`` begins and ends that closes the ``\begin`` at ``start``."""
        if self._pairs is None:
            self._pairs = {}
            stacks: dict[str, list[int]] = {}
            for match in _PAIRS.finditer(self.text):
                side = match[1]
                if side is None:
                    continue
                stack = stacks.setdefault(match[2] + match[3], [])
                if side == "begin":
                    stack.append(match.start())
                elif stack:
                    self._pairs[stack.pop()] = match.span()
        return self._pairs.get(start)

    # -- what several macros do

    def operator_space(self, name_end: int, end: int) -> None:
        r"""In formulas, keep the space after an operator's name: ``2 \times 3``."""
        before = self.draft.tail(2)
        even = len(before) < 2 or before[0].isspace() or before[1].isalpha()
        if even and end > name_end:
            self.put(" ", name_end)

    def prints(self, text: str, name: str, start: int, end: int) -> None:
        """Print a symbol."""
        self.put(text, start)
        if self.math and name not in LETTER_LIKE:
            self.operator_space(start + 1 + len(name), end)
