"""A baseline: the findings that an old paper has, so that only new ones count."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from writer.errors import PathError
from writer.files import read_text, write_atomic
from writer.model.finding import Finding
from writer.model.result import CheckResult

SCHEMA = "sage-write/baseline/1"
_HINT = "'sage-write check PAPER --write-baseline FILE' makes one"


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints in a baseline file.

    Raises:
        PathError: it cannot be read, or is no baseline.
    """
    text = read_text(path)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    found = _fingerprints(document)
    if found is None:
        raise PathError(
            "this is no baseline", file=str(path), expected=f'"schema": "{SCHEMA}"', hint=_HINT
        )
    return found


def _fingerprints(document: object) -> frozenset[str] | None:
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        return None
    entries = document.get("findings")
    if not isinstance(entries, list) or not all(isinstance(item, dict) for item in entries):
        return None
    found = [item.get("fingerprint") for item in entries]
    return frozenset(found) if all(isinstance(item, str) for item in found) else None


def write_baseline(path: Path, findings: Iterable[Finding], version: str) -> int:
    """Write the fingerprints of ``findings``; gives their number.

    Raises:
        PathError: it cannot be written, or another file stands there.
    """
    if path.exists():
        read_baseline(path)  # refuses to write over what is no baseline
    entries = [
        {
            "fingerprint": item.fingerprint,
            "rule": item.rule,
            "file": item.where[0].file if item.where else "",
            "message": item.message,
        }
        for item in findings
    ]
    document = {"schema": SCHEMA, "version": version, "findings": entries}
    write_atomic(path, json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    return len(entries)


def without_known(
    result: CheckResult, known: frozenset[str], name: str, *, whole: bool = True
) -> CheckResult:
    """The result with the findings of the baseline ``name`` among the suppressed ones.

    Args:
        result: of the check.
        known: fingerprints of the baseline.
        name: of the baseline, for people.
        whole: whether the baseline is of this paper alone, so that what is gone is told.
    """
    old = [item for item in result.findings if item.fingerprint in known]
    seen = {item.fingerprint for item in (*result.findings, *result.suppressed)}
    gone = len(known - seen)
    drop = f"--write-baseline {name} drops {'it' if gone == 1 else 'them'}"
    note = f"{gone} of the findings in {name} {'is' if gone == 1 else 'are'} gone; {drop}"
    return replace(
        result,
        findings=tuple(item for item in result.findings if item.fingerprint not in known),
        suppressed=(
            *result.suppressed,
            *(
                replace(item, suppressed=f"known before, in {name}", suppressed_by="baseline")
                for item in old
            ),
        ),
        notes=(*result.notes, note) if gone and whole else result.notes,
    )
