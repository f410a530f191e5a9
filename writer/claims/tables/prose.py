"""The same quantity said again in the body of the paper: evidence weaker than a table."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from writer.claims.quantities import Quantity, quantities
from writer.claims.sentences import Sentence, sentences
from writer.claims.tables.rounding import claimed
from writer.claims.tables.score import COARSER
from writer.claims.tables.terms import is_name, terms
from writer.claims.tables.worded import KIND, Worded
from writer.latex.blocks import Block
from writer.model.unit import factor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALIKE = 0.35
"""Least share of a claim's words, rarer ones weighing more, that a sentence must repeat."""

SAME = 0.5
"""From this share on, two sentences say the same thing, and their numbers must agree,"""

VERSIONS = 2.0
"""if neither is more than so many times the other,"""

CLOSE = 0.6
"""and the names that weigh so much beside the one stand beside the other: "on Wiki"."""

PRECISE = 4
"""Numbers of so many digits are seldom alike by chance, and need fewer words in common."""

_DIGIT = re.compile(r"\d")

RIVALS = 12
"""How many numbers in sentences as much alike a sentence that supports a claim may have."""

SAME_UNIT = 0.15
"""What a sentence gains that counts the same thing."""

FRONT = ("abstract", "introduction", "conclusion", "title")
"""Sections that repeat results and are no evidence for one another."""


@dataclass(frozen=True, eq=False)
class Spoken:
    """A sentence of the body that has digits, and its words; its numbers when asked.

    Attributes:
        before: the sentence before it in its paragraph, or the empty string.
    """

    sentence: Sentence
    words: frozenset[str]
    before: str
    comma: bool

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return quantities(self.sentence.text, comma=self.comma)


@dataclass(frozen=True, eq=False)
class Said:
    """A quantity of the body and its sentence."""

    spoken: Spoken
    quantity: Quantity

    @property
    def sentence(self) -> Sentence:
        return self.spoken.sentence


@dataclass(frozen=True, eq=False)
class Restated:
    """A quantity of the body that a claim may repeat.

    Attributes:
        said: where.
        alike: share of the claim's words that its sentence repeats.
        agrees: whether the printed intervals meet.
        rivals: how many other quantities of the kind stand in sentences as much alike.
    """

    said: Said
    alike: float
    agrees: bool
    rivals: int


class Body:
    """The sentences of the body, to be asked for numbers that a claim repeats."""

    def __init__(self, blocks: Iterable[Block], *, comma: bool = False) -> None:
        self._spoken: list[Spoken] = []
        self._worded = Worded()
        count: Counter[str] = Counter()
        for block in blocks:
            if block.section in FRONT or block.kind in ("heading", "limitation"):
                continue
            before = ""
            for sentence in sentences(block):
                if _DIGIT.search(sentence.text):
                    words = frozenset(term.joined for term in terms(sentence.text))
                    count.update(words)
                    self._spoken.append(Spoken(sentence, words, before, comma))
                    if block.kind == KIND:
                        self._worded.add(self._spoken[-1])
                before = sentence.text
        total = len(self._spoken)
        scale = math.log(total + 2)
        self._rarity: Mapping[str, float] = {
            word: math.log((total + 2) / (number + 1)) / scale for word, number in count.items()
        }

    @cached_property
    def _places(self) -> Mapping[str, NDArray[np.int64]]:
        """The numbers of the sentences that have a word."""
        import numpy as np

        found: dict[str, list[int]] = {}
        for number, spoken in enumerate(self._spoken):
            for word in spoken.words:
                found.setdefault(word, []).append(number)
        return {word: np.array(numbers) for word, numbers in found.items()}

    def restated(
        self, claim: Sentence, quantity: Quantity, near: Mapping[str, float], *, rivals: float
    ) -> list[Restated]:
        """Where the body says a quantity of this kind in like words, the most alike first.

        A sentence is no evidence for itself.

        Args:
            claim: the sentence.
            quantity: of it.
            near: its words, those nearer to the quantity weighing more.
            rivals: how many others may be as much alike; what has more is left out.
        """
        own = {
            term.joined: near.get(term.joined, 0.0) * self._weight(term.joined)
            for term in terms(claim.text)
            if not term.joined[:1].isdigit()
        }
        whole = sum(own.values())
        if not whole:
            return []
        found = [
            (ALIKE, True, 0, said)
            for said in _said(self._worded.saying(quantity, near))
            if _compared(said.quantity, quantity, ALIKE) == (ALIKE, True)
        ]
        gain = SAME_UNIT if quantity.unit and quantity.form == "plain" else 0.0
        level = math.inf
        for number, alike in self._alike(own, whole, ALIKE / 2 - gain):
            if alike + gain < level:
                level = alike + gain  # from here on nothing is more alike
                if sum(item[0] > level for item in found) > rivals:
                    found = [item for item in found if item[0] > level]
                    break
            spoken = self._spoken[number]
            if spoken.sentence.text == claim.text:
                continue
            found += [
                (*one, number, said)
                for said in _said((spoken,))
                if (one := _compared(said.quantity, quantity, alike)) is not None
            ]
        found.sort(key=lambda item: (-item[0], not item[1], item[2]))
        levels = [-alike for alike, *_ in found]
        return [
            Restated(said, alike, agrees, bisect_right(levels, -alike) - 1)
            for alike, agrees, _, said in found
        ]

    def _alike(
        self, own: Mapping[str, float], whole: float, least: float
    ) -> Iterator[tuple[int, float]]:
        """The sentences that are alike enough, the most alike first, and how much they are."""
        import numpy as np

        shared = np.zeros(len(self._spoken))
        for word, weight in own.items():
            if weight and word in self._places:
                shared[self._places[word]] += weight
        shared /= whole
        chosen = np.flatnonzero(shared >= least)
        for number in chosen[np.argsort(-shared[chosen], kind="stable")]:
            yield int(number), float(shared[number])

    def _weight(self, word: str) -> float:
        return self._rarity.get(word, 1.0)


