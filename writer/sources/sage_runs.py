"""Results of the SAGE experiments: ``*_metrics.json`` with its ``*_latencies.csv``, packed or not.

Format: read off the public outputs of intellistream/SAGE, run
``paper_experiments_20260117_090124``. ``metrics`` holds the summary and the
configuration, ``latency_details`` a copy of the samples, and the CSV beside it one
line per completed task.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from writer.model.experiment import Level
from writer.model.measurement import Measurement
from writer.model.run import Note, Problem, Reported, Run, Samples
from writer.model.sample_format import SampleFormat
from writer.setting_names import trial_of
from writer.sources._run_source import (
    Input,
    Reading,
    Recorder,
    RunSource,
    Unreadable,
    file_sha256,
    leftover,
    load_json,
    number,
    problem,
)
from writer.sources._text_samples import PACKED, unpacked

_METRICS = "_metrics.json"
_LATENCIES = "_latencies.csv"
_ENDINGS = (_LATENCIES, _LATENCIES + PACKED)
_NAME = "sage"
_SAMPLES = {
    "total_latency_ms": "total_latencies_ms",
    "execution_latency_ms": "execution_latencies_ms",
    "scheduling_latency_ms": "scheduling_latencies_ms",
}
_QUANTITIES = {
    "total_latency_ms": "latency",
    "execution_latency_ms": "execution_latency",
    "scheduling_latency_ms": "scheduling_latency",
}
_SUMMARY = (
    ("total_tasks", "tasks", "", "tasks"),
    ("successful_tasks", "completed", "", "tasks"),
    ("failed_tasks", "failed", "", "tasks"),
    ("total_duration_sec", "duration", "", "s"),
    ("throughput_tasks_per_sec", "throughput", "", "tasks/s"),
    ("avg_scheduling_latency_ms", "scheduling_latency", "mean", "ms"),
    ("avg_queue_latency_ms", "queue_latency", "mean", "ms"),
    ("avg_execution_latency_ms", "execution_latency", "mean", "ms"),
    ("node_balance_score", "balance", "", "1"),
)
_LATENCY = re.compile(r"(avg|mean|median|min|max|std|p\d{1,4}(?:_\d+)?)_latency_ms")


def _read(item: Input) -> Reading:
    document, digest = load_json(item)
    metrics = document.get("metrics") if isinstance(document, dict) else None
    if not isinstance(metrics, dict):
        raise Unreadable("no object 'metrics', as a SAGE result has")
    used = {item.shown: digest}
    stem = item.shown.removesuffix(_METRICS)
    recorder = Recorder(stem, item.shown, digest, _NAME)
    samples, problems, notes = _samples(item, document, used)
    config = metrics.get("config")
    run = Run(
        id=stem,
        group=stem.rpartition("/")[0],
        name=str(document.get("experiment_name", stem.rpartition("/")[2])),
        file=item.shown,
        sha256=digest,
        reader=_NAME,
        settings=_settings(config if isinstance(config, dict) else {}, recorder),
        observed=_observed(metrics, recorder),
        shares=_shares(metrics, recorder),
        reported=tuple(_reported(metrics, recorder)),
        samples=samples,
        extra=leftover(
            metrics,
            [key for key, *_ in _SUMMARY]
            + [key for key in metrics if _LATENCY.fullmatch(key)]
            + ["config", "node_distribution"],
        )
        | leftover(document, ("metrics", "latency_details", "experiment_name", "timestamp")),
        problems=(*problems, *_not_numbers(metrics, item)),
        notes=notes,
        tool="SAGE",
        started=str(document.get("timestamp", "")),
        trial=trial_of(stem),
    )
    return Reading((run,), used)


def _reported(metrics: Mapping[str, Any], recorder: Recorder) -> list[Reported]:
    found = []
    for key, quantity, statistic, unit in _SUMMARY:
        found += recorder.reported(quantity, statistic, metrics.get(key), unit, f"metrics.{key}")
    for key, value in metrics.items():
        match = _LATENCY.fullmatch(key)
        if match:
            statistic = _statistic(match[1])
            found += recorder.reported("latency", statistic, value, "ms", f"metrics.{key}")
    return found


def _statistic(given: str) -> str:
    """``avg`` is the mean, and ``p999`` the 99.9th percentile: there is none above 100."""
    if given == "avg":
        return "mean"
    match = re.fullmatch(r"p(\d\d)(\d+)", given)
    return f"p{match[1]}.{match[2]}" if match and given != "p100" else given.replace("_", ".")


def _not_numbers(metrics: Mapping[str, Any], item: Input) -> list[Problem]:
    """Summary values that are there and are no finite numbers: text, NaN, infinity."""
    summary = {key for key, *_ in _SUMMARY}
    return [
        problem(item, f"'metrics.{key}' is not a finite number")
        for key, value in metrics.items()
        if (key in summary or _LATENCY.fullmatch(key))
        and value is not None
        and number(value) is None
    ]


def _settings(config: Mapping[str, Any], recorder: Recorder) -> dict[str, Level]:
    return {
        str(key): recorder.level(str(key), value, f"metrics.config.{key}")
        for key, value in config.items()
        if key != "experiment_name"
    }


def _shares(metrics: Mapping[str, Any], recorder: Recorder) -> dict[str, Measurement]:
    given = metrics.get("node_distribution")
    if not isinstance(given, dict):
        return {}
    return {
        str(node): recorder.measurement(
            f"tasks on {node}", count, "tasks", f"metrics.node_distribution.{node}"
        )
        for node, value in given.items()
        if (count := number(value)) is not None
    }


def _observed(metrics: Mapping[str, Any], recorder: Recorder) -> dict[str, Level]:
    given = metrics.get("node_distribution")
    if not isinstance(given, dict):
        return {}
    busy = sum((number(value) or 0) > 0 for value in given.values())
    if not busy:  # nothing was recorded of where tasks ran: not that they ran nowhere
        return {}
    item = recorder.measurement(
        "nodes that completed tasks", busy, "nodes", "metrics.node_distribution"
    )
    return {"nodes": Level("nodes", item.text, item)}


def _samples(
    item: Input, document: Mapping[str, Any], used: dict[str, str]
) -> tuple[tuple[Samples, ...], list[Problem], tuple[Note, ...]]:
    """The sample columns of the CSV, and the copies in the JSON file."""
    problems: list[Problem] = []
    found: list[Samples] = []
    files = [beside for end in _ENDINGS if (beside := _beside(item, end)).path.is_file()]
    files = [beside for beside in files if not beside.path.is_symlink()]
    used |= {beside.shown: file_sha256(beside.path) for beside in files}
    for beside in files[:1]:
        made, noted = _columns(beside, used[beside.shown])
        found += made
        problems += noted
    notes = tuple(
        Note(beside.shown, f"not read: its samples are read from '{files[0].shown}'")
        for beside in files[1:]
    )
    if not files:
        notes = (Note(item.shown, f"no file '*{_LATENCIES}' with its samples beside it"),)
    details = document.get("latency_details")
    for column, key in _SAMPLES.items():
        values = details.get(key) if isinstance(details, dict) else None
        if isinstance(values, list) and values:
            kept = tuple(value for value in map(number, values) if value is not None)
            if len(kept) < len(values):
                problems.append(
                    problem(
                        item,
                        f"{len(values) - len(kept)} of {len(values)} entries of '{key}' "
                        "are not numbers",
                    )
                )
            found.append(
                Samples(
                    _QUANTITIES[column],
                    "ms",
                    item.shown,
                    str(item.path),
                    used[item.shown],
                    f"latency_details.{key}",
                    "values",
                    values=kept,
                )
            )
    return tuple(found), problems, notes


def _beside(item: Input, end: str) -> Input:
    """The file of a result's samples whose name ends so."""
    stem = item.path.name.removesuffix(_METRICS)
    return Input(item.path.with_name(stem + end), item.shown.removesuffix(_METRICS) + end)


