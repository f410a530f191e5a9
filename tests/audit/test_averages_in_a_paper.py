"""Means over runs in an author's own table, stated in its descriptor or told by its digits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.audit.test_unseen_runs import Document, document, without_success, write
from writer.audit.runner import audit
from writer.model.finding import Finding
from writer.sources import read, read_runs
from writer.verify.evidence import gather

REGIONS = ("ap", "eu", "us")
CLIENTS = (4, 8, 16)


def _runs(kind: str) -> dict[tuple[int, str], Document]:
    """Three caches at three loads: alike, one of them slow, or two of them down at the last."""
    found = {}
    for clients in CLIENTS:
        for number, region in enumerate(REGIONS):
            slow = kind == "slow" and clients == 16
            how = {"tasks": 1500, "mean": 0.2}
            if slow:
                how = {
                    "tasks": 2600 if region == "ap" else 900,
                    "mean": 0.9 if number == 0 else 0.1,
                }
            name = f"{region}_{clients}"
            result = document(name, 10 * clients + number, clients, {"region": region}, **how)
            if kind == "down" and clients == 16 and region != "ap":
                without_success(result)
                result["metrics"] |= {f"p{q}_latency_ms": 0.0 for q in (50, 95, 99)}
            found[clients, region] = result
    return found


def _project(
    folder: Path, kind: str, columns: Mapping[str, Mapping[str, str]], how: str = "mean"
) -> list[Finding]:
    """The findings on a table of P95 latencies in s, which are means or maxima over regions."""
    lines = ["clients,tail,rate"]
    results = _runs(kind)
    for clients in CLIENTS:
        group = [results[clients, region]["metrics"] for region in REGIONS]
        tails = [item["p95_latency_ms"] / 1000 for item in group]
        tail = sum(tails) / len(tails) if how == "mean" else max(tails)
        rate = sum(item["throughput_tasks_per_sec"] for item in group)
        lines.append(f"{clients},{tail:.4f},{rate:.2f}")
    for (clients, region), result in results.items():
        write(folder / "measured" / f"edge_{clients}" / region, result)
    latency = {"better": "lower", "measure": "latency", "statistic": "p95", "title": "P95 latency"}
    rate = {"better": "higher", "measure": "throughput", "title": "Throughput"}
    resource = {
        "name": "edge",
        "title": "Edge caches",
        "path": "edge.csv",
        "experiment": {"runs": {"path": "edge_{clients}/*", "columns": columns}},
        "schema": {
            "fields": [
                {"name": "clients", "type": "integer", "role": "factor", "unit": "1"},
                {"name": "tail", "type": "number", "unit": "s", **latency},
                {"name": "rate", "type": "number", "unit": "tasks/s", **rate},
            ]
        },
    }
    data = folder / "data"
    data.mkdir()
    (data / "edge.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    package = {"name": "edge", "resources": [resource]}
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    dataset = read(folder, data)
    evidence = gather(read_runs(folder / "measured"), dataset)
    return list(audit(dataset, evidence=evidence).findings)


RATE = {"rate": {"quantity": "throughput", "over": "sum"}}
TAIL = {"quantity": "latency", "statistic": "p95"}
STATED = {**RATE, "tail": {**TAIL, "over": "mean"}}
MEANS = {"averaged-percentiles", "failed-runs-averaged"}


@pytest.mark.parametrize("columns", [STATED, RATE, {**RATE, "tail": TAIL}])
@pytest.mark.parametrize(
    ("kind", "rule", "said"),
    [
        ("alike", "", ""),
        ("slow", "averaged-percentiles", "Edge caches: P95 latency is a mean of percentiles"),
        ("down", "failed-runs-averaged", "without any success: 2 of 3 runs at clients 16"),
    ],
)
def test_means_over_runs_are_judged_whether_the_descriptor_says_so_or_not(
    tmp_path: Path, columns: Mapping[str, Mapping[str, str]], kind: str, rule: str, said: str
) -> None:
    found = {item.rule: item for item in _project(tmp_path, kind, columns)}
    assert found.keys() & MEANS == ({rule} if rule else set())
    if rule:
        assert said in found[rule].message
        assert {place.file for place in found[rule].where} == {"data/edge.csv"}
    else:
        assert found == {}


@pytest.mark.parametrize("over", ["max", "single"])
def test_maxima_over_runs_are_no_means(tmp_path: Path, over: str) -> None:
    columns = {**RATE, "tail": {**TAIL, "over": over}}
    found = {item.rule for item in _project(tmp_path, "slow", columns, how="max")}
    assert found & MEANS == set()
