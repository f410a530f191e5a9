"""Frictionless Data Package v2: CSV or Parquet tables with a ``datapackage.json``.

Format: https://datapackage.org/standard/data-package/ (version 2.0). The
properties that sage-write adds (``experiment`` and ``role`` of a resource,
``setup`` of the package; ``role``, ``unit``, ``better``, ``measure`` and
``statistic`` of a field) are described in ``docs/data.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from writer.dataset import Dataset
from writer.errors import PathError
from writer.files import inside, read_bytes, sha256
from writer.model.experiment import Experiment
from writer.sources import _fields
from writer.sources._csv import Table, read_table
from writer.sources._descriptor import Node, read_document
from writer.sources._facts import READER, read_fact
from writer.sources._source import Source
from writer.sources._tables import read_experiment

DESCRIPTOR = "datapackage.json"
_RESERVED = ("setup",)
"""Names that a table cannot have: the ids of other values begin with them."""


def _read(root: Path, path: Path) -> Dataset:
    folder = inside(root, path if path.is_dir() else path.parent, what="the folder of the data")
    return _Package(root.resolve(), folder).dataset()


@dataclass(frozen=True)
class _Package:
    """A folder with a descriptor."""

    root: Path
    folder: Path

    def dataset(self) -> Dataset:
        shown = _relative(self.root, self.folder / DESCRIPTOR)
        document = read_document(self.folder / DESCRIPTOR, shown)
        resources = document.get("resources")
        if not resources.items():
            raise resources.fail(
                "the descriptor has no resources",
                expected='"resources": [{"name": ..., "path": ...}, ...]',
            )
        files = {shown: document.document.sha256}
        names: set[str] = set()
        experiments: dict[str, Experiment] = {}
        marks: list[Table] = []
        for resource in resources.items():
            name = self.name(resource, names)
            table = self.table(name, resource)
            files[table.file] = table.sha256
            role = resource.get("role").one_of(("cells", "runs"))
            if role == "cells":
                marks.append(table)
            elif role is None:  # the table of all runs is for people and other tools
                experiments[name] = read_experiment(name, resource, table)
        if marks:
            from writer.sources._marks import apply_marks

            for table in marks:
                experiments = apply_marks(table, experiments)
        return Dataset(
            experiments=experiments,
            setup={
                key: read_fact("setup", key, node) for key, node in document.get("setup").entries()
            },
            files=files,
            title=document.get("title").text(""),
            contributors=tuple(_person(node) for node in document.get("contributors").items()),
        )

    def name(self, resource: Node, taken: set[str]) -> str:
        node = resource.object().get("name")
        if node.absent:
            raise node.fail(
                f"'{resource.path}' has no name", expected='{"name": "...", "path": "....csv", ...}'
            )
        name = node.name()
        if name in taken or name in _RESERVED:
            raise node.fail(
                f"two resources are called '{name}'"
                if name in taken
                else f"a resource cannot be called '{name}'",
                expected="another name",
            )
        taken.add(name)
        return name

    def table(self, name: str, resource: Node) -> Table:
        """The CSV or Parquet file of a resource."""
        form = resource.get("format").one_of(("csv", "parquet"))
        resource.get("encoding").one_of(("utf-8", "utf8", "UTF-8"))
        resource.get("dialect").object().get("delimiter").one_of((",",))
        node = resource.get("path")
        path = node.text()
        try:
            file = inside(self.folder, path, what="the path of a resource")
        except PathError as error:
            raise node.fail(
                f"resource '{name}': {error.message}",
                expected=f"a path below {_relative(self.root, self.folder)}",
            ) from error
        shown = _relative(self.root, file)
        wrong = _why_no_file(file)
        if wrong:
            raise node.fail(f"resource '{name}': '{shown[:65]}' {wrong}", expected="a table")
        columns = _fields.names(resource.get("schema"))
        role = resource.get("role").value
        if role == "cells":
            _check_marks(name, resource, columns)
        if role == "runs" and (digest := _as_ingested(file, shown)):
            return Table(shown, digest, columns, (), ())
        if form == "parquet" or (form is None and file.suffix == ".parquet"):
            from writer.sources._parquet_table import read_parquet_table

            return read_parquet_table(file, shown, columns)
        return read_table(file, shown, columns)


def _check_marks(name: str, resource: Node, columns: tuple[str, ...]) -> None:
    from writer.sources._marks import COLUMNS

    for column in COLUMNS:
        if column not in columns:
            raise resource.get("schema").fail(
                f"the cells resource '{name}' has no field '{column}'",
                expected=f"the fields {', '.join(COLUMNS)}",
            )


def _as_ingested(path: Path, shown: str) -> str:
    """The hash of a table whose name ends with it, as ``ingest`` wrote it; else the empty string.

    Nothing here works on such a table of all runs, so its cells need not be read.

    Raises:
        PathError: the file cannot be read.
    """
    digest = sha256(read_bytes(path, shown=shown))
    return digest if path.stem.endswith(f"-{digest[:12]}") else ""


def _why_no_file(path: Path) -> str:
    """Why ``path`` cannot be read as a file; the empty string if it can."""
    try:
        if path.is_file():
            return ""
        return "is a folder, not a file" if path.is_dir() else "does not exist"
    except OSError as error:  # a name that is too long, a folder that may not be entered
        return f"cannot be looked at: {error.strerror}"


def _person(node: Node) -> str:
    """Title of a contributor, or given and family name."""
    given = (node.object().get(key).text("") for key in ("givenName", "familyName"))
    return node.get("title").text("") or " ".join(filter(None, given))


def _relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


SOURCE = Source(
    name=READER,
    expects=f"a folder with a {DESCRIPTOR} (Frictionless Data Package v2)",
    recognises=lambda path: (path / DESCRIPTOR).is_file() or path.name == DESCRIPTOR,
    read=_read,
)
