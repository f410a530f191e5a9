"""Where rules on runs stop: runs that look like a defect, and the least that is one."""

from __future__ import annotations

from dataclasses import replace

from tests.audit.made_runs import found
from writer.audit.example import ExampleRun

SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))


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
