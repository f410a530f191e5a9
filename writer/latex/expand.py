"""Expand the macros a paper defines for itself, as far as they are plain ones.

This is rewriting of text, not TeX: definitions with up to nine undelimited
arguments are replaced by their bodies, within bounds; all else stays as written
and is reported by the reader of blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from writer.latex.source import Source, SourceBuilder
from writer.latex.words import ARGUMENTS, HEADINGS, PRINTED, SILENT, TRANSPARENT, words

MAX_DEPTH = 20
"""How deep expansions may contain expansions."""

MAX_EXPANSIONS = 50_000
"""How many macro uses are expanded."""

MAX_GROWTH = 4_000_000
"""How many characters all expansions may make together."""

MAX_OPTIONAL = 3000
"""How long an argument in brackets may be."""

MAX_STYLE_MACRO = 2000
"""How long the definition of a macro in a style file may be."""

PROTECTED = words(
    "begin end documentclass usepackage section subsection subsubsection paragraph "
    "subparagraph chapter part item caption footnote footnotetext measured limitation "
    "interval trialspread cite "
    "citep citet citealp citealt citeauthor citeyear parencite textcite autocite ref cref "
    "Cref autoref eqref pageref nameref label title abstract input include textbf textit "
    "emph SI si num qty unit SIrange numrange qtyrange par xspace if else fi thanks author "
    "maketitle url href newcommand renewcommand def"
)
"""Macros that keep the meaning they have here whatever the paper defines."""

_MEANT = frozenset((*SILENT, *PRINTED, *TRANSPARENT, *HEADINGS, *ARGUMENTS))
_DEFINING = (
    r"\\(?P<define>(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator"
    r"|[gex]?def|let|newif|(?:re)?newenvironment|newcolumntype|newtheorem)(?![a-zA-Z@])\*?"
)
_DEFINE = re.compile(_DEFINING)
_TOKEN = re.compile(_DEFINING + r"|\\(?P<name>[a-zA-Z@]+)|\\.", re.DOTALL)
_NAME = re.compile(r"\s*(?:\{\s*\\([a-zA-Z@]+)\s*\}|\\([a-zA-Z@]+))")
_COUNT = re.compile(r"\s*\[\s*([0-9])\s*\]")
_PARAMETERS = re.compile(r"((?:#[1-9])*)\s*(?=\{)")
_ALIAS = re.compile(r"\s*\\([a-zA-Z@]+)\s*=?\s*\\([a-zA-Z@]+|.)")
_ANY_NAME = re.compile(r"\s*(?:\\[a-zA-Z@]+|\{[^{}]{0,200}\})")
_HOLE = re.compile(r"#([1-9])")
_NOTHING = "{}"
"""Left in place of what prints nothing, so that its line does not look like a blank one."""

_BLANKS = re.compile(r"[ \t]*(?:\r?\n(?![ \t\r]*\n)[ \t]*)?")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_PLAIN = r"(?:[^{}\\]|\\.)*+"
_INNER = rf"(?:[^{{}}\\]|\\.|\{{(?:[^{{}}\\]|\\.|\{{{_PLAIN}\}})*+\}})*+"
_BRACKETED = re.compile(rf"\[(?:[^\]{{}}\\]|\\.|\{{{_INNER}\}})*+\]", re.DOTALL)
"""An optional argument; groups in it nest up to three deep."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A macro that can be expanded.

    Attributes:
        body: what stands for it, with ``#1`` to ``#9`` for its arguments.
        arguments: how many it takes.
        default: the value of the first one where it is optional.
    """

    body: str
    arguments: int = 0
    default: str | None = None


def expand(source: Source, definitions: dict[str, Definition]) -> tuple[Source, tuple[str, ...]]:
    """Expand macros and take out the definitions met on the way.

    Args:
        source: what to rewrite.
        definitions: the macros known before; those that ``source`` defines are added.

    Returns:
        The rewritten source, and notes on what was left because of a bound.
    """
    expander = _Expander(definitions)
    expander.run(source, 0)
    left = expander.full or expander.deep
    notes = ("some macros are not expanded: too many or too long",) if left else ()
    return expander.out.build(source.origin[-1]), notes


def definitions(text: str, groups: Groups | None = None) -> dict[str, Definition]:
    """Every macro that ``text`` defines; of several definitions the last one counts.

    Args:
        text: what to search.
        groups: of ``text``, if they are known.
    """
    groups = groups or Groups(text)
    known: dict[str, Definition] = {}
    position = 0
    while match := _DEFINE.search(text, position):
        position = max(match.end(), _define(groups, match, known))
    return known


def bracketed(text: str, start: int, most: int = MAX_OPTIONAL) -> int | None:
    """The offset after the ``[...]`` that opens at ``start``, braces inside respected."""
    match = _BRACKETED.match(text, start, start + most)
    return match.end() if match else None


def plain_definitions(text: str) -> list[tuple[int, int]]:
    """The spans of the definitions in a style file that could be a paper's own macros.

    What has an ``@`` is internal to the style; macros of LaTeX keep their meaning here.
    """
    groups = Groups(text)
    spans: list[tuple[int, int]] = []
    position = 0
    while match := _DEFINE.search(text, position):
        known: dict[str, Definition] = {}
        position = max(match.end(), _define(groups, match, known))
        end = min(position, match.start() + MAX_STYLE_MACRO)
        plain = position == end and "@" not in text[match.start() : end]
        if plain and not any(name in _MEANT for name in known):
            spans.append((match.start(), end))
    return spans


class Groups:
    """Where each group of a text ends, found in one pass and only when asked."""

    __slots__ = ("_ends", "_unmatched", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends: dict[int, int] | None = None
        self._unmatched: list[int] = []

    def end(self, start: int) -> int | None:
        """The offset after the group that opens at ``start``."""
        return self._all().get(start)

    def unmatched(self) -> list[int]:
        """The offsets of braces that have no partner, in order."""
        self._all()
        return sorted(self._unmatched)

    def _all(self) -> dict[int, int]:
        if self._ends is None:
            self._ends, opened = {}, []
            for match in _BRACE.finditer(self.text):
                mark = match[0]
                if mark == "{":
                    opened.append(match.start())
                elif mark == "}" and opened:
                    self._ends[opened.pop()] = match.end()
                elif mark == "}":
                    self._unmatched.append(match.start())
            self._unmatched += opened
        return self._ends


@dataclass(slots=True)
class _Expander:
    definitions: dict[str, Definition]
    out: SourceBuilder = field(default_factory=SourceBuilder)
    made: int = 0
    count: int = 0
    active: list[str] = field(default_factory=list)  # the macros being expanded now
    deep: bool = False

    @property
    def full(self) -> bool:
        """Whether a bound was reached."""
        return self.made > MAX_GROWTH or self.count > MAX_EXPANSIONS

    def run(self, source: Source, depth: int) -> None:
        """Rewrite ``source`` to the end of what was made so far."""
        groups = Groups(source.text)
        done = position = 0
        while match := _TOKEN.search(source.text, position):
            position = match.end()
            if match["define"] is not None:
                self.out.copy(source, done, match.start())
                self.out.put(_NOTHING, source.origin[match.start()])
                done = position = _define(groups, match, self.definitions)
            elif match["name"] in self.definitions:
                end = self._use(source, groups, match, done, depth)
                done = position = end if end is not None else done
                position = max(position, match.end())
            elif depth and "@" in (match["name"] or ""):
                self.out.copy(source, done, match.start())  # internal to a package
                done = position
        self.out.copy(source, done, len(source.text))

    def _use(
        self, source: Source, groups: Groups, match: re.Match[str], done: int, depth: int
    ) -> int | None:
        """Expand one use; the offset after it, or ``None`` if it stays."""
        name = match["name"]
        definition = self.definitions[name]
        self.deep = self.deep or depth >= MAX_DEPTH
        if self.full or depth >= MAX_DEPTH or name in self.active:
            return None
        found = _arguments(groups, match.end(), definition)
        if found is None:
            return None
        arguments, end = found
        made = _fill(source, match.start(), definition, arguments, end)
        self.count += 1
        self.made += len(made.text)
        if self.full:
            return None
        self.out.copy(source, done, match.start())
        if not made.text or made.text.isspace():
            self.out.put(_NOTHING, source.origin[match.start()])
        self.active.append(name)
        self.run(made, depth + 1)
        self.active.pop()
        return end


def _arguments(
    groups: Groups, position: int, definition: Definition
) -> tuple[list[tuple[int, int] | None], int] | None:
    """Spans of the arguments of a use (``None`` for a default), and where it ends."""
    text = groups.text
    after_name = _skip(text, position)
    if definition.arguments == 0:
        return [], after_name
    spans: list[tuple[int, int] | None] = []
    position = after_name
    if definition.default is not None:
        span, position = _optional(text, position)
        spans.append(span)
    while len(spans) < definition.arguments:
        position = _skip(text, position)
        end = groups.end(position) if text.startswith("{", position) else None
        if end is not None:
            spans.append((position + 1, end - 1))
        elif position < len(text) and text[position] not in "{}\\%&$ \t\r\n":
            end = position + 1
            spans.append((position, end))
        else:
            return None
        position = end
    return spans, position


def _optional(text: str, position: int) -> tuple[tuple[int, int] | None, int]:
    end = bracketed(text, position) if text.startswith("[", position) else None
    return (None, position) if end is None else ((position + 1, end - 1), end)


def _skip(text: str, position: int) -> int:
    """Past the blanks that TeX ignores after a control word; never past a blank line."""
    match = _BLANKS.match(text, position)
    return match.end() if match else position


def _fill(
    source: Source,
    start: int,
    definition: Definition,
    arguments: list[tuple[int, int] | None],
    end: int,
) -> Source:
    """The body with its arguments; characters of the body stand for the macro use."""
    builder = SourceBuilder()
    use = source.origin[start]
    room = MAX_GROWTH
    done = 0
    for hole in _HOLE.finditer(definition.body):
        number = int(hole[1]) - 1
        builder.put(definition.body[done : hole.start()], use)
        done = hole.end()
        span = arguments[number] if number < len(arguments) else None
        if span is not None:
            builder.copy(source, *span)
            room -= span[1] - span[0]
        elif number == 0 and definition.default is not None:
            builder.put(definition.default, use)
        if room < 0:
            break
    builder.put(definition.body[done:], use)
    return builder.build(source.origin[end])


_FREED = frozenset(("relax", "undefined", "@undefined"))


def _define(groups: Groups, match: re.Match[str], known: dict[str, Definition]) -> int:
    """Note one definition; the offset after it."""
    kind = match["define"]
    text, position = groups.text, match.end()
    if kind == "let":
        alias = _ALIAS.match(text, position)
        if alias and alias[1] not in PROTECTED:
            if alias[2] in _FREED:  # a package is to define it: it means what it always does
                known.pop(alias[1], None)
            else:
                known[alias[1]] = known.get(alias[2]) or Definition("\\" + alias[2])
        return alias.end() if alias else position
    if kind.endswith("def"):
        return _define_tex(groups, position, known)
    if kind.endswith("environment") or kind in {"newif", "newcolumntype", "newtheorem"}:
        return _skip_definition(groups, position)
    return _define_latex(groups, position, known, operator=kind == "DeclareMathOperator")


def _define_tex(groups: Groups, position: int, known: dict[str, Definition]) -> int:
    text = groups.text
    name = _NAME.match(text, position)
    if name is None:
        return position
    parameters = _PARAMETERS.match(text, name.end())
    opening = text.find("{", name.end(), name.end() + 200) if parameters is None else -1
    start = parameters.end() if parameters else opening
    end = groups.end(start)
    if end is None:
        return name.end()
    if parameters is None:
        known.pop(name[1] or name[2], None)  # delimited parameters: not a plain macro
        return end
    _remember(known, name, Definition(text[start + 1 : end - 1], len(parameters[1]) // 2))
    return end


def _define_latex(
    groups: Groups, position: int, known: dict[str, Definition], *, operator: bool
) -> int:
    text = groups.text
    name = _NAME.match(text, position)
    if name is None:
        return position
    position = name.end()
    count = _COUNT.match(text, position)
    default = None
    if count:
        position = _skip(text, count.end())
        span, position = _optional(text, position)
        default = text[slice(*span)] if span else None
    position = _skip(text, position)
    end = groups.end(position) if text.startswith("{", position) else None
    if end is None:
        return position
    body = text[position + 1 : end - 1]
    if operator:
        body = f"\\operatorname{{{body}}}"
    _remember(known, name, Definition(body, int(count[1]) if count else 0, default))
    return end


def _remember(known: dict[str, Definition], name: re.Match[str], definition: Definition) -> None:
    macro = name[1] or name[2]
    if macro not in PROTECTED:
        known[macro] = definition


def _skip_definition(groups: Groups, position: int) -> int:
    """Past a name and the arguments after it."""
    text = groups.text
    name = _ANY_NAME.match(text, position)
    if name is None:
        return position
    position = name.end()
    for _ in range(6):
        start = _skip(text, position)
        end = groups.end(start) if text.startswith("{", start) else None
        if end is None and text.startswith("[", start):
            end = bracketed(text, start)
        if end is None:
            break
        position = end
    return position


def cut(source: Source, gaps: tuple[tuple[int, int], ...], start: int, end: int) -> Source:
    """``source``, the text from ``start`` to ``end``, without the gaps within it."""
    first = bisect_left(gaps, (start, -1))
    inner = []
    for gap_start, gap_end in gaps[first:]:
        if gap_end > end:
            break
        inner.append((gap_start - start, gap_end - start))
    return source.without(inner)
