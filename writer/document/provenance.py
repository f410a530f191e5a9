"""``provenance.json``: where every number of the written sections comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from writer.dataset import Dataset
from writer.document.section import Printed, Section
from writer.files import sha256

SCHEMA = "sage-write/provenance/1"


def provenance_document(
    sections: Iterable[Section],
    dataset: Dataset,
    version: str,
    earlier: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The document described by ``docs/schemas/provenance.schema.json``.

    ``earlier`` is the document that was there before: what it says of other
    sections stays, as long as it was made from the same data.
    """
    kept: dict[str, Any] = {}
    if earlier and earlier.get("schema") == SCHEMA:
        data = earlier.get("data")
        if isinstance(data, Mapping) and data.get("digest") == dataset.digest:
            sections_before = earlier.get("sections")
            kept = dict(sections_before) if isinstance(sections_before, Mapping) else {}
    return {
        "schema": SCHEMA,
        "version": version,
        "data": {"digest": dataset.digest, "files": dict(sorted(dataset.files.items()))},
        "sections": kept | {section.name: _section(section) for section in sections},
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "file": f"{section.name}.tex",
        "sha256": sha256(section.tex.encode()),
        "files": {file.path: sha256(file.data) for file in section.files},
        "omitted": list(section.omitted),
        "numbers": [number(item) for item in section.printed],
    }


def number(item: Printed) -> dict[str, Any]:
    """One number: what it is, and the cell or the formula it comes from."""
    found = item.measurement
    place = found.provenance
    return {
        "id": found.id,
        "text": item.text,
        "value": found.value,
        "unit": found.unit,
        "grade": str(found.grade),
        "file": None if place is None else place.file,
        "sha256": None if place is None else place.sha256,
        "row": None if place is None else place.row,
        "column": None if place is None else place.column,
        "formula": found.formula,
        "parents": list(found.parents),
        "where": item.where,
        "printed": item.printed,
    }
