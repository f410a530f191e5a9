"""What rules on runs say of the public runs where no table speaks of them."""

from __future__ import annotations

import pytest

from tests.audit.public_runs import Audited, levels
from writer.model.number import digits

pytestmark = pytest.mark.shared

COMPUTE = "exp4-concurrency-concurrency-compute"
RAG = "exp4-concurrency-concurrency-rag"
ISOLATION = "exp5-isolation"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "confounded-sweep",
            {
                COMPUTE: "warning high",
                RAG: "warning high",
                f"{COMPUTE}/runs": "warning medium",
                f"{RAG}/runs": "warning medium",
            },
        ),
        (
            "setting-mismatch",
            dict.fromkeys(
                (
                    "exp2-scheduling-high-schedulers",
                    "exp3-load-levels-load-levels",
                    COMPUTE,
                    RAG,
                    "exp4-concurrency-latency-breakdown",
                    "exp4-concurrency-scheduler-overhead",
                    f"{ISOLATION}-job-scaling",
                    f"{ISOLATION}-job-scaling-jobs-2",
                    f"{ISOLATION}-job-scaling-jobs-4",
                    f"{ISOLATION}-job-scaling-jobs-8",
                    f"{ISOLATION}-staggered-comparison-delay-0ms",
                    f"{ISOLATION}-staggered-comparison-delay-1000ms",
                    f"{ISOLATION}-staggered-comparison-delay-2000ms",
                    f"{ISOLATION}-staggered-comparison-delay-5000ms",
                ),
                "error high",
            ),
        ),
        ("suspicious-speedup", {COMPUTE: "warning medium"}),
        (
            "incomplete-run",
            dict.fromkeys(
                (
                    "exp1-scalability",
                    "exp2-scheduling-extreme-schedulers",
                    "exp2-scheduling-high-schedulers",
                    RAG,
                    "exp4-concurrency-latency-breakdown",
                    f"{ISOLATION}-job-scaling",
                ),
                "warning high",
            ),
        ),
        ("censored-by-timeout", {"exp1-scalability": "warning medium"}),
        (
            "degenerate-metric",
            {
                "exp2-scheduling-extreme-schedulers": "warning high",
                "exp2-scheduling-high-schedulers": "warning high",
                "exp3-load-levels-load-levels": "warning high",
                "exp3-load-levels-pipeline-depths": "warning high",
                COMPUTE: "warning high",
                RAG: "warning high",
                "exp4-concurrency-scheduler-overhead": "warning high",
                f"{ISOLATION}-homogeneous-concurrent": "warning high",
                f"{ISOLATION}-job-scaling-jobs-4": "warning high",
                f"{ISOLATION}-job-scaling-jobs-8": "warning high",
                "exp1-scalability": "note high",
            },
        ),
        ("small-sample-tail", {}),
    ],
)
def test_the_runs_alone_have_these_findings(
    alone: Audited, rule: str, expected: dict[str, str]
) -> None:
    assert alone.of(rule) == expected


def test_compute_is_ninety_times_faster_at_the_same_throughput(alone: Audited) -> None:
    (fall,) = alone.evidence_of(f"suspicious-speedup/{COMPUTE}")["falls"]
    before, after = fall["before"], fall["after"]
    assert (before.level.text, after.level.text) == ("1", "2")
    assert [before.mean.number, after.mean.number] == pytest.approx([50.524, 0.5495], abs=1e-3)
    assert [before.rate.number, after.rate.number] == pytest.approx([12.0854, 11.9822], abs=1e-3)
    assert fall["times"].number == pytest.approx(91.94, abs=0.01)
    # 11.9822 tasks/s times 0.00054955 s
    assert fall["tasks"].number == pytest.approx(0.006585, abs=1e-6)
    (rest,) = fall["rest"]
    assert (*levels(rest["at"]), round(rest["mean"].number, 4)) == ("4", 0.4919)


def test_runs_that_did_nothing_are_no_incomplete_runs(alone: Audited) -> None:
    (part,) = alone.evidence_of("incomplete-run/exp2-scheduling-extreme-schedulers")["parts"]
    assert [digits(run["completed"]) for run in part["runs"]] == ["1602"]
