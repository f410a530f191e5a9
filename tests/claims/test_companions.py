"""Numbers of one sentence that stand together in a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

EXACT = r"""\begin{table}
\caption{Systems on the test set.}
\begin{tabular}{lcc}
System & Exact & chrF \\
\hline
Ferrum baseline & 12/50 & 28.54 \\
Copper, same prompt & 1/50 & 12.18 \\
Guarded mix & 12/50 & 32.62 \\
Plural mix & 13/50 & 30.06 \\
\end{tabular}
\end{table}"""

POOLS = r"""\begin{table}
\caption{Training data and accuracy.}
\begin{tabular}{lrr}
Data & Examples & Accuracy on Birds \\
\hline
Plain & 2.3M & 73.1 \\
Dense & 4.1M & 75.5 \\
Sift (ours) & 1.4M & 79.2 \\
\end{tabular}
\end{table}"""

BASELINE = (
    "The strongest system is one model (28.54 chrF, 12/50 exact); another reaches 32.62 chrF."
)
RESULTING = "The resulting 1.4M subset trains a model to 79.2\\% accuracy on Birds."


@pytest.mark.parametrize(
    ("sentence", "table", "text", "headers"),
    [
        (BASELINE, EXACT, "12", ["Ferrum baseline", "Exact"]),
        (RESULTING, POOLS, "1.4M", ["Sift (ours)", "Examples"]),
        (RESULTING, POOLS, "79.2%", ["Sift (ours)", "Accuracy on Birds"]),
    ],
)
def test_of_equal_cells_the_one_among_the_other_numbers_is_named(
    tmp_path: Path, sentence: str, table: str, text: str, headers: list[str]
) -> None:
    item = judged(tmp_path, sentence, table)[text]
    found = [cell["headers"] for cell in item.evidence]
    assert (str(item.verdict), found) == ("supported", [headers])


@pytest.mark.parametrize("text", ["2.3M", "4.1M"])
def test_a_cell_of_another_row_is_no_support(tmp_path: Path, text: str) -> None:
    sentence = RESULTING.replace("1.4M", text)
    assert str(judged(tmp_path, sentence, POOLS)[text].verdict) != "supported"


PHASES = r"""\begin{table}
\caption{What wins at each stage.}
\begin{tabular}{lrr}
Stage & FT wins & PT wins \\
\hline
0 (start) & 0.0 & 0.0 \\
1 & 81.3 & 18.7 \\
5 & 71.6 & 28.4 \\
\end{tabular}
\end{table}

\begin{table}
\caption{What the model learned before.}
\begin{tabular}{lrr}
Model & Share of answers & Answers learned before \\
\hline
Small model & 27.1 & 31.2 \\
Large model & 29.3 & 28.9 \\
\end{tabular}
\end{table}

Training begins with format, and what was learned before comes to dominate 28.4\% of answers.
"""


def test_a_number_of_the_body_is_shown_with_the_only_cell_that_prints_it(tmp_path: Path) -> None:
    sentence = "What the model learned before comes to dominate 28.4\\% of answers."
    item = judged(tmp_path, sentence, PHASES)["28.4%"]
    assert [cell["headers"] for cell in item.evidence] == [["5", "PT wins"]]
    assert "as no other cell has; the body says the same" in item.reason


RATES = r"""\begin{table}
\caption{Success of repair.}
\begin{tabular}{llr}
Data & Method & Success rate \\
\hline
Benchmark & Loop & 72\% \\
 & Mend & 93\% \\
Industry & Loop & 20\% \\
 & Mend & 76\% \\
\end{tabular}
\end{table}"""

MODELS = r"""\begin{table}
\caption{Pass rate by prompt.}
\begin{tabular}{lrrrr}
Task & \multicolumn{2}{c}{Alpha 8B} & \multicolumn{2}{c}{Beta 7B} \\
 & Plain & Rules & Plain & Rules \\
\hline
Extraction & 98.0 & 90.1 & 97.2 & 97.4 \\
Retrieval & 93.3 & 80.2 & 93.3 & 86.7 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "table", "text", "headers"),
    [
        # the ends of a change are levels, not the difference of two others
        (
            "Mend improves the success rate from 72\\% to 93\\% on the benchmark and from 20\\% "
            "to 76\\% in industry.",
            RATES,
            "20%",
            ["Industry", "Loop", "Success rate"],
        ),
        # of equal cells the one that shares most headers with the other end
        (
            "Rules lower retrieval from 93.3\\% to 80.2\\%.",
            MODELS,
            "93.3%",
            ["Retrieval", "Alpha 8B", "Plain"],
        ),
        (
            "Rules lower retrieval from 93.3\\% to 86.7\\%.",
            MODELS,
            "93.3%",
            ["Retrieval", "Beta 7B", "Plain"],
        ),
    ],
)
def test_the_ends_of_a_change_stand_together(
    tmp_path: Path, sentence: str, table: str, text: str, headers: list[str]
) -> None:
    item = judged(tmp_path, sentence, table)[text]
    found = [cell["headers"] for cell in item.evidence]
    assert (str(item.verdict), found) == ("supported", [headers])


def test_a_cell_that_no_word_tells_from_its_neighbours_is_named_and_no_support(
    tmp_path: Path,
) -> None:
    table = (
        r"\begin{table}\caption{Scores by input.}\begin{tabular}{lrrr}"
        r"Input & Score A & Score B & Score C \\ \hline Log & 23.59 & 44.2 & 35.3 \\ "
        r"Trace & 31.09 & 45.2 & 36.3 \\ Metric & 42.78 & 47.2 & 38.3 \\ "
        r"All & 51.27 & 55.2 & 45.3 \\ \end{tabular}\end{table}"
    )
    item = judged(tmp_path, "The score reaches 42.78 in the end.", table)["42.78"]
    assert (str(item.verdict), item.reason) == (
        "unsupported",
        "Table 1 has 42.78 (Metric, Score A), but no word tells it from other cells of its row "
        "or column",
    )
