"""Summaries of many files, of files of any size, and of the same bytes again."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from writer.cache import Cache
from writer.errors import DataError
from writer.model.run import Samples
from writer.samples import (
    PERCENTILES,
    Summary,
    _aggregate,
    _brackets,
    _query,
    _whole,
    key,
    summarise,
)
from writer.sources._run_source import file_sha256

duckdb = pytest.importorskip("duckdb")

GENERATOR = np.random.default_rng(3)
SHAPES: dict[str, Callable[[int], np.ndarray]] = {
    "lognormal": lambda size: GENERATOR.lognormal(3, 0.6, size),
    "sorted": lambda size: np.arange(size, dtype=np.float64),
    "one value": lambda size: np.full(size, 7.0),
    "two values": lambda size: np.repeat([1.0, 1e9], [size - size // 50, size // 50]),
    "below zero": lambda size: GENERATOR.normal(-5, 10, size),
}


def save(path: Path, values: object) -> Path:
    """A column ``x`` in the format that the name ends with."""
    numbers = [str(value) for value in np.asarray(values).tolist()]
    if path.suffix == ".csv":
        path.write_text("\n".join(["x", *numbers, ""]), encoding="utf-8")
    elif path.suffix == ".jsonl":
        path.write_text("".join(f'{{"x": {n}}}\n' for n in numbers), encoding="utf-8")
    else:
        with duckdb.connect() as connection:
            connection.execute("CREATE TABLE t AS SELECT unnest(?)::DOUBLE AS x", [numbers])
            connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def column(path: Path, **more: object) -> Samples:
    form = path.suffix.removeprefix(".")
    made = Samples("latency", "ms", path.name, str(path), file_sha256(path), "x", form)
    return replace(made, **more)  # type: ignore[arg-type]  # fields of the tests' own choice


def expected(values: np.ndarray) -> dict[str, object]:
    return {
        "count": len(values),
        "negative": int((values < 0).sum()),
        "mean": pytest.approx(float(values.mean()), rel=1e-12),
        "std": pytest.approx(float(values.std()), rel=1e-9, abs=1e-9),
        "minimum": float(values.min()),
        "maximum": float(values.max()),
        "percentiles": {
            share: pytest.approx(float(np.percentile(values, share)), rel=1e-14)
            for share in PERCENTILES
        },
    }


def found(summary: Summary) -> dict[str, object]:
    names = ("count", "negative", "mean", "std", "minimum", "maximum", "percentiles")
    return {name: getattr(summary, name) for name in names}


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thresholds at which a few thousand samples are as many as can be."""
    monkeypatch.setattr(_query, "MOST", 1000)
    monkeypatch.setattr(_brackets, "RESERVOIR", 300)
    monkeypatch.setattr(_aggregate, "FEWEST", 500)


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_too_large_for_memory_has_exact_percentiles(
    tmp_path: Path, shape: str, ending: str, small_limits: None
) -> None:
    values = SHAPES[shape](20_000)
    item = column(save(tmp_path / f"a.{ending}", values))
    (summary,) = summarise([item]).values()
    assert found(summary) == expected(values)


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_large_and_small_ways_agree(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = column(save(tmp_path / f"a.{ending}", SHAPES["lognormal"](5000)))
    (plain,) = summarise([item]).values()
    monkeypatch.setattr(_query, "MOST", 100)
    monkeypatch.setattr(_aggregate, "FEWEST", 10)
    (large,) = summarise([item]).values()
    assert large.same_samples(plain)
    # between two samples each way rounds once, at another place: the last digit may differ
    assert dict(large.percentiles) == pytest.approx(dict(plain.percentiles), rel=1e-12)


def test_groups_of_one_large_file_each_have_their_own(tmp_path: Path, small_limits: None) -> None:
    groups = {name: GENERATOR.lognormal(size % 5, 1, size) for name, size in _SIZES.items()}
    lines = [f"{name},{value!r}" for name, values in groups.items() for value in values.tolist()]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["g,x", *lines, ",3.5", ""]), encoding="utf-8")
    items = [column(path, where=("g", name)) for name in groups]
    summaries = summarise(items)
    assert {
        name: found(summaries[key(item)]) for name, item in zip(groups, items, strict=True)
    } == {name: expected(values) for name, values in groups.items()}


_SIZES = {"a": 3000, "b": 400, "c": 300, "d": 1, "e": 2500}


