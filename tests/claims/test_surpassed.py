"""What "by" joins to a number: the one that is surpassed by so much, or trailed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

SCORES = r"""\begin{table}
\caption{Accuracy on the test set.}
\begin{tabular}{lc}
Method & Accuracy (\%) \\
\hline
Alba & 77.0 \\
Bora & 75.0 \\
Cyra & 84.7 \\
Dora & 79.0 \\
Zed & 80.0 \\
Flat & 6.7 \\
\end{tabular}
\end{table}"""

EACH = "Zed outperforms Alba by 3.0 points and Bora by 5.0 points."
BEHIND = "While our Zed trails the ensemble Cyra by a marginal 4.7\\%, it needs one model."
TWICE = "Zed is the best, outperforming Alba by 3.0 points and exceeding the accuracy of Dora."
SHARED = "Zed achieves 3.9\\% and 6.7\\% relatively higher accuracy than Alba and Bora."


@pytest.mark.parametrize(
    ("sentence", "text", "rows"),
    [
        (EACH, "3.0 points", ["Zed", "Alba"]),
        (EACH, "5.0 points", ["Zed", "Bora"]),
        (BEHIND, "4.7%", ["Zed", "Cyra"]),
        (TWICE, "3.0 points", ["Zed", "Alba"]),
        (SHARED, "6.7%", ["Zed", "Bora"]),
    ],
)
def test_a_number_is_held_against_the_one_that_by_joins_to_it(
    tmp_path: Path, sentence: str, text: str, rows: list[str]
) -> None:
    item = judged(tmp_path, sentence, SCORES)[text]
    found = [str(cell["headers"]) for cell in item.evidence]
    assert (str(item.verdict), found) == ("supported", [str([row, "Accuracy (%)"]) for row in rows])


RANKS = r"""\begin{table}
\caption{Paragraph selection, with seeds.}
\begin{tabular}{lcccc}
Method & P@2 & Paragraph F1 & Fact F1 & Gap \\
\hline
Random & 0.023 & 0.195 & 0.102 & 0.027 \\
BM25 & 0.187 & 0.505 & 0.273 & 1.80 \\
Overlap & 0.152 & 0.431 & 0.234 & 0.160 \\
Sift-Uniform (ablation) & 0.080 & 0.369 & 0.174 & 0.072 \\
Sift-Learned (ours) & 0.345 & 0.643 & 0.383 & 0.349 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    "sentence",
    [
        "The P@2 of the uniform rule instead collapses to 0.080, below BM25.",
        "With a uniform rule P@2 collapses to 0.080, well below baselines such as BM25.",
        "With equal weights, the uniform rule falls to a P@2 of 0.080, behind Overlap and far "
        "below BM25 alone.",
    ],
)
def test_what_a_level_lies_below_is_not_what_it_is_said_of(tmp_path: Path, sentence: str) -> None:
    item = judged(tmp_path, sentence, RANKS)["0.080"]
    found = [cell["headers"] for cell in item.evidence]
    assert (str(item.verdict), found) == ("supported", [["Sift-Uniform (ablation)", "P@2"]])
