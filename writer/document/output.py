"""Writing a section to disk without overwriting what an author changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from writer import __version__
from writer.document.section import Section
from writer.files import read_bytes, sha256, write_atomic

_HEADER = re.compile(r"% Written by sage-write [^\n]*\n% [^\n]*\n% sha256 ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        paths: every file written, the section first.
        kept: the section's file if an author edited it and it was left alone.
        beside: where the new text is then.
    """

    paths: tuple[Path, ...]
    kept: Path | None = None
    beside: Path | None = None


def with_header(tex: str) -> str:
    """``tex`` below three comment lines that say who wrote it and what it was."""
    return (
        f"% Written by sage-write {__version__}. A number in \\measured{{id}}{{...}} is bound to\n"
        "% a measurement: see provenance.json. Edits to this file are never overwritten silently.\n"
        f"% sha256 {sha256(tex.encode())}\n{tex}"
    )


def edited(text: str) -> bool:
    """Whether a written file was changed since, or was not written by sage-write."""
    match = _HEADER.match(text)
    return match is None or sha256(text[match.end() :].encode()) != match[1]


def write_section(section: Section, folder: Path, *, force: bool) -> Written:
    """Write the section, its tables and its figures into ``folder``.

    A file that an author edited stays, and the new one is written beside it as
    ``NAME.new.tex``, unless ``force``. The section itself is written last, so
    that it never refers to a table or figure that is not there.

    Raises:
        PathError: the folder cannot be written.
    """
    paths = []
    for file in section.files:
        target = folder / file.path
        if target.suffix == ".tex":
            target = _write_text(target, file.data.decode(), force=force)
        else:
            write_atomic(target, file.data)
        paths.append(target)
    plain = folder / f"{section.name}.tex"
    target = _write_text(plain, section.tex, force=force)
    if target != plain:
        return Written((target, *paths), kept=plain, beside=target)
    return Written((target, *paths))


def _write_text(path: Path, tex: str, *, force: bool) -> Path:
    """Write ``tex`` to ``path``, or beside it if an author edited what is there."""
    beside = path.with_suffix(".new.tex")
    if not force and path.exists() and _edited_file(path):
        write_atomic(beside, with_header(tex))
        return beside
    write_atomic(path, with_header(tex))
    beside.unlink(missing_ok=True)  # of an earlier time, when the file was an edited one
    return path


def _edited_file(path: Path) -> bool:
    try:
        text = read_bytes(path).decode("utf-8")
    except UnicodeDecodeError:  # saved by an editor in another encoding
        return True
    return edited(text)
