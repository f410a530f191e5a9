"""What each macro does to the text: one table, made of the words in ``words.py``."""

from __future__ import annotations

import re
from functools import lru_cache

from writer.latex.arguments import Span
from writer.latex.drafts import THIN, Block, Mark
from writer.latex.reader import Grammar, Handler, Reader
from writer.latex.sections import section_name
from writer.latex.siunitx import print_quantity
from writer.latex.symbols import accented, is_accent, symbol
from writer.latex.unprinted import drawing, two_columns
from writer.latex.words import (
    ABSTRACTS,
    ARGUMENTS,
    CITES,
    ENVIRONMENTS,
    HEADINGS,
    NOTHING,
    PRINTED,
    REFERENCES,
    SILENT,
    SIUNITX,
    SPACES,
    SYMBOLS,
    THIN_SPACES,
    TITLES,
    TRANSPARENT,
    words,
)

_XSPACE_STOPS = frozenset("{}~.!,:;?/'`)]-\\ \n\t\r\"%")
_SWITCH = re.compile(r".*(?:true|false)\Z")
_MARKED = CITES | REFERENCES | words("crefrange Crefrange url path nolinkurl")
_FRACTIONS = words("frac tfrac dfrac cfrac nicefrac sfrac")
_CAPTIONS = words("caption captionof subcaption")
_OPTIONAL_CAPTIONS = words("subfloat subfigure subtable")


# -- macros that print one thing, or nothing


def _nothing(reader: Reader, name: str, start: int, end: int) -> int:
    del reader, name, start
    return end


def _skipping(spec: str, printed: str = "") -> Handler:
    """Skips the arguments, and prints ``printed``."""

    def handler(reader: Reader, name: str, start: int, end: int) -> int:
        del name
        if printed:
            reader.put(printed, start)
        return reader.arguments(spec, end)[1]

    return handler


def _printing(text: str) -> Handler:
    def handler(reader: Reader, name: str, start: int, end: int) -> int:
        reader.prints(text, name, start, end)
        return end

    return handler


def _accenting(reader: Reader, name: str, start: int, end: int) -> int:
    (argument,), after = reader.arguments("{", end)
    if argument is None:
        return end
    base = reader.text[slice(*argument)].strip()
    if base.startswith("\\"):
        base = symbol(base.lstrip("\\").strip()) or ""
    printed = accented(name, base)
    if printed is None:
        reader.unknown[name] += 1
        return end
    reader.put(printed, start)
    return after


def _conditional(reader: Reader, name: str, start: int, end: int) -> int:
    del start
    reader.conditionals.add(name)
    return end


def _unknown(reader: Reader, name: str, start: int, end: int) -> int:
    del start
    reader.unknown[name] += 1
    return end


# -- macros with arguments


def _last(spans: list[Span | None]) -> Span | None:
    return spans[-1] if spans else None


def _marked(reader: Reader, name: str, start: int, end: int) -> int:
    """A citation, a reference or an address: it prints nothing."""
    del start
    _, given, after = reader.given(name, end)
    reader.mark(name, len(reader.draft.offsets), given)
    return after


def _printed(reader: Reader, name: str, start: int, end: int) -> int:
    """A macro of which some arguments are text."""
    del start
    found, _, after = reader.given(name, end)
    for index in PRINTED[name][1]:
        _inner(reader, found[index])
    return after


def _inner(reader: Reader, span: Span | None) -> None:
    """Read an argument as part of the text around it."""
    if span is not None:
        reader.read(*span)


