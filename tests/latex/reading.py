"""Write a paper to a folder and read it back."""

from __future__ import annotations

from pathlib import Path

from writer.latex.blocks import Block, read_blocks
from writer.latex.project import Paper, load_paper


def write(folder: Path, **files: str) -> Path:
    """Write files (``__`` in a name stands for ``/``); the path of ``main.tex``."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".tex")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder / "main.tex"


def paper(folder: Path, **files: str) -> Paper:
    return load_paper(write(folder, **files), folder)


def read(folder: Path, main: str, **files: str) -> tuple[Paper, tuple[Block, ...], tuple[str, ...]]:
    loaded = paper(folder, main=main, **files)
    return (loaded, *read_blocks(loaded))


def text_of(folder: Path, main: str) -> str:
    """The text of all blocks of a fragment, one a line."""
    return "\n".join(block.text for block in read(folder, main)[1])
