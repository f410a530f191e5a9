"""The arguments of macros: spans of the text, without braces."""

from __future__ import annotations

import re
from collections.abc import Callable

from writer.latex.expand import Groups, bracketed

Span = tuple[int, int]

WORD_END = r"(?:[ \t\r]*(?:\n(?![ \t\r]*\n)[ \t\r]*)?)"
"""The blanks that TeX ignores after the name of a macro."""

MANY_MISSED = 300
"""How many brackets may lack an end before their ends are sought nearby only."""

SHORT_OPTIONAL = 100
"""How long an argument in brackets may be then."""

_FLAT = re.compile(r"\{[^{}\\]*\}")
_BLANKS = re.compile(WORD_END)
_MACRO = re.compile(rf"\\(?:[a-zA-Z@]+{WORD_END}|.)", re.DOTALL)


class Arguments:
    """Finds the arguments of macros in one text.

    Args:
        text: the text.
        groups: where its groups end.
        fault: told the offset of a brace without a partner.
    """

    def __init__(self, text: str, groups: Groups, fault: Callable[[int], None]) -> None:
        self.text = text
        self._groups = groups
        self._fault = fault
        self._missed = 0  # brackets whose end was sought in vain

    def read(self, spec: str, position: int) -> tuple[list[Span | None], int]:
        """The spans of the arguments that follow, without braces, and where they end.

        Args:
            spec: ``{`` for an argument, ``[`` for an optional one, ``*`` for a star.
            position: where they begin.
        """
        text = self.text
        found: list[Span | None] = []
        for kind in spec:
            blanks = _BLANKS.match(text, position)
            start = blanks.end() if blanks else position
            span, after = self._argument(kind, start)
            found.append(span)
            if span is not None:
                position = after
        return found, position

    def _argument(self, kind: str, start: int) -> tuple[Span | None, int]:
        text = self.text
        if kind == "{":
            return self._mandatory(start)
        if kind == "*":
            return ((start, start + 1), start + 1) if text.startswith("*", start) else (None, start)
        if not text.startswith("[", start):
            return None, start
        many = self._missed > MANY_MISSED
        end = bracketed(text, start, SHORT_OPTIONAL) if many else bracketed(text, start)
        if end is None:
            self._missed += 1
            return None, start
        return (start + 1, end - 1), end

    def _mandatory(self, start: int) -> tuple[Span | None, int]:
        text = self.text
        following = text[start : start + 1]
        if following == "{":
            flat = _FLAT.match(text, start)
            end = flat.end() if flat else self._groups.end(start)
            if end is None:
                self._fault(start)
                return None, start
            return (start + 1, end - 1), end
        if following == "\\":
            match = _MACRO.match(text, start)
            end = match.end() if match else start
            return ((start, end), end) if match else (None, start)
        if not following or following in "}[&$\n":
            return None, start
        return (start, start + 1), start + 1
