"""Whatever stands in the files, reading gives a dataset or the house error."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.package import CELLS_HEADER, CSV, descriptor, write
from writer.dataset import Dataset
from writer.errors import DataError, PathError
from writer.sources import read

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SCALAR = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["threads", "rate", "note", "1", "", "NaN", "../a", "factor", "measurement"])
)
_JSON = st.recursive(
    _SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


def _paths(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    entries: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    return [path for key, item in entries for path in ((*at, key), *_paths(item, (*at, key)))]


PATHS = _paths(descriptor())


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def _outcome(root: Path, files: set[str]) -> None:
    """Read; an error names one of ``files`` and, where it has a line, one that exists."""
    error: DataError | PathError | None = None
    try:
        found = read(root, root / "data")
    except (DataError, PathError) as caught:
        error = caught
    if error is None:
        assert type(found) is Dataset
        return
    assert error.file in files
    data = (root / error.file).read_bytes()
    assert 1 <= (error.line or 1) <= data.count(b"\n") + data.count(b"\r") + 1
    assert _CONTROL.findall(str(error)) == []


@given(path=st.sampled_from(PATHS), value=_JSON)
def test_any_value_at_any_key_of_the_descriptor(
    root: Path, path: tuple[str | int, ...], value: object
) -> None:
    document = descriptor()
    owner: Any = document
    for step in path[:-1]:
        owner = owner[step]
    owner[path[-1]] = value
    write(root, document)
    _outcome(root, {"data/datapackage.json", "data/threads.csv", "data/cells.csv"})


@given(path=st.sampled_from(PATHS))
def test_any_key_of_the_descriptor_may_be_gone(root: Path, path: tuple[str | int, ...]) -> None:
    document = descriptor()
    owner: Any = document
    for step in path[:-1]:
        owner = owner[step]
    del owner[path[-1]]
    write(root, document)
    _outcome(root, {"data/datapackage.json", "data/threads.csv", "data/cells.csv"})


def _cut(text: bytes) -> st.SearchStrategy[bytes]:
    """``text`` with a piece of it replaced by other bytes."""
    place = st.integers(0, len(text))
    other = st.binary(max_size=6) | st.text(max_size=4).map(
        lambda word: word.encode("utf-8", "surrogatepass")
    )
    return st.builds(
        lambda start, end, piece: text[: min(start, end)] + piece + text[max(start, end) :],
        place,
        place,
        other,
    )


@given(data=_cut(CSV.encode()))
def test_any_bytes_as_a_table(root: Path, data: bytes) -> None:
    write(root, csv=data)
    _outcome(root, {"data/datapackage.json", "data/threads.csv", "data/cells.csv"})


@given(data=_cut(f"{CELLS_HEADER}\nthreads,threads=4,rate,missing,,crashed,log\n".encode()))
def test_any_bytes_as_the_table_of_cells(root: Path, data: bytes) -> None:
    (write(root) / "cells.csv").write_bytes(data)
    _outcome(root, {"data/cells.csv"})


@given(data=_cut(json.dumps(descriptor(), indent=1).encode()))
def test_any_bytes_as_the_descriptor(root: Path, data: bytes) -> None:
    (write(root) / "datapackage.json").write_bytes(data)
    _outcome(root, {"data/datapackage.json", "data/threads.csv", "data/cells.csv"})
