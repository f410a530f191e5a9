"""Counts that the paper itself tells again: in its body, or by listing what it counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from writer.claims.quantities import Quantity
from writer.claims.tables.enumerations import Enumeration, enumeration
from writer.claims.tables.measured import is_measured
from writer.claims.tables.prose import FRONT
from writer.claims.tables.terms import terms
from writer.claims.tables.things import Count, Things, counts
from writer.latex.blocks import Block
from writer.latex.words import words

SMALL = 20
"""Counts below this are told of many things: the noun alone binds them only loosely."""

FEW = 10
"""What a text is made of has fewer parts."""

ALIKE = 2
"""Words that two phrases share where their nouns differ, or two places where others say more."""

NEAR = 70
"""How far around a count the words stand that tell which count it is, in characters."""

_MADE_OF = words(
    "component module stage phase challenge approach capability contribution question insight "
    "aspect reason way goal idea principle step part subtask mode"
)
"""Nouns of which a text or a method is made: their counts are no results."""

_BUILT = words(
    "bit layer level class head hop shot pass branch stream point step stage phase part component "
    "way tier channel fold gram nearest neighbor neighbour fully hidden core sided"
)
"""The same behind a hyphen: "16-bit", "two-stage"."""

_PART = re.compile(r"\b(?:out\s)?of\s(?:the|its|our|all|these)?\s?\Z", re.IGNORECASE)
_ERROR = re.compile(r"\s?\(?\s?(?:±|\+/-|\+-)\s?\d")
_FRACTION = re.compile(r"/\d{1,7}(?![\w./])")


@dataclass(frozen=True, slots=True)
class Told:
    """Where a paper tells a count again.

    Attributes:
        why: one sentence.
        agrees: whether it is the same number.
    """

    why: str
    agrees: bool = True


@dataclass(frozen=True, eq=False)
class _Place:
    """A count in a block of the paper."""

    block: Block
    count: Count

    @cached_property
    def near(self) -> frozenset[str]:
        """The words around it."""
        return _near(self.block.text, self.count.start)


class Counts:
    """Every count that the text of a paper states.

    Args:
        blocks: its text, captions among it.
    """

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = [block for block in blocks if block.kind != "limitation"]

    @cached_property
    def _places(self) -> Sequence[_Place]:
        return [_Place(block, count) for block in self._blocks for count in counts(block.text)]

    @cached_property
    def _by_head(self) -> Mapping[str, Sequence[_Place]]:
        found: dict[str, list[_Place]] = {}
        for place in self._places:
            found.setdefault(place.count.things.head, []).append(place)
        return found

    @cached_property
    def _by_value(self) -> Mapping[float, Sequence[_Place]]:
        found: dict[float, list[_Place]] = {}
        for place in self._places:
            found.setdefault(place.count.value, []).append(place)
        return found

    def again(self, value: float, counted: Things, near: frozenset[str]) -> Told | None:
        """Where the body states the same count of the same things, or any part lists them.

        Of small counts of one noun the commonest holds, unless the words around tell them apart.
        """
        same = [
            place
            for place in self._by_value.get(value, ())
            if _is_same(place.count.things, counted, value)
        ]
        for place in same:
            listed = enumeration(place.block.text, place.count.things.end)
            if listed is not None and listed.has(value):
                return Told(f"the paper lists them: {shown(listed)}")
        same = [place for place in same if place.block.section not in FRONT]
        if not same:
            return None
        best = max(same, key=lambda place: len(place.near & near))
        if value < SMALL and len((best.near & near) - counted.words) < ALIKE:
            rivals = Counter(
                place.count.value
                for place in self._by_head.get(counted.head, ())
                if place.count.value != value
                and place.block.section not in FRONT
                and _may_be_same(place.count.things, counted)
            )
            if max(rivals.values(), default=0) > len(same):
                return None
        return Told(f"no table; the body also says {_around(best.block.text, best.count.start)}")

    def printed(self, text: str) -> Told | None:
        """Where the body prints the same characters, such as "703/703"."""
        pattern = re.compile(rf"(?<![\w./]){re.escape(text)}(?![\w./])")
        for block in self._blocks:
            match = pattern.search(block.text) if block.section not in FRONT else None
            if match:
                return Told(f"no table; the body also says {_around(block.text, match.start())}")
        return None


def _may_be_same(one: Things, other: Things) -> bool:
    """Whether no other words tell two counts of one noun apart."""
    return bool(one.modifiers & other.modifiers) or not (one.modifiers and other.modifiers)


def _is_same(one: Things, other: Things, value: float) -> bool:
    """Whether two phrases name the same things: large counts may use another noun."""
    if one.head == other.head:
        return _may_be_same(one, other) or value >= SMALL
    return value >= SMALL and (
        other.head in one.modifiers
        or one.head in other.modifiers
        or len(one.modifiers & other.modifiers) >= ALIKE
    )


def _near(text: str, start: int) -> frozenset[str]:
    part = text[max(start - NEAR, 0) : start + NEAR]
    return frozenset(term.joined for term in terms(part) if not term.joined.isdigit())


def _around(text: str, start: int) -> str:
    """The words around a place, in quotes."""
    first = text.rfind(" ", 0, max(start - 30, 0)) + 1
    last = text.find(" ", start + 70)
    cut = " ".join(text[first : last if last > 0 else len(text)].split())
    return f'"{"…" if first else ""}{cut}{"…" if last > 0 else ""}"'


def shown(listed: Enumeration, most: int = 6) -> str:
    """The items of a list, cut to ``most``."""
    return ", ".join(listed.items[:most]) + (", ..." if len(listed.items) > most else "")


def is_count(quantity: Quantity) -> bool:
    """Whether a number counts things: whole, without a unit of measure."""
    return not is_measured(quantity) and quantity.value == int(quantity.value)


def has_error(text: str, quantity: Quantity) -> bool:
    """Whether an error is printed behind a number: a measured value, and no count."""
    return _ERROR.match(text, quantity.number_end) is not None


def is_made_of(text: str, counted: Things | None, quantity: Quantity) -> bool:
    """Whether a count says what a method or a text is made of, and no result: "two-stage",
    "16-bit", "three challenges"."""
    if counted is None:
        return False
    glued = text[quantity.number_end : quantity.number_end + 1] in ("-", "\u2013")
    return counted.head in (_BUILT if glued else _MADE_OF if quantity.value < FEW else ())


def told_again(text: str, counted: Things | None, quantity: Quantity, paper: Counts) -> Told | None:
    """What the sentence and the rest of the paper's text tell of a count, or None."""
    fraction = _FRACTION.match(text, quantity.number_end)
    if fraction:
        return paper.printed(text[quantity.start : quantity.number_end] + fraction[0])
    if counted is None or quantity.value <= 1:
        return None
    listed = enumeration(text, counted.end)
    if listed is not None and listed.has(quantity.value):
        return Told(f"the sentence lists them: {shown(listed)}")
    again = paper.again(quantity.value, counted, _near(text, quantity.start))
    if again is not None or listed is None:
        return again
    before = text[max(quantity.start - 20, 0) : quantity.start]
    plain = quantity.value <= SMALL and not quantity.hedge
    if listed.closed and plain and not _PART.search(before):
        number = len(listed.items)
        return Told(f"the sentence lists {number}: {shown(listed)}", agrees=False)
    return None
