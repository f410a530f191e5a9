r"""How long a whole check takes, against pylatexenc's bare parse of the same text.

    python -m benchmarks.papers [FOLDER] [--most N] [--rounds N] [--copies NAME ...]

FOLDER holds papers: folders with a main file, archives, main files. Without one, the
papers of ``tests/corpus``, and where that is missing, made-up ones. In one process, start-up
apart, each round times for each paper, one after the other,

    check   read the files, find and judge every quantity, run the rules, render the text
    bare    ``LatexWalker(text).get_latex_nodes()`` for the flattened text

in CPU time; the median round counts. Then the bodies of the paper of middle size and of the three
whose check takes longest, or of each NAME, are repeated 1, 5 and 20 times: as they are, where a
table that is printed again is one piece of evidence, and with other digits in each copy, where
every table is one of its own and every name in a claim stands in as many. No test depends on it.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import _lru_cache_wrapper
from pathlib import Path

from pylatexenc.latexwalker import LatexWalker

from benchmarks.latex import MADE_UP
from writer.audit.runner import audit
from writer.claims.check import check_paper
from writer.cli.cards import cards
from writer.cli.checking import Habits
from writer.cli.papers import BELOW, named
from writer.config import Config
from writer.dataset import Dataset
from writer.errors import SageWriteError
from writer.latex.choice import Input, open_input
from writer.latex.project import load_paper
from writer.report import formats
from writer.report._check import check_report

CORPUS = Path(__file__).parent.parent / "tests" / "corpus" / "papers"
COPIES = (1, 5, 20)
SLOWEST = 3
"""How many of the papers whose check takes longest are repeated."""

TARGET = 0.5
"""The share of the bare parse that the whole check should take at most (issue 4)."""

BEGIN, END = "\\begin{document}", "\\end{document}"
NOTHING = Dataset({}, {}, {})


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds for one paper.

    Attributes:
        name: the paper.
        size: characters of its flattened text.
        check, bare: median CPU seconds.
    """

    name: str
    size: int
    check: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.check / self.bare


def whole_check(given: Input) -> str:
    """What ``sage-write check`` does after it has started, without data."""
    result = check_paper(given.main, given.root, NOTHING, audit(NOTHING), Config(root=given.root))
    result = replace(Habits().apply(result), notes=(*given.notes, *result.notes))
    return formats()["text"].render(replace(check_report(result, cards=cards()), plain=True))


def seconds(work: Callable[[], object], before: Callable[[], None] = lambda: None) -> float:
    """CPU time of one call, after ``before``."""
    before()
    start = time.process_time()
    work()
    return time.process_time() - start


def forget() -> None:
    """Clear what the program remembers of texts it has seen: a round is to be like the first."""
    for module in [item for name, item in sys.modules.items() if name.startswith("writer.")]:
        for item in vars(module).values():
            if isinstance(item, _lru_cache_wrapper) and item.cache_parameters()["maxsize"]:
                item.cache_clear()


def measured(name: str, given: Input, rounds: int) -> Times:
    """Time one paper: the two contestants take turns."""
    text = load_paper(given.main, given.root).text
    pairs = [
        (
            seconds(lambda: whole_check(given), before=forget),
            seconds(lambda: LatexWalker(text).get_latex_nodes()),
        )
        for _ in range(rounds)
    ]
    check, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Times(name, len(text), check, bare)


def checked(given: Input, rounds: int) -> float:
    """Time one check alone."""
    return statistics.median(
        seconds(lambda: whole_check(given), before=forget) for _ in range(rounds)
    )


