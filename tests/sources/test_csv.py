"""Faults of a table: one error each, with the file and the line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.package import CSV, dataset, fault, write
from writer.sources._csv import read_table

HEAD = "threads,rate,note\n"
NOT_UTF8 = "the text is not UTF-8 (byte 0x{:02x})"
FINITE = "column 'rate' holds {}"

FAULTS = {
    "missing column": ("threads,rate\n1,2\n", 1, "the column 'note' is missing"),
    "unknown column": (
        "threads,rate,note,extra\n1,2,,3\n",
        1,
        "the column 'extra' is not in the descriptor",
    ),
    "doubled column": ("threads,rate,rate,note\n1,2,3,\n", 1, "the column 'rate' stands twice"),
    "header after a blank line": ("\nthreads,rate\n", 2, "the column 'note' is missing"),
    "empty file": ("", 1, "the file is empty"),
    "only blank lines": ("\n\n\n", 1, "the file is empty"),
    "only a byte order mark": ("\ufeff", 1, "the file is empty"),
    "header only": (HEAD, 1, "the file has a header and no rows"),
    "text in a number": (HEAD + "1,2.0,\n2,fast,\n", 3, FINITE.format("'fast'")),
    "decimal comma": (HEAD + '1,"2,0",\n', 2, FINITE.format("'2,0'")),
    "number with a unit": (HEAD + "1,2.0 ms,\n", 2, FINITE.format("'2.0 ms'")),
    "not a number": (HEAD + "1,NaN,\n", 2, FINITE.format("'NaN'")),
    "infinity": (HEAD + "1,inf,\n", 2, FINITE.format("'inf'")),
    "minus infinity": (HEAD + "1,-Infinity,\n", 2, FINITE.format("'-Infinity'")),
    "overflow": (HEAD + "1,1e999,\n", 2, FINITE.format("'1e999'")),
    "overflow in digits": (HEAD + f"1,{'9' * 400},\n", 2, FINITE.format(f"'{'9' * 40}'")),
    "underflow": (HEAD + f"1,0.{'0' * 400}1,\n", 2, FINITE.format(f"'0.{'0' * 38}'")),
    "digits of another script": (HEAD + "1,٣.٥,\n", 2, FINITE.format("'٣.٥'")),
    "hexadecimal": (HEAD + "1,0x10,\n", 2, FINITE.format("'0x10'")),
    "half a level": (HEAD + "1.5,2.0,\n", 2, "column 'threads' holds '1.5'"),
    "text as a level": (HEAD + "one,2.0,\n", 2, "column 'threads' holds 'one'"),
    "below the minimum": (HEAD + "1,-2.0,\n", 2, FINITE.format("'-2.0'")),
    "above the maximum": (HEAD + "1,1001,\n", 2, FINITE.format("'1001'")),
    "empty level": (HEAD + "1,2.0,\n,3.0,\n", 3, "the level of 'threads' is empty"),
    "level that stands for nothing": (HEAD + "-,2.0,\n", 2, "the level of 'threads' is empty"),
    "duplicate row": (HEAD + "1,2.0,\n2,3.0,\n1,4.0,\n", 4, "the row 1 stands at line 2 already"),
    "duplicate level in other digits": (
        HEAD + "1,2.0,\n01,3.0,\n",
        3,
        "the row 01 stands at line 2 already",
    ),
    "short row": (HEAD + "1,2.0,\n2,3.0\n", 3, "the row has 2 cells"),
    "long row": (HEAD + "1,2.0,,\n", 2, "the row has 4 cells"),
    "unclosed quote": (HEAD + '1,2.0,"never\n2,3.0,\n', 2, "a quote is opened and never closed"),
    "text after a quote": (
        HEAD + '1,2.0,"a"b\n',
        2,
        "not valid CSV: ',' expected after '\"'",
    ),
    "NUL": (HEAD + "1,2.0,a\0b\n", 2, "the text holds the control character U+0000"),
    "escape": (HEAD + "1,2.0,\n2,3.0,\x1b[31m\n", 3, "the text holds the control character U+001B"),
    "huge field": (
        HEAD + f"1,2.0,{'x' * 200_000}\n",
        2,
        "not valid CSV: field larger than field limit (131072)",
    ),
    "Latin-1": ((HEAD + "1,2.0,Zürich\n").encode("latin-1"), 2, NOT_UTF8.format(0xFC)),
    "UTF-16": ((HEAD + "1,2.0,\n").encode("utf-16"), 1, NOT_UTF8.format(0xFF)),
    "UTF-16 without a mark": (
        (HEAD + "1,2.0,\n").encode("utf-16-le"),
        1,
        "the text holds the control character U+0000",
    ),
}


@pytest.mark.parametrize(("text", "line", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_error_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, message: str
) -> None:
    write(tmp_path, csv=text, cells=())
    (tmp_path / "data" / "cells.csv").unlink()
    assert fault(tmp_path) == ("data/threads.csv", line, message)


def test_lines_are_those_of_the_file_though_cells_hold_line_breaks(tmp_path: Path) -> None:
    text = HEAD + '\n1,2.0,"two\nlines"\n\n2,3.0,\n4,,\n'
    rows = dataset(tmp_path, csv=text).experiment("threads").rows
    assert [(row.line, row.notes["note"]) for row in rows] == [(3, "two\nlines"), (6, ""), (7, "")]


def test_a_byte_order_mark_and_other_line_ends_are_read(tmp_path: Path) -> None:
    plain = dataset(tmp_path).experiment("threads")
    for text in ("\ufeff" + CSV, CSV.replace("\n", "\r\n"), CSV.replace("\n", "\r")):
        other = dataset(tmp_path, csv=text).experiment("threads")
        assert [row.line for row in other.rows] == [row.line for row in plain.rows]
        assert [item.value for item in other.measurements()] == [10.0, 19.5, None]


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t"),
    max_size=12,
)
_HEADER = st.lists(
    st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=6),
    min_size=2,
    max_size=4,
    unique=True,
)


@given(data=st.data(), header=_HEADER)
def test_what_a_csv_writer_writes_is_read_back_with_its_lines(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, header: list[str]
) -> None:
    row = st.lists(_TEXT, min_size=len(header), max_size=len(header))
    rows = data.draw(st.lists(row, min_size=1, max_size=5))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    lines = []
    for cells in rows:
        lines.append(stream.getvalue().count("\n") + 1)
        writer.writerow(cells)
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    path.write_bytes(stream.getvalue().encode())
    table = read_table(path, "table.csv", header)
    assert tuple(table.rows) == tuple(
        (line, dict(zip(header, cells, strict=True)))
        for line, cells in zip(lines, rows, strict=True)
    )
