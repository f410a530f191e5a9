"""Random data packages: tables of one factor, with metrics of known units."""

# ruff: noqa: E501  # one factor per line reads best

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Metric:
    """A measured column: title within a sentence, unit, and what the package says of it."""

    name: str
    title: str
    unit: str
    better: str
    measure: str
    statistic: str
    places: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Factor:
    """A swept column: its levels and how a sentence names one of them."""

    name: str
    title: str
    unit: str
    levels: tuple[str, ...]
    at: tuple[str, ...]
    noun: tuple[str, ...]


METRICS = (
    Metric("throughput", "throughput", "tasks/s", "higher", "throughput", "", 2, 2, 90),
    Metric("mean_latency", "mean latency", "ms", "lower", "latency", "mean", 1, 100, 9000),
    Metric("p99_latency", "P99 latency", "ms", "lower", "latency", "p99", 1, 200, 60000),
    Metric("p50_latency", "median latency", "ms", "lower", "latency", "p50", 1, 80, 4000),
    Metric("energy", "energy", "J", "lower", "", "", 1, 20, 900),
    Metric("memory", "peak memory", "GB", "lower", "", "", 2, 1, 70),
    Metric("balance", "load balance score", "%", "higher", "balance", "", 1, 20, 100),
    Metric("hit_rate", "hit rate", "%", "higher", "", "", 1, 5, 99),
)
FACTORS = (
    Factor("nodes", "Nodes", "nodes", ("1", "2", "4", "8", "16"), ("on {} nodes", "with {} nodes"), ("{} nodes",)),
    Factor("threads", "Threads", "threads", ("2", "4", "8", "12", "24"), ("with {} threads", "at {} threads"), ("{} threads",)),
    Factor("batch", "Batch size", "1", ("8", "16", "32", "64", "128"), ("at batch size {}", "with a batch size of {}"), ("batch size {}",)),
    Factor("delay", "Start delay", "s", ("1", "2", "5", "10"), ("with a start delay of {} s", "at a {} s start delay"), ("a {} s start delay", "a start delay of {} s")),
    Factor("policy", "Policy", "", ("LRU", "Greedy", "RoundRobin", "Random"), ("with {}", "for {}", "under {}"), ("{}",)),
    Factor("scheduler", "Scheduler", "", ("FIFO", "LoadAware", "Priority", "Fair"), ("with {}", "under {}", "with the {} scheduler"), ("{}", "the {} scheduler")),
)  # fmt: skip
GROUPS = ("workload", ("Web", "Batch", "Stream"))


@dataclass(frozen=True)
class Table:
    """One experiment: a value per group, level and metric, as printed."""

    name: str
    factor: Factor
    levels: tuple[str, ...]
    groups: tuple[str, ...]
    metrics: tuple[Metric, ...]
    cells: Mapping[tuple[str, str, str], str]


def table(rng: random.Random, name: str, factor: Factor, metrics: Sequence[Metric]) -> Table:
    """A table with random levels and values of the metrics' usual size."""
    count = rng.randint(3, len(factor.levels))
    chosen = sorted(rng.sample(range(len(factor.levels)), count))
    levels = tuple(factor.levels[index] for index in chosen)
    groups = tuple(rng.sample(GROUPS[1], 2)) if rng.random() < 0.35 else ("",)
    cells = {
        (group, level, metric.name): f"{rng.uniform(metric.low, metric.high):.{metric.places}f}"
        for group in groups
        for level in levels
        for metric in metrics
    }
    return Table(name, factor, levels, groups, tuple(metrics), cells)


def tables(rng: random.Random) -> tuple[Table, ...]:
    """Two experiments over different factors that share some of their metrics."""
    factors = rng.sample(FACTORS, 2)
    return tuple(
        table(rng, f"exp_{factor.name}", factor, sorted(rng.sample(METRICS, 4), key=METRICS.index))
        for factor in factors
    )


def write(root: Path, made: Sequence[Table]) -> None:
    """Write the tables as a data package below ``root``."""
    (root / "data").mkdir(parents=True, exist_ok=True)
    document = {"title": "made up", "resources": [_resource(item) for item in made]}
    (root / "data" / "datapackage.json").write_text(json.dumps(document), encoding="utf-8")
    (root / "sage-write.toml").write_text('[paper]\ntitle = "T"\n', encoding="utf-8")
    for item in made:
        names = [metric.name for metric in item.metrics]
        head = [item.factor.name, *names]
        grouped = item.groups != ("",)
        lines = [",".join([GROUPS[0], *head] if grouped else head)]
        for group in item.groups:
            for level in item.levels:
                row = [level, *(item.cells[group, level, name] for name in names)]
                lines.append(",".join([group, *row] if grouped else row))
        (root / "data" / f"{item.name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _resource(item: Table) -> dict[str, Any]:
    numeric = item.levels[0].isdigit()
    factor: dict[str, Any] = {
        "name": item.factor.name,
        "title": item.factor.title,
        "type": "integer" if numeric else "string",
        "role": "factor",
    }
    if item.factor.unit:
        factor["unit"] = item.factor.unit
    group = {"name": GROUPS[0], "title": "Workload", "type": "string", "role": "group"}
    fields = [group, factor] if item.groups != ("",) else [factor]
    for metric in item.metrics:
        field = {
            "name": metric.name,
            "title": metric.title[0].upper() + metric.title[1:],
            "type": "number",
            "role": "measurement",
            "unit": metric.unit,
            "better": metric.better,
        }
        for key in ("measure", "statistic"):
            if getattr(metric, key):
                field[key] = getattr(metric, key)
        fields.append(field)
    return {
        "name": item.name,
        "title": f"{item.factor.title} study",
        "path": f"{item.name}.csv",
        "schema": {"fields": fields},
        "experiment": {"purpose": "a test", "source": "made up", "trials": 1},
    }
