"""A table of a dataset as Parquet: what a CSV holds, digit for digit.

Numbers are whole (BIGINT) or binary (DOUBLE) ones, so that any tool can work with them. Where
a number's digits as printed are not those of its value (``9.50``), a column of texts beside it,
``NAME__printed``, holds them: the digits say how exact a number is.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writer.errors import DataError, ToolError
from writer.files import MAX_INPUT_BYTES, read_bytes, sha256
from writer.sources._csv import Table, check_columns
from writer.sources._parquet import database
from writer.sources._run_source import Unreadable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PRINTED = "__printed"
"""Ends the name of a column of digits."""

MAX_CELLS = MAX_INPUT_BYTES // 8
"""Cells of a table at most: a small Parquet file may hold any number of equal ones."""

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
"""A whole number as BIGINT holds and Python prints it."""

_TEXTS = frozenset({"VARCHAR", "BOOLEAN", "DATE", "TIME", "TIMESTAMP", "UUID"})
_NUMBERS = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL\(.*\)")


def encode(rows: Sequence[Sequence[str]], numbers: frozenset[str]) -> bytes:
    """A table as the bytes of a Parquet file.

    Args:
        rows: the names of the columns, then the cells as a CSV holds them, shape (n, columns).
        numbers: the names of columns of numbers; an empty cell of them is none.

    Raises:
        DataError: a column has a name that those of digits have.
        ToolError: DuckDB is not installed.
    """
    import numpy as np

    header, cells = rows[0], rows[1:]
    for name in header:
        if _printed(name, header):
            raise DataError(
                f"a column cannot be called '{name}' in Parquet: columns of printed digits are"
            )
    given: dict[str, Any] = {}
    selected: list[str] = []
    for place, name in enumerate(header):
        texts = [row[place] for row in cells]
        for shown, kind, values in _columns(name, texts, is_number=name in numbers):
            column = f"c{len(given)}"
            given[column] = np.array(values, dtype=object)
            selected.append(f"CAST({column} AS {kind}) AS {_quoted(shown)}")
    connection = _connection()
    connection.register("table_to_write", given)
    try:
        with tempfile.TemporaryDirectory(prefix="sage-write-") as folder:
            path = Path(folder) / "table.parquet"
            connection.execute(
                f"COPY (SELECT {', '.join(selected)} FROM table_to_write) "  # noqa: S608 - names are quoted
                f"TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet, COMPRESSION zstd)"
            )
            return path.read_bytes()
    finally:
        connection.unregister("table_to_write")


def _columns(
    name: str, texts: Sequence[str], *, is_number: bool
) -> Iterator[tuple[str, str, list[str | None]]]:
    """Name, type and values of the columns that hold one column of the table."""
    if not is_number:
        yield name, "VARCHAR", list(texts)
        return
    whole = all(_WHOLE.fullmatch(text) for text in texts if text)
    yield name, "BIGINT" if whole else "DOUBLE", [text or None for text in texts]
    if whole:
        return
    printed = [text if text and repr(float(text)) != text else None for text in texts]
    if any(printed):
        yield name + PRINTED, "VARCHAR", printed


def read_parquet_table(path: Path, shown: str, columns: Sequence[str]) -> Table:
    """Read a Parquet file that must hold exactly ``columns``, in any order.

    The line of a row is its number, from 1.

    Raises:
        DataError: it is no Parquet file, has no rows or too many, a column is missing, unknown
            or no column of numbers or texts, or digits as printed are not those of a value.
        PathError: the file cannot be read, or is too large.
        ToolError: DuckDB is not installed.
    """
    import duckdb

    digest = sha256(read_bytes(path, shown=shown))
    connection = _connection()
    try:
        kinds = _kinds(connection, path)
        check_columns([name for name in kinds if not _printed(name, kinds)], columns, shown, None)
        _check_kinds(kinds, shown)
        _check_size(connection, path, len(kinds), shown)
        found = connection.execute(
            f"SELECT {', '.join(_as_read(*item) for item in kinds.items())} "  # noqa: S608 - names are quoted
            "FROM read_parquet($1)",
            [str(path)],
        ).fetchall()
    except (duckdb.Error, UnicodeError) as error:
        raise DataError(
            f"cannot be read as Parquet: {str(error).splitlines()[0][:200]}",
            file=shown,
            expected="a Parquet file",
        ) from error
    names = tuple(name for name in kinds if not _printed(name, kinds))
    records = tuple(
        _record(dict(zip(kinds, row, strict=True)), names, shown, line)
        for line, row in enumerate(found, 1)
    )
    return Table(shown, digest, names, tuple(range(1, len(records) + 1)), records)


def _kinds(connection: DuckDBPyConnection, path: Path) -> dict[str, str]:
    """The types of the columns, by name."""
    rows = connection.execute("DESCRIBE SELECT * FROM read_parquet($1)", [str(path)]).fetchall()
    return {str(name): str(kind) for name, kind, *_ in rows}


def _check_kinds(kinds: Mapping[str, str], shown: str) -> None:
    for name, kind in kinds.items():
        if kind not in _TEXTS and not _NUMBERS.fullmatch(kind):
            raise DataError(
                f"the column '{name}' is of the type {kind[:60]}",
                file=shown,
                expected="a column of numbers or of texts",
            )


def _check_size(connection: DuckDBPyConnection, path: Path, columns: int, shown: str) -> None:
    (rows,) = connection.execute(
        "SELECT sum(num_rows) FROM parquet_file_metadata($1)", [str(path)]
    ).fetchall()[0]
    if not rows:
        raise DataError("the file has no rows", file=shown, expected="at least one row")
    if int(rows) * columns > MAX_CELLS:
        raise DataError(
            f"the table has {int(rows)} rows and {columns} columns",
            file=shown,
            expected=f"at most {MAX_CELLS} cells",
        )


def _as_read(name: str, kind: str) -> str:
    """The column as Python gets it: doubles as they are, all else as DuckDB prints it."""
    quoted = _quoted(name)
    return quoted if kind == "DOUBLE" else f"CAST({quoted} AS VARCHAR) AS {quoted}"


def _record(record: Mapping[str, Any], names: Sequence[str], shown: str, line: int) -> list[str]:
    return [_text(record[name], record.get(name + PRINTED), shown, line) for name in names]


def _text(value: float | str | None, printed: str | None, shown: str, line: int) -> str:
    text = "" if value is None else value if isinstance(value, str) else repr(value)
    if printed is None:
        return text
    if not text or _number(printed) != _number(text):
        raise DataError(
            f"the printed digits are {printed[:40]!r}, the value is {text or 'none'}",
            file=shown,
            line=line,
            expected="the digits of the value",
        )
    return printed


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _printed(name: str, names: Container[str]) -> bool:
    return name.endswith(PRINTED) and name.removesuffix(PRINTED) in names


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _connection() -> DuckDBPyConnection:
    try:
        return database()
    except Unreadable as error:
        raise ToolError(
            "tables in Parquet need DuckDB", hint="pip install 'sage-write[runs]'"
        ) from error