@given(
    st.lists(
        st.lists(
            st.floats(min_value=-1e9, max_value=1e9, allow_subnormal=False), min_size=1, max_size=30
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_each_of_many_files_is_its_own_column(tmp_path: Path, files: list[list[float]]) -> None:
    items = [
        column(save(tmp_path / f"{number}.csv", values)) for number, values in enumerate(files)
    ]
    summaries = summarise(items)
    for item, values in zip(items, files, strict=True):
        summary = summaries[key(item)]
        data = np.asarray(values)
        assert (summary.count, summary.minimum) == (len(values), min(values))
        assert summary.maximum == max(values)
        assert summary.negative == sum(value < 0 for value in values)
        assert dict(summary.percentiles) == {
            share: pytest.approx(float(np.percentile(data, share)), rel=1e-12, abs=1e-9)
            for share in PERCENTILES
        }


@given(
    st.lists(
        st.lists(
            st.none()
            | st.integers(-3, 3)
            | st.floats(-1e9, 1e9, width=32)
            | st.sampled_from([math.nan, math.inf, -math.inf]),
            max_size=12,
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
def test_parquet_files_fetched_together_come_to_what_each_row_query_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: list[list[float | None]]
) -> None:
    monkeypatch.setattr(_whole, "FETCHED", 20)
    together, rows = [], []
    for number, values in enumerate(files):
        path = tmp_path / f"{number}.parquet"
        with duckdb.connect() as connection:
            connection.execute("CREATE TABLE t AS SELECT unnest(?)::DOUBLE AS x", [values])
            connection.execute("ALTER TABLE t ADD COLUMN g VARCHAR DEFAULT 'a'")
            connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
        together.append(column(path))
        rows.append(column(path, where=("g", "a")))
    one, other = summarise(together), summarise(rows)
    for whole, row in zip(together, rows, strict=True):
        mine, theirs = one[key(whole)], other[key(row)]
        assert (mine.count, mine.bad, mine.negative) == (theirs.count, theirs.bad, theirs.negative)
        assert mine.same_samples(theirs)
        assert dict(mine.percentiles) == pytest.approx(
            dict(theirs.percentiles), rel=1e-12, abs=1e-9
        )
        if mine.count:
            assert mine.mean == pytest.approx(theirs.mean, rel=1e-12, abs=1e-6)
            assert mine.std == pytest.approx(theirs.std, rel=1e-9, abs=1e-6)


def test_parquet_files_of_different_types_keep_their_digits(tmp_path: Path) -> None:
    items = []
    for name, kind in (("a", "INTEGER"), ("b", "DOUBLE"), ("c", "DECIMAL(9, 3)"), ("d", "VARCHAR")):
        path = tmp_path / f"{name}.parquet"
        with duckdb.connect() as connection:
            values = f"SELECT unnest(['1', '2.25'])::DOUBLE::{kind} AS x"
            connection.execute(f"COPY ({values}) TO '{path}' (FORMAT parquet)")
        items.append(column(path))
    found = summarise(items)
    assert [found[key(item)].maximum for item in items] == [2.0, 2.25, 2.25, 2.25]


def test_a_parquet_file_that_lost_rows_since_it_was_looked_at_is_named(tmp_path: Path) -> None:
    item = column(save(tmp_path / "a.parquet", [1.0, 2.0]), rows=3)
    with pytest.raises(DataError, match="2 rows where the footers say 3") as error:
        summarise([item])
    assert error.value.file == item.path


def test_same_samples_in_another_order_and_format_are_the_same(tmp_path: Path) -> None:
    values = np.round(SHAPES["lognormal"](501), 3)
    other = values.copy()
    other[0] += 0.001
    items = [
        column(save(tmp_path / "a.csv", values)),
        column(save(tmp_path / "b.parquet", values[::-1])),
        column(save(tmp_path / "c.jsonl", np.roll(values, 7))),
        column(save(tmp_path / "d.parquet", other)),
    ]
    found = [summarise(items)[key(item)] for item in items]
    assert [found[0].same_samples(summary) for summary in found] == [True, True, True, False]


def test_cells_that_are_no_numbers_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1.5,a\n,b\nnan,c\ninf,d\nslow,e\n2.5,f\n", encoding="utf-8")
    (summary,) = summarise([column(path)]).values()
    assert (summary.count, summary.mean, summary.bad) == (2, 2.0, 4)


def test_a_file_without_a_number_has_no_mean(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x\nslow\n", encoding="utf-8")
    (summary,) = summarise([column(path)]).values()
    assert (summary.count, summary.bad, math.isnan(summary.mean)) == (0, 1, True)


def test_a_broken_file_among_many_is_named(tmp_path: Path) -> None:
    items = [column(save(tmp_path / f"{n}.parquet", [1.0, 2.0])) for n in range(4)]
    broken = tmp_path / "2.parquet"
    data = bytearray(broken.read_bytes())
    data[10:30] = bytes(20)  # the page, not the footer
    broken.write_bytes(data)
    with pytest.raises(DataError) as error:
        summarise(items)
    assert error.value.file == str(broken)


def test_the_same_bytes_are_summarised_once(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache" / "summaries.sqlite")
    path = save(tmp_path / "a.csv", [1.0, 2.0, 6.0])
    first = summarise([column(path)], cache=cache)
    assert cache.recalled == 0
    copy = tmp_path / "b.csv"
    copy.write_bytes(path.read_bytes())
    again = summarise([column(copy)], cache=cache)
    assert cache.recalled == 1
    assert list(again.values()) == list(first.values())
    save(path, [1.0, 2.0, 9.0])
    (changed,) = summarise([column(path)], cache=cache).values()
    assert (cache.recalled, changed.mean) == (1, 4.0)


def test_another_column_of_the_same_file_is_another_summary(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "summaries.sqlite")
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,10\n3,30\n", encoding="utf-8")
    summarise([column(path)], cache=cache)
    (other,) = summarise([column(path, column="y")], cache=cache).values()
    assert (other.mean, cache.recalled) == (20.0, 0)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x01" * 90])
def test_a_broken_cache_is_no_cache(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "summaries.sqlite"
    file.write_bytes(content)
    item = column(save(tmp_path / "a.csv", [1.0, 3.0]))
    for _ in range(2):
        (summary,) = summarise([item], cache=Cache(file)).values()
        assert summary.mean == 2.0


def test_a_cache_that_cannot_be_written_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    item = column(save(tmp_path / "a.csv", [1.0, 3.0]))
    (summary,) = summarise([item], cache=Cache(tmp_path / "file" / "x.sqlite")).values()
    assert summary.mean == 2.0


def test_no_folder_appears_where_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_limits: None
) -> None:
    item = column(save(tmp_path / "a.csv", SHAPES["lognormal"](20_000)))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    summarise([item])
    assert list(here.iterdir()) == []
