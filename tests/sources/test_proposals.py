"""Files of samples that no mapping names: what is proposed for them, and what ends no command."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from writer.sources import read_runs

PACKED = gzip.compress(b"system,latency_ms\n" + b"a,1.5\n" * 99)


def _proposed(folder: Path, name: str, data: bytes) -> list[str]:
    (folder / name).write_bytes(data)
    return [item.proposal for item in read_runs(folder).skipped if item.proposal]


def test_a_column_that_the_first_row_leaves_empty_is_proposed(tmp_path: Path) -> None:
    rows = "".join(f"a,{10 + number % 7}.5\n" for number in range(20))
    (text,) = _proposed(tmp_path, "runs.csv", f"system,latency_ms\na,\n{rows}".encode())
    assert 'column = "latency_ms"' in text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.jsonl", b"[" * 60_000),
        (
            "broken.csv.gz",
            PACKED[:20] + b"\xff" * 9,
        ),
        ("wide.csv", b"system,latency_ms\n" + b"a,1.5\n" * 9 + b"b" * 70_000 + b",2\n"),
    ],
    ids=["deep", "broken", "wide"],
)
def test_nothing_is_proposed_for_what_cannot_be_read(
    tmp_path: Path, name: str, data: bytes
) -> None:
    assert _proposed(tmp_path, name, data) == []
