"""Queries of files of samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from writer.errors import DataError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def table(form: str, paths: Sequence[str]) -> tuple[str, list[Any]]:
    """The table function that reads files of a format as ``$1``, and its parameters."""
    if form == "parquet":
        return "read_parquet($1, filename = true, union_by_name = true)", [list(paths)]
    if form == "csv":
        return (
            "read_csv($1, header = true, all_varchar = true, filename = true, "
            "union_by_name = true, strict_mode = false, null_padding = true, "
            "ignore_errors = true, delim = ',', quote = '\"')",
            [list(paths)],
        )
    return (
        "read_json($1, format = 'newline_delimited', filename = true, union_by_name = true, "
        "ignore_errors = true)",
        [list(paths)],
    )


def number(form: str, column: str) -> str:
    """The column as a double, where a cell is a number.

    Of CSV, the cell goes through a function first: DuckDB would else read the column as
    doubles, and drop the rows that are none instead of counting them.
    """
    name = quoted(column)
    cell = f"nullif({name}, '')" if form == "csv" else name
    return f"TRY_CAST({cell} AS DOUBLE)"


def quoted(name: str) -> str:
    """An identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def rows(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence[Any], what: str, file: str | None
) -> list[tuple[Any, ...]]:
    """The rows of a query.

    Raises:
        DataError: the files cannot be read as what they were taken for.
    """
    with _named(what, file):
        return connection.execute(sql, parameters).fetchall()


def fetched(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence[Any], what: str, file: str | None
) -> dict[str, Any]:
    """The columns of a query as arrays, masked where they hold a NULL.

    Raises:
        DataError: the files cannot be read as what they were taken for.
    """
    with _named(what, file):
        found: dict[str, Any] = connection.execute(sql, parameters).fetchnumpy()
    return found


@contextmanager
def _named(what: str, file: str | None) -> Iterator[None]:
    """DuckDB's errors as ours, with the file and what it was taken for."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise DataError(
            f"the samples cannot be read: {str(error).strip().splitlines()[0][:300]}",
            file=file,
            expected=what,
        ) from error
