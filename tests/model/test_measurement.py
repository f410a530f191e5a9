"""Measurements: slugs of their names, what is evidence, where they stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.values import cell
from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug


@given(text=st.text())
def test_a_slug_is_of_letters_digits_dots_and_hyphens_and_its_own_slug(text: str) -> None:
    found = slug(text)
    assert re.fullmatch(r"[a-z0-9.-]+", found) is not None
    assert slug(found) == found
    assert (found.strip("-"), found.replace("--", "-")) == (found, found)


@given(text=st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1))
def test_letters_and_digits_stay_in_lower_case(text: str) -> None:
    assert slug(text) == text.lower()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P99 latency_ms", "p99-latency-ms"),
        ("0.5", "0.5"),
        ("-1", "minus-1"),
        ("\u22121.5", "minus-1.5"),
        ("a-1", "a-1"),
        ("Zürich", "zurich"),
        ("轻", "u8f7b"),
        ("", "x"),
        ("--", "x"),
        ("a/b", "a-b"),
        ("İ", "i"),
        ("%", "x"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("grade", "known"),
    [
        (Grade.RAW, True),
        (Grade.MEASURED, True),
        (Grade.DERIVED, True),
        (Grade.ADJUSTED, False),
        (Grade.MISSING, False),
    ],
)
def test_only_evidence_is_known(grade: Grade, known: bool) -> None:
    item = cell("600", grade=grade)
    assert item.known is known
    if known:
        assert item.number == 600.0
    else:
        with pytest.raises(ValueError, match="table/a has no measured value"):
            _ = item.number


def test_a_value_without_an_interval_spans_itself() -> None:
    item = Measurement("a", "t", "a", (), 2.5, "2.5", "1", None, Grade.MEASURED)
    assert item.span == Interval(2.5, 2.5)
    assert cell("2.5").span == Interval(2.45, 2.55)


def test_a_place_is_a_cell_or_a_key() -> None:
    assert Provenance("a.csv", "", 7, "rate", "r").place == "a.csv:7:rate"
    assert Provenance("a.json", "", None, "metrics.p99", "r").place == "a.json#metrics.p99"
