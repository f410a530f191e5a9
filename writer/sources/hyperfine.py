"""Results of hyperfine: ``hyperfine --export-json FILE``.

Format: ``src/export/json.rs`` and ``src/benchmark/benchmark_result.rs`` of
https://github.com/sharkdp/hyperfine, checked on versions 1.15 to 1.19. ``results``
has one object per command: summaries and the time of each execution in seconds, the
exit codes, the parameters of a scan, and from version 1.19 the peak memory in bytes.
The standard deviation is that of a sample (over n - 1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from writer.model.experiment import Level
from writer.model.measurement import slug
from writer.model.run import Run
from writer.sources._notes import Notes
from writer.sources._run_source import (
    Input,
    Reading,
    Recorder,
    RunSource,
    Unreadable,
    head,
    leftover,
    load_json,
)

_NAME = "hyperfine"
_SUMMARY = (
    ("mean", "time", "mean"),
    ("stddev", "time", "std"),
    ("median", "time", "median"),
    ("min", "time", "min"),
    ("max", "time", "max"),
    ("user", "user_time", "mean"),
    ("system", "system_time", "mean"),
)
_SAMPLES = (("times", "time", "s"), ("memory_usage_byte", "memory", "B"))
_KNOWN = (
    *(key for key, *_ in _SUMMARY),
    *(key for key, *_ in _SAMPLES),
    *("command", "parameters", "exit_codes"),
)
_NAME_LENGTH = 80
_ROW = "one execution"


def _claims(item: Input) -> bool:
    if not item.path.name.endswith(".json"):
        return False
    start = head(item.path)
    return b'"results"' in start and b'"command"' in start


def _read(item: Input) -> Reading:
    document, digest = load_json(item)
    results = document.get("results") if isinstance(document, dict) else None
    if not isinstance(results, list) or not all(isinstance(one, dict) for one in results):
        raise Unreadable("no list of objects 'results', as hyperfine writes")
    others = leftover(document, ("results",))
    runs = []
    names: dict[str, int] = {}
    for index, result in enumerate(results):
        name = slug(str(result.get("command", index)))[:_NAME_LENGTH]
        names[name] = names.get(name, 0) + 1
        unique = name if names[name] == 1 else f"{name}-{names[name]}"
        runs.append(_run(item, digest, (index, unique), result, others))
    return Reading(tuple(runs), {item.shown: digest}, "" if runs else "no results in it")


def _run(
    item: Input,
    digest: str,
    place: tuple[int, str],
    result: Mapping[str, Any],
    others: Mapping[str, str],
) -> Run:
    index, name = place
    stem = item.shown.removesuffix(".json")
    key = f"results[{index}]"
    notes = Notes(item, Recorder(f"{stem}/{name}", item.shown, digest, _NAME))
    return Run(
        id=notes.recorder.run,
        group=stem,
        name=str(result.get("command", name)),
        file=item.shown,
        sha256=digest,
        reader=_NAME,
        settings=_settings(result, key, notes.recorder),
        observed=_observed(result, key, notes),
        shares={},
        reported=tuple(
            made
            for name, quantity, statistic in _SUMMARY
            for made in notes.reported(quantity, statistic, result.get(name), "s", f"{key}.{name}")
        ),
        samples=tuple(
            made
            for name, quantity, unit in _SAMPLES
            for made in notes.column(quantity, unit, result.get(name), f"{key}.{name}", _ROW)
        ),
        extra=leftover(result, _KNOWN) | dict(others),
        problems=tuple(notes.problems),
        tool="hyperfine",
    )


def _settings(result: Mapping[str, Any], key: str, recorder: Recorder) -> dict[str, Level]:
    given = result.get("parameters")
    found = {"command": recorder.level("command", result.get("command", ""), f"{key}.command")}
    for name, value in given.items() if isinstance(given, dict) else ():
        found[name] = recorder.level(name, _value(value), f"{key}.parameters.{name}")
    return found


def _value(text: object) -> object:
    """A parameter, which hyperfine writes as text, as a number where it is a plain one."""
    plain = isinstance(text, str) and re.fullmatch(r"-?\d{1,15}(\.\d+)?", text)
    return float(str(text)) if plain else text


def _observed(result: Mapping[str, Any], key: str, notes: Notes) -> dict[str, Level]:
    """How many executions failed; that any did is a problem."""
    codes = result.get("exit_codes")
    if not isinstance(codes, list):
        return {}
    failed = sum(code != 0 for code in codes)
    if failed:
        notes.add(
            f"'{key}': {failed} of {len(codes)} executions ended with an exit code not 0",
            "executions that failed",
        )
    name = "failed executions"
    count = notes.recorder.measurement(name, failed, "executions", f"{key}.exit_codes")
    return {name: Level(name, count.text, count)}


SOURCE = RunSource(
    name=_NAME,
    expects="hyperfine: JSON of 'hyperfine --export-json'",
    claims=_claims,
    companion=lambda _: False,
    read=_read,
)
