"""Strict CSV: every cell kept as text, every fault named with its line.

Format: RFC 4180. The standard library's reader is used rather than pandas
because pandas pads short rows and skips blank lines in silence, and the line
number of a cell is its provenance.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from writer.errors import DataError
from writer.files import decode, read_bytes, sha256

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file.

    Attributes:
        file: its shown name.
        sha256: its hash.
        header: the names of the columns.
        lines: the line of each row.
        records: the cells of each row, in the header's order.
    """

    file: str
    sha256: str
    header: tuple[str, ...]
    lines: tuple[int, ...]
    records: tuple[Sequence[str], ...]

    @property
    def rows(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """The line of each row and its cells by column."""
        for line, record in zip(self.lines, self.records, strict=True):
            yield line, dict(zip(self.header, record, strict=True))


def read_table(path: Path, shown: str, columns: Sequence[str]) -> Table:
    """Read a CSV file whose header must hold exactly ``columns``, in any order.

    Raises:
        DataError: the file is empty, a column is missing, unknown or doubled, or
            a row is too long or too short.
        PathError: the file cannot be read, or is not UTF-8.
    """
    data = read_bytes(path, shown=shown)
    text = decode(data, shown)
    _refuse_control(text, shown)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[int] = []
    records: list[list[str]] = []
    header: tuple[str, ...] | None = None
    start, width = 1, 0
    try:
        for record in reader:
            if record and header is not None:
                if len(record) != width:
                    raise _wrong_length(record, header, shown, start)
                lines.append(start)
                records.append(record)
            elif record:
                header = _header(record, columns, shown, start)
                width = len(header)
            start = reader.line_num + 1
    except csv.Error as error:
        unclosed = "unexpected end" in str(error)
        raise DataError(
            "a quote is opened and never closed" if unclosed else f"not valid CSV: {error}",
            file=shown,
            line=start if unclosed else reader.line_num,
        ) from error
    if header is None:
        raise DataError(
            "the file is empty", file=shown, line=1, expected=f"a header with {', '.join(columns)}"
        )
    if not records:
        raise DataError(
            "the file has a header and no rows", file=shown, line=1, expected="at least one row"
        )
    return Table(shown, sha256(data), header, tuple(lines), tuple(records))


def _refuse_control(text: str, shown: str) -> None:
    found = _CONTROL.search(text)
    if found is not None:
        raise DataError(
            f"the text holds the control character U+{ord(found.group()):04X}",
            file=shown,
            line=text.count("\n", 0, found.start()) + 1,
            expected="UTF-8 text",
            hint="save the file as UTF-8; UTF-16 is not read",
        )


def _header(
    record: Sequence[str], columns: Sequence[str], shown: str, line: int
) -> tuple[str, ...]:
    header = tuple(name.strip() for name in record)
    for name in header:
        if header.count(name) > 1:
            raise DataError(f"the column '{name}' stands twice", file=shown, line=line)
    check_columns(header, columns, shown, line)
    return header


def check_columns(
    header: Sequence[str], columns: Sequence[str], shown: str, line: int | None
) -> None:
    """Insist that a table has exactly the columns of its descriptor.

    Raises:
        DataError: one is missing or unknown.
    """
    missing = [name for name in columns if name not in header]
    if missing:
        raise DataError(
            f"the column '{missing[0]}' is missing",
            file=shown,
            line=line,
            expected=f"the columns {', '.join(columns)}",
            hint="add it, or correct the descriptor",
        )
    unknown = [name for name in header if name not in columns]
    if unknown:
        raise DataError(
            f"the column '{unknown[0]}' is not in the descriptor",
            file=shown,
            line=line,
            expected=f"the columns {', '.join(columns)}",
            hint="describe it in datapackage.json, or remove it",
        )


def _wrong_length(record: Sequence[str], header: Sequence[str], shown: str, line: int) -> DataError:
    return DataError(
        f"the row has {len(record)} cells",
        file=shown,
        line=line,
        expected=f"{len(header)} cells, one per column",
    )
