"""Macros whose arguments have no braces, and of which no text is printed."""

from __future__ import annotations

import re

from writer.latex.reader import Reader

_PATH_END = re.compile(r";|\n[ \t\r]*\n")


def two_columns(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\twocolumn[...]``: the brackets hold the title, often the abstract too."""
    del name, start
    return end + 1 if reader.text.startswith("[", end) else end


def drawing(reader: Reader, name: str, start: int, end: int) -> int:
    r"""``\tikz[...]{...}``, or a path up to its semicolon: ``\tikz\draw (0pt, 0pt) circle;``."""
    del name
    reader.skipped["drawing"] += 1
    reader.put(" ", start)
    _, after = reader.arguments("[", end)
    if reader.text.startswith("{", after):
        return reader.arguments("{", after)[1]
    stop = _PATH_END.search(reader.text, after)
    return stop.start() + 1 if stop and stop[0] == ";" else after
