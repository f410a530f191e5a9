"""Counts that a table prints as its total."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

SHEETS = r"""\begin{table}
\caption{How the sheets of the herbarium were split.}
\begin{tabular}{lrrr}
Part & Ferns & Mosses & Total \\
\hline
Learned & 4{,}031 & 2{,}207 & 6{,}238 \\
Held out & 512 & 318 & 830 \\
Total & 4{,}543 & 2{,}525 & 7{,}068 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "text", "verdict"),
    [
        ("We learn held out ferns from 7,068 leaves.", "7,068", "supported"),
        ("We learn held out ferns from 7,086 leaves.", "7,086", "not-checked"),
        ("We learn held out ferns from 2,525 leaves.", "2,525", "not-checked"),
    ],
)
def test_a_count_is_the_printed_total_of_a_table_that_is_spoken_of(
    tmp_path: Path, sentence: str, text: str, verdict: str
) -> None:
    assert str(judged(tmp_path, sentence, SHEETS)[text].verdict) == verdict
