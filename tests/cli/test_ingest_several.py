"""``ingest`` of several folders: every run under an id and a file of its own."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.program import sage_write
from tests.cli.test_runs import SAMPLES, write_run


def _two(folder: Path, one: str, other: str) -> None:
    for place, shift in ((one, 0.0), (other, 1000.0)):
        for number in (1, 2):
            data = [value + shift + number for value in SAMPLES]
            write_run(folder / place / f"a_{number}_metrics.json", data)


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [("x/raw", "y/raw", ("x/raw", "y/raw")), ("x/raw", "x/more", ("more", "raw"))],
)
def test_no_run_takes_the_place_of_one_of_the_same_name(
    tmp_path: Path, one: str, other: str, names: tuple[str, str]
) -> None:
    _two(tmp_path, one, other)
    run = sage_write("ingest", one, other, "-o", "out", "-f", "json", cwd=tmp_path)
    assert (run.code, run.document["runs"], run.document["problems"]) == (0, 4, [])
    (path,) = (tmp_path / "out").glob("runs-*.csv")
    with path.open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["statistic"] == "mean"]
    expected = {f"{name}/a_{number}" for name in names for number in (1, 2)}
    assert {row["run"] for row in rows} == expected
    assert len({row["recomputed"] for row in rows}) == 4
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert f"{names[0]}/a_1_metrics.json" in json.dumps(package) + path.read_text(encoding="utf-8")


def test_a_folder_that_is_named_twice_is_an_error(tmp_path: Path) -> None:
    _two(tmp_path, "x/raw", "y/raw")
    run = sage_write("ingest", "x/raw", "./x/raw", "-o", "out", cwd=tmp_path)
    assert (run.code, "is named twice" in run.err) == (2, True)
    assert not (tmp_path / "out").exists()
