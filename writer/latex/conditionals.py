r"""Which branches of a paper's own conditionals TeX skips.

Only those made by ``\newif`` or ``\let\ifdraft\iffalse`` and set in plain sight are
evaluated; what is set inside a macro or another conditional stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from writer.latex.arguments import WORD_END
from writer.latex.words import ARGUMENT_CONDITIONALS

_TOKEN = re.compile(
    r"\\newif\s*\\if(?P<new>[a-zA-Z@]+)"
    r"|\\let\s*\\if(?P<let>[a-zA-Z@]+)\s*=?\s*\\if(?P<value>true|false)(?![a-zA-Z@])"
    rf"|\\if(?P<name>[a-zA-Z@]*){WORD_END}"
    r"|\\(?P<set>[a-zA-Z@]+?)(?P<to>true|false)(?![a-zA-Z@])"
    rf"|\\(?P<end>fi|else)(?![a-zA-Z@]){WORD_END}"
    r"|\\.|(?P<brace>\{|\})",
    re.DOTALL,
)


@dataclass(slots=True)
class _Open:
    """A conditional that has no end yet; ``value`` is ``None`` if it is not known."""

    value: bool | None
    hides: int | None = None  # since where it hides text


@dataclass(slots=True)
class _Evaluator:
    values: dict[str, bool | None] = field(default_factory=lambda: {"true": True, "false": False})
    stack: list[_Open] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    braces: int = 0

    def token(self, match: re.Match[str]) -> None:
        if match["brace"] is not None:
            self.braces = max(0, self.braces + (1 if match["brace"] == "{" else -1))
        elif match["end"] is not None:
            self._end(match)
        elif match["name"] is not None:
            self._begin(match)
        elif not self._hidden():
            self._set(match)

    def _hidden(self) -> bool:
        return any(each.hides is not None for each in self.stack)

    def _set(self, match: re.Match[str]) -> None:
        name, value = match["new"], False
        if match["let"] is not None:
            name, value = match["let"], match["value"] == "true"
        elif match["set"] is not None and match["set"] in self.values:
            name, value = match["set"], match["to"] == "true"
        if name is not None:
            unsure = self.braces or any(each.value is None for each in self.stack)
            self.values[name] = None if unsure else value

    def _begin(self, match: re.Match[str]) -> None:
        if "if" + match["name"] in ARGUMENT_CONDITIONALS:
            return
        known = None if self._hidden() else self.values.get(match["name"])
        self.stack.append(_Open(known, match.start() if known is False else None))
        if known is True:
            self.spans.append(match.span())

    def _end(self, match: re.Match[str]) -> None:
        if not self.stack:
            return
        current = self.stack[-1]
        if current.hides is not None:
            self.spans.append((current.hides, match.end()))
            current.hides = None
        elif current.value is True and match["end"] == "else":
            current.hides = match.start()
        elif current.value is not None:
            self.spans.append(match.span())
        if match["end"] == "fi":
            self.stack.pop()


def unread_branches(text: str) -> list[tuple[int, int]]:
    """Spans that TeX skips, with the macros around them; none if they do not add up."""
    if "\\newif" not in text and "\\iftrue" not in text and "\\let\\if" not in text:
        return []
    evaluator = _Evaluator()
    for match in _TOKEN.finditer(text):
        evaluator.token(match)
    return [] if any(each.value is not None for each in evaluator.stack) else evaluator.spans


def hide(
    text: str, gaps: list[tuple[int, int]], spans: list[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    """Blank further spans of a text, and its gaps with them, in order and disjoint."""
    if not spans:
        return text, gaps
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        pieces += (text[done:start], re.sub(r"[^\n]", " ", text[start:end]))
        done = end
    merged: list[tuple[int, int]] = []
    for start, end in sorted((*gaps, *spans)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return "".join((*pieces, text[done:])), merged
