"""A printed change and the two cells that give it are shown together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

ARROWS = r"""\begin{table}
\caption{Assessment of vulnerabilities.}
\begin{tabular}{lcc}
Metric & Rival & Warden (ours) \\
\hline
Severity F-score & 0.44 & 0.58 \\
Access F-score & 0.58 & 0.69 \\
Average F-score & 0.51 & 0.64 ($\Uparrow$25.5\%) \\
\end{tabular}
\end{table}"""

DELTA = r"""\begin{table}
\caption{Benefit of routing in tasks solved.}
\begin{tabular}{lccc}
Router & Solved & Calls & $\Delta$ \\
\hline
Single generalist & 35.8\% & 24 & -- \\
Oracle routing & 100.0\% & 24 & +64.2\% \\
Voting & 42.5\% & 192 & +6.7\% \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "table", "text", "values"),
    [
        (
            "On average Warden achieves a 25.5\\% higher F-score than Rival.",
            ARROWS,
            "25.5%",
            {25.5, 0.64, 0.51},
        ),
        (
            "Oracle routing solves 64.2 points more tasks than the single generalist.",
            DELTA,
            "64.2 points",
            {64.2, 100.0, 35.8},
        ),
    ],
)
def test_a_change_is_shown_with_the_cells_that_give_it(
    tmp_path: Path, sentence: str, table: str, text: str, values: set[float]
) -> None:
    item = judged(tmp_path, sentence, table)[text]
    assert str(item.verdict) == "supported"
    assert {cell["value"] for cell in item.evidence} == values


def test_a_printed_change_that_several_pairs_give_is_shown_alone(tmp_path: Path) -> None:
    table = ARROWS.replace("0.44 & 0.58", "0.44 & 0.51")
    sentence = "On average Warden achieves a 25.5\\% higher F-score than Rival."
    item = judged(tmp_path, sentence, table)["25.5%"]
    assert [cell["value"] for cell in item.evidence] == [25.5]


NET = r"""\begin{table}
\caption{Rates of help and harm, and what remains.}
\begin{tabular}{llrrr}
Model & Data & Help & Harm & $\Delta_{sc}$ \\
\hline
Weir & Sums & 12.0\% & 10.5\% & $+1.5$ \\
Fjord & Sums & 12.5\% & 8.5\% & $+4.0$ \\
Weir & Proofs & 6.0\% & 4.5\% & $+1.5$ \\
Fjord & Proofs & 4.0\% & 7.0\% & $-3.0$ \\
\end{tabular}
\end{table}"""


def test_a_difference_is_told_and_no_difference_of_differences(tmp_path: Path) -> None:
    sentence = "With Fjord on Proofs, voting is 3 points worse than plain answers."
    item = judged(tmp_path, sentence, NET)["3 points"]
    shown = [cell["headers"] for cell in item.evidence if cell["value"] == -3.0]
    assert (str(item.verdict), shown) == ("supported", [["Fjord", "Proofs", "Δ_sc"]])
    crossed = "With Fjord on Proofs, voting is 7.0 points worse than on Sums."  # 4.0 over -3.0
    assert str(judged(tmp_path, crossed, NET)["7.0 points"].verdict) != "supported"


SIZES = r"""\begin{table}
\caption{Model sizes.}
\begin{tabular}{lrr}
Model & Size (MB) & %s \\
\hline
Alder full & 44.68 & 1.0$\times$ \\
Alder ternary & 2.22 & 20.1$\times$ \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("header", "values"), [("Compression", {44.68, 2.22, 20.1}), ("Depth", {44.68, 2.22})]
)
def test_a_pair_is_shown_with_its_printed_ratio(
    tmp_path: Path, header: str, values: set[float]
) -> None:
    sentence = "The size of Alder ternary is 20$\\times$ smaller than that of Alder full."
    item = judged(tmp_path, sentence, SIZES % header)["20×"]
    assert str(item.verdict) == "supported"
    assert {cell["value"] for cell in item.evidence} == values