def _columns(item: Input, digest: str) -> tuple[list[Samples], list[Problem]]:
    """The sample columns of the CSV; none where it cannot be unpacked."""
    packed = item.shown.endswith(PACKED)
    try:
        if packed:
            unpacked(item.path)
    except Unreadable as error:
        return [], [problem(item, str(error))]
    header = _header(item.path, packed=packed)
    form = SampleFormat("csv", packed=packed).token
    found = [
        Samples(quantity, "ms", item.shown, str(item.path), digest, column, form)
        for column, quantity in _QUANTITIES.items()
        if column in header
    ]
    whole = "total_latency_ms" in header
    return found, [] if whole else [Problem(item.shown, "no column 'total_latency_ms'", 1)]


def _header(path: Path, *, packed: bool) -> list[str]:
    with gzip.open(path, "rb") if packed else path.open("rb") as stream:
        line = stream.readline(65536).decode("utf-8-sig", errors="replace")
    return [name.strip() for row in csv.reader([line]) for name in row]


SOURCE = RunSource(
    name=_NAME,
    expects=f"SAGE results: *{_METRICS} with *{_LATENCIES} or *{_LATENCIES}{PACKED} beside it",
    claims=lambda item: item.path.name.endswith(_METRICS),
    companion=lambda item: item.path.name.endswith(_ENDINGS),
    read=_read,
)
