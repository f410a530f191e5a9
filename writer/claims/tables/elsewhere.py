"""What other tables have that bears out a claim as well as the cells that are shown for it.

Papers print a result again: in a summary beside the table it comes from, or the ratio there and
its two cells here. That a number stands in another table is not enough, as it may be another's
result; its headers must name the same things, as far as the sentence names any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from writer.claims.quantities.quantity import significant_digits
from writer.claims.tables.asked import Asked
from writer.claims.tables.cells import digits_of
from writer.claims.tables.decide import Match, Search, turned
from writer.claims.tables.lines import REFERRED
from writer.claims.tables.metrics import is_score, kinds_of
from writer.claims.tables.terms import terms, with_parts
from writer.latex.words import words
from writer.model.interval import Interval
from writer.model.table import TableCell

MOST = 2
"""How many other tables are told: a list of all that has the number tells a reader nothing."""

NEARLY = 1.0
"""By so much less than the one shown another may be bound, that the sentence refers to one of the
tables left out."""

NAMELESS = 1.0
"""By so much less may be bound what prints a ratio that two cells give: these two name more than
one cell can."""

SAID = 0.3
"""From this weight on the sentence names a word."""

SCALES = (1.0, 100.0, 0.01)
"""One table may print a share that another prints in per cent."""

DIGITS = 3
"""So many equal digits in both tables tell that they print one number."""

PERFECT = (0.0, 1.0, 100.0)
"""Ends of a scale, which several things reach."""

_OPEN = words("value metric measured measurement result score status number ours")
"""Words of headers that name nothing."""


def elsewhere(
    match: Match, tried: Search, asked: Asked, labels: frozenset[str]
) -> tuple[Match, ...]:
    """What bears out the claim in other tables: of each table one, the best bound first.

    Args:
        match: what is shown to support it.
        tried: the search that it comes from.
        asked: what was read of the claim.
        labels: of the tables that the sentence refers to for which it was searched.
    """
    if match.aggregate:
        return ()
    least = _of_words(match, labels) - NEARLY
    found: dict[int, list[Match]] = {}
    for other in (*tried.matches, *tried.further):
        room = NAMELESS * (other.is_level and not match.is_level)
        if other.table == match.table or _of_words(other, labels) < least - room:
            continue
        if _bears_out(other, match, asked):
            found.setdefault(other.table, []).append(other)
    return tuple(several[0] for several in found.values() if len(several) == 1)[:MOST]


def _of_words(match: Match, labels: frozenset[str]) -> float:
    """How well its words bind it, that its table is referred to left out."""
    return match.score - REFERRED * (not labels.isdisjoint(match.paper_table.labels))


def _bears_out(other: Match, match: Match, asked: Asked) -> bool:
    if other.aggregate or other.is_ruled_out:
        return False
    if not _has_same(other, match) or (other.kind == "cell" and turned(asked, other.cells[0])):
        return False
    return _names_same(other, match, asked)


def _has_same(other: Match, match: Match) -> bool:
    """Whether it has the same level, the same two cells, or what the two cells give."""
    if not Interval(other.lo, other.hi).overlaps(Interval(match.lo, match.hi)):
        return False
    if match.is_level or other.is_level:
        if match.is_level and other.is_level:
            return True
        return other.is_level and _is_printed_change(other)
    ours, theirs = (sorted(item.cells, key=_value) for item in (match, other))
    return len(ours) == len(theirs) and any(
        all(
            one.interval.scaled(scale).overlaps(two.interval)
            for one, two in zip(ours, theirs, strict=True)
        )
        for scale in SCALES
    )


def _value(cell: TableCell) -> float:
    return cell.value


def _is_printed_change(match: Match) -> bool:
    return match.is_stated or match.cells[0].unit in ("x", "pp")  # "%" has levels as well


def _names_same(other: Match, match: Match, asked: Asked) -> bool:
    """Whether the headers of both name the same, as far as the sentence names anything."""
    own, theirs = _words(match.cells), _words(other.cells)
    shared = {word for word in own & theirs if not word.isdigit() and len(word) > 1}
    if not shared or any(
        mine and yours and not mine & yours
        for mine, yours in zip(_quantities(own), _quantities(theirs), strict=True)
    ):
        return False
    said = theirs | with_parts((other.paper_table.caption,))
    missing = {word for word in _beyond(match, said) if _weight(word, asked) >= SAID}
    if not missing:
        return True
    if missing & _words(other.paper_table.cells):  # another line has that name
        return False
    return _is_same_number(other, match) or all(
        _weight(word, asked) >= SAID or kinds_of(word) or word in _OPEN
        for word in _beyond(other, own)
    )


def _beyond(match: Match, known: frozenset[str]) -> Iterator[str]:
    """The words of its headers that are not ``known``, nor made of pieces that are."""
    for cell in match.cells:
        for text in (*cell.rows, *cell.columns):
            for term in terms(text):
                if term.joined not in known and not (term.parts and known.issuperset(term.parts)):
                    yield term.joined


def _is_same_number(other: Match, match: Match) -> bool:
    """Whether both print the same digits, so many that they seldom are another thing's."""
    ours, theirs = (sorted(item.cells, key=_value) for item in (match, other))
    same = list(map(digits_of, ours)) == list(map(digits_of, theirs))
    return same and sum(map(_significant, ours)) >= DIGITS


def _significant(cell: TableCell) -> int:
    """How many digits of a cell do not only give its size; none at the end of a scale."""
    return 0 if cell.value in PERFECT else significant_digits(digits_of(cell))


def _words(cells: Sequence[TableCell]) -> frozenset[str]:
    return with_parts(text for cell in cells for text in (*cell.rows, *cell.columns))


def _quantities(said: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of quantity and the scores that words name."""
    kinds = frozenset(kind for word in said for kind in kinds_of(word))
    return kinds, frozenset(filter(is_score, said))


def _weight(word: str, asked: Asked) -> float:
    contexts = (asked.subject,) if asked.base is None else (asked.subject, asked.base)
    return max(context.weights.get(word, 0.0) for context in contexts)
