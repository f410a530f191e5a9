r"""The macro that carries a binding: whether the paper has it, and where it goes."""

from __future__ import annotations

import re

from writer.errors import PaperError
from writer.latex.project import Paper

MACRO = r"\providecommand{\measured}[2]{#2}"

_DEFINES = re.compile(
    r"\\(?P<how>(?:re)?newcommand|providecommand|DeclareRobustCommand|[A-Za-z]*DocumentCommand"
    r"|[gex]?def|let)(?![a-zA-Z@])\*?\s*\{?\s*\\measured(?![a-zA-Z@])\s*\}?(?P<rest>[^\n]{0,40})"
)
_SAME = re.compile(r"\s*(?:\[2\]\s*)\{\s*#2\s*\}|\s*#1#2\{\s*#2\s*\}")
_BEGIN = re.compile(r"\\begin\s*\{document\}")


def missing_macro(paper: Paper, first: int) -> tuple[int, int] | None:
    r"""Where the macro must go: file and offset; None where the paper has it.

    Args:
        paper: the paper.
        first: offset in its text of the first number to bind.

    Raises:
        PaperError: the paper's ``\measured`` prints something else, or comes too late.
    """
    begin = _BEGIN.search(paper.text)
    early = begin.start() if begin else first
    has = False
    for match in _DEFINES.finditer(paper.text):
        place = paper.place(match.start())
        if not _SAME.match(match["rest"]) or (match.start() >= early and match["how"][0] != "p"):
            raise PaperError(
                "this defines \\measured as something else, or after the first number",
                file=place.file,
                line=place.line,
                expected=f"{MACRO} in the preamble",
                hint="rename that macro",
            )
        has = has or match.start() < early
    if has:
        return None
    if begin is None:
        return 0, 0
    place = paper.place(begin.start())
    index = paper.files.index(place.file)
    return index, paper.lines[index][place.line - 1] + place.column - 1


def with_macro(text: str, offset: int) -> tuple[int, str]:
    """Where in a file's ``text`` the macro goes, and what is put there.

    Before the document its line is its own; a file without a preamble begins with it, and
    the comment sign keeps the line's end from becoming a space.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    if offset == 0:
        return 0, f"{MACRO}%{newline}"
    start = text.rfind("\n", 0, offset) + 1
    return (offset if text[start:offset].strip() else start), MACRO + newline
