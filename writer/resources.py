"""Files that travel with the program: templates and the demo's data."""

from __future__ import annotations

from pathlib import Path


def folder(name: str) -> Path:
    """The packaged folder ``templates`` or ``data``.

    In an installed wheel it lies inside the package, in a checkout beside it.
    """
    packaged = Path(__file__).parent / "_bundled" / name
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / name
