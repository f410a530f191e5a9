"""Load a column of samples whole, where a bound on their number allows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from writer.database import cursor
from writer.errors import DataError
from writer.model.run import Samples, level_sql
from writer.samples._duckdb import number, table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_LOADED = 20_000_000
"""Samples loaded at most: 160 MB of doubles."""


def loadable(count: int) -> bool:
    """Whether so many samples may be in memory at once."""
    return count <= MAX_LOADED


def load(columns: Sequence[Samples]) -> NDArray[np.float64]:
    """The finite samples of all ``columns`` together, sorted; shape (n,), in their unit.

    Raises:
        DataError: a file cannot be read, or there are more than :data:`MAX_LOADED`.
        ToolError: DuckDB is not installed.
    """
    import numpy as np

    parts: list[NDArray[np.float64]] = []
    for item in columns:
        if item.format == "values":
            parts.append(np.asarray(item.values, dtype=np.float64))
        else:
            parts.append(_column(item))
        if sum(len(part) for part in parts) > MAX_LOADED:
            raise DataError(
                f"more than {MAX_LOADED} samples", file=item.file, expected="fewer samples at once"
            )
    data = np.concatenate(parts) if parts else np.empty(0)
    return np.sort(data[np.isfinite(data)])


def _column(item: Samples) -> NDArray[np.float64]:
    import duckdb
    import numpy as np

    source, parameters = table(item.format, [item.path])
    condition = f"WHERE isfinite({number(item.format, item.column)})"
    if item.where is not None:
        condition += f" AND {level_sql(item.where[0])} = $2"
        parameters.append(item.where[1])
    sql = (
        f"SELECT {number(item.format, item.column)} AS x FROM {source} {condition} "  # noqa: S608 - names are quoted, values are parameters
        f"LIMIT {MAX_LOADED + 1}"
    )
    try:
        with cursor() as connection:
            found: Any = connection.execute(sql, parameters).fetchnumpy()["x"]
    except duckdb.Error as error:
        raise DataError(
            f"the column '{item.column}' cannot be read: {str(error).splitlines()[0][:200]}",
            file=item.file,
        ) from error
    return np.asarray(np.ma.filled(found.astype(np.float64), np.nan))
