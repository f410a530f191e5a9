"""Results of vLLM's serving benchmark: ``vllm bench serve --save-result``.

Format: ``vllm/benchmarks/serve.py`` (``main_async``, ``benchmark``) and
``vllm/benchmarks/sweep/serve.py`` of https://github.com/vllm-project/vllm, checked on
files of version 0.25.1. One JSON object per run: the setup, the traffic, counts, and
summaries in milliseconds. ``--save-detailed`` adds one entry per request in seconds,
failed requests included; ``--append-result`` writes one object per line. A sweep
writes a folder per combination with ``run=N.json``, to which it adds the run's number
and then what it set, and ``summary.json``, a copy of these runs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from writer.model.experiment import Level
from writer.model.run import Reported, Run, Samples
from writer.sources._notes import Notes
from writer.sources._run_source import (
    Input,
    Reading,
    Recorder,
    RunSource,
    Unreadable,
    file_sha256,
    head,
    leftover,
    load_json,
    number,
)

_NAME = "vllm"
_SETUP = (
    *("endpoint_type", "backend", "label", "model_id", "tokenizer_id", "num_prompts"),
    *("request_rate", "burstiness", "max_concurrency"),
    *("ramp_up_strategy", "ramp_up_start_rps", "ramp_up_end_rps"),
)
_VALUES = (
    ("num_prompts", "tasks", "", "requests"),
    ("completed", "completed", "", "requests"),
    ("failed", "failed", "", "requests"),
    ("duration", "duration", "", "s"),
    ("request_throughput", "throughput", "", "requests/s"),
    ("request_goodput", "goodput", "", "requests/s"),
    ("output_throughput", "output_throughput", "", "tokens/s"),
    ("max_output_tokens_per_s", "output_throughput", "max", "tokens/s"),
    ("total_token_throughput", "token_throughput", "", "tokens/s"),
    ("input_sequence_throughput", "sequence_throughput", "", "sequences/s"),
    ("total_input_tokens", "input_tokens", "total", "tokens"),
    ("total_output_tokens", "output_tokens", "total", "tokens"),
    ("total_input_sequences", "input_sequences", "total", "sequences"),
    ("max_concurrent_requests", "concurrent_requests", "max", "requests"),
    ("rtfx", "rtfx", "", "x"),
)
_SUMMARY = re.compile(r"(?!probe_)(mean|median|std|p\d+(?:\.\d+)?)_(\w+)_ms")
_QUANTITIES = {"e2el": "latency"}
_PER_REQUEST = (
    ("ttfts", "ttft", "s"),
    ("latencies", "latency", "s"),
    ("queue_times", "client_queue_time", "s"),
    ("input_lens", "input_tokens", "tokens"),
    ("output_lens", "output_tokens", "tokens"),
)
_DETAILS = (*(key for key, *_ in _PER_REQUEST), "itls")
_REQUEST = "one request that succeeded"


def _claims(item: Input) -> bool:
    name = item.path.name
    if name.endswith((".failure.json", "-failure.json")):
        return b'"error_type"' in head(item.path)
    return name.endswith((".json", ".jsonl")) and _is_result(item)


def _is_result(item: Input) -> bool:
    start = head(item.path)
    return b'"backend"' in start and any(
        key in start for key in (b'"tokenizer_id"', b'"num_prompts"', b'"endpoint_type"')
    )


def _companion(item: Input) -> bool:
    """The summary of a sweep: of one combination beside its runs, or of all of them."""
    if item.path.name == "summary.json":
        runs = item.path.parent.glob("run=*.json")
        return next(runs, None) is not None and _is_result(item)
    return item.path.name == "summary.csv" and b",request_throughput," in head(item.path)


def _read(item: Input) -> Reading:
    if item.path.name.endswith("failure.json"):
        return _failure(item)
    documents, digest = _documents(item)
    if item.path.name == "warmup.json":
        return Reading((), {item.shown: digest}, "the warm-up of a sweep, not a measured run")
    used = {item.shown: digest}
    summary = item.path.with_name("summary.json")
    if item.path.name == "run=0.json" and summary.is_file() and not summary.is_symlink():
        used[item.shown.removesuffix(item.path.name) + summary.name] = file_sha256(summary)
    single = len(documents) == 1
    return Reading(
        tuple(
            _run(item, document, digest, "" if single else f"[{index}]")
            for index, document in enumerate(documents)
        ),
        used,
    )


def _failure(item: Input) -> Reading:
    """What a sweep writes in the place of a run that failed."""
    document, digest = load_json(item)
    if not isinstance(document, dict) or "error_type" not in document:
        raise Unreadable("no 'error_type', as a failed run of a sweep has")
    message = f"{document['error_type']}: {document.get('error', '')}"
    return Reading((), {item.shown: digest}, f"the benchmark failed: {message[:300]}")


def _documents(item: Input) -> tuple[list[dict[str, Any]], str]:
    """The results in a file: one, a list of them, or one per line."""
    try:
        document, digest = load_json(item)
    except Unreadable as error:
        if "Extra data" not in str(error):
            raise
        document, digest = _lines(item), file_sha256(item.path)
    found = document if isinstance(document, list) else [document]
    if not found or not all(isinstance(one, dict) and "backend" in one for one in found):
        raise Unreadable("no object with 'backend', as a vLLM result has")
    return found, digest


def _lines(item: Input) -> list[Any]:
    found = []
    for line, text in enumerate(item.path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            if text.strip():
                found.append(json.loads(text))
        except ValueError as error:
            raise Unreadable(f"not valid JSON: {error} in line {line}") from error
    return found


def _run(item: Input, document: Mapping[str, Any], digest: str, part: str) -> Run:
    stem = item.shown.removesuffix(item.path.suffix)
    name = f"{stem}/{part.strip('[]')}" if part else stem
    notes = Notes(item, Recorder(name, item.shown, digest, _NAME))
    settings = _settings(document, notes.recorder)
    reported = _reported(document, notes)
    samples = tuple(_Details(document, notes, f"{part}." if part else "").samples())
    folder = name.rpartition("/")[0]
    swept = "run_number" in document
    return Run(
        id=name,
        group=folder.rpartition("/")[0] if swept else folder,
        name=str(document.get("label") or document.get("model_id") or name),
        file=item.shown,
        sha256=digest,
        reader=_NAME,
        settings=settings,
        observed=_observed(document, notes.recorder),
        shares={},
        reported=reported,
        samples=samples,
        extra=leftover(
            document,
            (
                *settings,
                *(key for key, *_ in _VALUES),
                *(key for key in document if _SUMMARY.fullmatch(key)),
                *_DETAILS,
                "date",
            ),
        ),
        problems=tuple(notes.problems),
        tool="vLLM",
        started=str(document.get("date", "")),
        trial=str(document["run_number"]) if swept else "",
    )


def _settings(document: Mapping[str, Any], recorder: Recorder) -> dict[str, Level]:
    """The setup, the author's metadata and what a sweep set; their place tells them."""
    keys = list(document)
    chosen = [key for key in _SETUP if key in document]
    if "run_number" in keys:
        chosen += keys[keys.index("run_number") + 1 :]
    if {"num_prompts", "request_rate"} <= set(keys):
        between = keys[keys.index("num_prompts") + 1 : keys.index("request_rate")]
        chosen += [key for key in between if isinstance(document[key], str)]
    return {key: recorder.level(key, document[key], key) for key in dict.fromkeys(chosen)}


