"""How a file of samples is laid out, and the SQL with which DuckDB reads it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

WHITESPACE = "whitespace"
"""The separator that stands for any number of blanks and tabs."""

SEPARATORS = {
    "\t": "\t",
    "tab": "\t",
    **dict.fromkeys((" ", "space", WHITESPACE), WHITESPACE),
}
"""How separators that do not show are written."""

SEPARATOR = re.compile(r"[!#$%&*,/:;<=>?@^_`|~]")
"""Any other separator: a sign that no number and no quoted text needs."""


@dataclass(frozen=True, slots=True)
class SampleMapping:
    """How to read files of raw samples that no tool's format describes.

    Attributes:
        files: glob over paths from the folder of runs; ``*`` stays within one step,
            ``**/`` crosses any number, and a glob without a slash is looked for in
            every folder.
        column: of the samples.
        unit: of the samples, e.g. ``ms``.
        quantity: what a sample measures, e.g. ``latency``.
        group: column whose values tell runs apart, or several whose combinations do; None
            where a file is one run.
        trial: column that numbers the repetitions of one group; None without any.
        separator: between the cells of a line of text: one character or ``whitespace``;
            None where the names of the columns tell it.
        decimal: the decimal sign of a text, ``.`` or ``,``.
        row: what one row is, in words.
    """

    files: str
    column: str
    unit: str
    quantity: str
    group: str | tuple[str, ...] | None = None
    row: str = "one sample"
    trial: str | None = None
    separator: str | None = None
    decimal: str = "."

    @property
    def groups(self) -> tuple[str, ...]:
        """The columns that tell runs apart, in the order given."""
        if self.group is None:
            return ()
        return (self.group,) if isinstance(self.group, str) else self.group

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that the mapping names."""
        return (self.column, *self.groups, *([] if self.trial is None else [self.trial]))


@dataclass(frozen=True, slots=True)
class SampleFormat:
    """The layout of a file.

    Attributes:
        kind: ``csv`` for any text in columns, ``jsonl``, ``parquet``, or ``values`` for
            samples that were read already.
        separator: between the cells of a line: one character, or :data:`WHITESPACE`.
        decimal: the decimal sign, ``.`` or ``,``.
        packed: whether gzip packs it.
        header: the columns' names, where the separator is :data:`WHITESPACE`.
        skip: lines above the first line of data, there.

    >>> SampleFormat("csv").token, SampleFormat.of("csv") == SampleFormat("csv")
    ('csv', True)
    >>> SampleFormat.of(SampleFormat("csv", ";", packed=True).token).separator
    ';'
    """

    kind: str
    separator: str = ","
    decimal: str = "."
    packed: bool = False
    header: tuple[str, ...] = ()
    skip: int = 0

    @classmethod
    def of(cls, token: str) -> SampleFormat:
        """The format that :attr:`token` stands for."""
        return _format(token)

    @property
    def token(self) -> str:
        """The format as one text: the kind, then what differs from its defaults."""
        return _token(self)

    @property
    def spaced(self) -> bool:
        return self.kind == "csv" and self.separator == WHITESPACE

    def table(self, files: str, *, named: bool = False) -> str:
        """The SQL of a table of the files.

        Args:
            files: the SQL that names them, a parameter.
            named: whether it has a column ``filename`` and may be of several files.
        """
        more = ", filename = true" if named else ""
        if self.spaced:
            return self._split(files, more)
        more += ", union_by_name = true" if named else ""
        if self.kind == "parquet":
            return f"read_parquet({files}{more})"
        more += ", compression = 'gzip'" if self.packed else ""
        if self.kind == "jsonl":
            return f"read_json({files}, format = 'newline_delimited', ignore_errors = true{more})"
        return (
            f"read_csv({files}, header = true, all_varchar = true, strict_mode = false, "
            f"null_padding = true, ignore_errors = true, delim = {text_sql(self.separator)}, "
            f"quote = '\"'{more})"
        )

    def _split(self, files: str, more: str) -> str:
        """Lines split at blanks. One with more or fewer cells than the header has no cells:
        which of its columns is which is not known."""
        whole = f"len(cells) = {len(self.header)}"
        cells = ", ".join(
            f"CASE WHEN {whole} THEN cells[{number}] END AS {name_sql(name)}"
            for number, name in enumerate(self.header, 1)
        )
        shown = "filename, " if more else ""
        return f"(SELECT {shown}{cells} FROM {self.lines(files, more)})"  # noqa: S608 - quoted names

    def lines(self, files: str, more: str = "") -> str:
        """The SQL of a table of the lines that hold data, each a list ``cells``, where the
        separator is :data:`WHITESPACE`."""
        return (
            "(SELECT *, string_split_regex(text, '[ \\t]+') AS cells "  # noqa: S608 - nothing of the author's
            "FROM (SELECT *, trim(line, E' \\t\\r') AS text "
            f"FROM read_csv({files}, columns = {{'line': 'VARCHAR'}}, delim = '\x01', quote = '', "
            f"escape = '', {self._text(self.skip)}{more})) "
            "WHERE text != '' AND NOT starts_with(text, '#'))"
        )

    def cells(self, files: str, count: int, skip: int) -> str:
        """The SQL of a table of lines, each a list ``cells``, for any other separator.

        Args:
            files: the SQL that names them, a parameter.
            count: how many cells the header has; a longer line shows one more.
            skip: lines above the data.
        """
        names = [f"c{number}" for number in range(count + 1)]
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        cut = f"CASE WHEN {names[-1]} IS NULL THEN {count} ELSE {count + 1} END"
        return (
            f"(SELECT list_slice([{', '.join(names)}], 1, {cut}) AS cells "  # noqa: S608 - own names, a quoted sign
            f"FROM read_csv({files}, columns = {{{columns}}}, "
            f"delim = {text_sql(self.separator)}, quote = '\"', store_rejects = true, "
            f"rejects_limit = 1000, {self._text(skip)}))"
        )

    def _text(self, skip: int) -> str:
        return (
            "header = false, auto_detect = false, strict_mode = false, null_padding = true, "
            f"ignore_errors = true, skip = {skip}, "
            f"compression = '{'gzip' if self.packed else 'none'}'"
        )

    def number(self, column: str) -> str:
        """The SQL of a column as a double, where a cell is a number.

        Of text, the cell goes through a function first: DuckDB would else read the column
        as doubles, and drop the rows that are none instead of counting them. Where a comma
        is the decimal sign, a cell with a full stop is no number: it may group thousands.
        """
        name = name_sql(column)
        if self.kind != "csv":
            return f"TRY_CAST({name} AS DOUBLE)"
        cell = f"nullif({name}, '')"
        if self.decimal == ",":
            cell = f"replace(CASE WHEN NOT contains({cell}, '.') THEN {cell} END, ',', '.')"
        return f"TRY_CAST({cell} AS DOUBLE)"


def name_sql(name: str) -> str:
    """An identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def text_sql(text: str) -> str:
    """A text for SQL."""
    return "'" + text.replace("'", "''") + "'"


@lru_cache(maxsize=1024)
def _format(token: str) -> SampleFormat:
    """Thousands of files have a few formats."""
    kind, _, rest = token.partition(" ")
    given: dict[str, Any] = json.loads(rest) if rest else {}
    return SampleFormat(kind, **{**given, "header": tuple(given.get("header", ()))})


@lru_cache(maxsize=1024)
def _token(form: SampleFormat) -> str:
    usual = asdict(SampleFormat(form.kind))
    unlike = {key: value for key, value in asdict(form).items() if value != usual[key]}
    return f"{form.kind} {json.dumps(unlike)}" if unlike else form.kind
