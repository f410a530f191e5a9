"""Make the table ``data/concurrency.csv`` from the samples in ``runs``.

Per concurrency: the throughput is the mean over the trials of jobs / duration; the
latencies are those of the jobs of all trials together, and a percentile is interpolated
linearly between two samples. Throughput and P99 are rounded to whole numbers, the other
latencies to a tenth of a millisecond: trials differ by more than the digits that follow.

Run: python examples/queue/summarise.py [RUNS [TABLE]]
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
COLUMNS = ("concurrency", "throughput", "mean_latency", "p50_latency", "p99_latency", "completed")

SUMMARY = """
WITH per_trial AS (
    SELECT concurrency, trial, count(*) AS jobs
    FROM read_parquet($latencies) GROUP BY ALL
), rates AS (
    SELECT concurrency,
           avg(per_trial.jobs / (end_ns - start_ns) * 1e9) AS throughput,
           min(per_trial.jobs / (end_ns - start_ns) * 1e9) AS lowest,
           max(per_trial.jobs / (end_ns - start_ns) * 1e9) AS highest
    FROM per_trial JOIN read_csv($trials) AS trials USING (concurrency, trial)
    GROUP BY ALL
), latencies AS (
    SELECT concurrency,
           avg(latency_us) / 1e3 AS mean_latency,
           quantile_cont(latency_us, 0.50) / 1e3 AS p50_latency,
           quantile_cont(latency_us, 0.99) / 1e3 AS p99_latency,
           count(*) AS completed
    FROM read_parquet($latencies) GROUP BY ALL
)
SELECT concurrency, throughput, mean_latency, p50_latency, p99_latency, completed, lowest, highest
FROM rates JOIN latencies USING (concurrency) ORDER BY concurrency
"""

Row = tuple[int, float, float, float, float, int, float, float]


def summarise(runs: Path) -> list[Row]:
    """One row per concurrency, unrounded; the last two are the trials' extreme throughputs."""
    files = {"latencies": str(runs / "latencies.parquet"), "trials": str(runs / "trials.csv")}
    return duckdb.execute(SUMMARY, files).fetchall()


def main() -> None:
    """Write the table, and print how far the trials lie apart."""
    runs = Path(sys.argv[1]) if sys.argv[1:] else HERE / "runs"
    table = Path(sys.argv[2]) if sys.argv[2:] else HERE / "data" / "concurrency.csv"
    with table.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for level, rate, mean, p50, p99, completed, low, high in summarise(runs):
            writer.writerow(
                (level, f"{rate:.0f}", f"{mean:.1f}", f"{p50:.1f}", f"{p99:.0f}", completed)
            )
            print(f"concurrency {level}: trials from {low:.1f} to {high:.1f} jobs/s")


if __name__ == "__main__":
    main()
