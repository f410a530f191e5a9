"""A LaTeX paper and the files it reads, flattened into one text with a map back."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from writer.errors import PaperError, PathError
from writer.files import decode, inside, read_bytes
from writer.latex.mask import Masked, blank, mask

MAX_TOTAL = 20 * 1024 * 1024
"""Most bytes of all files, and most characters of the flattened text."""

MAX_DEPTH = 50
"""How deep files may read one another."""

MAX_INPUTS = 5000
"""How many times files may be read in all."""

MAX_NOTES = 200
"""How many notes are kept; more say nothing new."""

_INPUT = re.compile(
    r"\\(?P<macro>input|include|subfile|subfileinclude)(?![a-zA-Z@])\s*"
    r"(?:\{(?P<braced>[^{}\n]*)\}|(?P<bare>[^\s{}\\%\[\]#,;$&~^]+))"
    r"|\\(?P<importer>(?:sub)?(?:import|inputfrom|includefrom))(?![a-zA-Z@])\*?\s*"
    r"\{(?P<folder>[^{}\n]*)\}\s*\{(?P<file>[^{}\n]*)\}"
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
class Location:
    """A place in a file of the paper.

    Attributes:
        file: relative to the root, with forward slashes.
        line: 1-based line.
        column: 1-based column, in characters.
    """

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the flattened text that was copied from one file.

    Attributes:
        start: its offset in the flattened text.
        file: index of the file in :attr:`Paper.files`.
        offset: its offset in that file.
    """

    start: int
    file: int
    offset: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A flattened paper.

    Attributes:
        files: the files read, relative to the root; the main file first.
        text: the source with inputs expanded and unread parts blank.
        notes: what could not be read, in words.
        segments: where each part of ``text`` came from, by ascending start.
        lines: for each file, the offset at which each of its lines starts.
        gaps: spans of ``text`` that TeX never sees (comments, ``\\iffalse``).
        listings: how many listings are masked in ``text``.
        texts: each file as it was read, nothing masked.
    """

    files: tuple[str, ...]
    text: str
    notes: tuple[str, ...]
    segments: tuple[Segment, ...] = field(default=(), repr=False)
    lines: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    gaps: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    listings: int = 0
    texts: tuple[str, ...] = field(default=(), repr=False)

    def place(self, offset: int) -> Location:
        """The file, line and column of the character at ``offset`` of :attr:`text`.

        An offset outside the text counts as its nearest end.
        """
        offset = min(max(offset, 0), len(self.text))
        if not self.segments:
            before = self.text[:offset]
            column = offset - (before.rfind("\n") + 1) + 1
            return Location(self.files[0] if self.files else "", before.count("\n") + 1, column)
        index = bisect_right(self.segments, offset, key=lambda each: each.start) - 1
        segment = self.segments[max(index, 0)]
        inner = segment.offset + offset - segment.start
        starts = self.lines[segment.file]
        line = bisect_right(starts, inner)
        return Location(self.files[segment.file], line, inner - starts[line - 1] + 1)


def load_paper(path: Path, root: Path) -> Paper:
    """Read a paper and the files it inputs.

    Args:
        path: the main file; relative paths count from the current folder, and from
            ``root`` where that finds nothing.
        root: the folder that no file may lie outside of.

    Raises:
        PaperError: the main file cannot be read, a file is not UTF-8, or the files
            hold more than :data:`MAX_TOTAL` bytes.
    """
    try:
        base = root.resolve()
        main = path if path.is_absolute() or not path.exists() else path.resolve()
        loader = _Loader(base, inside(base, main, what="paper"))
        loader.main()
    except PathError as error:
        raise _as_paper_error(error) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise PaperError(f"cannot be read: {error}", file=str(path)) from error
    return loader.paper()


def _as_paper_error(error: PathError) -> PaperError:
    return PaperError(
        error.message, file=error.file, line=error.line, expected=error.expected, hint=error.hint
    )


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was read: its index among the paper's files and its masked text."""

    index: int
    masked: Masked


