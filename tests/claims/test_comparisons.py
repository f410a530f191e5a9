"""Changes of one sentence that tell of one comparison."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

MODELS = r"""\begin{table}
\caption{Scores before and after tuning.}
\begin{tabular}{lcccccc}
 & \multicolumn{2}{c}{Hosted} & \multicolumn{2}{c}{Lynx-8B} & \multicolumn{2}{c}{Puma-4B} \\
Task & Alpha & Beta & Distill & + Sift & Instruct & + Sift \\
\hline
Chess & 61.3 & 55.2 & 31.0 & 51.9 & 40.8 & 66.2 \\
Sudoku & 70.4 & 66.1 & 28.4 & 60.3 & 44.1 & 71.7 \\
Physics & 58.2 & 61.7 & 34.5 & 46.5 & 50.1 & 54.5 \\
Law & 62.6 & 57.3 & 52.4 & 56.9 & 60.6 & 58.8 \\
Mean & 63.1 & 60.1 & 36.6 & 53.9 & 48.9 & 62.8 \\
\end{tabular}
\end{table}"""

SOLVERS = r"""\begin{table}
\caption{Instances solved and PAR-2 score (s).}
\begin{tabular}{lrrrr}
Solver & SAT & UNSAT & Total & PAR-2 \\
\hline
Flint & 118 & 103 & 221 & 4512 \\
Basalt & 139 & 129 & 268 & 3477 \\
Marl & 149 & 133 & 282 & 3241 \\
Learned & 151 & 136 & 287 & 3180 \\
\end{tabular}
\end{table}"""

MORE = (
    "Within an hour our solver solves 287 of 400 instances, 19 more than Basalt, "
    "and lowers the PAR-2 score by 8.5\\%."
)
GAINS = (
    "On Lynx-8B, the mean improves from 36.6\\% to 53.9\\%, "
    "with gains in physics (+12.0\\%) and law (+4.5\\%)."
)


@pytest.mark.parametrize(
    ("sentence", "table", "text", "cells"),
    [
        (GAINS, MODELS, "+12.0%", ["46.5", "34.5"]),
        (GAINS, MODELS, "+4.5%", ["56.9", "52.4"]),
        (MORE, SOLVERS, "19", ["287", "268"]),
        (MORE, SOLVERS, "8.5%", ["3180", "3477"]),
    ],
)
def test_further_changes_are_of_the_lines_that_the_sentence_compares(
    tmp_path: Path, sentence: str, table: str, text: str, cells: list[str]
) -> None:
    item = judged(tmp_path, sentence, table)[text]
    assert (str(item.verdict), [cell["text"] for cell in item.evidence]) == ("supported", cells)


@pytest.mark.parametrize("text", ["+8.2%", "+7.1%", "+6.3%"])
def test_a_change_of_other_lines_or_of_none_is_not_supported(tmp_path: Path, text: str) -> None:
    sentence = GAINS.replace("+4.5", text.removesuffix("%"))
    assert str(judged(tmp_path, sentence, MODELS)[text].verdict) != "supported"
