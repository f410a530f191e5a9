"""Samples in files of the author's own, with the mapping in ``sage-write.toml``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from writer.cache import Cache
from writer.config import load_config
from writer.errors import ConfigError
from writer.model.run import RunSet
from writer.model.sample_format import SampleMapping
from writer.samples import load, summarise
from writer.sources import read_runs

duckdb = pytest.importorskip("duckdb")

ROWS = (("a", 1.5, 10.0), ("b", 2.5, 20.0), ("a", 3.5, 30.0))
LATENCY = SampleMapping("*", "took", "ms", "latency", "job", "one request")


def save(path: Path, rows: Sequence[tuple[object, ...]] = ROWS) -> None:
    """Write rows of job, took and size in the format that the name ends with."""
    names = ("job", "took", "size")
    if path.suffix == ".csv":
        lines = (",".join("" if cell is None else str(cell) for cell in row) for row in rows)
        path.write_text("\n".join([",".join(names), *lines]) + "\n")
    elif path.suffix in (".jsonl", ".ndjson"):
        records = (dict(zip(names, row, strict=True)) for row in rows)
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
    else:
        with duckdb.connect() as connection:
            connection.execute("CREATE TABLE t (job VARCHAR, took DOUBLE, size DOUBLE)")
            connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
            connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")


def means(runs: RunSet, quantity: str) -> dict[str, float]:
    columns = {run.id: run.columns(quantity)[0] for run in runs.runs}
    return {
        name: summary.mean
        for name, column in columns.items()
        for summary in summarise([column]).values()
    }


def reasons(runs: RunSet) -> dict[str, str]:
    return {item.file: item.reason for item in runs.skipped}


@pytest.mark.parametrize("ending", ["csv", "jsonl", "ndjson", "parquet"])
def test_the_group_tells_runs_apart_and_samples_stay_in_the_file(
    tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"trial.{ending}"
    save(file)
    runs = read_runs(tmp_path, mappings=(LATENCY,))
    assert means(runs, "latency") == {"trial/a": 2.5, "trial/b": 2.5}
    first, _ = runs.runs
    (column,) = first.samples
    assert (column.unit, column.row, column.where) == ("ms", "one request", ("job", "a"))
    assert list(load([column])) == [1.5, 3.5]
    assert column.values == ()
    assert (first.group, first.settings["job"].text) == ("trial", "a")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert (dict(runs.files), runs.skipped) == ({file.name: digest}, ())


def test_without_a_group_a_file_is_one_run_with_a_column_per_mapping(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        save(tmp_path / name / "s.csv")
    mappings = (
        SampleMapping("*/s.csv", "took", "ms", "latency"),
        SampleMapping("s.csv", "size", "B", "size"),
    )
    runs = read_runs(tmp_path, mappings=mappings)
    assert means(runs, "latency") == {"one/s": 2.5, "two/s": 2.5}
    assert means(runs, "size") == {"one/s": 20, "two/s": 20}
    assert [run.group for run in runs.runs] == ["one", "two"]


@pytest.mark.parametrize(
    ("glob", "taken"),
    [
        ("*.csv", ["a/b/x", "a/x", "x"]),
        ("a/*.csv", ["a/x"]),
        ("./a/*.csv", ["a/x"]),
        ("a/**/x.csv", ["a/b/x", "a/x"]),
        ("**/b/?.csv", ["a/b/x"]),
        ("a/**", ["a/b/x", "a/x"]),
        ("[x].csv", []),
    ],
)
def test_a_glob_names_paths_from_the_folder(tmp_path: Path, glob: str, taken: list[str]) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for folder in ("", "a", "a/b"):
        save(tmp_path / folder / "x.csv")
    runs = read_runs(tmp_path, mappings=(SampleMapping(glob, "took", "ms", "latency"),))
    assert [run.id for run in runs.runs] == taken
    assert len(runs.skipped) == 3 - len(taken)


def test_numbers_that_are_groups_are_settings_with_a_value(tmp_path: Path) -> None:
    save(tmp_path / "t.parquet", [("8", 1, 1), ("16", 2, 1), ("0.5", 3, 1), ("8/2", 4, 1)])
    runs = read_runs(tmp_path, mappings=(LATENCY,)).runs
    assert {run.id: run.settings["job"].value for run in runs} == {
        "t/0.5": 0.5,
        "t/16": 16,
        "t/8": 8,
        "t/8-2": None,
    }


def test_rows_without_a_group_are_counted(tmp_path: Path) -> None:
    save(tmp_path / "t.jsonl", [*ROWS, (None, 9, 9), (None, 9, 9)])
    runs = read_runs(tmp_path, mappings=(LATENCY,))
    assert [run.id for run in runs.runs] == ["t/a", "t/b"]
    for run in runs.runs:
        (problem,) = run.problems
        assert problem.message == "2 rows have no 'job' and belong to no run"


def test_without_a_mapping_the_reason_says_how_to_write_one(tmp_path: Path) -> None:
    save(tmp_path / "t.parquet")
    ((file, reason),) = reasons(read_runs(tmp_path)).items()
    assert file == "t.parquet"
    assert "samples without a mapping: [[samples]] in sage-write.toml says" in reason


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("t.csv", b"job,other\na,1\n", "no column 'took'; there are job, other"),
        ("t.csv", b"job,took\n", "a header and no samples"),
        ("t.parquet", b"PAR1 binary garbage \x00\xff PAR1", "not parquet: "),
        ("t.parquet", b"", "not parquet: "),
        ("t.csv", b"\x00\xff\xfe\x00\n\x00", "no column 'took'; there are "),
        ("t.jsonl", b"\x00\xff\xfe", "n"),
        ("t.xls", b"job took\na 1\n", "samples are read from .csv, .tsv, .tab, .dat, .txt, .jsonl"),
    ],
)
def test_a_file_that_the_mapping_does_not_fit_is_skipped_by_name(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    runs = read_runs(tmp_path, mappings=(LATENCY,))
    assert runs.runs == ()
    ((file, why),) = reasons(runs).items()
    assert (file, why[: len(reason)]) == (name, reason)
    assert str(tmp_path) not in why


def test_a_group_with_a_value_per_row_is_no_group(tmp_path: Path) -> None:
    save(tmp_path / "t.csv", [(number, 1, 1) for number in range(10_001)])
    (reason,) = reasons(read_runs(tmp_path, mappings=(LATENCY,))).values()
    assert reason == "more than 10000 values of 'job': is it the group?"


def test_names_with_quotes_are_only_names(tmp_path: Path) -> None:
    rows = ({'a "b"; DROP': "'x'", "took": took} for took in (1, 3))
    (tmp_path / 'it\'s "x".jsonl').write_text("".join(json.dumps(row) + "\n" for row in rows))
    mapping = SampleMapping("*.jsonl", "took", "ms", "latency", 'a "b"; DROP')
    runs = read_runs(tmp_path, mappings=(mapping,))
    assert list(means(runs, "latency").values()) == [2]


def test_a_mapping_stands_in_the_settings(tmp_path: Path) -> None:
    (tmp_path / "sage-write.toml").write_text(
        "[[samples]]\nfiles = '**/s.csv'\ncolumn = 'took'\nunit = 'ms'\n"
        "quantity = 'latency'\ngroup = 'job'\nrow = 'one request'\n"
        "[[samples]]\nfiles = 'b.parquet'\ncolumn = 'x'\nunit = 's'\nquantity = 'time'\n"
    )
    assert load_config(tmp_path).samples == (
        SampleMapping("**/s.csv", "took", "ms", "latency", "job", "one request"),
        SampleMapping("b.parquet", "x", "s", "time", None, "one sample"),
    )


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["column = 'x'"], 1, "[[samples]] has no 'files'"),
        (["files = '../*.csv'"], 2, "'files' leads out of the folder of runs"),
        (["files = '/tmp/*.csv'"], 2, "'files' leads out of the folder of runs"),
        (["files = 'a'", "column = 'x'", "unit = 3"], 4, "'unit' is not text"),
        (["glob = 'a'"], 2, "unknown key 'glob' in [[samples]]"),
    ],
)
def test_a_fault_of_a_mapping_is_named_with_its_line(
    tmp_path: Path, lines: list[str], line: int, message: str
) -> None:
    (tmp_path / "sage-write.toml").write_text("\n".join(["[[samples]]", *lines]))
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert (caught.value.line, caught.value.message) == (line, message)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_the_same_bytes_are_looked_at_once(tmp_path: Path, ending: str) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    save(raw / f"a.{ending}")
    cache = Cache(tmp_path / "facts.sqlite")
    first = read_runs(raw, mappings=(LATENCY,), cache=cache)
    assert cache.recalled == 0
    again = read_runs(raw, mappings=(LATENCY,), cache=cache)
    assert (again, cache.recalled > 0) == (first, True)
    assert read_runs(raw, mappings=(LATENCY,)) == first
    recalled = cache.recalled
    save(raw / f"a.{ending}", [*ROWS, ("c", 9.0, 1.0)])
    other = read_runs(raw, mappings=(LATENCY,), cache=cache)
    assert cache.recalled == recalled
    assert other == read_runs(raw, mappings=(LATENCY,))
