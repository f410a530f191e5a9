"""The report of a trace: where a number comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from writer.model.measurement import Grade, Measurement
from writer.model.number import digits
from writer.model.trace import Trace
from writer.prose import plain_unit
from writer.report import _documents as documents
from writer.report._report import Report


def trace_report(what: str, traces: tuple[Trace, ...]) -> Report:
    """One entry per measurement that ``what`` may stand for."""
    lines: list[str] = []
    for item in traces:
        lines.extend(_lines(item, 0))
        lines.append("")
    if not traces:
        lines = [f"no measurement and no printed number is '{what}': it has no provenance here"]
    elif len(traces) > 1:
        lines.insert(
            0,
            f"{len(traces)} measurements have this value; a number alone does not "
            "say which one is meant",
        )
        lines.insert(1, "")
    return Report(
        command="trace",
        document={"query": what, "matches": [_document(item) for item in traces]},
        summary=tuple(lines[:-1] if not lines[-1] else lines),
        next_step="sage-write explain RULE says what a finding means"
        if traces
        else "sage-write audit",
    )


def _document(item: Trace) -> dict[str, Any]:
    return {
        "measurement": documents.measurement(item.measurement),
        "counterpart": None
        if item.counterpart is None
        else documents.measurement(item.counterpart),
        "parents": [_document(parent) for parent in item.parents],
        "findings": [
            {
                "id": finding.id,
                "rule": finding.rule,
                "severity": str(finding.severity),
                "message": finding.message,
            }
            for finding in item.findings
        ],
    }


def _value(item: Measurement) -> str:
    if item.value is None:
        return "no value"
    text = item.text if item.text else digits(item)
    return text + plain_unit(item.unit)


def _lines(item: Trace, depth: int) -> Iterator[str]:
    indent = "  " * depth
    value = item.measurement
    yield f"{indent}{_value(value)}  {value.id}  ({value.grade})"
    if value.provenance is not None:
        yield f"{indent}  {value.provenance.place}"
        yield f"{indent}  sha256 {value.provenance.sha256}"
    if value.formula:
        yield f"{indent}  = {value.formula}"
    if value.reason:
        label = "changed because of" if value.grade is Grade.ADJUSTED else "missing:"
        yield f"{indent}  {label} {value.reason}"
    yield from _counterpart(item, indent)
    for parent in item.parents:
        yield from _lines(parent, depth + 1)
    for finding in item.findings:
        yield f"{indent}  {finding.severity} {finding.rule}: {finding.message}"


def _counterpart(item: Trace, indent: str) -> Iterator[str]:
    other = item.counterpart
    if item.measurement.grade is Grade.ADJUSTED:
        yield f"{indent}  never printed; " + (
            "nothing was measured here"
            if other is None
            else f"measured: {_value(other)}  {other.id}"
        )
    elif other is not None:
        yield (
            f"{indent}  its source proposes {_value(other)} instead ({other.reason}); "
            "sage-write prints what was measured"
        )
