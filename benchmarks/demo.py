"""Time ``section``, ``audit`` and ``check`` on the demo paper, as whole processes.

Prints the median of several runs, and start-up (``--help``) as a ratio to
``python -c "import typer"``, the two timed in turn so that a drift of the machine's
speed hits both.

Run: python -m benchmarks.demo [RUNS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = [sys.executable, "-m", "writer"]
COMMANDS = {
    "section": ["section", "experiments", "-o"],
    "audit": ["audit", "--format", "json"],
    "check": ["check", "data/abstract.tex", "--format", "json"],
}


def seconds(command: list[str]) -> float:
    """Wall time of one run; the exit code may say that there are findings."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    elapsed = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} left with {done.returncode}:\n{done.stderr.decode()}")
    return elapsed


def main() -> None:
    """Print one line per command."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"whole processes, median of {runs} runs after one warm-up")
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments in COMMANDS.items():
            extra = [folder] if arguments[-1] == "-o" else []
            command = [*PROGRAM, *arguments, *extra]
            times = [seconds(command) for _ in range(runs + 1)][1:]
            print(f"{name:<8} {statistics.median(times):6.2f} s")
    ratios = []
    for _ in range(runs + 1):
        helped = seconds([*PROGRAM, "--help"])
        ratios.append(helped / seconds([sys.executable, "-c", "import typer"]))
    print(f"--help takes {statistics.median(ratios[1:]):.2f} times 'import typer' (limit 2.5)")


if __name__ == "__main__":
    main()
