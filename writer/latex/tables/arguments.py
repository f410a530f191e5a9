"""The arguments of a macro: where they are, by the macro's spec."""

from __future__ import annotations

import re

from writer.latex.expand import Groups, bracketed
from writer.latex.tables.macros import ARGUMENTS

Span = tuple[int, int]

_SPACE = re.compile(r"\s*")
_LEADING_MACRO = re.compile(r"\\([a-zA-Z@]+)[ \t]*")


class Arguments:
    """Finds the arguments of the macros of one text."""

    __slots__ = ("groups", "text")

    def __init__(self, text: str, groups: Groups) -> None:
        self.text = text
        self.groups = groups

    def one(self, position: int, end: int) -> tuple[Span | None, int]:
        """The span of the argument at ``position``, without braces, and where it ends."""
        match = _SPACE.match(self.text, position, end)
        position = match.end() if match else position
        if position >= end or self.text[position] in "}&":
            return None, position
        if self.text[position] == "{":
            closed = self.groups.end(position)
            if closed is None or closed > end:
                return None, position
            return (position + 1, closed - 1), closed
        macro = _LEADING_MACRO.match(self.text, position, end)
        if macro is not None:
            after = macro.end()
            if macro[1] in ARGUMENTS:
                _, after = self.all(ARGUMENTS[macro[1]], after, end)
            return (position, after), after
        size = 2 if self.text[position] == "\\" else 1
        return (position, min(position + size, end)), min(position + size, end)

    def all(self, spec: str, position: int, end: int) -> tuple[list[Span | None], int]:
        """The spans of arguments by their spec, and where the last one ends."""
        found: list[Span | None] = []
        for kind in spec:
            if kind == "*":
                position += self.text.startswith("*", position)
                found.append(None)
            elif kind == "{":
                if self.text.startswith("*", position):
                    span: Span | None = (position, position + 1)
                    position += 1
                else:
                    span, position = self._braced(position, end)
                found.append(span)
            else:
                span, position = self._optional(kind, position, end)
                found.append(span)
        return found, position

    def _braced(self, position: int, end: int) -> tuple[Span | None, int]:
        match = _SPACE.match(self.text, position, end)
        start = match.end() if match else position
        if start < end and self.text[start] == "{":
            return self.one(start, end)
        if start < end and self.text[start].isalnum():
            return (start, start + 1), start + 1
        macro = _LEADING_MACRO.match(self.text, start, end)
        return ((start, macro.end()), macro.end()) if macro else (None, position)

    def _optional(self, opening: str, position: int, end: int) -> tuple[Span | None, int]:
        match = _SPACE.match(self.text, position, end)
        start = match.end() if match else position
        if not self.text.startswith(opening, start) or start >= end:
            return None, position
        if opening == "(":
            found = self.text.find(")", start, min(end, start + 40))
            closed = found + 1 if found >= 0 else None
        else:
            closed = bracketed(self.text, start)
        if closed is None or closed > end:
            return None, position
        return (start + 1, closed - 1), closed

    def of_break(self, position: int, end: int) -> int:
        """The offset after the star and the space behind a row break."""
        if self.text.startswith("*", position):
            position += 1
        if self.text.startswith("[", position) and position < end:
            return bracketed(self.text, position) or position
        return position
