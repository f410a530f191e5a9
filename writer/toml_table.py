"""Tables of a TOML file with the line of each key, so that an error names its place."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from writer.errors import ConfigError, PathError
from writer.files import inside

_Steps = tuple[str | int, ...]


def _parsed(text: str, file: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError("nested too deeply", file=file) from error
    except ValueError as error:  # also a number with too many digits
        found = re.search(r" \(at line (\d+), column \d+\)", str(error))
        end = max(len(text.splitlines()), 1) if "at end of document" in str(error) else None
        raise ConfigError(
            f"not valid TOML: {str(error).replace(found.group(), '') if found else error}",
            file=file,
            line=int(found.group(1)) if found else end,
        ) from error


_HEADER = re.compile(r"\s*\[(\[?)([^\[\]]+)\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def _lines(text: str) -> dict[_Steps, int]:
    """The line of each table and key that begins a line; tomllib tells none."""
    lines: dict[_Steps, int] = {}
    table: _Steps = ()
    counts: Counter[_Steps] = Counter()
    quoted = False
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.fullmatch(line), _KEY.match(line)
        if header and not quoted:
            table = _steps(header.group(2))
            if header.group(1):
                counts[table] += 1
                table = (*table, counts[table] - 1)
            lines.setdefault(table, number)
        elif key and not quoted:
            lines.setdefault((*table, *_steps(key.group(1))), number)
        quoted ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return lines


def _steps(dotted: str) -> _Steps:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


@dataclass(frozen=True, slots=True)
class TomlTable:
    """A table of the file, its place, and checked access to its values.

    What is read raises :class:`ConfigError`, with the line, where it is not what was expected.

    Attributes:
        value: its keys and values.
        steps: the keys that lead to it; the number of one in a list of tables.
        lines: of each table and key of the file.
        file: its name for messages.
    """

    value: Mapping[str, Any]
    steps: _Steps
    lines: Mapping[_Steps, int]
    file: str

    @classmethod
    def of(cls, text: str, file: str) -> TomlTable:
        """The whole document ``text``.

        Raises:
            ConfigError: it is not valid TOML.
        """
        return cls(_parsed(text, file), (), _lines(text), file)

    @property
    def name(self) -> str:
        named = ".".join(str(step) for step in self.steps if isinstance(step, str))
        return f"[[{named}]]" if isinstance(self.steps[-1], int) else f"[{named}]"

    def line(self, key: str | None = None) -> int | None:
        """Line of ``key``, else of the table, else of what holds it."""
        steps = self.steps if key is None else (*self.steps, key)
        ends = range(len(steps), 0, -1)
        return next((self.lines[steps[:end]] for end in ends if steps[:end] in self.lines), None)

    def fail(
        self, message: str, key: str | None, expected: str, hint: str | None = None
    ) -> ConfigError:
        return ConfigError(
            message, file=self.file, line=self.line(key), expected=expected, hint=hint
        )

    def only(self, known: Collection[str]) -> None:
        """Refuse keys beyond ``known``."""
        for key in self.value:
            if key not in known:
                what = f"key '{key}' in {self.name}" if self.steps else f"table '{key}'"
                raise self.fail(f"unknown {what}", key, f"one of {', '.join(known)}")

    def table(self, key: str) -> TomlTable:
        value = self.value.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(f"'{key}' is not a table", key, f"[{key}]")
        return TomlTable(value, (*self.steps, key), self.lines, self.file)

    def tables(self, key: str) -> tuple[TomlTable, ...]:
        value = self.value.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fail(f"'{key}' is not a list of tables", key, f"[[{key}]]")
        return tuple(
            TomlTable(item, (*self.steps, key, index), self.lines, self.file)
            for index, item in enumerate(value)
        )

    def optional(self, key: str) -> str | None:
        """A text that is not blank, or None."""
        value = self.value.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.fail(
                f"'{key}' is {'blank' if isinstance(value, str) else 'not text'}",
                key,
                "a string in quotes, or no such line",
            )
        return value.strip()

    def text(self, key: str, default: str) -> str:
        return self.optional(key) or default

    def required(self, key: str) -> str:
        value = self.optional(key)
        if value is None:
            raise self.fail(f"{self.name} has no '{key}'", None, f'{key} = "..."')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.value.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(f"'{key}' is not a list of names", key, '["Ada", "Grace"]')
        return tuple(value)

    def positive(self, key: str) -> int | None:
        value = self.value.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.fail(f"'{key}' is not a positive whole number", key, "1, 2, 3, ...")
        return value

    def inside(self, root: Path, key: str) -> str | None:
        """A path inside the project, as written."""
        value = self.optional(key)
        if value is not None:
            try:
                inside(root, value, what=key)
            except PathError as error:
                raise self.fail(error.message, key, "a path below the project") from error
        return value
