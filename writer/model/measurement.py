"""A measurement: a value with its unit, its grade and the place it was read from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from writer.model.interval import Interval


class Grade(StrEnum):
    """How strong the evidence for a value is."""

    RAW = "raw"
    MEASURED = "measured"
    DERIVED = "derived"
    ADJUSTED = "adjusted"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value was read.

    Attributes:
        file: path from the project's root, with forward slashes.
        sha256: of the file's bytes when it was read.
        row: 1-based line of the file; None where the place is a key of a document.
        column: name of the column, or the key's path in a document.
        reader: name of the source that read it.
    """

    file: str
    sha256: str
    row: int | None
    column: str
    reader: str

    @property
    def place(self) -> str:
        """``file:row:column``, or ``file#key``."""
        return (
            f"{self.file}#{self.column}"
            if self.row is None
            else (f"{self.file}:{self.row}:{self.column}")
        )


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value and what is known about it.

    Attributes:
        id: path of experiment, levels and quantity; for a derived value its formula.
        experiment: name of the experiment, or ``setup``.
        quantity: what was measured, e.g. ``p99_latency``.
        levels: the factors and their levels, e.g. ``(("concurrency", "8"),)``.
        value: the number, or None when the grade is ``missing``.
        text: the digits as they stand in the source, e.g. ``13.30``.
        unit: symbol understood by :func:`writer.model.unit.unit`.
        interval: the values that the printed digits allow.
        grade: the strength of the evidence.
        provenance: the place; None for derived values, whose parents have one.
        parents: ids of the measurements a derived value was computed from.
        formula: how, in terms of the parents' ids.
        better: ``higher``, ``lower`` or None.
        title: the quantity in words, e.g. ``P99 latency``.
        reason: for ``adjusted``, why the value was changed; for ``missing``, why.
        counterpart: for ``adjusted``, the id of the measurement it replaces; for
            the replaced measurement, the id of the adjusted value.
        sampled: for ``derived``, whether it was made of recomputed values, so that its
            interval is a confidence interval.
    """

    id: str
    experiment: str
    quantity: str
    levels: tuple[tuple[str, str], ...]
    value: float | None
    text: str
    unit: str
    interval: Interval | None
    grade: Grade
    provenance: Provenance | None = None
    parents: tuple[str, ...] = ()
    formula: str | None = None
    better: str | None = None
    title: str = ""
    reason: str | None = None
    counterpart: str | None = None
    sampled: bool = False

    @property
    def known(self) -> bool:
        """Whether there is a value that may be printed."""
        return self.value is not None and self.grade not in (Grade.ADJUSTED, Grade.MISSING)

    @property
    def number(self) -> float:
        """The value.

        Raises:
            ValueError: there is none, or it is not evidence.
        """
        if self.value is None or not self.known:
            raise ValueError(f"{self.id} has no measured value")
        return self.value

    def recomputed(
        self, value: float, text: str, interval: Interval, place: Provenance, formula: str
    ) -> Measurement:
        """The same quantity as raw samples give it: grade ``raw``, place of the samples."""
        return Measurement(
            *(self.id, self.experiment, self.quantity, self.levels, value, text, self.unit),
            *(interval, Grade.RAW, place, self.parents, formula, self.better, self.title),
            *(self.reason, self.counterpart, self.sampled),
        )

    @property
    def digits(self) -> str:
        """The digits that stand in a table; the empty string where there is no value."""
        return (self.text or repr(self.number)) if self.known else ""

    @property
    def span(self) -> Interval:
        """The interval; the exact value where none was given."""
        return self.interval if self.interval is not None else Interval.exact(self.number)


@lru_cache(maxsize=100_000)
def slug(text: str) -> str:
    """Lower-case name made of letters, digits, dots and hyphens.

    Accents are dropped; other letters beyond ASCII become their code point, and
    the sign of a negative number is kept in words, so that names that differ
    seldom meet in one slug.

    >>> slug("P99 latency_ms"), slug("LoadAware"), slug("0.5"), slug("-1"), slug("轻")
    ('p99-latency-ms', 'loadaware', '0.5', 'minus-1', 'u8f7b')
    """
    plain = unicodedata.normalize("NFKD", text.lower()).lower()
    kept = "".join(
        f"u{ord(char):x}" if char.isalnum() and not char.isascii() else char
        for char in plain
        if not unicodedata.combining(char)
    )
    signed = re.sub(r"^\s*[-\u2212](?=[.0-9])", "minus ", kept)
    return re.sub(r"[^a-z0-9.]+", "-", signed).strip("-") or "x"
