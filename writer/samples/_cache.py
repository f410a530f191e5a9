"""Summaries made before, by the hash of the file they were made of.

A summary follows from the bytes of a file and from this code alone. Whoever asks again
for the same bytes, as ``verify`` does after ``ingest``, has only to hash them. The cache
is a SQLite file in the user's cache folder, never in a project: what a dataset or a
repository holds cannot stand in for a recomputation.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from writer.model.run import Samples
from writer.samples._summary import Key, Summary, key

VERSION = 2
"""Counted up whenever the same bytes give another summary."""

MOST_KEPT = 500_000
"""Summaries kept; the oldest go first."""

_TABLE = (
    f"CREATE TABLE IF NOT EXISTS summary_{VERSION} (of TEXT PRIMARY KEY, summary TEXT NOT NULL)"
)


class Cache:
    """A file of summaries; without effect where it cannot be read or written.

    Args:
        path: of the file; None for no cache.

    Attributes:
        recalled: columns of samples that were answered so far.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.recalled = 0

    def recall(self, columns: Sequence[Samples]) -> dict[Key, Summary]:
        """The summaries of the columns that were summarised before."""
        found: dict[Key, Summary] = {}
        if self.path is None or not self.path.is_file():
            return found
        with self._open() as database:
            if database is not None:
                for item in columns:
                    row = database.execute(
                        f"SELECT summary FROM summary_{VERSION} WHERE of = ?",
                        (_name(item),),
                    ).fetchone()
                    if row is not None and item.sha256:
                        found[key(item)] = _read(row[0])
        self.recalled += len(found)
        return found

    def keep(self, columns: Sequence[Samples], summaries: Mapping[Key, Summary]) -> None:
        """Remember summaries of files whose hash is known."""
        rows = [(_name(item), _text(summaries[key(item)])) for item in columns if item.sha256]
        if self.path is None or not rows:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        with self._open() as database:
            if database is not None:
                table = f"summary_{VERSION}"
                database.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows)
                database.execute(
                    f"DELETE FROM {table} WHERE rowid <= "
                    f"(SELECT max(rowid) FROM {table}) - {MOST_KEPT}"
                )
                database.commit()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection | None]:
        """The database; None, or the end of the block, where it is broken, locked or full."""
        assert self.path is not None  # noqa: S101 - the callers have looked
        try:
            database = sqlite3.connect(self.path, timeout=2.0)
            database.execute(_TABLE)
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
    return Cache(Path(given or Path(home) / "sage-write") / "summaries.sqlite")


def _name(item: Samples) -> str:
    return json.dumps([item.sha256, item.format, item.column, item.where])


def _text(summary: Summary) -> str:
    return json.dumps(
        [
            *(summary.count, summary.bad, summary.negative, summary.mean, summary.std),
            *(summary.minimum, summary.maximum, list(summary.percentiles.items())),
            summary.fingerprint,
        ]
    )


def _read(text: str) -> Summary:
    count, bad, negative, mean, std, low, high, percentiles, fingerprint = json.loads(text)
    shares = {float(share): float(value) for share, value in percentiles}
    return Summary(count, bad, negative, mean, std, low, high, shares, fingerprint)
