"""Fingerprints of findings on a paper: stable while their sentence stays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from writer.files import sha256
from writer.model.claim import Judgement
from writer.model.finding import Finding
from writer.model.result import CheckResult

_Place = tuple[str, int | None, str]


def fingerprinted(result: CheckResult) -> CheckResult:
    """The result with a fingerprint on each of its findings.

    It is made of the rule, the claim and its sentence; where there is no claim, of the
    source line; where there is no line, of the finding's id. Line numbers and file names
    are no part of it. Findings that are alike in all this are numbered in the paper's order.
    """
    claims = {place_of(item): item for item in result.judgements}
    everything = sorted((*result.findings, *result.suppressed), key=_position)
    lines = {name: text.split("\n") for name, text in result.sources.items()}
    counts: Counter[str] = Counter()
    given: dict[int, str] = {}
    for item in everything:
        basis = _basis(item, claims, lines)
        given[id(item)] = sha256(f"{basis}\n{counts[basis]}".encode())[:32]
        counts[basis] += 1
    return replace(
        result,
        findings=_with(result.findings, given),
        suppressed=_with(result.suppressed, given),
    )


def place_of(item: Judgement) -> _Place:
    """The claim's place as the first place of a finding on it has it."""
    return (item.claim.file, item.claim.line, str(item.claim.column))


def _with(findings: Iterable[Finding], given: Mapping[int, str]) -> tuple[Finding, ...]:
    return tuple(replace(item, fingerprint=given[id(item)]) for item in findings)


def _position(item: Finding) -> tuple[str, int, int, str]:
    if not item.where:
        return ("", 0, 0, item.id)
    place = item.where[0]
    column = int(place.column) if place.column.isdecimal() else 0
    return (place.file, place.row or 0, column, item.id)


def _basis(
    item: Finding, claims: Mapping[_Place, Judgement], sources: Mapping[str, Sequence[str]]
) -> str:
    place = item.where[0] if item.where else None
    if place is not None:
        claim = claims.get((place.file, place.row, place.column))
        if claim is not None:
            return _joined(item.rule, claim.claim.text, claim.claim.sentence)
        lines = sources.get(place.file, ())
        if place.row is not None and 0 < place.row <= len(lines) and lines[place.row - 1].strip():
            return _joined(item.rule, item.experiment, lines[place.row - 1])
    return _joined(item.rule, item.id, "")


def _joined(*parts: str) -> str:
    return "\x1f".join(re.sub(r"\s+", " ", part).strip() for part in parts)
