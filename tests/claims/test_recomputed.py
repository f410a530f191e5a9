"""Extremes and means of a named column, recomputed where a sentence is explicitly of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

RUNS = r"""\begin{table}\caption{Results of our submitted models on task 1.}
\begin{tabular}{rrrr}
\hline
Run & Precision & Recall & F1-score \\
\hline
1 & 68.13 & 61.21 & 64.48 \\
2 & 66.81 & 66.12 & 66.46 \\
3 & 70.32 & 63.38 & 64.52 \\
4 & 68.73 & 62.90 & 65.70 \\
\hline
\end{tabular}\end{table}
"""

OTHER = r"""\begin{table}\caption{Results of our submitted models on the development set.}
\begin{tabular}{rrr}
\hline
Run & Accuracy & F1-score \\
\hline
1 & 71.42 & 65.77 \\
2 & 70.18 & 63.91 \\
3 & 70.87 & 64.12 \\
\hline
\end{tabular}\end{table}
"""


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("65.77", "over 4 cells = 66.46"),
        ("67.21", "over 4 cells = 66.46"),
    ],
)
def test_the_best_of_a_named_column_is_its_largest_cell(
    tmp_path: Path, told: str, reason: str
) -> None:
    sentence = rf"Our best model for task 1 ranks fourth with an F1-score of {told}\%."
    found = judged(tmp_path, sentence, RUNS)[f"{told}%"]
    assert (str(found.verdict), found.reason.rpartition("max ")[2]) == ("contradicted", reason)


@pytest.mark.parametrize("tables", [RUNS + OTHER, OTHER + RUNS])
def test_an_extreme_that_another_column_of_the_name_prints_is_not_denied(
    tmp_path: Path, tables: str
) -> None:
    sentence = r"Our best model for task 1 ranks fourth with an F1-score of 65.77\%."
    assert str(judged(tmp_path, sentence, tables)["65.77%"].verdict) != "contradicted"


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ("71.84", "contradicted"),  # more than any recall
        ("64.97", "unsupported"),  # the mean of the four is 63.40, but a weighted one may be this
    ],
)
def test_a_mean_lies_among_the_cells_that_it_is_of(tmp_path: Path, told: str, verdict: str) -> None:
    sentence = rf"On task 1 our submitted models have an average recall of {told}\%."
    assert str(judged(tmp_path, sentence, RUNS)[f"{told}%"].verdict) == verdict
