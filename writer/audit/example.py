"""Examples of a rule: small tables on which it fires, stays silent or does not apply."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from writer.config import Request
from writer.dataset import Dataset
from writer.sources import read


class Outcome(StrEnum):
    """What a rule should say of an example."""

    FIRES = "fires"
    SILENT = "silent"
    NOT_APPLICABLE = "does not apply"


@dataclass(frozen=True, slots=True)
class Example:
    """One small experiment and what the rule should say of it.

    Attributes:
        outcome: the expected result.
        what: one sentence on why.
        csv: the table.
        fields: properties of each column, as in a data package's schema.
        info: the resource's ``experiment`` object.
        cells: lines of a ``cells`` resource, without its header.
        requests: quantities asked for.
        findings: how many findings are expected where the rule fires.
    """

    outcome: Outcome
    what: str
    csv: str
    fields: Mapping[str, Mapping[str, Any]]
    info: Mapping[str, Any] = field(default_factory=dict)
    cells: str = ""
    requests: tuple[Request, ...] = ()
    findings: int = 1

    def dataset(self) -> Dataset:
        """Read the example through the same door as any data."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve()
            resources: list[dict[str, Any]] = [
                {
                    "name": "example",
                    "path": "example.csv",
                    "experiment": dict(self.info),
                    "schema": {
                        "fields": [{"name": key, **value} for key, value in self.fields.items()]
                    },
                }
            ]
            (folder / "example.csv").write_text(_dedent(self.csv), encoding="utf-8")
            if self.cells:
                header = ("table", "level", "column", "grade", "invented", "reason", "source")
                (folder / "cells.csv").write_text(
                    ",".join(header) + "\n" + _dedent(self.cells), encoding="utf-8"
                )
                resources.append(
                    {
                        "name": "cells",
                        "path": "cells.csv",
                        "role": "cells",
                        "schema": {"fields": [{"name": key} for key in header]},
                    }
                )
            descriptor = folder / "datapackage.json"
            descriptor.write_text(json.dumps({"resources": resources}), encoding="utf-8")
            return read(folder, folder)


def _dedent(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines()) + "\n"


def factor(kind: str = "integer", unit: str = "1") -> dict[str, Any]:
    """A swept column."""
    return {"type": kind, "role": "factor", "unit": unit}


def group() -> dict[str, Any]:
    """A column whose values divide the table into sweeps."""
    return {"type": "string", "role": "group"}


def setting(kind: str = "integer") -> dict[str, Any]:
    """A column that the experimenter set."""
    return {"type": kind, "role": "setting"}


def throughput(statistic: str = "") -> dict[str, Any]:
    """A throughput in tasks per second."""
    return {
        "type": "number",
        "unit": "tasks/s",
        "better": "higher",
        "measure": "throughput",
        "statistic": statistic,
        "title": "throughput",
    }


def latency(statistic: str, unit: str = "ms") -> dict[str, Any]:
    """A latency statistic."""
    return {
        "type": "number",
        "unit": unit,
        "better": "lower",
        "measure": "latency",
        "statistic": statistic,
        "title": f"{statistic} latency",
    }


def completed() -> dict[str, Any]:
    """A count of completed tasks."""
    return {
        "type": "integer",
        "unit": "tasks",
        "better": "higher",
        "measure": "completed",
        "statistic": "count",
        "title": "completed tasks",
    }
