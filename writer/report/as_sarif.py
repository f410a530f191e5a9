"""SARIF 2.1.0, the exchange format of code scanning.

Source: OASIS, *Static Analysis Results Interchange Format (SARIF) Version 2.1.0*, errata 01.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from writer import __version__
from writer.model.finding import Place
from writer.report._check import summary_lines
from writer.report._issue import Checked, Issue, cell_words, chance_words
from writer.report._report import Format, Part, Report, need_check

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_MAX_RELATED = 50


def _render(report: Report) -> str:
    seen = need_check(report)
    issues = (*seen.issues, *seen.suppressed)
    names = list(dict.fromkeys(item.finding.rule for item in issues))
    names += [name for name, card in seen.cards.items() if name not in names and _claims(card.code)]
    run = {
        "tool": {
            "driver": {
                "name": "sage-write",
                "semanticVersion": __version__,
                "rules": [_rule(name, seen, issues) for name in names],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_note(text, seen) for text in seen.result.notes],
            }
        ],
        "artifacts": [
            {"location": _artifact(seen.shown(name)), "roles": ["analysisTarget"]}
            for name in seen.result.files
        ],
        "results": [_result(item, names, seen) for item in issues],
        "properties": {
            "coverage": {**seen.result.coverage(), "reasons": seen.result.reasons()},
            "summary": summary_lines(seen),
        },
    }
    return _log([run])


_PLACED = re.compile(r"(?P<file>[^:\n]{1,300}):(?:(?P<line>[1-9]\d{0,7}):)? ")


def _note(text: str, seen: Checked) -> dict[str, Any]:
    """What reading the paper brought up; one that names its file or line has it as a location."""
    note: dict[str, Any] = {"level": "note", "message": {"text": text}}
    match = _PLACED.match(text)
    if match and match["file"] in seen.result.files:
        physical: dict[str, Any] = {"artifactLocation": _artifact(seen.shown(match["file"]))}
        if match["line"]:
            physical["region"] = {"startLine": int(match["line"])}
        note["locations"] = [{"physicalLocation": physical}]
    return note


def _claims(code: str) -> bool:
    return code.startswith("CLM")


def _rule(name: str, seen: Checked, issues: tuple[Issue, ...]) -> dict[str, Any]:
    card = seen.cards.get(name)
    if card is None:
        code = next(item.finding.code for item in issues if item.finding.rule == name)
        return {"id": code, "name": name}
    return {
        "id": card.code,
        "name": card.name,
        "shortDescription": {"text": card.summary},
        "help": {"text": f"{card.doc.strip()}\n\nsage-write explain {card.name}"},
        "defaultConfiguration": {"level": str(card.severity)},
        "properties": {"precision": str(card.confidence), "tags": ["paper"]},
    }


def _result(item: Issue, names: list[str], seen: Checked) -> dict[str, Any]:
    finding = item.finding
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": names.index(finding.rule),
        "level": str(finding.severity),
        "message": {"text": _message(item)},
        "locations": [_location(item)] if item.file else [],
        "partialFingerprints": {"sageWriteFinding/v1": finding.fingerprint},
        "properties": _properties(item),
    }
    related = list(_related(item, seen))
    if related:
        result["relatedLocations"] = related
    if finding.suppressed is not None:
        inside = finding.suppressed_by == "allow"
        result["suppressions"] = [
            {"kind": "inSource" if inside else "external", "justification": finding.suppressed}
        ]
    return result


def _message(item: Issue) -> str:
    judgement = item.judgement
    if judgement is None:
        return item.finding.message
    parts = [item.finding.message]
    parts += [f"= {judgement.formula}"] if judgement.formula else []
    return "\n".join((*parts, *filter(None, [chance_words(judgement)])))


def _properties(item: Issue) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": item.finding.id,
        "confidence": str(item.finding.confidence),
    }
    if item.judgement is not None:
        found |= {
            "verdict": str(item.judgement.verdict),
            "claim": item.judgement.claim.text,
            "found": item.judgement.found,
            "chance": item.judgement.chance,
        }
    return found


def _location(item: Issue) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(item.file)}
    if item.line is not None:
        region: dict[str, Any] = {"startLine": item.line}
        if item.column is not None:
            region["startColumn"] = item.column
            if item.end is not None:
                region |= {"endLine": item.line, "endColumn": item.end}
                region["snippet"] = {"text": item.source[item.column - 1 : item.end - 1]}
        physical["region"] = region
        if item.source:
            physical["contextRegion"] = {
                "startLine": item.line,
                "endLine": item.line,
                "snippet": {"text": item.source},
            }
    return {"physicalLocation": physical}


def _related(item: Issue, seen: Checked) -> Iterator[dict[str, Any]]:
    """The cells that the finding was held against, and its further places."""
    further = [(place, "") for place in item.finding.where[1:]]
    cells = item.judgement.evidence if item.judgement is not None else ()
    further += [
        (
            Place(str(cell["file"]), _row(cell.get("row")), str(cell.get("column") or "")),
            " is ".join(filter(None, cell_words(cell, seen.shown)[:2])),
        )
        for cell in cells
        if cell.get("file")
    ]
    for number, (place, text) in enumerate(further[:_MAX_RELATED]):
        physical: dict[str, Any] = {"artifactLocation": _artifact(seen.shown(place.file))}
        if place.row is not None:
            physical["region"] = {"startLine": place.row}
            if place.column.isdecimal() and place.file in seen.result.files and int(place.column):
                physical["region"]["startColumn"] = int(place.column)
        yield {
            "id": number,
            "physicalLocation": physical,
            "message": {"text": text or str(place)},
        }


def _row(value: object) -> int | None:
    return value if isinstance(value, int) and value > 0 else None


def _artifact(name: str) -> dict[str, str]:
    return {"uri": quote(name.replace("\\", "/"), safe="/")}


def _broken(part: Part) -> str:
    """A run that did not succeed, with the paper and the reason."""
    paper = {"physicalLocation": {"artifactLocation": _artifact(part.name)}}
    told = {"level": "error", "message": {"text": part.error}, "locations": [paper]}
    run = {
        "tool": {"driver": {"name": "sage-write", "semanticVersion": __version__}},
        "invocations": [{"executionSuccessful": False, "toolExecutionNotifications": [told]}],
        "results": [],
    }
    return _log([run])


def _join(texts: Sequence[tuple[Part, str]]) -> str:
    """One log, with a run for each paper: its identity keeps the runs apart."""
    return _log(
        [
            {**run, "automationDetails": {"id": f"sage-write/{quote(part.name)}/"}}
            for part, text in texts
            for run in json.loads(text)["runs"]
        ]
    )


def _log(runs: Sequence[dict[str, Any]]) -> str:
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": runs}
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


FORMAT = Format("sarif", _render, join=_join, broken=_broken)
