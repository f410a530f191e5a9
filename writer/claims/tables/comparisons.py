"""Changes of one sentence that tell of one comparison.

"Improves from 25.2% to 55.1%, with gains on GPQA (+12.0%) and MMLU-Pro (+4.5%)" sets the same
two lines of a table against each other three times, and names them once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from writer.claims.quantities import Quantity
from writer.claims.tables.decide import Match, search, supports
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.judge import Held, borne_out
from writer.claims.tables.measured import form_of
from writer.claims.tables.pool import Pool
from writer.model.claim import Verdict

Pair = tuple[int, int]
"""The numbers of two lines: the new one and the base."""

FAR = 2.0
"""By so much less than the best of all candidates one of a known comparison may be bound."""


def alike(
    quantities: Sequence[Quantity], found: Sequence[Held | None], evidence: Evidence
) -> Iterator[tuple[int, Held]]:
    """The changes that nothing supports alone, and that the two lines give which another number of
    the sentence compares: their places, with the verdicts."""
    asking = [
        place
        for place, held in enumerate(found)
        if held is not None
        and held.verdict is Verdict.UNSUPPORTED
        and (held.asked.compared or held.asked.quantity.form == "ratio")
        and held.asked.quantity.role not in ("low", "high")
    ]
    pairs = dict.fromkeys(_pairs(quantities, found, evidence)) if asking else {}
    told = [
        (held.asked.quantity.form, held.match.cells)
        for held in found
        if held is not None and held.match is not None
    ]
    for place in asking:
        held = found[place]
        for pair in pairs:
            match = None if held is None else _of(held, pair, evidence)
            if match is None or held is None or (held.asked.quantity.form, match.cells) in told:
                continue  # two numbers are not one change of the same cells
            yield place, borne_out(match, held.search, held.asked, held.search)
            break


def _of(held: Held, pair: Pair, evidence: Evidence) -> Match | None:
    """What the two lines of ``pair`` give, if that supports the number."""
    import numpy as np

    pool: Pool = evidence.pool(form_of(held.asked))
    chosen = (pool.new == pair[0]) & (pool.base == pair[1]) & pool.plain
    within = search(held.asked, evidence, pool.taken(np.flatnonzero(chosen)))
    match = supports(within)
    best = max((item.best for item in held.search.matches), default=0.0)
    return match if match is not None and match.score >= best - FAR else None


def _pairs(
    quantities: Sequence[Quantity], found: Sequence[Held | None], evidence: Evidence
) -> Iterator[Pair]:
    """The two lines that each number compares that is supported: as a change, or as the ends of
    one."""
    for held in found:
        match = held.match if held is not None else None
        if match is not None and not match.aggregate and match.pool.base[match.index] >= 0:
            pool, index = match.pool, match.index
            yield int(pool.new[index]), int(pool.base[index])
    for (start, one), (end, other) in pairwise(zip(quantities, found, strict=True)):
        if (start.role, end.role) != ("from", "to") or one is None or other is None:
            continue
        ends = one.match, other.match
        if ends[0] is None or ends[1] is None or min(ends[0].cell, ends[1].cell) < 0:
            continue
        base, new = (evidence.places[:, match.cell] for match in ends if match is not None)
        for line, crossing in ((0, 1), (1, 0)):
            if new[crossing] == base[crossing]:
                yield int(new[line]), int(base[line])
