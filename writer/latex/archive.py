"""Archives of a paper's sources, as arXiv gives them, unpacked into a folder safely.

Only text that a paper may read is written, under names that stay inside the folder;
links, devices, absolute and parent paths are left out with a note, and an archive that
unpacks to more than the bounds is an error before it fills the disk.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, cast

from writer.errors import PaperError

MAX_ARCHIVE = 200 * 1024 * 1024
"""Most bytes of an archive."""

MAX_UNPACKED = 600 * 1024 * 1024
"""Most bytes that an archive may unpack to, figures included; they are not written."""

MAX_TEXT = 40 * 1024 * 1024
"""Most bytes of the text that is written."""

MAX_MEMBERS = 20_000
"""Most files and folders in an archive."""

MAX_NAMED = 20
"""How many refused members are named in the notes; the others are only counted."""

_TEXT = frozenset([".tex", ".ltx", ".latex", ".sty", ".cls", ".clo", ".def", ".cfg", ".inc",
                   ".tikz", ".pgf", ".bbl", ".bib", ".txt", ".csv", ".dat", ".toml", ".json",
                   ".yaml", ".yml", ".00readme", ""])  # fmt: skip
_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR_MAGIC = slice(257, 262)
_SUFFIXES = (".tar.gz", ".tgz", ".tar", ".zip", ".gz", ".tex.gz")


def is_archive(path: Path) -> bool:
    """Whether ``path`` is named or begins like an archive."""
    if path.name.lower().endswith(_SUFFIXES):
        return True
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
    except OSError:
        return False
    return head.startswith((_GZIP, *_ZIP)) or head[_TAR_MAGIC] == b"ustar"


def unpack(path: Path, folder: Path) -> tuple[str, ...]:
    """Unpack the text files of the archive at ``path`` into ``folder``.

    Returns:
        Notes on what was refused.

    Raises:
        PaperError: it is no archive, damaged, or beyond a bound.
    """
    unpacker = _Unpacker(path, folder)
    try:
        if path.stat().st_size > MAX_ARCHIVE:
            raise PaperError(
                f"the archive has {path.stat().st_size} bytes",
                file=str(path),
                expected=f"at most {MAX_ARCHIVE} bytes",
            )
        unpacker.run()
    except (
        OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, zlib.error,
        NotImplementedError, RuntimeError, ValueError,
    ) as error:  # fmt: skip
        raise PaperError(
            f"the archive cannot be read: {error}",
            file=str(path),
            expected="a .tar.gz, .tgz, .tar, .zip or a gzipped .tex",
        ) from error
    return unpacker.notes()


@dataclass(slots=True)
class _Unpacker:
    path: Path
    folder: Path
    refused: list[str] = field(default_factory=list)
    members: int = 0
    written: int = 0

    def run(self) -> None:
        with self.path.open("rb") as stream:
            head = stream.read(512)
            stream.seek(0)
            if head.startswith(_ZIP):
                self._zip(stream)
            elif head.startswith(_GZIP):
                self._gzip(stream)
            elif head[_TAR_MAGIC] == b"ustar":
                self._tar(_Counted(stream, self.path))
            else:
                raise ValueError("neither gzip, tar nor zip")

    def notes(self) -> tuple[str, ...]:
        named = [f"{self.path.name}: {each}" for each in self.refused[:MAX_NAMED]]
        more = len(self.refused) - len(named)
        return (*named, *([f"{self.path.name}: {more} more members are left out"] if more else ()))

    def _gzip(self, stream: IO[bytes]) -> None:
        plain = _Counted(cast("IO[bytes]", gzip.GzipFile(fileobj=stream)), self.path)
        head = plain.read(512)
        rest = _Counted(_Chained(head, plain), self.path)
        if head[_TAR_MAGIC] == b"ustar":
            self._tar(rest)
        else:
            name = self.path.name.lower().removesuffix(".gz").removesuffix(".tex") or "main"
            self._write(PurePosixPath(f"{name}.tex"), rest, name)

    def _tar(self, stream: _Counted) -> None:
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as archive:
            for member in archive:
                self._member()
                if member.isdir():
                    continue
                if not member.isreg():
                    self.refused.append(f"'{_shown(member.name)}' is a link or a device")
                    continue
                target = self._target(member.name)
                content = archive.extractfile(member) if target is not None else None
                if target is not None and content is not None:
                    self._write(target, content, member.name)

    def _zip(self, stream: IO[bytes]) -> None:
        with zipfile.ZipFile(stream) as archive:
            for member in archive.infolist():
                self._member()
                kind = (member.external_attr >> 16) & 0o170000
                if member.is_dir():
                    continue
                if kind not in (0, 0o100000):
                    self.refused.append(f"'{_shown(member.filename)}' is a link or a device")
                    continue
                target = self._target(member.filename)
                if target is not None:
                    with archive.open(member) as content:
                        self._write(target, content, member.filename)

    def _member(self) -> None:
        self.members += 1
        if self.members > MAX_MEMBERS:
            raise PaperError(
                f"the archive has more than {MAX_MEMBERS} members",
                file=str(self.path),
                hint="unpack it and name the paper's main file",
            )

    def _target(self, name: str) -> PurePosixPath | None:
        """Where a member goes; ``None`` for what is refused or no text."""
        pure = PurePosixPath(name.replace("\\", "/"))
        if pure.is_absolute() or ".." in pure.parts or ":" in name or "\0" in name:
            self.refused.append(f"'{_shown(name)}' leads outside the archive and is not read")
            return None
        return pure if pure.suffix.lower() in _TEXT and pure.parts else None

    def _write(self, target: PurePosixPath, content: IO[bytes] | _Counted, name: str) -> None:
        data = content.read(MAX_TEXT - self.written + 1)
        self.written += len(data)
        if self.written > MAX_TEXT:
            raise PaperError(
                f"the archive unpacks to too much text (at '{_shown(name)}')",
                file=str(self.path),
                expected=f"at most {MAX_TEXT} bytes",
            )
        place = self.folder.joinpath(*target.parts)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        except OSError as error:
            self.refused.append(f"'{_shown(name)}' cannot be written: {error.strerror}")


class _Chained(io.RawIOBase):
    """Some bytes that were read already, and the stream they came from."""

    def __init__(self, head: bytes, rest: _Counted) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        if not self._head:
            return self._rest.read(size)
        taken = self._head if size < 0 else self._head[:size]
        self._head = self._head[len(taken) :]
        more = self._rest.read(size - len(taken) if size >= 0 else -1)
        return taken + more


class _Counted:
    """A stream that refuses to give more than :data:`MAX_UNPACKED` bytes."""

    def __init__(self, stream: IO[bytes] | io.RawIOBase, path: Path) -> None:
        self._stream = stream
        self._path = path
        self._given = 0

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes."""
        data = self._stream.read(size) or b""
        self._given += len(data)
        if self._given > MAX_UNPACKED:
            raise PaperError(
                "the archive unpacks to too much",
                file=str(self._path),
                expected=f"at most {MAX_UNPACKED} bytes",
                hint="unpack it and name the paper's main file",
            )
        return bytes(data)


def _shown(name: str) -> str:
    """A name fit to be printed."""
    return "".join(each if each.isprintable() else "?" for each in name)[:100]


@contextmanager
def unpacked(path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The archive at ``path`` in a temporary folder that is gone afterwards, and notes."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="sage-write-") as name:
        folder = Path(name).resolve()
        yield folder, unpack(path, folder)
