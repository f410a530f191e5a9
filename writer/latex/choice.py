"""Which file of a folder is the paper: those with a class and a document of their own.

Where no file has a class, an input names it, and the document alone counts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from writer.errors import PaperError
from writer.latex.archive import is_archive, unpacked
from writer.latex.encoding import decode
from writer.latex.mask import mask

MAX_FILES = 5000
"""How many LaTeX files of a folder are looked at."""

MAX_DEPTH = 12
"""How deep folders may lie in one another."""

MAX_SIZE = 20 * 1024 * 1024
"""Most bytes of a file that is looked at."""

MOST_OTHERS = 3
"""How many other files that could be the paper a note names."""

_CLASS = re.compile(r"\\document(?:class|style)\s*(?:\[[^\]]*\])?\s*\{\s*([^{}]*?)\s*\}")
_DOCUMENT = re.compile(r"\\begin\s*\{document\}")
_ABSTRACT = re.compile(r"\\begin\s*\{abstract\}|\\abstract(?![a-zA-Z])|\{abstract\}", re.IGNORECASE)
_SECTION = re.compile(r"\\section(?![a-zA-Z])")
_INPUT = re.compile(r"\\(?:input|include|subfile|import)(?![a-zA-Z])")
_NO_LATEX = re.compile(
    r"\.(?:jsonl?|ndjson|[ct]sv|parquet|ya?ml|toml|xml|html?|md|rst|bib|py|ipynb|bbl|aux|log)",
    re.IGNORECASE,
)
"""What is refused as a paper, unless it has a document after all."""

_PART_CLASSES = frozenset(["subfiles", "standalone"])
_OTHER_CLASSES = frozenset(["beamer", "letter", "tikzposter", "moderncv", "ltxdoc"])
_USUAL = {"main": 3, "ms": 3, "paper": 3, "manuscript": 2, "article": 2, "root": 2, "arxiv": 2}
_UNUSUAL = re.compile(
    r"sample|template|example|supp|appendix|rebuttal|response|cover|letter|slides|poster|backup"
    r"|(?<![a-z])old|diff|draft|proposal|thesis|presentation|conference_\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Input:
    """What a user named, ready to be read.

    Attributes:
        main: the main file of the paper.
        root: the folder that it may read.
        others: further files that could be the paper, likeliest first; each relative
            to ``root``.
        notes: how the file was chosen and what of an archive was refused, in words.
    """

    main: Path
    root: Path
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@contextmanager
def open_input(path: Path, root: Path) -> Iterator[Input]:
    """A main file, a folder or an archive, as a main file in a root.

    Args:
        path: what the user named.
        root: what ``path`` may read; a folder outside it, and an archive, are roots of their own.

    Raises:
        PaperError: the folder or archive holds no main file, or cannot be read.
    """
    if path.is_dir():
        chosen = choose(path)
        base = root.resolve()
        inner = chosen.main.is_relative_to(base)
        yield replace(chosen, root=base) if inner else chosen
    elif path.is_file() and path.suffix.lower() not in {".tex", ".ltx"} and is_archive(path):
        with unpacked(path) as (folder, notes):
            chosen = choose(folder, shown=path.name)
            yield Input(chosen.main, chosen.root, chosen.others, (*notes, *chosen.notes))
    else:
        _is_latex(path)
        yield Input(path, root)


def _is_latex(path: Path) -> None:
    """Refuse a file that is data or another language: a % in it hides nothing.

    Raises:
        PaperError: it is, by its name and by what it lacks.
    """
    if _NO_LATEX.fullmatch(path.suffix) and path.is_file() and not _document(path)[1]:
        raise PaperError(
            f"a {path.suffix} file is no paper",
            file=str(path),
            expected="a .tex file, a folder, or an archive of the paper's sources",
            hint="--data and --runs name what the paper is held against",
        )


def choose(folder: Path, *, shown: str = "") -> Input:
    """The paper in ``folder``; a choice among several is told in the notes.

    Raises:
        PaperError: no file there has a class and a document.
    """
    root = folder.resolve()
    found = _ranked(_candidates(root)) or _ranked(_candidates(root, with_class=False))
    if not found:
        raise PaperError(
            "no file there is a paper's main file",
            file=shown or str(folder),
            expected=r"a .tex file with \documentclass and \begin{document}",
            hint="name the file",
        )
    main, *others = (name for _, name in found)
    notes: tuple[str, ...] = ()
    if others:
        listed = ", ".join(others[:MOST_OTHERS]) + (", ..." if len(others) > MOST_OTHERS else "")
        notes = (
            f"{main} is read as the paper; {len(others)} more file{'s' * (len(others) > 1)} "
            f"could be one: {listed}",
        )
    return Input(root / main, root, tuple(others), notes)


def _ranked(found: Iterator[tuple[float, str]]) -> list[tuple[float, str]]:
    return sorted(found, key=lambda item: (-item[0], item[1]))


def _candidates(root: Path, *, with_class: bool = True) -> Iterator[tuple[float, str]]:
    """A score and the name of each file that could be the paper.

    Args:
        root: the folder.
        with_class: only files that name their class; in some papers an input does.
    """
    for path in _files(root):
        kind, text = _document(path)
        if kind or (text and not with_class):
            name = path.relative_to(root).as_posix()
            yield _score(path.stem.lower(), name, kind, text), name


def is_main(path: Path) -> bool:
    """Whether the file at ``path`` has a class and a document of its own."""
    return bool(_document(path)[0])


def _document(path: Path) -> tuple[str, str]:
    """The class and the masked text of a main file, without a class an empty one; else two
    empty texts."""
    try:
        decoded = decode(path.read_bytes()) if path.stat().st_size <= MAX_SIZE else None
    except OSError:
        return "", ""
    if decoded is None or "{document}" not in decoded.text:
        return "", ""
    text = mask(decoded.text).text
    kind = _CLASS.search(text)
    if _DOCUMENT.search(text) is None or (kind and kind[1] in _PART_CLASSES):
        return "", ""
    return kind[1] if kind else "", text


def _score(stem: str, name: str, kind: str, text: str) -> float:
    score = float(_USUAL.get(stem, 0)) - 1.5 * name.count("/")
    score += 2 if _ABSTRACT.search(text) else 0
    sections = len(_SECTION.findall(text)) + len(_INPUT.findall(text))
    score += min(sections, 6) / 3 + min(len(text), 60_000) / 60_000
    score -= 4 if _UNUSUAL.search(name) else 0
    return score - (6 if kind in _OTHER_CLASSES else 0)


def _files(root: Path) -> Iterator[Path]:
    """The LaTeX files below ``root``, links and hidden folders left out."""
    count = 0
    for name, folders, files in os.walk(root):
        place = Path(name)
        deep = len(place.relative_to(root).parts) >= MAX_DEPTH
        folders[:] = [] if deep else sorted(each for each in folders if not each.startswith("."))
        for each in sorted(files):
            path = place / each
            if path.suffix.lower() not in {".tex", ".ltx", ".latex"} or path.is_symlink():
                continue
            count += 1
            if count > MAX_FILES:
                return
            yield path
