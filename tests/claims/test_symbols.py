"""One-letter headers that the caption names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

KILNS = r"""\begin{table}
\caption{Precision p, recall r and F$_1$-measure f of fault detectors.}
\begin{tabular}{lrrr}
Detector & p & r & f \\
\hline
Basalt & 0.814 & 0.723 & 0.766 \\
Marl & 0.723 & 0.814 & 0.771 \\
Tuff & 0.698 & 0.655 & 0.676 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "text", "headers"),
    [
        ("Basalt has a recall of 72.3\\%.", "72.3%", ["Basalt", "r"]),
        ("The best precision is 81.4\\%.", "81.4%", ["Basalt", "p"]),
        ("Marl has an F$_1$ score of 77.1\\%.", "77.1%", ["Marl", "f"]),
    ],
)
def test_letters_stand_for_what_the_caption_names(
    tmp_path: Path, sentence: str, text: str, headers: list[str]
) -> None:
    item = judged(tmp_path, sentence, KILNS)[text]
    assert str(item.verdict) == "supported"
    assert item.evidence[0]["headers"] == headers


def test_a_letter_alone_may_be_an_index(tmp_path: Path) -> None:
    table = KILNS.replace("Precision p, recall r and F$_1$-measure f", "Precision p")
    item = judged(tmp_path, "The best precision is 81.4\\%.", table)["81.4%"]
    assert str(item.verdict) == "unsupported"