def _measured(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\measured{id}{digits}``."""
    del start
    _, given, after = reader.given(name, end)
    begin = len(reader.draft.offsets)
    _inner(reader, _last(given))
    reader.mark(name, begin, given)
    return after


def _operator(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\operatorname{name}``: a space between the name and a letter: ``arg max x``."""
    _, given, after = reader.given(name, end)
    _inner(reader, _last(given))
    if reader.text[after : after + 1].isalpha():
        reader.put(" ", start)
    return after


def _heading(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\section`` and its kin."""
    del start
    _, given, after = reader.given(name, end)
    reader.end_block()
    level = len(reader.drafts) - 1
    section = reader.section
    blocks = reader.aside("heading", _last(given))
    text = next((block.text for block in blocks if block.kind == "heading"), "")
    if HEADINGS[name] == 0 or section == "":
        section = section_name(text)
    reader.enter(section, text)
    reader.emit(_entitled(blocks, section, text), level)
    return after


def _title(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\title``."""
    del start
    _, given, after = reader.given(name, end)
    reader.end_block()
    before = (reader.section, reader.heading)
    level = len(reader.drafts) - 1
    blocks = reader.aside("heading", _last(given))
    text = blocks[0].text if blocks else ""
    reader.emit(_entitled(blocks, "title", text), level)
    reader.enter(*before)
    return after


def _entitled(blocks: list[Block], section: str, heading: str) -> list[Block]:
    return [
        Block(each.kind, section, heading, each.text, each.offsets, each.marks) for each in blocks
    ]


def _abstract(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\abstract{...}``, in some classes followed by further parts in braces."""
    del name, start
    before = (reader.section, reader.heading)
    reader.end_block()
    reader.enter("abstract", "Abstract")
    (argument,), after = reader.arguments("{", end)
    while argument is not None:
        _inner(reader, argument)
        reader.end_block()
        end = after
        (argument,), after = reader.arguments("{", end) if _opens(reader, end) else ([None], end)
    reader.enter(*before)
    return end


def _opens(reader: Reader, position: int) -> bool:
    return reader.text[position : position + 200].lstrip().startswith("{")


def _item(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\item``."""
    del name
    reader.end_block()
    if len(reader.drafts) == 1:
        reader.draft.kind = reader.kind
    (label,), after = reader.arguments("[", end)
    if label is None:
        return end
    _inner(reader, label)
    reader.put(" ", start)
    return after


def _caption(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\caption`` and its kin."""
    del start
    _, given, after = reader.given(name, end)
    reader.aside("caption", _last(given))
    return after


def _caption_box(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\subcaptionbox{caption}{...}``."""
    del start
    _, given, after = reader.given(name, end)
    reader.aside("caption", given[0])
    return after


def _optional_caption(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\subfloat[caption]{...}``."""
    del name, start
    (caption,), after = reader.arguments("[", end)
    reader.aside("caption", caption)
    return after


def _footnote(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\footnote``."""
    del start
    _, given, after = reader.given(name, end)
    reader.aside("footnote", _last(given), solid=False)
    return after


def _limitation(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\limitation{id}{text}``."""
    del start
    _, given, after = reader.given(name, end)
    reader.aside("limitation", _last(given))
    identifier = tuple(reader.text[slice(*each)] for each in given[:1] if each is not None)
    blocks = reader.draft.after
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if block.kind == "limitation" and block.marks[0].arguments == ():
            mark = Mark("limitation", 0, len(block.text), identifier)
            blocks[index] = Block(
                block.kind,
                block.section,
                block.heading,
                block.text,
                block.offsets,
                (mark, *block.marks[1:]),
            )
            break
    return after


def _fraction(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\frac{a}{b}``."""
    _, given, after = reader.given(name, end)
    _inner(reader, given[0])
    reader.put("/", start)
    _inner(reader, given[1])
    return after


def _root(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\sqrt{x}``."""
    _, given, after = reader.given(name, end)
    reader.put("√", start)
    _inner(reader, _last(given))
    return after


def _raised(sign: str) -> Handler:
    def handler(reader: Reader, name: str, start: int, end: int) -> int:
        _, given, after = reader.given(name, end)
        reader.put(sign, start)
        _inner(reader, _last(given))
        return after

    return handler


def _xspace(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\xspace``: a space unless punctuation follows."""
    del name
    following = reader.text[end : end + 1]
    if following and following not in _XSPACE_STOPS:
        reader.put(" ", start)
    return end


def _paragraph_end(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\par``."""
    del name, start
    reader.end_block()
    return end


def _begin(reader: Reader, name: str, start: int, end: int) -> int:
    del name
    return reader.begin(start, end)


def _end(reader: Reader, name: str, start: int, end: int) -> int:
    del name, start
    return reader.finish(end)


# -- the table


def learn(name: str) -> Handler:
    """The handler of a macro that is not in the table."""
    printed = symbol(name)
    if printed is not None:
        return _printing(printed)
    if is_accent(name):
        return _accenting
    if name.startswith("if") and len(name) > 2:
        return _conditional
    return _nothing if _SWITCH.match(name) else _unknown


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The grammar of LaTeX as far as text needs it."""
    return Grammar(_handlers(), _specs(), learn)


def _specs() -> dict[str, str]:
    """The arguments of each macro, and under ``{name`` those of environments."""
    found = dict(SILENT)
    found |= dict.fromkeys(TRANSPARENT, "{")
    found |= {name: spec for name, (spec, _) in PRINTED.items()}
    found |= dict.fromkeys(CITES, "*[[{")
    found |= dict.fromkeys(REFERENCES, "*{")
    found |= dict.fromkeys(HEADINGS, "*[{")
    found |= SIUNITX
    found |= ARGUMENTS
    return found | {"{" + name: spec for name, spec in ENVIRONMENTS.items()}


def _handlers() -> dict[str, Handler]:
    """What each known macro does; a later entry overrides an earlier one."""
    table: dict[str, Handler] = {name: _printing(text) for name, text in SYMBOLS.items()}
    table |= {name: _skipping(spec) if spec else _nothing for name, spec in SILENT.items()}
    table |= dict.fromkeys(NOTHING, _nothing)
    table |= {name: _skipping("", THIN) for name in THIN_SPACES}
    table |= {name: _skipping(SILENT.get(name, ""), " ") for name in SPACES}
    table |= {"\\": _skipping("*[", " ")} | dict.fromkeys(" \n\t\r", _skipping("", " "))
    table |= dict.fromkeys(TRANSPARENT, _nothing)
    for names, handler in (
        (PRINTED, _printed),
        (HEADINGS, _heading),
        (_MARKED, _marked),
        (SIUNITX, print_quantity),
        (words("footnote footnotetext"), _footnote),
        (_CAPTIONS, _caption),
        (_OPTIONAL_CAPTIONS, _optional_caption),
        (_FRACTIONS, _fraction),
        (TITLES, _title),
        (ABSTRACTS, _abstract),
    ):
        table |= dict.fromkeys(names, handler)
    return table | {
        "operatorname": _operator,
        "textsuperscript": _raised("^"),
        "textsubscript": _raised("_"),
        "subcaptionbox": _caption_box,
        "item": _item,
        "limitation": _limitation,
        "measured": _measured,
        "par": _paragraph_end,
        "sqrt": _root,
        "xspace": _xspace,
        "tikz": drawing,
        "twocolumn": two_columns,
        "begin": _begin,
        "end": _end,
    }
