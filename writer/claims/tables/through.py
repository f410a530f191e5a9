"""From what the body says again to the cells that bear it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from writer.claims.sentences import Sentence
from writer.claims.tables.asked import Asked
from writer.claims.tables.context import ask
from writer.claims.tables.contrary import is_denied
from writer.claims.tables.decide import Match, Search, search, supports
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.lines import eclipsed
from writer.claims.tables.prose import Restated, Said, Spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ASKED = 8
"""How many sentences of the body, the most alike first, are held against the tables."""


class Through:
    """The cells that bear out what sentences of the body say, each asked once."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._known: dict[tuple[Spoken, int], tuple[Asked, Search, Match | None]] = {}
        self._joined: tuple[Asked, Said, tuple[Asked, Search]] | None = None

    def cells(
        self, asked: Asked, said: Sequence[Restated]
    ) -> tuple[tuple[Restated, Search, Match] | None, Sequence[Restated]]:
        """The first sentence that says a claim again and its cells, and those that remain.

        It tells more than an abstract does of what was measured, and refers to its table.
        One whose cells stand in other lines than the claim names says something else.
        """
        others: NDArray[np.bool_] | None = None
        kept: list[Restated] = []
        for place, item in enumerate(said):
            match = None
            if place < ASKED and item.agrees:
                _, found, match = self._asked(item.said)
            if match is None:
                kept.append(item)
                continue
            if is_denied(asked, match, self._evidence):
                continue
            if others is None:
                met = self._evidence.met(asked.subject)
                others = eclipsed(asked, self._evidence, met) > 0
            if not any(line < len(others) and others[line] for line in match.spoken_of):
                return (item, found, match), kept
        return None, kept

    def told(self, said: Said) -> Search:
        """What the tables gave for a number of the body."""
        return self._asked(said)[1]

    def read(self, said: Said) -> tuple[Asked, Search]:
        """What was read of a number of the body, and what the tables gave for it."""
        asked, found, _ = self._asked(said)
        return asked, found

    def together(self, asked: Asked, said: Said) -> tuple[Asked, Search]:
        """What a claim and the sentence that says it again ask, and what the tables gave for it.

        Only the last is remembered: it is asked for twice, one right after the other.
        """
        if self._joined is None or self._joined[0] is not asked or self._joined[1] is not said:
            both = _joined(asked, self._asked(said)[0])
            self._joined = asked, said, (both, search(both, self._evidence))
        return self._joined[2]

    def _asked(self, said: Said) -> tuple[Asked, Search, Match | None]:
        key = said.spoken, said.quantity.start
        if key not in self._known:
            self._known[key] = self._search(said)
        return self._known[key]

    def _search(self, said: Said) -> tuple[Asked, Search, Match | None]:
        spoken, evidence = said.spoken, self._evidence
        text, labels = spoken.sentence.text, labels_of(spoken.sentence)
        asked = ask(text, said.quantity, spoken.quantities, spoken.before, None, evidence, labels)
        found = search(asked, evidence)
        return asked, found, supports(found)


def _joined(asked: Asked, again: Asked) -> Asked:
    """What the body's sentence asks, with the claim's words as well."""
    base = again.base.joined(asked.base) if again.base is not None else asked.base
    return replace(
        again,
        subject=again.subject.joined(asked.subject),
        base=base,
        labels=again.labels | asked.labels,
        ours=max(again.ours, asked.ours),
        beside=tuple(dict.fromkeys((*again.beside, *asked.beside))),
        placed=again.placed or asked.placed,
    )


def labels_of(sentence: Sentence) -> frozenset[str]:
    """The labels that a sentence refers to."""
    last = sentence.start + len(sentence.text)
    return frozenset(
        label.strip()
        for mark in sentence.block.marks
        if "ref" in mark.macro.lower() and sentence.start <= mark.start <= last
        for argument in mark.arguments
        for label in argument.split(",")
    )
