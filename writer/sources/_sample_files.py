"""What DuckDB finds in files of samples: columns, rows, values of a column.

Of Parquet files many at a time, from their footers where they do. What was found is kept
by the hash of the file, and not looked for again in the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from writer.cache import Cache
from writer.fanout import fan_out
from writer.model.run import JOINT, level_sql
from writer.model.sample_format import SampleFormat
from writer.sources._parquet import database, levels_of, look
from writer.sources._run_source import Unreadable
from writer.sources._text_samples import checked, unpacked

MAX_GROUPS = 10_000
"""Runs in one file at most: a column with more values is hardly what tells runs apart."""

Levels = Mapping[str | None, int]
"""Rows by value of a column."""


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A file of samples: where it is, the token of its format, its hash, and how it is shown.

    ``note`` says what was made out of its header.
    """

    path: str
    form: str
    sha256: str
    shown: str = ""
    note: str = ""

    @property
    def layout(self) -> SampleFormat:
        return SampleFormat.of(self.form)

    def name(self, *what: str) -> str:
        """The name in the cache of something that follows from the file's bytes."""
        return f"{self.sha256} {self.form} {' '.join(what)}"


@dataclass
class Looked:
    """What is known of files of samples, and what was found out since."""

    known: dict[str, Any]
    new: dict[str, Any] = field(default_factory=dict)

    def keep(self, name: str, value: Any) -> None:
        """Something found out, by a name of :meth:`SampleFile.name`."""
        self.known[name] = self.new[name] = value

    def of(self, name: str, find: Callable[[], Any]) -> Any:
        """What is known by a name, or what ``find`` finds."""
        if name not in self.known:
            self.keep(name, find())
        return self.known[name]

    def columns(self, file: SampleFile) -> tuple[str, ...]:
        """The columns' names, in file order.

        Raises:
            Unreadable: the file is not what its name says.
        """
        if isinstance(why := self.known.get(file.name("unpacked")), str):
            raise Unreadable(why)
        sql = "SELECT column_name FROM (DESCRIBE SELECT * FROM {table})"
        found = self.of(file.name("columns"), lambda: [str(row[0]) for row in _rows(file, sql)])
        return tuple(found)

    def rows(self, file: SampleFile) -> int | None:
        """The number of rows; None where only reading the file would tell, and it has some.

        Raises:
            Unreadable: as above.
        """

        def find() -> int | None:
            return None if _rows(file, "SELECT 1 FROM {table} LIMIT 1") else 0

        found: int | None = self.of(file.name("rows"), find)
        return found

    def text(self, file: SampleFile, columns: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """The rows of a file of text in columns, and what of it cannot be read.

        Raises:
            Unreadable: as above, or it has lines or numbers that would be misread.
        """
        rows, problems = self.of(
            file.name("text", *columns),
            lambda: [*checked(Path(file.path), file.shown, file.layout, columns)],
        )
        return int(rows), tuple(problems)

    def levels(self, file: SampleFile, columns: tuple[str, ...]) -> Levels:
        """Rows by the values of ``columns``, joined and in order; None for rows without one.

        Raises:
            Unreadable: as above, or there are more than :data:`MAX_GROUPS`.
        """
        joined = JOINT.join(columns)
        sql = (
            f"SELECT {level_sql(joined)} AS level, count(*) FROM {{table}} "  # noqa: S608 - quoted names
            f"GROUP BY level ORDER BY level LIMIT {MAX_GROUPS + 2}"
        )
        pairs = self.of(
            file.name("levels", joined), lambda: [list(row) for row in _rows(file, sql)]
        )
        found = {level: int(count) for level, count in pairs}
        if sum(level is not None for level in found) > MAX_GROUPS:
            names = ", ".join(columns)
            raise Unreadable(f"more than {MAX_GROUPS} values of '{names}': is it the group?")
        return found


def looked_at(
    files: Iterable[tuple[SampleFile, Iterable[tuple[str, ...]], tuple[str, ...]]], cache: Cache
) -> Looked:
    """What is known of files, and of Parquet files all that will be asked.

    Args:
        files: each with the groups of columns whose values tell its runs apart, and with the
            columns that hold samples.
        cache: of what was found in the same bytes before.
    """
    asked = [(file, [*groups], columns) for file, groups, columns in files]
    wanted = [(file, groups) for file, groups, _ in asked]
    names = [file.name(what) for file, _ in wanted for what in ("columns", "rows")]
    names += [file.name("text", *cells) for file, _, cells in asked if file.layout.kind == "csv"]
    names += [file.name("unpacked") for file, _ in wanted if file.layout.packed]
    names += [file.name("levels", JOINT.join(one)) for file, groups in wanted for one in groups]
    found = Looked(cache.recall(names))
    parquet = [(file, groups) for file, groups in wanted if file.form == "parquet"]
    _footers(found, [file for file, _ in parquet])
    _packed(found, [file for file, _ in wanted if file.layout.packed])
    _levels(found, parquet)
    return found


def _packed(found: Looked, files: list[SampleFile]) -> None:
    """What packed files come to, or why they are not read."""
    missing = [file for file in files if file.name("unpacked") not in found.known]
    for file, size in zip(
        missing, fan_out(_unpacked, [file.path for file in missing]), strict=True
    ):
        found.keep(file.name("unpacked"), size)


def _unpacked(path: str) -> int | str:
    try:
        return unpacked(Path(path))
    except Unreadable as error:
        return str(error)


def _footers(found: Looked, files: list[SampleFile]) -> None:
    missing = [file for file in files if file.name("columns") not in found.known]
    footers = look([file.path for file in missing]) if missing else {}
    for file in missing:
        if file.path in footers:
            found.keep(file.name("columns"), list(footers[file.path].columns))
            found.keep(file.name("rows"), footers[file.path].rows)


def _levels(found: Looked, files: list[tuple[SampleFile, list[tuple[str, ...]]]]) -> None:
    """The levels in Parquet files, of the files that have the columns."""
    missing: dict[str, list[SampleFile]] = {}
    for file, groups in files:
        columns = set(found.known.get(file.name("columns"), ()))
        for group in groups:
            joined = JOINT.join(group)
            if set(group) <= columns and file.name("levels", joined) not in found.known:
                missing.setdefault(joined, []).append(file)
    for joined, members in missing.items():
        levels = levels_of([file.path for file in members], joined, MAX_GROUPS + 2)
        for file in members:
            if file.path in levels:
                pairs = [list(pair) for pair in levels[file.path].items()]
                found.keep(file.name("levels", joined), pairs)


def _rows(file: SampleFile, sql: str) -> list[Any]:
    connection = database()
    import duckdb

    try:
        text = sql.replace("{table}", file.layout.table("?"))
        return connection.execute(text, [file.path]).fetchall()
    except (duckdb.Error, UnicodeError) as error:
        reason = str(error).strip().splitlines()[0][:300].replace(file.path, "it")
        raise Unreadable(f"not {file.layout.kind}: {reason}") from error
