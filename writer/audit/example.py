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
from writer.model.run import RunSet
from writer.sources import read, read_runs
from writer.verify.evidence import Evidence, gather
from writer.verify.groups import dataset_of


class Outcome(StrEnum):
    """What a rule should say of an example."""

    FIRES = "fires"
    SILENT = "silent"
    NOT_APPLICABLE = "does not apply"


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """One raw run of an example, written and read as a SAGE result.

    Attributes:
        name: of the file; slashes make folders.
        latencies: samples in ms, one per completed task.
        tasks: submitted; by default as many as there are samples.
        duration: in s; throughput follows unless ``metrics`` says otherwise.
        settings: the configuration.
        nodes: completed tasks per node.
        metrics: values that the summary states otherwise than they are.
    """

    name: str
    latencies: tuple[float, ...] = ()
    tasks: int | None = None
    duration: float = 10.0
    settings: Mapping[str, Any] = field(default_factory=dict)
    nodes: Mapping[str, int] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The result file."""
        data = sorted(self.latencies)
        count = len(data)
        metrics: dict[str, Any] = {
            "total_tasks": count if self.tasks is None else self.tasks,
            "successful_tasks": count,
            "failed_tasks": 0,
            "total_duration_sec": self.duration,
            "throughput_tasks_per_sec": count / self.duration,
            "avg_latency_ms": sum(data) / count if data else 0.0,
            **{
                f"p{p}_latency_ms": data[min(count * p // 100, count - 1)] if data else 0.0
                for p in (50, 95, 99)
            },
            "node_distribution": dict(self.nodes),
            "config": dict(self.settings),
        }
        return {
            "experiment_name": self.name,
            "metrics": metrics | dict(self.metrics),
            "latency_details": {"total_latencies_ms": list(self.latencies)},
        }


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
        runs: raw runs; without a table of its own the example is made of them.
    """

    outcome: Outcome
    what: str
    csv: str = ""
    fields: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    info: Mapping[str, Any] = field(default_factory=dict)
    cells: str = ""
    requests: tuple[Request, ...] = ()
    findings: int = 1
    runs: tuple[ExampleRun, ...] = ()

    def runset(self) -> RunSet:
        """The raw runs, written to files and read."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve()
            for run in self.runs:
                path = folder / "example" / f"{run.name}_metrics.json"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(json.dumps(run.document()), encoding="utf-8")
            return read_runs(folder)

    def evidence(self, dataset: Dataset) -> Evidence | None:
        """What the raw runs say of ``dataset``; None without any."""
        return gather(self.runset(), dataset) if self.runs else None

    def dataset(self) -> Dataset:
        """Read the example through the same door as any data."""
        if not self.csv:
            return dataset_of(self.runset())
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
