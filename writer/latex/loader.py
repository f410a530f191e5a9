"""Reads the files of a paper and lays them one after the other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from writer.errors import PaperError, PathError
from writer.files import inside, read_bytes
from writer.latex.conditionals import hide, unread_branches
from writer.latex.encoding import decode
from writer.latex.expand import plain_definitions
from writer.latex.mask import Masked, blank, excluded, mask
from writer.latex.project import Paper, Segment

MAX_TOTAL = 20 * 1024 * 1024
"""Most bytes of all files, and most characters of the flattened text."""

MAX_DEPTH = 50
"""How deep files may read one another."""

MAX_INPUTS = 5000
"""How many times files may be read in all."""

MAX_STYLES = 40
"""How many packages of one ``\\usepackage`` are looked for beside the paper."""

MAX_NOTES = 200
"""How many notes are kept; more say nothing new."""

_INPUT = re.compile(
    r"\\(?P<macro>input|include|subfile|subfileinclude)(?![a-zA-Z@])\s*"
    r"(?:\{(?P<braced>[^{}\n]*)\}|(?P<bare>[^\s{}\\%\[\]#,;$&~^]+))"
    r"|\\(?P<importer>(?:sub)?(?:import|inputfrom|includefrom))(?![a-zA-Z@])\*?\s*"
    r"\{(?P<folder>[^{}\n]*)\}\s*\{(?P<file>[^{}\n]*)\}"
    r"|\\(?:usepackage|RequirePackage)\s*(?:\[[^\]]{0,500}\]\s*)?\{(?P<packages>[^{}\\]{1,500})\}"
    r"|\\\\"
)
_LEADING_MACRO = re.compile(r"\\([a-zA-Z@]+)\s*(?:\{\})?")
_DEFINITION = re.compile(
    r"\\(?:(?:(?:re)?new|provide)command\*?\s*\{?\\([a-zA-Z@]+)\}?|def\s*\\([a-zA-Z@]+))\s*"
    r"\{([^{}\\\n]{0,200})\}"
)
_DOCUMENT = re.compile(r"\\begin\s*\{document\}")
_DOCUMENT_END = re.compile(r"\\end\s*\{document\}")


@dataclass(frozen=True, slots=True)
class _File:
    """A text that was read.

    Attributes:
        index: of the file among the paper's files.
        masked: its masked text.
        offset: where in the file that begins; not zero for what ``filecontents`` holds.
    """

    index: int
    masked: Masked
    offset: int = 0


@dataclass(slots=True)
class Loader:
    """Reads files and lays their pieces one after the other."""

    root: Path
    start: Path
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    lines: list[tuple[int, ...]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    read: dict[Path, _File] = field(default_factory=dict)
    open: list[Path] = field(default_factory=list)
    macros: dict[str, str] = field(default_factory=dict)
    embedded: dict[Path, _File] = field(default_factory=dict)
    found: dict[tuple[str, Path, bool], tuple[Path | None, str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    dropped: list[tuple[int, str]] = field(default_factory=list)
    listings: int = 0
    length: int = 0
    size: int = 0
    inputs: int = 0

    def main(self) -> None:
        """Lay out the main file, and with it all others."""
        file = self._file(self.start)
        if file is None:
            raise PaperError(
                "this is no text",
                file=self.start.relative_to(self.root).as_posix(),
                expected="LaTeX in UTF-8, UTF-16 or Latin-1",
                hint="name the paper's main file, a folder or an archive of its sources",
            )
        self._lay(self.start, file, main=True)

    def paper(self) -> Paper:
        """What was laid out."""
        text = "".join(self.pieces)
        text, gaps = hide(text, self.gaps, unread_branches(text))
        return Paper(
            files=tuple(self.names),
            text=text,
            notes=tuple(self.notes)[:MAX_NOTES],
            segments=tuple(self.segments),
            lines=tuple(self.lines),
            gaps=tuple(gaps),
            listings=self.listings,
            dropped=tuple(self.dropped),
            texts=tuple(self.texts),
        )

    def _file(self, path: Path) -> _File | None:
        """What was read of a file; ``None`` for what is no text."""
        if path in self.read:
            return self.read[path]
        shown = path.relative_to(self.root).as_posix()
        data = read_bytes(path, shown=shown)
        self.size += len(data)
        self._check(self.size, shown)
        decoded = decode(data)
        if decoded is None:
            return None
        if decoded.note:
            self.notes[f"{shown}: {decoded.note}"] = None
        self.hidden |= excluded(decoded.text)
        masked = mask(decoded.text, self.hidden)
        for note in masked.notes:
            self.notes[f"{shown}: {note}"] = None
        for match in _DEFINITION.finditer(masked.text):
            self.macros.setdefault(match[1] or match[2], match[3])
        index = len(self.names)
        self.read[path] = _File(index, masked)
        self.names.append(shown)
        self.texts.append(decoded.text)
        self.lines.append((0, *(match.end() for match in re.finditer("\n", decoded.text))))
        for name, start, end in masked.embedded:
            inner = mask(decoded.text[start:end], self.hidden)
            self.embedded.setdefault(self.start.parent / name, _File(index, inner, start))
        return self.read[path]

    def _check(self, size: int, shown: str) -> None:
        if size > MAX_TOTAL:
            raise PaperError(
                "with this file the paper is too large",
                file=shown,
                expected=f"at most {MAX_TOTAL} bytes in all files",
            )

    def _lay(self, path: Path, file: _File, *, main: bool = False) -> None:
        text = file.masked.text if main else _body(file.masked.text)
        self.listings += file.masked.listings
        self.open.append(path)
        done = 0
        for match in _INPUT.finditer(text):
            if match["packages"] is not None:
                self._copy(file, text, done, match.end())
                done = match.end()
                self._styles(match["packages"], path)
                continue
            name = match["braced"] or match["bare"] or match["file"]
            if not name or "#" in name:
                continue
            found = self._resolve(name.strip(), match["folder"], path, file, match.start())
            if found is not None:
                self._copy(file, text, done, match.start())
                self._lay(*found)
                done = match.end()
        self._copy(file, text, done, len(text))
        if not main and text and not text.endswith("\n"):
            self._copy(file, text + "\n", len(text), len(text) + 1)
        self.open.pop()

    def _styles(self, packages: str, by: Path) -> None:
        """Lay out the plain macros of the style files that lie beside the paper."""
        for package in packages.split(",")[:MAX_STYLES]:
            path, _ = self._find(f"{package.strip()}.sty", by.parent, exact=True)
            if path is None or path in self.read:
                continue
            file = self._file(path)
            if file is None:
                continue
            text = file.masked.text
            for start, end in plain_definitions(text):
                self._copy(file, text[:end] + "\n", start, end + 1)

    def _copy(self, file: _File, text: str, start: int, end: int) -> None:
        if start == end:
            return
        shift = self.length - start
        self.segments.append(Segment(self.length, file.index, file.offset + start))
        self.pieces.append(text[start:end])
        self.length += end - start
        self._check(self.length, self.names[file.index])
        self.gaps += (
            (first + shift, last + shift) for first, last in _within(file.masked.gaps, start, end)
        )
        self.dropped += (
            (offset + shift, rest)
            for offset, rest in file.masked.dropped[bisect_left(file.masked.dropped, (start, "")) :]
            if offset < end
        )

    def _resolve(
        self, name: str, folder: str | None, by: Path, file: _File, offset: int
    ) -> tuple[Path, _File] | None:
        """The file that an input names, or ``None`` and a note."""
        line = bisect_right(self.lines[file.index], file.offset + offset)
        written = f"{self.names[file.index]}:{line}: the input '{(folder or '') + name}'"
        found, why = None, "is missing"
        for candidate in self._expanded((folder or "").strip() + name):
            found, why = self._find(candidate, by.parent)
            if found is not None:
                break
        content = None
        if found is not None:
            why = self._refusal(found)
            content = None if why else self.embedded.get(found) or self._file(found)
            why = why or ("" if content else "is no text and is not read")
        if found is None or content is None:
            self.notes[f"{written} {why}"] = None
            return None
        self.inputs += 1
        return found, content

    def _expanded(self, name: str) -> list[str]:
        """The name with its leading macro as it was defined, then without it.

        Sections of sage-write name their tables by ``\\sagewritepath tables/x.tex``.
        """
        macro = _LEADING_MACRO.match(name)
        if macro is None:
            return [name]
        rest = name[macro.end() :]
        value = self.macros.get(macro[1], "")
        return [value + rest, rest] if value else [rest]

    def _find(self, name: str, folder: Path, *, exact: bool = False) -> tuple[Path | None, str]:
        """The file that a name means for a file in ``folder``; looked up once."""
        key = (name, folder, exact)
        if key not in self.found:
            self.found[key] = self._look_up(name, folder, exact=exact)
        return self.found[key]

    def _look_up(self, name: str, folder: Path, *, exact: bool) -> tuple[Path | None, str]:
        outside = False
        name = name.strip('"')
        names = (name,) if exact or name.endswith(".tex") else (f"{name}.tex", name)
        for base in dict.fromkeys((self.start.parent, folder, self.root)):
            for candidate in names:
                try:
                    path = inside(self.root, base / candidate, what="input")
                    if path.is_file() or path in self.embedded:
                        return path, ""
                except PathError:
                    outside = True
                except (OSError, ValueError):
                    continue
        if outside:
            return None, "leads outside the project and is not read"
        return None, "is missing"

    def _refusal(self, path: Path) -> str:
        if path in self.open:
            return "reads itself again and is left out"
        if len(self.open) >= MAX_DEPTH:
            return f"is nested more than {MAX_DEPTH} files deep and is not read"
        if self.inputs >= MAX_INPUTS:
            return f"is not read, being beyond {MAX_INPUTS} inputs"
        return ""


def _within(gaps: tuple[tuple[int, int], ...], start: int, end: int) -> Iterator[tuple[int, int]]:
    for index in range(bisect_right(gaps, (start, -1)), len(gaps)):
        if gaps[index][1] > end:
            break
        yield gaps[index]


def _body(text: str) -> str:
    """``text`` with all but the document's body blank, where it has one of its own."""
    begin = _DOCUMENT.search(text)
    if begin is None:
        return text
    end = _DOCUMENT_END.search(text, begin.end())
    last, rest = (end.start(), end.start()) if end else (len(text), len(text))
    return blank(text[: begin.end()]) + text[begin.end() : last] + blank(text[rest:])
