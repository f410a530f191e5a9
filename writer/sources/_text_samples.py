"""Samples in columns of text: packed or not, whatever separates the cells.

What separates them is told by the names of the columns, which the author's mapping gives,
and never guessed from the numbers. A line that has more cells than the header is not read:
the comma of ``1,5`` would else become the end of a 1.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writer.database import watched
from writer.model.sample_format import WHITESPACE, SampleFormat, SampleMapping, text_sql
from writer.sources._parquet import database
from writer.sources._run_source import Unreadable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ENDINGS = {
    ".csv": SampleFormat("csv"),
    ".tsv": SampleFormat("csv", "\t"),
    ".tab": SampleFormat("csv", "\t"),
    ".dat": SampleFormat("csv", WHITESPACE),
    ".txt": SampleFormat("csv", WHITESPACE),
    ".jsonl": SampleFormat("jsonl"),
    ".ndjson": SampleFormat("jsonl"),
    ".parquet": SampleFormat("parquet"),
}
"""The layout that the end of a file's name stands for; all but Parquet may be packed."""

PACKED = ".gz"

MOST_UNPACKED = 4 * 1024**3
"""Bytes that a packed file may come to; a larger one is read once it lies there unpacked."""

MOST_TIMES, ALWAYS = 200, 64 * 1024**2
"""How many times its size a packed file may come to, beyond so many bytes: numbers that
differ take about a third of their digits, and a file made to fill a disk a thousandth."""

_HEAD = 65_536
_REJECTS = 1000
_PIECE = 1 << 20
_NAMES = {",": "','", ";": "';'", "\t": "a tab", "|": "'|'", WHITESPACE: "blanks"}
_COMMA = r"\s*[-+]?\d+,\d+([eE][-+]?\d+)?\s*"


def ending(name: str) -> str:
    """The end of a file's name that tells its layout; the empty string.

    >>> ending("a/t.CSV.gz"), ending("t.csv"), ending("t.parquet.gz"), ending("t.gz")
    ('.CSV.gz', '.csv', '', '')
    """
    packed = name[-3:] if name.lower().endswith(PACKED) else ""
    stem, dot, last = name.removesuffix(packed).rpartition("/")[2].rpartition(".")
    found = dot + last if stem and last else ""
    known = ENDINGS.get(found.lower())
    return found + packed if known and not (packed and known.kind == "parquet") else ""


def usual(name: str) -> SampleFormat | None:
    """The layout that a file has by its name."""
    return _layout_of(ending(name).lower())


@cache
def _layout_of(found: str) -> SampleFormat | None:
    known = ENDINGS.get(found.removesuffix(PACKED))
    return known and replace(known, packed=found.endswith(PACKED))


def unpacked(path: Path) -> int:
    """The bytes that a packed file comes to.

    Raises:
        Unreadable: it is no gzip, cut short, or comes to too much.
    """
    given = path.stat().st_size
    if not given:
        raise Unreadable("the file is empty")
    most = min(MOST_UNPACKED, max(ALWAYS, MOST_TIMES * given))
    size = 0
    try:
        with gzip.open(path) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > most:
                    raise Unreadable(
                        f"unpacks to more than {most // 1024**2} MB, "
                        f"{most // given} times its size: unpack it "
                        "yourself if it is what you expect, or split it"
                    )
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"not gzip, or cut short: {error}") from error
    return size


def layout(path: Path, name: str, mappings: Sequence[SampleMapping]) -> tuple[SampleFormat, str]:
    """How a file is laid out, and a note where that was made out from its header.

    Raises:
        Unreadable: two mappings differ, or several separators fit the header.
    """
    found = usual(name)
    if found is None:
        raise Unreadable(f"samples are read from {', '.join(ENDINGS)}, and packed with {PACKED}")
    if found.kind != "csv":
        return found, ""
    given = {mapping.separator for mapping in mappings if mapping.separator is not None}
    decimals = {mapping.decimal for mapping in mappings}
    if len(given) > 1 or len(decimals) > 1:
        raise Unreadable("its mappings name different separators or decimal signs")
    found = replace(found, decimal=decimals.pop())
    lines = _lines(path, packed=found.packed)
    wanted = {column for item in mappings for column in item.named}
    if given:
        return _complete(replace(found, separator=given.pop()), lines, wanted), ""
    if wanted <= {*_header(lines, found.separator, wanted)[0]}:
        return _complete(found, lines, wanted), ""
    fitting = {
        sign: tuple(cells)
        for sign in _NAMES
        if wanted <= {*(cells := _header(lines, sign, wanted)[0])}
    }
    if len({*fitting.values()}) > 1:
        signs = " and by ".join(_NAMES[sign] for sign in fitting)
        raise Unreadable(
            f"its header can be split by {signs}: name the separator in the mapping in "
            "sage-write.toml"
        )
    if not fitting:
        return _complete(found, lines, wanted), ""
    sign = next(iter(fitting))
    note = f"read with {_NAMES[sign]} between the cells: only so its header has the columns named"
    return _complete(replace(found, separator=sign), lines, wanted), note


