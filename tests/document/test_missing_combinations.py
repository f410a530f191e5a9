"""Combinations of levels without a row, as a text of any data lists or only mentions them."""

from __future__ import annotations

from writer.audit.example import Example, Outcome, factor, group, throughput
from writer.document.general import lacking, uncovered
from writer.model.experiment import Experiment


def _experiment(rows: list[tuple[str, ...]], groups: int) -> Experiment:
    names = [f"g{number}" for number in range(groups)]
    lines = [",".join((*names, "nodes", "throughput")), *(",".join((*row, "1.0")) for row in rows)]
    example = Example(
        Outcome.SILENT,
        "",
        csv="\n".join(lines) + "\n",
        fields={
            **{name: group() for name in names},
            "nodes": factor(unit="nodes"),
            "throughput": throughput(),
        },
        info={"trials": 1},
    )
    return example.dataset().experiments["example"]


def test_few_are_listed() -> None:
    found = _experiment([("a", "1"), ("a", "2"), ("b", "1")], 1)
    assert (uncovered(found), lacking(found)) == (("g0 b with nodes 2",), False)


def test_none_is_missing_of_a_full_grid_and_of_a_sweep() -> None:
    for found in (
        _experiment([("a", "1"), ("a", "2"), ("b", "1"), ("b", "2")], 1),
        _experiment([("1",), ("2",), ("4",)], 0),
    ):
        assert (uncovered(found), lacking(found)) == ((), False)


def test_billions_are_not_walked() -> None:
    found = _experiment([(*(f"v{n}" for _ in range(6)), str(n)) for n in range(1, 41)], 6)
    assert (uncovered(found), lacking(found)) == ((), True)
