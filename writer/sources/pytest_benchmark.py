"""Results of pytest-benchmark: ``pytest --benchmark-json FILE``, and saved ones.

Format: ``Storage`` and ``Metadata.as_dict`` of pytest_benchmark, https://github.com/
ionelmc/pytest-benchmark, checked on version 5. ``benchmarks`` has one object per test:
its parameters, options, and ``stats`` in seconds. ``stats.data``, the mean time per
iteration of each round, is there with ``--benchmark-json`` and with
``--benchmark-save-data``. The standard deviation is that of a sample (over n - 1), quartiles
and what follows from them are those of ``writer/verify/box_plot.py``, and ``outliers`` is a text:
how many rounds lie beyond a standard deviation and beyond the fences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from writer.model.experiment import Level
from writer.model.measurement import slug
from writer.model.run import Reported, Run, Samples
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

_NAME = "pytest-benchmark"
_STATISTICS = {
    "mean": "mean",
    "stddev": "std",
    "median": "median",
    "min": "min",
    "max": "max",
    "q1": "q1",
    "q3": "q3",
    "iqr": "iqr",
    "ld15iqr": "ld15iqr",
    "hd15iqr": "hd15iqr",
    "total": "total",
}
_OTHERS = (
    ("rounds", "rounds", "rounds"),
    ("stddev_outliers", "stddev_outliers", "rounds"),
    ("iqr_outliers", "iqr_outliers", "rounds"),
    ("iterations", "iterations", "iterations"),
    ("ops", "throughput", "operations/s"),
)
_KNOWN_STATS = (*_STATISTICS, *(key for key, *_ in _OTHERS), "outliers", "data")
_OUTLIERS = re.compile(r"(\d{1,15});(\d{1,15})")
_KNOWN = ("stats", "name", "fullname", "params", "param", "options", "group")


def _claims(item: Input) -> bool:
    if not item.path.name.endswith(".json"):
        return False
    start = head(item.path)
    return b'"machine_info"' in start or (b'"benchmarks"' in start and b'"fullname"' in start)


def _read(item: Input) -> Reading:
    document, digest = load_json(item)
    given = document.get("benchmarks") if isinstance(document, dict) else None
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise Unreadable("no list of objects 'benchmarks', as pytest-benchmark writes")
    others = leftover(document, ("benchmarks", "datetime", "version"))
    about = (f"pytest-benchmark {document.get('version', '')}", str(document.get("datetime", "")))
    runs = tuple(
        _run(Notes(item, _recorder(item, digest, one, index)), index, one, others, about)
        for index, one in enumerate(given)
    )
    return Reading(runs, {item.shown: digest}, "" if runs else "no benchmarks in it")


def _recorder(item: Input, digest: str, benchmark: Mapping[str, Any], index: int) -> Recorder:
    name = slug(str(benchmark.get("fullname") or benchmark.get("name") or index))
    return Recorder(f"{item.shown.removesuffix('.json')}/{name}", item.shown, digest, _NAME)


def _run(
    notes: Notes,
    index: int,
    benchmark: Mapping[str, Any],
    others: Mapping[str, str],
    about: tuple[str, str],
) -> Run:
    recorder = notes.recorder
    key = f"benchmarks[{index}]"
    stats = benchmark.get("stats")
    if not isinstance(stats, dict):
        notes.add(f"'{key}.stats' is not an object")
        stats = {}
    return Run(
        id=recorder.run,
        group=recorder.run.rpartition("/")[0],
        name=str(benchmark.get("name", recorder.run)),
        file=recorder.file,
        sha256=recorder.sha256,
        reader=_NAME,
        settings=_settings(benchmark, key, recorder),
        observed={},
        shares={},
        reported=_reported(stats, f"{key}.stats", notes),
        samples=_samples(stats, f"{key}.stats.data", notes),
        extra=leftover(benchmark, _KNOWN) | leftover(stats, _KNOWN_STATS) | dict(others),
        problems=tuple(notes.problems),
        tool=about[0].strip(),
        started=about[1],
    )


def _settings(benchmark: Mapping[str, Any], key: str, recorder: Recorder) -> dict[str, Level]:
    """The test, its group and parameters; the options under names of their own."""
    test = str(benchmark.get("fullname", "")).partition("[")[0]
    found = {"test": recorder.level("test", test, f"{key}.fullname")}
    if benchmark.get("group") is not None:
        found["group"] = recorder.level("group", benchmark["group"], f"{key}.group")
    for part, prefix in (("options", "option."), ("params", "")):
        given = benchmark.get(part)
        for name, value in given.items() if isinstance(given, dict) else ():
            found[prefix + name] = recorder.level(prefix + name, value, f"{key}.{part}.{name}")
    return found


def _reported(stats: Mapping[str, Any], key: str, notes: Notes) -> tuple[Reported, ...]:
    wanted = [(name, "time", statistic, "s") for name, statistic in _STATISTICS.items()]
    wanted += [(name, quantity, "", unit) for name, quantity, unit in _OTHERS]
    found = tuple(
        made
        for name, quantity, statistic, unit in wanted
        for made in notes.reported(quantity, statistic, stats.get(name), unit, f"{key}.{name}")
    )
    return (*found, *_outliers(stats.get("outliers"), f"{key}.outliers", notes))


def _outliers(given: object, key: str, notes: Notes) -> Iterator[Reported]:
    """The two counts of a text as ``1;2``."""
    match = _OUTLIERS.fullmatch(given) if isinstance(given, str) else None
    if match is None:
        if given is not None:
            notes.add(f"'{key}' is not two counts: {str(given)[:60]}")
        return
    for statistic, count in zip(("std", "iqr"), match.groups(), strict=True):
        yield from notes.reported("outliers", statistic, int(count), "rounds", key)


def _samples(stats: Mapping[str, Any], key: str, notes: Notes) -> tuple[Samples, ...]:
    row = f"one round, the mean of its iterations ({stats.get('iterations', '?')})"
    return tuple(notes.column("time", "s", stats.get("data"), key, row))


SOURCE = RunSource(
    name=_NAME,
    expects="pytest-benchmark: JSON of 'pytest --benchmark-json'",
    claims=_claims,
    companion=lambda _: False,
    read=_read,
)
