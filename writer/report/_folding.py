"""Words longer than a line, paths above all, break where a reader would break them.

Rich breaks such a word wherever the line is full. It is imported here at once: whoever needs
this module draws with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.measure import Measurement
from rich.text import Text

_WORD = re.compile(r"\s*\S+\s*")
_SIGNS = "_-=,;:.#+"
"""After which a word may break where no slash is near, as after a slash."""

_PIECE = re.compile(rf"[^\s/{re.escape(_SIGNS)}]*[/{re.escape(_SIGNS)}]*")


class Folding(Text):
    """Text whose long words break after a slash, else after another sign, else anywhere."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Lines of ``width`` cells at most; as of :class:`rich.text.Text` if told not to wrap."""
        if no_wrap or self.no_wrap or (overflow or self.overflow or "fold") != "fold":
            return super().wrap(
                *(console, width),
                justify=justify,
                overflow=overflow,
                tab_size=tab_size,
                no_wrap=no_wrap,
            )
        lines = Lines()
        for line in self.split(allow_blank=True):
            line.expand_tabs(tab_size)
            parts = line.divide(_breaks(line.plain, width))
            for part in parts:
                part.rstrip_end(width)
            lines.extend(parts)
        return lines

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From the longest piece that does not break to the longest line."""
        lines = self.plain.splitlines() or [""]
        pieces = (piece for word in self.plain.split() for piece in _PIECE.findall(word))
        longest = max(map(cell_len, lines))
        return Measurement(max(map(cell_len, pieces), default=longest), longest)


def _breaks(line: str, width: int) -> list[int]:
    """The places in ``line`` before which a new line begins."""
    found: list[int] = []
    used = 0
    for match in _WORD.finditer(line):
        word, start = match[0], match.start()
        if used + cell_len(word.rstrip()) > width:
            if start:
                found.append(start)
            *whole, word = _folded(word, width)
            for piece in whole:
                start += len(piece)
                found.append(start)
            used = 0
        used += cell_len(word)
    return found


def _folded(word: str, width: int) -> Iterator[str]:
    """Pieces of a word, the last of them with what blanks follow it."""
    while len(word) > 1 and cell_len(word.rstrip()) > width:
        room = chop_cells(word, width)[0]
        at = room.rfind("/") + 1 or max(room.rfind(sign) for sign in _SIGNS) + 1 or len(room) or 1
        yield word[:at]
        word = word[at:]
    yield word
