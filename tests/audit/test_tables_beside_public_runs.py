"""What rules on runs say of the demo's tables, held against the public runs behind them."""

from __future__ import annotations

import pytest

from tests.audit.public_runs import Audited, levels, printed, rules
from writer.audit.runner import audit
from writer.dataset import Dataset
from writer.model.number import digits
from writer.verify.tables import with_runs

pytestmark = pytest.mark.shared


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


def test_node_scaling_says_the_same_with_and_without_runs(
    tables: Audited, demo_dataset: Dataset
) -> None:
    bare = {item.id: item for item in audit(demo_dataset, selected=rules()).findings}
    for name in ("incomplete-run/node-scaling", "confounded-sweep/node-scaling"):
        assert tables.found[name].limitation == bare[name].limitation


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


def test_priority_is_balanced_over_one_node(tables: Audited) -> None:
    said = tables.evidence_of("degenerate-metric/schedulers")
    (score,) = said["alone"]
    assert (digits(score["score"]), levels(score["at"])) == ("100.0", ["Priority"])
    assert (score["tasks"].number, score["tasks"].unit, said["empty"]) == (5000, "tasks", ())
    assert tables.found["degenerate-metric/schedulers"].cells == ("schedulers/priority/balance",)


def test_rules_that_stay_silent_have_judged(tables: Audited) -> None:
    assert tables.judged("suspicious-speedup") == ("concurrency",)
    assert tables.judged("small-sample-tail") == (
        *("concurrency", "schedulers", "task_complexity", "job_count", "start_delay"),
    )


def test_recomputed_tables_have_the_same_findings(tables: Audited) -> None:
    dataset = with_runs(tables.dataset, tables.evidence)
    result = audit(dataset, selected=rules(), evidence=tables.evidence)
    assert [item.id for item in result.findings] == list(tables.found)
