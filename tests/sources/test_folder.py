"""A folder of results: every file gives runs, belongs to a result, or is named with a reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from writer.errors import PathError
from writer.model.run import RunSet
from writer.sources import read_runs


def hyperfine(path: Path, *times: float, command: str = "a") -> None:
    """A small result of hyperfine, the format with the fewest demands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    result = {"command": command, "mean": 1.0, "times": times or (1.0,), "exit_codes": [0]}
    path.write_text(json.dumps({"results": [result]}))


def reasons(runs: RunSet) -> dict[str, str]:
    return {item.file: item.reason for item in runs.skipped}


def test_an_empty_folder_gives_no_runs(tmp_path: Path) -> None:
    runs = read_runs(tmp_path)
    assert (runs.root, runs.runs, runs.skipped, dict(runs.files)) == (str(tmp_path), (), (), {})


def test_a_single_file_is_read(tmp_path: Path) -> None:
    hyperfine(tmp_path / "h.json")
    runs = read_runs(tmp_path / "h.json")
    assert [(run.id, run.file) for run in runs.runs] == [("h/a", "h.json")]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PathError) as caught:
        read_runs(tmp_path / "none")
    assert (caught.value.file, caught.value.message) == (
        str(tmp_path / "none"),
        "there is no such folder",
    )


def test_what_is_not_read_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("words")
    (tmp_path / "empty.json").touch()
    (tmp_path / ".hidden").touch()
    (tmp_path / ".cache" / "deep").mkdir(parents=True)
    (tmp_path / "link.json").symlink_to(tmp_path / "notes.md")
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "x_latencies.csv").write_text("total_latency_ms\n1\n")
    assert reasons(read_runs(tmp_path)) == {
        "notes.md": "no reader takes such a file",
        "empty.json": "the file is empty",
        ".hidden": "hidden",
        ".cache": "hidden",
        "link.json": "a symbolic link: links are not followed",
        "pipe.json": "not a regular file",
        "x_latencies.csv": "belongs to a result of 'sage' that is not here",
    }


def test_loops_of_links_end(tmp_path: Path) -> None:
    hyperfine(tmp_path / "a" / "h.json")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    runs = read_runs(tmp_path)
    assert [run.id for run in runs.runs] == ["a/h/a"]
    assert set(reasons(runs)) == {"a/up", "self"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    hyperfine(tmp_path / "h.json")
    (tmp_path / "h.json").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    assert reasons(read_runs(tmp_path)) == {
        "h.json": "may not be read",
        "closed": "may not be looked into: Permission denied",
    }


def test_two_results_of_one_id_both_say_so_and_keep_their_measurements_apart(
    tmp_path: Path,
) -> None:
    hyperfine(tmp_path / "t 1.json", 1.0)
    hyperfine(tmp_path / "t-1.json", 2.0)
    hyperfine(tmp_path / "T-1.json", 3.0)
    runs = read_runs(tmp_path).runs
    assert [run.id for run in runs] == ["T-1/a", "t 1/a#2", "t-1/a#3"]
    identifiers = [item.measurement.id for run in runs for item in run.reported]
    assert len(set(identifiers)) == len(identifiers)
    assert all("is also that of a run in" in run.notes[0].message for run in runs)
    assert {run.samples[0].values for run in runs} == {(1.0,), (2.0,), (3.0,)}


@pytest.mark.parametrize("name", ["a_metrics.json", "h.json", "x.db", "r.jsonl", "t.csv"])
@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\xff\xfe" * 100,
        b'{"results": [{"command": ' + b"\xff" * 20,
        b'{"backend": "x", "num_prompts": NaN, "a": ' + b"[" * 100_000,
        b'{"machine_info": 1, "benchmarks": [Infinity]}',
        b'{"backend": "x", "num_prompts": ' + b"9" * 5000 + b"}",
        b"SQLite format 3\x00" + b"\x07" * 5000,
        b"\xef\xbb\xbf[]",
    ],
)
def test_garbage_under_a_right_name_is_skipped_by_name(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    hyperfine(tmp_path / "good.json")
    runs = read_runs(tmp_path)
    assert [run.id for run in runs.runs] == ["good/a"]
    assert list(reasons(runs)) == [name]


def test_progress_counts_every_file(tmp_path: Path) -> None:
    for number in range(3):
        hyperfine(tmp_path / f"{number}.json")
    seen: list[tuple[int, int, int]] = []
    read_runs(tmp_path, progress=lambda done, total, size: seen.append((done, total, size)))
    size = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert seen == [(done, 3, size) for done in (0, 0, 1, 2, 3)]


def test_a_thousand_results_of_one_id_are_a_thousand_runs(tmp_path: Path) -> None:
    for number in range(1000):
        hyperfine(tmp_path / f"{format(number, '010b').replace('0', ' ').replace('1', '-')}t.json")
    runs = read_runs(tmp_path).runs
    assert len({run.id for run in runs}) == 1000
    assert len({run.reported[0].measurement.id for run in runs}) == 1000
    assert {len(run.notes) for run in runs} == {1}
