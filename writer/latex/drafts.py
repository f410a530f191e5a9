"""Blocks of text, and how they are put together from runs of the source."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

THIN = "\u202f"
"""The narrow no-break space that groups digits."""

_BLANK = r"[ \t\n\r\f\v\u00a0\u2002\u2003\u2007\u2009\u200a\u3000\x1c\x1d\x1e\x1f\x85]"
_LOOSE_THIN = rf"(?<!\d){THIN}|{THIN}(?!\d)"
_WHITE = rf"(?:{_BLANK}|{_LOOSE_THIN})"
_SPACE = re.compile(rf"{_WHITE}(?:{_WHITE}+|(?<! )|\Z|(?<=\A ))")
"""White space that is not yet one space between two words."""


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


@dataclass(slots=True)
class Draft:
    """A block in the making.

    Attributes:
        solid: a blank line does not end it.
        after: footnotes and captions within it.
    """

    kind: str
    section: str
    heading: str
    solid: bool = False
    pieces: list[str] = field(default_factory=list)
    offsets: array[int] = field(default_factory=lambda: array("q"))
    marks: list[Mark] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)

    def tail(self, count: int) -> str:
        """The last ``count`` characters."""
        found = ""
        for piece in reversed(self.pieces):
            found = piece[-count:] + found
            if len(found) >= count:
                break
        return found[-count:]

    def finish(self) -> list[Block]:
        """The block, if it has any text, and those that were within it."""
        if not self.pieces:
            return self.after
        text, offsets, cuts = _collapse("".join(self.pieces), self.offsets)
        if not text:
            return self.after
        marks = tuple(_moved(mark, cuts, len(text)) for mark in self.marks)
        block = Block(self.kind, self.section, self.heading, text, tuple(offsets), marks)
        return [block, *self.after]


_Cuts = list[tuple[int, int, int]]
"""Runs of white space: start and end as written, and where the space for it stands."""


def _collapse(text: str, offsets: array[int]) -> tuple[str, array[int], _Cuts]:
    """One space for each run of white space, none at the ends."""
    pieces: list[str] = []
    places = array("q")
    cuts: _Cuts = []
    done = length = 0
    for match in _SPACE.finditer(text):
        start, end = match.span()
        pieces.append(text[done:start])
        places += offsets[done:start]
        length += start - done
        cuts.append((start, end, length))
        if length and end < len(text):
            pieces.append(" ")
            places.append(offsets[start])
            length += 1
        done = end
    pieces.append(text[done:])
    places += offsets[done:]
    return "".join(pieces), places, cuts


def _moved(mark: Mark, cuts: _Cuts, size: int) -> Mark:
    start = _new_place(mark.start, cuts, size)
    end = max(start, _new_place(mark.end, cuts, size))
    return Mark(mark.macro, start, end, mark.arguments)


def _new_place(place: int, cuts: _Cuts, size: int) -> int:
    """Where what stood at ``place`` stands after :func:`_collapse`."""
    index = bisect_right(cuts, place, key=lambda cut: cut[0]) - 1
    if index < 0:
        return min(place, size)
    start, end, at = cuts[index]
    kept = 1 if at else 0
    if place <= start:
        return min(at, size)
    return min(at + kept + max(0, place - end), size)
