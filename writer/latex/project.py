"""A LaTeX paper and the files it reads, flattened into one text with a map back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from writer.errors import PaperError, PathError
from writer.files import inside


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
        dropped: for each ``%`` behind a digit, or behind a space or ``$`` behind one, its
            offset in ``text`` and what of its line it hides; TeX prints neither.
    """

    files: tuple[str, ...]
    text: str
    notes: tuple[str, ...]
    segments: tuple[Segment, ...] = field(default=(), repr=False)
    lines: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    gaps: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    listings: int = 0
    texts: tuple[str, ...] = field(default=(), repr=False)
    dropped: tuple[tuple[int, str], ...] = field(default=(), repr=False)

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
        PaperError: the main file cannot be read or is no text, or the files hold more
            than :data:`writer.latex.loader.MAX_TOTAL` bytes.
    """
    from writer.latex.loader import Loader

    try:
        base = root.resolve()
        main = path if path.is_absolute() or not path.exists() else path.resolve()
        loader = Loader(base, inside(base, main, what="paper"))
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
