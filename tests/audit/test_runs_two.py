"""Rules on runs: time limits, settings, suspicious speedups, empty scores, small samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from writer.audit.example import Example, ExampleRun, Outcome
from writer.audit.rule import Rule
from writer.audit.runner import all_rules, audit
from writer.dataset import Dataset
from writer.model.finding import Finding
from writer.model.measurement import Measurement
from writer.model.number import digits
from writer.model.result import AuditResult
from writer.model.run import RunSet
from writer.setting_names import corresponds, is_label, letters, plain
from writer.sources import read_runs
from writer.verify.evidence import Evidence, gather
from writer.verify.groups import dataset_of
from writer.verify.tables import with_runs

CODES = ("CMP003", "CMP004", "CMP005", "COV003", "COV007", "STA008", "STA009")


def rules() -> list[Rule]:
    return [rule for rule in all_rules() if rule.card.code in CODES]


class Audited(NamedTuple):
    """A dataset held against the public runs."""

    dataset: Dataset
    evidence: Evidence
    result: AuditResult

    @property
    def found(self) -> Mapping[str, Finding]:
        return {item.id: item for item in self.result.findings}

    def of(self, rule: str) -> dict[str, str]:
        """Severity and confidence by the rest of the finding's id."""
        return {
            item.id.removeprefix(f"{rule}/"): f"{item.severity} {item.confidence}"
            for item in self.result.findings
            if item.rule == rule
        }

    def evidence_of(self, identifier: str) -> Any:
        return self.found[identifier].evidence

    def judged(self, rule: str) -> tuple[str, ...]:
        return next(run.judged for run in self.result.runs if run.card.name == rule)


def audited(dataset: Dataset, runs: RunSet) -> Audited:
    evidence = gather(runs, dataset)
    return Audited(dataset, evidence, audit(dataset, selected=rules(), evidence=evidence))


@pytest.fixture(scope="module")
def runs(shared: Path) -> RunSet:
    return read_runs(shared)


@pytest.fixture(scope="module")
def tables(runs: RunSet, demo_dataset: Dataset) -> Audited:
    return audited(demo_dataset, runs)


@pytest.fixture(scope="module")
def alone(runs: RunSet) -> Audited:
    return audited(dataset_of(runs), runs)


def printed(items: Sequence[object]) -> list[str]:
    return [digits(item) if isinstance(item, Measurement) else str(item) for item in items]


def levels(at: Any) -> list[str]:
    return printed(at["levels"])


# --- on the demo's tables ---------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "confounded-sweep",
            {
                "concurrency/runs": "warning high",
                "node-scaling": "warning high",
                "schedulers/runs": "warning medium",
                "start-delay/runs": "warning medium",
            },
        ),
        (
            "setting-mismatch",
            {
                "concurrency": "error high",
                "job-count": "error high",
                "schedulers": "error high",
                "start-delay": "error high",
                "task-complexity": "error high",
            },
        ),
        ("suspicious-speedup", {}),
        (
            "incomplete-run",
            {
                "concurrency": "warning high",
                "job-count": "warning high",
                "node-scaling": "warning high",
                "task-complexity": "warning high",
            },
        ),
        ("censored-by-timeout", {"node-scaling": "warning medium"}),
        ("degenerate-metric", {"schedulers": "warning high"}),
        ("small-sample-tail", {}),
    ],
)
def test_the_tables_have_these_findings(
    tables: Audited, rule: str, expected: dict[str, str]
) -> None:
    assert tables.of(rule) == expected


@pytest.mark.shared
def test_rag_and_mixed_ran_into_one_limit(tables: Audited) -> None:
    said = tables.evidence_of("censored-by-timeout/node-scaling")
    assert said["limit"] is None
    assert [
        (stop["at"]["group"], *levels(stop["at"]), digits(stop["completed"]), digits(stop["tasks"]))
        for stop in said["stops"]
    ] == [("RAG ", "1", "1491", "5000"), ("Mixed ", "4", "4306", "5000")]
    assert [stop["duration"].number for stop in said["stops"]] == pytest.approx(
        [803.4763, 804.1808], abs=1e-3
    )
    assert "after 803.5 s (RAG at 1 node, 1491 of 5000 tasks completed)" in (
        tables.found["censored-by-timeout/node-scaling"].limitation
    )


