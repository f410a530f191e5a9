"""The queries that summarise: many files at once, and one file of any size.

Exact percentiles need every sample of a group at once. Where a group is small they
come out of the one scan. Groups beyond :data:`MOST` samples are scanned again, see
:mod:`writer.samples._brackets`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from writer.model.run import level_sql
from writer.samples._duckdb import fetched, number, rows, table
from writer.samples._summary import PERCENTILES, Key, Summary, of_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Kind = tuple[str, str, str]
"""Format, column, and the column that selects rows or the empty string."""

MOST = 16_000_000
"""Samples whose percentiles one query computes at once: some 250 MB of DuckDB's states."""

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
            f"SELECT {self.group}, {_PLAIN}, {_quantiles(0.0, 1.0)} FROM {{source}} "
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
        from writer.samples._brackets import bracketed

        plain = {
            row[0]: row[1:]
            for row in self.rows(f"SELECT level, {_PLAIN}, {_ENDS} FROM {{source}} GROUP BY level")
        }
        negative = self._negative(
            {
                (self.paths[0], name)
                for name, (*_, low, _high) in plain.items()
                if low is not None and low < 0
            }
        )
        counts = {level: int(row[0]) for level, row in plain.items()}
        found: dict[Any, Sequence[float]] = {}
        for levels in _batches({name: size for name, size in counts.items() if size <= MOST}):
            found |= self._percentiles(levels)
        found |= bracketed(self, {name: size for name, size in counts.items() if size > MOST})
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
        """The rows of a query of ``{source}``; its parameters begin with ``$2``."""
        return rows(self.connection, *self._asked(sql, parameters))

    def arrays(self, sql: str, *parameters: Any) -> dict[str, Any]:
        """The columns of such a query."""
        return fetched(self.connection, *self._asked(sql, parameters))

    def _asked(self, sql: str, parameters: Sequence[Any]) -> tuple[str, list[Any], str, str | None]:
        form, column, _ = self.kind
        file = self.paths[0] if len(self.paths) == 1 else None
        what = f"{form} files with a column '{column}'"
        return sql.replace("{source}", self.source), [*self.parameters, *parameters], what, file

    def _negative(self, groups: set[tuple[str, Any]]) -> dict[tuple[str, Any], int]:
        """Samples below zero, of the groups that may have some."""
        if not groups:
            return {}
        paths = sorted({path for path, _ in groups})
        query = self if len(paths) == len(self.paths) else Query(self.connection, self.kind, paths)
        found = query.rows(
            "SELECT file, level, count(*) FROM {source} WHERE x < 0 GROUP BY file, level"
        )
        return {(path, level): int(count) for path, level, count in found}

    def _percentiles(self, levels: Sequence[object]) -> dict[Any, Sequence[float]]:
        found = self.rows(
            f"SELECT level, {_quantiles()} FROM {{source}} "
            "WHERE list_contains($2, level) OR (level IS NULL AND $3) GROUP BY level",
            [level for level in levels if level is not None],
            None in levels,
        )
        return {level: values or () for level, values in found}


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
