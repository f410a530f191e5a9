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
    return tuple(
        Passage(
            block.kind,
            block.section,
            block.heading,
            block.text,
            tuple(_spans(block, judgements, at, ordered, paper)),
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
    paper: Paper,
) -> Iterator[Span]:
    if not block.offsets:
        return
    first = bisect_left(ordered, min(block.offsets))
    last = bisect_left(ordered, max(block.offsets) + 1)
    done = 0
    for offset in ordered[first:last]:
        start = _position(block.offsets, offset)
        fits = [
            index
            for index in at[offset]
            if start is not None and block.text.startswith(judgements[index].claim.text, start)
        ]
        if start is None or start < done or not fits:
            continue
        index = max(fits, key=lambda each: len(judgements[each].claim.text))
        done = start + len(judgements[index].claim.text)
        yield _span(start, done, index, block.offsets[done - 1], paper)


def _position(offsets: Sequence[int], offset: int) -> int | None:
    """Where in a block's text the character of ``offset`` stands."""
    place = bisect_left(offsets, offset)
    if place < len(offsets) and offsets[place] == offset:
        return place
    return offsets.index(offset) if offset in offsets else None


def _span(start: int, end: int, index: int, last: int, paper: Paper) -> Span:
    token = _TOKEN.match(paper.text, last)
    place = paper.place(last)
    return Span(start, end, index, place.line, place.column + (len(token[0]) if token else 1))
