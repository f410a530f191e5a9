"""Baselines: old findings stay known while lines move; new ones count."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from tests.cli.test_commands import schema
from writer.cli.checking import Habits
from writer.errors import PathError
from writer.model.result import CheckResult
from writer.triage.baseline import read_baseline, write_baseline

Checking = Callable[..., CheckResult]

OLD = "At concurrency 4 the throughput is 9.27~tasks/s."
NEW = "At concurrency 4 the throughput is 8.27~tasks/s."


@pytest.fixture
def baseline(result_of: Checking, tmp_path: Path) -> Path:
    path = tmp_path / "known.json"
    assert write_baseline(path, result_of(f"{OLD}\n\n{OLD}\n").findings, "1") == 2
    return path


@pytest.mark.parametrize(
    ("text", "new", "known"),
    [
        (f"{OLD}\n\n{OLD}\n", [], [1, 3]),
        (f"\n\n\nA line.\n\n{OLD}\n\n{OLD}\n", [], [6, 8]),
        (OLD.replace(" the ", "\n the  ") + f"\n\n{OLD}", [], [2, 4]),
        (f"{OLD}\n\n{NEW}\n\n{OLD}\n", [3], [1, 5]),
        (f"{OLD}\n\n{OLD}\n\n{OLD}", [5], [1, 3]),
        (f"{OLD.replace('9.27', '9.37')}\n\n{OLD}", [1], [3]),
    ],
)
def test_findings_are_known_by_their_sentence(
    result_of: Checking, baseline: Path, text: str, new: list[int], known: list[int]
) -> None:
    result = result_of(text, Habits(baseline=baseline))
    assert [item.where[0].row for item in result.findings] == new
    old = [item for item in result.suppressed if item.suppressed_by == "baseline"]
    assert [item.where[0].row for item in old] == known
    assert {item.suppressed for item in old} <= {f"known before, in {baseline}"}


def test_a_known_finding_that_is_gone_is_told(result_of: Checking, baseline: Path) -> None:
    result = result_of(OLD, Habits(baseline=baseline))
    assert result.notes == (
        f"1 of the findings in {baseline} is gone; --write-baseline {baseline} drops it",
    )


def test_a_baseline_is_written_again_but_no_other_file_over(
    result_of: Checking, baseline: Path, tmp_path: Path
) -> None:
    assert write_baseline(baseline, result_of(NEW).findings, "1") == 1
    assert len(read_baseline(baseline)) == 1
    other = tmp_path / "notes.json"
    other.write_text('{"mine": 1}', encoding="utf-8")
    with pytest.raises(PathError, match="no baseline"):
        write_baseline(other, (), "1")
    assert other.read_text(encoding="utf-8") == '{"mine": 1}'


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        '"x"',
        "{",
        '{"schema": "sage-write/baseline/2", "findings": []}',
        '{"schema": "sage-write/baseline/1"}',
        '{"schema": "sage-write/baseline/1", "findings": [1]}',
        '{"schema": "sage-write/baseline/1", "findings": [{"fingerprint": 1}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_one_clear_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "known.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PathError, match="no baseline"):
        read_baseline(path)


def test_an_entry_says_what_it_is_for_a_reader(baseline: Path, demo: Path) -> None:
    document = json.loads(baseline.read_text(encoding="utf-8"))
    jsonschema.validate(document, schema(demo, "baseline"))
    entry = document["findings"][0]
    assert (entry["rule"], entry["file"]) == ("contradicted-claim", "paper.tex")
    assert "line" not in entry
