"""How fast a paper is read, against pylatexenc's bare parse of the same text.

    python -m benchmarks.latex [PAPER ...]

Each PAPER is a main file, a folder or an archive; without one, a made-up paper is read.
Prints, in one run, the time of each step as a share of what
``LatexWalker.get_latex_nodes()`` takes for the same flattened text, and how the time
grows from 1 to 5 to 20 copies of the first paper's body. No test depends on it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pylatexenc.latexwalker import LatexWalker

from writer.claims.quantities import quantities
from writer.claims.sentences import sentences
from writer.latex.blocks import Block, read_blocks
from writer.latex.choice import Input, open_input
from writer.latex.project import load_paper

PARAGRAPH = (
    r"We measure $3.2\times$ more at \SI{4}{\milli\second} in Table~\ref{t} \cite{k}, "
    r"which is \emph{not} what 45\% of the others do in their evaluation of it."
    "\n\n"
)
TABLE = (
    "\\begin{table}\\caption{All of it.}\\begin{tabular}{lrr}\\toprule\n"
    + "a & $3.2\\pm0.1$ & \\textbf{45\\%} \\\\\n" * 12
    + "\\end{tabular}\\end{table}\n\n"
)
MADE_UP = "\\section{One}\n" + (PARAGRAPH * 12 + TABLE) * 20
ROUNDS = 3
COPIES = (1, 5, 20)


def seconds(work: Callable[[], object]) -> float:
    """Median time of one call, in seconds of this process."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def scan(blocks: tuple[Block, ...]) -> int:
    """How many quantities the blocks hold."""
    return sum(len(quantities(each.text)) for block in blocks for each in sentences(block))


@contextmanager
def made_up(text: str) -> Iterator[Input]:
    """A paper that consists of ``text``."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "paper.tex"
        path.write_text(text, encoding="utf-8")
        yield Input(path, Path(name))


def row(name: str, given: Input) -> tuple[float, ...]:
    """Print the figures of one paper: seconds to load, read, scan and to parse it bare."""
    paper = load_paper(given.main, given.root)
    blocks, _ = read_blocks(paper)
    times = (
        seconds(lambda: load_paper(given.main, given.root)),
        seconds(lambda: read_blocks(paper)),
        seconds(lambda: scan(blocks)),
        seconds(lambda: LatexWalker(paper.text).get_latex_nodes()),
    )
    shares = "".join(f"{each / times[3]:9.3f}" for each in times[:3])
    print(f"{name[-40:]:40}{len(paper.text) / 1000:8.0f} kB{times[3]:9.3f} s{shares}")
    return times


def main() -> None:
    """Print all figures."""
    print(f"{'paper':40}{'size':>11}{'bare':>11}{'load':>9}{'blocks':>9}{'scan':>9}")
    total: list[tuple[float, ...]] = []
    paths = [Path(each) for each in sys.argv[1:]]
    for path in paths:
        with open_input(path, path.parent) as given:
            total.append(row(str(path), given))
    if not paths:
        with made_up(MADE_UP) as given:
            total.append(row("made up", given))
    sums = [sum(each) for each in zip(*total, strict=True)]
    print(f"all: loading and reading take {(sums[0] + sums[1]) / sums[3]:.3f}, "
          f"with scanning {sum(sums[:3]) / sums[3]:.3f} of the bare parse")  # fmt: skip
    for copies in COPIES:
        with made_up(MADE_UP * copies) as given:
            paper = load_paper(given.main, given.root)
            each = seconds(lambda given=given: read_blocks(load_paper(given.main, given.root)))  # type: ignore[misc]
            print(f"{copies:3} copies: {each:.3f} s, {len(paper.text) / each / 1e6:.2f} MB/s")


if __name__ == "__main__":
    main()
