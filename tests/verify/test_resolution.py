"""Samples that were stored rounded are told from samples that are small."""

from __future__ import annotations

import pytest

from writer.model.run import Samples
from writer.samples import key, summarise
from writer.verify.resolution import slack


def _slack(values: tuple[float, ...]) -> float:
    column = Samples("time", "s", "f", "/f", "", "data", "values", values=values)
    return slack(column, summarise([column])[key(column)])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((1.0, 2.0, 30.0), 0.5),
        ((0.25, 0.5, 1.0), 0.005),
        ((0.1 + 0.2, 0.7, 0.0), 0.05),
        ((0.123456, 0.2), 0.5e-6),
        ((0.1234567, 0.2), 0.0),
        ((4.33e-7, 4.49e-7, 6.1e-7), 0.0),
        ((4.33e-7, 1.0, 2.0), 0.0),
        ((0.0, 0.0), 0.5),
    ],
)
def test_only_decimals_that_the_samples_have_are_their_resolution(
    values: tuple[float, ...], expected: float
) -> None:
    assert _slack(values) == pytest.approx(expected, rel=1e-12, abs=0.0)
