"""The verdict of a paper's tables on one quantity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from writer.claims.tables.candidates import COARSER, Chunk, chunks
from writer.claims.tables.context import Asked
from writer.claims.tables.grid import Evidence
from writer.claims.tables.rounding import claimed
from writer.model.table import TableCell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LIMITS = ((1.6, 0.2), (3.0, 0.03))
"""How far below the best bound candidate a match may be, and how likely a number changed at
random would then find one bound as well: the better the binding, the more chance it may
leave. Tuned on papers outside this project."""

SPREAD = (0.6, 1.7)
"""Among numbers from this part of the claimed one to this multiple chance is measured."""


MUCH_COARSER = 8.0
"""The same as :data:`COARSER` for a value derived from two cells."""

BLUNT = 0.2
"""What each doubling of a candidate's interval over the claim's costs."""


@dataclass(frozen=True, eq=False)
class Match:
    """A candidate that agrees with the claim.

    Attributes:
        chunk, place: the candidate.
        score: how well its words bind it; :attr:`best` is the most any candidate has.
        chance: probability that a changed number would have found one bound as well.
        tried: how many candidates are bound as well.
    """

    chunk: Chunk
    place: tuple[int, ...]
    score: float
    best: float
    chance: float
    tried: int

    @property
    def interval(self) -> tuple[float, float]:
        return float(self.chunk.lo[self.place]), float(self.chunk.hi[self.place])

    def cells(self) -> list[TableCell]:
        """The cells behind the value, the new ones before the base."""
        grid, chunk = self.chunk.grid, self.chunk
        columns = chunk.groups[self.place[-1]] if chunk.groups else (self.place[-1],)
        lines = [chunk.lines[index] if chunk.lines else index for index in self.place[:-1]]
        return [
            grid.cell(line, column)
            for line in lines
            for column in columns
            if grid.cells[line, column] >= 0
        ]

    @property
    def formula(self) -> str:
        """What was computed, in words of ``new`` and ``base``."""
        kind = "cell" if self.chunk.kind in ("cell", "line") else self.chunk.kind
        return f"{self.chunk.aggregate} of {kind}" if self.chunk.aggregate else kind


@dataclass(frozen=True, eq=False)
class Search:
    """Everything that was tried for one quantity.

    Attributes:
        matches: those that agree, best bound first, at most a few.
        top: candidates bound best, whether or not they agree.
    """

    matches: tuple[Match, ...]
    top: tuple[Match, ...]


def search(asked: Asked, evidence: Evidence) -> Search:
    """Hold a quantity against every table."""
    import numpy as np

    tried = list(chunks(asked, evidence))
    if not tried:
        return Search((), ())
    scores, los, his, owners, places = [], [], [], [], []
    for number, chunk in enumerate(tried):
        shape = np.broadcast_shapes(chunk.score.shape, chunk.lo.shape)
        score = np.broadcast_to(chunk.score, shape).ravel()
        lo, hi = np.broadcast_to(chunk.lo, shape).ravel(), np.broadcast_to(chunk.hi, shape).ravel()
        valid = np.flatnonzero(np.isfinite(score) & np.isfinite(lo) & np.isfinite(hi))
        scores.append(score[valid])
        los.append(lo[valid])
        his.append(hi[valid])
        owners.append(np.full(len(valid), number))
        places.append(valid)
    score, lo, hi = np.concatenate(scores), np.concatenate(los), np.concatenate(his)
    owner, place = np.concatenate(owners), np.concatenate(places)
    coarse = (hi - lo) / max(claimed(asked.quantity).width, 1e-12)
    simple = np.array([chunk.kind in ("cell", "line") for chunk in tried])[owner]
    kept = coarse <= np.where(simple, COARSER, MUCH_COARSER)
    score = score - BLUNT * np.log2(np.maximum(coarse, 1.0))
    score, lo, hi = score[kept], lo[kept], hi[kept]
    owner, place = owner[kept], place[kept]
    if not len(score):
        return Search((), ())
    best = float(score.max())
    agreed = _agree(asked, lo, hi)

    def match(index: int) -> Match:
        chunk = tried[int(owner[index])]
        shape = np.broadcast_shapes(chunk.score.shape, chunk.lo.shape)
        at = tuple(int(i) for i in np.unravel_index(int(place[index]), shape))
        level = float(score[index])
        bound = score >= level - 1e-9
        return Match(chunk, at, level, best, _chance(asked, lo[bound], hi[bound]), int(bound.sum()))

    found = np.flatnonzero(agreed)
    found = found[np.argsort(-score[found], kind="stable")][:4]
    top = np.argsort(-score, kind="stable")[:6]
    return Search(tuple(match(int(i)) for i in found), tuple(match(int(i)) for i in top))


def _agree(asked: Asked, lo: Floats, hi: Floats) -> NDArray[np.bool_]:
    """Whether the intervals overlap by more than an edge."""
    import numpy as np

    span = claimed(asked.quantity)
    low, high = span.lo, span.hi
    overlap = np.minimum(hi, high) - np.maximum(lo, low)
    width = np.minimum(hi - lo, high - low)
    return np.asarray(np.where(width > 0, overlap > 1e-6 * width, overlap >= 0))


def _chance(asked: Asked, lo: Floats, hi: Floats) -> float:
    """Share of the numbers around the claimed one that would agree with a candidate.

    A number drawn evenly from :data:`SPREAD` times the claimed one agrees if its interval,
    as wide as the claim's, meets one of ``lo`` to ``hi``.
    """
    import numpy as np

    value = abs(asked.quantity.value)
    half = claimed(asked.quantity).width / 2
    first, last = value * SPREAD[0], value * SPREAD[1]
    if last <= first:
        return 0.1 if len(lo) < 4 else 0.5
    starts, ends = np.clip(lo - half, first, last), np.clip(hi + half, first, last)
    kept = ends > starts
    if not kept.any():
        return 0.0
    order = np.argsort(starts[kept])
    starts, ends = starts[kept][order], ends[kept][order]
    reach = np.maximum.accumulate(ends)
    fresh = np.maximum(starts, np.concatenate(([first], reach[:-1])))
    covered = np.maximum(ends - fresh, 0.0).sum()
    own = min(2 * half, last - first)
    return float(min(1.0, max(covered - own, 0.0) / (last - first)))


def supports(found: Search) -> Match | None:
    """The match that supports the claim, or None."""
    for match in found.matches:
        gap = match.best - match.score
        if any(gap <= margin and match.chance <= chance for margin, chance in LIMITS):
            return match
    return None


def described(match: Match) -> Iterator[str]:
    """The lines of the cells behind a match, for reports."""
    for cell in match.cells()[:6]:
        yield f"{' / '.join(cell.rows)} | {' / '.join(cell.columns)}: {cell.text}"


def first(items: Sequence[Match]) -> Match | None:
    """The best of several, or None."""
    return items[0] if items else None
