"""JSON documents whose every value knows its line and is asked for by type.

A descriptor is written by hand. Whatever stands in it, reading gives a value of
the wanted type or a :class:`DataError` with the line of the key concerned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn

from writer.errors import DataError
from writer.files import decode, read_bytes, sha256
from writer.sources._number import number_text

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

Steps = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON file: its shown name, its hash and the line of every value."""

    file: str
    sha256: str
    lines: Mapping[Steps, int]


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a document, at the end of the path ``steps``."""

    document: Document
    steps: Steps
    value: object

    @property
    def line(self) -> int:
        """Line of the value's key; in a list, of the value; of the owner if absent."""
        owners = (self.steps[:end] for end in range(len(self.steps), -1, -1))
        return next(
            (self.document.lines[steps] for steps in owners if steps in self.document.lines), 1
        )

    @property
    def path(self) -> str:
        """``resources[0].schema``; the empty string for the whole document."""
        parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.steps)
        return "".join(parts).removeprefix(".")

    def fail(self, message: str, *, expected: str | None = None) -> DataError:
        """The error to raise about this value."""
        return DataError(
            message,
            file=self.document.file,
            line=self.line,
            expected=expected,
            hint="mend the descriptor; docs/data.md describes it",
        )

    def _wrong(self, expected: str) -> NoReturn:
        raise self.fail(f"'{self.path}' is {_kind(self.value)}", expected=expected)

    @property
    def absent(self) -> bool:
        """Whether the value is ``null``, or is not there at all."""
        return self.value is None

    def get(self, key: str) -> Node:
        """The value at ``key`` of an object; absent if it is not there."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Node(self.document, (*self.steps, key), value)

    def entries(self) -> Iterator[tuple[str, Node]]:
        """Keys and values of an object; none if it is absent."""
        if self.absent:
            return
        if not isinstance(self.value, dict):
            self._wrong("an object: {...}")
        for key in self.value:
            yield key, self.get(key)

    def object(self, known: Collection[str] | None = None) -> Node:
        """This node, which must be an object or absent, with no key beyond ``known``."""
        for key, entry in self.entries():
            if known is not None and key not in known:
                raise entry.fail(
                    f"'{self.path}' has the unknown key '{key}'",
                    expected=f"one of {', '.join(known)}",
                )
        return self

    def items(self) -> tuple[Node, ...]:
        """Values of a list; none if it is absent."""
        if self.absent:
            return ()
        if not isinstance(self.value, list):
            self._wrong("a list: [...]")
        return tuple(
            Node(self.document, (*self.steps, index), item) for index, item in enumerate(self.value)
        )

    def text(self, default: str | None = None) -> str:
        """A string; ``default`` if it is absent."""
        if self.absent and default is not None:
            return default
        if not isinstance(self.value, str):
            self._wrong('text: "..."')
        return self.value

    def name(self) -> str:
        """A string that is not blank and has no space around it."""
        text = self.text()
        if not text or text != text.strip():
            raise self.fail(
                f"'{self.path}' is blank, or has space around it", expected="a name of letters"
            )
        return text

    def optional(self) -> str | None:
        """A string, or None if it is absent."""
        return None if self.absent else self.text()

    def one_of(self, allowed: Collection[str]) -> str | None:
        """One of the strings ``allowed``, or None if it is absent."""
        text = self.optional()
        if text is not None and text not in allowed:
            raise self.fail(
                f"'{self.path}' is {text!r}", expected=f"one of {', '.join(allowed)}, or nothing"
            )
        return text

    def level(self) -> str:
        """A string or a number, as text: the level of a factor."""
        return self.digits() if isinstance(self.value, Decimal) else self.text().strip()

    def digits(self) -> str:
        """A finite number, or a string that holds one, as plain decimal digits."""
        given = self.value
        text = number_text(str(given)) if isinstance(given, str | Decimal) else None
        if text is None:
            self._wrong("a finite number")
        return text

    def whole(self) -> int | None:
        """A positive whole number, or None if it is absent."""
        if self.absent:
            return None
        text = self.digits() if isinstance(self.value, Decimal) else ""
        if not text.isdigit() or int(text) < 1:
            raise self.fail(
                f"'{self.path}' is not a positive whole number", expected="1, 2, 3, ..."
            )
        return int(text)


def _kind(value: object) -> str:
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, Decimal):
        return f"the number {str(value)[:20]}"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    return "an object" if isinstance(value, dict) else "a list"


def read_document(path: Path, shown: str) -> Node:
    """Read a JSON file whose top is an object.

    Raises:
        DataError: it is not JSON, a key stands twice, or it is not an object.
        PathError: the file cannot be read, or is not UTF-8.
    """
    data = read_bytes(path, shown=shown)
    text = decode(data, shown)
    try:
        value = json.loads(text, parse_float=_number, parse_int=_number, parse_constant=_number)
    except json.JSONDecodeError as error:
        raise DataError(
            f"not valid JSON: {error.msg}",
            file=shown,
            line=error.lineno,
            hint="mend the descriptor",
        ) from error
    except _NumberError as error:
        raise DataError(
            f"{str(error)[:20]} is not a finite number",
            file=shown,
            line=_line_of(text, str(error)),
            expected="a finite number",
        ) from error
    except RecursionError as error:
        raise DataError("nested too deeply", file=shown, line=1) from error
    node = Node(Document(shown, sha256(data), _places(text, shown)), (), value)
    if not isinstance(value, dict):
        raise node.fail("the descriptor is not an object", expected='{"resources": [...]}')
    return node


class _NumberError(Exception):
    """``NaN``, ``Infinity`` or a number beyond all bounds stands in the document."""


def _number(word: str) -> Decimal:
    try:
        number = Decimal(word)
    except InvalidOperation:
        raise _NumberError(word) from None
    if not number.is_finite():
        raise _NumberError(word)
    return number


def _line_of(text: str, wanted: str) -> int:
    return next((line for line, word in _tokens(text) if word == wanted), 1)


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    line, end = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", end, match.start())
        end = match.start()
        yield line, match.group()


def _places(text: str, shown: str) -> dict[Steps, int]:
    """The line on which each value of valid JSON ``text`` begins, keys included.

    Raises:
        DataError: a key stands twice in one object, or a string cannot be printed.
    """
    lines: dict[Steps, int] = {}
    steps: list[str | int | None] = []  # None: in an object, before the key
    key = ""
    for line, word in _tokens(text):
        if word == ",":
            steps[-1] = steps[-1] + 1 if isinstance(steps[-1], int) else None
        elif word in ("}", "]"):
            steps.pop()
        elif word == ":":
            steps[-1] = key
            if tuple(steps) in lines:
                raise DataError(f"the key '{key}' stands twice", file=shown, line=line)
            lines[tuple(steps)] = line
        else:
            if word.startswith('"'):
                key = _string(word, line, shown)
            if None not in steps[-1:]:
                lines.setdefault(tuple(steps), line)
            if word in ("{", "["):
                steps.append(None if word == "{" else 0)
    return lines


def _string(quoted: str, line: int, shown: str) -> str:
    text: str = json.loads(quoted)
    if _UNPRINTABLE.search(text):
        raise DataError(
            "a text holds a control character or half of a character",
            file=shown,
            line=line,
            expected="printable characters",
        )
    return text
