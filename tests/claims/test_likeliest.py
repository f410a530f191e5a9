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

EDITS = r"""\begin{table}
\caption{Accuracy on two benchmarks.}
\begin{tabular}{lrrrrrr}
 & \multicolumn{2}{c}{Waterbirds} & \multicolumn{2}{c}{CelebA} & \multicolumn{2}{c}{Comments} \\
Method & Average & Worst & Average & Worst & Average & Worst \\
\hline
Frozen CLIP & 84 & 34 & 81 & 66 & 77 & 58 \\
Linear probe & 88 & 53 & 86 & 61 & 82 & 63 \\
Group tuning & 83 & 58 & 85 & 79 & 80 & 68 \\
Prompt tuning & 90 & 48 & 91 & 74 & 87 & 53 \\
LatentEdit (rank 1) & 79 & 60 & 86 & 71 & 82 & 63 \\
LatentEdit (rank 4) & 81 & 55 & 82 & 69 & 84 & 59 \\
\end{tabular}
\end{table}
On Waterbirds, LatentEdit of rank 1 improves the worst group of frozen CLIP while reducing its
average accuracy by 5 points.
"""

BLOCKS = r"""\begin{table}
\caption{Safety of the code.}
\begin{tabular}{lr}
Metric & Value \\
\hline
Files & 31 \\
Recorded unsafe blocks, GPU paths & 3 \\
Foreign calls & 3 \\
Open issues & 7 \\
\end{tabular}
\end{table}
The runner contains exactly three unsafe blocks, all at the border to the driver.
"""

FINE = r"""\begin{table}
\caption{Comparison with the reference.}
\begin{tabular}{lr}
Quantity & Relative difference \\
\hline
Work & $3.88\times10^{-5}$ \\
Displacement & $3.52\times10^{-3}$ \\
Strain & $8.72\times10^{-3}$ \\
\end{tabular}
\end{table}
The layer is tight: the work relative difference is $3.877\times10^{-5}$.
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


def _shown(folder: Path, sentence: str, table: str, text: str) -> tuple[str, list[object]]:
    item = judged(folder, sentence, table)[text]
    return str(item.verdict), [cell["headers"] for cell in item.evidence]


def test_a_change_that_the_body_bears_out_is_shown_with_the_pair_that_both_sentences_bind(
    tmp_path: Path,
) -> None:
    pair = [["LatentEdit (rank 1)", "Waterbirds", "Average"]]
    pair.append(["Frozen CLIP", "Waterbirds", "Average"])
    sentence = "On Waterbirds, rank-1 editing reduces average accuracy by 5 points."
    assert _shown(tmp_path, sentence, EDITS, "5 points") == ("supported", pair)


def test_a_change_is_shown_with_no_pair_that_the_claim_alone_does_not_bind(tmp_path: Path) -> None:
    sentence = "Editing reduces the average accuracy of frozen CLIP by 5 points."
    assert _shown(tmp_path, sentence, EDITS, "5 points") == ("supported", [])


@pytest.mark.parametrize("row", ["Recorded unsafe blocks, GPU paths", "Blocks"])
def test_a_count_is_shown_with_the_only_cell_of_what_it_counts(tmp_path: Path, row: str) -> None:
    table = BLOCKS.replace("Recorded unsafe blocks, GPU paths", row)
    sentence = "Metadata confirm only three unsafe blocks in the measured paths."
    cells = [[row, "Value"]] if "unsafe" in row else []
    assert _shown(tmp_path, sentence, table, "three") == ("supported", cells)


def test_a_count_that_two_rows_have_is_shown_with_neither(tmp_path: Path) -> None:
    table = BLOCKS.replace("Foreign calls", "Recorded unsafe blocks, CPU paths")
    sentence = "Metadata confirm only three unsafe blocks in the measured paths."
    assert _shown(tmp_path, sentence, table, "three") == ("supported", [])


@pytest.mark.parametrize(("printed", "rows"), [("3.88", ["Work"]), ("3.9", [])])
def test_a_level_is_shown_with_the_cell_of_fewer_digits_that_it_rounds_to(
    tmp_path: Path, printed: str, rows: list[str]
) -> None:
    table = FINE.replace("3.88", printed)
    sentence = (
        r"The comparison is tight, with a relative difference of $3.877\times10^{-5}$ in work."
    )
    cells = [[row, "Relative difference"] for row in rows]
    assert _shown(tmp_path, sentence, table, "3.877×10^-5") == ("supported", cells)


@pytest.mark.parametrize("change", ["-5", ""])
def test_a_pair_that_is_bound_less_well_is_shown_where_the_table_prints_its_change(
    tmp_path: Path, change: str
) -> None:
    rows = []
    for row in EDITS.replace("Average", "Mean").replace("{lrrrrrr}", "{lrrrrrrr}").split("\n"):
        more = {"Method": "Change", "LatentEdit (rank 1)": change}.get(row.split(" & ")[0], "")
        rows.append(row.replace(r" \\", rf" & {more} \\"))
    sentence = "Rank-1 editing reduces average accuracy by 5 points on Waterbirds."
    pair = [["LatentEdit (rank 1)", "Waterbirds", "Mean"], ["Frozen CLIP", "Waterbirds", "Mean"]]
    cells = [*pair, ["LatentEdit (rank 1)", "Change"]] if change else []
    assert _shown(tmp_path, sentence, "\n".join(rows), "5 points") == ("supported", cells)
