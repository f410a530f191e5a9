"""What follows from the bytes of files, kept by the hash of the bytes.

Whoever asks again about the same bytes, as ``verify`` does after ``ingest``, has only to
hash them. The cache is a SQLite file in the user's cache folder, never in a project:
what a dataset or a repository holds cannot stand in for a recomputation.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

VERSION = 3
"""Counted up whenever the same bytes give something else."""

MOST_KEPT = 500_000
"""Facts kept; the oldest go first."""

_TABLE = f"fact_{VERSION}"


class Cache:
    """A file of facts about bytes; without effect where it cannot be read or written.

    Args:
        path: of the file; None for no cache.

    Attributes:
        recalled: names that were answered so far.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.recalled = 0

    def recall(self, names: Iterable[str]) -> dict[str, Any]:
        """The facts that are known by these names, as JSON has them."""
        found: dict[str, Any] = {}
        if self.path is None or not self.path.is_file():
            return found
        with self._open() as database:
            if database is not None:
                rows = database.execute(
                    f"SELECT of, value FROM {_TABLE} "  # noqa: S608 - our own table
                    "WHERE of IN (SELECT value FROM json_each(?))",
                    (json.dumps([*names]),),
                ).fetchall()
                values = json.loads(f"[{','.join(value for _, value in rows)}]")
                found = dict(zip((name for name, _ in rows), values, strict=True))
        self.recalled += len(found)
        return found

    def keep(self, facts: Mapping[str, Any]) -> None:
        """Remember facts, each a JSON value under a name that holds its file's hash."""
        if self.path is None or not facts:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        rows = [(name, json.dumps(value)) for name, value in facts.items()]
        with self._open() as database:
            if database is not None:
                database.executemany(
                    f"INSERT OR REPLACE INTO {_TABLE} VALUES (?, ?)",  # noqa: S608 - our own table
                    rows,
                )
                database.execute(
                    f"DELETE FROM {_TABLE} WHERE rowid <= "  # noqa: S608 - our own table
                    f"(SELECT max(rowid) FROM {_TABLE}) - {MOST_KEPT}"
                )
                database.commit()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection | None]:
        """The database; None, or the end of the block, where it is broken, locked or full."""
        assert self.path is not None  # noqa: S101 - the callers have looked
        try:
            database = sqlite3.connect(self.path, timeout=2.0)
            database.execute(
                f"CREATE TABLE IF NOT EXISTS {_TABLE} (of TEXT PRIMARY KEY, value TEXT NOT NULL)"
            )
        except sqlite3.Error:
            yield None
            return
        with closing(database), suppress(sqlite3.Error, ValueError, TypeError):
            yield database


def user_cache() -> Cache:
    """The user's cache: ``SAGE_WRITE_CACHE`` names its folder, or is ``off``."""
    given = os.environ.get("SAGE_WRITE_CACHE", "")
    if given == "off":
        return Cache(None)
    home = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    return Cache(Path(given or Path(home) / "sage-write") / "facts.sqlite")
