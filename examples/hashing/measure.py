"""Measure how SHA-256 throughput follows the number of threads on this machine.

Writes ``threads.csv``: per number of threads the mean of the trials' throughputs,
and the mean and P99 latency over the blocks of all trials together. Each thread
hashes one block after the other (a closed loop), so at most as many blocks are in
flight as there are threads. ``hashlib`` releases the interpreter's lock for blocks
of this size, so threads can use several cores.

Run: python examples/hashing/measure.py [FOLDER]
"""

from __future__ import annotations

import csv
import hashlib
import os
import platform
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

THREADS = (1, 2, 4)
TRIALS = 5
BLOCKS = 400
BLOCK = os.urandom(1024 * 1024)


def hash_blocks(count: int) -> list[float]:
    """Hash ``count`` blocks one after the other; seconds for each."""
    latencies = []
    for _ in range(count):
        start = time.perf_counter()
        hashlib.sha256(BLOCK).digest()
        latencies.append(time.perf_counter() - start)
    return latencies


def trial(threads: int) -> tuple[float, list[float]]:
    """One run: throughput in blocks/s, and the latency of each block in ms."""
    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(hash_blocks, [BLOCKS // threads] * threads))
    seconds = time.perf_counter() - start
    latencies = [latency * 1e3 for part in parts for latency in part]
    return len(latencies) / seconds, latencies


def row(threads: int) -> tuple[int, str, str, str, int]:
    """The table's row: levels as text, rounded to what five short trials can carry."""
    trial(threads)  # warm-up, not counted
    runs = [trial(threads) for _ in range(TRIALS)]
    latencies = [latency for _, part in runs for latency in part]
    p99 = statistics.quantiles(latencies, n=100, method="inclusive")[98]
    throughput = statistics.fmean(value for value, _ in runs)
    return (
        threads,
        f"{throughput:.0f}",
        f"{statistics.fmean(latencies):.2f}",
        f"{p99:.2f}",
        len(latencies),
    )


def main() -> None:
    """Measure every number of threads and write the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    with (folder / "threads.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("threads", "throughput", "mean_latency", "p99_latency", "completed"))
        writer.writerows(row(threads) for threads in THREADS)
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")


if __name__ == "__main__":
    main()
