"""One pass over many files of samples: counts, means, percentiles, fingerprints.

DuckDB reads CSV, JSON lines and Parquet out of core and in parallel. Columns of one
format and name are one query, grouped by file, so that the cost per sample does not
grow with the number of runs. Imported where it is used: the core does without it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from writer.errors import DataError, ToolError
from writer.model.run import Samples, level_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PERCENTILES = (50.0, 90.0, 95.0, 99.0)
"""Percentiles that every summary has."""

FILES_PER_QUERY = 2000
"""Files that one query reads: bounds the list of names that DuckDB plans for."""

Key = tuple[str, str, str, str]
"""File, column, and the column and value that select rows: one column of samples."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What one column of samples comes to.

    Attributes:
        count: samples that are finite numbers.
        bad: cells that are none: text, NaN, infinity, nothing.
        negative: samples below zero.
        mean, std: arithmetic mean and population standard deviation; NaN if empty.
        minimum, maximum: NaN if empty.
        percentiles: by linear interpolation (method 7 of R. J. Hyndman and Y. Fan,
            *Sample Quantiles in Statistical Packages*, 1996), by percentile.
        fingerprint: the same for the same samples in any order; empty if empty.
    """

    count: int
    bad: int
    negative: int
    mean: float
    std: float
    minimum: float
    maximum: float
    percentiles: Mapping[float, float] = field(hash=False)
    fingerprint: str


def key(samples: Samples) -> Key:
    """What tells one column of samples from another."""
    return (samples.path, samples.column, *(samples.where or ("", "")))


def summarise(columns: Iterable[Samples]) -> dict[Key, Summary]:
    """The summary of each column of samples, by :func:`key`.

    Raises:
        DataError: a file cannot be read as what its reader said it is.
        ToolError: DuckDB is not installed.
    """
    items = list({key(item): item for item in columns}.values())
    found = {key(item): _of_values(item) for item in items if item.format == "values"}
    batches: dict[tuple[str, str, str], list[Samples]] = {}
    for item in items:
        if item.format != "values":
            kind = (item.format, item.column, item.where[0] if item.where else "")
            batches.setdefault(kind, []).append(item)
    if batches:
        with connect() as connection:
            for kind, members in batches.items():
                paths = sorted({item.path for item in members})
                for start in range(0, len(paths), FILES_PER_QUERY):
                    found |= _query(connection, kind, paths[start : start + FILES_PER_QUERY])
    empty = _of_numbers(())
    return {key(item): found.get(key(item), empty) for item in items}


def connect() -> DuckDBPyConnection:
    """A connection to a database in memory that reads local files only.

    Raises:
        ToolError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise ToolError(
            "reading samples needs DuckDB", hint="pip install 'sage-write[runs]'"
        ) from error
    return duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": "1500MB",
            "preserve_insertion_order": "false",
        },
    )


def table(form: str, paths: Sequence[str]) -> tuple[str, list[Any]]:
    """The table function that reads files of a format, and its parameters."""
    if form == "parquet":
        return "read_parquet(?, filename = true, union_by_name = true)", [list(paths)]
    if form == "csv":
        return (
            "read_csv(?, header = true, all_varchar = true, filename = true, "
            "union_by_name = true, strict_mode = false, null_padding = true, "
            "ignore_errors = true, delim = ',', quote = '\"')",
            [list(paths)],
        )
    return (
        "read_json(?, format = 'newline_delimited', filename = true, union_by_name = true, "
        "ignore_errors = true)",
        [list(paths)],
    )


def quoted(name: str) -> str:
    """An identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def _query(
    connection: DuckDBPyConnection, kind: tuple[str, str, str], paths: Sequence[str]
) -> dict[Key, Summary]:
    form, column, where = kind
    source, parameters = table(form, paths)
    group = level_sql(where) if where else "''"
    value = "x"
    cast = f"TRY_CAST({quoted(column)} AS DOUBLE)"
    fractions = ", ".join(f"{percentile / 100.0!r}" for percentile in PERCENTILES)
    sql = f"""
        SELECT file, level, count({value}), count(*) - count({value}),
               count({value}) FILTER ({value} < 0), avg({value}), stddev_pop({value}),
               min({value}), max({value}), quantile_cont({value}, [{fractions}]),
               bit_xor(hash({value}))
        FROM (SELECT filename AS file, {group} AS level,
                     CASE WHEN isfinite({cast}) THEN {cast} END AS {value}
              FROM {source})
        GROUP BY ALL
    """  # noqa: S608 - names are quoted, values are parameters
    import duckdb

    try:
        rows = connection.execute(sql, parameters).fetchall()
    except duckdb.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise DataError(
            f"the column '{column}' cannot be read: {reason[:200]}",
            file=paths[0] if len(paths) == 1 else None,
            expected=f"{form} files with a column '{column}'",
        ) from error
    return {
        (str(row[0]), column, where, str(row[1]) if where else ""): _of_row(row[2:]) for row in rows
    }


def _of_row(row: Sequence[Any]) -> Summary:
    count, bad, negative, mean, std, low, high, quantiles, mixed = row
    if not count:
        return Summary(0, int(bad), 0, *(math.nan,) * 4, {}, "")
    return Summary(
        int(count),
        int(bad),
        int(negative),
        float(mean),
        float(std),
        float(low),
        float(high),
        dict(zip(PERCENTILES, map(float, quantiles), strict=True)),
        f"{count}:{mixed:x}:{float(low)!r}:{float(high)!r}",
    )


def _of_values(item: Samples) -> Summary:
    return _of_numbers(item.values)


def _of_numbers(values: Sequence[float]) -> Summary:
    if not values:
        return Summary(0, 0, 0, *(math.nan,) * 4, {}, "")
    import numpy as np

    data = np.sort(np.asarray(values, dtype=np.float64))
    digest = hashlib.sha256(data.tobytes()).hexdigest()[:16]
    return Summary(
        len(data),
        0,
        int((data < 0).sum()),
        float(data.mean()),
        float(data.std()),
        float(data[0]),
        float(data[-1]),
        {p: float(np.percentile(data, p)) for p in PERCENTILES},
        f"{len(data)}:{digest}",
    )
