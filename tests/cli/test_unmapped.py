"""Samples that nothing maps: the refusal says why, and what a mapping might be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import sage_write
from tests.cli.test_runs import SAMPLES, write_run

ROWS = [(model, seed) for model in ("big", "small") for seed in (1, 2, 3)]
CSV = "model,seed,params,latency_ms\n" + "".join(
    f"{model},{seed},7,{20 + seed + len(model)}.5\n" for model, seed in ROWS for _ in range(20)
)
PROPOSED = """[[samples]]
files = "per_seed.csv"
column = "latency_ms"
unit = "ms"
quantity = "latency"
group = "model"
trial = "seed"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "per_seed.csv").write_text(CSV, encoding="utf-8")
    return tmp_path


def test_nothing_read_is_said_with_its_reasons_and_a_mapping(folder: Path) -> None:
    (folder / "raw" / ".cache").mkdir()
    run = sage_write("verify", "--runs", "raw", cwd=folder)
    assert run.code == 3
    assert "per_seed.csv: samples without a mapping" in run.err
    assert ".cache: hidden" in run.err
    assert PROPOSED in run.err


def test_what_is_proposed_is_a_mapping_that_works(folder: Path) -> None:
    (folder / "sage-write.toml").write_text(PROPOSED, encoding="utf-8")
    run = sage_write("ingest", "raw", "-f", "json", cwd=folder)
    assert (run.code, run.document["runs"], run.document["skipped"]) == (0, 6, [])


def test_ingest_proposes_it_beside_what_it_reads(folder: Path) -> None:
    write_run(folder / "raw" / "a_metrics.json", SAMPLES)
    run = sage_write("ingest", "raw", cwd=folder)
    assert run.code == 0
    assert PROPOSED.strip() in run.out
    document = sage_write("ingest", "raw", "-f", "json", cwd=folder).document
    assert [item["proposal"] for item in document["skipped"]] == [PROPOSED.strip()]


@pytest.mark.parametrize("text", ["", "only words\na\nb\n", "{", "\xff\x00", "a,b\n1\n"])
def test_a_file_of_which_nothing_can_be_said_is_refused_all_the_same(
    folder: Path, text: str
) -> None:
    (folder / "raw" / "per_seed.csv").write_bytes(text.encode("latin-1"))
    run = sage_write("verify", "--runs", "raw", cwd=folder)
    assert run.code == 3
    assert "Traceback" not in run.err


def test_what_is_hidden_is_read_where_it_is_named(tmp_path: Path) -> None:
    write_run(tmp_path / "raw" / ".store" / "a_metrics.json", SAMPLES)
    run = sage_write("verify", "--runs", "raw", cwd=tmp_path)
    assert run.code == 3
    assert "what is hidden is read where it is named: --runs .../.store" in run.err
    assert sage_write("verify", "--runs", "raw/.store", cwd=tmp_path).code == 0


def test_a_table_of_summaries_is_told_from_samples(folder: Path) -> None:
    text = "model,AUC_mean,AUC_std\nbig,0.91,0.01\nsmall,0.87,0.02\n"
    (folder / "raw" / "per_seed.csv").write_text(text, encoding="utf-8")
    run = sage_write("verify", "--runs", "raw", cwd=folder)
    assert run.code == 3
    assert "a table of summaries, by its column 'AUC_mean'" in run.err
    assert "[[samples]]\n" not in run.err


def test_a_column_of_means_per_repeat_is_not_proposed(folder: Path) -> None:
    text = "db,repeat,mean_latency_ms,throughput_qps\n" + "a,1,2.5,400\nb,1,2.6,390\n" * 5
    (folder / "raw" / "per_seed.csv").write_text(text, encoding="utf-8")
    run = sage_write("verify", "--runs", "raw", cwd=folder)
    assert 'column = "throughput_qps"' in run.err


@pytest.mark.parametrize("clock", ["timestamp", "time_stamp", "start_time", "end_time"])
def test_when_something_was_measured_is_no_sample(tmp_path: Path, clock: str) -> None:
    (tmp_path / "raw").mkdir()
    lines = [f"{clock},latency_ms", *(f"17000000{n:02},{20 + n}.5" for n in range(30))]
    (tmp_path / "raw" / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    run = sage_write("verify", "--runs", "raw", cwd=tmp_path)
    assert run.code == 3
    assert 'column = "latency_ms"' in run.err


ODD = """[[samples]]
files = "s[1][*]\u00e9.jsonl"
column = "latency_ms"
unit = "ms"
quantity = "latency"
group = "\U0001f600 model"
trial = "seed"
"""


def test_names_and_values_of_any_kind_are_proposed_as_they_are(tmp_path: Path) -> None:
    """A null is no level and no number, a ``*`` in a name is no glob, a smiley is no escape."""
    rows = [
        {"\U0001f600 model": model, "seed": seed or None, "latency_ms": value}
        for model in ("big", "small")
        for seed in (0, 1, 2)
        for value in (None, *range(20, 30))
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "raw").mkdir()
    for name in ("s[1]*\u00e9.jsonl", "s[1]2\u00e9.jsonl"):
        (tmp_path / "raw" / name).write_text(text, encoding="utf-8")
    assert ODD in sage_write("verify", "--runs", "raw", cwd=tmp_path).err
    (tmp_path / "sage-write.toml").write_text(ODD, encoding="utf-8")
    skipped = sage_write("ingest", "raw", "-f", "json", cwd=tmp_path).document["skipped"]
    assert [item["file"] for item in skipped] == ["s[1]2\u00e9.jsonl"]