@contextmanager
def written(text: str) -> Iterator[Input]:
    """A paper that consists of ``text``."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name).resolve() / "paper.tex"
        path.write_text(text, encoding="utf-8")
        yield Input(path, path.parent)


def repeated(text: str, copies: int) -> str:
    """``text`` with what is between begin and end of the document so many times."""
    head, begin, rest = text.partition(BEGIN)
    if not begin:
        return text * copies
    body, _, _ = rest.rpartition(END)
    return f"{head}{BEGIN}{(body or rest) * copies}\n{END}\n"


_LATER = re.compile(r"(?<=[\d.])\d")
"""A digit behind another, or behind a point: no count of columns."""


def varied(text: str, copies: int) -> str:
    """The same, with other digits in each copy after the first, of up to 40 copies."""
    head, begin, rest = text.partition(BEGIN)
    body = (rest.rpartition(END)[0] or rest) if begin else text

    def copy(number: int) -> str:
        factor, shift = (1, 3, 7, 9)[number // 10 % 4], number % 10
        return _LATER.sub(lambda match: str((factor * int(match[0]) + shift) % 10), body)

    bodies = "".join(copy(number) for number in range(copies))
    return f"{head}{BEGIN}{bodies}\n{END}\n" if begin else bodies


def papers(folder: Path | None, most: int) -> Iterator[tuple[str, Path | str]]:
    """The papers by name, each a path or a text."""
    chosen = folder or (CORPUS if CORPUS.is_dir() else None)
    if chosen is None:
        for size in (1, 3, 9):
            yield f"made up, {size}", f"{BEGIN}\n{MADE_UP * size}{END}\n"
        return
    for path in named([chosen / BELOW])[:most]:
        yield path.name, path


@contextmanager
def opened(paper: Path | str) -> Iterator[Input]:
    """The paper, ready to be read."""
    if isinstance(paper, str):
        with written(paper) as given:
            yield given
    else:
        root = paper if paper.is_dir() else paper.parent
        with open_input(paper, root) as given:
            yield given


def sides(found: Sequence[tuple[str, Path | str]], rounds: int) -> list[Times]:
    """Print the figures of each paper and of all."""
    print(f"{'paper':44}{'size':>9}{'bare':>11}{'check':>11}{'check/bare':>12}")
    all_times = []
    for name, paper in found:
        try:
            with opened(paper) as given:
                times = measured(name, given, rounds)
        except (SageWriteError, RecursionError) as error:
            print(f"{name[:43]:44} not measured: {str(error).splitlines()[0][:60]}")
            continue
        all_times.append(times)
        print(
            f"{name[:43]:44}{times.size / 1000:6.0f} kB{times.bare * 1000:8.1f} ms"
            f"{times.check * 1000:8.1f} ms{times.ratio:12.2f}"
        )
    return all_times


def summary(all_times: Sequence[Times]) -> None:
    """Print what all papers together come to."""
    check, bare = sum(each.check for each in all_times), sum(each.bare for each in all_times)
    size = sum(each.size for each in all_times)
    ratios = sorted(each.ratio for each in all_times)
    kept = sum(ratio <= TARGET for ratio in ratios)
    print(
        f"\nall {len(all_times)} papers: check {check:.2f} s ({size / check / 1000:.0f} kB/s), "
        f"bare {bare:.2f} s ({size / bare / 1000:.0f} kB/s), ratio of the sums {check / bare:.2f}\n"
        f"ratio per paper: median {statistics.median(ratios):.2f}, "
        f"from {ratios[0]:.2f} to {ratios[-1]:.2f}; "
        f"target at most {TARGET}: {'met' if check / bare <= TARGET else 'MISSED'} by the sums, "
        f"met by {kept} of {len(ratios)} papers"
    )


def growth(name: str, paper: Path | str, rounds: int) -> None:
    """Print how time grows with copies of one paper's body; 1.00 is linear."""
    with opened(paper) as given:
        text = load_paper(given.main, given.root).text
    print(f"\ncopies of the body of {name}: time over that of as many single ones")
    print(f"{'':24}{'check':>17}{'other digits':>20}{'bare':>19}{'check/bare':>13}")
    single: tuple[Times, Times] | None = None
    for copies in COPIES:
        with written(repeated(text, copies)) as given:
            times = measured(name, given, rounds)
        with written(varied(text, copies)) as given:
            others = replace(times, check=checked(given, rounds))
        single = single or (times, others)
        print(
            f"{copies:4} copies {times.size / 1000:8.0f} kB  "
            f"{times.check:9.3f} s {times.check / single[0].check / copies:5.2f}   "
            f"{others.check:9.3f} s {others.check / single[1].check / copies:5.2f}   "
            f"{times.bare:8.3f} s {times.bare / single[0].bare / copies:5.2f}   "
            f"{times.ratio:9.2f}"
        )


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--most", type=int, default=10_000, help="papers at most")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--copies", metavar="NAME", nargs="+", help="repeat these papers")
    given = parser.parse_args()
    found = list(papers(given.folder, given.most))
    with written(MADE_UP) as warm:
        whole_check(warm)  # what is imported and compiled once is start-up
    all_times = sides(found, given.rounds)
    if not all_times:
        raise SystemExit("no paper could be measured")
    summary(all_times)
    by_name = dict(found)
    middle = sorted(all_times, key=lambda each: each.size)[len(all_times) // 2].name
    slowest = sorted(all_times, key=lambda each: -each.check)[:SLOWEST]
    names = given.copies or dict.fromkeys([middle, *(each.name for each in slowest)])
    for name in names:
        if name not in by_name:
            raise SystemExit(f"there is no paper '{name}' among them")
        growth(name, by_name[name], given.rounds)


if __name__ == "__main__":
    main()
