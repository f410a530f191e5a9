"""The table of replaced and missing cells: what it says, and its faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.package import CELLS_HEADER, dataset, fault, write
from writer.model.measurement import Grade

CELLS = "data/cells.csv"
GOOD = "threads,threads=2,rate,adjusted,30.0,it looked better,a guide"

FAULTS = {
    "unknown table": ("rates,threads=2,rate,missing,,,", "there is no table 'rates'"),
    "unknown level": (
        "threads,threads=3,rate,adjusted,1,,",
        "'threads=3' is no row of 'threads'",
    ),
    "unknown factor": (
        "threads,nodes=2,rate,adjusted,1,,",
        "'nodes=2' is no row of 'threads'",
    ),
    "a factor too many": (
        "threads,threads=2; nodes=1,rate,adjusted,1,,",
        "'threads=2; nodes=1' is no row of 'threads'",
    ),
    "no level": ("threads,,rate,adjusted,1,,", "'' is not a level"),
    "a level without its factor": ("threads,2,rate,adjusted,1,,", "'2' is not a level"),
    "a factor twice": (
        "threads,threads=2;threads=2,rate,adjusted,1,,",
        "'threads=2;threads=2' is not a level",
    ),
    "unknown grade": ("threads,threads=2,rate,estimated,1,,", "unknown grade 'estimated'"),
    "measured": ("threads,threads=2,rate,measured,1,,", "unknown grade 'measured'"),
    "no grade": ("threads,threads=2,rate,,1,,", "unknown grade ''"),
    "unknown column": ("threads,threads=2,speed,adjusted,1,,", "there is no column 'speed'"),
    "a note": ("threads,threads=2,note,adjusted,1,,", "there is no column 'note'"),
    "speedup of nothing": (
        "threads,threads=2,speedup(speed),adjusted,1,,",
        "there is no column 'speedup(speed)'",
    ),
    "nothing invented": (
        "threads,threads=2,rate,adjusted,,,",
        "the invented value '' is not a number",
    ),
    "text invented": (
        "threads,threads=2,rate,adjusted,about 3,,",
        "the invented value 'about 3' is not a number",
    ),
    "NaN invented": (
        "threads,threads=2,rate,adjusted,NaN,,",
        "the invented value 'NaN' is not a number",
    ),
    "infinity invented": (
        "threads,threads=2,rate,adjusted,inf,,",
        "the invented value 'inf' is not a number",
    ),
    "missing with a value": (
        "threads,threads=2,rate,missing,,,",
        "column 'rate' of this row has a value, or does not exist",
    ),
    "missing with an invented value": (
        "threads,threads=4,rate,missing,3,,",
        "a missing cell has an invented value",
    ),
    "twice": (GOOD, "column 'rate' of this row has an invented value already"),
    "short": ("threads,threads=2,rate,adjusted,1", "the row has 5 cells"),
}


@pytest.mark.parametrize(("line", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_error_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    write(tmp_path, cells=(GOOD, line))
    assert fault(tmp_path) == (CELLS, 3, message)


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "the file is empty"),
        (CELLS_HEADER.encode(), 1, "the file has a header and no rows"),
        (b"table,level\na,b\n", 1, "the column 'column' is missing"),
        (CELLS_HEADER.encode("utf-16"), 1, "the text is not UTF-8 (byte 0xff)"),
        (CELLS_HEADER.encode() + b"\n\xfc", 2, "the text is not UTF-8 (byte 0xfc)"),
    ],
)
def test_a_broken_file_is_one_error(
    tmp_path: Path, content: bytes, line: int, message: str
) -> None:
    (write(tmp_path) / "cells.csv").write_bytes(content)
    assert fault(tmp_path) == (CELLS, line, message)


def test_an_invented_value_is_a_measurement_of_its_own(tmp_path: Path) -> None:
    found = dataset(tmp_path, cells=(GOOD,))
    cell, adjusted = found.get("threads/2/rate"), found.get("threads/2/rate.adjusted")
    assert cell is not None
    assert adjusted is not None
    assert (cell.grade, cell.text, cell.reason) == (Grade.MEASURED, "19.5", None)
    assert (adjusted.grade, adjusted.text) == (Grade.ADJUSTED, "30.0")
    assert adjusted.reason == "it looked better"
    assert (cell.counterpart, adjusted.counterpart) == (adjusted.id, cell.id)
    assert adjusted.provenance is not None
    assert adjusted.provenance.place == f"{CELLS}:2:invented"
    assert found.by_grade() == {"raw": 0, "measured": 2, "derived": 0, "adjusted": 1, "missing": 1}


def test_a_replaced_cell_that_was_never_measured_stays_missing(tmp_path: Path) -> None:
    found = dataset(tmp_path, cells=("threads,threads=4,rate,adjusted,30.0,guessed,",))
    row = found.experiment("threads").row(threads=4)
    assert row is not None
    assert (row.cells["rate"].grade, row.adjusted["rate"].grade) == (Grade.MISSING, Grade.ADJUSTED)
    assert (row.cells["rate"].known, row.adjusted["rate"].known) == (False, False)


def test_an_invented_speedup_names_the_ratio_that_was_measured(tmp_path: Path) -> None:
    line = "threads,threads={},speedup(rate),adjusted,9,,"
    found = dataset(tmp_path, cells=(line.format(2), line.format(4)))
    items = [found.get(f"threads/{level}/speedup-rate.adjusted") for level in (2, 4)]
    assert [item and (item.unit, item.counterpart) for item in items] == [
        ("x", "ratio(threads/2/rate,threads/1/rate)"),
        ("x", None),
    ]
