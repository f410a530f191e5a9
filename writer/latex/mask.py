"""Blank what TeX does not typeset as text: comments, listings, ``\\iffalse``.

Every character that is masked becomes a blank and newlines stay, so each offset,
line and column of the masked text is the one of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from writer.latex.words import ARGUMENT_CONDITIONALS

LISTINGS = (
    "verbatim",
    "Verbatim",
    "BVerbatim",
    "LVerbatim",
    "SaveVerbatim",
    "alltt",
    "lstlisting",
    "minted",
    "filecontents",
    "CCSXML",
)
"""Environments whose contents are no LaTeX, each also with a star."""

_HIDDEN = "comment"

_TOKENS = (
    r"(?P<comment>%[^\n]*)"
    r"|\\(?:url|href|path|nolinkurl)\s*(?:\[[^\]\n]{0,200}\]\s*)?\{[^{}\n]*\}"
    r"|(?P<verb>\\verb\*?(?P<stop>[^a-zA-Z\s*]).{0,2000}?(?P=stop))"
    r"|(?P<inline>\\(?:lstinline|mintinline|Verb)(?![a-zA-Z])\s*(?:\[[^\]\n]{0,200}\])?"
    r"(?:(?<=line)\{\w{1,30}\}(?=[^\s\w]))?"
    r"(?:\{[^{}\n]{0,2000}\}|(?P<bar>[^a-zA-Z\s*{\[]).{0,2000}?(?P=bar)))"
    r"|\\begin\s*\{(?P<begin>(?:NAMES)\*?)\}"
    r"|(?P<false>\\iffalse(?![a-zA-Z@]))"
    r"|(?P<endinput>\\endinput(?![a-zA-Z@]))"
    r"|\\."
)
_EXCLUDED = re.compile(r"\\excludecomment\s*\{([A-Za-z]{1,40})\}")
_FILE = re.compile(r"(?:\s*\[[^\]\n]{0,100}\])?\s*\{([^{}\n]{1,200})\}[ \t\r]*\n?")
_CONDITIONAL = re.compile(
    r"%[^\n]*|\\newif\s*\\if[a-zA-Z@]*|\\(?P<name>if[a-zA-Z@]*|fi|else)(?![a-zA-Z@])|\\.", re.DOTALL
)
_VISIBLE = re.compile(r"[^\n]")
_DIGIT_BEFORE = re.compile(r"\d(?:[$ ~]|\\,)?\Z")
_NEXT_LINE = re.compile(r"\n[ \t\r]*(?![ \t\r\n])")


@lru_cache(maxsize=16)
def _tokens(hidden: frozenset[str]) -> re.Pattern[str]:
    names = "|".join((*LISTINGS, _HIDDEN, *sorted(hidden)))
    return re.compile(_TOKENS.replace("NAMES", names))


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose unread parts are blank.

    Attributes:
        text: as long as the original, line for line.
        gaps: spans that TeX never sees; unlike a blank they separate nothing.
        listings: how many listings were masked.
        notes: what could not be masked, in words.
        dropped: for each comment behind a digit, or a space or ``$`` behind one: offset and text.
        embedded: for each file that ``filecontents`` writes, its name and the span of
            its contents in the original text.
    """

    text: str
    gaps: tuple[tuple[int, int], ...]
    listings: int
    notes: tuple[str, ...]
    dropped: tuple[tuple[int, str], ...] = ()
    embedded: tuple[tuple[str, int, int], ...] = ()


def blank(text: str) -> str:
    """``text`` with every character but newlines replaced by a blank."""
    return _VISIBLE.sub(" ", text)


def excluded(text: str) -> frozenset[str]:
    """The environments that ``text`` declares hidden."""
    return frozenset(_EXCLUDED.findall(text))


def mask(text: str, hidden: frozenset[str] = frozenset()) -> Masked:
    """Mask comments, listings, ``\\iffalse`` ... ``\\fi`` and what follows ``\\endinput``.

    Args:
        text: the contents of a file.
        hidden: environments that the paper hides, see :func:`excluded`.
    """
    masker = _Masker(text, _tokens(hidden), hidden | {_HIDDEN})
    masker.run()
    return masker.result()


@dataclass(slots=True)
class _Masker:
    text: str
    tokens: re.Pattern[str]
    hidden: frozenset[str]
    pieces: list[str] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    done: int = 0
    listings: int = 0
    unclosed: set[str] = field(default_factory=set)
    dropped: list[tuple[int, str]] = field(default_factory=list)
    embedded: list[tuple[str, int, int]] = field(default_factory=list)

    def run(self) -> None:
        position = 0
        while match := self.tokens.search(self.text, position):
            position = self._token(match)

    def result(self) -> Masked:
        notes = tuple(f"{what} has no end and is read as text" for what in sorted(self.unclosed))
        text = "".join((*self.pieces, self.text[self.done :]))
        return Masked(
            text,
            tuple(self.gaps),
            self.listings,
            notes,
            tuple(self.dropped),
            tuple(self.embedded),
        )

    def _token(self, match: re.Match[str]) -> int:
        start, end = match.span()
        if match["comment"] is not None:
            following = _NEXT_LINE.match(self.text, end)
            self._hide(start, end)
            self.gaps.append((start, following.end() if following else end))
            if _DIGIT_BEFORE.search(self.text, max(start - 3, 0), start):
                self.dropped.append((start, self.text[start + 1 : end].strip()))
        elif match["verb"] is not None or match["inline"] is not None:
            self._hide(start, end)
        elif match["begin"] is not None:
            return self._environment(match)
        elif match["false"] is not None:
            return self._conditional(match)
        elif match["endinput"] is not None:
            end = len(self.text)
            self._hide(start, end)
            self.gaps.append((start, end))
        return end

    def _hide(self, start: int, end: int) -> None:
        self.pieces += (self.text[self.done : start], blank(self.text[start:end]))
        self.done = end

    def _environment(self, match: re.Match[str]) -> int:
        name = match["begin"]
        close, opened = f"\\end{{{name}}}", f"\\begin{{{name}}}"
        found = -1 if opened in self.unclosed else self.text.find(close, match.end())
        if found < 0:
            self.unclosed.add(opened)
            return match.end()
        end = found + len(close)
        self._hide(match.start(), end)
        if name.rstrip("*") in self.hidden:
            self.gaps.append((match.start(), end))
        elif name.startswith("filecontents"):
            file = _FILE.match(self.text, match.end(), found)
            if file:
                self.embedded.append((file[1].strip(), file.end(), found))
        else:
            self.listings += name != "CCSXML"
        return end

    def _conditional(self, match: re.Match[str]) -> int:
        name = "\\iffalse"
        end = None if name in self.unclosed else _end_of_conditional(self.text, match.end())
        if end is None:
            self.unclosed.add(name)
            return match.end()
        self._hide(match.start(), end)
        self.gaps.append((match.start(), end))
        return end


def _end_of_conditional(text: str, start: int) -> int | None:
    """End of the ``\\else`` or ``\\fi`` that ends the branch beginning at ``start``."""
    depth = 1
    for match in _CONDITIONAL.finditer(text, start):
        name = match["name"]
        if name is None or name in ARGUMENT_CONDITIONALS:
            continue
        if name == "fi":
            depth -= 1
        elif name != "else":
            depth += 1
        if depth == 0 or (name == "else" and depth == 1):
            return match.end()
    return None
