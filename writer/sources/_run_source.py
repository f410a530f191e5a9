"""What a reader of raw results offers, and how a folder of them is walked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from writer.files import MAX_INPUT_BYTES
from writer.model.experiment import Level
from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug
from writer.model.run import UNREADABLE, Problem, Reported, Run, RunSet

MAX_FILES = 200_000
"""Files looked at in one folder at most: beyond it the folder is named, not walked."""

_CHUNK = 1 << 20
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
"""Half of a character beyond the basic plane, as JSON escapes it."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file that a reader may take.

    Attributes:
        path: where it is.
        shown: path from the folder that the user named, with forward slashes.
    """

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one file.

    Attributes:
        runs: the runs in it.
        used: every file read, the claimed one and its companions, with its sha256.
        skipped: why there is no run, where there is none.
        note: what the reader made out by itself, where somebody may want to know.
        proposal: settings that would have the file read, where it is skipped for want of them.
        wrong: whether the file is, or is meant as, a result and cannot be read.
    """

    runs: tuple[Run, ...]
    used: Mapping[str, str]
    skipped: str = ""
    note: str = ""
    proposal: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class RunSource:
    """The reader of one format of raw results.

    Attributes:
        name: of the format, as it stands in provenance.
        expects: what it recognises, in words.
        claims: whether a file is in this format, by its name and its first bytes.
        companion: whether a file belongs to another one that this reader claims.
        read: makes runs of a claimed file.
        read_all: makes readings of many claimed files at once, in their order, for a
            format where that costs less; None to read them one by one.
        read_address: makes runs of what answers at an http address; None where nothing does.
    """

    name: str
    expects: str
    claims: Callable[[Input], bool]
    companion: Callable[[Input], bool]
    read: Callable[[Input], Reading]
    read_all: Callable[[Sequence[Input]], Sequence[Reading]] | None = None
    read_address: Callable[[str], RunSet] | None = None


class Unreadable(Exception):  # noqa: N818 - an outcome that the walk turns into words
    """A claimed file cannot be read as what it claims to be."""


def unread(reason: str) -> Reading:
    """What is made of a result that cannot be read."""
    return Reading((), {}, reason, wrong=True)


def head(path: Path, size: int = 4096) -> bytes:
    """The first bytes of a file; none if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(size)
    except OSError:
        return b""


def file_sha256(path: Path) -> str:
    """SHA-256 of a file of any size, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def load_json(item: Input) -> tuple[Any, str]:
    """A JSON document and its file's hash.

    Raises:
        Unreadable: too large, not UTF-8, truncated, nested too deeply, or it holds
            half of a character, which no report can print.
    """
    try:
        size = item.path.stat().st_size
        if size > MAX_INPUT_BYTES:
            raise Unreadable(f"{size} bytes of JSON; at most {MAX_INPUT_BYTES} are read")
        data = item.path.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    try:
        document = json.loads(data)
        if _HALF.search(data):
            json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise Unreadable(f"not valid JSON: {error.msg} at line {error.lineno}") from error
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8") from error
    except UnicodeEncodeError as error:
        raise Unreadable("a text holds half of a character") from error
    except ValueError as error:
        raise Unreadable("a number has thousands of digits") from error
    except RecursionError as error:
        raise Unreadable("nested too deeply") from error
    return document, hashlib.sha256(data).hexdigest()


def number(value: object) -> float | None:
    """``value`` as a finite number, or None; a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        given = float(value)
    except OverflowError:
        return None
    return given if abs(given) < float("inf") else None


@dataclass(frozen=True, slots=True)
class Recorder:
    """Makes measurements of one run's file, each with its place."""

    run: str
    file: str
    sha256: str
    reader: str

    def measurement(
        self, name: str, value: float, unit: str, key: str, title: str = ""
    ) -> Measurement:
        """A reported value at ``key`` of the file."""
        return Measurement(
            id=f"runs/{run_slug(self.run)}/{slug(name)}",
            experiment=self.run,
            quantity=name,
            levels=(),
            value=value,
            text=_digits(value),
            unit=unit,
            interval=Interval.exact(value),
            grade=Grade.MEASURED,
            provenance=Provenance(self.file, self.sha256, None, key, self.reader),
            title=title or name.replace("_", " ").replace(".", " "),
        )

    def reported(
        self, quantity: str, statistic: str, value: object, unit: str, key: str
    ) -> list[Reported]:
        """One reported value, or none where the file holds no finite number."""
        given = number(value)
        if given is None:
            return []
        name = f"{quantity}.{statistic}" if statistic else quantity
        return [Reported(quantity, statistic, self.measurement(name, given, unit, key))]

    def level(self, name: str, value: object, key: str) -> Level:
        """A setting or observation: a number with its place, else text."""
        given = number(value)
        if given is None:
            return Level(name, _plain(value), None)
        item = self.measurement(f"setting.{name}", given, "1", key, name.replace("_", " "))
        return Level(name, item.text, item)


def run_slug(identifier: str) -> str:
    """A run's id as part of a measurement's id: path steps stay apart."""
    return "/".join(slug(part) for part in identifier.split("/"))


def _digits(value: float) -> str:
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(repr(float(value))), "f")


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def leftover(document: Mapping[str, Any], known: Sequence[str]) -> dict[str, str]:
    """The fields that a reader does not interpret, as JSON text of bounded length."""
    return {
        str(key): json.dumps(value, ensure_ascii=False)[:2000]
        for key, value in document.items()
        if key not in known
    }


def problem(item: Input, message: str, fault: str = UNREADABLE) -> Problem:
    """A problem with a file; ``fault`` says of what kind, in words for a paper."""
    return Problem(item.shown, message, fault=fault)
