"""DuckDB as this program uses it: in memory, local files only, bounded."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writer.errors import ToolError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LOCK = threading.Lock()

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


def cursor(*, alone: bool = False) -> DuckDBPyConnection:
    """A connection, for one thread, to a database of this process.

    Rows come in the order of the files and of their rows.

    Args:
        alone: whether its queries work in the thread that asks: for whoever asks in several
            threads at once. Threads of DuckDB's own would be as many again, and give memory
            back to the system that the next query needs.

    Raises:
        ToolError: DuckDB is not installed.
    """
    with _LOCK:
        database = _database(alone=alone)
    return _quiet(database.cursor())


@cache
def _database(*, alone: bool) -> DuckDBPyConnection:
    return connect(threads=1) if alone else connect()


def _quiet(connection: DuckDBPyConnection) -> DuckDBPyConnection:
    """It would draw its bar on standard output, where our report goes."""
    connection.execute("SET enable_progress_bar = false")
    return connection


POLLED = 0.25
"""Seconds between two looks at how far queries have come."""


class _Watch:
    """The connections whose queries are under way."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.running: list[DuckDBPyConnection] = []
        self.over = threading.Event()

    def share(self) -> float | None:
        """How far the queries have come through their files; None where none tells."""
        with self.lock:  # a connection that is gone must not be asked
            given = [connection.query_progress() for connection in self.running]
        known = [percent for percent in given if percent >= 0]
        return sum(known) / len(known) / 100.0 if known else None


_WATCH: ContextVar[_Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watching(tell: Callable[[float], None] | None) -> Iterator[None]:
    """For the length of a block, tell what share of its files a :func:`watched` query has read.

    A file may be read several times: then the share begins again. Queries on a cluster, and
    a DuckDB that tells no progress, are not heard of.

    Args:
        tell: called from a thread of its own; None to watch nothing, which costs nothing.
    """
    if tell is None:
        yield
        return
    watch = _Watch()

    def poll() -> None:
        while not watch.over.wait(POLLED):
            share = watch.share()
            if share is not None:
                tell(share)

    thread = threading.Thread(target=poll, daemon=True)
    token = _WATCH.set(watch)
    thread.start()
    try:
        yield
    finally:
        _WATCH.reset(token)
        watch.over.set()
        thread.join()


@contextmanager
def watched(connection: DuckDBPyConnection) -> Iterator[None]:
    """A block in which a query of ``connection`` runs: whoever is :func:`watching` hears of it."""
    watch = _WATCH.get()
    if watch is None or not hasattr(connection, "query_progress"):
        yield
        return
    for setting in (
        "enable_progress_bar = true",
        "enable_progress_bar_print = false",
        "progress_bar_time = 0",
    ):
        connection.execute(f"SET {setting}")
    with watch.lock:
        watch.running.append(connection)
    try:
        yield
    finally:
        with watch.lock:
            watch.running.remove(connection)
