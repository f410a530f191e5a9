"""``verify`` says by which method the percentiles of a tool follow from its samples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from tests.cli.program import Run, sage_write
from tests.cli.test_commands import schema
from tests.cli.test_runs import write_run

SIZES = (40, 41, 50, 99)
"""Of runs, so that several methods fall on the same sample in one and not in the next."""

Method = Callable[[list[float], float], float]


def index(data: list[float], share: float) -> float:
    return data[int(len(data) * share)]


def inverted(data: list[float], share: float) -> float:
    return float(np.percentile(data, share * 100, method="inverted_cdf"))


def linear(data: list[float], share: float) -> float:
    return float(np.percentile(data, share * 100))


def write_runs(folder: Path, method: Method, **wrong: float) -> None:
    for size in SIZES:
        data = sorted(float(100 + value * value % 977) for value in range(size))
        stated = {
            f"p{share * 100:.0f}_latency_ms": method(data, share) for share in (0.5, 0.95, 0.99)
        }
        write_run(folder / f"n{size}_metrics.json", data, **stated | wrong)


def verify(folder: Path, *more: str) -> Run:
    return sage_write("verify", "--runs", folder / "results", *more, cwd=folder)


@pytest.mark.parametrize(
    ("method", "names", "line"),
    [
        # no sample tells these two apart at percentiles such as these
        (index, ["higher", "index"], "12 by the method 'higher' (as well as by 'index')"),
        (linear, ["linear"], "12 by the method 'linear'"),
        (inverted, ["inverted_cdf"], "12 by the method 'inverted_cdf'"),
    ],
)
def test_one_method_is_named_for_all_percentiles_of_a_tool(
    method: Method, names: list[str], line: str, tmp_path: Path
) -> None:
    write_runs(tmp_path / "results", method)
    run = verify(tmp_path)
    assert run.code == 0
    assert f"12 percentiles: {line}" in run.out.splitlines()
    document = verify(tmp_path, "-f", "json").document
    jsonschema.validate(document, schema(Path(__file__).parents[2], "verify"))
    assert document["percentiles"] == {
        "count": 12,
        "matched": {names[0]: 12},
        "also": {names[0]: names[1:]},
        "no_method": 0,
        "not_recomputed": 0,
    }
    methods = {item["method"] for item in document["values"] if item["statistic"] == "p99"}
    assert methods == {f"{names[0]} percentile"}


def test_methods_that_no_sample_tells_apart_are_all_named(tmp_path: Path) -> None:
    data = [float(100 + value) for value in range(41)]
    write_run(tmp_path / "results" / "a_metrics.json", data, p99_latency_ms=data[40])
    found = verify(tmp_path, "-f", "json").document["percentiles"]
    assert found["matched"] == {"higher": 1}
    assert {"index", "nearest", "inverted_cdf"} <= set(found["also"]["higher"])
    text = verify(tmp_path).out
    assert "(as well as by" in text
    assert "'index' is the sample at position floor(n p), counted from 0" in text


def test_a_percentile_that_no_method_gives_says_so(tmp_path: Path) -> None:
    write_runs(tmp_path / "results", index, p95_latency_ms=400.0)
    run = verify(tmp_path)
    assert run.code == 1
    words = " ".join(run.out.split())
    assert (
        "12 percentiles: 8 by the method 'higher' (as well as by 'index'), 4 by no method 'index'"
    ) in words
    rows = [line for line in run.out.splitlines() if line.startswith("n40 ")]
    given = linear(sorted(float(100 + value * value % 977) for value in range(40)), 0.95)
    assert [row.split() for row in rows] == [
        ["n40", "p95", "latency", "400", f"{given:.6g}", "no", "method;", "linear", "shown"]
    ]


def test_percentiles_off_by_a_factor_name_their_method(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    for size in SIZES:
        data = sorted(float(100 + value * value % 977) for value in range(size))
        more: dict[str, Any] = {
            "avg_latency_ms": sum(data) / size / 1000.0,
            "p50_latency_ms": index(data, 0.5) / 1000.0,
            "p99_latency_ms": index(data, 0.99) / 1000.0,
        }
        write_run(folder / f"n{size}_metrics.json", data, **more)
    run = verify(tmp_path)
    assert "8 percentiles: 8 by the method 'higher' (as well as by 'index')" in run.out
    (row,) = [line.split() for line in run.out.splitlines() if line.startswith("n50 ")]
    assert row[:4] == ["n50", "mean,", "p99,", "p50"]
    assert row[-1] == "higher"


def test_runs_without_samples_have_no_method(tmp_path: Path) -> None:
    write_run(tmp_path / "results" / "a_metrics.json", [], successful_tasks=0, p99_latency_ms=0.0)
    assert "1 percentiles: 1 not recomputed" in verify(tmp_path).out.replace(
        "1 percentile:", "1 percentiles:"
    )
