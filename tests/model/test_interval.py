"""Intervals: what printed digits stand for, and arithmetic that encloses every value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from writer.model.interval import Interval, hull, ratio_interval

_NUMBER = st.floats(-1e9, 1e9)
_DIGITS = st.decimals(-1_000_000, 1_000_000, places=3) | st.decimals(-1000, 1000, places=1)
SLACK = 1e-9
"""Relative rounding of a few floating-point operations, with room to spare."""


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    one, other = draw(_NUMBER), draw(_NUMBER)
    return Interval(min(one, other), max(one, other))


@st.composite
def intervals_with_a_point(draw: st.DrawFn) -> tuple[Interval, float]:
    interval = draw(intervals())
    return interval, draw(st.floats(interval.lo, interval.hi))


def _encloses(interval: Interval, value: float) -> bool:
    room = SLACK * max(1.0, abs(value), abs(interval.lo), abs(interval.hi))
    return interval.lo - room <= value <= interval.hi + room


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("57", 56.5, 57.5),
        ("57.0", 56.95, 57.05),
        ("0", -0.5, 0.5),
        ("-3.6", -3.65, -3.55),
        ("13.30", 13.295, 13.305),
        ("1.5e3", 1450.0, 1550.0),
        ("1500", 1499.5, 1500.5),
        ("2E+1", 15.0, 25.0),
    ],
)
def test_printed_digits_stand_for_half_a_unit_to_either_side(
    text: str, lo: float, hi: float
) -> None:
    assert Interval.of_printed(text) == Interval(lo, hi)


@given(number=_DIGITS)
def test_the_ends_are_exactly_half_a_unit_away(number: Decimal) -> None:
    interval = Interval.of_printed(str(number))
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    half = Fraction(1, 2) * Fraction(10) ** exponent
    value = Fraction(number)
    assert (interval.lo, interval.hi) == (float(value - half), float(value + half))
    assert (float(number) in interval, interval.width > 0) == (True, True)


@given(value=st.floats(-1e6, 1e6), places=st.integers(0, 6))
def test_a_value_lies_in_the_interval_of_its_printed_digits(value: float, places: int) -> None:
    assert _encloses(Interval.of_printed(f"{value:.{places}f}"), value)


@given(number=_DIGITS)
def test_another_digit_narrows_the_interval(number: Decimal) -> None:
    wide, narrow = Interval.of_printed(str(number)), Interval.of_printed(f"{number}0")
    assert (wide.lo < narrow.lo, narrow.hi < wide.hi) == (True, True)


@pytest.mark.parametrize("text", ["", "NaN", "sNaN", "Infinity", "-inf", "1,5", "fast", "1e999"])
def test_what_is_no_finite_number_has_no_interval(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a (finite|decimal) number|too large a number"):
        Interval.of_printed(text)


@pytest.mark.parametrize(("lo", "hi"), [(2.0, 1.0), (float("nan"), 1.0), (1.0, float("nan"))])
def test_an_interval_has_its_ends_in_order(lo: float, hi: float) -> None:
    with pytest.raises(ValueError, match="not an interval"):
        Interval(lo, hi)


@given(one=intervals_with_a_point(), other=intervals_with_a_point())
def test_arithmetic_encloses_the_results_of_its_points(
    one: tuple[Interval, float], other: tuple[Interval, float]
) -> None:
    (a, x), (b, y) = one, other
    outcomes = {
        "sum": _encloses(a + b, x + y),
        "difference": _encloses(a - b, x - y),
        "product": _encloses(a * b, x * y),
        "negative": _encloses(-a, -x),
        "scaled": _encloses(a.scaled(-2.5), x * -2.5),
    }
    assert outcomes == dict.fromkeys(outcomes, True)


@given(one=intervals_with_a_point(), other=intervals_with_a_point())
def test_a_quotient_encloses_the_quotients_of_its_points(
    one: tuple[Interval, float], other: tuple[Interval, float]
) -> None:
    (a, x), (b, y) = one, other
    assume(0.0 not in b)
    assume(min(abs(b.lo), abs(b.hi)) > 1e-200)
    assert _encloses(a / b, x / y)


@given(interval=intervals(), low=st.floats(-1e9, 0.0), high=st.floats(0.0, 1e9))
def test_nothing_is_divided_by_an_interval_that_holds_zero(
    interval: Interval, low: float, high: float
) -> None:
    with pytest.raises(ZeroDivisionError, match="holds zero"):
        _ = interval / Interval(low, high)


@given(one=intervals(), other=intervals())
def test_to_meet_is_mutual_and_means_a_value_in_common(one: Interval, other: Interval) -> None:
    lo, hi = max(one.lo, other.lo), min(one.hi, other.hi)
    assert (one.meets(other), other.meets(one)) == (lo <= hi, lo <= hi)
    assert (one.meets(one), other.meets(other)) == (True, True)
    if lo <= hi:
        assert (lo in one, lo in other) == (True, True)


def test_intervals_that_touch_meet() -> None:
    assert Interval(0.0, 1.0).meets(Interval(1.0, 2.0)) is True
    assert Interval(0.0, 1.0).meets(Interval(1.1, 2.0)) is False


@given(values=st.lists(_NUMBER, min_size=1))
def test_a_hull_is_the_smallest_interval_around_its_values(values: list[float]) -> None:
    assert hull(values) == Interval(min(values), max(values))


@given(interval=intervals())
def test_taking_the_negative_twice_gives_the_interval_back(interval: Interval) -> None:
    negative = -interval
    assert -negative == interval


def test_the_interval_of_a_ratio_covers_it_as_often_as_it_says() -> None:
    generator = np.random.default_rng(7)
    held = 0
    for _ in range(2000):
        one, other = generator.normal(30.0, 2.0), generator.normal(10.0, 0.5)
        found = ratio_interval(
            one, Interval(one - 3.92, one + 3.92), other, Interval(other - 0.98, other + 0.98)
        )
        assert found is not None
        held += 3.0 in found
    assert 0.935 < held / 2000 < 0.965


def test_the_interval_of_a_ratio_is_narrower_than_what_both_ends_allow() -> None:
    over, base = Interval(28.0, 33.0), Interval(9.0, 10.5)
    found = ratio_interval(30.0, over, 10.0, base)
    assert found is not None
    assert over.lo / base.hi < found.lo < 3.0 < found.hi < over.hi / base.lo


def test_a_ratio_of_exact_values_is_exact_and_one_to_a_base_near_zero_has_no_interval() -> None:
    exact = ratio_interval(6.0, Interval.exact(6.0), 2.0, Interval.exact(2.0))
    assert exact is not None
    assert (exact.lo, exact.hi) == (3.0, 3.0)
    assert ratio_interval(6.0, Interval(5.0, 7.0), 1.0, Interval(-1.0, 3.0)) is None
