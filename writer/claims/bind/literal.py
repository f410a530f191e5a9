"""The number of a claim as it stands in a file: which characters, and why not."""

from __future__ import annotations

import re

from writer.claims.paper import Judged
from writer.dataset import Dataset, resolve
from writer.latex.project import Paper
from writer.model.binding import Literal
from writer.model.claim import Verdict
from writer.model.measurement import Measurement
from writer.model.number import digits

_LITERAL = re.compile(r"\d+(?:(?:,|\{,\}|\\,)\d{3})*(?:\.\d+)?")
_GROUP = re.compile(r",|\{,\}|\\,")
_NUMBER_BEFORE = re.compile(r"[\d.^_\\-]|\d(?:,|\{,\}|\\,)|[\u2212\u2013]")
_NUMBER_AFTER = re.compile(r"\d|[.,]\d|\{[,.]\}\d|\\,\d")
_SAFE_ID = re.compile(r"[A-Za-z0-9_./(),:+*@=-]+")


class NotBoundError(Exception):
    """The number is left as it is; the text says why."""


def measurement_of(item: Judged, dataset: Dataset) -> Measurement:
    """The one measurement that the data bind a claim to.

    Raises:
        NotBoundError: there is none, or more than one.
    """
    judgement, quantity = item.judgement, item.quantity
    if judgement.verdict is not Verdict.SUPPORTED or quantity is None:
        raise NotBoundError(judgement.reason)
    if not item.bound:
        raise NotBoundError(
            "the paper's own tables or text support it, not the data"
            if item.held is not None
            else judgement.reason
        )
    if quantity.hedge:
        raise NotBoundError(f'"{quantity.hedge}" widens it: it is not the measured value itself')
    if quantity.role in ("low", "high"):
        raise NotBoundError("it is one end of a range")
    others = [each for each in dict.fromkeys(item.bound) if each != item.bound[0]]
    if others or judgement.chance is not None:
        told = f" ({', '.join((item.bound[0], *others[:2]))})" if others else ""
        raise NotBoundError(f"the sentence leaves open which of several values is meant{told}")
    found = resolve(dataset, item.bound[0])
    if found is None or not found.known or not _SAFE_ID.fullmatch(found.id):
        raise NotBoundError(f"'{item.bound[0]}' cannot stand in a paper as an id")
    return found


def literal_of(item: Judged, measured: Measurement, paper: Paper) -> Literal:
    """Where the number of a claim is written out, digit for digit as measured.

    Raises:
        NotBoundError: it is not.
    """
    if item.quantity is None or item.quantity.spelled:
        raise NotBoundError("it is written in words")
    begin = item.sentence.start + item.quantity.start
    offsets = item.sentence.block.offsets[begin : item.sentence.start + item.quantity.number_end]
    literal = _located(offsets[0], offsets[-1] + 1, paper)
    if not _LITERAL.fullmatch(literal.text):
        raise NotBoundError("it is not written out in digits in its place")
    _stands_alone(literal, paper.texts[literal.file])
    if _GROUP.sub("", literal.text) != digits(measured):
        raise NotBoundError(
            f"{literal.text} are not the digits of {measured.id}, which prints {digits(measured)}"
        )
    return literal


def _located(start: int, end: int, paper: Paper) -> Literal:
    """The span of the flattened text in its file."""
    first, last = paper.place(start), paper.place(end - 1)
    index = paper.files.index(first.file)
    lines = paper.lines[index]
    raw = lines[first.line - 1] + first.column - 1
    after = lines[last.line - 1] + last.column
    text = paper.texts[index][raw:after]
    if last.file != first.file or after - raw != end - start or text != paper.text[start:end]:
        raise NotBoundError("it is not written out in its place")
    return Literal(start, index, raw, after, text)


def _stands_alone(literal: Literal, source: str) -> None:
    """The digits are all of the number, and nothing takes part of them."""
    before = source[max(0, literal.start - 4) : literal.start]
    if any(_NUMBER_BEFORE.fullmatch(before[-size:]) for size in (1, 2, 3, 4) if before):
        raise NotBoundError("more of a number, a sign or a script stands right before its digits")
    if _NUMBER_AFTER.match(source, literal.end):
        raise NotBoundError("more of a number stands right behind its digits")
