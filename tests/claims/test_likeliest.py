"""The cell that is told where a sentence of the body bears out a number, and no cell does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

EPOCHS = r"""\begin{table}
\caption{Influence by epoch.}
\begin{tabular}{lrrr}
Epoch & Old & New & Old ahead \\
\hline
0 (base) & 0.48 & 0.39 & 0.0\% \\
1 & 0.47 & 0.43 & 1.8\% \\
2 & 0.38 & 0.36 & 13.4\% \\
3 & 0.31 & 0.29 & 28.4\% \\
\end{tabular}
\end{table}
In training the old data slowly comes to dominate, from 0\% to 28.4\%.
"""

SYSTEMS = r"""\begin{table}
\caption{Probe of single prompts and selectors.}
\begin{tabular}{lrr}
System & Exact & Score \\
\hline
Prompt & 40/200 & 46.2 \\
Tuned & 29/200 & 40.5 \\
Selector & 44/200 & 47.8 \\
\end{tabular}
\end{table}
\begin{table}
\caption{Other counts.}
\begin{tabular}{lrr}
System & Exact & Switches \\
\hline
Prompt & 12/50 & 40 \\
Selector & 13/50 & 40 \\
\end{tabular}
\end{table}
On the probe the selector lifts the strongest prompt from 40/200 to 44/200 exact matches.
"""


SIZES = r"""\begin{table}
\caption{Models and runs.}
\begin{tabular}{lrr}
Name & N & Accuracy \\
\hline
Alder & 60 & 41.3 \\
Birch & 100 & 63.9 \\
Cedar & 80 & 55.0 \\
Elder & 250 & 51.2 \\
Hazel & 120 & 58.1 \\
\end{tabular}
\end{table}
BODY
"""


@pytest.mark.parametrize(
    ("sentence", "table", "text", "headers", "reason"),
    [
        (
            "Training lets old data dominate slowly (0\\% to 28.4\\% of all).",
            EPOCHS,
            "0%",
            ["0 (base)", "Old ahead"],
            "the least of 4",
        ),
        (
            "A simple selector lifts the strongest single prompt from 40/200 to 44/200.",
            SYSTEMS,
            "40",
            ["Prompt", "Exact"],
            "the body",
        ),
    ],
)
def test_a_number_that_the_body_bears_out_is_shown_with_its_cell(
    tmp_path: Path, sentence: str, table: str, text: str, headers: list[str], reason: str
) -> None:
    item = judged(tmp_path, sentence, table)[text]
    found = [cell["headers"] for cell in item.evidence]
    assert (str(item.verdict), found) == ("supported", [headers])
    assert reason in item.reason


def test_a_number_of_few_digits_is_shown_in_no_cell_that_its_words_do_not_bind(
    tmp_path: Path,
) -> None:
    body = "Noise at ratios of 100:1 barely moves any of the larger models."
    table = SIZES.replace("BODY", body)
    item = judged(tmp_path, "Even noise of 100:1 barely moves the larger models.", table)["100"]
    assert (str(item.verdict), item.evidence) == ("supported", ())
