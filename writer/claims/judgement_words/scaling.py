"""Words on a sweep as a whole: near-linear, rising with, insensitive to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from writer.claims.judgement_words.binding import (
    Word,
    bind,
    bind_to_throughput,
    numeric,
    ruling,
)
from writer.claims.naming import uncapitalised
from writer.claims.ruling import Ruling, shown, unsupported
from writer.claims.sentences import Sentence
from writer.claims.vocabulary import Mention
from writer.dataset import Dataset, ratio

NEAR_LINEAR = 0.9
"""Least share of the ideal that "near-linear" may stand for; the sections that
sage-write renders use the same."""

STEADY = 0.10
"""Most by which the largest value may exceed the smallest for "insensitive" to hold."""


def judge_linear(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """Near-linear: the ratio to the baseline keeps within a tenth of the ratio of levels."""
    bound = bind(word, sentence, mentions, dataset)
    if not bound:
        bound = bind_to_throughput(word, sentence, mentions, dataset)
    if not bound:
        return unsupported("no column and sweep of numeric levels is bound to this word")
    for item in bound:
        pairs = numeric(item.pairs)
        if len(pairs) < 2 or len(pairs) < len(item.pairs):
            return unsupported(f"the levels of {uncapitalised(item.factor_title)} are not numbers")
        last = max((level.value or 0 for level in item.named), default=pairs[-1][0].value or 0)
        for level, cell in pairs[1:]:
            if (level.value or 0) > last:
                break
            start = pairs[0]
            if not start[0].value or not level.value:
                return unsupported("a level of zero has no linear share")
            speedup = ratio(cell, start[1])
            share = speedup.number / (level.value / start[0].value)
            if share < NEAR_LINEAR or (share > 1 / NEAR_LINEAR and item.column.better == "higher"):
                return ruling(
                    f"at {item.at(level, dataset)} {uncapitalised(item.column.title)} is "
                    f"{shown(speedup)} "
                    f"that at {item.at(start[0], dataset)}, not {level.value / start[0].value:g}x",
                    (start[1], cell),
                    holds=False,
                )
    cells = [cell for item in bound for _, cell in item.pairs]
    return ruling(f"within {1 - NEAR_LINEAR:.0%} of the ideal at each level", cells[:6], holds=True)


_DOWN = re.compile(r"fall|fell|drop|decreas|declin|shorten|shrink", re.IGNORECASE)


def judge_trend(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """ "Rises with", "falls with": every step of the sweep goes that way."""
    bound = [
        item
        for item in bind(word, sentence, mentions, dataset)
        if any(mention.kind == "factor" for mention in mentions) or item.named
    ]
    if not bound:
        return unsupported("no quantity and sweep are bound to this trend")
    down = _DOWN.search(word.text) is not None
    cells = []
    for item in bound:
        pairs = (
            numeric(item.pairs)
            if all(level.value is not None for level, _ in item.pairs)
            else item.pairs
        )
        for (_, old), (level, new) in pairwise(pairs):
            holds = new.span.hi < old.span.lo if down else new.span.lo > old.span.hi
            if not holds:
                return ruling(
                    f"{uncapitalised(item.column.title)} goes from {shown(old)} to {shown(new)} at "
                    f"{item.at(level, dataset)}",
                    (old, new),
                    holds=False,
                )
            cells.append(new)
    return ruling("each step of the sweep goes this way", cells[:6], holds=True)


def judge_steady(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """ "Insensitive to", "independent of": the values lie within a tenth."""
    bound = bind(word, sentence, mentions, dataset)
    if not bound:
        return unsupported("no quantity and sweep are bound to this word")
    item = bound[0]
    values = sorted((cell for _, cell in item.pairs), key=lambda cell: cell.number)
    holds = values[0].number > 0 and values[-1].number / values[0].number <= 1 + STEADY
    return ruling(
        f"{uncapitalised(item.column.title)} lies between {shown(values[0])} and "
        f"{shown(values[-1])}",
        values,
        holds=holds,
    )
