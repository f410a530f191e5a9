"""What was made out without being told is said by the commands that read runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import sage_write

MAPPING = """
[[samples]]
files = "*.csv"
column = "took"
unit = "ms"
quantity = "latency"
group = "job"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with samples between whose cells a semicolon stands."""
    (tmp_path / "sage-write.toml").write_text(MAPPING)
    (tmp_path / "raw").mkdir()
    for start, name in enumerate("ab"):
        rows = "".join(f"{number % 2 + 2 * start};{number + 0.5}\n" for number in range(100))
        (tmp_path / "raw" / f"{name}.csv").write_text("job;took\n" + rows)
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        ("ingest", "raw"),
        ("verify", "--runs", "raw"),
        ("audit", "--runs", "raw"),
        ("section", "results", "--runs", "raw"),
        ("limitations", "--runs", "raw"),
    ],
)
def test_notes_are_told_to_people_and_programs(folder: Path, line: tuple[str, ...]) -> None:
    how = "read with ';' between the cells: only so its header has the columns named"
    said = sage_write(*line, cwd=folder)
    assert "Made out" in said.out
    assert "a.csv and 1 more" in said.out
    found = sage_write(*line, "-f", "json", cwd=folder).document
    assert found["notes"] == [{"file": f"{name}.csv", "message": how} for name in ("a", "b")]


def test_without_anything_made_out_nothing_is_said(folder: Path) -> None:
    for name in ("a", "b"):
        file = folder / "raw" / f"{name}.csv"
        file.write_text(file.read_text().replace(";", ","))
    assert "Made out" not in sage_write("ingest", "raw", cwd=folder).out
