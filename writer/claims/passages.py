"""The checked text with the claims marked in it, for the reports."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from writer.latex.blocks import Block
from writer.latex.project import Paper
from writer.model.claim import Judgement
from writer.model.result import Passage, Span

_TOKEN = re.compile(r"\\(?:[a-zA-Z@]+|.)|.", re.DOTALL)


def passages(
    blocks: Sequence[Block], judgements: Sequence[Judgement], paper: Paper
) -> tuple[Passage, ...]:
    """The blocks as passages, each claim found again by its place and its words.

    Takes time linear in the paper, however many claims it has.
    """
    at = _offsets(judgements, paper)
    ordered = sorted(at)
    used: set[int] = set()
    return tuple(
        Passage(
            block.kind,
            block.section,
            block.heading,
            block.text,
            tuple(_spans(block, judgements, at, ordered, used, paper)),
        )
        for block in blocks
    )


def _offsets(judgements: Sequence[Judgement], paper: Paper) -> Mapping[int, list[int]]:
    """The claims that begin at each offset of the paper's text."""
    files = {name: index for index, name in enumerate(paper.files)}
    begin: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, item in enumerate(judgements):
        file = files.get(item.claim.file)
        if file is not None and 0 < item.claim.line <= len(paper.lines[file]):
            raw = paper.lines[file][item.claim.line - 1] + item.claim.column - 1
            begin[file][raw].append(index)
    ordered = {file: sorted(starts) for file, starts in begin.items()}
    found: dict[int, list[int]] = {}
    ends = [*(segment.start for segment in paper.segments[1:]), len(paper.text)]
    for segment, end in zip(paper.segments, ends, strict=False):
        starts = ordered.get(segment.file, [])
        for place in range(bisect_left(starts, segment.offset), len(starts)):
            offset = starts[place] - segment.offset + segment.start
            if offset >= end:
                break
            found[offset] = begin[segment.file][starts[place]]
    return found


def _spans(
    block: Block,
    judgements: Sequence[Judgement],
    at: Mapping[int, list[int]],
    ordered: Sequence[int],
    used: set[int],
    paper: Paper,
) -> Iterator[Span]:
    if not block.offsets:
        return
    first = bisect_left(ordered, min(block.offsets))
    last = bisect_left(ordered, max(block.offsets) + 1)
    done = 0
    for offset in ordered[first:last]:
        place = _positions(block.offsets, offset)
        for index in _longest_first(at[offset], judgements):
            words = judgements[index].claim.text
            start = block.text.find(words, max(place.start, done), place.stop - 1 + len(words))
            if start >= 0 and index not in used:
                used.add(index)
                done = start + len(words)
                yield _span(start, done, index, block.offsets[done - 1], paper)


def _positions(offsets: Sequence[int], offset: int) -> range:
    """Where in a block's text the characters of ``offset`` stand: what a macro gives has one."""
    first = bisect_left(offsets, offset)
    if first == len(offsets) or offsets[first] != offset:
        if offset not in offsets:
            return range(0)
        first = offsets.index(offset)
    last = first
    while last < len(offsets) and offsets[last] == offset:
        last += 1
    return range(first, last)


def _longest_first(indices: Sequence[int], judgements: Sequence[Judgement]) -> Sequence[int]:
    """Claims at one place in the paper's order; a claim within a longer one comes after it."""
    return sorted(
        indices,
        key=lambda each: any(
            judgements[each].claim.text != judgements[other].claim.text
            and judgements[each].claim.text in judgements[other].claim.text
            for other in indices
        ),
    )


def _span(start: int, end: int, index: int, last: int, paper: Paper) -> Span:
    token = _TOKEN.match(paper.text, last)
    place = paper.place(last)
    return Span(start, end, index, place.line, place.column + (len(token[0]) if token else 1))
