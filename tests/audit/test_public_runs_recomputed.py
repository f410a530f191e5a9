"""What rules that recompute values and counts say of the public runs behind the demo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from writer.audit.runner import all_rules, audit
from writer.dataset import Dataset
from writer.model.finding import Confidence, Finding, Severity
from writer.model.run import RunSet
from writer.verify.evidence import gather
from writer.verify.groups import dataset_of

pytestmark = pytest.mark.shared

CODES = ("CMP006", "COV005", "COV006", "COV008", "PRV002", "PRV004", "STA007")

DEMO = {
    "averaged-percentiles/start-delay",
    "empty-run/job-count",
    "failed-runs-averaged/job-count",
    "impossible-count/job-count",
    "impossible-count/start-delay",
    "recomputation-mismatch/start-delay",
    "unit-mismatch/concurrency",
    "unit-mismatch/job-count",
    "unit-mismatch/schedulers",
    "unit-mismatch/start-delay",
    "unit-mismatch/task-complexity",
}

EMPTY = {
    "exp2-scheduling-extreme-schedulers",
    "exp2-scheduling-high-schedulers",
    "exp3-load-levels-load-levels",
    "exp3-load-levels-pipeline-depths",
    "exp4-concurrency-concurrency-compute",
    "exp4-concurrency-concurrency-rag",
    "exp5-isolation-homogeneous-concurrent",
    "exp5-isolation-job-scaling-jobs-4",
    "exp5-isolation-job-scaling-jobs-8",
}
BEYOND = {
    "exp5-isolation-homogeneous-concurrent",
    "exp5-isolation-job-scaling-jobs-2",
    "exp5-isolation-job-scaling-jobs-4",
    "exp5-isolation-job-scaling-jobs-8",
    "exp5-isolation-staggered-comparison-delay-0ms",
    "exp5-isolation-staggered-comparison-delay-1000ms",
    "exp5-isolation-staggered-comparison-delay-2000ms",
    "exp5-isolation-staggered-comparison-delay-5000ms",
}
WITHOUT_SAMPLES = {"exp3-load-levels-pipeline-depths"}
"""The only group of the runs in which no run has a sample."""


class Judged(NamedTuple):
    """The findings by id, of the demo's tables and of the runs alone."""

    demo: Mapping[str, Finding]
    alone: Mapping[str, Finding]
    groups: int


@pytest.fixture(scope="module")
def judged(runs: RunSet, demo_dataset: Dataset) -> Judged:
    """Aggregated once: this takes seconds."""
    rules = [rule for rule in all_rules() if rule.card.code in CODES]
    alone = dataset_of(runs)
    demo, other = (
        audit(dataset, selected=rules, evidence=gather(runs, dataset)).findings
        for dataset in (demo_dataset, alone)
    )
    return Judged(
        {finding.id: finding for finding in demo},
        {finding.id: finding for finding in other},
        len(alone.experiments),
    )


def test_every_rule_is_there() -> None:
    assert {rule.card.code for rule in all_rules()} >= set(CODES)


def test_the_demo_has_these_findings_and_no_others(judged: Judged) -> None:
    assert set(judged.demo) == DEMO


def test_the_runs_alone_have_these_findings_and_no_others(judged: Judged) -> None:
    units = {name for name in judged.alone if name.startswith("unit-mismatch/")}
    assert len(units) == judged.groups - len(WITHOUT_SAMPLES)
    assert not units & {f"unit-mismatch/{name}" for name in WITHOUT_SAMPLES}
    assert set(judged.alone) - units == {
        *(f"empty-run/{name}" for name in EMPTY),
        *(f"impossible-count/{name}" for name in BEYOND),
    }


def test_severities(judged: Judged) -> None:
    warnings = {item.rule for item in judged.demo.values() if item.severity is Severity.WARNING}
    assert warnings == {"averaged-percentiles", "empty-run"}
    assert {item.confidence for item in judged.demo.values()} == {Confidence.HIGH}


