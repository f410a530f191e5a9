"""A mapping to start from, for a file of samples that none names: read off its header.

A proposal is printed and never used: what a column measures, and in which unit, is the
author's to say.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from writer.sources._glob import escaped
from writer.sources._text_samples import PACKED, usual

_LINES, _WIDTH = 200, 65_536
"""How many lines are looked at, the header and what repeats; a line of more bytes is none of a
file of samples."""

_LEVELS, _MOST = 50, 3
"""A column of more levels tells no runs apart, and of those that do at most so many are taken."""

_TRIAL = re.compile(r"(seed|trial|run|rep|repeat|repetition|iteration|iter|round|fold|attempt)s?")
_UNIT = re.compile(
    r"(?:^|[_\s(\[-])(ns|us|ms|s|sec|secs|seconds|pct|percent)[)\]]?$", re.IGNORECASE
)
_UNITS = {"sec": "s", "secs": "s", "seconds": "s", "pct": "%", "percent": "%"}
_LONE = re.compile("[\ud800-\udfff]")
"""Halves of characters: in names of columns no TOML can say them; in names of files ``?`` does."""

_SUMMARY = re.compile(
    r"(^|[^a-z])(mean|avg|average|median|std|stddev|stdev|min|max|p\d\d+|\d\d%)($|[^a-z])",
    re.IGNORECASE,
)
_SAMPLE = re.compile(
    r"latency|duration|elapsed|(?<!start_)(?<!end_)time(?!_?stamp)|throughput|accuracy|acc|auc|f1|score|loss|error|energy",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file that no mapping names.

    Attributes:
        name: of the column.
        values: its first values as text, without those that are missing.
    """

    name: str
    values: tuple[str, ...]

    @property
    def numeric(self) -> bool:
        return bool(self.values) and all(map(_number, self.values))

    @property
    def levels(self) -> int:
        return len(set(self.values))


def columns_of(path: Path, shown: str) -> tuple[Column, ...]:
    """The columns of the first lines; none of a file that is no text of such lines.

    Args:
        path: of the file.
        shown: its path from the folder of runs.
    """
    form = usual(shown)
    if form is None or form.kind not in ("csv", "jsonl") or form.spaced:
        return ()
    try:
        with gzip.open(path, "rb") if shown.lower().endswith(PACKED) else path.open("rb") as stream:
            raw = [stream.readline(_WIDTH + 1) for _ in range(_LINES)]
        if max(map(len, raw)) > _WIDTH:
            return ()
        lines = [line.decode("utf-8-sig") for line in raw if line.strip()]
        rows = _objects(lines) if form.kind == "jsonl" else _cells(lines, form.separator)
    except (OSError, EOFError, zlib.error, ValueError, RecursionError, csv.Error):
        return ()  # RecursionError: brackets nested beyond what json reads
    known = dict.fromkeys(name for row in rows for name in row)  # the first row may lack some
    names = [name for name in known if name and _LONE.search(name) is None]
    return tuple(
        Column(name, tuple(filter(None, (row.get(name) for row in rows)))) for name in names
    )


def summary_column(columns: Sequence[Column]) -> str:
    """The first column that holds summaries, of a file in which nothing numbers repetitions.

    Such a file is a table of results and not of samples; empty where it is not.
    """
    if any(_TRIAL.fullmatch(item.name.lower()) for item in columns):
        return ""
    return next((item.name for item in columns if item.numeric and _SUMMARY.search(item.name)), "")


def proposed_mapping(columns: Sequence[Column], shown: str) -> str:
    """``[[samples]]`` for a file of samples; empty where nothing can be proposed.

    A column of means or percentiles holds no samples and is not proposed.
    """
    trial = next((item for item in columns if _TRIAL.fullmatch(item.name.lower())), None)
    rest = [item for item in columns if item is not trial]
    groups = _groups(rest)
    numbers = [
        item
        for item in rest
        if item.numeric and item not in groups and not _SUMMARY.search(item.name)
    ]
    likely = [item for item in numbers if _SAMPLE.search(item.name)]
    sample = next(iter((*likely, *reversed(numbers))), None)
    if sample is None:
        return ""
    unit = _UNIT.search(sample.name)
    given = "" if unit is None else unit[1].lower()
    names = [item.name for item in groups]
    quantity = sample.name[: unit.start()] if unit and unit.start() else sample.name
    lines = [
        "[[samples]]",
        f"files = {_toml(_LONE.sub('?', escaped(shown)))}",
        f"column = {_toml(sample.name)}",
        f"unit = {_toml(_UNITS.get(given, given) or '1')}",
        f"quantity = {_toml(quantity.strip().lower())}",
        *([f"group = {_toml(names if len(names) > 1 else names[0])}"] if names else []),
        *([] if trial is None else [f"trial = {_toml(trial.name)}"]),
    ]
    return "\n".join(lines)


def _toml(value: str | list[str]) -> str:
    """A string or a list of them; TOML has JSON's escapes, but none for half a character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _groups(columns: Sequence[Column]) -> list[Column]:
    """The first few columns of words that repeat; else the first of whole numbers that do."""
    repeating = [item for item in columns if 1 < item.levels <= min(_LEVELS, len(item.values) / 2)]
    words = [item for item in repeating if not item.numeric]
    whole = [item for item in repeating if all(value.isdigit() for value in item.values)]
    return words[:_MOST] or whole[:1]


def _objects(lines: Sequence[str]) -> list[dict[str, str]]:
    found = [json.loads(line) for line in lines]
    return [
        {
            key: value if isinstance(value, str) else "" if value is None else json.dumps(value)
            for key, value in item.items()
            if not isinstance(value, list | dict)
        }
        for item in found
        if isinstance(item, dict)
    ]


def _cells(lines: Sequence[str], separator: str) -> list[dict[str, str]]:
    table = list(csv.reader(lines, delimiter=separator))
    header = [name.strip() for name in table[0]] if table else []
    return [
        {
            name: value.strip()
            for name, value in itertools.zip_longest(header, row)
            if name and value
        }
        for row in table[1:]
    ]


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
