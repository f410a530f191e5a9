"""Which runs make one table, and which are trials, in the layouts that results folders have."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_runs import SAMPLES, write_run
from writer.dataset import Dataset
from writer.setting_names import trial_of
from writer.sources import read_runs
from writer.verify.evidence import gather
from writer.verify.folders import made_out
from writer.verify.groups import dataset_of

Table = tuple[str, str, int, list[str]]
"""Name, factor, trials per row (0 where there are none), and the factor's levels."""


def _read(
    folder: Path, paths: list[str], settings: Callable[[str], dict[str, Any]]
) -> tuple[list[Table], list[str]]:
    """The tables, and the first words of each note."""
    for number, path in enumerate(paths):
        data = [value + number for value in SAMPLES]
        write_run(folder / f"{path}_metrics.json", data, config=settings(path))
    runs = read_runs(folder)
    evidence = gather(runs, Dataset({}, {}, {}))
    tables = [
        (
            name,
            table.factor,
            0 if table.trials is None else int(table.trials.text),
            [row.levels[table.factor].text for row in table.rows],
        )
        for name, table in dataset_of(evidence.runs, evidence).experiments.items()
    ]
    return tables, [note.message for note in made_out(evidence.runs)]


def _nothing(path: str) -> dict[str, Any]:
    return {"workers": 4}


def _clients(path: str) -> dict[str, Any]:
    match = re.search(r"conc_?(\d+)", path)
    return {"workers": 4, "clients": int(match[1]) if match else int(path[-1])}


def _of_hash(path: str) -> dict[str, Any]:
    return {"workers": 4, "clients": "ad0".index(path.split("/")[-2][0]) + 1}


HASHES = ("a1b2c3", "d4e5f6", "0718fe")
DAYS = tuple(f"2026-01-1{day}" for day in (1, 2, 3))

JOINED: dict[str, tuple[list[str], Callable[[str], dict[str, Any]], Table]] = {
    "variants with runs in them": (
        [f"{name}/run-{number}" for name in ("baseline", "tuned") for number in (1, 2, 3)],
        _nothing,
        ("results", "run", 3, ["baseline", "tuned"]),
    ),
    "variants whose runs have numbers of their own": (
        ["baseline/run-1", "tuned/run-2"],
        _nothing,
        ("results", "run", 0, ["baseline/run-1", "tuned/run-2"]),
    ),
    "variants below a folder, a run a folder": (
        [f"e/{name}/run-{number}/b" for name in ("baseline", "tuned") for number in (1, 2)],
        _nothing,
        ("e", "run", 2, ["baseline/b", "tuned/b"]),
    ),
    "a run two levels down, named by a hash": (
        [f"{name}/conc_{2**step}/b" for step, name in enumerate(HASHES)],
        _clients,
        ("results", "clients", 0, ["1", "2", "4"]),
    ),
    "the same below a folder": (
        [f"res/{name}/conc_{2**step}/b" for step, name in enumerate(HASHES)],
        _clients,
        ("res", "clients", 0, ["1", "2", "4"]),
    ),
    "variants of one level each": (
        [f"{name}/conc_4/r" for name in ("baseline", "tuned")],
        _clients,
        ("results", "run", 0, ["baseline/conc_4/r", "tuned/conc_4/r"]),
    ),
    "names that say nothing, and one setting": (
        [f"{name}/b" for name in HASHES],
        _of_hash,
        ("results", "clients", 0, ["1", "2", "3"]),
    ),
    "days, and one setting": (
        [f"run-{day}" for day in DAYS],
        _clients,
        ("results", "clients", 0, ["1", "2", "3"]),
    ),
    "a run and a level in one name": (
        [f"run1_conc{level}" for level in (1, 2, 4)],
        _clients,
        ("results", "clients", 0, ["1", "2", "4"]),
    ),
}


@pytest.mark.parametrize(("paths", "settings", "expected"), JOINED.values(), ids=JOINED)
def test_runs_that_belong_together_are_one_table(
    tmp_path: Path, paths: list[str], settings: Callable[[str], dict[str, Any]], expected: Table
) -> None:
    assert _read(tmp_path, paths, settings) == ([expected], [])


APART: dict[str, tuple[list[str], list[tuple[str, list[str]]], str]] = {
    "days": (
        [f"run-{day}" for day in DAYS],
        [("results", [f"run-{day}" for day in DAYS])],
        "its rows differ in nothing but names such as run-2026-01-11",
    ),
    "moments": (
        ["run_20260111_090124", "run_20260112_090124"],
        [("results", ["run_20260111_090124", "run_20260112_090124"])],
        "its rows differ in nothing but names such as run_20260111_090124",
    ),
    "days with the same rows": (
        [f"run-{day}/{name}" for day in DAYS for name in ("baseline", "tuned")],
        [(f"run-{day}", ["baseline", "tuned"]) for day in DAYS],
        "its folders say when they were measured, and not whether they repeat one another",
    ),
}


@pytest.mark.parametrize(("paths", "tables", "note"), APART.values(), ids=APART)
def test_what_may_be_repetitions_is_noted_and_not_joined(
    tmp_path: Path, paths: list[str], tables: list[tuple[str, list[str]]], note: str
) -> None:
    found, notes = _read(tmp_path, paths, _nothing)
    assert [(name, levels) for name, _, trials, levels in found if not trials] == tables
    assert [message[: len(note)] for message in notes] == [note]


def test_single_runs_of_unlike_settings_stay_apart_and_that_is_noted(tmp_path: Path) -> None:
    def settings(path: str) -> dict[str, Any]:
        return {"clients": 4} if "conc" in path else {"nodes": 8}

    found, notes = _read(tmp_path, ["a/conc_4/r", "b/nodes_8/r"], settings)
    assert [name for name, *_ in found] == ["a", "b"]
    assert [message.partition(",")[0] for message in notes] == ["folders of one row each"]


@pytest.mark.parametrize(
    ("path", "trial"),
    [
        ("sweep/run-3", "3"),
        ("run-12345", "12345"),
        ("run-2026", "2026"),
        ("seed20260117", "20260117"),
        ("run-2026-01-17", ""),
        ("run-20260117", ""),
        ("run_20260117_090124", ""),
        ("run-17-01-2026", ""),
        ("run-090124", ""),
        ("run-1705310000", ""),
        ("run-2026-01-17/trial_2", "2"),
    ],
)
def test_what_says_when_a_run_began_numbers_no_repetition(path: str, trial: str) -> None:
    assert trial_of(path) == trial
