"""What a reader of one format offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from writer.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Source:
    """The reader of one data format.

    Attributes:
        name: of the format, as it stands in provenance.
        expects: what it recognises, in words, for error messages.
        recognises: whether a path is in this format.
        read: makes a dataset of it; gets the project's root and the path.
    """

    name: str
    expects: str
    recognises: Callable[[Path], bool]
    read: Callable[[Path, Path], Dataset]
