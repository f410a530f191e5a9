"""Measurements that tests make up."""

from __future__ import annotations

from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement


def cell(text: str, unit: str = "1", grade: Grade = Grade.MEASURED, name: str = "a") -> Measurement:
    """A cell that prints ``text``; a missing one for no text."""
    return Measurement(
        id=f"table/{name}",
        experiment="table",
        quantity=name,
        levels=(),
        value=float(text) if text else None,
        text=text,
        unit=unit,
        interval=Interval.of_printed(text) if text else None,
        grade=grade if text else Grade.MISSING,
        title=name,
    )


def derived(value: float, lo: float, hi: float, unit: str = "x") -> Measurement:
    """A value computed from others, known to lie between ``lo`` and ``hi``."""
    return Measurement(
        id="ratio(table/a,table/b)",
        experiment="table",
        quantity="ratio",
        levels=(),
        value=value,
        text="",
        unit=unit,
        interval=Interval(lo, hi),
        grade=Grade.DERIVED,
        parents=("table/a", "table/b"),
        formula="ratio(table/a,table/b)",
    )
