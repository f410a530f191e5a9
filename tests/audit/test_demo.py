"""What the audit says of the demo data, and that its numbers are the tables'."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from writer.audit.runner import audit
from writer.config import load_config
from writer.dataset import Dataset
from writer.model.finding import Finding
from writer.model.measurement import Measurement
from writer.model.number import digits

FINDINGS = [
    ("adjusted-value/concurrency", "error", "high"),
    ("adjusted-value/job-count", "error", "high"),
    ("adjusted-value/node-scaling", "error", "high"),
    ("confounded-sweep/node-scaling", "warning", "high"),
    ("incomplete-run/node-scaling", "warning", "high"),
    ("missing-baseline/node-scaling", "warning", "high"),
    ("scaling-inversion/node-scaling/compute", "warning", "high"),
    ("single-trial/concurrency", "warning", "high"),
    ("single-trial/job-count", "warning", "high"),
    ("single-trial/node-scaling", "warning", "high"),
    ("single-trial/schedulers", "warning", "high"),
    ("single-trial/start-delay", "warning", "high"),
    ("single-trial/task-complexity", "warning", "high"),
    ("unmeasured-quantity/schedulers", "warning", "high"),
    ("unmeasured-quantity/task-complexity", "warning", "high"),
    ("littles-law/concurrency", "warning", "medium"),
    ("littles-law/schedulers", "warning", "medium"),
    ("littles-law/task-complexity", "warning", "medium"),
    ("scaling-inversion/node-scaling/mixed", "warning", "medium"),
    ("superlinear-speedup/job-count", "warning", "medium"),
    ("missing-value/node-scaling", "note", "high"),
    ("non-monotonic-sweep/concurrency", "note", "medium"),
    ("non-monotonic-sweep/job-count", "note", "medium"),
]


@pytest.fixture(scope="module")
def found(demo: Path, demo_dataset: Dataset) -> Mapping[str, Finding]:
    result = audit(demo_dataset, requests=load_config(demo).requests)
    return {item.id: item for item in result.findings}


def evidence(finding: Finding) -> Any:
    return finding.evidence


def printed(items: list[Measurement]) -> list[str]:
    return [digits(item) for item in items]


def test_the_findings_are_these(found: Mapping[str, Finding]) -> None:
    assert [(key, str(item.severity), str(item.confidence)) for key, item in found.items()] == (
        FINDINGS
    )


def test_every_finding_has_its_paragraph(found: Mapping[str, Finding]) -> None:
    assert [key for key, item in found.items() if len(item.limitation.split()) < 20] == []


def test_compute_falls_from_four_nodes_on(found: Mapping[str, Finding]) -> None:
    said = evidence(found["scaling-inversion/node-scaling/compute"])
    (peak,) = said["peaks"]
    assert printed([peak["cell"]]) == ["57.36"]
    assert printed([fall["cell"] for fall in peak["falls"]]) == ["39.43", "18.51"]
    # 1 - 39.43 / 57.36 and 1 - 18.51 / 57.36
    assert printed([fall["by"] for fall in peak["falls"]]) == ["31.3", "67.7"]
    assert printed(said["below"]) == ["18.51"]
    assert printed([said["base"]]) == ["38.34"]


def test_mixed_falls_by_little_at_eight_nodes(found: Mapping[str, Finding]) -> None:
    said = evidence(found["scaling-inversion/node-scaling/mixed"])
    (peak,) = said["peaks"]
    (fall,) = peak["falls"]
    assert printed([peak["cell"], fall["cell"]]) == ["5.35", "5.17"]
    assert fall["by"].number == pytest.approx(100 * (1 - 5.17 / 5.35))
    assert said["base"] is None
    assert said["small"] is True


def test_two_jobs_are_nearly_four_times_one(found: Mapping[str, Finding]) -> None:
    said = evidence(found["superlinear-speedup/job-count"])
    (point,) = said["points"]
    assert printed([said["base"], point["cell"]]) == ["12.74", "49.39"]
    assert printed([point["speedup"], point["growth"]]) == ["3.88", "2.00"]


LITTLE = {
    "concurrency": {
        "1": (2.01 * 1.2414, 1),
        "8": (13.30 * 109.0994, 8),
        "16": (16.61 * 5.2187, 16),
    },
    "schedulers": {"Priority": (12.73 * 4.3840, 32)},
    "task-complexity": {"Heavy": (9.58 * 4.6131, 32)},
}


@pytest.mark.parametrize("experiment", LITTLE)
def test_littles_law_is_broken_at(found: Mapping[str, Finding], experiment: str) -> None:
    rows = evidence(found[f"littles-law/{experiment}"])["rows"]
    levels = [str(getattr(level, "text", level)) for row in rows for level in row["at"]["levels"]]
    expected = LITTLE[experiment]
    assert levels == list(expected)
    assert [row["tasks"].number for row in rows] == pytest.approx(
        [tasks for tasks, _ in expected.values()]
    )
    assert [row["limit"].number for row in rows] == [limit for _, limit in expected.values()]
    assert {row["tasks"].unit for row in rows} == {"tasks"}
    assert {row["tasks"].parents for row in rows} == {
        (row["rate"].id, row["mean"].id) for row in rows
    }


def test_littles_law_says_what_would_explain_it(found: Mapping[str, Finding]) -> None:
    text = found["littles-law/concurrency"].limitation
    assert (
        "more than the concurrency allows: 2.50 tasks at concurrency 1, 1450 tasks at concurrency "
        "8 and 86.7 tasks at concurrency 16."
    ) in text
    assert "if the latency contains the wait before admission" in text
    assert "impossible. It is possible if" in text


def test_incomplete_runs_are_all_of_rag_and_mixed(found: Mapping[str, Finding]) -> None:
    parts = evidence(found["incomplete-run/node-scaling"])["parts"]
    assert {
        part["subject"]: printed([run["completed"] for run in part["runs"]]) for part in parts
    } == {
        "pipeline RAG": ["1491", "4879", "4738", "4998"],
        "pipeline Mixed": ["4306", "3348", "4991"],
    }
    assert [digits(part["lowest"]) for part in parts] == ["29.8", "67.0"]


def test_the_missing_baseline_is_that_of_mixed(found: Mapping[str, Finding]) -> None:
    finding = found["missing-baseline/node-scaling"]
    assert [part["subject"] for part in evidence(finding)["sweeps"]] == ["pipeline Mixed"]
    assert finding.settle == (
        "One run at 1 node for pipeline Mixed would give the speedups their baseline."
    )


def test_nodes_and_parallelism_grow_together(found: Mapping[str, Finding]) -> None:
    (setting,) = evidence(found["confounded-sweep/node-scaling"])["settings"]
    assert (setting["name"], setting["equal"]) == ("parallelism", True)
    assert printed(setting["values"]) == ["1", "4", "8", "16"]


ADJUSTED = {
    "concurrency": [["109099.4"], ["210654.6"]],
    "job-count": [["219.7755", "156.6589", "198.4784"]],
    "node-scaling": [["38.34", "57.36", "39.43", "18.51"]],
}


@pytest.mark.parametrize("experiment", ADJUSTED)
def test_adjusted_cells_print_what_was_measured(
    found: Mapping[str, Finding], experiment: str
) -> None:
    finding = found[f"adjusted-value/{experiment}"]
    said = evidence(finding)
    assert [printed(part["measured"]) for part in said["parts"]] == ADJUSTED[experiment]
    for item in said["invented"]:
        assert f" {item.text} " not in f"{finding.limitation} {finding.message}"


def test_the_speedups_of_the_theory_are_set_right(found: Mapping[str, Finding]) -> None:
    (part,) = evidence(found["adjusted-value/node-scaling"])["speedups"]
    # 57.36, 39.43 and 18.51 over 38.34
    assert printed(part["ratios"]) == ["1.50", "1.03", "0.483"]


def test_the_overhead_was_never_measured(found: Mapping[str, Finding]) -> None:
    for name in ("schedulers", "task-complexity"):
        (request,) = evidence(found[f"unmeasured-quantity/{name}"])["requests"]
        assert request["quantity"] == "scheduling overhead"


def test_trials_are_one_everywhere(found: Mapping[str, Finding], demo_dataset: Dataset) -> None:
    single = [item for item in found.values() if item.rule == "single-trial"]
    assert sorted(item.experiment for item in single) == sorted(demo_dataset.experiments)
    assert {digits(evidence(item)["trials"]) for item in single} == {"1"}


def test_sound_numbers_are_left_alone(demo_dataset: Dataset) -> None:
    """The stated 3.6x, 4x, 57 % and 30 % follow from the cells, the totals from their parts."""
    rules = {"percentile-order", "arithmetic-mismatch", "interpolated-looking", "mean-above-tail"}
    result = audit(demo_dataset)
    assert [item.id for item in result.findings if item.rule in rules] == []
    judged = {run.card.name: run.judged for run in result.runs if run.card.name in rules}
    assert judged == {
        "percentile-order": (),
        "mean-above-tail": ("concurrency", "schedulers", "task_complexity"),
        "arithmetic-mismatch": ("concurrency", "schedulers", "job_count", "start_delay"),
        "interpolated-looking": ("concurrency", "job_count", "start_delay", "node_scaling"),
    }


def test_without_requests_nothing_is_unmeasured(demo_dataset: Dataset) -> None:
    ids = [item.id for item in audit(demo_dataset).findings]
    assert ids == [key for key, *_ in FINDINGS if not key.startswith("unmeasured-quantity")]
