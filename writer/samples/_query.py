"""The queries that summarise: many files at once, and one file of any size.

Exact percentiles need every sample of a group at once. Where a group is small they
come out of the one scan. A group beyond :data:`MOST` samples is scanned again for each
percentile: a sample of it brackets the percentile, and counting below and within the
bracket finds the order statistics exactly, or shows that the bracket missed them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from writer.model.run import level_sql
from writer.samples._duckdb import number, rows, table
from writer.samples._summary import PERCENTILES, Key, Summary, interpolated, of_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Kind = tuple[str, str, str]
"""Format, column, and the column that selects rows or the empty string."""

MOST = 16_000_000
"""Samples whose percentiles one query computes at once: some 250 MB of DuckDB's states."""

RESERVOIR = 200_000
"""Samples that bracket a percentile: 5 standard errors are then 0.6 % of the group."""

_PLAIN = "count(x), count(*), avg(x), stddev_pop(x)"
"""What any number of samples comes to in little memory."""

_ENDS = "min(x), max(x)"


class Query:
    """Queries over files of one format, one column of samples, one column of levels."""

    def __init__(self, connection: DuckDBPyConnection, kind: Kind, paths: Sequence[str]) -> None:
        self.connection, self.kind, self.paths = connection, kind, paths
        form, column, where = kind
        source, self.parameters = table(form, paths)
        self.group = "file, level" if where else "file"
        level = level_sql(where) if where else "NULL"
        cast = number(form, column)
        value = f"CASE WHEN isfinite({cast}) THEN {cast} END"
        self.source = f"(SELECT filename AS file, {level} AS level, {value} AS x FROM {source})"

    def small(self) -> dict[Key, Summary]:
        """Every group in one scan."""
        found = self.rows(
            f"SELECT {self.group}, {_PLAIN}, {_quantiles(0.0, 1.0)} {self._from()} "
            f"GROUP BY {self.group}"
        )
        width = 2 if self.kind[2] else 1
        plain = {(row[0], row[1] if width == 2 else None): row[width:] for row in found}
        # the ends come with the percentiles, where DuckDB has all samples at hand anyway
        ends = {name: row[-1] or (None, None) for name, row in plain.items()}
        negative = self._negative(
            {name for name, (low, *_, _high) in ends.items() if low is not None and low < 0}
        )
        return {
            self.key(*name): of_row(
                row[:-1],
                (ends[name][0], ends[name][-1]),
                ends[name][1:-1],
                negative.get(name, 0),
            )
            for name, row in plain.items()
        }

    def large(self) -> dict[Key, Summary]:
        """Every group of one file, with no more than :data:`MOST` samples in memory."""
        plain = {
            row[0]: row[1:]
            for row in self.rows(f"SELECT level, {_PLAIN}, {_ENDS} {self._from()} GROUP BY level")
        }
        negative = self._negative({(self.paths[0], name) for name in plain})
        counts = {level: int(row[0]) for level, row in plain.items()}
        found: dict[Any, Sequence[float]] = {}
        for levels in _batches(counts):
            if sum(counts[level] for level in levels) <= MOST:
                found |= self._percentiles(levels)
            else:
                found |= {
                    level: self._bracketed(level, counts[level], float(plain[level][-1]))
                    for level in levels
                }
        path = self.paths[0]
        return {
            self.key(path, name): of_row(
                row[:-2], row[-2:], found[name], negative.get((path, name), 0)
            )
            for name, row in plain.items()
        }

    def key(self, path: str, level: object) -> Key:
        _, column, where = self.kind
        return (path, column, where, str(level) if where else "")

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        form, column, _ = self.kind
        given = [*self.parameters, *parameters]
        file = self.paths[0] if len(self.paths) == 1 else None
        return rows(self.connection, sql, given, f"{form} files with a column '{column}'", file)

    def _negative(self, groups: set[tuple[str, Any]]) -> dict[tuple[str, Any], int]:
        """Samples below zero, of the groups that may have some."""
        if not groups:
            return {}
        paths = sorted({path for path, _ in groups})
        query = self if len(paths) == len(self.paths) else Query(self.connection, self.kind, paths)
        found = query.rows(
            f"SELECT file, level, count(*) {self._from()} WHERE x < 0 GROUP BY file, level"
        )
        return {(path, level): int(count) for path, level, count in found}

    def _from(self) -> str:
        return f"FROM {self.source}"

    def _percentiles(self, levels: Sequence[object]) -> dict[Any, Sequence[float]]:
        found = self.rows(
            f"SELECT level, {_quantiles()} {self._from()} "
            "WHERE list_contains($2, level) OR (level IS NULL AND $3) GROUP BY level",
            [level for level in levels if level is not None],
            None in levels,
        )
        return {level: values or () for level, values in found}

    def _bracketed(self, level: object, count: int, highest: float) -> list[float]:
        return [
            interpolated(count, share / 100.0, self._order(level, count, share / 100.0, highest))
            for share in PERCENTILES
        ]

    def _order(
        self, level: object, count: int, share: float, highest: float
    ) -> tuple[float, float]:
        """The two order statistics that the percentile lies between."""
        first = math.floor((count - 1) * share)
        width = 5.0 * math.sqrt(share * (1.0 - share) / RESERVOIR)
        while True:
            low, high = self._bracket(level, share - width, share + width, highest)
            found = self._within(level, low, high, first)
            if found is not None:
                return found
            width *= 16.0

    def _bracket(
        self, level: object, low: float, high: float, highest: float
    ) -> tuple[float, float]:
        """Values near two quantiles, guessed from a sample; the ends where beyond 0 and 1."""
        ends = f"[{max(low, 0.0)!r}, {min(high, 1.0)!r}]"
        ((found,),) = self.rows(
            f"SELECT reservoir_quantile(x, {ends}, {RESERVOIR}) {self._from()} "
            "WHERE x IS NOT NULL AND level IS NOT DISTINCT FROM $2",
            level,
        )
        return (
            -math.inf if low <= 0.0 else float(found[0]),
            highest if high >= 1.0 else float(found[1]),
        )

    def _within(
        self, level: object, low: float, high: float, first: int
    ) -> tuple[float, float] | None:
        """Order statistics ``first`` and ``first + 1``; None if they lie outside."""
        counted = self.rows(
            f"SELECT CASE WHEN x >= $2 THEN x END AS v, count(*) {self._from()} "
            "WHERE x <= $3 AND level IS NOT DISTINCT FROM $4 GROUP BY v ORDER BY v NULLS FIRST",
            *(low, high, level),
        )
        found: list[float] = []
        seen = 0
        for value, size in counted:
            seen += int(size)
            while seen > first + len(found):
                if value is None:
                    return None
                found.append(float(value))
                if len(found) == 2:
                    return found[0], found[1]
        return None


def _quantiles(*ends: float) -> str:
    """The percentiles in one go, between the ends if they are asked for too."""
    shares = sorted((*ends, *(share / 100.0 for share in PERCENTILES)))
    return f"quantile_cont(x, [{', '.join(map(repr, shares))}])"


def _batches(counts: dict[Any, int]) -> Iterator[list[Any]]:
    """Levels together as long as they have few samples; a large one alone."""
    batch: list[Any] = []
    size = 0
    for level, count in counts.items():
        if batch and size + count > MOST:
            yield batch
            batch, size = [], 0
        batch.append(level)
        size += count
    if batch:
        yield batch