def _said(sentences: Iterable[Spoken]) -> Iterator[Said]:
    """Every quantity of some sentences."""
    return (Said(spoken, item) for spoken in sentences for item in spoken.quantities)


def _compared(item: Quantity, wanted: Quantity, alike: float) -> tuple[float, bool] | None:
    """How much alike a number's place is, and whether it agrees; None for another kind."""
    if item.form != wanted.form:
        return None
    if wanted.unit and wanted.form == "plain" and item.unit == wanted.unit:
        alike += SAME_UNIT
    scale = _scale(item, wanted)
    if alike < ALIKE / 2 or scale is None:
        return None
    span, own = claimed(item).scaled(scale), claimed(wanted)
    return alike, span.width <= COARSER * own.width and span.overlaps(own)


def _scale(said: Quantity, wanted: Quantity) -> float | None:
    if said.form != "plain" or said.unit == wanted.unit:
        return 1.0
    if not said.unit or not wanted.unit:
        whole = said.text.replace(",", "").isdecimal() and said.value == wanted.value
        return 1.0 if whole and said.value >= 10**PRECISE / 10 else None
    return factor(said.unit, wanted.unit)


def support(found: Sequence[Restated]) -> Restated | None:
    """The sentence that supports a claim: alike enough, and few others as alike."""
    for item in found:
        enough = ALIKE if item.said.quantity.digits < PRECISE else ALIKE / 2
        if item.agrees and item.alike >= enough and item.rivals <= RIVALS:
            return item
    return None


def conflict(
    found: Sequence[Restated],
    claim: str,
    wanted: Quantity,
    others: Sequence[Quantity],
    near: Mapping[str, float],
    own: frozenset[str],
) -> Restated | None:
    """The sentence that says the same with another number, if nothing agrees. The few words of a
    cell say too little of what its number is to contradict one.

    Args:
        claim: the sentence of the number.
        wanted: the number.
        others: all of its sentence: what one of them says the sentence says of that one.
        near: the sentence's words, those nearer to the number weighing more.
        own: what the paper calls what it proposes: "we", to other sentences.
    """
    if any(item.agrees for item in found):
        return None
    found = [item for item in found if item.said.sentence.block.kind != KIND]
    if not found:
        return None
    best = _remaining(found, wanted, others)
    if best is None:
        best = found[0]
        if best.alike < SAME or best.rivals:
            return None
    said = best.said.quantity
    low, high = sorted((abs(said.value), abs(wanted.value)))
    ranged = {said.role, wanted.role} & {"low", "high"} and said.role != wanted.role
    if high > VERSIONS * low or said.hedge or wanted.hedge or ranged:
        return None
    if any(item is not wanted and said.interval.overlaps(item.interval) for item in others):
        return None
    known = best.said.spoken.words | own
    names = (term for term in terms(claim) if near.get(term.joined, 0.0) >= CLOSE)
    missed = any(term.joined not in known and is_name(claim, term) for term in names)
    return None if missed else best


def _remaining(
    found: Sequence[Restated], wanted: Quantity, others: Sequence[Quantity]
) -> Restated | None:
    """The one number of a sentence that is left where all others of a kind are those of the claim:
    of "from 40% to 44%" and "from 40% to 46%"."""
    rest = [item for item in others if item is not wanted and item.form == wanted.form]
    rest = [item for item in rest if item.unit == wanted.unit and not item.spelled]
    spoken = dict.fromkeys(item.said.spoken for item in found if item.alike >= ALIKE)
    for sentence in spoken if rest else ():
        said = [item for item in found if item.said.spoken is sentence]
        for one in rest:
            meets = (item for item in said if item.said.quantity.interval.overlaps(one.interval))
            match = next(meets, None)
            if match is None:
                break
            said.remove(match)
        else:
            if len(said) == 1:
                return said[0]
    return None
