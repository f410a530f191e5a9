"""Counts of what a table lists: "six baselines", "five datasets", "three models"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from writer.claims.quantities import Quantity
from writer.claims.tables.change_headers import CHANGES, says_head
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.grid import Grid, Line
from writer.claims.tables.terms import measures, terms, with_parts
from writer.claims.tables.things import Things, is_plural
from writer.latex.words import words

MOST = 200
"""Longer lists are counted by nobody who writes the number."""

OURS = 0.5
"""A row is the paper's own that is more likely so than not."""

FEW = 3
"""Columns of one measure that are told apart by what was tried."""

SPREAD = 30.0
"""By how much the means of such columns differ at most."""

ENUMERATED = 0.6
"""Share of a list's names that the sentence must say to count as its enumeration."""

_TOTALS = re.compile(r"\b(?:total|overall|average|avg|mean|all|median|sum|std|geomean)\b", re.I)
_ALIKE = (
    words(
        "model method system approach technique algorithm baseline network scheme tool framework "
        "competitor alternative solution policy strategy detector classifier tokenizer llm"
    ),
    words("dataset benchmark corpus suite task collection testbed"),
    words("variant arm configuration setting ablation version"),
    words("workload application program kernel benchmark trace query"),
    words("domain area field category subject"),
    words("type kind category class family subtype"),
)
"""Nouns by which a header column may be called whose entries a text counts by another."""

_TRIED = words(
    "dataset benchmark corpus task suite trace workload application language pair domain program "
    "scene city region set environment game graph setting scenario collection testbed site query"
)
"""Nouns of what methods are tried on."""

_RIVALS = words("baseline competitor alternative")
"""Nouns of which what the paper proposes is none."""

_OTHERS = words(
    "baseline competitor alternative existing prior previous other competing comparison related "
    "state-of-the-art sota published recent"
)
"""Words of a count that leaves out what the paper proposes."""


@dataclass(frozen=True, eq=False)
class Counted:
    """A list of a table with as many entries as a claim says.

    Attributes:
        grid: the table.
        names: what was counted.
        why: how the sentence names the list.
    """

    grid: Grid
    names: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Entries:
    """The names of one level of a table's headers.

    Attributes:
        names: each once.
        title: words over them, of the header column.
        caption: words of the caption, where these may name the list too.
        whose: ``all`` where what the paper proposes is among them, ``others`` where it is
            left out, ``parts`` where the others are it without a part, else empty.
        tried: whether they are what the rows were tried on: columns of one measure.
        deeper: whether they are groups of columns.
    """

    names: tuple[str, ...]
    title: frozenset[str]
    caption: frozenset[str]
    whose: str = ""
    tried: bool = False
    deeper: bool = False


def counted(
    text: str, what: Things | None, quantity: Quantity, evidence: Evidence
) -> Counted | None:
    """The list that a bare whole number counts, or None."""
    value = quantity.value
    if quantity.form != "plain" or value != int(value) or not 2 <= value <= MOST:
        return None
    for grid, entries, listed in evidence.lists.near(with_parts((text,)), int(value)):
        names = entries.names
        if len(listed) == value and (len(names) == value or value > 2):
            return Counted(grid, listed, "the sentence lists them")
        if len(names) != value:
            continue
        if len(listed) >= ENUMERATED * value:
            return Counted(grid, names, "the sentence lists them")
        noun = _binds(what, entries) if what is not None else ""
        if noun:
            return Counted(grid, names, f"the table lists {noun}")
    return None


class Lists:
    """Every list of a paper's tables, by its length and by the words that tell its names apart.

    Args:
        grids: the tables.
    """

    def __init__(self, grids: Sequence[Grid]) -> None:
        self._lists = [(grid, entries) for grid in grids for entries in grid.lists]
        self._by_length: dict[int, list[int]] = {}
        self._by_word: dict[str, list[tuple[int, int, tuple[str, ...]]]] = {}
        for number, (_, entries) in enumerate(self._lists):
            self._by_length.setdefault(len(entries.names), []).append(number)
            for name, words_of in enumerate(_telling(entries.names)):
                for joined, parts in words_of:
                    self._by_word.setdefault(joined, []).append((number, name, ()))
                    if parts and parts != (joined,):
                        self._by_word.setdefault(parts[0], []).append((number, name, parts))

    def near(
        self, said: frozenset[str], length: int
    ) -> Iterator[tuple[Grid, Entries, tuple[str, ...]]]:
        """The lists with so many names, or of which so many are said, and those that are."""
        spoken: dict[int, set[int]] = {}
        for word in said:
            for number, name, parts in self._by_word.get(word, ()):
                if said.issuperset(parts):
                    spoken.setdefault(number, set()).add(name)
        chosen = {number for number, names in spoken.items() if len(names) == length}
        for number in sorted(chosen.union(self._by_length.get(length, ()))):
            grid, entries = self._lists[number]
            names = sorted(spoken.get(number, ()))
            yield grid, entries, tuple(entries.names[name] for name in names)


