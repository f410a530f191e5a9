"""Sentences of a block, and how far two phrases of a sentence stand from each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from writer.latex.blocks import Block, Mark

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|vs|cf|approx|resp|Fig|Figs|Tab|Sec|Eq|Eqs|Refs?|No|ca|Dr|Prof|[A-Z])"
    r"|\s[a-z])\.$"
)
_LONGEST = 12
"""Characters of text that tell whether a full stop ends an abbreviation."""

_END = re.compile(
    r"[.!?](?:[\"')\]]*)\s+(?=[\"'(\[]*[A-Z0-9])|[.!?][\"')\]]*$"
    r"|[\u3002\uff01\uff1f][\"')\]\u201d\u2019\u300d\u300f\uff09]*\s*"  # full width
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a block; ``start`` is its offset in the block's text."""

    block: Block
    start: int
    text: str

    def marks(self, start: int, end: int, macro: str) -> Iterator[Mark]:
        """Marks of a macro that touch the span ``start:end`` of the sentence."""
        for mark in self.block.marks:
            touches = mark.start < self.start + end and mark.end > self.start + start
            if mark.macro == macro and touches:
                yield mark

    def cites(self) -> bool:
        """Whether the sentence carries a citation."""
        last = self.start + len(self.text)
        return any(
            "cite" in mark.macro and self.start <= mark.start <= last for mark in self.block.marks
        )


def sentences(block: Block) -> Iterator[Sentence]:
    """The sentences of ``block``, in order."""
    for start, end in _spans(block.text):
        yield Sentence(block, start, block.text[start:end])


@lru_cache(maxsize=8192)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends: the judge, the body and the rules all ask."""
    found = []
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text, max(start, match.start() - _LONGEST), match.start() + 1):
            continue
        found.append((start, match.start() + len(match[0].rstrip())))
        start = match.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return tuple(found)


_BOUNDARIES = (
    (re.compile(r"[;:]"), 3.0),
    (re.compile(r"[,\u2013\u2014](?=\s|$)"), 1.0),
    (re.compile(r"\b(?:and|but|while|whereas|although|though|yet|or)\b"), 1.2),
    (re.compile(r"\b(?:with|at the (?:cost|price) of|without|because|as)\b"), 0.6),
    (re.compile(r"[()]"), 0.4),
)
_TOKEN = re.compile(r"[^\W_]+")


def distance(sentence: str, one: tuple[int, int], other: tuple[int, int]) -> float:
    """How far apart two spans stand: clause boundaries weigh more than words."""
    if one[0] < other[1] and other[0] < one[1]:
        return 0.0
    between = sentence[min(one[1], other[1]) : max(one[0], other[0])]
    cost = sum(weight * len(pattern.findall(between)) for pattern, weight in _BOUNDARIES)
    return cost + 0.05 * len(_TOKEN.findall(between))
