"""Numbers in cells of words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

GATES = r"""\begin{table}
\caption{What passes the gates of Tarn.}
\begin{tabular}{llr}
Gate & Remark & Passed \\
\hline
Plain letters & 3\% bounced letters & 97 \\
Sealed letters & opened by hand & 45 \\
\hline
\multicolumn{3}{l}{Share of the floor: 4{,}812 shelves, 61{,}400 bins} \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "text", "verdict"),
    [
        (r"Over a long winter of many storms Tarn has 3\% bounced letters.", "3%", "supported"),
        (r"Over a long winter of many storms Tarn has 4\% bounced letters.", "4%", "unsupported"),
        (r"Over a long winter of many storms Tarn has 3\% burnt letters.", "3%", "unsupported"),
        ("Tarn fills 4,812 shelves of the floor.", "4,812", "supported"),
        ("Tarn fills 4,821 shelves of the floor.", "4,821", "not-checked"),
    ],
)
def test_a_number_in_a_cell_of_words_is_said_by_its_words(
    tmp_path: Path, sentence: str, text: str, verdict: str
) -> None:
    assert str(judged(tmp_path, sentence, GATES)[text].verdict) == verdict