def _binds(what: Things, entries: Entries) -> str:
    """The word by which a list is what a text counts, or the empty string."""
    rest = bool(what.words & _OTHERS)
    if entries.whose in ("others", "parts") and not rest:
        return ""
    if entries.whose == "all" and what.head in _RIVALS:
        return ""
    if what.head in entries.title:
        return what.head
    if len(entries.names) < FEW and entries.whose != "others" and not entries.deeper:
        return ""  # pairs are everywhere
    if what.head in entries.caption:
        return what.head
    if entries.tried and what.head in _TRIED:
        return "what it was tried on"
    if entries.whose == "others" and what.head in _RIVALS:
        return "these besides the paper's own"
    group = frozenset().union(*(group for group in _ALIKE if what.head in group))
    return next(iter(sorted(group & entries.title)), "")


def lists(grid: Grid) -> Iterator[Entries]:
    """Every list of a table."""
    caption = _plurals(grid.table.caption)
    corner = tuple(text for text in grid.table.corner if text)
    for level, names, whose in _entries(grid.rows):
        depth = max(len(line.path) for line in grid.rows)
        own = corner[level : level + 1] if len(corner) == depth else corner
        yield Entries(names, with_parts(own), caption, whose)
    turned = not corner and not any(measures(line.header) for line in grid.columns)
    title = with_parts((grid.table.caption,)) if turned else frozenset()
    width = len(grid.columns)
    for level, names, whose in _entries(grid.columns):
        tried = _is_tried(grid, level, names)
        yield Entries(names, frozenset(), title, whose, tried=tried, deeper=len(names) < width)


def _is_tried(grid: Grid, level: int, names: Sequence[str]) -> bool:
    """Whether columns are told apart by what was tried, not by what was measured: one measure,
    in the caption, in the unit or under each of them."""
    if level or not names or not all(name[:1].isalnum() for name in names):
        return False
    under = [{line.path[1:] for line in grid.columns if line.path[:1] == (name,)} for name in names]
    if any(measures(line.header) for line in grid.columns if len(line.path) == 1):
        return False
    if any(under[0]):
        return all(each == under[0] for each in under)
    units = {unit for line in grid.columns for unit in line.units}
    known = measures(grid.caption) or units - {""}
    return bool(known) and len(units) == 1 and len(names) >= FEW and _is_level(grid)


def _is_level(grid: Grid) -> bool:
    """Whether all columns have values of one order of magnitude or two."""
    import numpy as np

    means = np.nanmean(np.abs(grid.lo + grid.hi) / 2, axis=0)
    return bool(means.min() > 0 and means.max() <= SPREAD * means.min())


def _entries(lines: Sequence[Line]) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Per list its level, its names, and whose they are."""
    paths = [line.path for line in lines if line.path]
    for level in range(max((len(path) for path in paths), default=0)):
        names = tuple(dict.fromkeys(path[level] for path in paths if len(path) > level))
        kept = tuple(
            name for name in names if not (_TOTALS.search(name) or says_head(name, CHANGES))
        )
        ours = {line.path[level] for line in lines if len(line.path) > level and line.ours >= OURS}
        others = tuple(name for name in kept if name not in ours)
        whose = "all" if others and len(others) < len(kept) else ""
        yield level, names, whose
        if len(kept) < len(names):
            yield level, kept, whose
        if whose:
            yield level, others, "parts" if any(line.ablated for line in lines) else "others"


def _plurals(text: str) -> frozenset[str]:
    """The plurals of a caption, in normal form: "on four languages", not "language models"."""
    return frozenset(term.joined for term in terms(text) if is_plural(text[term.start : term.end]))


def _telling(names: Sequence[str]) -> Iterator[list[tuple[str, tuple[str, ...]]]]:
    """For each name the words, with their parts, that no other of the names shares."""
    own = [[term for term in terms(name) if not term.joined.isdigit()] for name in names]
    shared = Counter(word for each in own for word in {term.joined for term in each})
    for each in own:
        yield [
            (term.joined, term.parts)
            for term in each
            if shared[term.joined] == 1 or len(names) == 1
        ]
