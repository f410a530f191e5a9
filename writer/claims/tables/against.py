"""The cell, or the pair of cells, that a claim speaks of and states otherwise.

A true claim tells what its words bind best. Where one candidate of the form that is said stands
alone before all others, and whatever would give the number is bound clearly worse, the words
would have been taken for it had the number agreed: so it is what the number is held against.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from writer.claims.quantities import Quantity
from writer.claims.tables.asked import Asked
from writer.claims.tables.doubts import is_doubtful
from writer.claims.tables.evidence import NAMED, SURELY_OURS, Evidence
from writer.claims.tables.measured import form_of, is_measured, scale_of
from writer.claims.tables.pool import AGGREGATES, KINDS, LEVELS, Pool
from writer.claims.tables.recomputed import recomputed
from writer.claims.tables.rounding import claimed
from writer.claims.tables.score import stating
from writer.claims.tables.terms import with_parts
from writer.model.interval import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from writer.claims.tables.decide import Match

    Ints = NDArray[np.int64]

HEDGES = ("", "about", "almost", "over", "under")
"""Of what is told as the best case the largest cell is asked, not the one that is named."""

BELOW = 1.0
"""How much better a candidate of another form may be bound: a level is no change."""

LEAD, LEAD_UNSAID = 0.1, 0.3
"""By how much the candidate must be bound better than any with another value; and where nothing
in the sentence says that it speaks of the proposal, whose line it is."""

GAP, GAP_PAIRED = 0.4, 1.5
"""How much worse all that would give the number must be bound; and where the number has a
partner, "from 79 to 83", whose place says more than the words do."""

GAP_OF_DOUBT = 1.0
"""The same where the candidate only takes from a number the support of a sentence."""

LEAST = 0.5
"""Least score of a candidate that contradicts: the claim says more of its headers than not."""

NEAR, NEAR_OF_LEVEL = 2.0, 4.0
"""Beyond this multiple of what the words name, or below that part of it, a claim means something
else; and where it tells a level, and so a cell alone."""

SCALES = ("k", "K", "M", "B")
"""Letters behind a size, by which models and data sets are named."""

SLIP, FIGURES = 10.0, 2
"""Unless it has the very digits of a cell, so many at least, and its point stands elsewhere."""

OURS, OWN = 1.0, 0.6
"""How surely a sentence speaks of the proposal that says so; and one that names nothing else."""

HEDGED = 0.05
"""By how much more, relative to the number, a hedged one must miss the cell."""

LEAD_OF_COUNT = MOST_LEAD = 0.7
"""A whole number without a unit of measure may count anything: so clear its cell must be,"""

NEAR_OF_COUNT = ((1.5, 1.6), (1.0, 1.1))
"""with every word of its lines said, and so near the number, as a multiple, by how much worse
all that would give it are bound."""

GAP_OF_NOUN, LEAD_OF_NOUN, NEAR_OF_NOUN = 1.0, 0.2, 3.0
"""Or so clear, and so near, where the cell stands under the noun that is counted."""

SAID = 0.2
"""Which share of a line's words must be said;"""

SAID_OF_BASE = 0.85
"""and of those of what stands behind "than"."""


def is_open(asked: Asked) -> bool:
    """Whether a single cell or pair may contradict a number of this kind."""
    quantity = asked.quantity
    if (
        asked.setting
        or quantity.hedge not in HEDGES
        or quantity.role in ("low", "high")
        or not quantity.value
    ):
        return False
    if quantity.spelled and asked.share:  # "over half of the problems" compares nothing
        return False
    return not quantity.spelled or quantity.form != "plain"


def readings(asked: Asked, pool: Pool, index: Ints, *, largest: bool = False) -> NDArray[np.bool_]:
    """Which of the candidates at ``index`` are of the form that the words say: a level is a
    cell, a change a pair or a cell whose header says that it is one, a ratio either.

    Args:
        largest: take the largest of each line as well.
    """
    import numpy as np

    plain, alone = pool.aggregate[index] == 0, pool.base[index] < 0
    if largest:
        most = pool.aggregate[index] == AGGREGATES.index("max")
        line = most & alone & (form_of(asked) != "ratio") & (not asked.compared)
        return np.asarray(readings(asked, pool, index) | (most & ~alone) | line)
    level = np.zeros(len(index), dtype=bool)
    for name in LEVELS:
        level |= pool.kind[index] == KINDS.index(name)
    single = plain & alone & level
    pairs = ~alone & plain
    if asked.compared:
        return np.asarray(pairs | (single & pool.stated[index]))
    return np.asarray(single | pairs if form_of(asked) == "ratio" else single)


