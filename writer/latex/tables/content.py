"""What cells hold."""

from __future__ import annotations

from dataclasses import dataclass

from writer.model.interval import Interval

EMPTY, DASH, CHECK, TEXT, LOOSE, NUMBER = "empty", "dash", "check", "text", "loose", "number"
"""What a cell holds: ``loose`` is a number with words about it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a cell.

    Attributes:
        start: where it begins in the cell's text.
        text: as printed, with sign, spread, unit and marks.
        value, interval, unit, spread, bold, underlined, marks: as of
            :class:`writer.model.table.TableCell`.
        slashed: whether a slash parts it from the number before.
        scaled: whether a letter such as "M" multiplies it.
    """

    start: int
    text: str
    value: float
    interval: Interval
    unit: str
    spread: float | None
    bold: bool
    underlined: bool
    marks: str
    slashed: bool
    scaled: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell holds: its kind, and its numbers where there are some."""

    kind: str
    parts: tuple[Part, ...] = ()
