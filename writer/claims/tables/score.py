"""How well the words around a claim bind each candidate of a pool."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from writer.claims.quantities import Quantity
from writer.claims.tables.asked import Asked
from writer.claims.tables.combining import combining_cost
from writer.claims.tables.costs import NEVER, kind_costs
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.lines import OURS, Names
from writer.claims.tables.measured import foreign, form_of, is_measured, of_its_kind, units
from writer.claims.tables.pool import AGGREGATES, Pool
from writer.claims.tables.rounding import claimed
from writer.claims.tables.segments import ranges

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RESULT = 0.6
"""What a pair gains whose new value stands right before the claim: "in 204 ns, 23% faster"."""

APART = 0.8
"""What a pair of rows loses that differ in more headers than they have to."""

UNPAIRED = 1.0
"""What a cell loses that has no other in its row or column with the number that the claim
is set against: "from 77 s to 33 s" tells of two cells of one line."""

PARTIAL = 1.0
"""What a cell loses that does not print what a count is out of, where another does: "12/50"."""

BESIDE = 2.5
"""What a pair of cells gains that both stand in the same sentence as numbers."""

COUNT_COLUMN = 0.8
"""What a line of bare whole numbers loses for a claim in per cent."""

AVERAGED = 0.3
"""What a cell gains that a header calls an average or a total: papers tell these first."""

SINGLE = 0.9
"""What a cell loses that is no mean, or no extreme, for a claim that speaks of one."""

BROKEN_COUNT = 1.2
"""What a cell with a fraction loses for a count of things."""

COARSER = 2.1
"""A cell whose digits leave more than so many times the claim's interval open does not
give the claim: a text may round its table, and not the reverse."""

MUCH_COARSER = 8.0
"""The same for a value derived from two cells."""

_MEAN = AGGREGATES.index("mean")

COARSEST = 40.0
"""Up to here such a value, or a mean, is taken as computed from the digits that the table prints,
and has the claim's own precision: 24.6% is from 14.2 to 10.7."""

BLUNT = 0.2
"""What each doubling of a candidate's interval over the claim's costs."""

READING = {
    ("ratio", True): 1.0,
    ("ratio", False): 1.0,
    ("percent", True): 1.0,
    ("percent", False): 0.0,
    ("points", True): 1.0,
    ("points", False): 0.8,
    ("plain", True): 0.8,
    ("plain", False): 0.0,
}
"""What a cell itself costs, by the claim's form and whether it is a change."""

DERIVED = {("percent", False): 1.3, ("plain", False): 5.0}
"""The same for a value derived from two cells, where it costs anything."""

END = 2.0
"""What it costs more for an end of a change: that is a level, as a rule one that is printed."""

FOREIGN = 3.0
"""What a bare cell loses whose header speaks of another kind of quantity than the claim."""


@dataclass(frozen=True, eq=False)
class Scored:
    """Every candidate of a pool, held against one claim.

    Attributes:
        score: how well its words bind it; NaN for none.
        lo, hi: bounds in the claim's unit.
        bonus: what of the score it has because its cells stand beside the claim as numbers:
            that speaks for a candidate that agrees, and sets no bar for the others.
        fine: whether its digits suffice to give the claim. One that does not can still be
            what the sentence speaks of.
    """

    score: Floats
    lo: Floats
    hi: Floats
    bonus: Floats
    fine: NDArray[np.bool_]


def scored(asked: Asked, evidence: Evidence, pool: Pool, names: Names) -> Scored:
    """Score and bounds of each candidate; what adds to a score is in ``ceilings`` as well."""
    import numpy as np

    scale, price = units(asked, pool)
    lo, hi = pool.lo * scale, pool.hi * scale
    alone = pool.alone
    if asked.flipped:
        lo, hi = np.where(alone, -hi, lo), np.where(alone, -lo, hi)
    elif asked.compared and asked.direction in ("down", "worse"):  # "a loss of 4.8 kg"
        fell = alone & pool.stated & (hi < 0)
        lo, hi = np.where(fell, -hi, lo), np.where(fell, -lo, hi)
    derived = ~alone
    form = form_of(asked)
    score = names.tables[pool.view] + names.across[pool.across]
    cells = names.subject[pool.new] + 0.5 * OURS * asked.ours * pool.ours
    pairs = names.new[pool.new] + names.base[pool.based]
    pairs = pairs + names.best_bonus[pool.view] * pool.best
    score = score + np.where(alone, cells, pairs)
    reading = READING[form, asked.compared]
    score = score - np.where(alone, np.where(pool.stated, 0.0, reading), derived_cost(asked))
    if asked.base is not None:
        score = score - names.compared[pool.new] * (pool.single & pool.stated)
    score = score - np.where(pool.single, price, 0.0)
    other = foreign(asked, evidence, pool)
    if other is not None:
        score = score - FOREIGN * other
    score = score + AVERAGED * (alone & pool.averaged)
    score = score - APART * pool.apart
    score = score - kind_costs(asked)[pool.kind, pool.sign] - _aggregate_costs(asked, pool)
    if form == "percent":
        score = score - COUNT_COLUMN * pool.counts
    if form == "plain" and not is_measured(asked.quantity):
        score = score - BROKEN_COUNT * (alone & pool.broken)
    score = score - _apart(asked, evidence, pool)
    if asked.result is not None:
        score = score + RESULT * (stating(asked.result, evidence)[pool.new_cell] & derived)
    bonus = np.zeros(len(score))
    if asked.beside and derived.any():
        told = stated_beside(asked, evidence)
        bonus = BESIDE * told[pool.new_cell] * told[pool.base_cell] * derived
        score = score - NEVER * (_backwards(asked, evidence, pool) & derived)
    width = max(claimed(asked.quantity).width, 1e-12)
    coarse = (hi - lo) / width
    rounded = np.where(scale == 1.0, 1.0, 10.0 ** zeros(asked.quantity))
    fine = coarse <= np.where(alone, COARSER * rounded, MUCH_COARSER)
    computed = derived | (alone & (pool.aggregate == _MEAN))
    printed = computed & ~fine & (coarse <= COARSEST)
    middle = (lo + hi) / 2
    lo = np.where(printed, middle - width / 2, lo)
    hi = np.where(printed, middle + width / 2, hi)
    fine |= printed
    blunt = BLUNT * np.log2(np.clip(coarse, 1.0, np.where(alone, COARSER * rounded, np.inf)))
    kept = np.isfinite(lo) & (fine | pool.single) & of_its_kind(asked, evidence, pool)
    score = np.where(kept, score - blunt + bonus, np.nan)
    return Scored(np.asarray(score), lo, hi, bonus, np.asarray(fine))


