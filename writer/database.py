"""DuckDB as this program uses it: in memory, local files only, bounded."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writer.errors import ToolError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = 1_200
"""Megabytes that DuckDB may use in all; beyond it, it writes to a temporary folder."""


def connect(**settings: Any) -> DuckDBPyConnection:
    """A connection to a database of its own.

    Args:
        settings: of DuckDB, beside those that bound it.

    Raises:
        ToolError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise ToolError(
            "reading samples needs DuckDB", hint="pip install 'sage-write[runs]'"
        ) from error
    config = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": f"{MEMORY}MB",
        # the default is a folder in the working directory, which is the author's
        "temp_directory": str(Path(tempfile.gettempdir()) / f"sage-write-{os.getpid()}"),
        **settings,
    }
    return _quiet(duckdb.connect(":memory:", config=config))


def cursor() -> DuckDBPyConnection:
    """A connection, for one thread, to the one database of this process.

    Rows come in the order of the files and of their rows.

    Raises:
        ToolError: DuckDB is not installed.
    """
    return _quiet(_database().cursor())


@cache
def _database() -> DuckDBPyConnection:
    return connect()


def _quiet(connection: DuckDBPyConnection) -> DuckDBPyConnection:
    """It would draw its bar on standard output, where our report goes."""
    connection.execute("SET enable_progress_bar = false")
    return connection
