"""The syntax tree of a LaTeX text; nothing else in the package imports pylatexenc.

The text is parsed in parts that TeX itself could not connect (sections), strictly
first. A part with faults is cut at its paragraphs, and a paragraph with faults is
read tolerantly, with a note; so one missing brace costs one paragraph, not a paper.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pylatexenc.latex2text import get_default_latex_context_db as text_tables
from pylatexenc.latex2text._defaultspecs import unicode_accents_list
from pylatexenc.latexwalker import LatexWalker, LatexWalkerError
from pylatexenc.latexwalker import get_default_latex_context_db as syntax_tables
from pylatexenc.macrospec import (
    EnvironmentSpec,
    MacroSpec,
    MacroStandardArgsParser,
)

from writer.latex.words import (
    CITES,
    FLOATS,
    HEADINGS,
    HOLLOW,
    PRINTED,
    REFERENCES,
    SILENT,
    SIUNITX,
    SYMBOLS,
    TRANSPARENT,
)

MAX_NESTING = 50
"""How deep groups and environments may nest; deeper braces are ignored."""


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of LaTeX.

    Attributes:
        kind: ``text``, ``group``, ``macro``, ``environment``, ``math``, ``display``
            or ``special``.
        start: offset of its first character in the parsed text.
        end: offset after its last one.
        name: of a macro or environment, or the characters of a special.
        arguments: of a macro or environment; ``None`` for one that was not given.
        children: what a group, environment or formula holds.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    arguments: tuple[Node | None, ...] = ()
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """The nodes of a text and what could not be parsed, in words and by offset."""

    nodes: tuple[Node, ...]
    faults: tuple[tuple[int, str], ...] = field(default=())


_SPLIT = re.compile(
    r"\\(?:begin|end)\s*\{(?P<env>[^{}\n]{1,60})\}"
    r"|\\(?P<heading>chapter|section|subsection)(?=\*?\s*[\[{])"
    r"|(?P<blank>\n[ \t\r]*\n)|\\.|(?P<brace>[{}])"
)
_BRACE = re.compile(
    r"\\(?:(?P<side>begin|end)\s*\{[^{}\n]{1,60}\}|.)|(?P<open>\{)|(?P<close>\})", re.DOTALL
)
_COMMAND = re.compile(r"\\[a-zA-Z@]+\*?|\\.|[{}$\[\]]", re.DOTALL)
_ACCENTS: dict[str, str] = dict(unicode_accents_list)
_FAULT = "the LaTeX of this paragraph has a fault and is read as far as it goes"
_DEEP = "groups are nested too deep here; the inner ones are read without their braces"


def parse(text: str) -> Tree:
    """Parse ``text``; never fails, and says by ``faults`` what it could not follow."""
    faults: list[tuple[int, str]] = []
    text = _level(text, faults)
    nodes: list[Node] = []
    for start, end in _parts(text, "heading", groups=True):
        part = text[start:end]
        found = _strictly(part, start)
        nodes += _by_section(part, start, faults) if found is None else found
    return Tree(tuple(nodes), tuple(faults))


def symbol(name: str) -> str | None:
    """What the macro ``name`` prints when it takes no arguments, or ``None``."""
    return SYMBOLS.get(name) or _table_symbols().get(name)


@lru_cache(maxsize=4096)
def accented(name: str, base: str) -> str | None:
    """``base`` with the accent of the macro ``name``, or ``None`` if that is no accent."""
    mark = _ACCENTS.get(name)
    if mark is None:
        return None
    plain = {"ı": "i", "ȷ": "j"}.get(base, base)
    return unicodedata.normalize("NFC", plain[:1] + mark + plain[1:]) if plain else ""


def known(name: str) -> bool:
    """Whether the grammar knows the macro ``name``."""
    return _context().get_macro_spec(name) is not None


def _parts(text: str, where: str, *, groups: bool = False) -> Iterator[tuple[int, int]]:
    """Cut at headings, or at blank lines, that lie in no environment.

    Args:
        text: what to cut.
        where: ``heading`` or ``blank``.
        groups: do not cut inside groups either.
    """
    start = depth = braces = 0
    for match in _SPLIT.finditer(text):
        if match["env"] is not None:
            depth = max(0, depth + (1 if match[0].startswith("\\begin") else -1))
        elif match["brace"] is not None:
            braces = max(0, braces + (1 if match[0] == "{" else -1)) if groups else 0
        elif depth == braces == 0 and match[where] is not None:
            yield start, match.start()
            start = match.start()
    yield start, len(text)


def _by_section(text: str, offset: int, faults: list[tuple[int, str]]) -> list[Node]:
    """Parse a part with a fault section by section."""
    nodes: list[Node] = []
    for start, end in _parts(text, "heading"):
        part = text[start:end]
        found = _strictly(part, offset + start)
        nodes += _by_paragraph(part, offset + start, faults) if found is None else found
    return nodes


def _by_paragraph(text: str, offset: int, faults: list[tuple[int, str]]) -> list[Node]:
    """Parse a section with a fault paragraph by paragraph, those with faults tolerantly."""
    nodes: list[Node] = []
    for start, end in _parts(text, "blank"):
        part = text[start:end]
        found = _strictly(part, offset + start)
        if found is None:
            faults.append((offset + start + len(part) - len(part.lstrip()), _FAULT))
            found = _tolerantly(part, offset + start)
        nodes += found
    return nodes


def _strictly(text: str, offset: int) -> list[Node] | None:
    try:
        return _nodes(text, offset, tolerant=False)
    except (LatexWalkerError, RecursionError, ValueError, IndexError, AttributeError, TypeError):
        return None  # the parser raises more than it promises on odd input


def _tolerantly(text: str, offset: int) -> list[Node]:
    for attempt in (text, _COMMAND.sub(lambda match: " " * len(match[0]), text)):
        try:
            return _nodes(attempt, offset, tolerant=True)
        except (
            LatexWalkerError,
            RecursionError,
            ValueError,
            IndexError,
            AttributeError,
            TypeError,
        ):
            continue
    return [Node("text", offset, offset + len(text))]


def _level(text: str, faults: list[tuple[int, str]]) -> str:
    """Blank the braces and environments nested deeper than :data:`MAX_NESTING`."""
    depth = 0
    pieces: list[str] = []
    done = 0
    for match in _BRACE.finditer(text):
        opens = match["open"] is not None or match["side"] == "begin"
        if opens:
            depth += 1
        elif match["close"] is None and match["side"] != "end":
            continue
        if depth > MAX_NESTING:
            pieces += (text[done : match.start()], " " * len(match[0]))
            done = match.end()
            if opens and depth == MAX_NESTING + 1:
                faults.append((match.start(), _DEEP))
        if not opens:
            depth = max(0, depth - 1)
    pieces.append(text[done:])
    return "".join(pieces)


def _nodes(text: str, offset: int, *, tolerant: bool) -> list[Node]:
    walker = LatexWalker(text, latex_context=_context(), tolerant_parsing=tolerant)
    found, _, _ = walker.get_latex_nodes()
    return _converted(found, offset)


def _converted(nodes: Any, offset: int) -> list[Node]:
    return [_convert(node, offset) for node in nodes or () if node is not None]


def _convert(node: Any, offset: int) -> Node:
    kind = type(node).__name__
    start = offset + node.pos
    end = start + node.len
    if kind == "LatexCharsNode":
        return Node("text", start, end)
    if kind == "LatexMacroNode":
        return Node("macro", start, end, node.macroname, _arguments(node, offset))
    if kind == "LatexSpecialsNode":
        return Node("special", start, end, node.specials_chars)
    children = tuple(_converted(getattr(node, "nodelist", ()), offset))
    if kind == "LatexEnvironmentNode":
        name = node.environmentname
        return Node("environment", start, end, name, _arguments(node, offset), children)
    if kind == "LatexMathNode":
        math = "display" if node.displaytype == "display" else "math"
        return Node(math, start, end, "", (), children)
    return Node("group", start, end, "", (), children)


def _arguments(node: Any, offset: int) -> tuple[Node | None, ...]:
    given = node.nodeargd.argnlist if node.nodeargd is not None else None
    return tuple(None if each is None else _convert(each, offset) for each in given or ())


@lru_cache(maxsize=1)
def _context() -> Any:
    """The grammar: that of pylatexenc with ours before it."""
    tables = syntax_tables()
    macros = [
        MacroSpec(name, args_parser=MacroStandardArgsParser(spec))
        for name, spec in _specs().items()
    ]
    environments = [
        EnvironmentSpec(name + star, args_parser=MacroStandardArgsParser(spec))
        for name, spec in _environments().items()
        for star in ("", "*")
    ]
    tables.add_context_category(
        "sage-write", macros=macros, environments=environments, prepend=True
    )
    return tables


def _specs() -> dict[str, str]:
    specs = dict(SILENT)
    specs |= dict.fromkeys(TRANSPARENT, "{")
    specs |= {name: spec for name, (spec, _) in PRINTED.items()}
    specs |= dict.fromkeys(SYMBOLS, "")
    specs |= dict.fromkeys(CITES, "*[[{")
    specs |= dict.fromkeys(REFERENCES, "*{")
    specs |= dict.fromkeys(HEADINGS, "*[{")
    specs |= SIUNITX
    return specs | {
        "crefrange": "*{{",
        "Crefrange": "*{{",
        "measured": "{{",
        "limitation": "{{",
        "caption": "*[{",
        "captionof": "*{[{",
        "subcaption": "[{",
        "subfloat": "[[{",
        "footnote": "[{",
        "footnotetext": "[{",
        "item": "[",
        "title": "[{",
        "subtitle": "{",
        "abstract": "{",
        "frac": "{{",
        "tfrac": "{{",
        "dfrac": "{{",
        "nicefrac": "[{{",
        "sfrac": "{{",
        "sqrt": "[{",
        "textsuperscript": "{",
        "textsubscript": "{",
        "url": "{",
        "\\": "*[",
        "operatorname": "*{",
    }


def _environments() -> dict[str, str]:
    """Specs of the environments that are read; the contents of the others are cut out."""
    specs = dict.fromkeys(FLOATS, "[")
    specs |= dict.fromkeys(HOLLOW, "")
    return specs | {
        "wrapfigure": "[{[{",
        "wraptable": "[{[{",
        "subfigure": "[{",
        "subtable": "[{",
        "longtable": "[{",
        "minipage": "[[[{",
        "multicols": "{[",
        "adjustbox": "{",
        "tcolorbox": "[",
        "mdframed": "[",
        "theorem": "[",
        "lemma": "[",
        "definition": "[",
        "proof": "[",
        "corollary": "[",
        "proposition": "[",
        "remark": "[",
        "example": "[",
        "itemize": "[",
        "enumerate": "[",
        "description": "[",
        "abstract": "",
        "list": "{{",
        "otherlanguage": "{",
        "spacing": "{",
        "adjustwidth": "{{",
    }


@lru_cache(maxsize=1)
def _table_symbols() -> dict[str, str]:
    symbols: dict[str, str] = {}
    for category in text_tables().iter_macro_specs():
        printed = category.simplify_repl
        if isinstance(printed, str) and not set("%<[") & set(printed):
            symbols.setdefault(category.macroname, printed)
    return symbols
