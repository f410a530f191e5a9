"""Digits: as the source wrote them, or as many as the evidence carries."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.model.values import cell, derived
from writer.model.measurement import Grade
from writer.model.number import MAX_DERIVED_DIGITS, digits, ends, grouped, supported_decimals

_TEXT = st.decimals(-1_000_000, 1_000_000, places=4).map(str) | st.integers().map(str)


@given(text=_TEXT)
def test_a_cell_prints_as_its_source_wrote_it(text: str) -> None:
    assert digits(cell(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.011196151500000001", "0.0112"),
        ("419.9050672054291", "420"),
        ("383041.69207159744", "383000"),
        ("-0.000078856677", "-0.0000789"),
        ("109099.4", "109099.4"),
        ("1234567.8912", "1234567.8912"),
        ("0.000719", "0.000719"),
        ("12345678901234", "12345678901234"),
    ],
)
def test_a_float_that_a_program_dumped_prints_like_a_derived_value(
    text: str, expected: str
) -> None:
    assert digits(cell(text)) == expected


@pytest.mark.parametrize(
    ("text", "decimals", "expected"),
    [
        ("13.30", 1, "13.3"),
        ("13.30", 0, "13"),
        ("13.30", 5, "13.30"),
        ("13", 2, "13"),
        ("2.5", 0, "2"),
        ("3.5", 0, "4"),
        ("0.25", 1, "0.2"),
        ("-0.04", 1, "0.0"),
        ("-0.4", 0, "0"),
        ("-0.0", None, "-0.0"),
        ("1250", -2, "1200"),
        ("210654.6", 0, "210655"),
    ],
)
def test_fewer_places_round_half_to_even_and_more_are_not_given(
    text: str, decimals: int | None, expected: str
) -> None:
    assert digits(cell(text), decimals) == expected


@given(text=_TEXT, decimals=st.integers(0, 6))
def test_rounding_is_by_half_a_unit_at_most_and_never_minus_zero(text: str, decimals: int) -> None:
    printed = digits(cell(text), decimals)
    kept = len(printed.partition(".")[2])
    assert kept == min(decimals, len(text.partition(".")[2]))
    assert abs(Fraction(printed) - Fraction(text)) <= Fraction(1, 2 * 10**kept)
    assert printed.startswith("-") == (Decimal(printed) < 0)


@pytest.mark.parametrize(
    ("value", "lo", "hi", "expected"),
    [
        (3.6169, 3.60, 3.63, "3.6"),
        (3.6169, 3.6164, 3.6174, "3.62"),
        (57.14, 56.21, 58.06, "57"),
        (57.14, 55.9, 58.4, "60"),
        (210654.6, 210654.5, 210654.7, "211000"),
        (0.99996, 0.99996, 0.99996, "1.00"),
        (9.999, 9.999, 9.999, "10.0"),
        (-0.001, -0.3, 0.3, "0"),
        (-0.001, -0.02, 0.02, "0.0"),
        (0.0, 0.0, 0.0, "0.00"),
    ],
)
def test_a_derived_value_prints_the_digits_that_its_interval_carries(
    value: float, lo: float, hi: float, expected: str
) -> None:
    assert digits(derived(value, lo, hi)) == expected


def test_a_mean_of_trials_that_lie_far_apart_is_printed_to_one_digit_and_as_no_zero() -> None:
    item = replace(derived(128.29, -1100.0, 1356.6), grade=Grade.MEASURED)
    assert [digits(item), digits(item, 0)] == ["100", "100"]


@given(
    value=st.floats(-1e12, 1e12, allow_subnormal=False),
    width=st.floats(0.0, 1e6),
    decimals=st.none() | st.integers(0, 5),
)
@example(value=0.0, width=5e-324, decimals=None)
def test_a_derived_value_is_rounded_to_places_that_are_supported(
    value: float, width: float, decimals: int | None
) -> None:
    item = derived(value, value - width / 2, value + width / 2)
    places = supported_decimals(value, item.span)
    if decimals is not None:
        places = min(places, decimals)
    printed = Fraction(digits(item, decimals))
    assert abs(printed - Fraction(value)) <= Fraction(1, 2) * Fraction(10) ** -places
    scaled = printed * Fraction(10) ** places
    assert (scaled.denominator, abs(scaled.numerator) <= 10**MAX_DERIVED_DIGITS) == (1, True)
    assert digits(item, decimals).startswith("-") == (printed < 0)


@pytest.mark.parametrize(
    ("value", "lo", "hi", "expected"),
    [
        (0.1014, 0.1010, 0.1038, ("0.101", "0.101", "0.104")),
        (0.1043, 0.1010, 0.1045, ("0.104", "0.101", "0.104")),
        (95.45, 95.42, 120.31, ("95.5", "95.4", "120.3")),
        (0.102, 0.1010, 0.1038, ("0.102", "0.101", "0.104")),
        (1.02, 0.94, 1.31, ("1.0", "0.94", "1.31")),
    ],
)
def test_a_recomputed_value_is_printed_within_its_printed_interval(
    value: float, lo: float, hi: float, expected: tuple[str, str, str]
) -> None:
    item = replace(derived(value, lo, hi), grade=Grade.RAW)
    assert (digits(item), *(ends(item) or ())) == expected


@given(
    value=st.floats(1e-9, 1e9),
    below=st.floats(0.0, 1.0),
    above=st.floats(1e-9, 10.0),
    sampled=st.booleans(),
)
def test_no_value_is_printed_outside_its_printed_interval(
    value: float, below: float, above: float, sampled: bool
) -> None:
    item = derived(value, value * (1 - below), value * (1 + above))
    item = replace(item, sampled=sampled, grade=Grade.DERIVED if sampled else Grade.RAW)
    printed = ends(item)
    assert printed is not None
    assert Decimal(printed[0]) <= Decimal(digits(item)) <= Decimal(printed[1])


@pytest.mark.parametrize("grade", [Grade.ADJUSTED, Grade.MISSING])
def test_what_is_no_evidence_has_no_digits(grade: Grade) -> None:
    with pytest.raises(ValueError, match="table/a has no measured value"):
        digits(cell("" if grade is Grade.MISSING else "600", grade=grade))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9999", "9999"),
        ("10000", "10,000"),
        ("-1234567.125", "-1,234,567.125"),
        ("0.12345", "0.12345"),
        ("1234.56789", "1234.56789"),
        ("1e10", "1e10"),
        ("", ""),
        ("fast", "fast"),
    ],
)
def test_thousands_are_grouped_from_10000_on(text: str, expected: str) -> None:
    assert grouped(text, ",") == expected


@given(number=st.decimals(-(10**12), 10**12, places=2))
def test_grouping_keeps_the_number(number: Decimal) -> None:
    text = format(number, "f")
    assert grouped(text, "{,}").replace("{,}", "") == text
    parts = grouped(text, ",").lstrip("-").partition(".")[0].split(",")
    assert [len(part) for part in parts[1:]] == [3] * (len(parts) - 1)
