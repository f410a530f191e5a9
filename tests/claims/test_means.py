"""Means over lines of a table, as a text tells them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

PEAKS = r"""\begin{table}
\caption{Share of the peaks that are found on each pair of ranges.}
\begin{tabular}{llrr}
Pair & Finder & Near & Far \\
\hline
W-K & Osprey & 0.504 & 0.617 \\
    & Sonar & 0.411 & 0.423 \\
J-K & Osprey & 0.283 & 0.702 \\
    & Sonar & 0.252 & 0.341 \\
K-L & Osprey & 0.391 & 0.512 \\
    & Sonar & 0.333 & 0.405 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "text", "verdict"),
    [
        (r"On average, Osprey finds 39.27\% of the near peaks.", "39.27%", "supported"),
        (
            r"We find that averaging over the pairs, Osprey finds 39.27\% of the near peaks and "
            r"61.03\% of the far ones.",
            "61.03%",
            "supported",
        ),
        (r"On average, Osprey finds 37.29\% of the near peaks.", "37.29%", "unsupported"),
        (r"On average, Sonar finds 39.27\% of the near peaks.", "39.27%", "unsupported"),
    ],
)
def test_a_mean_of_rows_that_share_a_name_is_told_finer_than_its_cells(
    tmp_path: Path, sentence: str, text: str, verdict: str
) -> None:
    assert str(judged(tmp_path, sentence, PEAKS)[text].verdict) == verdict


@pytest.mark.parametrize(("number", "verdict"), [("67.5", "supported"), ("45.5", "unsupported")])
def test_with_and_without_are_no_watts(tmp_path: Path, number: str, verdict: str) -> None:
    table = r"""\begin{table}
\caption{Ablation on two sets.}
\begin{tabular}{llr}
Set & Setting & Score \\
\hline
Fen & w/ reef & 61.2 \\
 & without reef & 40.4 \\
Moor & w/ reef & 73.8 \\
 & without reef & 50.6 \\
\end{tabular}
\end{table}"""
    sentence = f"On average, the model w/ reef has a score of {number}."
    assert str(judged(tmp_path, sentence, table)[number].verdict) == verdict
