"""Labelled papers: what each quantity of a paper is, written down by people.

One JSON file per paper, ``NAME.json``, beside the paper's source: ``main`` (relative to the
JSON file) and ``claims`` in the order of the text. ``tests/corpus/README.md`` explains the
fields of a claim.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LABELS = ("supported", "contradicted", "unsupported", "not-a-claim")
FORMS = ("plain", "ratio", "percent", "points", "range")


@dataclass(frozen=True, slots=True)
class LabelledCell:
    """A cell that a claim rests on.

    Attributes:
        table: 1-based, in the order of the source.
        row, column: words of its headers.
        value: as printed.
        equals: other cells that bear the claim out just as well.
    """

    table: int
    row: str
    column: str
    value: float
    equals: tuple[LabelledCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """One quantity of a paper and the truth about it.

    Attributes:
        where: ``abstract``, ``introduction``, ``conclusion`` ...
        sentence: the first words of its sentence, plain text.
        tex: as it stands in the source; empty in sets without it.
        text: as it reads.
        value, high: the number; ``high`` is the upper end of a range, else None.
        unit: symbol or noun; empty for none.
        form: one of ``FORMS``.
        label: one of ``LABELS``.
        derivation: how the cells give it, as in ``tests.corpus.derive``.
        cells: what it rests on; empty for a count, or in sets without cells.
        sure: False where a careful reader may differ.
    """

    where: str
    sentence: str
    tex: str
    text: str
    value: float | None
    high: float | None
    unit: str
    form: str
    label: str
    derivation: str
    cells: tuple[LabelledCell, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class LabelledPaper:
    """A paper with its labels; ``main`` is its main file."""

    name: str
    main: Path
    labels: tuple[Label, ...]


def load(folder: Path) -> tuple[LabelledPaper, ...]:
    """Every labelled paper in ``folder``, by name.

    Raises:
        ValueError: a file is no such JSON, or says something that the format has not.
    """
    return tuple(_paper(path) for path in sorted(folder.glob("*.json")))


def _paper(path: Path) -> LabelledPaper:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        labels = tuple(_label(item) for item in document["claims"] if not item.get("extra", False))
        return LabelledPaper(path.stem, path.parent / document["main"], labels)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: {type(error).__name__}: {error}") from error


def _label(item: Mapping[str, object]) -> Label:
    label, form = str(item["label"]), str(item["form"])
    if label not in LABELS or form not in FORMS:
        raise ValueError(f"{item['text']}: label '{label}', form '{form}'")
    cells = item.get("cells", [])
    if not isinstance(cells, list):
        raise TypeError(f"{item['text']}: cells")
    return Label(
        str(item["where"]),
        str(item["sentence"]),
        str(item.get("tex", "")),
        str(item["text"]),
        _number(item["value"]),
        _number(item.get("high")),
        str(item["unit"]),
        form,
        label,
        str(item.get("derivation", "")),
        tuple(_cell(each) for each in cells),
        bool(item.get("sure", True)),
    )


def _cell(item: Mapping[str, object]) -> LabelledCell:
    others = item.get("or", [])
    if not isinstance(others, list):
        raise TypeError(f"{item['row']}: or")
    return LabelledCell(
        int(str(item["table"])),
        str(item["row"]),
        str(item["column"]),
        float(str(item["value"])),
        tuple(_cell(each) for each in others),
    )


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
