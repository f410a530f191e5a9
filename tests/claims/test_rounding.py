"""What a hedged or rounded number may have been written for."""

from __future__ import annotations

import pytest

from writer.claims.quantities import quantities
from writer.claims.tables.rounding import claimed, is_rounded_up


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("It serves over 9,000 requests.", 9_000.0, 10_000.0),
        ("It serves over 1,200,000 requests.", 1_200_000.0, 1_300_000.0),
        ("It serves over 3 million requests.", 3e6, 4e6),
        ("It loses under 0.00002 of them.", 1e-5, 2e-5),
        ("It finds over 85% of them.", 85.0, 90.0),
        ("It takes over 1.5 hours.", 1.5, 2.0),
        ("It takes over 5 hours.", 5.0, 6.0),
        ("It loses under 25% of them.", 20.0, 25.0),
    ],
)
def test_over_and_under_reach_one_more_of_the_last_digit(text: str, lo: float, hi: float) -> None:
    quantity = next(item for item in quantities(text) if item.hedge)
    span = claimed(quantity)
    assert (span.lo, span.hi) == pytest.approx((lo, hi))


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("It serves 2,000,000 requests.", 1_400_000.0, True),
        ("It serves 2,000,000 requests.", 900_000.0, False),
        ("It serves 1.4x as many.", 1.31, True),
    ],
)
def test_a_number_is_rounded_up_at_any_size(text: str, given: float, expected: bool) -> None:
    quantity = quantities(text)[0]
    assert is_rounded_up(quantity, given, given) is expected
