"""Samples in files of the author's own: CSV, JSON lines, Parquet, with a mapping.

``[[samples]]`` in ``sage-write.toml`` says which column holds the samples, in which
unit, and which column tells runs apart (see :class:`writer.config.SampleMapping`).
The samples stay in their file; DuckDB, imported where it is used, finds the columns
and the values of the group. Formats: RFC 4180 with commas and a header line,
https://jsonlines.org, https://parquet.apache.org/docs/file-format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from writer.config import SampleMapping
from writer.fanout import cores, fan_out
from writer.model.run import JOINT, Problem, Run, Samples, level_sql
from writer.sources._parquet import Levels, Look, database, levels_of, look
from writer.sources._run_source import (
    Input,
    Reading,
    Recorder,
    RunSource,
    Unreadable,
    file_sha256,
    problem,
)

MAX_GROUPS = 10_000
"""Runs in one file at most: a column with more values is hardly what tells runs apart."""

_NAME = "samples"
_FORMATS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
_TABLES = {
    "csv": "read_csv(?, header = true, all_varchar = true, strict_mode = false, "
    "null_padding = true, ignore_errors = true, delim = ',', quote = '\"')",
    "jsonl": "read_json(?, format = 'newline_delimited', ignore_errors = true)",
    "parquet": "read_parquet(?)",
}
_HOW = (
    "samples without a mapping: add [[samples]] to sage-write.toml with "
    "files = {shown!r}, column = the samples' column, unit = its unit, "
    "quantity = what it measures, and group = the column that tells runs apart, if any"
)


def mapped(mappings: tuple[SampleMapping, ...]) -> RunSource:
    """The reader of the files that ``mappings`` name."""
    patterns = tuple((_pattern(mapping.files), mapping) for mapping in mappings)

    def of(item: Input) -> tuple[SampleMapping, ...]:
        return tuple(mapping for pattern, mapping in patterns if pattern.fullmatch(item.shown))

    return RunSource(
        name=_NAME,
        expects="files that [[samples]] in sage-write.toml names",
        claims=lambda item: bool(of(item)),
        companion=lambda _: False,
        read=lambda item: _read_all([item], of)[0],
        read_all=lambda items: _read_all(items, of),
    )


def _read_all(
    items: Sequence[Input], of: Callable[[Input], tuple[SampleMapping, ...]]
) -> list[Reading]:
    """Hashes in parallel, and of Parquet files the columns and levels many at a time."""
    wanted = [of(item) for item in items]
    parts = fan_out(_digests, _parts(items))
    digests = [digest for part in parts for digest in part]
    looks = look([str(item.path) for item in items if _form(item) == "parquet"])
    levels = _levels(items, wanted, looks)
    return [
        _guarded(item, mappings, digest, looks.get(str(item.path)), levels)
        for item, mappings, digest in zip(items, wanted, digests, strict=True)
    ]


def _form(item: Input) -> str:
    return _FORMATS.get(item.path.suffix.lower(), "")


def _parts(items: Sequence[Input]) -> list[Sequence[Input]]:
    """A few parts per core, each of many files: a task costs as much as a small file."""
    size = -(-len(items) // (8 * cores()))
    return [items[start : start + size] for start in range(0, len(items), size)]


def _digests(items: Sequence[Input]) -> list[str | Unreadable]:
    return [_digest(item) for item in items]


def _digest(item: Input) -> str | Unreadable:
    try:
        return file_sha256(item.path)
    except OSError as error:
        return Unreadable(f"cannot be read: {error.strerror}")


def _levels(
    items: Sequence[Input], wanted: Sequence[tuple[SampleMapping, ...]], looks: Mapping[str, Look]
) -> Levels:
    """The levels in Parquet files, of the files that have the column."""
    paths: dict[str, list[str]] = {}
    for item, mappings in zip(items, wanted, strict=True):
        seen = looks.get(str(item.path))
        for columns in {_Group(mapping.group, mapping.trial).columns for mapping in mappings}:
            if columns and seen is not None and set(columns) <= set(seen.columns):
                paths.setdefault(JOINT.join(columns), []).append(str(item.path))
    return {
        (path, name): levels
        for name, members in paths.items()
        for path, levels in levels_of(members, name, MAX_GROUPS + 2).items()
    }


def _guarded(
    item: Input,
    mappings: tuple[SampleMapping, ...],
    digest: str | Unreadable,
    seen: Look | None,
    levels: Levels,
) -> Reading:
    try:
        if isinstance(digest, Unreadable):
            raise digest
        return _read(item, mappings, digest, seen, levels)
    except Unreadable as error:
        return Reading((), {}, str(error))


def _pattern(glob: str) -> re.Pattern[str]:
    """A glob over paths: ``*`` and ``?`` within one step, ``**/`` over any number of them.

    Without a slash it names files in every folder.
    """
    steps = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    anywhere = glob if "/" in glob else f"**/{glob}"
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", anywhere.removeprefix("./"))
    return re.compile("".join(steps.get(part, re.escape(part)) for part in parts), re.DOTALL)


def _read(
    item: Input,
    mappings: tuple[SampleMapping, ...],
    digest: str,
    seen: Look | None,
    levels: Levels,
) -> Reading:
    form = _form(item)
    if not form:
        raise Unreadable(f"samples are read from {', '.join(_FORMATS)}")
    table = _Table(item, form, digest, seen, levels)
    columns = table.columns()
    for mapping in mappings:
        for name in filter(None, (mapping.column, mapping.group, mapping.trial)):
            if name not in columns:
                raise Unreadable(f"no column '{name}'; there are {', '.join(columns)[:500]}")
    by_group: dict[_Group, list[SampleMapping]] = {}
    for mapping in mappings:
        by_group.setdefault(_Group(mapping.group, mapping.trial), []).append(mapping)
    runs = [run for group, members in by_group.items() for run in _runs(table, group, members)]
    return Reading(
        tuple(runs), {item.shown: table.sha256}, "" if runs else "a header and no samples"
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """The columns that tell the runs of a file apart."""

    group: str | None
    trial: str | None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in (self.group, self.trial) if name is not None)

    def of(self, levels: tuple[str, ...]) -> tuple[str | None, str]:
        """The group's value, if there is one, and the trial's."""
        group = levels[0] if self.group is not None else None
        return group, levels[-1] if self.trial is not None else ""


def _runs(table: _Table, group: _Group, mappings: list[SampleMapping]) -> list[Run]:
    if not group.columns:
        return [_run(table, group, (), mappings, ())] if table.rows() else []
    counts = dict(table.levels(group.columns))
    lost = counts.pop(None, 0)
    names = " or ".join(f"'{name}'" for name in group.columns)
    problems = (
        (problem(table.item, f"{lost} rows have no {names} and belong to no run"),) if lost else ()
    )
    return [
        _run(table, group, tuple(level.split(JOINT)), mappings, problems)
        for level in counts
        if level is not None
    ]


def _run(
    table: _Table,
    group: _Group,
    levels: tuple[str, ...],
    mappings: list[SampleMapping],
    problems: tuple[Problem, ...],
) -> Run:
    item = table.item
    stem = item.shown.removesuffix(item.path.suffix)
    name = "/".join((stem, *(level.replace("/", "-") or "blank" for level in levels)))
    where = (JOINT.join(group.columns), JOINT.join(levels)) if levels else None
    given, trial = group.of(levels) if levels else (None, "")
    recorder = Recorder(name, item.shown, table.sha256, _NAME)
    return Run(
        id=name,
        group=stem if levels else stem.rpartition("/")[0],
        name=name.rpartition("/")[2],
        file=item.shown,
        sha256=table.sha256,
        reader=_NAME,
        settings={}
        if group.group is None or given is None
        else {group.group: recorder.level(group.group, _level(given), group.group)},
        observed={},
        shares={},
        reported=(),
        samples=tuple(
            Samples(
                mapping.quantity,
                mapping.unit,
                item.shown,
                str(item.path),
                table.sha256,
                mapping.column,
                table.form,
                where,
                row=mapping.row,
                rows=table.seen.rows if table.seen else None,
            )
            for mapping in mappings
        ),
        extra={},
        problems=problems,
        trial=trial,
    )


def _level(text: str) -> object:
    """A group's value, as a number where it is one."""
    return float(text) if re.fullmatch(r"-?\d{1,15}(\.\d+)?", text) else text


