"""Columns, rows and levels of many Parquet files at once, from their footers where they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from writer.database import cursor
from writer.errors import ToolError
from writer.fanout import fan_out
from writer.model.run import level_sql
from writer.sources._run_source import Unreadable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILES = 500
"""Files that one query looks at."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file's footer says: its top columns in order, and its rows."""

    columns: tuple[str, ...]
    rows: int


def look(paths: Sequence[str]) -> dict[str, Look]:
    """The footers of the files that have one that can be read."""
    found: dict[str, Look] = {}
    for part in fan_out(_looked, list(_batches(paths))):
        found |= part
    return found


def _looked(batch: list[str]) -> dict[str, Look]:
    names = {path: tuple(_top(rows)) for path, rows in _schemas(batch)}
    sql = "SELECT file_name, num_rows FROM parquet_file_metadata($1)"
    rows = _rows(sql, batch, alone=True)
    return {path: Look(names[path], int(count)) for path, count in rows if path in names}


def levels_of(paths: Sequence[str], column: str, most: int) -> dict[str, dict[str | None, int]]:
    """Rows by value of ``column`` in each file, at most ``most`` values, in order.

    Several columns are joined by :data:`writer.model.run.JOINT`, as their values are. A
    file whose pages cannot be read is left out.
    """
    sql = f"""
        SELECT filename, {level_sql(column)} AS level, count(*)
        FROM read_parquet($1, filename = true, union_by_name = true) GROUP BY ALL
        QUALIFY row_number() OVER (PARTITION BY filename ORDER BY level) <= {most}
        ORDER BY filename, level
    """  # noqa: S608 - a quoted name
    found: dict[str, dict[str | None, int]] = {}
    for batch in _batches(paths):
        for path, level, count in _rows(sql, batch):
            found.setdefault(path, {})[level] = int(count)
    return found


def database(*, alone: bool = False) -> DuckDBPyConnection:
    """A connection to a database of this process, as :func:`writer.database.cursor` has them.

    Raises:
        Unreadable: DuckDB is not installed.
    """
    try:
        return cursor(alone=alone)
    except ToolError as error:
        raise Unreadable("needs DuckDB: pip install 'sage-write[runs]'") from error


def _batches(paths: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(paths), FILES):
        yield list(paths[start : start + FILES])


def _schemas(batch: list[str]) -> Iterator[tuple[str, list[Any]]]:
    sql = "SELECT file_name, name, num_children FROM parquet_schema($1)"
    rows = _rows(sql, batch, alone=True)
    for path, members in groupby(rows, key=lambda row: row[0]):
        yield path, list(members)


def _top(rows: Sequence[Any]) -> Iterator[str]:
    """The names right below the root of a schema that is given depth first."""
    skip = 0
    for _, name, children in rows[1:]:
        if not skip:
            yield str(name)
        skip = max(skip - 1, 0) + int(children or 0)


def _rows(sql: str, batch: list[str], *, alone: bool = False) -> list[Any]:
    """The rows of a query over files; where one cannot be read, of the others one by one."""
    try:
        connection = database(alone=alone)
    except Unreadable:
        return []
    import duckdb

    try:
        return connection.execute(sql, [batch]).fetchall()
    except (duckdb.Error, UnicodeError):
        if len(batch) == 1:
            return []
        return [row for path in batch for row in _rows(sql, [path], alone=alone)]
