"""The line of a source with a caret under a part of it, in a given width."""

from __future__ import annotations

import re

from rich.cells import cell_len

_ELLIPSIS = "…"
_PART = re.compile(r"[-+]?\d+(?:[.,]\d+)*|[^\W\d_]+")


def excerpt(line: str, column: int, end: int | None, width: int) -> tuple[str, str]:
    """What to print of ``line``, and the line of carets under it.

    Args:
        line: one line, without characters that move a cursor, tabs aside.
        column: 1-based, in characters, where the part begins.
        end: the column after it; where it is None, the number or word that begins there ends
            it, or else the line.
        width: most cells of what is printed; at least 20.
    """
    line = line.replace("\t", " ").rstrip()
    start = min(max(column - 1, 0), max(len(line) - 1, 0))
    if end is None:
        found = _PART.match(line, start)
        stop = found.end() if found else len(line)
    else:
        stop = min(max(end - 1, start + 1), len(line))
    left = len(line) - len(line.lstrip())
    if cell_len(line[left:]) <= width:
        return _marked(line, left, len(line), start, stop)
    room = width - 2  # for an ellipsis on either side
    first, last = start, start + 1
    while last < stop and cell_len(line[first : last + 1]) <= room:
        last += 1
    stop = min(stop, last)
    lead = (room - cell_len(line[first:last])) // 2
    while first > left and cell_len(line[first - 1 : start]) <= lead:
        first -= 1
    while last < len(line) and cell_len(line[first : last + 1]) <= room:
        last += 1
    while first > left and cell_len(line[first - 1 : last]) <= room:
        first -= 1
    return _marked(line, first, last, start, stop)


def _marked(line: str, first: int, last: int, start: int, stop: int) -> tuple[str, str]:
    before = _ELLIPSIS if line[:first].strip() else ""
    after = _ELLIPSIS if line[last:].strip() else ""
    start = max(start, first)
    blanks = " " * (len(before) + cell_len(line[first:start]))
    return before + line[first:last] + after, blanks + "^" * max(cell_len(line[start:stop]), 1)
