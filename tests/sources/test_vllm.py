"""vLLM's serving benchmark: the public files, and details written as the tool writes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import SHARED
from writer.model.run import Run, RunSet
from writer.samples import summarise
from writer.sources import read_runs
from writer.verify.recompute import Status, recompute

FORMATS = SHARED.parent / "formats"


@pytest.fixture(scope="module")
def public() -> RunSet:
    if not FORMATS.is_dir():
        pytest.skip(f"the public results are not at {FORMATS}")
    return read_runs(FORMATS / "vllm")


def reported(run: Run) -> dict[tuple[str, str], tuple[float | None, str]]:
    return {
        (item.quantity, item.statistic): (item.measurement.value, item.measurement.unit)
        for item in run.reported
    }


def settings(run: Run) -> dict[str, str]:
    return {name: level.text for name, level in run.settings.items()}


@pytest.mark.shared
def test_every_public_result_is_one_run_and_a_sweeps_summary_is_none(public: RunSet) -> None:
    sweep = (
        "vllm_sweep_v0.25.1/SERVE--max_num_seqs={}-BENCH--max_concurrency=2-num_prompts=8/run={}"
    )
    assert [run.id for run in public.runs] == [
        "bench_serve_all_requests_failed_v0.25.1",
        "bench_serve_v0.25.1",
        *(sweep.format(seqs, number) for seqs in (4, 8) for number in (0, 1)),
    ]
    assert public.skipped == ()
    assert public.problems() == ()
    files = {path.relative_to(FORMATS / "vllm").as_posix() for path in FORMATS.rglob("*.json")}
    assert set(public.files) == files


@pytest.mark.shared
def test_a_run_in_which_every_request_failed(public: RunSet) -> None:
    values = reported(public.runs[0])
    assert values["tasks", ""] == (8, "requests")
    assert values["completed", ""] == (0, "requests")
    assert values["failed", ""] == (8, "requests")
    assert values["ttft", "mean"] == (0, "ms")
    assert settings(public.runs[0])["max_concurrency"] == "null"


@pytest.mark.shared
def test_values_with_their_units(public: RunSet) -> None:
    run = public.runs[1]
    document = json.loads((FORMATS / "vllm" / run.file).read_text())
    values = reported(run)
    assert values["throughput", ""] == (document["request_throughput"], "requests/s")
    assert values["duration", ""] == (document["duration"], "s")
    assert values["itl", "p99"] == (document["p99_itl_ms"], "ms")
    assert values["output_throughput", "max"] == (85, "tokens/s")
    assert (run.samples, run.extra, run.started) == ((), {}, "20260816-160853")


@pytest.mark.shared
def test_what_a_sweep_set_is_a_setting(public: RunSet) -> None:
    assert [settings(run).get("max_num_seqs") for run in public.runs[2:]] == ["4", "4", "8", "8"]
    assert [run.extra for run in public.runs[2:4]] == [{"run_number": "0"}, {"run_number": "1"}]
    assert ("latency", "p99") in reported(public.runs[2])


@pytest.mark.shared
def test_the_reported_throughputs_follow_from_counts_and_durations(public: RunSet) -> None:
    for run in public.runs[1:]:
        (item,) = (item for item in recompute(run, {}) if item.reported.quantity == "throughput")
        assert item.status is Status.RAW


def detailed(**changes: Any) -> dict[str, Any]:
    """What ``--save-detailed`` writes for 40 requests, three of them failed."""
    random = np.random.default_rng(7)
    failed = [5, 17, 30]
    lengths = [0 if i in failed else int(random.integers(1, 9)) for i in range(40)]
    itls = [list(random.exponential(0.01, max(0, length - 1))) for length in lengths]
    ttfts = [0.0 if i in failed else float(random.exponential(0.2)) for i in range(40)]
    good = [i for i in range(40) if i not in failed]
    columns = {
        "ttft": [ttfts[i] for i in good],
        "tpot": [sum(itls[i]) / (lengths[i] - 1) for i in good if lengths[i] > 1],
        "itl": [gap for i in good for gap in itls[i]],
        "e2el": [ttfts[i] + sum(itls[i]) for i in good],
    }
    document: dict[str, Any] = {
        "date": "20260818-041350",
        "endpoint_type": "vllm",
        "backend": "vllm",
        "label": None,
        "model_id": "m",
        "tokenizer_id": "m",
        "num_prompts": 40,
        "gpu": "none",
        "request_rate": 3.5,
        "burstiness": 1.0,
        "max_concurrency": 4,
        "duration": 12.5,
        "completed": len(good),
        "failed": len(failed),
        "request_throughput": len(good) / 12.5,
        "input_lens": [32] * 40,
        "output_lens": lengths,
        "ttfts": ttfts,
        "itls": itls,
        "start_times": [float(i) for i in range(40)],
        "generated_texts": ["a"] * 40,
        "errors": ["refused" if i in failed else "" for i in range(40)],
        "a_field_of_tomorrow": {"x": [1]},
    }
    for name, values in columns.items():
        document[f"mean_{name}_ms"] = np.mean(values) * 1000
        document[f"median_{name}_ms"] = np.median(values) * 1000
        document[f"std_{name}_ms"] = np.std(values) * 1000
        document[f"p99.9_{name}_ms"] = np.percentile(values, 99.9) * 1000
    return document | changes


def written(folder: Path, document: object, name: str = "vllm-3.5qps.json") -> RunSet:
    (folder / name).write_text(json.dumps(document), encoding="utf-8")
    return read_runs(folder)


def test_the_samples_are_those_of_the_requests_that_succeeded(tmp_path: Path) -> None:
    (run,) = written(tmp_path, detailed()).runs
    assert {(item.quantity, item.unit): len(item.values) for item in run.samples} == {
        ("ttft", "s"): 37,
        ("input_tokens", "tokens"): 37,
        ("output_tokens", "tokens"): 37,
        ("itl", "s"): sum(map(len, detailed()["itls"])),
        ("tpot", "s"): sum(length > 1 for length in detailed()["output_lens"]),
        ("latency", "s"): 37,
    }
    assert run.problems == ()
    assert settings(run)["gpu"] == "none"


def test_every_summary_in_milliseconds_follows_from_samples_in_seconds(tmp_path: Path) -> None:
    runs = written(tmp_path, detailed())
    (run,) = runs.runs
    found = recompute(run, summarise(run.samples))
    outcomes = {(item.reported.quantity, item.reported.statistic): item.status for item in found}
    wanted = {
        (name, statistic): Status.RAW
        for name in ("ttft", "tpot", "itl", "latency")
        for statistic in ("mean", "median", "std", "p99.9")
    }
    assert {key: outcomes[key] for key in wanted} == wanted
    assert outcomes["completed", ""] is Status.RAW


def test_latencies_are_taken_where_the_tool_keeps_them(tmp_path: Path) -> None:
    given = [float(i) for i in range(40)]
    (run,) = written(tmp_path, detailed(latencies=given, errors=[""] * 40, completed=40)).runs
    (column,) = run.columns("latency")
    assert (column.column, list(column.values)) == ("latencies", given)


def test_unknown_fields_are_kept(tmp_path: Path) -> None:
    (run,) = written(tmp_path, detailed()).runs
    assert json.loads(run.extra["a_field_of_tomorrow"]) == {"x": [1]}
    assert {"errors", "generated_texts", "start_times"} <= set(run.extra)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mean_ttft_ms": float("nan")}, "'mean_ttft_ms' is no finite number: nan"),
        ({"duration": "long"}, "'duration' is no finite number: long"),
        ({"duration": float("inf")}, "'duration' is no finite number: inf"),
        ({"duration": 10**400}, f"'duration' is no finite number: 1{'0' * 59}"),
        ({"ttfts": {}}, "'ttfts' is not a list"),
        ({"ttfts": [0.5] * 38}, "'ttfts' has 38 of 40 entries"),
        ({"itls": [0.5] * 40}, "37 of 37 entries of 'itls' are not lists"),
        ({"ttfts": [None] * 40}, "37 of 37 entries of 'ttfts' are not finite numbers"),
        ({"completed": 40}, "entries of 37 successful requests; 40 completed"),
    ],
)
def test_what_is_wrong_is_a_problem_of_the_run(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    (run,) = written(tmp_path, detailed(**change)).runs
    assert message in [problem.message for problem in run.problems]


def test_results_appended_to_one_file_are_runs_of_their_own(tmp_path: Path) -> None:
    lines = [json.dumps(detailed(duration=float(number))) for number in (1, 2, 3)]
    (tmp_path / "all.json").write_text("\n".join(lines), encoding="utf-8")
    runs = read_runs(tmp_path).runs
    assert [(run.id, reported(run)["duration", ""][0]) for run in runs] == [
        ("all/0", 1),
        ("all/1", 2),
        ("all/2", 3),
    ]
    assert len(summarise(item for run in runs for item in run.columns("ttft"))) == 3


def test_a_summary_without_its_runs_is_read_itself(tmp_path: Path) -> None:
    found = written(tmp_path, [detailed(), detailed()], "summary.json")
    assert [run.id for run in found.runs] == ["summary/0", "summary/1"]


def test_a_sweep_names_its_warm_ups_failures_and_table(tmp_path: Path) -> None:
    swept = detailed(run_number=0) | {"compilation_config.level": 3}
    failure = {"run_number": 1, "error_type": "OSError", "error": "gone", "serve_overrides": {}}
    for name, document in (
        ("run=0.json", swept),
        ("warmup.json", swept),
        ("run=1.failure.json", failure),
        ("summary.json", [swept]),
    ):
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "summary.csv").write_text(",date,request_throughput,x\n0,1,2,3\n")
    found = read_runs(tmp_path)
    assert [run.id for run in found.runs] == ["run=0"]
    assert settings(found.runs[0])["compilation_config.level"] == "3"
    assert {item.file: item.reason for item in found.skipped} == {
        "run=1.failure.json": "the benchmark failed: OSError: gone",
        "warmup.json": "the warm-up of a sweep, not a measured run",
    }


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda text: text[:-20], "not valid JSON: "),
        (lambda text: f"[{text}, 3]", "no object with 'backend'"),
        (lambda text: f"{text}\n{{", "not valid JSON: "),
        (lambda text: text.replace('"vllm"', '"vl\udcffm"'), "not UTF-8"),
        (lambda text: text.replace("3.5", "[" * 200_000 + "]" * 200_000), "nested too deeply"),
    ],
)
def test_a_file_that_cannot_be_read_is_skipped_by_name(
    tmp_path: Path, spoil: Callable[[str], str], reason: str
) -> None:
    text = spoil(json.dumps(detailed()))
    (tmp_path / "r.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    found = read_runs(tmp_path)
    assert found.runs == ()
    (skipped,) = found.skipped
    assert (skipped.file, skipped.reason[: len(reason)]) == ("r.json", reason)
