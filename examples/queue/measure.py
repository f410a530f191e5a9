"""Measure a pool of asyncio workers under a closed loop of clients.

``CONCURRENCY`` clients submit jobs to ``WORKERS`` workers through one queue. A client
submits its next job when its last one has come back (a closed loop), so at most as many
jobs are in flight as there are clients. A worker serves a job by sleeping for the job's
service time, which is drawn beforehand from an exponential distribution with a fixed
seed: trial k serves the same jobs at every concurrency. The latency of a job runs from
its submission to the moment its client has the answer, and so includes the wait for a
worker. Trials of different concurrency alternate, so that a slow minute of the machine
meets all levels.

Writes into the folder ``runs``:

``latencies.parquet``
    one row per job, in the order of completion: concurrency, trial, latency_us
``trials.csv``
    one row per trial: its jobs, when it started and ended, the processor time that it
    took and the machine's load when it began
``hardware.json``
    what it ran on

Run: python examples/queue/measure.py [--quick] [--output FOLDER]
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import platform
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # publishes no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # likewise

CONCURRENCY = (1, 2, 4, 8, 16)
WORKERS = 6
TRIALS = 5
JOBS = 2000
QUICK_JOBS = 20
WARM_UP_JOBS = 60
SERVICE_SECONDS = 0.010

Job = tuple[float, asyncio.Future[None]]


class Trial(NamedTuple):
    """One run: its line in ``trials.csv``, and its jobs' latencies."""

    concurrency: int
    trial: int
    seed: int
    jobs: int
    started_at: str
    start_ns: int
    end_ns: int
    cpu_seconds: float
    load_1min: float
    latencies_us: list[int]


async def work(queue: asyncio.Queue[Job]) -> None:
    """Serve one job after the other until cancelled."""
    while True:
        service, answer = await queue.get()
        await asyncio.sleep(service)
        answer.set_result(None)


async def submit(queue: asyncio.Queue[Job], jobs: Iterator[float], latencies: list[int]) -> None:
    """Submit jobs, each when the one before has come back, until none are left."""
    loop = asyncio.get_running_loop()
    for service in jobs:
        start = time.perf_counter_ns()
        answer: asyncio.Future[None] = loop.create_future()
        queue.put_nowait((service, answer))
        await answer
        latencies.append((time.perf_counter_ns() - start) // 1000)


async def drive(concurrency: int, services: list[float]) -> tuple[int, int, list[int]]:
    """Serve all jobs; start and end by the monotonic clock, and the latencies."""
    queue: asyncio.Queue[Job] = asyncio.Queue()
    latencies: list[int] = []
    workers = [asyncio.create_task(work(queue)) for _ in range(WORKERS)]
    jobs = iter(services)
    start = time.perf_counter_ns()
    await asyncio.gather(*(submit(queue, jobs, latencies) for _ in range(concurrency)))
    end = time.perf_counter_ns()
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    return start, end, latencies


def trial(concurrency: int, number: int, count: int) -> Trial:
    """Measure one trial, whose number is its seed too."""
    services = np.random.default_rng(number).exponential(SERVICE_SECONDS, count).tolist()
    started_at = datetime.now(UTC).isoformat(timespec="seconds")
    load, cpu = os.getloadavg()[0], time.process_time()
    start, end, latencies = asyncio.run(drive(concurrency, services))
    cpu = round(time.process_time() - cpu, 3)
    return Trial(
        concurrency, number, number, count, started_at, start, end, cpu, round(load, 2), latencies
    )


def measure(count: int) -> list[Trial]:
    """All trials, each level once before any level again."""
    asyncio.run(drive(WORKERS, [SERVICE_SECONDS] * WARM_UP_JOBS))  # not counted
    found = []
    for number in range(1, TRIALS + 1):
        for concurrency in CONCURRENCY:
            run = trial(concurrency, number, count)
            rate = count / (run.end_ns - run.start_ns) * 1e9
            print(f"trial {number}, concurrency {concurrency}: {rate:.1f} jobs/s")
            found.append(run)
    return found


def cpu_model() -> str:
    """The processor's name; the machine's architecture where the system does not say."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def virtual() -> bool | None:
    """Whether it is a virtual machine; None where the system does not say."""
    try:
        return " hypervisor" in Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return None


def write(folder: Path, trials: list[Trial], load_before: float) -> None:
    """Write the three files."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [(run.concurrency, run.trial, value) for run in trials for value in run.latencies_us]
    names = ("concurrency", "trial", "latency_us")
    columns = {
        name: pa.array(column, pa.int32())
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    pq.write_table(pa.table(columns), folder / "latencies.parquet", compression="zstd")

    zero = trials[0].start_ns  # the clock's own zero has no meaning
    with (folder / "trials.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(Trial._fields[:-1])
        for run in trials:
            moved = run._replace(start_ns=run.start_ns - zero, end_ns=run.end_ns - zero)
            writer.writerow(moved[:-1])

    facts = {
        "cpu": cpu_model(),
        "cores": os.cpu_count(),
        "virtual_machine": virtual(),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "measured_on": trials[0].started_at[:10],
        "load_1min_before": round(load_before, 2),
    }
    text = json.dumps(facts, indent=2) + "\n"
    (folder / "hardware.json").write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, then write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_JOBS} jobs per trial only")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "runs")
    options = parser.parse_args()
    load_before = os.getloadavg()[0]
    trials = measure(QUICK_JOBS if options.quick else JOBS)
    write(options.output, trials, load_before)


if __name__ == "__main__":
    main()
