"""One pass over many files of samples: counts, means, percentiles.

DuckDB reads CSV, JSON lines and Parquet out of core. Columns of one format and name are
few queries, each over many files and grouped by file, so that the cost per sample does
not grow with the number of runs. A query works in one thread and several run at once:
then what comes out does not depend on which thread was first, here or on a cluster. A
file too large for that is a query of its own, in all threads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writer.cache import Cache
from writer.database import MEMORY, connect, cursor
from writer.errors import DataError
from writer.fanout import Backend, cores, fan_out
from writer.model.run import Samples
from writer.model.sample_format import SampleFormat
from writer.samples import _query
from writer.samples._duckdb import rows
from writer.samples._query import Kind, Query
from writer.samples._summary import Key, Summary, key, of_json, of_numbers, summary_json
from writer.samples._whole import of_whole_files

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILES_PER_QUERY = 1000
"""Files that one query reads: bounds the list of names that DuckDB plans for."""

FEWEST = 1_000_000
"""Samples below which a query of its own costs more than it saves."""

_BYTES = {"csv": 2, "jsonl": 8}
"""Least bytes that a sample takes: a digit and the end of its line, and in JSON its name."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that one query reads, with the most samples that each has; one alone may be
    ``large``."""

    kind: Kind
    paths: tuple[str, ...]
    sizes: tuple[int, ...]
    large: bool = False
    share: int = 1


def summarise(
    columns: Iterable[Samples],
    *,
    backend: Backend = Backend.LOCAL,
    cache: Cache | None = None,
) -> dict[Key, Summary]:
    """The summary of each column of samples, by :func:`key`.

    Args:
        columns: of any number of runs.
        backend: where the queries run.
        cache: of summaries made before, by the hash of the file; None to read each file.

    Raises:
        DataError: a file cannot be read as what its reader said it is.
        ToolError: DuckDB, or what the backend needs, is not installed.
    """
    items = list({key(item): item for item in columns}.values())
    found = {key(item): of_numbers(item.values) for item in items if item.format == "values"}
    filed = [item for item in items if item.format != "values"]
    if cache is not None:
        found |= _recalled(cache, filed)
    missing = [item for item in filed if key(item) not in found]
    if missing:
        made = _summarised(missing, backend)
        empty = of_numbers(())
        new = {key(item): made.get(key(item), empty) for item in missing}
        if cache is not None:
            cache.keep(
                {_name(item): summary_json(new[key(item)]) for item in missing if item.sha256}
            )
        found |= new
    return found


def _recalled(cache: Cache, items: Sequence[Samples]) -> dict[Key, Summary]:
    names = {key(item): _name(item) for item in items if item.sha256}
    known = cache.recall(names.values())  # files of the same bytes share a name
    found: dict[Key, Summary] = {}
    for of, name in names.items():
        if name in known:
            with suppress(ValueError, TypeError):  # not as it was written: made anew
                found[of] = of_json(known[name])
    return found


def _name(item: Samples) -> str:
    return json.dumps([item.sha256, item.format, "summary", item.column, item.where])


def _summarised(items: Sequence[Samples], backend: Backend) -> dict[Key, Summary]:
    kinds: dict[Kind, dict[str, int | None]] = {}
    for item in items:
        kind = (item.format, item.column, item.where[0] if item.where else "")
        kinds.setdefault(kind, {})[item.path] = item.rows
    batches = [batch for kind, paths in kinds.items() for batch in _batches(kind, paths, backend)]
    alone = [batch for batch in batches if batch.large]
    together = [batch for batch in batches if not batch.large]
    found: dict[Key, Summary] = {}
    # large files one after another, each in all threads; on a cluster all at once
    for part in (
        fan_out(_large, alone, backend) if backend is not Backend.LOCAL else map(_large, alone)
    ):
        found |= part
    for part in fan_out(_small, together, backend):
        found |= part
    return found


def _batches(kind: Kind, paths: Mapping[str, int | None], backend: Backend) -> Iterator[Batch]:
    """Files in order, cut where a query has enough; one or two per core, or more.

    Whole columns are fetched part by part: here a core needs one batch, of any size.
    """
    sizes = {path: rows for path, rows in paths.items() if rows is not None}
    sizes |= _sizes(kind[0], [path for path, rows in paths.items() if rows is None])
    workers = cores()
    limit = _query.MOST // workers
    whole = _is_whole(kind)
    share = -(-sum(sizes.values()) // (workers if whole else 2 * workers))
    together, files = share, len(paths)
    if not (whole and backend is Backend.LOCAL):
        together, files = min(limit, share), FILES_PER_QUERY
    together = max(together, FEWEST)
    batch: list[str] = []
    held = 0
    for path in sorted(paths):
        size = sizes[path]
        if size > max(limit, FEWEST):
            yield Batch(kind, (path,), (size,), large=True)
            continue
        if batch and (held + size > together or len(batch) == files):
            yield _batch(kind, batch, sizes, workers)
            batch, held = [], 0
        batch.append(path)
        held += size
    if batch:
        yield _batch(kind, batch, sizes, workers)


def _batch(kind: Kind, paths: Sequence[str], sizes: Mapping[str, int], workers: int) -> Batch:
    return Batch(kind, tuple(paths), tuple(sizes[path] for path in paths), share=workers)


def _sizes(form: str, paths: Sequence[str]) -> dict[str, int]:
    """At most so many samples are in each file."""
    if not paths:
        return {}
    if form != "parquet":
        least = _BYTES[SampleFormat.of(form).kind]
        return {path: Path(path).stat().st_size // least for path in paths}
    with cursor() as connection:
        try:
            found = _rows_of(connection, paths)
        except DataError:
            # one at a time, so that the error names the file
            found = [row for path in paths for row in _rows_of(connection, [path])]
    return {str(path): int(count) for path, count in found}


def _rows_of(connection: DuckDBPyConnection, paths: Sequence[str]) -> list[tuple[Any, ...]]:
    sql = "SELECT file_name, num_rows FROM parquet_file_metadata($1)"
    file = paths[0] if len(paths) == 1 else None
    return rows(connection, sql, [list(paths)], "a Parquet file", file)


def _is_whole(kind: Kind) -> bool:
    """Whether files are one run each and say how many rows they have."""
    form, _, where = kind
    return form == "parquet" and not where


def _small(batch: Batch) -> dict[Key, Summary]:
    column, whole = batch.kind[1], _is_whole(batch.kind)
    several = len(batch.paths) > 1
    with cursor(alone=several) if whole else _alone(threads=1, share=batch.share) as connection:

        def ask(files: Sequence[tuple[str, int]]) -> dict[Key, Summary]:
            if whole:
                return of_whole_files(connection, column, files)
            return Query(connection, batch.kind, [path for path, _ in files]).small()

        files = tuple(zip(batch.paths, batch.sizes, strict=True))
        try:
            return ask(files)
        except DataError:
            if len(files) == 1:
                raise
        # one at a time, so that the error names the file
        found: dict[Key, Summary] = {}
        for file in files:
            found |= ask([file])
        return found


def _large(batch: Batch) -> dict[Key, Summary]:
    with _alone() as connection:
        return Query(connection, batch.kind, batch.paths).large()


def _alone(threads: int | None = None, share: int = 1) -> DuckDBPyConnection:
    """A database of its own, in so many threads, one of ``share`` that work at once."""
    settings = {} if threads is None else {"threads": threads}
    limit = f"{MEMORY // share}MB"
    return connect(preserve_insertion_order="false", memory_limit=limit, **settings)
