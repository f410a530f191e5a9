"""A dataset's tables in Parquet hold what the same tables in CSV hold."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writer.dataset import Dataset
from writer.errors import DataError
from writer.model.measurement import Measurement
from writer.sources import read
from writer.sources._parquet_table import encode

duckdb = pytest.importorskip("duckdb")

FIELDS = [
    {"name": "label", "type": "string", "role": "group"},
    {"name": "threads", "type": "number", "role": "factor"},
    {"name": "rate", "type": "number", "unit": "tasks/s", "statistic": "mean"},
    {"name": "why", "type": "string", "role": "note"},
]
NUMBERS = frozenset({"threads", "rate"})
HEADER = [str(field["name"]) for field in FIELDS]


def write(root: Path, form: str, data: bytes) -> Path:
    folder = root / form
    folder.mkdir(exist_ok=True)
    (folder / f"t.{form}").write_bytes(data)
    document = {
        "resources": [
            {"name": "t", "path": f"t.{form}", "format": form, "schema": {"fields": FIELDS}}
        ]
    }
    (folder / "datapackage.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def as_csv(rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def held(dataset: Dataset) -> list[Any]:
    """All values with their digits and intervals, without the file they stand in."""

    def plain(item: Measurement | None) -> Any:
        return item and replace(item, provenance=None)

    return [
        (
            {name: (level.text, plain(level.measurement)) for name, level in row.levels.items()},
            {name: plain(cell) for name, cell in row.cells.items()},
        )
        for row in dataset.experiments["t"].rows
    ]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parquet")


_FINITE = st.floats(allow_nan=False, allow_infinity=False, width=64).filter(
    lambda value: value == 0 or 1e-90 < abs(value) < 1e90
)
_NUMBER = (
    st.integers(-(10**20), 10**20).map(str)
    | _FINITE.map(repr)
    | st.decimals(-1000, 1000, places=3).map(str)
    | st.sampled_from(["9.50", "1e3", "+1", "-0", "007", ".5", "5.", "", "0.0", "1E-5"])
)
_WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t,\"'"), max_size=8
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_NUMBER, _WORDS), min_size=1, max_size=6))
def test_any_table_reads_back_as_its_csv(root: Path, cells: list[tuple[str, str]]) -> None:
    rows = [HEADER, *(["a", str(place), rate, why] for place, (rate, why) in enumerate(cells))]
    plain, packed = as_csv(rows), encode(rows, NUMBERS)
    one = read(root, write(root, "csv", plain))
    other = read(root, write(root, "parquet", packed))
    assert held(other) == held(one)


def test_rows_are_numbered_and_numbers_are_numbers(tmp_path: Path) -> None:
    rows = [HEADER, ["a", "1", "9.50", ""], ["a", "2", "8.25", "x"]]
    folder = write(tmp_path, "parquet", encode(rows, NUMBERS))
    (one, two) = read(tmp_path, folder).experiments["t"].rows
    assert [one.line, two.line] == [1, 2]
    assert [row.cells["rate"].text for row in (one, two)] == ["9.50", "8.25"]
    found = duckdb.read_parquet(str(folder / "t.parquet"))
    assert list(zip(found.columns, map(str, found.types), strict=True)) == [
        ("label", "VARCHAR"),
        ("threads", "BIGINT"),
        ("rate", "DOUBLE"),
        ("rate__printed", "VARCHAR"),
        ("why", "VARCHAR"),
    ]


@pytest.mark.parametrize(
    ("sql", "line", "words"),
    [
        ("SELECT 'a' AS label, 1 AS threads, 2.5 AS rate", None, "'why' is missing"),
        ("SELECT 'a' AS label, 1 AS threads, 2.5 AS rate, '' AS why, 3 AS x", None, "not in the"),
        ("SELECT 'a' AS label, 1 AS threads, [2.5] AS rate, '' AS why", None, "is of the type"),
        ("SELECT 'a' AS label, 1 AS threads, 2.5 AS rate, '' AS why LIMIT 0", None, "no rows"),
        (
            "SELECT 'a' AS label, 1 AS threads, 2.5 AS rate, '9.5' AS rate__printed, '' AS why",
            1,
            "the printed digits are '9.5', the value is 2.5",
        ),
        (
            "SELECT 'a' AS label, 1 AS threads, 'nan'::DOUBLE AS rate, '' AS why",
            1,
            "column 'rate' holds 'nan'",
        ),
        (
            "SELECT 'a' AS label, i AS threads, 2.5 AS rate, '' AS why FROM range(2100000) r(i)",
            None,
            "2100000 rows and 4 columns",
        ),
    ],
)
def test_what_is_no_table_of_the_descriptor_is_named(
    sql: str, line: int | None, words: str, tmp_path: Path
) -> None:
    folder = write(tmp_path, "parquet", b"")
    duckdb.sql(f"COPY ({sql}) TO '{folder / 't.parquet'}' (FORMAT parquet)")
    with pytest.raises(DataError) as caught:
        read(tmp_path, folder)
    assert words in caught.value.message
    assert (caught.value.file, caught.value.line) == ("parquet/t.parquet", line)


@pytest.mark.parametrize("data", [b"", b"label,threads\n", b"PAR1" + b"\0" * 40 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_named(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read as Parquet"):
        read(tmp_path, write(tmp_path, "parquet", data))
