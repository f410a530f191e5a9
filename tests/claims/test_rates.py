"""A rate is held against cells that print it under another name: "operations per second", ops/s."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

RATES = r"""\begin{table}
\caption{What one node sustains.}
\begin{tabular}{lrrr}
Engine & ops/s & QPS & Load (img/s) \\
\hline
Basalt & 31,000,000 & 5,120 & 212 \\
Marl & 117,000,000 & 8,410 & 377 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Marl sustains 117 million operations per second.", "117 million operations per second"),
        ("Marl sustains 117 Mops/s.", "117 Mops/s"),
        ("Marl answers 8,410 queries per second.", "8,410 queries per second"),
        ("Marl loads 377 images/s.", "377 images/s"),
    ],
)
def test_a_rate_by_another_name_is_the_same(tmp_path: Path, sentence: str, text: str) -> None:
    item = judged(tmp_path, sentence, RATES)[text]
    assert str(item.verdict) == "supported"
    assert item.reason.startswith("Table 1 has")
    assert "(Marl, " in item.reason


def test_a_rate_of_other_things_is_not(tmp_path: Path) -> None:
    item = judged(tmp_path, "Marl answers 377 requests per second.", RATES)
    assert str(item["377 requests per second"].verdict) != "supported"
