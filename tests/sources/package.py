"""A small valid data package that tests break in one place each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from writer.dataset import Dataset
from writer.errors import SageWriteError
from writer.sources import read

CSV = """\
threads,rate,note
1,10.0,warm
2,19.5,
4,,cold
"""
CELLS_HEADER = "table,level,column,grade,invented,reason,source"


def descriptor() -> dict[str, Any]:
    """A package with one table and a table of cells."""
    return {
        "title": "Threads",
        "contributors": [{"title": "Ada"}, {"givenName": "Grace", "familyName": "Hopper"}],
        "setup": {"cores": {"value": 8, "unit": "cores", "title": "CPU cores"}, "os": "Linux"},
        "resources": [
            {
                "name": "threads",
                "title": "Thread scaling",
                "path": "threads.csv",
                "schema": {
                    "missingValues": ["", "-"],
                    "fields": [
                        {"name": "threads", "type": "integer", "role": "factor"},
                        {
                            "name": "rate",
                            "type": "number",
                            "unit": "tasks/s",
                            "better": "higher",
                            "measure": "throughput",
                            "statistic": "mean",
                            "constraints": {"minimum": 0, "maximum": 1000},
                        },
                        {"name": "note", "type": "string", "role": "note"},
                    ],
                },
                "experiment": {
                    "purpose": "how the rate follows the threads",
                    "source": "a run",
                    "settings": {"cpu": "any", "blocks": 100, "nodes": None},
                    "measured_by": "Ada",
                    "trials": 5,
                    "baseline": "1",
                    "scales": "resources",
                    "in_flight": "threads",
                    "loop": "closed",
                    "tasks": "blocks",
                    "stated": [
                        {
                            "quantity": "rate",
                            "of": {"threads": "2"},
                            "base": {"threads": 1},
                            "form": "ratio",
                            "value": "1.95",
                        }
                    ],
                },
            },
            {
                "name": "cells",
                "path": "cells.csv",
                "role": "cells",
                "schema": {"fields": [{"name": name} for name in CELLS_HEADER.split(",")]},
            },
        ],
    }


def write(
    root: Path,
    document: object | None = None,
    csv: str | bytes = CSV,
    cells: Sequence[str] = ("threads,threads=4,rate,missing,,the run crashed,log",),
) -> Path:
    """Write the package below ``root/data``; gives the folder."""
    folder = root / "data"
    folder.mkdir(exist_ok=True)
    text = json.dumps(descriptor() if document is None else document, indent=1)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    (folder / "threads.csv").write_bytes(csv if isinstance(csv, bytes) else csv.encode())
    lines = (CELLS_HEADER, *cells)
    (folder / "cells.csv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def dataset(root: Path, **parts: Any) -> Dataset:
    """Write the package and read it through the public door."""
    return read(root, write(root, **parts))


def fault(root: Path, folder: Path | None = None) -> tuple[str, int | None, str]:
    """File, line and message of the error that reading gives."""
    with pytest.raises(SageWriteError) as caught:
        read(root, folder or root / "data")
    return (caught.value.file or "", caught.value.line, caught.value.message)


def line_of(root: Path, needle: str, *, nth: int = 1) -> int:
    """The line of the descriptor on which ``needle`` stands for the nth time."""
    lines = (root / "data" / "datapackage.json").read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if needle in line][nth - 1]
