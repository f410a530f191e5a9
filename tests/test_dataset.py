"""The dataset: look-ups that give no invented value, and values derived from cells."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.model.values import cell
from writer.dataset import (
    Dataset,
    change,
    difference,
    product,
    ratio,
    reduction,
    resolve,
    share,
)
from writer.errors import DataError
from writer.model.experiment import Experiment
from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement

FORMULAS = {
    "ratio": ratio,
    "change": change,
    "reduction": reduction,
    "difference": difference,
    "share": share,
}
BASE = "concurrency/1/throughput"
FOUR = "concurrency/4/throughput"


def _get(dataset: Dataset, identifier: str) -> Measurement:
    found = resolve(dataset, identifier)
    assert found is not None
    return found


def test_the_demo_has_its_six_tables_in_order(demo_dataset: Dataset) -> None:
    assert list(demo_dataset.experiments) == [
        "concurrency",
        "schedulers",
        "task_complexity",
        "job_count",
        "start_delay",
        "node_scaling",
    ]


def test_an_unknown_experiment_is_one_error_that_lists_those_there_are(
    demo_dataset: Dataset,
) -> None:
    with pytest.raises(DataError) as caught:
        demo_dataset.experiment("nodes")
    assert (caught.value.message, caught.value.expected) == (
        "there is no experiment 'nodes'",
        "one of concurrency, schedulers, task_complexity, job_count, start_delay, node_scaling",
    )


def test_every_id_is_found_and_stands_once(demo_dataset: Dataset) -> None:
    ids = demo_dataset.ids()
    assert len(set(ids)) == len(ids)
    found = [demo_dataset.get(identifier) for identifier in ids]
    assert [item.id for item in found if item is not None] == list(ids)
    assert {item.id for item in demo_dataset.cells()} <= set(ids)
    assert demo_dataset.get("concurrency/3/throughput") is None


def test_two_values_of_one_id_are_an_error(demo_dataset: Dataset) -> None:
    table = demo_dataset.experiment("concurrency")
    twin = replace(table, rows=(*table.rows, table.rows[0]))
    broken = replace(demo_dataset, experiments={"concurrency": twin})
    with pytest.raises(DataError) as caught:
        broken.ids()
    assert (caught.value.place, caught.value.message) == (
        "data/concurrency.csv:2",
        "two values share the id 'concurrency/1/concurrency'",
    )


def test_the_digest_follows_names_and_hashes_and_not_their_order() -> None:
    one = Dataset({}, {}, {"a": "1", "b": "2"})
    assert one.digest == hashlib.sha256(b"a 1\nb 2\n").hexdigest()
    assert one.digest == Dataset({}, {}, {"b": "2", "a": "1"}).digest
    assert one.digest != Dataset({}, {}, {"a": "2", "b": "1"}).digest


def test_an_empty_dataset_is_empty() -> None:
    empty = Dataset({}, {}, {})
    assert (empty.ids(), empty.cells()) == ((), ())
    assert empty.by_grade() == {str(grade): 0 for grade in Grade}
    with pytest.raises(DataError, match="expected: one of none: the data are empty"):
        empty.experiment("a")


@pytest.mark.parametrize("level", [4, "4", "4.0", 4.0])
def test_a_row_is_found_by_text_or_number(demo_dataset: Dataset, level: object) -> None:
    row = demo_dataset.experiment("concurrency").row(concurrency=level)
    assert row is not None
    assert row.cells["throughput"].text == "7.27"


@pytest.mark.parametrize(
    "levels", [{"concurrency": "3"}, {"concurrency": "four"}, {"nodes": "4"}, {"concurrency": ""}]
)
def test_a_row_that_is_not_there_is_none(demo_dataset: Dataset, levels: dict[str, str]) -> None:
    assert demo_dataset.experiment("concurrency").row(**levels) is None


def test_a_table_with_groups_is_one_sweep_per_group(demo_dataset: Dataset) -> None:
    sweeps = demo_dataset.experiment("node_scaling").sweeps()
    assert [
        (sweep.label, [level.text for level, _ in sweep.known("throughput")]) for sweep in sweeps
    ] == [
        ("Compute", ["1", "4", "8", "16"]),
        ("RAG", ["1", "4", "8", "16"]),
        ("Mixed", ["4", "8", "16"]),
    ]
    assert [len(sweep.series("throughput")) for sweep in sweeps] == [4, 4, 4]


def test_a_column_that_is_not_there_is_a_key_error(demo_dataset: Dataset) -> None:
    table: Experiment = demo_dataset.experiment("concurrency")
    assert table.column("throughput").unit == "tasks/s"
    with pytest.raises(KeyError, match="overhead"):
        table.column("overhead")


@pytest.mark.parametrize(
    ("identifier", "value", "unit"),
    [
        (f"ratio({FOUR},{BASE})", 7.27 / 2.01, "x"),
        (f"change({BASE},{FOUR})", (7.27 / 2.01 - 1) * 100, "%"),
        (f"difference({FOUR},{BASE})", 5.26, "tasks/s"),
        ("reduction(start-delay/0/p99-latency,start-delay/5/p99-latency)", 44 / 77 * 100, "%"),
        ("reduction(start-delay/0/throughput,start-delay/5/throughput)", 12.96 / 43.61 * 100, "%"),
        ("share(node-scaling/rag/1/completed,node-scaling/compute/1/completed)", 29.82, "%"),
        ("difference(schedulers/loadaware/balance,schedulers/fifo/balance)", 52.8, "pp"),
    ],
)
def test_derived_values(demo_dataset: Dataset, identifier: str, value: float, unit: str) -> None:
    found = _get(demo_dataset, identifier)
    assert (found.id, found.formula, found.unit, found.grade) == (
        identifier,
        identifier,
        unit,
        Grade.DERIVED,
    )
    assert found.number == pytest.approx(value, rel=1e-12)
    assert (found.number in found.span, found.text, found.provenance) == (True, "", None)
    assert found.parents == tuple(identifier.partition("(")[2].removesuffix(")").split(","))


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        "ratio",
        "ratio(",
        "ratio()",
        f"ratio({BASE})",
        f"ratio({BASE},{BASE},{BASE})",
        f"ratio({BASE},nothing)",
        f"sum({BASE},{FOUR})",
        f"ratio({BASE},{FOUR}",
        f"ratio({BASE},{FOUR}))",
        f"ratio({BASE},node-scaling/mixed/1/throughput)",
        f"ratio(concurrency/8/p99-latency.adjusted,{BASE})",
        f"difference({BASE},concurrency/1/p99-latency)",
        f"ratio({BASE},start-delay/0/start-delay)",
    ],
)
def test_what_cannot_be_derived_is_none(demo_dataset: Dataset, identifier: str) -> None:
    assert resolve(demo_dataset, identifier) is None


def _ids(dataset: Dataset) -> st.SearchStrategy[str]:
    known = [item.id for item in dataset.cells() if item.known]
    return st.recursive(
        st.sampled_from(known),
        lambda inner: st.builds("{}({},{})".format, st.sampled_from(list(FORMULAS)), inner, inner),
        max_leaves=4,
    )


@given(data=st.data())
def test_the_id_of_a_derived_value_is_enough_to_compute_it_again(
    demo_dataset: Dataset, data: st.DataObject
) -> None:
    found = resolve(demo_dataset, data.draw(_ids(demo_dataset)))
    assume(found is not None)
    assert found is not None
    assert resolve(demo_dataset, found.id) == found
    assert [resolve(demo_dataset, parent) is None for parent in found.parents] == (
        [False] * len(found.parents)
    )


@given(text=st.text(st.sampled_from("ratio(),/ab1"), max_size=20))
def test_any_text_resolves_to_nothing_or_a_value(demo_dataset: Dataset, text: str) -> None:
    assert resolve(demo_dataset, text) is None


_DIGITS = st.decimals("0.1", 10000, places=1).map(str)


@given(one=_DIGITS, other=_DIGITS, name=st.sampled_from(sorted(FORMULAS)))
def test_a_derived_value_lies_within_what_the_digits_of_its_parents_allow(
    one: str, other: str, name: str
) -> None:
    a, b = cell(one, "ms", name="a"), cell(other, "ms", name="b")
    found = FORMULAS[name](a, b)
    room = 1e-9 * max(1.0, abs(found.number))
    assert found.span.lo - room <= found.number <= found.span.hi + room
    assert found.parents == ("table/a", "table/b")


@given(one=_DIGITS, other=_DIGITS)
def test_change_reduction_and_ratio_tell_the_same(one: str, other: str) -> None:
    a, b = cell(one, "ms", name="a"), cell(other, "ms", name="b")
    assert change(a, b).number == -reduction(a, b).number
    assert math.isclose(change(a, b).number, (ratio(b, a).number - 1) * 100, abs_tol=1e-9)
    assert difference(a, b).number == -difference(b, a).number


def test_a_product_converts_units() -> None:
    found = product(
        cell("7.27", "tasks/s", name="a"), cell("234.2", "ms"), unit="tasks", factor=1e-3
    )
    assert (found.id, found.unit) == ("product(table/a,table/a)*0.001", "tasks")
    assert found.number == pytest.approx(1.702634)
    assert found.span == (Interval(7.265, 7.275) * Interval(234.15, 234.25)).scaled(1e-3)


@pytest.mark.parametrize("name", FORMULAS)
def test_nothing_is_derived_from_what_is_no_evidence(name: str) -> None:
    good = cell("5", "ms", name="a")
    for bad in (cell("600", "ms", Grade.ADJUSTED), cell("", "ms")):
        for parents in ((good, bad), (bad, good)):
            with pytest.raises(ValueError, match="table/a has no measured value"):
                FORMULAS[name](*parents)


@pytest.mark.parametrize("name", sorted(set(FORMULAS) - {"difference"}))
def test_nothing_is_divided_by_what_may_be_zero(name: str) -> None:
    zero, good = cell("0.0", "ms"), cell("5", "ms")
    pair = (zero, good) if name in ("change", "reduction") else (good, zero)
    with pytest.raises(ZeroDivisionError, match="holds zero"):
        FORMULAS[name](*pair)
