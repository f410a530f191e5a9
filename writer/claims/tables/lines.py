"""How well the words around a claim name each row and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writer.claims.tables.asked import Asked
from writer.claims.tables.evidence import NAMED, SOUNDED, SURELY_OURS, Evidence
from writer.claims.tables.pool import Pool
from writer.claims.tables.terms import Context

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

REFERRED = 2.5
"""What a table gains that the sentence refers to."""

OURS = 0.9
"""What a line gains that is the paper's own, where the sentence speaks of that."""

NAMED_BASE = 0.35
"""Least score at which a phrase behind "than" names a line."""

AUDIBLE = 0.4
"""Least weight of the words by which a line is named beyond doubt."""

TURNED = 1.0
"""What a line named behind "than" loses as what the number is said of."""

ASIDE = 1.0
"""What a line loses as a base where what stands behind "than" names one that crosses it: two
data sets are not compared where two systems are."""

ORIGIN = 0.3
"""What part of its name's weight a row loses as the start of a change."""

RAISED = 0.3
"""What every line gains there: that it is named by no word is no sign against it."""

NEARLY = 0.35
"""A line named by so much less than another of its axis is named as well."""

ECLIPSED = 0.8
"""What a line loses to another that is named beyond doubt."""

ABLATED = 1.2
"""What a row without a part gains, where the sentence says that this part is left out."""

CUT, CUT_SHARE = 0.3, 0.3
"""What a row without a part loses as the new value of a comparison else, and what of its name
counts: it is the same method, and its name stands in every sentence about it."""

OURS_AS_BASE = 0.8
"""What the proposal's line loses as a base: it is compared with others."""

PLAIN_AS_BASE = 0.3
"""What a line gains as a base whose header says "baseline", "vanilla", "w/o"."""

OPEN_SHARE, OPEN_SHARE_ABLATED = 0.4, 1.1
"""What of a name counts for a base that the sentence does not name: without a part, the
proposal's own name speaks for it."""

NAMED_SHARE, PRIOR_SHARE = 1.2, 0.3
"""What the name behind "than" counts, and what is left of all else for a base."""

BEST_SAID, BEST_UNSAID = 0.4, 0.15
"""What the best of the others gains as a base, where the sentence speaks of the best, the state
of the art, and where it says only that something is better."""


class Names:
    """Scores per line and per view from the words of a claim.

    Attributes:
        subject: of each line as what is spoken of; ``across`` with the groups of lines behind.
        new, base: of each line as one side of a pair.
        tables, best_bonus: of each view.
        aside: which lines are no base, because another is named as that.
        compared: what each line loses as what a printed change or ratio is said of.
    """

    def __init__(self, asked: Asked, evidence: Evidence, pool: Pool) -> None:
        import numpy as np

        met = evidence.met(asked.subject)
        if asked.quantity.role == "from" and not asked.compared and not asked.placed:
            self.subject = _origin(evidence, met)
        else:
            self.subject = evidence.named(met) - eclipsed(asked, evidence, met)
        left_out = evidence.ablated & (evidence.gained(met) >= AUDIBLE) & asked.without
        self.subject = self.subject + ABLATED * left_out
        ours = evidence.ours
        new = self.subject + OURS * asked.ours * ours
        self.new = np.where(evidence.ablated & ~left_out, CUT_SHARE * new - CUT, new)
        prior = -OURS_AS_BASE * ours * asked.ours + PLAIN_AS_BASE * evidence.plain
        share = np.where(evidence.ablated, OPEN_SHARE_ABLATED, OPEN_SHARE)
        open_base = prior + share * np.maximum(self.subject, 0.0)
        self.aside, self.compared = np.zeros(len(ours), dtype=bool), np.zeros(len(ours))
        if asked.base is None:
            self.base = open_base
        else:
            named = evidence.named(evidence.met(asked.base))
            most = np.maximum.reduceat(named, evidence.starts) if len(named) else named
            is_named = (most > NAMED_BASE)[evidence.axis]
            self.base = np.where(is_named, NAMED_SHARE * named + PRIOR_SHARE * prior, open_base)
            across = (most > NAMED_BASE)[evidence.axis ^ 1] & ~is_named
            self.base = self.base - ASIDE * across
            self.aside = _aside(evidence, asked.base)
            turned = np.where(is_named, TURNED * np.maximum(named, 0.0), 0.0)
            self.new, self.compared = self.new - turned, turned * evidence.entities
        told = asked.base is None and asked.direction in ("better", "up", "down")
        bonus = BEST_SAID if asked.best_base else BEST_UNSAID if told else 0.0
        self.best_bonus = np.full(2 * len(evidence.grids), bonus)
        tables = evidence.captions(met) + REFERRED * evidence.referred(asked.labels)
        self.tables = np.repeat(tables, 2)
        self.across = pool.spread(self.subject)


def _aside(evidence: Evidence, base: Context) -> NDArray[np.bool_]:
    """Lines of which nothing is said behind "than" where a thing of their table is named there
    beyond doubt."""
    import numpy as np

    met = evidence.met(base)
    said, gained = evidence.coverage(met), evidence.gained(met)
    sure = (said >= NAMED) & (gained >= AUDIBLE) & evidence.entities
    count = np.bincount(evidence.axis[sure], minlength=len(evidence.starts))
    whole = count + count[np.arange(len(count)) ^ 1]
    return np.asarray((whole > 0)[evidence.axis] & (gained <= 0))


def _origin(evidence: Evidence, met: Floats) -> Floats:
    """Scores for where a change starts, "from 212 to 19": not the row that is spoken of."""
    import numpy as np

    named = evidence.named(met)
    away = -ORIGIN * np.maximum(named, 0.0) - OURS * evidence.ours
    return np.asarray(np.where(evidence.entities, away, named) + RAISED)


def eclipsed(asked: Asked, evidence: Evidence, met: Floats) -> Floats:
    """What a line loses because the sentence names another of its axis beyond doubt."""
    import numpy as np

    if not len(evidence.ours):
        return np.zeros(0)
    met = np.where(evidence.numerals & (met < SOUNDED), 0.0, met)  # "from 100 to 10,000 rows"
    said = np.where(evidence.coverage(met) >= NAMED, evidence.gained(met), 0.0)
    said = np.where(said >= AUDIBLE, said, 0.0)
    owned = (evidence.ours >= SURELY_OURS) & (asked.ours >= 1.0)
    said = np.maximum(said, np.where(owned, AUDIBLE, 0.0))
    most = np.maximum.reduceat(said, evidence.starts)[evidence.axis]
    return np.asarray(np.where((most > 0) & (said < most - NEARLY), ECLIPSED, 0.0))