@dataclass(frozen=True, eq=False)
class Foremost:
    """The candidate that the words bind best, of the form that they say.

    Attributes:
        match: the candidate.
        lead: by how much it is bound better than any with another value, as far as looked at.
        gap: by how much better than all that agree.
    """

    match: Match
    lead: float
    gap: float


def contradicts(
    asked: Asked,
    others: Sequence[Quantity],
    first: Foremost | None,
    agreeing: Sequence[Match],
    evidence: Evidence,
    noun: str = "",
) -> Match | None:
    """The cell, or the pair of cells, that the sentence names and states otherwise, or None.

    Args:
        others: the other numbers of the sentence.
        agreeing: what gives the number, though bound worse.
        noun: what the number counts, in normal form.
    """
    if first is None or first.match.score < LEAST:
        return None
    match = first.match
    if not _is_alone(asked, first, evidence, noun) or not _is_apart(asked, match):
        return None
    if is_doubtful(asked, match, agreeing, evidence):
        return None
    if any(_is_own_too(asked, match, other, evidence) for other in agreeing):
        return None
    if _is_told_beside(asked, others, match, evidence) or not _has_base(asked, match, evidence):
        return None
    return match if _combines(asked, match) else recomputed(asked, match, evidence)


def is_said_otherwise(asked: Asked, first: Foremost, evidence: Evidence) -> bool:
    """Whether the candidate that the words bind best states the number otherwise, and nothing that
    gives it comes near: enough to doubt what a sentence of the body bears out."""
    match = first.match
    if match.score < LEAST or first.gap < GAP_OF_DOUBT or not is_measured(asked.quantity):
        return False
    if asked.quantity.hedge in ("over", "under") or not _is_apart(asked, match):
        return False
    near = _is_near(asked, match, _times(asked, match))
    return near and _combines(asked, match) and _has_base(asked, match, evidence)


def _is_own_too(asked: Asked, match: Match, other: Match, evidence: Evidence) -> bool:
    """Whether another row of the proposal gives the number: "ours (large)" beside "ours"."""
    if match.kind not in LEVELS or other.kind not in LEVELS or asked.ours < OWN:
        return False
    one, two = (int(item.pool.new[item.index]) for item in (match, other))
    across = [int(item.pool.across[item.index]) for item in (match, other)]
    own = evidence.ours[[one, two]] >= OWN
    return one != two and across[0] == across[1] and bool(own.all())


def _combines(asked: Asked, match: Match) -> bool:
    """Whether a cell is the mean or the extreme that the words ask for, if they do."""
    pool, index = match.pool, match.index
    if asked.averages or asked.aggregate == "mean":
        return bool(pool.averaged[index])
    return not asked.aggregate or (bool(pool.edge[index]) and not _is_other_end(asked, match))


def _is_other_end(asked: Asked, match: Match) -> bool:
    """Whether a cell where more is better, and of which the most is told, is the least of its
    column: the worst of all is not "our best"."""
    if asked.aggregate != "max" or match.sign != 1 or match.kind not in LEVELS:
        return False
    own = match.cells[0]
    column = [
        cell.value
        for cell in match.paper_table.cells
        if (cell.column, cell.part) == (own.column, own.part)
    ]
    return len(set(column)) > 1 and own.value == min(column)


def _is_alone(asked: Asked, first: Foremost, evidence: Evidence, noun: str) -> bool:
    """Whether nothing else comes near, neither in words nor by giving the number."""
    far = _times(asked, first.match)
    if not is_measured(asked.quantity):
        most = next((limit for gap, limit in NEAR_OF_COUNT if first.gap >= gap), 0.0)
        named = _is_named(asked, first.match, evidence, NAMED, OWN)
        if noun and noun in with_parts(first.match.cells[0].columns + first.match.cells[0].rows):
            clear = first.gap >= GAP_OF_NOUN and first.lead >= LEAD_OF_NOUN
            return clear and far <= NEAR_OF_NOUN and named
        return first.lead >= LEAD_OF_COUNT and far < most and named
    least = GAP if asked.partner is None else GAP_PAIRED
    said = NAMED if asked.quantity.symbol else SAID
    lead = LEAD
    if not _is_named(asked, first.match, evidence, said, OURS):
        lead = LEAD_UNSAID
        if not _is_named(asked, first.match, evidence, said, OWN):
            return False
    return first.lead >= lead and first.gap >= least and _is_near(asked, first.match, far)


def _is_near(asked: Asked, match: Match, far: float) -> bool:
    """Whether a number may be what was meant for a cell."""
    if match.kind not in LEVELS or asked.compared or form_of(asked) == "ratio":
        return far <= NEAR
    if asked.quantity.text[-1:] in SCALES:  # "the 0.5B model" is a name
        return far <= NEAR
    if far <= NEAR_OF_LEVEL:
        return True
    digits = [item.strip("0") for item in map(_figures, (asked.quantity.text, match.formula))]
    same = digits[0] == digits[1] and len(digits[0]) >= FIGURES
    return same and abs(far / SLIP - 1.0) < 1.0 / SLIP**FIGURES