PHRASES = [
    ("recomputation-mismatch/start-delay", "at a start delay of 1 s is printed as 73 s"),
    ("recomputation-mismatch/start-delay", "the mean of 3 runs is 73.55 s"),
    ("recomputation-mismatch/start-delay", "digits were cut off: rounded, it is 74 s"),
    ("unit-mismatch/concurrency", "In 5 runs, the column total_latency_ms is declared in milli"),
    ("unit-mismatch/concurrency", "(mean, p50, p95 and p99) follows from it only if every sample"),
    ("unit-mismatch/concurrency", "divided by 1000, as if it were in microseconds"),
    ("unit-mismatch/concurrency", "copy latency_details.total_latencies_ms agrees with the column"),
    ("unit-mismatch/concurrency", "would have taken 216,018 s in a run of 361 s"),
    ("empty-run/job-count", "2 of 4 runs at 4 jobs (jobs_4/job0_rag and jobs_4/job3_rag)"),
    ("empty-run/job-count", "6 of 8 runs at 8 jobs (jobs_8/job2_rag, jobs_8/job3_rag,"),
    ("empty-run/job-count", "ended after 60.1 s, with no task reported as failed either"),
    ("failed-runs-averaged/job-count", "P99 latency of 198.4784 s (397 s over the runs that"),
    ("failed-runs-averaged/job-count", "P99 latency of 50.7629 s (203 s over the runs that"),
    ("failed-runs-averaged/job-count", "throughput per job of 4.89 tasks/s (19.6 tasks/s over"),
    ("impossible-count/job-count", "2 of 2 runs at 2 jobs completed 9769 of 5000 tasks"),
    ("impossible-count/job-count", "2 of 4 runs at 4 jobs completed 10,978 to 11,406 of 5000"),
    ("impossible-count/job-count", "None of them exceeds what all runs of its row submitted"),
    ("impossible-count/start-delay", "2 of 3 runs at a start delay of 5 s completed 10,000 to"),
    ("impossible-count/start-delay", "up to 2.97x what its own tasks allow"),
    ("averaged-percentiles/start-delay", "the mean over 3 runs is 60 s, the percentile of all"),
    ("averaged-percentiles/start-delay", "33 s, the percentile of all their samples 93 s, and"),
    ("averaged-percentiles/start-delay", "that of the worst run 98.3 s"),
    ("averaged-percentiles/start-delay", "the mean falls by 57.0%"),
    ("averaged-percentiles/start-delay", "the percentile of all samples rises by 16.0%"),
    ("averaged-percentiles/start-delay", "that of the worst run rises by 14.5%"),
]


@pytest.mark.parametrize(("finding", "phrase"), PHRASES)
def test_the_limitation_says_what_the_runs_show(judged: Judged, finding: str, phrase: str) -> None:
    assert phrase in judged.demo[finding].limitation


ALONE = [
    (
        "impossible-count/exp5-isolation-homogeneous-concurrent",
        "homogeneous_concurrent/job0_rag completed 13,773 of 5000 tasks",
    ),
    (
        "empty-run/exp3-load-levels-pipeline-depths",
        "No run behind this table measured anything",
    ),
    (
        "empty-run/exp5-isolation-homogeneous-concurrent",
        "No task succeeded in homogeneous_concurrent/job1_rag. The run ended after 60.1 s",
    ),
    (
        "unit-mismatch/exp1-scalability",
        "would have taken 774,577 s in a run of 803 s, so that the column is not in milliseconds",
    ),
]


@pytest.mark.parametrize(("finding", "phrase"), ALONE)
def test_the_runs_alone_are_judged_too(judged: Judged, finding: str, phrase: str) -> None:
    assert phrase in judged.alone[finding].limitation


def test_findings_point_at_the_cells_concerned(judged: Judged) -> None:
    (place,) = judged.demo["recomputation-mismatch/start-delay"].where
    assert (place.file, place.row, place.column) == ("data/start_delay.csv", 3, "p99_latency")
    where = judged.demo["failed-runs-averaged/job-count"].where
    assert {(item.row, item.column) for item in where} == {
        (4, "per_job_throughput"),
        (4, "p99_latency"),
        (5, "per_job_throughput"),
        (5, "p99_latency"),
    }
