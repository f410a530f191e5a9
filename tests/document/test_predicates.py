"""Words of judgement: each predicate against a direct computation on the printed digits."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writer.audit.example import Example, Outcome, factor, throughput
from writer.document import predicates
from writer.model.experiment import Level, Sweep
from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement

cents = st.integers(1, 5000)
"""Values with two decimals, in hundredths: what stands in a table."""


def measured(number: int, *, grade: Grade = Grade.MEASURED) -> Measurement:
    """``number`` hundredths, printed with two decimals."""
    text = str(Decimal(number) / 100 + Decimal("0.00"))
    return Measurement(
        id=f"e/{number}",
        experiment="e",
        quantity="q",
        levels=(),
        value=None if grade is Grade.MISSING else float(text),
        text=text,
        unit="1",
        interval=Interval.of_printed(text),
        grade=grade,
    )


def pairs(numbers: list[int]) -> list[predicates.Pair]:
    return [(Level("f", str(i), None), measured(number)) for i, number in enumerate(numbers)]


def apart(one: int, other: int) -> bool:
    """Printed values are half a hundredth wide to each side: one hundredth apart they touch."""
    return one - other >= 2 or (
        one - other == 1 and measured(one).span.lo > measured(other).span.hi
    )


@given(cents, cents)
def test_above(one: int, other: int) -> None:
    assert predicates.above(measured(one), measured(other)) == apart(one, other)
    assert not (
        predicates.above(measured(one), measured(other))
        and predicates.above(measured(other), measured(one))
    )


@given(st.lists(cents, max_size=6))
def test_highest_and_lowest(numbers: list[int]) -> None:
    ranked = sorted(numbers)
    high, low = predicates.highest(pairs(numbers)), predicates.lowest(pairs(numbers))
    if len(numbers) > 1 and apart(ranked[-1], ranked[-2]):
        assert high is not None
        assert high == pairs(numbers)[numbers.index(ranked[-1])]
    else:
        assert high is None
    if len(numbers) > 1 and apart(ranked[1], ranked[0]):
        assert low is not None
        assert low == pairs(numbers)[numbers.index(ranked[0])]
    else:
        assert low is None


@given(st.lists(cents, min_size=1, max_size=5))
def test_a_tie_has_no_highest(numbers: list[int]) -> None:
    top = max(numbers)
    assert predicates.highest(pairs([*numbers, top])) is None


@given(st.lists(cents, max_size=6))
def test_trend(numbers: list[int]) -> None:
    steps = list(pairwise(numbers))
    expected = ""
    if steps and all(apart(new, old) for old, new in steps):
        expected = "rises"
    elif steps and all(apart(old, new) for old, new in steps):
        expected = "falls"
    assert predicates.trend(map(measured, numbers)) == expected


@given(st.lists(cents, min_size=2, max_size=6, unique=True))
def test_a_trend_turns_round_with_the_order(numbers: list[int]) -> None:
    other = {"rises": "falls", "falls": "rises", "": ""}
    forwards = predicates.trend(map(measured, numbers))
    assert predicates.trend(map(measured, reversed(numbers))) == other[forwards]


@given(st.lists(cents, max_size=6))
def test_steady(numbers: list[int]) -> None:
    expected = len(numbers) > 1 and (max(numbers) + 0.5) <= (min(numbers) - 0.5) * 1.10 + 1e-9
    got = predicates.steady(map(measured, numbers))
    border = len(numbers) > 1 and abs(max(numbers) + 0.5 - (min(numbers) - 0.5) * 1.10) < 1e-6
    assert got == expected or border


@given(st.lists(cents, max_size=6))
def test_extremes(numbers: list[int]) -> None:
    found = [item.value for item in predicates.extremes(list(map(measured, numbers)))]
    ends = {min(numbers), max(numbers)} if numbers else set()
    assert found == [number / 100 for number in sorted(ends)]


@given(st.lists(cents, min_size=1, max_size=4), st.sampled_from([Grade.MISSING, Grade.ADJUSTED]))
def test_what_is_not_measured_has_no_say(numbers: list[int], grade: Grade) -> None:
    other = measured(9999, grade=grade)
    items = [*map(measured, numbers), other]
    assert not predicates.known(items)
    assert not predicates.above(other, measured(1))
    assert not predicates.above(measured(9999), other)
    assert predicates.trend(items) == predicates.trend(items[:-1])
    assert predicates.steady(items) == predicates.steady(items[:-1])
    assert predicates.extremes(items) == predicates.extremes(items[:-1])
    level = Level("f", "x", None)
    assert predicates.highest([*pairs(numbers), (level, other)]) == predicates.highest(
        pairs(numbers)
    )


def sweep(rows: list[tuple[int, str]], baseline: str | None = "1") -> Sweep:
    """A sweep over nodes, read as any table is."""
    info = {"trials": 1}
    example = Example(
        Outcome.SILENT,
        "",
        csv="nodes,throughput\n" + "".join(f"{nodes},{value}\n" for nodes, value in rows),
        fields={"nodes": factor(unit="nodes"), "throughput": throughput()},
        info=info if baseline is None else {**info, "baseline": baseline},
    )
    (only,) = example.dataset().experiments["example"].sweeps()
    return only


@pytest.mark.parametrize(
    ("rows", "reached"),
    [
        ([(1, "2.00"), (2, "4.00"), (4, "8.00")], "4"),
        ([(1, "2.00"), (2, "3.60"), (4, "7.00")], None),
        ([(1, "2.00"), (2, "3.70"), (4, "7.00")], "2"),
        ([(4, "8.00"), (1, "2.00"), (2, "4.00")], "4"),
        ([(1, "2.00"), (2, "2.10"), (4, "8.00")], None),
        ([(1, "2.00")], None),
        ([(1, "0.00"), (2, "4.00")], None),
        ([(1, ""), (2, "4.00"), (4, "8.00")], None),
        ([(1, "2.00"), (2, ""), (4, "8.00")], "4"),
    ],
)
def test_near_linear(rows: list[tuple[int, str]], reached: str | None) -> None:
    found = predicates.near_linear(sweep(rows), "throughput")
    assert (None if found is None else found[0][0].text) == reached


def test_without_a_baseline_nothing_is_near_linear() -> None:
    rows = [(1, "2.00"), (2, "4.00")]
    assert predicates.near_linear(sweep(rows, baseline=None), "throughput") is None
    assert predicates.near_linear(sweep(rows, baseline="2"), "throughput") is None


@given(st.lists(st.integers(100, 9000), min_size=2, max_size=5))
def test_near_linear_against_direct_computation(numbers: list[int]) -> None:
    nodes = [2**i for i in range(len(numbers))]
    rows = [(n, f"{number / 100:.2f}") for n, number in zip(nodes, numbers, strict=True)]
    found = predicates.near_linear(sweep(rows), "throughput")
    expected = None
    for n, number in zip(nodes[1:], numbers[1:], strict=True):
        least = (number - 0.5) / (numbers[0] + 0.5)
        if least < predicates.NEAR_LINEAR * n - 1e-12 or least > n / predicates.NEAR_LINEAR + 1e-12:
            break
        expected = (n, number / 100)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        (level, cell), speedup = found
        assert (level.value, cell.value) == expected
        assert speedup.value == pytest.approx(expected[1] / (numbers[0] / 100))
        assert speedup.parents == (cell.id, "example/1/throughput")