def _figures(text: str) -> str:
    """The digits of the first number of a text."""
    found = re.search(r"\d[\d.,]*", text)
    return re.sub(r"\D", "", found[0]) if found else ""


def _times(asked: Asked, match: Match) -> float:
    """Which multiple of the smaller the larger is, of number and candidate."""
    middle, value = abs(match.lo + match.hi) / 2, abs(asked.quantity.value)
    return max(middle, value) / max(min(middle, value), 1e-300)


def _is_named(asked: Asked, match: Match, evidence: Evidence, least: float, own: float) -> bool:
    """Whether the words name all lines of a match; "we" names the paper's own."""
    pool, index = match.pool, match.index
    said = evidence.coverage(evidence.met(asked.subject))
    return all(
        bool(said[line] >= least) or _is_own(asked, evidence, line, own) or _is_only(evidence, line)
        for line in (int(pool.new[index]), int(pool.across[index]))
    )


def names_all(asked: Asked, match: Match, evidence: Evidence) -> bool:
    """Whether the words name all lines of a match beyond doubt."""
    return _is_named(asked, match, evidence, NAMED, OURS)


def is_named_pair(asked: Asked, match: Match, evidence: Evidence) -> bool:
    """Whether the words name the line of a pair's new cell and what it is compared with."""
    return names_all(asked, match, evidence) and _has_base(asked, match, evidence)


def is_spoken_of(asked: Asked, match: Match, evidence: Evidence) -> bool:
    """Whether the words name what a best case may be of, if only in part: its line, and the
    quantity that crosses it; of things that cross it any may be the best."""
    said = evidence.coverage(evidence.met(asked.subject))
    own = OWN if asked.compared or asked.quantity.form == "ratio" else OURS
    lines = [match.new]
    across = int(match.pool.across[match.index])
    if across < len(said) and not evidence.entities[across]:
        lines.append(across)
    return all(
        bool(said[line] >= SAID) or _is_own(asked, evidence, line, own) or _is_only(evidence, line)
        for line in lines
    )


def _is_own(asked: Asked, evidence: Evidence, line: int, least: float) -> bool:
    return bool(asked.ours >= least and evidence.ours[line] >= SURELY_OURS)


def _is_only(evidence: Evidence, line: int) -> bool:
    """Whether a line is the only one of its axis."""
    return bool((evidence.axis == evidence.axis[line]).sum() == 1)


def _is_apart(asked: Asked, match: Match) -> bool:
    """Whether number and candidate differ whatever their signs and roundings may be."""
    pool, index = match.pool, match.index
    scale = 1.0
    if pool.alone[index] or form_of(asked) == "plain":
        scale = scale_of(pool.symbols[int(pool.symbol[index])], asked)[0]
    printed = _size(Interval(float(pool.lo[index]), float(pool.hi[index])).scaled(scale))
    own = _size(claimed(asked.quantity))
    room = HEDGED * abs(asked.quantity.value) if asked.quantity.hedge else 0.0
    said = Interval(own.lo - room, own.hi + room)
    return not said.meets(printed) and not said.meets(_size(Interval(match.lo, match.hi)))


def _size(span: Interval) -> Interval:
    """Without its sign."""
    ends = sorted((abs(span.lo), abs(span.hi)))
    return Interval(0.0 if span.lo < 0 < span.hi else ends[0], ends[1])


def _is_told_beside(
    asked: Asked, others: Sequence[Quantity], match: Match, evidence: Evidence
) -> bool:
    """Whether another number of the sentence states it: then this one tells something else."""
    one, cell = match.kind in LEVELS, int(match.pool.new_cell[match.index])
    for item in others:
        if item.start == asked.quantity.start or item.spelled:
            continue
        alike = item.form == asked.quantity.form
        if alike and claimed(item).meets(Interval(match.lo, match.hi)):
            return True
        if one and is_measured(item) and bool(stating(item, evidence)[cell]):
            return True
    return False


def _has_base(asked: Asked, match: Match, evidence: Evidence) -> bool:
    """Whether the words name the base of a pair, or both its cells stand beside the number."""
    base = int(match.pool.base[match.index])
    if base < 0 or match.bonus > 0:
        return True
    open_way = asked.direction in ("better", "worse") and not match.pool.sign[match.index]
    if asked.base is None or open_way:  # nothing says whether better is more or less there
        return False
    return bool(evidence.coverage(evidence.met(asked.base))[base] >= SAID_OF_BASE)
