"""Folders that cross two factors become one table with a factor and a group."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.audit.test_unseen_runs import document, found, write
from tests.cli.program import sage_write
from writer.dataset import Dataset
from writer.model.experiment import Experiment
from writer.sources import read_runs
from writer.verify.evidence import gather
from writer.verify.folders import made_out
from writer.verify.groups import dataset_of

Edit = Callable[[dict[str, Any], str, int], None]
SCHEDULERS = ("fifo", "load_aware")


def grid(
    folder: Path,
    layout: str,
    edit: Edit | None = None,
    *,
    clients: tuple[int, ...] = (2, 4, 8),
    schedulers: tuple[str, ...] = SCHEDULERS,
    trials: int = 1,
) -> None:
    """Runs of each scheduler at each level of concurrency; ``edit`` changes a run's result."""
    for number, scheduler in enumerate(schedulers):
        for count in clients:
            for trial in range(1, trials + 1):
                name = layout.format(s=scheduler, c=count, t=trial)
                settings = {"scheduler": scheduler, "trial": trial}
                seed = 100 * number + 10 * count + trial
                result = document(name.replace("/", "-"), seed, count, settings, tasks=400)
                if edit is not None:
                    edit(result["metrics"]["config"], scheduler, count)
                write(folder / name, result)


def tables(folder: Path) -> dict[str, Experiment]:
    runs = read_runs(folder)
    return dict(dataset_of(runs, gather(runs, Dataset({}, {}, {}))).experiments)


def notes(folder: Path) -> dict[str, str]:
    runs = read_runs(folder)
    evidence = gather(runs, Dataset({}, {}, {}))
    return {item.file: item.message for item in made_out(evidence.runs)}


def levels(experiment: Experiment) -> list[tuple[str, ...]]:
    return [tuple(level.text for level in row.levels.values()) for row in experiment.rows]


EVERY = [(scheduler, count) for scheduler in SCHEDULERS for count in ("2", "4", "8")]


@pytest.mark.parametrize(
    "layout",
    [
        "exp/{s}_c{c}",
        "exp/{s}_c{c}/run_a",
        "exp/{s}-conc-{c}/out",
        "exp/c{c}_{s}",
        "exp/scheduler={s}/concurrency={c}/r",
        "exp/scheduler={s},concurrency={c}",
        "exp/concurrency={c}/scheduler={s}/r",
        "exp/{s}/{c}",
        "exp/{s}/{c}/r",
        "exp/{c}/{s}/r",
        "exp/{s}/{c}/{s}_{c}",
    ],
)
def test_two_factors_in_the_names_are_a_factor_and_a_group(tmp_path: Path, layout: str) -> None:
    grid(tmp_path, layout)
    ((name, experiment),) = tables(tmp_path).items()
    assert (name, experiment.factor) == ("exp", "parallelism")
    assert [column.name for column in experiment.groups()] == ["scheduler"]
    assert sorted(levels(experiment)) == sorted(EVERY)
    assert len(experiment.sweeps()) == 2
    assert found(tmp_path) == {}
    assert notes(tmp_path)["exp"].startswith("a grid of ")


@pytest.mark.parametrize("layout", ["exp/{s}_c{c}", "exp/c{c}/{s}", "exp/{s}-conc-{c}"])
def test_words_that_end_with_numbers_are_levels(tmp_path: Path, layout: str) -> None:
    grid(tmp_path, layout, schedulers=("v1", "mix2"))
    (experiment,) = tables(tmp_path).values()
    assert experiment.factor == "parallelism"
    assert [column.name for column in experiment.groups()] == ["scheduler"]
    assert found(tmp_path) == {}


def test_repetitions_of_each_combination_are_trials(tmp_path: Path) -> None:
    grid(tmp_path, "exp/{s}/c{c}/trial_{t}", trials=3)
    (experiment,) = tables(tmp_path).values()
    assert levels(experiment) == EVERY
    assert experiment.trials is not None
    assert experiment.trials.number == 3
    assert found(tmp_path) == {}


def test_without_a_configuration_the_names_give_the_levels(tmp_path: Path) -> None:
    def drop(config: dict[str, Any], *_: object) -> None:
        del config["parallelism"], config["scheduler"]

    grid(tmp_path / "a", "scheduler={s}/concurrency={c}/r", drop)
    (experiment,) = tables(tmp_path / "a").values()
    assert (experiment.factor, levels(experiment)) == ("concurrency", EVERY)
    grid(tmp_path / "b", "exp/{s}_c{c}", drop)
    (experiment,) = tables(tmp_path / "b").values()
    assert (experiment.factor, levels(experiment)) == ("c", EVERY)
    assert [column.name for column in experiment.groups()] == ["variant"]
    assert "variant (2 levels, by the names)" in notes(tmp_path / "b")["exp"]


def test_the_configuration_beats_the_names(tmp_path: Path) -> None:
    def other(config: dict[str, Any], scheduler: str, count: int) -> None:
        config["scheduler"] = {"fifo": "FIFOScheduler", "load_aware": "Balanced"}[scheduler]

    grid(tmp_path, "exp/{s}_c{c}", other)
    (experiment,) = tables(tmp_path).values()
    assert [column.name for column in experiment.groups()] == ["scheduler"]
    assert {first for first, _ in levels(experiment)} == {"FIFOScheduler", "Balanced"}