@pytest.mark.shared
def test_tables_without_a_count_are_judged_by_their_runs(tables: Audited) -> None:
    found = {
        key: [
            (*levels(run["at"]), digits(run["completed"]))
            for part in tables.evidence_of(f"incomplete-run/{key}")["parts"]
            for run in part["runs"]
        ]
        for key in ("concurrency", "job-count", "task-complexity")
    }
    assert found == {
        "concurrency": [("2", "4914"), ("4", "4789"), ("8", "4806"), ("16", "4984")],
        "job-count": [("1", "4740")],
        "task-complexity": [("Heavy", "4998")],
    }


@pytest.mark.shared
def test_node_scaling_says_the_same_with_and_without_runs(
    tables: Audited, demo_dataset: Dataset
) -> None:
    bare = {item.id: item for item in audit(demo_dataset, selected=rules()).findings}
    for name in ("incomplete-run/node-scaling", "confounded-sweep/node-scaling"):
        assert tables.found[name].limitation == bare[name].limitation


@pytest.mark.shared
def test_concurrency_changed_the_scheduler_and_the_nodes(tables: Audited) -> None:
    said = tables.evidence_of("confounded-sweep/concurrency/runs")
    found = {
        item["name"]: [(printed(step["values"]), levels(step["at"])) for step in item["steps"]]
        for item in (*said["settings"], *said["observed"])
    }
    low, high = ["1", "2", "4"], ["8", "16"]
    assert found == {
        "num_nodes": [(["1"], low), (["4"], high)],
        "scheduler_type": [(["fifo"], low), (["load_aware"], high)],
        "use_remote": [(["false"], low), (["true"], high)],
        "nodes": [(["1"], low), (["8"], ["8"]), (["16"], ["16"])],
    }


@pytest.mark.shared
def test_what_the_runs_configure_is_no_longer_unknown(tables: Audited) -> None:
    reasons = next(
        dict(run.not_judged) for run in tables.result.runs if run.card.name == "confounded-sweep"
    )
    assert reasons == {
        "schedulers": "the source does not state the pipeline, so whether it changed is not known",
        "task_complexity": "the source does not state the pipeline, "
        "so whether it changed is not known",
        "start_delay": "the source does not state the pipeline and jobs, "
        "so whether it changed is not known",
    }


@pytest.mark.shared
def test_sixteen_nodes_were_four_and_one_of_them_worked(tables: Audited) -> None:
    (setting,) = tables.evidence_of("setting-mismatch/schedulers")["settings"]
    assert setting["name"] == "nodes"
    assert [
        (
            printed(kind["stated"]),
            printed(kind["configured"]),
            printed(kind["observed"]),
            [levels(where) for where in kind["places"]],
        )
        for kind in setting["kinds"]
    ] == [
        (["16"], ["4"], ["16"], [["FIFO", "LoadAware"]]),
        (["16"], ["4"], ["1"], [["Priority"]]),
    ]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("experiment", "expected"),
    [
        ("concurrency", [([], ["4"], ["8"], ["8"]), ([], ["4"], ["16"], ["16"])]),
        ("job-count", [([], ["4"], ["8"], ["1", "2", "4", "8"])]),
        ("start-delay", [([], ["4"], ["16"], ["0", "1"]), ([], ["4"], ["8", "16"], ["2", "5"])]),
        ("task-complexity", [(["8"], ["8"], ["16"], ["Light", "Medium", "Heavy"])]),
    ],
)
def test_more_nodes_worked_than_were_set(
    tables: Audited, experiment: str, expected: list[tuple[list[str], ...]]
) -> None:
    (setting,) = tables.evidence_of(f"setting-mismatch/{experiment}")["settings"]
    assert [
        (
            printed(kind["stated"]),
            printed(kind["configured"]),
            printed(kind["observed"]),
            levels(kind["places"][0]),
        )
        for kind in setting["kinds"]
    ] == expected


@pytest.mark.shared
def test_priority_is_balanced_over_one_node(tables: Audited) -> None:
    said = tables.evidence_of("degenerate-metric/schedulers")
    (score,) = said["alone"]
    assert (digits(score["score"]), levels(score["at"])) == ("100.0", ["Priority"])
    assert (score["tasks"].number, score["tasks"].unit, said["empty"]) == (5000, "tasks", ())
    assert tables.found["degenerate-metric/schedulers"].cells == ("schedulers/priority/balance",)


