"""Numbers of which their words say that they are changes, and how many there are of them."""

from __future__ import annotations

import pytest

from writer.claims.quantities import quantities


@pytest.mark.parametrize(
    ("phrase", "roles"),
    [
        ("reduction rates from 10% to 96%", ("low", "high")),
        ("with savings from 10 to 30%", ("low", "high")),
        ("speedups from 2x to 10x", ("low", "high")),
        ("reduces it by from 6% to 67%", ("low", "high")),
        ("cuts latency by anywhere from 6% to 67%", ("low", "high")),
        ("reduces the number of tests by 10% to 96%", ("low", "high")),
        ("by between 6% to 67%", ("low", "high")),
        ("raises the savings from 10% to 30%", ("from", "to")),
        ("improves reduction rates from 10% to 30%", ("from", "to")),
        ("reductions from 38.4% to 2.9%", ("from", "to")),
        ("a reduction from 10% to 30%", ("from", "to")),
        ("accuracy rises from 45% to 60%", ("from", "to")),
        ("overheads from 3 s to 5 s", ("from", "to")),
    ],
)
def test_several_changes_are_a_range_and_no_change(phrase: str, roles: tuple[str, str]) -> None:
    one, other = quantities(phrase)
    assert (one.role, other.role) == roles
    assert [one.change, other.change] == [roles[0] == "low"] * 2


@pytest.mark.parametrize(
    ("phrase", "change"),
    [("ΔAUC = -0.04", True), ("Δr = +0.018", True), ("r = +0.74", False), ("r = -0.2", False)],
)
def test_a_sign_tells_a_change_where_the_symbol_is_a_difference(phrase: str, change: bool) -> None:
    (found,) = quantities(phrase)
    assert found.change is change
