"""Extraction measured on its own: sentences like those of abstracts, every quantity labelled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.latex.reading import read
from writer.claims.quantities import quantities

Label = tuple[float, str, str, str, str]
FILE = Path(__file__).with_name("labelled_quantities.txt")


def _labels() -> list[tuple[str, list[Label]]]:
    found: list[tuple[str, list[Label]]] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("- "):
            value, unit, form, hedge, role = [*line[2:].split(), ".", "."][:5]
            hedge, role = hedge.strip(".").replace("up-to", "up to"), role.strip(".")
            found[-1][1].append((float(value), unit.strip("."), form, hedge, role))
        elif not line.startswith("#"):
            found.append((line, []))
    return found


LABELLED = _labels()


def test_there_are_enough_labels() -> None:
    assert len(LABELLED) >= 120
    assert sum(len(labels) for _, labels in LABELLED) >= 250


@pytest.mark.parametrize(("source", "labels"), LABELLED, ids=[text[:50] for text, _ in LABELLED])
def test_every_quantity_of_a_sentence(tmp_path: Path, source: str, labels: list[Label]) -> None:
    (block,) = read(tmp_path, source)[1]
    found = [
        (float(f"{each.value:.9g}"), each.unit, each.form, each.hedge, each.role)
        for each in quantities(block.text)
    ]
    assert found == labels