def test_a_run_that_was_set_otherwise_than_its_name_says_is_no_cell_of_the_grid(
    tmp_path: Path,
) -> None:
    def wrong(config: dict[str, Any], scheduler: str, count: int) -> None:
        if (scheduler, count) == ("fifo", 4):
            config["parallelism"] = 2

    grid(tmp_path, "exp/{s}_parallelism{c}", wrong)
    (experiment,) = tables(tmp_path).values()
    assert experiment.factor == "run"
    assert notes(tmp_path) == {
        "exp": "no grid of scheduler and parallelism: 6 rows have 5 combinations of their levels"
    }
    assert "setting-mismatch" in found(tmp_path)


def test_numbers_that_nothing_explains_are_not_guessed(tmp_path: Path) -> None:
    def drop(config: dict[str, Any], *_: object) -> None:
        del config["parallelism"]

    grid(tmp_path, "exp/{s}/{c}/r", drop)
    assert set(tables(tmp_path)) == {"exp/fifo", "exp/load_aware"}
    (message,) = notes(tmp_path).values()
    assert message.startswith("perhaps a grid, but nothing says what 2, 4, 8 are levels of: names")


def test_folders_that_no_setting_explains_stay_apart(tmp_path: Path) -> None:
    def drop(config: dict[str, Any], *_: object) -> None:
        del config["scheduler"]

    grid(tmp_path, "{s}/{c}", drop)
    assert set(tables(tmp_path)) == set(SCHEDULERS)
    (message,) = notes(tmp_path).values()
    assert message.startswith(
        "perhaps a grid, but nothing says what fifo, load_aware are levels of"
    )


def test_a_setting_that_changes_with_the_factor_is_no_grid(tmp_path: Path) -> None:
    grid(tmp_path, "exp/{s}_c{c}", clients=(1, 2, 4), schedulers=("fifo",))
    grid(tmp_path, "exp/{s}_c{c}", clients=(8, 16), schedulers=("load_aware",))
    (experiment,) = tables(tmp_path).values()
    assert (experiment.factor, experiment.groups()) == ("parallelism", ())
    assert "confounded-sweep" in found(tmp_path)


def test_combinations_without_a_run_are_counted(tmp_path: Path) -> None:
    grid(tmp_path, "exp/{s}/{c}", clients=(2, 4, 8), schedulers=("fifo",))
    grid(tmp_path, "exp/{s}/{c}", clients=(2, 4), schedulers=("load_aware",))
    (experiment,) = tables(tmp_path).values()
    assert levels(experiment) == EVERY[:-1]
    assert notes(tmp_path)["exp"].endswith("; 1 of 6 combinations have no run")


def test_a_defect_in_one_combination_is_told_with_its_group(tmp_path: Path) -> None:
    grid(tmp_path, "exp/{s}/{c}")
    result = document("spoiled", 7, 8, {"scheduler": "load_aware"}, tasks=400)
    result["metrics"]["successful_tasks"] = 450
    write(tmp_path / "exp" / "load_aware" / "8", result)
    assert found(tmp_path)["impossible-count"] == "error"


def test_three_factors_are_two_groups_and_a_factor(tmp_path: Path) -> None:
    for nodes in (2, 4):
        for scheduler in SCHEDULERS:
            for count in (2, 4, 8):
                settings = {"scheduler": scheduler}
                seed = nodes * 1000 + count * 20 + len(scheduler)
                result = document("x", seed, count, settings, tasks=400, nodes=nodes)
                write(tmp_path / "exp" / f"nodes{nodes}" / scheduler / f"c{count}", result)
    ((name, experiment),) = tables(tmp_path).items()
    assert (name, experiment.factor) == ("exp", "parallelism")
    assert [column.name for column in experiment.groups()] == ["num_nodes", "scheduler"]
    assert len(experiment.rows) == 12
    assert found(tmp_path) == {}


def test_what_was_ingested_is_the_same_grid_and_bound_to_its_runs(
    tmp_path: Path,
) -> None:
    grid(tmp_path / "raw", "exp/{s}/c{c}/trial_{t}", trials=2)
    (tmp_path / "sage-write.toml").write_text('[paper]\ndata = "data/runs"\n', encoding="utf-8")
    run = sage_write("ingest", "raw", "-f", "json", cwd=tmp_path)
    assert run.code == 0
    assert [item["file"] for item in run.document["notes"]] == ["exp"]
    checked = sage_write("verify", "--runs", "raw", "-f", "json", cwd=tmp_path)
    cells = checked.document["cells"]
    assert cells
    held = [cell for cell in cells if cell["recomputed"] is not None]
    assert len(held) == 6 * 7
    assert all(cell["agrees"] for cell in held)
    assert {cell["runs"] for cell in cells} == {2}
    assert sage_write("audit", "--runs", "raw", "--fail-on", "note", cwd=tmp_path).code == 0
    section = sage_write("section", "results", "--runs", "raw", "-o", "build", cwd=tmp_path)
    assert (section.code, section.err) == (0, "")
    text = (tmp_path / "build" / "results.tex").read_text(encoding="utf-8")
    assert "load\\_aware" in text


def test_what_counts_and_what_numbers_the_same_things_is_no_grid(tmp_path: Path) -> None:
    """Jobs that ran together: the number of a job is no level at which anything was measured."""
    for jobs in (2, 3):
        for job in range(jobs):
            name = f"exp/jobs_{jobs}/job{job}"
            result = document(name.replace("/", "-"), 10 * jobs + job, 4, tasks=400)
            write(tmp_path / name, result)
    assert {name: item.factor for name, item in tables(tmp_path).items()} == {
        "exp/jobs_2": "run",
        "exp/jobs_3": "run",
    }
    assert notes(tmp_path)["exp"] == (
        "no grid of jobs and job: the one counts what the other numbers"
    )
