"""The text of a paper, paragraph by paragraph, each character with its offset."""

from __future__ import annotations

import re
from collections import Counter

from writer.latex.drafts import THIN, Block, Mark
from writer.latex.expand import Definition, Groups, cut, expand
from writer.latex.macros import grammar
from writer.latex.project import Paper
from writer.latex.reader import Reader
from writer.latex.sections import section_name
from writer.latex.source import Source, SourceBuilder, span
from writer.latex.words import ABSTRACTS, TITLES

__all__ = ["THIN", "Block", "Mark", "read_blocks", "section_name"]

MAX_NAMED = 40
"""How many faults are named in the notes."""

MAX_MACROS = 6
"""How many unknown macros are named in the notes; the others are only counted."""

_BEGIN = re.compile(r"\\begin\s*\{document\}")
_END = re.compile(r"\\end\s*\{document\}")
_FRONT = re.compile(
    rf"\\(?:{'|'.join((*TITLES, *ABSTRACTS))})(?![a-zA-Z@])\s*(?:\[[^\]]{{0,500}}\]\s*)?(?=\{{)"
    r"|\\begin\s*\{abstract\}"
)
_ABSTRACT_END = re.compile(r"\\end\s*\{abstract\}")


def read_blocks(paper: Paper) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The text of a paper in order, and notes on what was not read.

    Only the document environment is read where there is one, and the title and the
    abstract wherever they stand; a text without that environment is read whole.
    """
    definitions: dict[str, Definition] = {}
    begin = _BEGIN.search(paper.text)
    start = begin.end() if begin else 0
    closing = _END.search(paper.text, start)
    end = closing.start() if closing else len(paper.text)
    notes: list[str] = []
    readers: list[Reader] = []
    if begin:
        preamble, more = expand(_cut(paper, 0, begin.start()), definitions)
        notes += more
        readers += [_read(_front(preamble))]
    body, more = expand(_cut(paper, start, end), definitions)
    notes += more
    readers.append(_read(body))
    hollowed: Counter[str] = Counter({"listing": paper.listings})
    for reader in readers:
        hollowed += reader.skipped
        notes += _faults(paper, reader)
    notes += _notes(hollowed, readers[-1])
    blocks = tuple(block for reader in readers for block in reader.blocks)
    return blocks, tuple(dict.fromkeys(notes))


def _cut(paper: Paper, start: int, end: int) -> Source:
    return cut(span(paper.text, start, end), paper.gaps, start, end)


def _front(preamble: Source) -> Source:
    """The title and the abstract in a preamble, without the rest."""
    builder = SourceBuilder()
    text = preamble.text
    groups = Groups(text)
    for match in _FRONT.finditer(text):
        if text.startswith("\\begin", match.start()):
            closing = _ABSTRACT_END.search(text, match.end())
            end = closing.end() if closing else None
        else:
            end = groups.end(match.end())
        if end is not None:
            builder.copy(preamble, match.start(), end)
    return builder.build(preamble.origin[-1])


def _read(source: Source) -> Reader:
    reader = Reader(source, grammar())
    reader.read(0, len(source.text))
    reader.end()
    if _unbalanced(source.text):
        for offset in reader.groups.unmatched():
            reader.fault(offset)
    return reader


def _unbalanced(text: str) -> bool:
    """Whether braces may lack a partner, by their counts alone."""
    opening = text.count("{") - text.count("\\{")
    return opening != text.count("}") - text.count("\\}")


def _faults(paper: Paper, reader: Reader) -> list[str]:
    notes = []
    for offset, why in reader.faults[:MAX_NAMED]:
        place = paper.place(reader.source.origin[min(offset, len(reader.source.text))])
        notes.append(f"{place.file}:{place.line}: {why}")
    return notes


def _notes(skipped: Counter[str], reader: Reader) -> list[str]:
    hollow = [  # tables are read apart, as evidence
        _counted(count, kind)
        for kind, count in sorted(skipped.items())
        if count and kind != "table"
    ]
    notes = [f"not read as text: {', '.join(hollow)}"] if hollow else []
    notes += [
        f"the conditional \\{name} is not evaluated: all its branches are read"
        for name in sorted(reader.conditionals)
    ]
    unknown = sorted(reader.unknown.items(), key=lambda item: (-item[1], item[0]))
    if unknown:
        named = [
            f"\\{name}" + (f" ({uses} times)" if uses > 1 else "")
            for name, uses in unknown[:MAX_MACROS]
        ]
        if len(unknown) > MAX_MACROS:
            named.append(f"{len(unknown) - MAX_MACROS} more")
        notes.append(
            "macros without a known definition, of which only the arguments are read: "
            + ", ".join(named)
        )
    return notes


def _counted(count: int, kind: str) -> str:
    if count == 1:
        return f"1 {kind}"
    plural = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
    return f"{count} {plural}"
