"""Samples whose runs are told apart by several columns together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.program import sage_write

MAPPING = """[[samples]]
files = "*.csv"
column = "AUC"
unit = "1"
quantity = "auc"
group = ["Dataset", "Model"]
trial = "Seed"
"""
ROWS = [
    (data, model, seed)
    for data in ("HIGGS", "Forest cover")
    for model in ("KAN", "ReLU (wide)", "Tanh")
    for seed in (41, 42, 43)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    lines = (f"{d},{m},{s},0.{len(d)}{len(m)}{s}" for d, m, s in ROWS)
    text = "\n".join(("Dataset,Model,Seed,AUC", *lines))
    (tmp_path / "raw" / "per_seed.csv").write_text(text + "\n", encoding="utf-8")
    (tmp_path / "sage-write.toml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def test_they_are_the_factors_of_one_table_and_seeds_its_trials(folder: Path) -> None:
    run = sage_write("ingest", "raw", "-o", "data", "-f", "json", cwd=folder)
    assert (run.code, run.document["runs"]) == (0, 18)
    (table,) = [name for name in run.document["tables"] if "per-seed" in name]
    head, *rows = (folder / table).read_text(encoding="utf-8").splitlines()
    assert head.startswith("Dataset,Model,")
    assert [row.split(",")[:2] for row in rows] == [
        [data, model]
        for data in ("Forest cover", "HIGGS")
        for model in ("KAN", "ReLU (wide)", "Tanh")
    ]


def test_the_section_tells_rows_apart_by_them(folder: Path) -> None:
    run = sage_write("section", "experiments", "--runs", "raw", "-o", "out", cwd=folder)
    assert run.code == 0, run.err
    tex = (folder / "out" / "experiments.tex").read_text(encoding="utf-8")
    assert "one row per dataset and model" in tex


@pytest.mark.parametrize("group", ["[]", '["a", "a"]', '[" "]', "[1]"])
def test_what_names_no_columns_is_an_error_with_its_line(folder: Path, group: str) -> None:
    text = MAPPING.replace('["Dataset", "Model"]', group)
    (folder / "sage-write.toml").write_text(text, encoding="utf-8")
    run = sage_write("verify", "--runs", "raw", cwd=folder)
    assert run.code == 2
    assert "sage-write.toml:6" in run.err


def test_the_extremes_of_a_row_are_those_of_all_its_trials(folder: Path) -> None:
    """The mean of the trials' largest values lies below percentiles of all, and was a finding."""
    table = folder / "raw" / "per_seed.csv"
    names = {(data, model) for data, model, _ in ROWS}
    lines = (f"{d},{m},{s},{10 + s}.25" for d, m in sorted(names) for s in range(12))
    table.write_text("\n".join(("Dataset,Model,Seed,AUC", *lines)) + "\n", encoding="utf-8")
    run = sage_write("audit", "--runs", "raw", "--fail-on", "never", "-f", "json", cwd=folder)
    assert run.code == 0, run.err
    assert "percentile-order" not in {item["rule"] for item in run.document["findings"]}


def test_groups_that_are_numbers_stand_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    lines = (f"{docs},{procs},{docs / procs}" for docs in (1000, 500, 100) for procs in (1, 2, 4))
    text = "\n".join(("docs,procs,s", *lines))
    (tmp_path / "raw" / "t.csv").write_text(text + "\n", encoding="utf-8")
    mapping = '[[samples]]\nfiles = "t.csv"\ncolumn = "s"\nunit = "s"\nquantity = "time"\n'
    (tmp_path / "sage-write.toml").write_text(
        mapping + 'group = ["docs", "procs"]\n', encoding="utf-8"
    )
    assert sage_write("section", "experiments", "--runs", "raw", "-o", "o", cwd=tmp_path).code == 0
    (table,) = (tmp_path / "o" / "tables").iterdir()
    rows = re.findall(r"setting\.docs\}\{(\d+)\}", table.read_text(encoding="utf-8"))
    assert rows == ["100"] * 3 + ["500"] * 3 + ["1000"] * 3
    tex = (tmp_path / "o" / "experiments.tex").read_text(encoding="utf-8")
    assert "time of docs 500" in tex
