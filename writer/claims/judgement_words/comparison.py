"""Words that rank levels: the highest, higher than."""

from __future__ import annotations

import re
from collections.abc import Sequence

from writer.claims.judgement_words.binding import (
    Bound,
    Word,
    bind,
    bind_to_throughput,
    ruling,
)
from writer.claims.naming import uncapitalised
from writer.claims.ruling import Ruling, shown, unsupported
from writer.claims.sentences import Sentence, distance
from writer.claims.vocabulary import Mention
from writer.dataset import Dataset
from writer.model.experiment import Column, Level

_LOW = re.compile(r"low|min|short|small|least|few", re.IGNORECASE)
_BEST = re.compile(r"best|fast|quick", re.IGNORECASE)
_WORST = re.compile(r"worst|slow", re.IGNORECASE)


def _wants_high(word: str, column: Column) -> bool:
    if _BEST.search(word):
        return column.better != "lower"
    if _WORST.search(word):
        return column.better == "lower"
    return _LOW.search(word) is None


def judge_extreme(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """ "Highest", "lowest": the level named beside it holds the extreme of the column."""
    bound = bind(word, sentence, mentions, dataset)
    if not bound and (_BEST.search(word.text) or _WORST.search(word.text)):
        bound = bind_to_throughput(word, sentence, mentions, dataset)
    with_levels = [item for item in bound if item.named]
    if not with_levels:
        return unsupported("the sentence does not bind this extreme to a quantity and a level")
    item = with_levels[0]
    high = _wants_high(word.text, item.column)
    ranked = sorted(item.pairs, key=lambda pair: pair[1].number, reverse=high)
    best = ranked[0]
    ties = [level for level, cell in ranked if cell.number == best[1].number]
    holds = any(level in ties for level in _nearest_named(item, word, sentence, mentions))
    return ruling(
        f"the {'highest' if high else 'lowest'} {uncapitalised(item.column.title)} is "
        f"{shown(best[1])}, at {item.at(best[0], dataset)}",
        (best[1],),
        holds=holds,
    )


_LINKED = re.compile(
    r"^(?:\s[\w-]+){0,4}?(?:\s\([^()]*\))?,?(?:\s(?:is|was|are|were)(?:\s(?:that|those))?)?\s(?:at|for|of|with|on|under|by|in)\s(?:the\s|an?\s)?$"
)
_OTHER_SIDE = re.compile(
    r"\b(?:than|over|against|(?<!is\s)(?<!was\s)(?<!are\s)(?:that|those)\s(?:of|at))\s(?:\w+\s){0,2}$"
)


def _nearest_named(
    item: Bound, word: Word, sentence: Sentence, mentions: Sequence[Mention]
) -> tuple[Level, ...]:
    """The level linked behind the word ("highest at 4"), else the last one before it.

    A list of levels ("FIFO and LoadAware have the highest ...") counts as a whole.
    """
    own = (item.sweep.experiment.name, item.sweep.factor)
    text = sentence.text
    levels = [
        mention
        for mention in mentions
        if mention.kind == "level"
        and any(target[:2] == own for target in mention.targets)
        and not _OTHER_SIDE.search(text[: mention.start])
    ]
    linked = [m for m in levels if m.start >= word.end and _LINKED.match(text[word.end : m.start])]
    before = [m for m in levels if m.end <= word.start]
    chosen = linked[:1] or before[-1:] or levels[:1]
    if chosen and not linked:
        chosen += [
            m
            for m in before[:-1]
            if distance(text, (m.start, m.end), (chosen[0].start, chosen[0].end)) < 1.3
        ]
    texts = {target[2] for mention in chosen for target in mention.targets if target[:2] == own}
    return tuple(level for level in item.named if level.text in texts)


_LESS = re.compile(r"lower|less|few|short|small", re.IGNORECASE)


def judge_comparison(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """ "A has higher throughput than B": two levels of one sweep, compared."""
    bound = [item for item in bind(word, sentence, mentions, dataset) if len(item.named) > 1]
    if not bound:
        return unsupported(
            "the sentence does not bind this comparison to a quantity and two levels"
        )
    item = bound[0]
    before, after = _either_side(item, word, mentions, sentence.text)
    if before is None or after is None:
        return unsupported("the sentence does not say which level is compared with which")
    cells = {level.text: cell for level, cell in item.pairs}
    if before not in cells or after not in cells:
        return unsupported("one side of the comparison has no measured value")
    one, other = cells[before], cells[after]
    smaller = _LESS.search(word.text) is not None
    if re.search(r"better|fast|outperform", word.text, re.IGNORECASE):
        smaller = item.column.better == "lower"
    if re.search(r"wors|slow", word.text, re.IGNORECASE):
        smaller = item.column.better == "higher"
    holds = one.span.hi < other.span.lo if smaller else one.span.lo > other.span.hi
    return ruling(
        f"{uncapitalised(item.column.title)}: {before} {shown(one)}, {after} {shown(other)}",
        (one, other),
        holds=holds,
    )


def _either_side(
    item: Bound, word: Word, mentions: Sequence[Mention], text: str
) -> tuple[str | None, str | None]:
    own = (item.sweep.experiment.name, item.sweep.factor)
    places = [
        (mention.start, target[2])
        for mention in mentions
        if mention.kind == "level"
        for target in mention.targets
        if target[:2] == own
    ]
    than = _THAN_WORD.search(text, word.end)
    turn = than.start() if than else word.end
    before = [level for start, level in sorted(places) if start < word.start]
    between = [level for start, level in sorted(places) if word.start < start < turn]
    after = [level for start, level in sorted(places) if start > turn]
    one = between[-1:] or before[-1:]
    return (one[0] if one else None), (after[0] if after else None)


_THAN_WORD = re.compile(r"\bthan\b")
