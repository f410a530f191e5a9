"""Reading and writing files safely: bounded, hashed, whole or not at all."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from writer.errors import PathError

MAX_INPUT_BYTES = 64 * 1024 * 1024
"""Largest text file read whole; a table or paper beyond it is refused, not truncated."""


def inside(root: Path, path: Path | str, *, what: str = "path") -> Path:
    """Resolve ``path`` against ``root`` and insist that it stays inside.

    Raises:
        PathError: the resolved path (symbolic links followed) leaves ``root``, or
            it cannot be resolved.
    """
    try:
        base = root.resolve()
        resolved = (base / path).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a NUL byte
        raise PathError(f"{what} {str(path)!r} is no path: {error}") from error
    if not resolved.is_relative_to(base):
        raise PathError(
            f"{what} '{path}' leads outside the project",
            file=str(path),
            expected=f"a path below {root}",
            hint="move the file into the project, or correct the path",
        )
    return resolved


def read_bytes(path: Path, *, shown: str | None = None) -> bytes:
    """Read a whole file of at most :data:`MAX_INPUT_BYTES`.

    Raises:
        PathError: the file is missing, not a regular file, unreadable or too large.
    """
    name = shown or str(path)
    try:
        if path.is_dir():
            raise PathError("this is a folder, not a file", file=name, hint="name a file in it")
        if path.exists() and not path.is_file():
            raise PathError("this is not a regular file", file=name)
        if path.stat().st_size > MAX_INPUT_BYTES:
            raise PathError(
                f"the file has {path.stat().st_size} bytes",
                file=name,
                expected=f"at most {MAX_INPUT_BYTES} bytes",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PathError(
            "there is no such file", file=name, hint="check the name and the folder"
        ) from error
    except (OSError, ValueError) as error:
        raise PathError(f"cannot be read: {_why(error)}", file=name) from error


def read_text(path: Path, *, shown: str | None = None) -> str:
    """Read a UTF-8 text file; a byte order mark is dropped.

    Raises:
        PathError: as :func:`read_bytes`, or the bytes are not UTF-8.
    """
    return decode(read_bytes(path, shown=shown), shown or str(path))


def decode(data: bytes, shown: str) -> str:
    """Decode UTF-8, naming the first bad line otherwise.

    Raises:
        PathError: the bytes are not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PathError(
            f"the text is not UTF-8 (byte 0x{data[error.start]:02x})",
            file=shown,
            line=line,
            expected="UTF-8",
            hint="save the file as UTF-8",
        ) from error


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def write_atomic(path: Path, data: bytes | str) -> None:
    """Write ``data`` to ``path`` whole or not at all.

    The bytes go to a temporary file in the same folder, which is then renamed
    over ``path``; a failure leaves what was there before. A device or a pipe, such as
    ``/dev/null`` or ``/dev/stdout``, is written to: renaming would put a file in its place.

    Raises:
        PathError: the folder cannot be made or written.
    """
    import tempfile  # with what it needs, a hundredth of the start of who only reads

    try:
        payload = data.encode("utf-8") if isinstance(data, str) else data
        if _is_device(path):
            path.write_bytes(payload)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except (OSError, ValueError) as error:
        raise PathError(
            f"cannot be written: {_why(error)}",
            file=str(path),
            hint="choose a folder you may write to with -o" if isinstance(error, OSError) else None,
        ) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(payload)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise PathError(f"cannot be written: {_why(error)}", file=str(path)) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _is_device(path: Path) -> bool:
    """Whether something is there that is neither a file nor a folder."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _why(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
