"""How fast a paper is read, against pylatexenc's bare parse of the same text.

    python -m benchmarks.latex [paragraphs]

Prints kilobytes per second of both and their ratio; no test depends on it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pylatexenc.latexwalker import LatexWalker

from writer.latex.blocks import read_blocks
from writer.latex.project import load_paper

PARAGRAPH = (
    r"We measure $3.2\times$ more at \SI{4}{\milli\second} in Table~\ref{t} \cite{k}, "
    r"which is \emph{not} what 45\% of the others do in their evaluation of it."
    "\n\n"
)
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """Median time of one call."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print both speeds and the ratio."""
    text = PARAGRAPH * int(sys.argv[1] if len(sys.argv) > 1 else 1000)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "paper.tex"
        path.write_text(text, encoding="utf-8")
        ours = seconds(lambda: read_blocks(load_paper(path, Path(name))))
    bare = seconds(lambda: LatexWalker(text).get_latex_nodes())
    size = len(text) / 1000
    print(f"sage-write {size / ours:8.0f} kB/s")
    print(f"pylatexenc {size / bare:8.0f} kB/s (parse only)")
    print(f"ratio      {ours / bare:8.2f} times its time")


if __name__ == "__main__":
    main()