def derived_cost(asked: Asked) -> float:
    """What a value derived from two cells costs: more for an end of a change, which is a level."""
    ends = asked.quantity.role in ("from", "to") and not asked.compared
    return DERIVED.get((form_of(asked), asked.compared), 0.0) + END * ends


def zeros(quantity: Quantity) -> int:
    """Zeros at the end of a whole number: 640 MB may be what a table has as 0.64 GB."""
    digits = quantity.text[: quantity.number_end - quantity.start].rstrip()
    return min(len(digits) - len(digits.rstrip("0")), 2) if digits.isdecimal() else 0


def _aggregate_costs(asked: Asked, pool: Pool) -> Floats:
    """What combining a line costs: little where the sentence says so."""
    import numpy as np

    found = combining_cost(asked, pool)
    if asked.aggregate == "mean":
        found = found + SINGLE * (pool.single & ~pool.averaged)
    elif asked.aggregate in ("max", "min"):
        found = found + SINGLE * (pool.single & ~pool.edge)
    return np.asarray(found)


def _apart(asked: Asked, evidence: Evidence, pool: Pool) -> Floats:
    """What candidates lose that stand apart from the numbers which the claim's own goes with."""
    import numpy as np

    found = np.zeros(len(pool.lo))
    if asked.partner is not None:
        found += UNPAIRED * _unpaired(asked.partner, evidence, pool)
    if asked.whole is not None:
        found += PARTIAL * _partial(asked.quantity, asked.whole, evidence, pool)
    return found


def _unpaired(partner: Quantity, evidence: Evidence, pool: Pool) -> NDArray[np.bool_]:
    """Which cells share no line with another cell that states ``partner``; none if no cell
    states it. Two quantities of one thing are not set against each other."""
    import numpy as np

    root, states = pool.root, stating(partner, evidence)
    known, of = root.by_cell
    numbers = np.flatnonzero(states)
    first = np.searchsorted(known, numbers)
    cells = of[ranges(first, np.searchsorted(known, numbers, side="right") - first)]
    if not len(cells):
        return np.zeros(len(pool.lo), dtype=bool)
    stated = states[pool.new_cell] & pool.single
    size = len(pool.owned) + len(pool.groups)
    things = np.append(evidence.entities, np.zeros(size, dtype=bool))
    row, column = pool.new, pool.across
    mates = np.zeros(len(stated), dtype=np.int64)
    for line, other, told in (
        (row, column, root.new[cells]),
        (column, row, root.across[cells]),
    ):
        count = np.bincount(told, minlength=size)
        mates += (count[line] - stated) * (~things[line] | things[other])
    return np.asarray(pool.single & (mates <= 0))


def _partial(part: Quantity, whole: Quantity, evidence: Evidence, pool: Pool) -> NDArray[np.bool_]:
    """Which cells do not print ``whole`` beside their number; none where no cell states both."""
    import numpy as np

    boxes = evidence.boxes
    full = boxes[stating(whole, evidence)]
    out_of = np.isin(boxes, full)
    if not (out_of & stating(part, evidence)).any():
        return np.zeros(len(pool.lo), dtype=bool)
    return np.asarray(pool.single & ~out_of[pool.new_cell])


def _backwards(asked: Asked, evidence: Evidence, pool: Pool) -> NDArray[np.bool_]:
    """Which pairs go from the end of a change to its start: "from 77 s to 2.3 s"."""
    import numpy as np

    starts, ends = np.zeros((2, len(evidence.bounds[0]) + 1), dtype=bool)
    for item in asked.beside:
        if item.role == "from":
            starts |= stating(item, evidence)
        elif item.role == "to":
            ends |= stating(item, evidence)
    new, base = pool.new_cell, pool.base_cell
    return np.asarray(starts[new] & ends[base] & ~(ends[new] & starts[base]))


def stated_beside(asked: Asked, evidence: Evidence) -> Floats:
    """1 for each cell that another number of the sentence states; a zero at the end."""
    import numpy as np

    found = np.zeros(len(evidence.bounds[0]) + 1, dtype=bool)
    for item in asked.beside:
        found |= stating(item, evidence)
    return found.astype(float)


def stating(item: Quantity, evidence: Evidence) -> NDArray[np.bool_]:
    """Which cells state a number; False at the end, for candidates that are no cell."""
    import numpy as np

    found = np.zeros(len(evidence.bounds[0]) + 1, dtype=bool)
    width = item.interval.width or 1.0  # "nine" is exact, and what a table prints as 9
    found[evidence.stating(item.interval, COARSER * width)] = True
    return found
