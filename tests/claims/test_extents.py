"""Ranges are the least and the greatest of one set of lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged
from writer.model.claim import Judgement

STEPS = r"""\begin{table}
\caption{Simulator steps to converge.}
\begin{tabular}{lrrr}
Method & Oslo & Porto & Turin \\
\hline
Alder & 24200 & 25200 & 28100 \\
Birch & 26300 & 24100 & 25900 \\
Rill (ours) & 7300 & 5500 & 6900 \\
\end{tabular}
\end{table}"""

HARM = r"""\begin{table}
\caption{Rates of repair and harm.}
\begin{tabular}{llrr}
Model & Task & Repair (\%) & Harm (\%) \\
\hline
Small & Sums & 5.5 & 8.5 \\
Small & Proofs & 7.0 & 3.0 \\
Large & Sums & 12.5 & 10.5 \\
Large & Proofs & 9.0 & 4.5 \\
\end{tabular}
\end{table}"""

SPEED = r"""\begin{table}
\caption{Largest batch per device.}
\begin{tabular}{llrr}
Devices & System & BERT & T5 \\
\hline
2 & Plain & 16 & 40 \\
2 & Tiled (ours) & 84 & 192 \\
4 & Plain & 16 & 44 \\
4 & Tiled (ours) & 100 & 248 \\
\end{tabular}
\end{table}"""

BEST = "Rill reduces the steps by 70--77\\% relative to the best baseline on each network."
HARMS = "Voting turns right answers into wrong ones (harm) on 3--10.5\\% of prompts."
BATCHES = "Tiled allows batches 4.8--6.3$\\times$ larger than Plain."


def ends(folder: Path, sentence: str, table: str) -> list[tuple[str, list[str]]]:
    """The verdict on each number, and the numbers of its cells."""
    found: dict[str, Judgement] = judged(folder, sentence, table)
    return [(str(item.verdict), [str(c["text"]) for c in item.evidence]) for item in found.values()]


@pytest.mark.parametrize(
    ("sentence", "table", "low", "high"),
    [
        (BEST, STEPS, ["7300", "24200"], ["5500", "24100"]),
        (HARMS, HARM, ["3.0"], ["10.5"]),
        (BATCHES, SPEED, ["192", "40"], ["100", "16"]),
    ],
)
def test_both_ends_are_the_extremes_of_one_set(
    tmp_path: Path, sentence: str, table: str, low: list[str], high: list[str]
) -> None:
    assert ends(tmp_path, sentence, table) == [("supported", low), ("supported", high)]


@pytest.mark.parametrize(
    ("sentence", "table", "old", "new"),
    [
        (BEST, STEPS, "70--77", "70--82"),
        (BEST, STEPS, "70--77", "61--77"),
        (HARMS, HARM, "3--10.5", "3--9.5"),
        (BATCHES, SPEED, "4.8--6.3", "4.8--7.1"),
    ],
)
def test_another_end_is_not_supported(
    tmp_path: Path, sentence: str, table: str, old: str, new: str
) -> None:
    found = ends(tmp_path, sentence.replace(old, new), table)
    assert "unsupported" in [verdict for verdict, _ in found]
