"""Percentiles of groups too large for memory, in a few scans whatever their number.

A random sample of each group brackets each percentile; one scan then counts what lies
outside the brackets and collects what lies within. A percentile whose bracket missed it
gets a wider one and another scan.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from writer.errors import DataError
from writer.samples._summary import PERCENTILES, interpolated

if TYPE_CHECKING:
    pass

RESERVOIR = 200_000
"""Samples that bracket a percentile: 5 standard errors are then 0.6 % of the group."""

COLLECTED = 4_000_000
"""Samples within brackets that one scan may collect, as far as the sample tells."""


class Source(Protocol):
    """Where the samples are: a table with the columns ``level`` and ``x``."""

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query of ``{source}``; its parameters begin with ``$2``."""

    def arrays(self, sql: str, *parameters: Any) -> dict[str, Any]:
        """The columns of such a query."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A percentile of a group: its share, and the shares of its bracket's ends."""

    level: Any
    count: int
    share: float
    low: float
    high: float

    @property
    def first(self) -> int:
        """How many samples are below the order statistics that it lies between."""
        return math.floor((self.count - 1) * self.share)

    @property
    def size(self) -> float:
        """Samples expected in the bracket."""
        return (self.high - self.low) * self.count

    def widened(self) -> _Wanted:
        middle, half = (self.low + self.high) / 2, 8 * (self.high - self.low)
        return _Wanted(self.level, self.count, self.share, middle - half, middle + half)


def bracketed(source: Source, groups: Mapping[Any, int]) -> dict[Any, list[float]]:
    """The :data:`PERCENTILES` of each group.

    Args:
        source: of the samples.
        groups: how many samples each level has.

    Raises:
        DataError: the file cannot be read, or changed meanwhile.
    """
    wanted = [
        _Wanted(level, count, share, share - width, share + width)
        for level, count in groups.items()
        for share in (percent / 100.0 for percent in PERCENTILES)
        for width in [5.0 * math.sqrt(share * (1.0 - share) / RESERVOIR)]
    ]
    found: dict[tuple[Any, float], float] = {}
    while wanted:
        ends = _ends(source, wanted)
        for part in _parts(wanted):
            found |= _within(source, part, ends)
        wanted = [item.widened() for item in wanted if (item.level, item.share) not in found]
    return {level: [found[level, percent / 100.0] for percent in PERCENTILES] for level in groups}


def _ends(source: Source, wanted: Sequence[_Wanted]) -> dict[tuple[Any, float], float]:
    """Values near the ends of the brackets, guessed from a sample; infinite beyond 0 and 1."""
    levels = list(dict.fromkeys(item.level for item in wanted))
    shares = sorted({end for item in wanted for end in (item.low, item.high) if 0 < end < 1})
    found: dict[tuple[Any, float], float] = {}
    if shares:
        rows = source.rows(
            f"SELECT level, reservoir_quantile(x, {shares!r}, {RESERVOIR}) FROM {{source}} "  # noqa: S608 - numbers only
            "WHERE x IS NOT NULL AND (list_contains($2, level) OR (level IS NULL AND $3)) "
            "GROUP BY level",
            [level for level in levels if level is not None],
            None in levels,
        )
        found = {
            (level, share): float(value)
            for level, values in rows
            for share, value in zip(shares, values, strict=True)
        }
    for item in wanted:
        if item.low <= 0:
            found[item.level, item.low] = -math.inf
        if item.high >= 1:
            found[item.level, item.high] = math.inf
    return found


def _parts(wanted: Sequence[_Wanted]) -> Iterator[list[_Wanted]]:
    """What one scan may collect."""
    part: list[_Wanted] = []
    held = 0.0
    for item in wanted:
        if part and held + item.size > COLLECTED:
            yield part
            part, held = [], 0.0
        part.append(item)
        held += item.size
    if part:
        yield part


def _within(
    source: Source, wanted: Sequence[_Wanted], ends: Mapping[tuple[Any, float], float]
) -> dict[tuple[Any, float], float]:
    """The percentiles that lie within their brackets."""
    levels = list(dict.fromkeys(item.level for item in wanted))
    spans = [
        _joined(
            (ends[item.level, item.low], ends[item.level, item.high])
            for item in wanted
            if item.level == level
        )
        for level in levels
    ]
    cases = " ".join(
        f"WHEN level IS NOT DISTINCT FROM ${number + 2} THEN {_place(span)}"
        for number, span in enumerate(spans)
    )
    found = source.arrays(
        # within a bracket the place is odd, and each value is kept; outside they are counted
        f"WITH placed AS (SELECT CASE {_numbers(len(levels))} END AS number, "  # noqa: S608 - numbers only
        f"CASE {cases} END AS place, x FROM {{source}} WHERE x IS NOT NULL) "
        "SELECT number, place, CASE WHEN place % 2 = 1 THEN x END AS value, count(*) AS size "
        "FROM placed WHERE number IS NOT NULL GROUP BY ALL ORDER BY number, place, value",
        *levels,
    )
    return {
        (item.level, item.share): value
        for item in wanted
        if (value := _percentile(found, levels.index(item.level), item)) is not None
    }


def _numbers(levels: int) -> str:
    return " ".join(f"WHEN level IS NOT DISTINCT FROM ${n + 2} THEN {n}" for n in range(levels))


def _joined(spans: Iterator[tuple[float, float]]) -> list[tuple[float, float]]:
    """The spans in order; those that meet are one."""
    found: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found


def _place(spans: Sequence[tuple[float, float]]) -> str:
    """SQL for twice the number of spans below ``x``, and one more within a span."""
    parts = []
    for number, (low, high) in enumerate(spans):
        if low > -math.inf:
            parts.append(f"WHEN x < {low!r} THEN {2 * number}")
        if high == math.inf:
            inside = str(2 * number + 1)
            return f"CASE {' '.join(parts)} ELSE {inside} END" if parts else inside
        parts.append(f"WHEN x <= {high!r} THEN {2 * number + 1}")
    return f"CASE {' '.join(parts)} ELSE {2 * len(spans)} END"


def _percentile(found: Mapping[str, Any], number: int, item: _Wanted) -> float | None:
    import numpy as np

    own = np.flatnonzero(found["number"] == number)
    upto = np.cumsum(found["size"][own])
    ends: list[float] = []
    for rank in (item.first, min(item.first + 1, item.count - 1)):
        place = int(np.searchsorted(upto, rank, side="right"))
        if place == len(own):
            raise DataError("samples went missing while they were read", expected="files at rest")
        at = own[place]
        if found["place"][at] % 2 == 0:
            return None
        ends.append(float(found["value"][at]))
    return interpolated(item.count, item.share, (ends[0], ends[1]))
