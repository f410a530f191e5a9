"""Readers of data: one module per format, found by being in this folder.

A module offers ``SOURCE``: a :class:`Source` of measured tables, or a
:class:`RunSource` of raw results. :func:`read` asks each source of tables whether
it recognises a path and lets the first that does read it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from writer.cache import Cache
from writer.dataset import Dataset
from writer.discover import modules
from writer.errors import DataError, PathError, ToolError
from writer.fanout import Backend
from writer.model.run import RunSet
from writer.model.sample_format import SampleMapping
from writer.sources._folder import read_folder
from writer.sources._run_source import RunSource
from writer.sources._source import Source

__all__ = [
    "RunSource",
    "Source",
    "http_address",
    "read",
    "read_runs",
    "recognised",
    "run_sources",
    "sources",
]

S = TypeVar("S", Source, RunSource)


@cache
def sources() -> tuple[Source, ...]:
    """Every source, by name.

    Raises:
        ToolError: two sources have one name.
    """
    return _found(Source)


@cache
def run_sources() -> tuple[RunSource, ...]:
    """Every reader of raw results, by name.

    Raises:
        ToolError: two of them have one name.
    """
    return _found(RunSource)


def _found(kind: type[S]) -> tuple[S, ...]:
    found: dict[str, S] = {}
    for module in modules(sys.modules[__name__]):
        source = module.SOURCE
        if not isinstance(source, kind):
            continue
        if source.name in found:
            raise ToolError(f"two sources are called '{source.name}'")
        found[source.name] = source
    return tuple(found.values())


def read(root: Path, path: Path) -> Dataset:
    """Read ``path`` with the source that recognises it.

    Args:
        root: the project's root; files are named relative to it.
        path: a folder or file inside ``root``.

    Raises:
        DataError: no source recognises the path, the one that does cannot read it,
            or two values have one id.
        PathError: a file cannot be read, or lies outside ``root``.
    """
    source = recognised(path)
    if source is not None:
        dataset = source.read(root, path)
        dataset.ids()  # raises where two values share one
        return dataset
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    raise DataError(
        "nothing here is in a format that sage-write reads"
        if path.exists()
        else "there is no such folder",
        file=str(shown),
        expected="; ".join(source.expects for source in sources()),
        hint="'sage-write ingest RESULTS' makes tables of raw results, "
        "'sage-write init DIR' a small project to start from",
    )


def recognised(path: Path) -> Source | None:
    """The source of tables that recognises ``path``.

    Raises:
        PathError: it cannot be looked at.
    """
    return next((source for source in sources() if _recognises(source, path)), None)


def read_runs(
    path: Path,
    *,
    mappings: tuple[SampleMapping, ...] = (),
    progress: Callable[[int, int, int], None] | None = None,
    backend: Backend = Backend.LOCAL,
    cache: Cache | None = None,
) -> RunSet:
    """Every run below ``path``, by whichever reader takes its file.

    Args:
        path: a folder of results, or one result, or the http address of a server that has some.
        mappings: of samples in files of the author's own.
        progress: called with the files done, the files in all, and the bytes of the results.
        backend: where files are read.
        cache: of what was found in the same bytes before; None to look at each file.

    Raises:
        PathError: there is no such folder, or it holds too many files.
        DataError: what answers at the address is not what a reader expects, or nothing does.
    """
    address = http_address(path)
    for source in run_sources() if address else ():
        if source.read_address is not None:
            return source.read_address(address)
    return read_folder(
        path,
        run_sources,
        mappings=mappings,
        progress=progress,
        backend=backend,
        cache=cache,
    )


def http_address(path: Path) -> str:
    """The address that ``path`` was made of; the empty string for a path.

    >>> http_address(Path("http://localhost:5000")), http_address(Path("results"))
    ('http://localhost:5000', '')
    """
    if len(path.parts) < 2 or path.parts[0] not in ("http:", "https:"):
        return ""
    return f"{path.parts[0]}//{'/'.join(path.parts[1:])}"


def _recognises(source: Source, path: Path) -> bool:
    try:
        return source.recognises(path)
    except (OSError, ValueError) as error:
        raise PathError(f"cannot be looked at: {error}", file=str(path)) from error
