"""The share of errors that went is told of scores, and of no times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

SETS = r"""\begin{table}
\caption{Both indexes on each set.}
\begin{tabular}{lrr}
Index & Recall (\%) & Scan (ms) \\
\hline
Curlew & 91.2 & 20.0 \\
Dunlin & 94.5 & 12.0 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "number", "verdict"),
    [
        # 80 of 88 is no share of times
        (r"Relative to Dunlin, the scan of Curlew is 9.1\% longer.", "9.1%", "unsupported"),
        (r"Relative to Curlew, the scan of Dunlin is 40\% shorter.", "40%", "supported"),
    ],
)
def test_times_leave_no_errors(tmp_path: Path, sentence: str, number: str, verdict: str) -> None:
    found = judged(tmp_path, sentence, SETS)
    assert {text: str(item.verdict) for text, item in found.items()} == {number: verdict}
