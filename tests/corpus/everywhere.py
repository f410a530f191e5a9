"""A false claim that the whole text of a paper repeats, while the cells of its tables are true.

One number of a true claim is changed in every sentence that says it, also where one says it with
more digits. This is what a paper is like whose tables were measured anew: no sentence is left
that bears the old number out or denies it, only cells do.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.labels import LabelledPaper
from tests.corpus.mutants import (
    CHANGED,
    EVERYWHERE,
    Mutant,
    Place,
    digits_at,
    may_change,
    printed,
)
from tests.corpus.scoring import Outcome
from writer.claims.quantities import Quantity, quantities
from writer.claims.sentences import sentences
from writer.latex.blocks import read_blocks
from writer.latex.project import Location, load_paper
from writer.model.claim import Claim
from writer.model.printed import prints_decimal_commas


def everywhere(paper: LabelledPaper, found: tuple[Outcome, ...], seed: int = 0) -> Iterator[Mutant]:
    """A mutant per true claim of labelled cells whose number can be changed wherever the text says
    it; the same for the same ``seed``."""
    rng = random.Random(f"{seed}/{EVERYWHERE}/{paper.name}")  # noqa: S311  # reproducible
    said = _said(paper)
    root = paper.main.resolve().parent
    for outcome in found:
        new = rng.choice((-1, 1)) * rng.uniform(0.04, 0.4)
        if not outcome.label.cells or not may_change(outcome):
            continue
        claim = outcome.found[0].claim
        place = digits_at(root, Location(claim.file, claim.line, claim.column), claim.value or 0.0)
        if place is None:
            continue
        old = float(place.digits)
        after = printed(old * (1 + new), place.size)
        if abs(float(after) - old) < CHANGED * old:
            continue
        shift = (float(after) - old) * place.scale
        changes = _changes(root, said, claim, place, shift)
        if changes is None:
            continue
        texts = _texts(changes)
        yield Mutant(
            EVERYWHERE,
            outcome,
            place.file,
            texts.pop(place.file),
            place.text[place.start : place.end],
            after,
            float(after) * place.scale,
            tuple(texts.items()),
        )


@dataclass(frozen=True, slots=True)
class _Said:
    """A number of the text and where it stands."""

    quantity: Quantity
    at: Location


def _said(paper: LabelledPaper) -> Sequence[_Said]:
    """Every number that the program reads in a sentence, captions included."""
    main = paper.main.resolve()
    flat = load_paper(main, main.parent)
    comma = prints_decimal_commas(flat.text)
    return [
        _Said(item, flat.place(block.offsets[sentence.start + item.start]))
        for block in read_blocks(flat)[0]
        for sentence in sentences(block)
        for item in quantities(sentence.text, comma=comma)
    ]


def _changes(
    root: Path, said: Sequence[_Said], claim: Claim, place: Place, shift: float
) -> dict[tuple[Path, int], tuple[Place, str]] | None:
    """The new digits of every place that says the number; None where one cannot be changed, as
    where a macro or a word says it."""
    own = printed(_plain(place) + shift / place.scale, place.size)
    found = {(place.file, place.start): (place, own)}
    value = claim.value or 0.0
    room = 0.5 * 10.0**-place.size * abs(place.scale)
    for item in said:
        quantity = item.quantity
        if abs(abs(quantity.value) - abs(value)) > room + 1e-9 * abs(value):
            continue
        if quantity.unit and claim.unit and quantity.unit != claim.unit:
            continue
        there = digits_at(root, item.at, quantity.value)
        if there is None:
            return None
        if 10.0**-there.size * abs(there.scale) > 2.0 * room * (1 + 1e-9):
            continue  # "5" says less than "5.0" does
        if not math.isclose(abs(there.scale), abs(place.scale)):
            return None
        sign = math.copysign(1.0, place.scale)
        new = printed(_plain(there) + sign * shift / abs(there.scale), there.size)
        found[there.file, there.start] = (there, new)
    return found


def _plain(place: Place) -> float:
    return float(place.digits)


def _texts(changes: dict[tuple[Path, int], tuple[Place, str]]) -> dict[Path, str]:
    """The new text of each file."""
    texts: dict[Path, str] = {}
    for (file, start), (place, new) in sorted(changes.items(), reverse=True):
        text = texts.get(file, place.text)
        texts[file] = text[:start] + new + text[place.end :]
    return texts