@dataclass(slots=True)
class _Loader:
    """Reads files and lays their pieces one after the other."""

    root: Path
    start: Path
    names: list[str] = field(default_factory=list)
    lines: list[tuple[int, ...]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    read: dict[Path, _File] = field(default_factory=dict)
    open: list[Path] = field(default_factory=list)
    macros: dict[str, str] = field(default_factory=dict)
    listings: int = 0
    length: int = 0
    size: int = 0
    inputs: int = 0

    def main(self) -> None:
        """Lay out the main file, and with it all others."""
        self._lay(self.start, self._file(self.start), main=True)

    def paper(self) -> Paper:
        """What was laid out."""
        return Paper(
            files=tuple(self.names),
            text="".join(self.pieces),
            notes=tuple(self.notes)[:MAX_NOTES],
            segments=tuple(self.segments),
            lines=tuple(self.lines),
            gaps=tuple(self.gaps),
            listings=self.listings,
            texts=tuple(self.texts),
        )

    def _file(self, path: Path) -> _File:
        if path in self.read:
            return self.read[path]
        shown = path.relative_to(self.root).as_posix()
        data = read_bytes(path, shown=shown)
        self.size += len(data)
        self._check(self.size, shown)
        text = decode(data, shown)
        masked = mask(text)
        for note in masked.notes:
            self.notes[f"{shown}: {note}"] = None
        for match in _DEFINITION.finditer(masked.text):
            self.macros.setdefault(match[1] or match[2], match[3])
        self.read[path] = _File(len(self.names), masked)
        self.names.append(shown)
        self.texts.append(text)
        self.lines.append((0, *(match.end() for match in re.finditer("\n", text))))
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
            name = match["braced"] or match["bare"] or match["file"]
            if not name or "#" in name:
                continue
            found = self._resolve(name.strip(), match["folder"], path, match.start())
            if found is not None:
                self._copy(file, text, done, match.start())
                self._lay(found, self._file(found))
                done = match.end()
        self._copy(file, text, done, len(text))
        if not main and text and not text.endswith("\n"):
            self._copy(file, text + "\n", len(text), len(text) + 1)
        self.open.pop()

    def _copy(self, file: _File, text: str, start: int, end: int) -> None:
        if start == end:
            return
        shift = self.length - start
        self.segments.append(Segment(self.length, file.index, start))
        self.pieces.append(text[start:end])
        self.length += end - start
        self._check(self.length, self.names[file.index])
        gaps = file.masked.gaps
        for index in range(bisect_right(gaps, (start, -1)), len(gaps)):
            first, last = gaps[index]
            if last > end:
                break
            self.gaps.append((first + shift, last + shift))

    def _resolve(self, name: str, folder: str | None, by: Path, offset: int) -> Path | None:
        """The file that an input names, or ``None`` and a note."""
        shown = by.relative_to(self.root).as_posix()
        line = bisect_right(self.lines[self.read[by].index], offset)
        written = f"{shown}:{line}: the input '{(folder or '') + name}'"
        found, why = None, "is missing"
        for candidate in self._expanded((folder or "").strip() + name):
            found, why = self._find(candidate, by.parent)
            if found is not None:
                break
        if found is not None:
            why = self._refusal(found)
        if why:
            self.notes[f"{written} {why}"] = None
            return None
        self.inputs += 1
        return found

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

    def _find(self, name: str, folder: Path) -> tuple[Path | None, str]:
        outside = False
        name = name.strip('"')
        for base in dict.fromkeys((self.start.parent, folder)):
            for candidate in (f"{name}.tex", name) if not name.endswith(".tex") else (name,):
                try:
                    path = inside(self.root, base / candidate, what="input")
                    if path.is_file():
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


def _body(text: str) -> str:
    """``text`` with all but the document's body blank, where it has one of its own."""
    begin = _DOCUMENT.search(text)
    if begin is None:
        return text
    end = _DOCUMENT_END.search(text, begin.end())
    last, rest = (end.start(), end.start()) if end else (len(text), len(text))
    return blank(text[: begin.end()]) + text[begin.end() : last] + blank(text[rest:])