@dataclass(frozen=True, slots=True)
class _Table:
    """A file of samples as DuckDB sees it."""

    item: Input
    form: str
    sha256: str
    seen: Look | None
    known: Levels

    def columns(self) -> tuple[str, ...]:
        """The columns' names, in file order."""
        if self.seen is not None:
            return self.seen.columns
        found = self._rows("SELECT column_name FROM (DESCRIBE SELECT * FROM {table})")
        return tuple(str(row[0]) for row in found)

    def rows(self) -> bool:
        """Whether there is at least one row."""
        if self.seen is not None:
            return self.seen.rows > 0
        return bool(self._rows("SELECT 1 FROM {table} LIMIT 1"))

    def levels(self, columns: tuple[str, ...]) -> Mapping[str | None, int]:
        """Rows by the values of ``columns``, joined and in order; None for rows without one."""
        name = JOINT.join(columns)
        found = self.known.get((str(self.item.path), name))
        if found is None:
            rows = self._rows(
                f"SELECT {level_sql(name)} AS level, count(*) FROM {{table}} "  # noqa: S608 - quoted names
                f"GROUP BY level ORDER BY level LIMIT {MAX_GROUPS + 2}"
            )
            found = {row[0]: int(row[1]) for row in rows}
        if sum(level is not None for level in found) > MAX_GROUPS:
            names = ", ".join(columns)
            raise Unreadable(f"more than {MAX_GROUPS} values of '{names}': is it the group?")
        return found

    def _rows(self, sql: str) -> list[Any]:
        connection = database()
        import duckdb

        try:
            text = sql.replace("{table}", _TABLES[self.form])
            return connection.execute(text, [str(self.item.path)]).fetchall()
        except (duckdb.Error, UnicodeError) as error:
            reason = str(error).strip().splitlines()[0][:300].replace(str(self.item.path), "it")
            raise Unreadable(f"not {self.form}: {reason}") from error


def _unmapped(item: Input) -> Reading:
    return Reading((), {}, _HOW.format(shown=item.shown))


SOURCE = RunSource(
    name=_NAME,
    expects="samples in CSV, JSON lines or Parquet, mapped by [[samples]] in sage-write.toml",
    claims=lambda item: item.path.suffix.lower() in _FORMATS,
    companion=lambda _: False,
    read=_unmapped,
)