def _observed(document: Mapping[str, Any], recorder: Recorder) -> dict[str, Level]:
    key = "max_concurrent_requests"
    value = number(document.get(key))
    if value is None:
        return {}
    item = recorder.measurement("requests in flight at most", value, "requests", key)
    return {key: Level(key, item.text, item)}


def _reported(document: Mapping[str, Any], notes: Notes) -> tuple[Reported, ...]:
    wanted = [entry for entry in _VALUES if entry[0] in document]
    for key in document:
        match = _SUMMARY.fullmatch(key)
        if match:
            wanted.append((key, _QUANTITIES.get(match[2], match[2]), match[1], "ms"))
    return tuple(
        made
        for key, quantity, statistic, unit in wanted
        for made in notes.reported(quantity, statistic, document[key], unit, key)
    )


class _Details:
    """The entries per request, where the benchmark kept them."""

    def __init__(self, document: Mapping[str, Any], notes: Notes, prefix: str) -> None:
        self.notes, self.prefix = notes, prefix
        self.lists: dict[str, list[Any]] = {}
        for key in _DETAILS:
            value = document.get(key)
            if isinstance(value, list):
                self.lists[key] = value
            elif value is not None:
                notes.add(f"'{prefix}{key}' is not a list")
        self.succeeded = self._succeeded(document)

    def _succeeded(self, document: Mapping[str, Any]) -> list[bool]:
        """Which requests succeeded: those without an error text."""
        length = max(map(len, self.lists.values()), default=0)
        for key, value in self.lists.items():
            if len(value) != length:
                self.notes.add(f"'{self.prefix}{key}' has {len(value)} of {length} entries")
        errors = document.get("errors")
        kept = [True] * length
        if isinstance(errors, list) and len(errors) == length:
            kept = [not error for error in errors]
        completed = number(document.get("completed"))
        if self.lists and completed is not None and sum(kept) != completed:
            self.notes.add(f"entries of {sum(kept)} successful requests; {completed:g} completed")
        return kept

    def samples(self) -> Iterator[Samples]:
        """The columns of samples, those that follow from others last."""
        for key, quantity, unit in _PER_REQUEST:
            if key in self.lists:
                yield from self._column(quantity, unit, self._kept(key), key)
        if "itls" in self.lists:
            gaps = self._gaps()
            every = [gap for request in gaps for gap in request]
            yield from self._column("itl", "s", every, "itls", "one token after the first")
            yield from self._derived(gaps)

    def _derived(self, gaps: Sequence[Sequence[Any]]) -> Iterator[Samples]:
        """What vLLM computes of the lists: a request ends with its last token."""
        sums = [_total(request) for request in gaps]
        lengths = list(map(number, self._kept("output_lens")))
        if len(lengths) == len(sums):
            per_token = [
                None if total is None else total / (length - 1)
                for total, length in zip(sums, lengths, strict=True)
                if length is not None and length > 1
            ]
            yield from self._column("tpot", "s", per_token, "itls/output_lens")
        firsts = list(map(number, self._kept("ttfts")))
        if "latencies" not in self.lists and len(firsts) == len(sums):
            whole = [
                None if first is None or total is None else first + total
                for first, total in zip(firsts, sums, strict=True)
            ]
            yield from self._column("latency", "s", whole, "ttfts+itls")

    def _gaps(self) -> list[list[Any]]:
        """The times between tokens of each request that succeeded."""
        given = self._kept("itls")
        flat = sum(not isinstance(entry, list) for entry in given)
        if flat:
            self.notes.add(f"{flat} of {len(given)} entries of '{self.prefix}itls' are not lists")
        return [entry if isinstance(entry, list) else [] for entry in given]

    def _kept(self, key: str) -> list[Any]:
        pairs = zip(self.lists.get(key, ()), self.succeeded, strict=False)
        return [value for value, succeeded in pairs if succeeded]

    def _column(
        self, quantity: str, unit: str, given: list[Any], key: str, row: str = _REQUEST
    ) -> list[Samples]:
        return self.notes.column(quantity, unit, given, self.prefix + key, row)


def _total(values: Sequence[Any]) -> float | None:
    """The sum of finite numbers; None where one of them is none."""
    found = [number(value) for value in values]
    known = [value for value in found if value is not None]
    return sum(known) if len(known) == len(found) else None


SOURCE = RunSource(
    name=_NAME,
    expects="vLLM serving benchmarks: JSON of 'vllm bench serve --save-result' and its sweeps",
    claims=_claims,
    companion=_companion,
    read=_read,
)
