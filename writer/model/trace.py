"""Where a number comes from."""

from __future__ import annotations

from dataclasses import dataclass

from writer.model.finding import Finding
from writer.model.measurement import Measurement


@dataclass(frozen=True, slots=True)
class Trace:
    """A measurement, what it was computed from, and the findings on it.

    Attributes:
        measurement: the value.
        parents: traces of the values it was derived from.
        counterpart: for an adjusted value what was measured, and the reverse.
        findings: unsuppressed findings that concern it.
    """

    measurement: Measurement
    parents: tuple[Trace, ...]
    counterpart: Measurement | None
    findings: tuple[Finding, ...]
