"""A text that was edited, and for each of its characters where it came from."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

_CONTROL_WORD_LAST = re.compile(r"(?<!\\)(?:\\\\)*\\[a-zA-Z@]+\Z")


@dataclass(frozen=True, slots=True)
class Source:
    """LaTeX after some edits.

    Attributes:
        text: the edited text.
        origin: for each character of ``text``, and for its end, the offset in
            :attr:`writer.latex.project.Paper.text` that it stands for.
    """

    text: str
    origin: array[int]

    def without(self, spans: Iterable[tuple[int, int]]) -> Source:
        """The source with some spans cut out; they are in order and do not overlap."""
        builder = SourceBuilder()
        done = 0
        for start, end in spans:
            builder.copy(self, done, start)
            done = end
        builder.copy(self, done, len(self.text))
        return builder.build(self.origin[-1])


def span(text: str, start: int, end: int) -> Source:
    """The untouched part of ``text`` from ``start`` to ``end``."""
    return Source(text[start:end], array("q", range(start, end + 1)))


@dataclass(slots=True)
class SourceBuilder:
    """Puts a source together from parts of others.

    A space goes between a control word and a letter that were apart before.
    """

    pieces: list[str] = field(default_factory=list)
    origin: array[int] = field(default_factory=lambda: array("q"))

    def copy(self, source: Source, start: int, end: int) -> None:
        """Append what ``source`` has between two offsets."""
        if start < end:
            self._part(source.text[start])
            self.pieces.append(source.text[start:end])
            self.origin.extend(source.origin[start:end])

    def put(self, text: str, origin: int) -> None:
        """Append ``text``, all of which stands for one offset."""
        if text:
            self._part(text[0])
            self.pieces.append(text)
            self.origin.extend([origin] * len(text))

    def build(self, end: int) -> Source:
        """The source; its end stands for the offset ``end``."""
        self.origin.append(end)
        return Source("".join(self.pieces), self.origin)

    def _part(self, following: str) -> None:
        if not self.pieces or not following.isalpha():
            return
        if _CONTROL_WORD_LAST.search(self.pieces[-1], max(0, len(self.pieces[-1]) - 100)):
            self.pieces.append(" ")
            self.origin.append(self.origin[-1])
