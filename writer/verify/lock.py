"""``sage-write.lock``: the hashes of every file that numbers were taken from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from writer.errors import ConfigError
from writer.files import read_text, write_atomic

LOCK_NAME = "sage-write.lock"
SCHEMA = "sage-write/lock/1"


@dataclass(frozen=True, slots=True)
class Changes:
    """How files differ from the lock; ``locked`` says whether there is one."""

    locked: bool
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.changed or self.missing or self.new)


def compare(root: Path, files: Mapping[str, str]) -> Changes:
    """Hold the hashes of ``files`` against the lock in ``root``.

    Raises:
        ConfigError: the lock cannot be read.
    """
    path = root / LOCK_NAME
    if not path.is_file():
        return Changes(locked=False)
    locked = _read(path)
    return Changes(
        locked=True,
        changed=tuple(n for n in sorted(files) if n in locked and locked[n] != files[n]),
        missing=tuple(name for name in sorted(locked) if name not in files),
        new=tuple(name for name in sorted(files) if name not in locked),
    )


def _read(path: Path) -> Mapping[str, str]:
    try:
        document = json.loads(read_text(path, shown=LOCK_NAME))
    except ValueError as error:
        raise _unreadable(str(error)) from error
    files = document.get("files") if isinstance(document, dict) else None
    if not isinstance(files, dict) or document.get("schema") != SCHEMA:
        raise _unreadable("it is of another schema")
    return {str(name): str(digest) for name, digest in files.items()}


def _unreadable(why: str) -> ConfigError:
    return ConfigError(
        f"cannot be read as a lock: {why}",
        file=LOCK_NAME,
        expected=f'JSON with "schema": "{SCHEMA}"',
        hint="'sage-write verify --lock' writes it anew",
    )


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Record the hashes of ``files``.

    Raises:
        PathError: the file cannot be written.
    """
    path = root / LOCK_NAME
    document = {"schema": SCHEMA, "files": dict(sorted(files.items()))}
    write_atomic(path, json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    return path
