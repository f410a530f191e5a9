r"""What stands around a place of a paper's source: groups, environments, the macro before.

A number can be wrapped in a macro without changing what TeX typesets only where TeX
merely typesets it: an argument of ``\num`` is parsed, ``\textbf 7`` takes one token.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from writer.latex.words import CITES, REFERENCES, words

PLAIN_ARGUMENTS = words(
    "textbf textit emph textrm textsf textsl textup textmd textnormal mbox text textcolor "
    "underline caption footnote abstract"
)
"""Macros that only typeset their last argument."""

PLAIN_ENVIRONMENTS = words(
    "document abstract itemize enumerate description quote quotation center flushleft "
    "flushright figure figure* table table* minipage"
)
"""Environments that only typeset what they hold."""

_COMPLETE = (
    dict.fromkeys((*CITES, *REFERENCES, *PLAIN_ARGUMENTS), 1)
    | {"textcolor": 2}
    | dict.fromkeys(
        words(
            "item par noindent centering small footnotesize normalsize quad qquad approx sim "
            "times leq geq le ge cdot pm , ; : ! / % $ & # _ { }"
        )
        | {" ", "\n"},
        0,
    )
)
"""How many arguments in braces a macro takes: it takes nothing behind these."""

_TOKEN = re.compile(
    r"\\(?P<side>begin|end)[ \t]*\{(?P<name>[^{}\n]{1,60})\}"
    r"|\\(?P<macro>[a-zA-Z@]+\*?|.)|(?P<sign>[{}\[\]])|(?P<blank>\n[ \t\r]*\n)",
    re.DOTALL,
)
_NEAR = re.compile(r"[\s~]*[=*]?\s*")
"""What may stand between a macro and what it takes."""

_DEFINED = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|[A-Za-z]*DocumentCommand"
    r"|DeclareMathOperator|[gex]?def|let)(?![a-zA-Z@])\*?\s*\{?\s*\\([a-zA-Z@]+|.)"
    r"|\\(?:re)?newenvironment\*?\s*\{([^{}\n]{1,60})\}"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a place.

    Attributes:
        owners: of the groups and brackets around it, outermost first; the empty string
            for a group that is no argument.
        environments: those around it, outermost first.
        before: the macro that may take what stands here; empty for none.
        optional: whether an argument in brackets is around it.
    """

    owners: tuple[str, ...]
    environments: tuple[str, ...]
    before: str
    optional: bool

    def objection(self, defined: frozenset[str]) -> str:
        r"""Why what stands here may be more than typeset; empty if it is not.

        Args:
            defined: names that the paper defines itself: they are not what they seem.
        """
        if self.optional:
            return "it stands in an optional argument"
        for owner in self.owners:
            if owner and (owner not in PLAIN_ARGUMENTS or owner in defined):
                return f"it stands in an argument of \\{owner}, which may read it"
        for name in self.environments:
            if name not in PLAIN_ENVIRONMENTS or name in defined:
                return f"it stands in the environment {name}, which may read it"
        return f"it stands right behind \\{self.before}, which may take it" if self.before else ""


def defined_names(text: str) -> frozenset[str]:
    """The macros and environments that a paper's text defines."""
    return frozenset(match[1] or match[2] for match in _DEFINED.finditer(text))


def surroundings(text: str, offsets: Iterable[int]) -> Mapping[int, Surroundings]:
    """What stands around each of ``offsets`` of ``text``; one pass over the text."""
    wanted = sorted(set(offsets))
    walk = _Walk(text, defined_names(text))
    for match in _TOKEN.finditer(text):
        walk.tell(wanted, match.start())
        walk.take(match)
        if walk.told == len(wanted):
            break
    walk.tell(wanted, len(text) + 1)
    return walk.found


@dataclass(slots=True)
class _Walk:
    text: str
    defined: frozenset[str]
    groups: list[tuple[str, str, int]] = field(default_factory=list)  # sign, owner, its arguments
    environments: list[str] = field(default_factory=list)
    macro: str = ""  # that may take what follows
    taken: int = 0  # arguments in braces that it has taken
    done: int = 0
    told: int = 0
    found: dict[int, Surroundings] = field(default_factory=dict)

    def tell(self, wanted: Sequence[int], limit: int) -> None:
        """Say what is around the wanted places before ``limit``."""
        last = bisect_left(wanted, limit, self.told)
        for offset in wanted[self.told : last]:
            self.found[offset] = Surroundings(
                tuple(owner for _, owner, _ in self.groups),
                tuple(self.environments),
                self._taking(offset),
                any(sign == "[" for sign, _, _ in self.groups),
            )
        self.told = last

    def _taking(self, position: int) -> str:
        """The macro that may take what stands at ``position``."""
        if not self.macro or not _NEAR.fullmatch(self.text, self.done, position):
            return ""
        if self.macro not in self.defined and self.taken >= _COMPLETE.get(self.macro, 99):
            return ""
        return self.macro

    def take(self, match: re.Match[str]) -> None:
        """Go on past a token."""
        start = match.start()
        if match["side"]:
            self._environment(match["side"], match["name"])
        elif match["macro"]:
            self.macro, self.taken = match["macro"].rstrip("*") or "*", 0
        elif match["sign"]:
            self._sign(match["sign"], start)
        else:
            self.macro = ""
        self.done = match.end()

    def _environment(self, side: str, name: str) -> None:
        if side == "begin":
            self.environments.append(name)
        elif name in self.environments:
            while self.environments.pop() != name:
                pass
        plain = name in PLAIN_ENVIRONMENTS and name not in ("minipage", "figure", "table")
        self.macro, self.taken = ("" if side == "end" or plain else f"begin{{{name}}}"), 0

    def _sign(self, sign: str, start: int) -> None:
        near = self.macro if _NEAR.fullmatch(self.text, self.done, start) else ""
        if sign == "{":
            self.groups.append((sign, near, self.taken))
            self.macro = ""
        elif sign == "[":
            if near:
                self.groups.append((sign, near, self.taken))
            self.macro = ""
        elif sign == "]":
            self.macro = ""
            if self.groups and self.groups[-1][0] == "[":
                _, self.macro, self.taken = self.groups.pop()
        else:
            self._close()

    def _close(self) -> None:
        while self.groups and self.groups[-1][0] == "[":
            self.groups.pop()
        _, self.macro, taken = self.groups.pop() if self.groups else ("", "", 0)
        self.taken = taken + 1
