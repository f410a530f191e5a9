"""Values of the model as JSON: one function per kind of value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from writer.model.claim import Judgement
from writer.model.experiment import Level
from writer.model.finding import Finding, Place
from writer.model.measurement import Measurement


def measurement(item: Measurement) -> dict[str, Any]:
    """A measurement with its provenance."""
    place = item.provenance
    return {
        "id": item.id,
        "value": item.value,
        "unit": item.unit,
        "grade": str(item.grade),
        "file": None if place is None else place.file,
        "row": None if place is None else place.row,
        "column": None if place is None else place.column,
        "sha256": None if place is None else place.sha256,
        "formula": item.formula,
        "parents": list(item.parents),
        "reason": item.reason,
    }


def place(item: Place) -> dict[str, Any]:
    """A cell or line."""
    return {"file": item.file, "row": item.row, "column": item.column}


def evidence(value: object) -> Any:
    """Evidence of a finding, nested as the rule gave it."""
    if isinstance(value, Measurement):
        return measurement(value)
    if isinstance(value, Level):
        return value.text if value.measurement is None else measurement(value.measurement)
    if isinstance(value, Mapping):
        return {str(key): evidence(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [evidence(item) for item in value]
    return value if isinstance(value, str | bool | int | float) or value is None else str(value)


def finding(item: Finding) -> dict[str, Any]:
    """A finding; ``limitation`` ends with what would settle it."""
    document = {
        "id": item.id,
        "rule": item.rule,
        "code": item.code,
        "severity": str(item.severity),
        "confidence": str(item.confidence),
        "experiment": item.experiment,
        "where": [place(entry) for entry in item.where],
        "message": item.message,
        "evidence": evidence(item.evidence),
        "limitation": f"{item.limitation} {item.settle}".strip(),
    }
    if item.suppressed is not None:
        document["suppressed"] = item.suppressed
    return document


def judgement(item: Judgement) -> dict[str, Any]:
    """A claim with its verdict."""
    claim = item.claim
    return {
        "file": claim.file,
        "line": claim.line,
        "column": claim.column,
        "section": claim.section,
        "text": claim.text,
        "sentence": claim.sentence,
        "value": claim.value,
        "unit": claim.unit,
        "form": claim.form,
        "hedge": claim.hedge,
        "verdict": str(item.verdict),
        "rule": item.rule,
        "reason": item.reason,
        "formula": item.formula,
        "found": item.found,
        "chance": item.chance,
        "evidence": [dict(entry) for entry in item.evidence],
    }
