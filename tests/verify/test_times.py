"""Folders named by when a run began hold the rows of one table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_runs import SAMPLES, write_run
from writer.sources import read_runs
from writer.verify.folders import groups
from writer.verify.groups import dataset_of

TIMES = ("20260117_090124", "20260117_091530", "20260118_000000")


def _written(folder: Path, steps: tuple[str, ...]) -> None:
    for level, step in zip((1, 2, 4), steps, strict=True):
        samples = [value * level for value in SAMPLES]
        path = folder / step / f"conc_{level}" / "r_metrics.json"
        write_run(path, samples, config={"parallelism": level})


@pytest.mark.parametrize("above", ["", "serving/"])
@pytest.mark.parametrize(
    "steps", [TIMES, ("2026-01-17", "2026-01-18", "2026-01-19")], ids=["time", "date"]
)
def test_runs_two_folders_below_are_one_table_with_its_factor(
    above: str, steps: tuple[str, ...], tmp_path: Path
) -> None:
    _written(tmp_path, tuple(above + step for step in steps))
    (table,) = dataset_of(read_runs(tmp_path)).experiments.values()
    assert table.name == (above.rstrip("/") or "results")
    assert table.factor == "parallelism"
    assert [row.levels["parallelism"].text for row in table.rows] == ["1", "2", "4"]


def test_other_folders_stay_tables_of_their_own(tmp_path: Path) -> None:
    _written(tmp_path, ("serving", "training", "loading"))
    assert list(groups(read_runs(tmp_path))) == ["loading", "serving", "training"]
