"""Columns of many Parquet files, fetched whole and sorted run by run.

A Parquet file says how many rows it has. So a column of many files comes out of one scan
in the order of the files, and is cut into runs; NumPy sorts a run, with the vector
instructions of the processor, in a fraction of the time in which a grouped query
gathers it and selects its percentiles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from writer.errors import DataError
from writer.samples._duckdb import fetched, number
from writer.samples._memory import keep_freed
from writer.samples._summary import Key, Summary, of_sorted

if TYPE_CHECKING:
    import numpy as np
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

FETCHED = 500_000
"""Samples in memory at once, or those of one file: 4 MB, and a mask of what is no number."""

FILES = 1000
"""Files that one query reads at most."""


def of_whole_files(
    connection: DuckDBPyConnection, column: str, files: Sequence[tuple[str, int]]
) -> dict[Key, Summary]:
    """The summary of a column in each of the files.

    Args:
        connection: that keeps the order of rows.
        column: name of the column.
        files: path and rows of each.

    Raises:
        DataError: a file cannot be read, or has not the rows that its footer says.
    """
    keep_freed()
    found: dict[Key, Summary] = {}
    for part in _parts(files):
        paths = [path for path, _ in part]
        cells = _fetch(connection, column, paths, sum(count for _, count in part))
        start = 0
        for path, count in part:
            if count:
                found[path, column, "", ""] = _summary(cells[start : start + count])
            start += count
    return found


def _parts(files: Sequence[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    part: list[tuple[str, int]] = []
    held = 0
    for path, count in files:
        if part and (held + count > FETCHED or len(part) == FILES):
            yield part
            part, held = [], 0
        part.append((path, count))
        held += count
    if part:
        yield part


def _fetch(
    connection: DuckDBPyConnection, column: str, paths: Sequence[str], count: int
) -> NDArray[np.float64]:
    """The cells in the files' order, shape (``count``,); what cannot be a number is masked."""
    cast = number("parquet", column)
    sql = (
        f"SELECT {cast} AS x "  # noqa: S608 - a quoted name
        "FROM read_parquet($1, union_by_name = true)"
    )
    file = paths[0] if len(paths) == 1 else None
    what = f"Parquet files with a column '{column}'"
    cells: NDArray[np.float64] = fetched(connection, sql, [list(paths)], what, file)["x"]
    if len(cells) != count:
        raise DataError(
            f"{len(cells)} rows where the footers say {count}", file=file, expected=what
        )
    return cells


def _summary(cells: NDArray[np.float64]) -> Summary:
    import numpy as np

    data = np.sort(cells.compressed() if isinstance(cells, np.ma.MaskedArray) else cells)
    # infinities are sorted to the ends, and what is not a number to the last
    if len(data) and not (np.isfinite(data[0]) and np.isfinite(data[-1])):
        data = data[np.isfinite(data)]
    return of_sorted(data, len(cells))
