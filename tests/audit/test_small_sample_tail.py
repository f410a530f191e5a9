"""``small-sample-tail`` lists a few percentiles, and tells the range and the worst of many."""

from __future__ import annotations

from pathlib import Path

from tests.audit.made_runs import found
from tests.cli.test_runs import write_run
from writer.audit.example import ExampleRun
from writer.audit.runner import audit
from writer.dataset import Dataset
from writer.sources import read_runs
from writer.verify.evidence import gather
from writer.verify.groups import dataset_of


def _samples(count: int, shift: float) -> list[float]:
    return [shift + 100.0 + value * value % 97 for value in range(count)]


def _told(folder: Path) -> str:
    runs = read_runs(folder)
    evidence = gather(runs, Dataset({}, {}, {}))
    dataset = dataset_of(runs, evidence)
    findings = audit(dataset, evidence=evidence.bound_to(dataset)).findings
    (told,) = [item.message for item in findings if item.rule == "small-sample-tail"]
    return told


def _write(folder: Path, counts: list[int]) -> None:
    for number, count in enumerate(counts, 1):
        data = _samples(count, 10.0 * number)
        write_run(folder / f"conc_{number}_metrics.json", data, config={"concurrency": number})


def test_few_are_listed_each_with_what_its_samples_bound(tmp_path: Path) -> None:
    _write(tmp_path, [40, 100, 1000])
    assert _told(tmp_path) == (
        "results: too few samples for the p99 latency at concurrency 1 (206 ms from 40 samples, "
        "which bound no more than the P90, between 182 and 206 ms) and the p99 latency at "
        "concurrency 2 (216 ms from 100 samples, which bound no more than the P95, between 209 and "
        "216 ms)"
    )


def test_of_many_the_range_and_the_worst_are_told(tmp_path: Path) -> None:
    _write(tmp_path, [100, 60, 80, 120, 90, 1000])
    assert _told(tmp_path) == (
        "results: too few samples for percentiles: 5 of 6 values of the p99 latency (206 to 246 "
        "ms) rest on 60 to 120 samples each, fewer than the 368 that bound one from above; the "
        "least certain is that at concurrency 2 (216 ms from 60 samples, which bound no more than "
        "the P90, between 205 and 215 ms)"
    )


def test_of_many_in_two_columns_each_has_its_worst(tmp_path: Path) -> None:
    for number, count in enumerate([100, 100, 100, 40], 1):
        data = _samples(count, 10.0 * number)
        path = tmp_path / f"conc_{number}_metrics.json"
        write_run(path, data, config={"concurrency": number}, p95_latency_ms=sorted(data)[-3])
    assert _told(tmp_path) == (
        "results: too few samples for percentiles: 4 values of the p99 latency (206 to 236 ms) "
        "rest on 40 to 100 samples each, fewer than the 368 that bound one from above; the least "
        "certain is that at concurrency 4 (236 ms from 40 samples, which bound no more than the "
        "P90, between 212 and 236 ms); and 1 of 4 values of the p95 latency, that at concurrency 4 "
        "(234 ms from 40 samples, which bound no more than the P90, between 212 and 236 ms)"
    )


def test_the_tail_rests_on_at_least_368_samples() -> None:
    def run(count: int) -> ExampleRun:
        return ExampleRun("a", tuple(float(100 + value * 7 % 97) for value in range(count)))

    assert found("STA009", run(368)) == ()
    (finding,) = found("STA009", run(367))
    assert "from 367 samples, which bound no more than the P95, between" in finding.limitation
    assert "No fewer than 368 samples per run would bound every one" in finding.limitation
