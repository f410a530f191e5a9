"""SAGE's samples as they are often kept: packed with gzip beside their result."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.cli.program import sage_write
from tests.cli.test_runs import SAMPLES, write_run
from writer.sources import read_runs


def _plain(folder: Path) -> Path:
    """A result with its samples beside it; the path of these."""
    write_run(folder / "a_metrics.json", SAMPLES)
    path = folder / "a_latencies.csv"
    lines = (f"{number},{value}" for number, value in enumerate(SAMPLES))
    path.write_text("\n".join(("task_index,total_latency_ms", *lines)) + "\n", encoding="utf-8")
    return path


def _packed(folder: Path, *, keep: bool = False) -> Path:
    """A result whose samples are packed."""
    plain = _plain(folder)
    packed = plain.with_name(plain.name + ".gz")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    if not keep:
        plain.unlink()
    return packed


def test_packed_samples_give_what_plain_ones_give(tmp_path: Path) -> None:
    _packed(tmp_path / "packed")
    _plain(tmp_path / "plain")
    packed, plain = (
        sage_write("verify", "--runs", name, "-f", "json", cwd=tmp_path)
        for name in ("packed", "plain")
    )
    assert packed.document["status"] == plain.document["status"]
    assert packed.document["values"] == plain.document["values"]


def test_the_packed_file_is_recorded_under_its_hash(tmp_path: Path) -> None:
    _packed(tmp_path)
    assert sorted(read_runs(tmp_path).files) == ["a_latencies.csv.gz", "a_metrics.json"]


def test_of_a_packed_and_a_plain_copy_the_plain_one_is_read_and_that_is_said(
    tmp_path: Path,
) -> None:
    _packed(tmp_path, keep=True)
    (run,) = read_runs(tmp_path).runs
    assert {item.file for item in run.samples if item.format != "values"} == {"a_latencies.csv"}
    assert [(item.file, item.message) for item in run.notes] == [
        ("a_latencies.csv.gz", "not read: its samples are read from 'a_latencies.csv'")
    ]


def test_a_packed_file_that_is_cut_short_is_a_problem_of_its_run(tmp_path: Path) -> None:
    path = _packed(tmp_path)
    path.write_bytes(path.read_bytes()[:40])
    (run,) = read_runs(tmp_path).runs
    assert all(item.format == "values" for item in run.samples)
    (found,) = run.problems
    assert found.file == "a_latencies.csv.gz"
    assert found.message.startswith("not gzip, or cut short")
