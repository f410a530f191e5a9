"""Repeated trials: one row, its samples pooled, and how far the trials lie apart."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from tests.cli.program import sage_write
from tests.conftest import ROOT
from writer.statistics import trials_interval

QUEUE = ROOT / "examples" / "queue"
MAPPING = """\
[paper]
data = "out"

[[samples]]
files = "s.csv"
column = "took"
unit = "ms"
quantity = "latency"
group = "clients"
trial = "round"
row = "one job"
"""


@pytest.fixture
def trials(tmp_path: Path) -> dict[tuple[int, int], np.ndarray]:
    """Samples of two levels in three trials each, in one file."""
    generator = np.random.default_rng(5)
    found = {
        (clients, number): np.round(generator.lognormal(clients / 4, 0.4, 500) + number / 10, 4)
        for clients in (4, 16)
        for number in (1, 2, 3)
    }
    lines = [f"{c},{n},{x}" for (c, n), values in found.items() for x in values]
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "s.csv").write_text(
        "\n".join(["clients,round,took", *lines, ""]), encoding="utf-8"
    )
    (tmp_path / "sage-write.toml").write_text(MAPPING, encoding="utf-8")
    return found


def test_trials_are_one_row_of_their_samples_together(
    trials: dict[tuple[int, int], np.ndarray], tmp_path: Path
) -> None:
    run = sage_write("ingest", "raw", "-o", "out", "-f", "json", cwd=tmp_path)
    assert (run.code, run.err, run.document["runs"]) == (0, "", 6)
    (path,) = (path for path in run.document["tables"] if "/s-" in path)
    with (tmp_path / path).open(encoding="utf-8") as stream:
        rows = {row["clients"]: row for row in csv.DictReader(stream)}
    for clients in (4, 16):
        pooled = np.concatenate([values for key, values in trials.items() if key[0] == clients])
        row = rows[str(clients)]
        assert float(row["latency_mean"]) == pytest.approx(pooled.mean(), rel=1e-12)
        assert float(row["latency_p99"]) == pytest.approx(np.percentile(pooled, 99), rel=1e-12)
    descriptor = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["resources"][0]["experiment"]["trials"] == 3


def test_the_section_has_pooled_values_and_the_extent_of_the_trials(
    trials: dict[tuple[int, int], np.ndarray], tmp_path: Path
) -> None:
    sage_write("ingest", "raw", "-o", "out", cwd=tmp_path)
    run = sage_write("section", "results", "--runs", "raw", "-o", "build", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    table = (tmp_path / "build" / "tables" / "s.tex").read_text(encoding="utf-8")
    means = [values.mean() for key, values in trials.items() if key[0] == 16]
    low, high = re.findall(r"\\trialspread\{s/16/latency-mean\}\{(.*?)\}\{(.*?)\}", table)[0]
    assert float(low) == pytest.approx(min(means), rel=0.005)
    assert float(high) == pytest.approx(max(means), rel=0.005)
    text = (tmp_path / "build" / "results.tex").read_text(encoding="utf-8")
    words = re.sub(r"\\measured\{[^{}]*\}\{((?:[^{}]|\{,\})*)\}", r"\1", text)
    assert "$n$ is 1500 per row, from 3~trials; brackets are" in words


def test_the_interval_of_a_mean_over_trials_is_students() -> None:
    values = [9.8, 10.1, 10.4, 9.9, 10.3]
    found = trials_interval(values)
    low, high = stats.t.interval(0.95, 4, np.mean(values), stats.sem(values))
    assert found is not None
    assert [found.lo, found.hi] == pytest.approx([low, high])
    assert trials_interval([1.0]) is None


def test_the_queue_example_is_borne_out_by_its_samples() -> None:
    run = sage_write("audit", "--runs", "runs", "-f", "json", cwd=QUEUE)
    assert (run.code, run.document["findings"]) == (0, [])
    verdicts = {item["id"]: item["verdict"] for item in run.document["numbers"]}
    assert len(verdicts) == 25
    assert {name for name, verdict in verdicts.items() if verdict != "follows"} == {
        f"concurrency/{level}/throughput" for level in (1, 2, 4, 8, 16)
    }
