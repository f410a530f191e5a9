"""``provenance.json``: where every number of the written sections comes from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.program import sage_write
from tests.document.rendering import set_cell
from writer.dataset import Dataset


def written(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    return document


def test_every_number_has_a_place_or_a_formula(demo: Path, tmp_path: Path) -> None:
    assert sage_write("section", "-o", tmp_path, cwd=demo).code == 0
    document = written(tmp_path)
    path = demo / "docs" / "schemas" / "provenance.schema.json"
    jsonschema.validate(document, json.loads(path.read_text(encoding="utf-8")))
    numbers = document["sections"]["experiments"]["numbers"]
    ids = {number["id"] for number in numbers}
    for number in numbers:
        if number["grade"] == "derived":
            assert number["formula"] == number["id"]
            assert len(number["parents"]) == 2
        else:
            content = (demo / number["file"]).read_bytes()
            assert number["sha256"] == hashlib.sha256(content).hexdigest()
            line = content.decode().splitlines()[number["row"] - 1]
            if number["printed"] and number["file"].endswith(".csv"):
                assert number["text"].replace(",", "") in line
    assert {"concurrency/8/p99-latency", "setup/nodes"} <= ids


def test_another_sections_entry_stays_while_the_data_are_the_same(
    copy_of_demo: Path,
) -> None:
    sage_write("section", "-o", "out", cwd=copy_of_demo)
    sage_write("limitations", "-o", "out", cwd=copy_of_demo)
    assert list(written(copy_of_demo / "out")["sections"]) == ["experiments", "limitations"]
    set_cell(copy_of_demo, "schedulers", {"scheduler": "FIFO"}, "throughput", "9.46")
    sage_write("limitations", "-o", "out", cwd=copy_of_demo)
    assert list(written(copy_of_demo / "out")["sections"]) == ["limitations"]


@pytest.mark.parametrize(
    "broken",
    [
        "no JSON",
        "[]",
        '{"schema": "sage-write/provenance/1", "data": {"digest": "DIGEST"}, "sections": [1]}',
        '{"schema": "sage-write/provenance/1", "data": {"digest": "DIGEST"}, "sections": null}',
        '{"schema": "sage-write/provenance/9", "data": {"digest": "DIGEST"}, "sections": {"x": 1}}',
    ],
)
def test_an_earlier_file_that_is_broken_is_replaced(
    broken: str, demo: Path, demo_dataset: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "provenance.json"
    path.write_text(broken.replace("DIGEST", demo_dataset.digest), encoding="utf-8")
    run = sage_write("limitations", "-o", tmp_path, cwd=demo)
    assert (run.code, run.err) == (0, "")
    assert list(written(tmp_path)["sections"]) == ["limitations"]
