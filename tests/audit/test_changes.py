"""The audit follows the data: a changed cell changes the finding or takes it away."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writer.audit.example import Example, Outcome, factor, latency, throughput
from writer.audit.runner import all_rules, audit
from writer.audit.thresholds import LITTLE_SLACK
from writer.model.finding import Finding
from writer.model.number import digits
from writer.model.result import AuditResult
from writer.sources import read


def run(root: Path, rule: str | None = None) -> AuditResult:
    rules = [item for item in all_rules() if rule in (None, item.card.name)]
    return audit(read(root, root / "data"), selected=rules)


def ids(root: Path, rule: str | None = None) -> set[str]:
    return {item.id for item in run(root, rule).findings}


def evidence(root: Path, identifier: str) -> Any:
    (finding,) = [item for item in run(root).findings if item.id == identifier]
    return finding.evidence


def set_cell(root: Path, table: str, levels: dict[str, str], column: str, value: str) -> None:
    path = root / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [row for row in rows if levels.items() <= row.items()]
    row[column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerows(rows)


def compute(root: Path, nodes: str, value: str) -> None:
    set_cell(root, "node_scaling", {"pipeline": "Compute", "nodes": nodes}, "throughput", value)


def drop_marks(root: Path, text: str) -> None:
    """Remove the lines of cells.csv that hold ``text``."""
    path = root / "data" / "cells.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if text not in line), encoding="utf-8")


def set_info(root: Path, table: str, key: str, value: object) -> None:
    path = root / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    (resource,) = [item for item in package["resources"] if item["name"] == table]
    resource["experiment"][key] = value
    path.write_text(json.dumps(package), encoding="utf-8")


def changed(root: Path, change: Callable[[], None]) -> tuple[set[str], set[str]]:
    """The findings that ``change`` took away, and those that it brought."""
    before = ids(root)
    change()
    after = ids(root)
    return before - after, after - before


def test_a_compute_that_grows_is_no_inversion(copy_of_demo: Path) -> None:
    def grow() -> None:
        compute(copy_of_demo, "8", "99.43")
        compute(copy_of_demo, "16", "118.51")

    assert changed(copy_of_demo, grow) == ({"scaling-inversion/node-scaling/compute"}, set())


def test_the_numbers_of_an_inversion_follow_the_cell(copy_of_demo: Path) -> None:
    compute(copy_of_demo, "16", "45.00")
    said = evidence(copy_of_demo, "scaling-inversion/node-scaling/compute")
    (peak,) = said["peaks"]
    assert [digits(fall["cell"]) for fall in peak["falls"]] == ["39.43", "45.00"]
    # 1 - 39.43 / 57.36 and 1 - 45 / 57.36
    assert [digits(fall["by"]) for fall in peak["falls"]] == ["31.3", "21.5"]
    assert said["below"] == ()


def test_mixed_is_no_inversion_if_eight_nodes_are_as_fast_as_four(copy_of_demo: Path) -> None:
    cell = {"pipeline": "Mixed", "nodes": "8"}
    gone = changed(
        copy_of_demo, lambda: set_cell(copy_of_demo, "node_scaling", cell, "throughput", "5.35")
    )
    assert gone == ({"scaling-inversion/node-scaling/mixed"}, set())


@pytest.mark.parametrize(
    ("value", "levels"),
    [("600.1", ["1", "16"]), ("661.0", ["1", "16"]), ("663.0", ["1", "8", "16"])],
)
def test_littles_law_follows_the_latency(copy_of_demo: Path, value: str, levels: list[str]) -> None:
    """8 tasks with a slack of 1.1 at 13.30 tasks/s: a mean of 661.7 ms, and 661.9 by rounding."""
    set_cell(copy_of_demo, "concurrency", {"concurrency": "8"}, "avg_latency", value)
    rows = evidence(copy_of_demo, "littles-law/concurrency")["rows"]
    assert [row["at"]["levels"][0].text for row in rows] == levels


def test_a_closed_loop_makes_littles_law_an_error(copy_of_demo: Path) -> None:
    set_info(copy_of_demo, "concurrency", "loop", "closed")
    (finding,) = [
        item
        for item in run(copy_of_demo, "littles-law").findings
        if item.experiment == "concurrency"
    ]
    assert (str(finding.severity), str(finding.confidence)) == ("error", "high")
    assert "In a closed loop that is impossible" in finding.limitation


def test_an_open_loop_cannot_be_judged_by_littles_law(copy_of_demo: Path) -> None:
    set_info(copy_of_demo, "concurrency", "loop", "open")
    result = run(copy_of_demo, "littles-law")
    assert [item.experiment for item in result.findings] == ["schedulers", "task_complexity"]
    assert result.runs[0].not_judged[0] == (
        "concurrency",
        "the load comes from an open loop, whose queue may grow without bound",
    )


def test_a_total_that_is_no_product_any_more_is_an_error(copy_of_demo: Path) -> None:
    def halve() -> None:
        set_cell(copy_of_demo, "job_count", {"jobs": "2"}, "total_throughput", "25.39")

    assert changed(copy_of_demo, halve) == (
        {"superlinear-speedup/job-count"},
        {"arithmetic-mismatch/job-count"},
    )
    (total,) = evidence(copy_of_demo, "arithmetic-mismatch/job-count")["totals"]
    assert [digits(total[key]) for key in ("printed", "part", "times")] == ["25.39", "24.70", "2"]
    assert total["computed"].number == pytest.approx(49.40)


def test_a_stale_percentage_is_an_error(copy_of_demo: Path) -> None:
    set_cell(copy_of_demo, "start_delay", {"start_delay": "5"}, "p99_latency", "38")
    said = evidence(copy_of_demo, "arithmetic-mismatch/start-delay")
    (stated,) = said["changes"]
    assert (stated["form"], digits(stated["printed"])) == ("reduction", "57")
    # 1 - 38 / 77
    assert stated["computed"].number == pytest.approx(100 * (1 - 38 / 77))


def test_one_task_left_behind_is_an_incomplete_run(copy_of_demo: Path) -> None:
    cell = {"pipeline": "Compute", "nodes": "4"}
    set_cell(copy_of_demo, "node_scaling", cell, "completed", "4999")
    parts = evidence(copy_of_demo, "incomplete-run/node-scaling")["parts"]
    assert [part["subject"] for part in parts] == [
        "pipeline Compute",
        "pipeline RAG",
        "pipeline Mixed",
    ]
    assert [digits(run["completed"]) for run in parts[0]["runs"]] == ["4999"]


def test_a_measured_baseline_of_mixed_closes_the_gap(copy_of_demo: Path) -> None:
    def measure() -> None:
        cell = {"pipeline": "Mixed", "nodes": "1"}
        set_cell(copy_of_demo, "node_scaling", cell, "throughput", "1.71")
        set_cell(copy_of_demo, "node_scaling", cell, "completed", "5000")
        drop_marks(copy_of_demo, "pipeline=Mixed")

    gone = {"missing-baseline/node-scaling", "missing-value/node-scaling"}
    assert changed(copy_of_demo, measure) == (gone, set())


def test_without_its_marks_no_cell_is_adjusted(copy_of_demo: Path) -> None:
    gone, new = changed(copy_of_demo, lambda: drop_marks(copy_of_demo, ",adjusted,"))
    assert gone == {
        f"adjusted-value/{name}" for name in ("concurrency", "job-count", "node-scaling")
    }
    assert new == set()


def test_repeated_trials_are_no_single_trial(copy_of_demo: Path) -> None:
    gone = changed(copy_of_demo, lambda: set_info(copy_of_demo, "schedulers", "trials", 5))
    assert gone == ({"single-trial/schedulers"}, set())


def test_a_mean_above_p99_is_a_warning_and_no_error(copy_of_demo: Path) -> None:
    """A P99 of 900 ms below a mean of 1241.4 ms is rare and possible."""
    set_cell(copy_of_demo, "concurrency", {"concurrency": "1"}, "p99_latency", "900.0")
    assert ids(copy_of_demo, "mean-above-tail") == {"mean-above-tail/concurrency"}
    assert ids(copy_of_demo, "percentile-order") == set()


def test_an_interpolated_latency_looks_it(copy_of_demo: Path) -> None:
    """234.2 at concurrency 4 and 5218.7 at 16: the line gives 1895.7 at 8."""
    set_cell(copy_of_demo, "concurrency", {"concurrency": "8"}, "avg_latency", "1895.7")
    (cell,) = evidence(copy_of_demo, "interpolated-looking/concurrency")["cells"]
    assert (digits(cell["cell"]), cell["curve"]) == ("1895.7", "straight line")


def test_the_assumed_efficiency_shows_itself(copy_of_demo: Path) -> None:
    """38.3 times 4, 8 and 16 at an efficiency of 85 per cent, as if it were measured."""
    for nodes, value in (("1", "38.30"), ("4", "130.22"), ("8", "260.44"), ("16", "520.88")):
        compute(copy_of_demo, nodes, value)
    (run_,) = evidence(copy_of_demo, "interpolated-looking/node-scaling")["runs"]
    assert [digits(item) for item in run_["values"]] == ["130.22", "260.44", "520.88"]
    assert run_["of"] == " of pipeline Compute"


def test_every_cell_counts(copy_of_demo: Path) -> None:
    """No demo cell may be changed without the digest of the data changing."""
    before = run(copy_of_demo).digest
    compute(copy_of_demo, "1", "38.35")
    assert run(copy_of_demo).digest != before


# What holds for any table.


def judge(rule: str, csv_text: str, fields: dict[str, Any], **info: Any) -> tuple[Finding, ...]:
    dataset = Example(Outcome.SILENT, "", csv_text, fields, info).dataset()
    selected = [item for item in all_rules() if item.card.name == rule]
    return audit(dataset, selected=selected).findings


def decimals(low: int, high: int) -> st.SearchStrategy[Decimal]:
    """Numbers with two decimals."""
    return st.integers(low, high).map(lambda number: Decimal(number) / 100)


NODES = {"nodes": factor(unit="nodes"), "throughput": throughput()}
LOAD = {"concurrency": factor(), "throughput": throughput(), "mean": latency("mean", "s")}


def table(rates: list[Decimal]) -> str:
    return "nodes,throughput\n" + "\n".join(
        f"{nodes},{rate:.2f}" for nodes, rate in enumerate(rates, 1)
    )


@given(st.lists(decimals(1, 10**7), min_size=2, max_size=8).map(sorted))
def test_what_never_falls_is_no_inversion(rates: list[Decimal]) -> None:
    assert judge("scaling-inversion", table(rates), NODES, scales="resources") == ()


@given(st.lists(decimals(1, 5000), min_size=2, max_size=8))
def test_an_inversion_names_every_level_below_an_earlier_one(rates: list[Decimal]) -> None:
    """Two values differ if they are more than one unit of the last digit apart."""
    falls = [(rate, max(rates[:number]) - rate) for number, rate in enumerate(rates) if number]
    certain = {rate for rate, fall in falls if fall > Decimal("0.01")}
    possible = {rate for rate, fall in falls if fall >= Decimal("0.01")}
    found = judge("scaling-inversion", table(rates), NODES, scales="resources")
    named = {
        Decimal(fall["cell"].text)
        for finding in found
        for peak in finding.evidence["peaks"]  # type: ignore[attr-defined]  # a tuple of mappings
        for fall in peak["falls"]
    }
    assert certain <= named <= possible


@given(
    limit=st.integers(1, 500),
    rate=decimals(1, 10**6),
    share=st.floats(0.0, 1.0),
    loop=st.sampled_from(["closed", None]),
)
def test_littles_law_allows_what_is_within_the_limit(
    limit: int, rate: Decimal, share: float, loop: str | None
) -> None:
    mean = Decimal(int(limit * share / float(rate) * 10**6)) / 10**6
    assert rate * mean <= limit
    text = f"concurrency,throughput,mean\n{limit},{rate:.2f},{mean:.6f}"
    assert judge("littles-law", text, LOAD, in_flight="concurrency", loop=loop) == ()


@given(limit=st.integers(1, 500), rate=decimals(1000, 10**6), times=st.floats(1.2, 1000))
def test_littles_law_finds_what_is_far_above_the_limit(
    limit: int, rate: Decimal, times: float
) -> None:
    assert times > LITTLE_SLACK
    mean = limit * times / float(rate)
    text = f"concurrency,throughput,mean\n{limit},{rate:.2f},{mean:.6f}"
    (finding,) = judge("littles-law", text, LOAD, in_flight="concurrency", loop="closed")
    assert finding.severity.value == "error"


@given(
    rate=st.floats(0.001, 10**5),
    jobs=st.integers(1, 64),
    places=st.tuples(st.integers(0, 4), st.integers(0, 4)),
)
def test_rounding_is_no_mismatch(rate: float, jobs: int, places: tuple[int, int]) -> None:
    total, part = f"{rate * jobs:.{places[0]}f}", f"{rate:.{places[1]}f}"
    fields = {
        "jobs": factor(unit="jobs"),
        "total": throughput("total"),
        "part": throughput("per-unit"),
    }
    text = f"jobs,total,part\n{jobs},{total},{part}"
    totals = [{"total": "total", "part": "part", "times": "jobs"}]
    assert judge("arithmetic-mismatch", text, fields, totals=totals) == ()


@given(over=decimals(100, 10**6), base=decimals(100, 10**6), places=st.integers(0, 3))
def test_a_rounded_ratio_is_no_mismatch(over: Decimal, base: Decimal, places: int) -> None:
    stated = {
        "quantity": "throughput",
        "of": {"nodes": "2"},
        "base": {"nodes": "1"},
        "form": "ratio",
        "value": f"{float(over) / float(base):.{places}f}",
    }
    assert judge("arithmetic-mismatch", table([base, over]), NODES, stated=[stated]) == ()


def looked(csv_text: str, scales: str) -> tuple[list[str], list[list[str]]]:
    """What `interpolated-looking` says: single cells, and runs of levels."""
    (finding,) = judge("interpolated-looking", csv_text, NODES, scales=scales)
    said: Any = finding.evidence
    return (
        [digits(item["cell"]) for item in said["cells"]],
        [[digits(item) for item in run_["values"]] for run_ in said["runs"]],
    )


EFFICIENT = "nodes,throughput\n1,38.3\n4,130.2\n8,260.4\n16,520.9"


def test_a_cell_of_a_constant_run_is_not_named_twice() -> None:
    assert looked(EFFICIENT, "resources") == ([], [["130.2", "260.4", "520.9"]])


def test_load_has_no_efficiency() -> None:
    assert looked(EFFICIENT, "load") == (["260.4"], [])


def test_coarse_cells_make_no_run_but_two_on_a_line_are_told() -> None:
    text = "nodes,throughput\n1,10.0\n2,20.0\n4,40.0\n8,80.0"
    assert looked(text, "resources") == (["20.0", "40.0"], [])


def test_scattered_measurements_seldom_look_interpolated() -> None:
    """A saturating throughput with a scatter of 3 per cent; the rule's bound is 1 per cent."""
    chance = random.Random(20)  # noqa: S311  # no secret
    found = 0
    for _ in range(200):
        rates = [
            Decimal(50 * x / (x + 5) * chance.gauss(1, 0.03)).quantize(Decimal("0.01"))
            for x in range(1, 7)
        ]
        found += len(judge("interpolated-looking", table(rates), NODES, scales="resources"))
    assert found <= 200 * 0.03
