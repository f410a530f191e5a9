"""The demo data as read: every number of the guide, measured and invented apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import frictionless
import pytest

from writer.dataset import Dataset
from writer.model.experiment import Row
from writer.model.measurement import Grade, Measurement

# by table: the measurement columns, and the digits per row's levels
TABLES: dict[str, tuple[tuple[str, ...], dict[tuple[str, ...], tuple[str, ...]]]] = {
    "concurrency": (
        ("throughput", "avg_latency", "p99_latency"),
        {
            ("1",): ("2.01", "1241.4", "2396.9"),
            ("2",): ("3.93", "552.1", "1076.8"),
            ("4",): ("7.27", "234.2", "457.9"),
            ("8",): ("13.30", "109099.4", "210654.6"),
            ("16",): ("16.61", "5218.7", "13268.4"),
        },
    ),
    "schedulers": (
        ("throughput", "avg_latency", "p99_latency", "balance"),
        {
            ("FIFO",): ("9.45", "2563.0", "6943.9", "47.0"),
            ("LoadAware",): ("9.38", "2540.5", "7024.2", "99.8"),
            ("Priority",): ("12.73", "4384.0", "31147.0", "100.0"),
        },
    ),
    "task_complexity": (
        ("throughput", "avg_latency", "p99_latency", "balance"),
        {
            ("Light",): ("9.54", "2085.3", "5747.8", "99.8"),
            ("Medium",): ("9.02", "2655.8", "7056.7", "99.8"),
            ("Heavy",): ("9.58", "4613.1", "11038.0", "99.8"),
        },
    ),
    "job_count": (
        ("total_throughput", "per_job_throughput", "p99_latency"),
        {
            ("1",): ("12.74", "12.74", "219.7755"),
            ("2",): ("49.39", "24.70", "156.6589"),
            ("4",): ("48.65", "12.16", "198.4784"),
            ("8",): ("39.15", "4.89", "50.7629"),
        },
    ),
    "start_delay": (
        ("throughput", "p99_latency"),
        {
            ("0",): ("43.61", "77"),
            ("1",): ("44.27", "73"),
            ("2",): ("39.17", "60"),
            ("5",): ("30.65", "33"),
        },
    ),
    "node_scaling": (
        ("throughput", "completed"),
        {
            ("Compute", "1"): ("38.34", "5000"),
            ("Compute", "4"): ("57.36", "5000"),
            ("Compute", "8"): ("39.43", "5000"),
            ("Compute", "16"): ("18.51", "5000"),
            ("RAG", "1"): ("1.86", "1491"),
            ("RAG", "4"): ("7.06", "4879"),
            ("RAG", "8"): ("12.13", "4738"),
            ("RAG", "16"): ("16.35", "4998"),
            ("Mixed", "1"): ("", ""),
            ("Mixed", "4"): ("5.35", "4306"),
            ("Mixed", "8"): ("5.17", "3348"),
            ("Mixed", "16"): ("10.27", "4991"),
        },
    ),
}

# table, levels, column: the invented number and the measured one
INVENTED: dict[tuple[str, tuple[str, ...], str], tuple[str, str]] = {
    ("concurrency", ("8",), "avg_latency"): ("600.0", "109099.4"),
    ("concurrency", ("8",), "p99_latency"): ("1200.0", "210654.6"),
    ("job_count", ("1",), "p99_latency"): ("35.0", "219.7755"),
    ("job_count", ("2",), "p99_latency"): ("25.0", "156.6589"),
    ("job_count", ("4",), "p99_latency"): ("30.0", "198.4784"),
    ("node_scaling", ("Compute", "1"), "throughput"): ("38.3", "38.34"),
    ("node_scaling", ("Compute", "4"), "throughput"): ("130.0", "57.36"),
    ("node_scaling", ("Compute", "8"), "throughput"): ("220.0", "39.43"),
    ("node_scaling", ("Compute", "16"), "throughput"): ("350.0", "18.51"),
}
SPEEDUPS = {"1": "1.0", "4": "3.4", "8": "5.7", "16": "9.1"}

UNITS = {
    ("concurrency", "throughput"): ("tasks/s", "higher"),
    ("concurrency", "avg_latency"): ("ms", "lower"),
    ("concurrency", "p99_latency"): ("ms", "lower"),
    ("schedulers", "throughput"): ("tasks/s", "higher"),
    ("schedulers", "avg_latency"): ("ms", "lower"),
    ("schedulers", "p99_latency"): ("ms", "lower"),
    ("schedulers", "balance"): ("%", "higher"),
    ("task_complexity", "throughput"): ("tasks/s", "higher"),
    ("task_complexity", "avg_latency"): ("ms", "lower"),
    ("task_complexity", "p99_latency"): ("ms", "lower"),
    ("task_complexity", "balance"): ("%", "higher"),
    ("job_count", "total_throughput"): ("tasks/s", "higher"),
    ("job_count", "per_job_throughput"): ("tasks/s", "higher"),
    ("job_count", "p99_latency"): ("s", "lower"),
    ("start_delay", "throughput"): ("tasks/s", "higher"),
    ("start_delay", "p99_latency"): ("s", "lower"),
    ("node_scaling", "throughput"): ("tasks/s", "higher"),
    ("node_scaling", "completed"): ("tasks", "higher"),
}


def _levels(row: Row) -> tuple[str, ...]:
    return tuple(level.text for level in row.levels.values())


def _rows(dataset: Dataset, table: str) -> Mapping[tuple[str, ...], Row]:
    return {_levels(row): row for row in dataset.experiment(table).rows}


def _line(item: Measurement, root: Path) -> str:
    """The line of the file that the provenance names."""
    assert item.provenance is not None
    assert item.provenance.row is not None
    lines = (root / item.provenance.file).read_text(encoding="utf-8").splitlines()
    return lines[item.provenance.row - 1]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_holds_what_was_measured(demo_dataset: Dataset, table: str) -> None:
    columns, expected = TABLES[table]
    rows = _rows(demo_dataset, table)
    assert {levels: tuple(row.cells) for levels, row in rows.items()} == dict.fromkeys(
        expected, columns
    )
    digits = {
        levels: tuple(cell.text for cell in row.cells.values()) for levels, row in rows.items()
    }
    assert digits == expected
    values = {
        levels: tuple(cell.value for cell in row.cells.values()) for levels, row in rows.items()
    }
    assert values == {
        levels: tuple(float(text) if text else None for text in texts)
        for levels, texts in expected.items()
    }


def test_there_is_no_table_beside_these(demo_dataset: Dataset) -> None:
    assert list(demo_dataset.experiments) == list(TABLES)


def test_every_cell_is_of_one_grade(demo_dataset: Dataset) -> None:
    assert demo_dataset.by_grade() == {
        "raw": 0,
        "measured": 81,
        "derived": 0,
        "adjusted": 13,
        "missing": 2,
    }


def test_an_invented_value_stands_beside_the_measured_one_and_each_names_the_other(
    demo_dataset: Dataset,
) -> None:
    found = {}
    for table in TABLES:
        for levels, row in _rows(demo_dataset, table).items():
            for column, cell in row.cells.items():
                if cell.counterpart is None:
                    continue
                adjusted = row.adjusted[column]
                found[(table, levels, column)] = (adjusted.text, cell.text)
                assert (cell.grade, adjusted.grade) == (Grade.MEASURED, Grade.ADJUSTED)
                assert (cell.counterpart, adjusted.counterpart) == (adjusted.id, cell.id)
                assert demo_dataset.get(adjusted.id) == adjusted
                assert demo_dataset.get(cell.id) == cell
                assert adjusted.unit == cell.unit
    assert found == INVENTED


def test_an_invented_speedup_stands_for_the_ratio_of_what_was_measured(
    demo_dataset: Dataset,
) -> None:
    rows = _rows(demo_dataset, "node_scaling")
    base = "node-scaling/compute/1/throughput"
    for nodes, text in SPEEDUPS.items():
        item = rows[("Compute", nodes)].adjusted["speedup(throughput)"]
        assert (item.text, item.unit, item.grade) == (text, "x", Grade.ADJUSTED)
        assert item.counterpart == f"ratio(node-scaling/compute/{nodes}/throughput,{base})"


def test_no_row_has_another_invented_value(demo_dataset: Dataset) -> None:
    found = {
        (table, levels, column)
        for table in TABLES
        for levels, row in _rows(demo_dataset, table).items()
        for column in row.adjusted
    }
    speedups = {("node_scaling", ("Compute", nodes), "speedup(throughput)") for nodes in SPEEDUPS}
    assert found == set(INVENTED) | speedups


def test_every_invented_and_missing_value_has_the_guides_reason(demo_dataset: Dataset) -> None:
    words = {
        "concurrency": "interpolation between the neighbouring levels",
        "job_count": "scaled into the range called reasonable for LLM latency",
        "node_scaling": "theoretical: linear scaling at an assumed constant efficiency",
    }
    for item in demo_dataset.cells():
        if item.grade is Grade.ADJUSTED:
            assert item.reason is not None
            assert item.reason.startswith(words[item.experiment])
        elif item.grade is Grade.MISSING:
            assert item.reason == "no run of the Mixed pipeline on one node exists"
        else:
            assert item.reason is None


def test_a_lookup_gives_the_measured_value_only(demo_dataset: Dataset) -> None:
    row = demo_dataset.experiment("concurrency").row(concurrency=8)
    assert row is not None
    assert row.cells["p99_latency"].number == 210654.6
    with pytest.raises(ValueError, match="has no measured value"):
        _ = row.adjusted["p99_latency"].number


def test_units_and_directions(demo_dataset: Dataset) -> None:
    found = {
        (name, column.name): (column.unit, column.better)
        for name, experiment in demo_dataset.experiments.items()
        for column in experiment.quantities()
    }
    assert found == UNITS


def test_what_was_held_and_who_measured(demo_dataset: Dataset) -> None:
    settings = {
        name: {key: level and level.text for key, level in experiment.settings.items()}
        for name, experiment in demo_dataset.experiments.items()
    }
    assert settings["concurrency"] == {
        "pipeline": "RAG",
        "tasks": "5000",
        "parallelism": None,
        "nodes": None,
        "scheduler": None,
    }
    assert (settings["schedulers"]["parallelism"], settings["schedulers"]["nodes"]) == ("32", "16")
    assert (settings["task_complexity"]["parallelism"], settings["task_complexity"]["nodes"]) == (
        "32",
        "8",
    )
    assert {item.factor for item in demo_dataset.experiments.values()} == {
        *("concurrency", "scheduler", "complexity", "jobs", "start_delay", "nodes"),
    }
    for experiment in demo_dataset.experiments.values():
        assert experiment.trials is not None
        assert experiment.trials.value == 1.0
        assert experiment.measured_by == (
            "The authors of the SAGE runs of January 2026; reported in the guide, "
            "not measured by sage-write"
        )


def test_parallelism_follows_the_nodes(demo_dataset: Dataset) -> None:
    for levels, row in _rows(demo_dataset, "node_scaling").items():
        assert row.settings["parallelism"].text == levels[1]


def test_every_hash_is_that_of_the_file(demo_dataset: Dataset, demo: Path) -> None:
    names = ("datapackage", *TABLES, "cells")
    expected = {}
    for name in names:
        path = f"data/{name}.{'json' if name == 'datapackage' else 'csv'}"
        expected[path] = hashlib.sha256((demo / path).read_bytes()).hexdigest()
    assert demo_dataset.files == expected
    for identifier in demo_dataset.ids():
        item = demo_dataset.get(identifier)
        assert item is not None
        assert item.provenance is not None
        assert item.provenance.sha256 == expected[item.provenance.file]


def test_every_cell_stands_on_the_line_that_its_provenance_names(
    demo_dataset: Dataset, demo: Path
) -> None:
    for item in demo_dataset.cells():
        assert item.provenance is not None
        cells = _line(item, demo).split(",")
        if item.grade is Grade.ADJUSTED:
            assert (item.provenance.file, cells[4]) == ("data/cells.csv", item.text)
        else:
            header = (demo / item.provenance.file).read_text(encoding="utf-8").splitlines()[0]
            assert cells[header.split(",").index(item.provenance.column)] == item.text


def test_the_package_is_a_valid_frictionless_one(demo: Path) -> None:
    report = frictionless.validate(str(demo / "data" / "datapackage.json"))
    assert report.flatten(["rowNumber", "fieldNumber", "type", "message"]) == []
    assert [task.name for task in report.tasks] == [*TABLES, "cells"]
    assert [task.stats["rows"] for task in report.tasks] == [
        *(len(rows) for _, rows in TABLES.values()),
        15,
    ]