@pytest.mark.shared
def test_rules_that_stay_silent_have_judged(tables: Audited) -> None:
    assert tables.judged("suspicious-speedup") == ("concurrency",)
    assert tables.judged("small-sample-tail") == (
        *("concurrency", "schedulers", "task_complexity", "job_count", "start_delay"),
    )


@pytest.mark.shared
def test_recomputed_tables_have_the_same_findings(tables: Audited) -> None:
    dataset = with_runs(tables.dataset, tables.evidence)
    result = audit(dataset, selected=rules(), evidence=tables.evidence)
    assert [item.id for item in result.findings] == list(tables.found)


# --- on the runs alone ------------------------------------------------------------------

COMPUTE = "exp4-concurrency-concurrency-compute"
RAG = "exp4-concurrency-concurrency-rag"
ISOLATION = "exp5-isolation"


@pytest.mark.shared
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


@pytest.mark.shared
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


@pytest.mark.shared
def test_runs_that_did_nothing_are_no_incomplete_runs(alone: Audited) -> None:
    (part,) = alone.evidence_of("incomplete-run/exp2-scheduling-extreme-schedulers")["parts"]
    assert [digits(run["completed"]) for run in part["runs"]] == ["1602"]


# --- words and edges --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("nodes", "num_nodes", True),
        ("nodes", "node_count", True),
        ("numNodes", "nodes", True),
        ("tasks", "total_tasks", True),
        ("scheduler", "scheduler_type", True),
        ("scheduler", "scheduler_strategy", False),
        ("complexity", "task_complexity", False),
        ("nodes", "total_nodes", False),
        ("n", "n", True),
    ],
)
def test_names_correspond(one: str, other: str, expected: bool) -> None:
    assert corresponds(one, other) is corresponds(other, one) is expected


def test_names_in_words() -> None:
    assert [plain(name) for name in ("num_nodes", "use_remote", "n")] == [
        *("nodes", "use remote", "n"),
    ]
    assert [is_label(name) for name in ("run_id", "seed", "output_dir", "width", "paths")] == [
        *(True, True, True, False, False),
    ]
    assert letters("Load-Aware") == letters("load_aware")


SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))


def found(code: str, *given: ExampleRun) -> tuple[Finding, ...]:
    """What a rule says of runs alone."""
    example = Example(Outcome.FIRES, "made here", runs=given)
    dataset = example.dataset()
    rule = next(rule for rule in all_rules() if rule.card.code == code)
    return audit(dataset, selected=[rule], evidence=example.evidence(dataset)).findings


def test_a_complete_run_is_never_censored() -> None:
    first, second = (
        ExampleRun("a", SAMPLES, duration=600.02),
        ExampleRun("b", SAMPLES[:30], duration=600.03),
    )
    assert found("COV007", first, second) == ()
    (finding,) = found("COV007", first, replace(second, tasks=40))
    assert "600.0 s (for run b, 30 of 40 tasks completed)" in finding.limitation
    assert "600 s would be a usual limit" in finding.limitation


def test_an_empty_run_has_no_survivors() -> None:
    stalled = ExampleRun("a", (), tasks=40, duration=60.05)
    assert found("COV007", stalled, replace(stalled, name="b", duration=60.06)) == ()


def test_fewer_nodes_than_tasks_could_use_are_no_mismatch() -> None:
    few = ExampleRun("a", SAMPLES[:2], settings={"num_nodes": 4}, nodes={"x": 1, "y": 1})
    assert found("CMP004", few) == ()
    (finding,) = found("CMP004", replace(few, latencies=SAMPLES, nodes={"x": 20, "y": 20}))
    assert (str(finding.severity), str(finding.confidence)) == ("warning", "medium")


def test_the_tail_rests_on_at_least_368_samples() -> None:
    def run(count: int) -> ExampleRun:
        return ExampleRun("a", tuple(float(100 + value * 7 % 97) for value in range(count)))

    assert found("STA009", run(368)) == ()
    (finding,) = found("STA009", run(367))
    assert "from 367 samples, which bound no more than the P95, between" in finding.limitation
    assert "No fewer than 368 samples per run would bound every one" in finding.limitation
