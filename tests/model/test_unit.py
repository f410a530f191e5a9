"""Units: what can be converted, and how a unit reads behind the number 1."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writer.model.unit import counted, factor, singular, unit

TIMES = ("ns", "us", "ms", "s", "min", "h")
SIZES = ("B", "KB", "MB", "GB")
_KNOWN = st.sampled_from((*TIMES, *SIZES, "%", "1", "x", "pp", "Hz", "tasks", "tasks/s", "jobs/h"))
_ANY = _KNOWN | st.text(max_size=8)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("s", "ms", 1000.0),
        ("µs", "ms", 0.001),
        ("μs", "us", 1.0),
        ("hours", "minutes", 60.0),
        ("%", "1", 0.01),
        ("percent", "%", 1.0),
        ("×", "x", 1.0),
        ("GB", "MB", 1000.0),
        ("tasks/min", "tasks/s", 1 / 60),
        ("tasks/s", "tasks/ms", 0.001),
        ("tasks/s", "tasks/second", 1.0),
        ("ops/s", "operations/s", 1.0),
        ("req/min", "requests/s", 1 / 60),
        ("tok/s", "tokens/s", 1.0),
        ("mops/s", "operations/s", 1e6),
        ("QPS", "queries/s", 1.0),
        ("KQPS", "query/s", 1e3),
        ("FPS", "frames/s", 1.0),
        ("GOPS", "ops/s", 1e9),
        ("nanoseconds", "ns", 1.0),
        ("tx/s", "requests/s", None),
        ("TPS", "tokens/s", None),
        ("ops", "requests", None),
        ("tasks", "tasks", 1.0),
        ("tasks", "jobs", None),
        ("tasks/s", "jobs/s", None),
        ("tasks", "tasks/s", None),
        ("%", "pp", None),
        ("x", "1", None),
        ("ms", "MB", None),
    ],
)
def test_factors(source: str, target: str, expected: float | None) -> None:
    found = factor(source, target)
    assert found == (None if expected is None else pytest.approx(expected, rel=1e-12))


@given(one=_ANY, other=_ANY)
def test_there_and_back_is_where_one_began(one: str, other: str) -> None:
    there, back = factor(one, other), factor(other, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert math.isclose(there * back, 1.0, rel_tol=1e-12)


@given(symbol=_ANY)
def test_a_unit_converts_to_itself(symbol: str) -> None:
    assert factor(symbol, symbol) == 1.0


@given(symbol=_ANY)
def test_a_units_symbol_names_that_unit(symbol: str) -> None:
    assert unit(unit(symbol).symbol) == unit(symbol)


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        ("nodes", "node"),
        ("queries", "query"),
        ("batches", "batch"),
        ("crashes", "crash"),
        ("classes", "class"),
        ("boxes", "box"),
        ("class", "class"),
        ("node", "node"),
        ("s", "s"),
        ("ms", "ms"),
        ("hours", "hours"),
        ("tasks/s", "tasks/s"),
        ("", ""),
    ],
)
def test_singular(symbol: str, expected: str) -> None:
    assert singular(symbol) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 findings"), (1, "1 finding"), (2, "2 findings")]
)
def test_a_count_with_its_noun(number: int, expected: str) -> None:
    assert counted(number, "findings") == expected
