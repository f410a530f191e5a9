"""Shares of those with "two or more" things, of a table whose lines are numbers of things."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

FERRIES = r"""\begin{table}
\caption{Number of harbours that ferries call at.}
\begin{tabular}{lrrr}
Harbours & Vessels & Small (\%) & All ferries (\%) \\
\hline
1 & 61 & 47.3 & 31.6 \\
2 & 43 & 22.9 & 22.3 \\
3 & 35 & 14.2 & 18.1 \\
4 & 31 & 9.5 & 16.1 \\
5 & 23 & 6.1 & 11.9 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "text", "parts"),
    [
        ("We find that 46.1\\% of all ferries call at three or more harbours.", "46.1%", 3),
        ("Only 53\\% of the small ones call at more than one harbour.", "53%", 4),
        ("Of all ferries, 53.9\\% call at fewer than 3 harbours.", "53.9%", 2),
        ("At most three harbours are called at by 84.4\\% of the small ones.", "84.4%", 3),
    ],
)
def test_lines_from_a_number_on_are_summed(
    tmp_path: Path, sentence: str, text: str, parts: int
) -> None:
    item = judged(tmp_path, sentence, FERRIES)[text]
    assert (str(item.verdict), item.formula, len(item.evidence)) == ("supported", "sum", parts)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("We find that 46.1\\% of all ferries call at four or more harbours.", "46.1%"),
        ("We find that 46.5\\% of all ferries call at three or more harbours.", "46.5%"),
        ("We find that 46.1\\% of all ferries carry three or more buses.", "46.1%"),
        ("We find that 29.8\\% of all ferries call at three or more harbours.", "29.8%"),
    ],
)
def test_other_limits_and_other_things_are_no_support(
    tmp_path: Path, sentence: str, text: str
) -> None:
    assert str(judged(tmp_path, sentence, FERRIES)[text].verdict) == "unsupported"