def _complete(found: SampleFormat, lines: Sequence[str], wanted: set[str]) -> SampleFormat:
    """The layout with the header, where DuckDB cannot find it by itself."""
    if not found.spaced:
        return found
    cells, above = _header(lines, found.separator, wanted)
    return replace(found, header=tuple(cells), skip=above)


def _lines(path: Path, *, packed: bool) -> list[str]:
    """The first lines of a file; the last of them may be cut."""
    try:
        with gzip.open(path) if packed else path.open("rb") as stream:
            return stream.read(_HEAD).decode("utf-8-sig", "replace").splitlines()
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"cannot be read: {error}") from error


def _header(lines: Sequence[str], sign: str, wanted: set[str]) -> tuple[list[str], int]:
    """The names in the header, and the lines above the first line of data.

    The header is the first line that is not blank. Where blanks separate the cells it may
    stand in one of the comments above the data.
    """
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if not filled:
        return [], 0
    if sign != WHITESPACE:
        row = next(csv.reader([lines[filled[0]]], delimiter=sign), [])
        return [cell.strip() for cell in row], filled[0] + 1
    above = []
    for number in filled:
        above.append(number)
        if not lines[number].lstrip().startswith("#"):
            break
    split = {number: lines[number].strip().lstrip("#").split() for number in above}
    fits = [number for number, cells in split.items() if wanted <= {*cells}]
    chosen = fits[-1] if fits else above[-1]
    return split[chosen], chosen + 1


def checked(
    path: Path, name: str, form: SampleFormat, columns: Sequence[str]
) -> tuple[int, tuple[str, ...]]:
    """One pass over a file of text: the rows in it, and what of it cannot be read.

    Args:
        path: of the file.
        name: as it is shown.
        form: its layout.
        columns: that hold samples.

    Raises:
        Unreadable: it has lines or numbers that would be misread.
    """
    import duckdb

    with database().cursor() as connection:
        try:
            return _checked(connection, path, form, columns)
        except (duckdb.Error, UnicodeError) as error:
            reason = str(error).strip().splitlines()[0][:300].replace(str(path), name)
            raise Unreadable(f"not {form.kind}: {reason}") from error


def _checked(
    connection: DuckDBPyConnection, path: Path, form: SampleFormat, columns: Sequence[str]
) -> tuple[int, tuple[str, ...]]:
    header: Sequence[str] = form.header
    table = form.lines("?")
    if not form.spaced:
        lines = _lines(path, packed=form.packed)
        header, above = _header(lines, form.separator, set())
        table = form.cells("?", len(header), above)
    count = len(header)
    samples = [number for number, name in enumerate(header, 1) if name in columns]
    commas = "".join(
        f", first(cells[{number}]) FILTER "
        f"(WHERE regexp_full_match(cells[{number}], {text_sql(_COMMA)}))"
        for number in samples
    )
    wrong = f"len(cells) {'!=' if form.spaced else '>'} {count}"
    rows, bad, first, *with_comma = _row(
        connection,
        f"SELECT count(*), count(*) FILTER (WHERE {wrong}), "  # noqa: S608 - numbers only
        f"first(cells) FILTER (WHERE {wrong}){commas} FROM {table}",
        path,
    )
    if bad:
        raise Unreadable(_misfit(form, int(bad), first, count))
    if form.decimal != ",":
        for number, cell in zip(samples, with_comma, strict=True):
            if cell is not None:
                raise Unreadable(
                    f"'{header[number - 1]}' has numbers such as {cell.strip()[:40]!r}: say "
                    "decimal = ',' in the mapping in sage-write.toml if the comma is the decimal "
                    "sign; commas that group thousands are not read"
                )
    return int(rows), () if form.spaced else _rejected(connection)


def _misfit(form: SampleFormat, count: int, first: Sequence[str], cells: int) -> str:
    sign = " " if form.spaced else form.separator
    shown = sign.join(cell or "" for cell in first)[:80]
    than = f"other than {cells} cells" if form.spaced else f"more than {cells} cells"
    comma = (
        "; if a comma is the decimal sign, quote the numbers or use another separator"
        if sign == ","
        else ""
    )
    return f"{count} lines have {than}, which the header has: {shown!r}{comma}"


def _rejected(connection: DuckDBPyConnection) -> tuple[str, ...]:
    found = connection.execute(
        "SELECT lower(CAST(error_type AS VARCHAR)), count(DISTINCT line), min(line) "
        "FROM reject_errors GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return tuple(
        f"{f'{_REJECTS} lines or more' if count >= _REJECTS else f'{count} lines'} cannot be "
        f"read, the first at line {line}: {kind}"
        for kind, count, line in found
    )


def _row(connection: DuckDBPyConnection, sql: str, path: Path) -> tuple[Any, ...]:
    with watched(connection):
        (row,) = connection.execute(
            sql, [str(path)]
        ).fetchall()  # its end flushes what was rejected
    found: tuple[Any, ...] = row
    return found
