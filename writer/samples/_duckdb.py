"""Queries of files of samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from writer.database import watched
from writer.errors import DataError
from writer.model.sample_format import SampleFormat

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def table(form: str, paths: Sequence[str]) -> tuple[str, list[Any]]:
    """The table function that reads files of a format as ``$1``, and its parameters."""
    return SampleFormat.of(form).table("$1", named=True), [list(paths)]


def number(form: str, column: str) -> str:
    """The column as a double, where a cell is a number."""
    return SampleFormat.of(form).number(column)


def rows(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence[Any], what: str, file: str | None
) -> list[tuple[Any, ...]]:
    """The rows of a query.

    Raises:
        DataError: the files cannot be read as what they were taken for.
    """
    with _named(what, file), watched(connection):
        return connection.execute(sql, parameters).fetchall()


def fetched(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence[Any], what: str, file: str | None
) -> dict[str, Any]:
    """The columns of a query as arrays, masked where they hold a NULL.

    Raises:
        DataError: the files cannot be read as what they were taken for.
    """
    with _named(what, file), watched(connection):
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
