"""Samples in files of the author's own: CSV, JSON lines, Parquet, with a mapping.

``[[samples]]`` in ``sage-write.toml`` says which column holds the samples, in which
unit, and which column tells runs apart (see :class:`writer.config.SampleMapping`).
The samples stay in their file; DuckDB, imported where it is used, finds the columns
and the values of the group. Formats: RFC 4180 with a header line, and any separator in the
place of the comma, https://jsonlines.org, both also packed (RFC 1952), and
https://parquet.apache.org/docs/file-format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from writer.cache import Cache
from writer.fanout import cores, fan_out
from writer.model.run import JOINT, Problem, Run, Samples
from writer.model.sample_format import SampleMapping
from writer.sources._glob import pattern
from writer.sources._run_source import (
    Input,
    Reading,
    Recorder,
    RunSource,
    Unreadable,
    file_sha256,
    problem,
    unread,
)
from writer.sources._sample_files import Levels, Looked, SampleFile, looked_at
from writer.sources._text_samples import ending, layout

_NAME = "samples"
_PLAIN = tuple(name + packed for name in (".dat", ".txt") for packed in ("", ".gz"))
"""Files that hold anything: without a mapping none is taken for samples."""

_HOW = (
    "samples without a mapping: [[samples]] in sage-write.toml says which column holds them, "
    "their unit, what they measure, and the column that tells runs apart, if any"
)

_TABLE = (
    "a table of summaries, by its column '{column}', and no samples: with a descriptor it is a "
    "project's data (docs/data.md); [[samples]] in sage-write.toml takes it all the same"
)


def mapped(mappings: tuple[SampleMapping, ...], cache: Cache | None = None) -> RunSource:
    """The reader of the files that ``mappings`` name.

    Args:
        mappings: the author's.
        cache: of what was found in the same bytes before; None to look at each file.
    """
    patterns = tuple((pattern(mapping.files), mapping) for mapping in mappings)
    kept = cache or Cache(None)

    def of(item: Input) -> tuple[SampleMapping, ...]:
        return tuple(mapping for pattern, mapping in patterns if pattern.fullmatch(item.shown))

    return RunSource(
        name=_NAME,
        expects="files that [[samples]] in sage-write.toml names",
        claims=lambda item: bool(of(item)),
        companion=lambda _: False,
        read=lambda item: _read_all([item], of, kept)[0],
        read_all=lambda items: _read_all(items, of, kept),
    )


def _read_all(
    items: Sequence[Input], of: Callable[[Input], tuple[SampleMapping, ...]], cache: Cache
) -> list[Reading]:
    """Hashes in parallel; then the files, as far as the cache does not know them."""
    wanted = [of(item) for item in items]
    digests = [digest for part in fan_out(_digests, _parts(items)) for digest in part]
    files = [
        _file(item, digest, mappings)
        for item, digest, mappings in zip(items, digests, wanted, strict=True)
    ]
    looked = looked_at(
        (
            (
                file,
                {group.columns for group in _groups(mappings) if group.columns},
                _sampled(mappings),
            )
            for file, mappings in zip(files, wanted, strict=True)
            if isinstance(file, SampleFile)
        ),
        cache,
    )
    readings = [
        _guarded(item, mappings, file, looked)
        for item, mappings, file in zip(items, wanted, files, strict=True)
    ]
    cache.keep(looked.new)
    return readings


def _file(
    item: Input, digest: str | Unreadable, mappings: Sequence[SampleMapping]
) -> SampleFile | Unreadable:
    if isinstance(digest, Unreadable):
        return digest
    try:
        form, note = layout(item.path, item.shown, mappings)
    except Unreadable as error:
        return error
    return SampleFile(str(item.path), form.token, digest, item.shown, note)


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


@lru_cache(maxsize=256)
def _sampled(mappings: tuple[SampleMapping, ...]) -> tuple[str, ...]:
    """The columns that hold samples, each once."""
    return tuple(dict.fromkeys(mapping.column for mapping in mappings))


def _guarded(
    item: Input, mappings: tuple[SampleMapping, ...], file: SampleFile | Unreadable, looked: Looked
) -> Reading:
    try:
        if isinstance(file, Unreadable):
            raise file
        return _read(_Table(item, file, looked, _sampled(mappings)), mappings)
    except Unreadable as error:
        return unread(str(error))


def _read(table: _Table, mappings: tuple[SampleMapping, ...]) -> Reading:
    columns = table.columns()
    for mapping in mappings:
        for name in mapping.named:
            if name not in columns:
                raise Unreadable(f"no column '{name}'; there are {', '.join(columns)[:500]}")
    problems = table.checked()
    runs = [
        run for group, members in _groups(mappings).items() for run in _runs(table, group, members)
    ]
    if problems and runs:
        runs[0] = replace(runs[0], problems=(*runs[0].problems, *problems))
    return Reading(
        tuple(runs),
        {table.item.shown: table.sha256},
        "" if runs else "a header and no samples",
        table.file.note,
    )


@lru_cache(maxsize=256)
def _groups(mappings: tuple[SampleMapping, ...]) -> Mapping[_Group, Sequence[SampleMapping]]:
    """The mappings by the columns that tell runs apart."""
    found: dict[_Group, list[SampleMapping]] = {}
    for mapping in mappings:
        found.setdefault(_Group(mapping.groups, mapping.trial), []).append(mapping)
    return found


@dataclass(frozen=True, slots=True)
class _Group:
    """The columns that tell the runs of a file apart."""

    groups: tuple[str, ...]
    trial: str | None

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.groups, *([] if self.trial is None else [self.trial]))

    def of(self, levels: tuple[str, ...]) -> tuple[dict[str, str], str]:
        """The groups' values, and the trial's."""
        given = dict(zip(self.groups, levels, strict=False)) if levels else {}
        return given, levels[-1] if self.trial is not None and levels else ""


def _runs(table: _Table, group: _Group, mappings: Sequence[SampleMapping]) -> list[Run]:
    if not group.columns:
        return [] if table.rows() == 0 else [_run(table, group, (), mappings, ())]
    counts = dict(table.levels(group.columns))
    lost = counts.pop(None, 0)
    names = " or ".join(f"'{name}'" for name in group.columns)
    problems = (
        (
            problem(
                table.item,
                f"{lost} rows have no {names} and belong to no run",
                "samples that belong to no run",
            ),
        )
        if lost
        else ()
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
    mappings: Sequence[SampleMapping],
    problems: tuple[Problem, ...],
) -> Run:
    item = table.item
    stem = item.shown.removesuffix(ending(item.shown))
    name = "/".join((stem, *(level.replace("/", "-") or "blank" for level in levels)))
    where = (JOINT.join(group.columns), JOINT.join(levels)) if levels else None
    given, trial = group.of(levels)
    recorder = Recorder(name, item.shown, table.sha256, _NAME)
    return Run(
        id=name,
        group=stem if levels else stem.rpartition("/")[0],
        name=name.rpartition("/")[2],
        file=item.shown,
        sha256=table.sha256,
        reader=_NAME,
        settings={key: recorder.level(key, _level(level), key) for key, level in given.items()},
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
                rows=table.rows(),
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
    """A file of samples, what is known of it, and the columns that hold samples."""

    item: Input
    file: SampleFile
    looked: Looked
    read: tuple[str, ...]

    @property
    def form(self) -> str:
        return self.file.form

    @property
    def sha256(self) -> str:
        return self.file.sha256

    def columns(self) -> tuple[str, ...]:
        return self.looked.columns(self.file)

    def rows(self) -> int | None:
        if self.file.layout.kind == "csv":
            return self.looked.text(self.file, self.read)[0]
        return self.looked.rows(self.file)

    def checked(self) -> tuple[Problem, ...]:
        """What of the file cannot be read, and belongs to no run.

        Raises:
            Unreadable: something in it would be misread.
        """
        if self.file.layout.kind != "csv":
            return ()
        messages = self.looked.text(self.file, self.read)[1]
        return tuple(problem(self.item, message) for message in messages)

    def levels(self, columns: tuple[str, ...]) -> Levels:
        return self.looked.levels(self.file, columns)


def _unmapped(item: Input) -> Reading:
    from writer.sources._proposal import columns_of, proposed_mapping, summary_column

    columns = columns_of(item.path, item.shown)
    if column := summary_column(columns):
        return Reading((), {}, _TABLE.format(column=column))
    return Reading((), {}, _HOW, proposal=proposed_mapping(columns, item.shown))


SOURCE = RunSource(
    name=_NAME,
    expects="samples in text, JSON lines or Parquet, mapped by [[samples]] in sage-write.toml",
    claims=lambda item: ending(item.shown).lower() not in ("", *_PLAIN),
    companion=lambda _: False,
    read=_unmapped,
)
