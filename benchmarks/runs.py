"""``ingest`` and ``verify`` of samples in Parquet, against bare DuckDB and against pandas.

Makes the samples in a temporary folder, then times whole processes, each contestant in
turn: ``sage-write ingest`` and ``sage-write verify --runs`` with the summaries that
``ingest`` remembered, and ``verify --fresh``, which reads all samples again; one bare
DuckDB query of the same counts, means and percentiles per run; and pandas doing the
same. Each contestant's values are compared with the others'. Prints the least wall and the
least processor time of several rounds, ratios with their targets whether or not they are
met, and the largest resident memory of each process; and the ratio of what is left when
each process's time on one run of 20 samples, its start, is taken off. Then the time per
sample with 100, 1,000 and 10,000 runs.

Run: python -m benchmarks.runs [--samples 20000000] [--runs 1000] [--rounds 3] [--no-pandas]
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SETTINGS = """\
[paper]
data = "data"

[[samples]]
files = "*.parquet"
column = "latency_ms"
unit = "ms"
quantity = "latency"
row = "one request"
"""
SHARES = (0.5, 0.9, 0.95, 0.99)
PROGRAM = (sys.executable, "-m", "writer")
BARE = f"""
import duckdb, json, sys
connection = duckdb.connect()
connection.execute("SET enable_progress_bar = false")
rows = connection.execute(
    "SELECT filename, count(latency_ms), avg(latency_ms), "
    "quantile_cont(latency_ms, {list(SHARES)}) "
    "FROM read_parquet(?, filename = true) GROUP BY filename", [sys.argv[1] + "/*.parquet"]
).fetchall()
json.dump([[row[0].rsplit("/", 1)[1][:-8], row[1], row[2], *row[3]] for row in rows], sys.stdout)
"""
PANDAS = f"""
import json, sys
from pathlib import Path
import pandas as pd
paths = sorted(Path(sys.argv[1]).glob("*.parquet"))
data = pd.concat([pd.read_parquet(p, columns=["latency_ms"]).assign(run=p.stem) for p in paths])
data["run"] = data["run"].astype("category")
groups = data.groupby("run", observed=True)["latency_ms"]
table = groups.agg(["count", "mean"])
shares = groups.quantile({list(SHARES)}).unstack()
json.dump(
    [[r, int(t.iloc[0]), t.iloc[1], *s] for (r, t), s in zip(table.iterrows(), shares.values)],
    sys.stdout,
)
"""


@dataclass(frozen=True)
class Took:
    """Seconds of wall and of processor time and megabytes of resident memory of one process."""

    seconds: float
    cpu: float
    megabytes: float
    out: str


def least(one: Took, other: Took) -> Took:
    """The least wall and the least processor time of two rounds, and the most memory."""
    return Took(
        min(one.seconds, other.seconds),
        min(one.cpu, other.cpu),
        max(one.megabytes, other.megabytes),
        other.out,
    )


def run(command: Sequence[str], folder: Path) -> Took:
    """One process to its end; leaves if it fails."""
    environment = {**os.environ, "SAGE_WRITE_CACHE": str(folder / "cache")}
    # an installed package has its modules compiled, as the reference has
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101 - it is piped
        out = process.stdout.read()
        # wait4 tells the memory of this child alone; RUSAGE_CHILDREN the most of all so far
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    elapsed = time.perf_counter() - start
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)[:200]} left with {process.returncode}")
    return Took(elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.decode())


def make(folder: Path, samples: int, runs: int) -> None:
    """``runs`` files with equally many lognormal latencies each, and the settings."""
    import duckdb

    raw = folder / "raw"
    raw.mkdir(parents=True)
    (folder / "sage-write.toml").write_text(SETTINGS, encoding="utf-8")
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SELECT setseed(0.5)")
        for number in range(runs):
            # Box and Muller's normal variates, so that every double differs
            connection.execute(
                "COPY (SELECT exp(3 + 0.6 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))"  # noqa: S608 - numbers only
                f" AS latency_ms FROM range({samples // runs})) "
                f"TO '{raw}/run{number:05d}.parquet' (FORMAT parquet)"
            )
    (folder / "data").mkdir()


def verify(folder: Path, *options: str) -> Took:
    """The dataset that ``ingest`` wrote held against the samples."""
    return run([*PROGRAM, "verify", "--runs", "raw", *options], folder)


def ingest(folder: Path) -> Took:
    """From nothing: no dataset, and no summary remembered."""
    for name in ("data", "cache"):
        for path in (folder / name).glob("*"):
            path.unlink()
    return run([*PROGRAM, "ingest", "raw", "-o", "data"], folder)


def values(text: str) -> dict[str, list[float]]:
    """Count, mean and percentiles by run, of a reference."""
    return {str(row[0]): [float(value) for value in row[1:]] for row in json.loads(text)}


def ingested(folder: Path) -> dict[str, list[float]]:
    """The same of what ``ingest`` wrote, every digit of it."""
    (path,) = (folder / "data").glob("runs-*.csv")
    wanted = ["count", "mean", *(f"p{share * 100:g}" for share in SHARES)]
    found: dict[str, dict[str, float]] = {}
    with path.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["run"], {})[row["statistic"]] = float(row["recomputed"])
    return {name: [items[key] for key in wanted] for name, items in found.items()}


def same(one: dict[str, list[float]], other: dict[str, list[float]]) -> bool:
    """Whether all values agree to 12 digits: sums depend on their order."""
    return one.keys() == other.keys() and all(
        math.isclose(a, b, rel_tol=1e-12)
        for name, row in one.items()
        for a, b in zip(row, other[name], strict=True)
    )


def compare(folder: Path, rounds: int, *, pandas: bool) -> None:
    """The contestants in turn, the best of ``rounds`` of each, and the ratios."""
    best: dict[str, Took] = {}

    def keep(name: str, took: Took) -> None:
        best[name] = took if name not in best else least(best[name], took)

    for _ in range(rounds):
        keep("bare DuckDB", run([sys.executable, "-c", BARE, "raw"], folder))
        keep("ingest", ingest(folder))
        keep("verify", verify(folder))
        keep("verify --fresh", verify(folder, "--fresh"))
        if pandas:
            keep("pandas", run([sys.executable, "-c", PANDAS, "raw"], folder))
    start = started(rounds)
    for name, took in best.items():
        print(
            f"  {name:<24} {took.seconds:7.2f} s  {took.cpu:6.2f} s of CPU  "
            f"{took.megabytes:6.0f} MB"
        )
    mine = ingested(folder)
    for name in ("bare DuckDB", "pandas"):
        if name in best:
            print(f"  values as {name}: {'yes' if same(mine, values(best[name].out)) else 'NO'}")
    work = {name: best[name].seconds - start[name].seconds for name in start}
    worked = {name: best[name].cpu - start[name].cpu for name in start}
    bare, both = best["bare DuckDB"].seconds, best["ingest"].seconds + best["verify"].seconds
    fresh = best["ingest"].seconds + best["verify --fresh"].seconds
    cpu = best["ingest"].cpu + best["verify"].cpu
    print(f"  the same in CPU time: {cpu / best['bare DuckDB'].cpu:.2f} times bare DuckDB")
    ratio("ingest + verify over bare DuckDB", both / bare, 1.3, most=True)
    ratio("ingest + verify --fresh over bare DuckDB", fresh / bare, 1.3, most=True)
    print(
        "  start of each, with one run of 20 samples: "
        + ", ".join(f"{name} {took.seconds:.2f} s" for name, took in start.items())
    )
    if min(*work.values(), *worked.values()) > 0:  # else the start is all there is
        rest = (work["ingest"] + work["verify"]) / work["bare DuckDB"]
        ratio("the same as the first without the starts", rest, 1.3, most=True)
        busy = (worked["ingest"] + worked["verify"]) / worked["bare DuckDB"]
        print(f"  the same without the starts in CPU time: {busy:.2f} times bare DuckDB")
    if pandas:
        ratio("pandas over ingest + verify", best["pandas"].seconds / both, 3.0, most=False)
        ratio(
            "pandas over ingest + verify --fresh", best["pandas"].seconds / fresh, 3.0, most=False
        )
    peak = max(best[name].megabytes for name in ("ingest", "verify", "verify --fresh"))
    ratio("peak memory of ours in GiB", peak / 1024, 2.0, most=True)


def started(rounds: int) -> dict[str, Took]:
    """The best of each process on one run of 20 samples."""
    best: dict[str, Took] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, 20, 1)
        for _ in range(rounds):
            for what, took in (
                ("bare DuckDB", run([sys.executable, "-c", BARE, "raw"], folder)),
                ("ingest", ingest(folder)),
                ("verify", verify(folder)),
            ):
                best[what] = took if what not in best else least(best[what], took)
    return best


def ratio(name: str, value: float, target: float, *, most: bool) -> None:
    """One line: the value, the target, and whether it is met."""
    met = value <= target if most else value >= target
    bound = "at most" if most else "at least"
    print(f"  {name}: {value:.2f} (target {bound} {target:g}: {'met' if met else 'MISSED'})")


def growth(samples: int) -> None:
    """The same number of samples in more and more runs."""
    print(f"time per sample, {samples:,} samples in all:")
    for runs in (100, 1000, 10_000):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make(folder, samples, runs)
            took = {
                "bare DuckDB": run([sys.executable, "-c", BARE, "raw"], folder),
                "ingest": ingest(folder),
                "verify": verify(folder),
                "verify --fresh": verify(folder, "--fresh"),
            }
        print(f"  {runs:>6} runs (wall and CPU per sample, wall per run):")
        for name, item in took.items():
            print(
                f"    {name:<15} {item.seconds / samples * 1e9:6.0f} ns "
                f"{item.cpu / samples * 1e9:6.0f} ns {item.seconds / runs * 1e3:8.2f} ms"
            )


def main() -> None:
    """Parse the options and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--samples", type=int, default=20_000_000)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-pandas", action="store_true")
    parser.add_argument("--no-growth", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, given.samples, given.runs)
        machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
        print(f"{given.samples:,} samples, {given.runs:,} runs, {machine}")
        compare(folder, given.rounds, pandas=not given.no_pandas)
    if not given.no_growth:
        growth(given.samples)


if __name__ == "__main__":
    main()
