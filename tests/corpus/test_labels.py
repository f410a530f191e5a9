"""Other sets of labelled papers are read, and what is wrong in them is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.accuracy import BEGIN, END, kept, report
from tests.corpus.labels import load
from tests.corpus.measuring import measure, none

CLAIM = {
    "where": "abstract",
    "sentence": "It serves",
    "text": "40 tokens/s",
    "value": 40,
    "unit": "tokens/s",
    "form": "plain",
    "label": "supported",
}
TEX = r"""\begin{abstract}
It serves 40~tokens/s. The name R2 is none.
\end{abstract}
\begin{tabular}{lr}
System & Rate (tokens/s) \\
Ours & 40 \\
Theirs & 31 \\
\end{tabular}
"""


def _write(folder: Path, **changed: object) -> None:
    (folder / "sub").mkdir(exist_ok=True)
    (folder / "sub" / "main.tex").write_text(TEX, encoding="utf-8")
    document = {"main": "sub/main.tex", "claims": [CLAIM | changed]}
    (folder / "one.json").write_text(json.dumps(document), encoding="utf-8")


def test_a_set_without_cells_and_sources_of_quantities_is_measured(tmp_path: Path) -> None:
    _write(tmp_path)
    lines = "\n".join(report([measure(paper, none) for paper in load(tmp_path)]))
    assert "| value, unit and form as printed | 100% (1/1) | |" in lines
    assert "| true claims supported | 100% (1/1) | |" in lines
    assert "| true claims supported with the right cells | - | 85% |" in lines


def test_what_a_careful_reader_may_read_otherwise_is_left_out(tmp_path: Path) -> None:
    _write(tmp_path, sure=False)
    (paper,) = load(tmp_path)
    assert measure(paper, none).outcomes == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"label": "true"}, "label 'true'"),
        ({"form": "fraction"}, "form 'fraction'"),
        ({"value": "many"}, "many"),
        ({"cells": 3}, "cells"),
    ],
)
def test_a_wrong_label_is_told_with_its_file(
    tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    _write(tmp_path, **changed)
    with pytest.raises(ValueError, match=rf"one\.json: .*{told}"):
        load(tmp_path)


def test_what_people_wrote_between_the_marks_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "accuracy.md"
    path.write_text(f"old\n{BEGIN}\n\nours: 3 of 4\n\n{END}\nold\n", encoding="utf-8")
    assert kept(path) == f"{BEGIN}\n\nours: 3 of 4\n\n{END}"


def test_a_cell_that_bears_a_claim_out_just_as_well_is_right_too(tmp_path: Path) -> None:
    other = {"table": 1, "row": "Theirs", "column": "Rate", "value": 31}
    own = {"table": 1, "row": "Ours", "column": "Rate", "value": 40}
    shares = []
    for cell in (other, other | {"or": [own]}):
        _write(tmp_path, derivation="direct", cells=[cell])
        lines = report([measure(paper, none) for paper in load(tmp_path)])
        shares += [line for line in lines if "with the right cells | " in line][:1]
    assert shares == [
        "| true claims supported with the right cells | 0% (0/1) | 85% |",
        "| true claims supported with the right cells | 100% (1/1) | 85% |",
    ]
