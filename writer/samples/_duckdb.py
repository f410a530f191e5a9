"""DuckDB as this package uses it: in memory, local files only, bounded."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writer.errors import DataError, ToolError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = 1_200
"""Megabytes that DuckDB may use in all; beyond it, it writes to a temporary folder."""


def connect(threads: int = 0, share: int = 1, *, ordered: bool = False) -> DuckDBPyConnection:
    """A connection to a database in memory that reads local files only.

    Args:
        threads: at most; 0 for one per core.
        share: how many such connections work at once, and share the memory.
        ordered: whether rows come in the order of the files and of their rows.

    Raises:
        ToolError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise ToolError(
            "reading samples needs DuckDB", hint="pip install 'sage-write[runs]'"
        ) from error
    config: dict[str, Any] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": f"{MEMORY // share}MB",
        "preserve_insertion_order": str(ordered).lower(),
        # the default is a folder in the working directory, which is the author's
        "temp_directory": str(Path(tempfile.gettempdir()) / f"sage-write-{os.getpid()}"),
    }
    if threads:
        config["threads"] = threads
    connection = duckdb.connect(":memory:", config=config)
    # it would draw its bar on standard output, where our report goes
    connection.execute("SET enable_progress_bar = false")
    return connection


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
