"""The bootstrap of a mean: the same however many resamples are drawn at once."""

from __future__ import annotations

import numpy as np
import pytest

from writer import statistics
from writer.model.interval import Interval


def one_by_one(data: np.ndarray) -> Interval:
    generator = np.random.default_rng(statistics.SEED)
    means = [
        data[generator.integers(0, len(data), len(data))].mean()
        for _ in range(statistics.RESAMPLES)
    ]
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(low), float(high))


@pytest.mark.parametrize("count", [2, 3, 40, 999, 5000])
@pytest.mark.parametrize("at_once", [1, 1000, 50_000])
def test_resamples_drawn_together_are_those_drawn_one_by_one(
    count: int, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = np.sort(np.random.default_rng(count).lognormal(3, 1, count))
    monkeypatch.setattr(statistics, "AT_ONCE", at_once)
    found = statistics.mean_interval(data)
    assert found is not None
    assert (found.lo, found.hi) == pytest.approx((one_by_one(data).lo, one_by_one(data).hi))
