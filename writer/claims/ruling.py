"""A verdict with its grounds, and the words and cells that these are told with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from writer.model.claim import Verdict
from writer.model.measurement import Measurement
from writer.model.number import digits, grouped
from writer.prose import plain_unit


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict with its grounds; see :class:`writer.model.claim.Judgement`.

    Attributes:
        bound: the ids of the measurements that the number may be, the likeliest first; more
            than one where several fit equally. Empty where the data do not support it.
    """

    verdict: Verdict
    rule: str
    reason: str
    formula: str = ""
    evidence: tuple[Mapping[str, object], ...] = ()
    found: str = ""
    score: float | None = None
    chance: float | None = None
    bound: tuple[str, ...] = ()


def not_checked(reason: str) -> Ruling:
    """The quantity is not one that data could support."""
    return Ruling(Verdict.NOT_CHECKED, "", reason)


def unsupported(reason: str) -> Ruling:
    """The data hold nothing that would support it."""
    return Ruling(Verdict.UNSUPPORTED, "unsupported-claim", reason)


def evidence(items: Iterable[Measurement]) -> tuple[Mapping[str, object], ...]:
    """Cells as a judgement lists them."""
    return tuple(
        {
            "id": item.id,
            "value": item.value,
            "unit": item.unit,
            "grade": str(item.grade),
            "file": item.provenance.file if item.provenance else None,
            "row": item.provenance.row if item.provenance else None,
            "column": item.provenance.column if item.provenance else None,
        }
        for item in items
    )


def shown(item: Measurement) -> str:
    """Digits and unit of a measured value."""
    return grouped(digits(item), ",") + plain_unit(item.unit)
