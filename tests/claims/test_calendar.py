"""Times in weeks, months and years held against cells in days."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

REPAIRS = r"""\begin{table}
\caption{Mean time in days until a fault is seen and until it is mended.}
\begin{tabular}{lrr}
Bridge & Seen (days) & Mended (days) \\
\hline
Larch & 164 & 21 \\
Cedar & 433 & 58 \\
\end{tabular}
\end{table}"""

PIERS = REPAIRS.replace("(days)", "").replace(" in days", "")


@pytest.mark.parametrize(
    ("sentence", "text", "verdict"),
    [
        ("A fault on Larch is seen after more than 5 months.", "5", "supported"),
        ("A fault on Larch is mended after 3 weeks.", "3", "supported"),
        ("A fault on Larch is seen after more than 8 months.", "8", "not-checked"),
        ("A fault on Larch is mended after 5 weeks.", "5", "not-checked"),
    ],
)
def test_months_are_held_against_days(
    tmp_path: Path, sentence: str, text: str, verdict: str
) -> None:
    assert str(judged(tmp_path, sentence, REPAIRS)[text].verdict) == verdict


def test_months_are_counted_where_no_cell_is_a_time(tmp_path: Path) -> None:
    item = judged(tmp_path, "A fault on Larch is seen after more than 5 months.", PIERS)["5"]
    assert str(item.verdict) == "not-checked"
