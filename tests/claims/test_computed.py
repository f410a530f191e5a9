"""What cells give is what a reader computes from their printed digits, not all these allow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

SCORES = r"""\begin{table}
\caption{Scores of all systems.}
\begin{tabular}{lrr}
System & Score & Cost (s) \\
\hline
Rowan & NEW & 5.0 \\
Alder & 50.4 & 8.0 \\
\end{tabular}
\end{table}
"""


@pytest.mark.parametrize(
    ("new", "verdict"),
    [("62.5", "supported"), ("62.4", "unsupported"), ("62.6", "unsupported")],
)
def test_a_difference_is_what_the_printed_digits_give(
    tmp_path: Path, new: str, verdict: str
) -> None:
    sentence = "The score of Rowan is 12.1 points above that of Alder."
    item = judged(tmp_path, sentence, SCORES.replace("NEW", new))["12.1 points"]
    assert str(item.verdict) == verdict


def test_cells_that_the_sentence_states_may_be_off_by_what_their_digits_allow(
    tmp_path: Path,
) -> None:
    sentence = "Rowan reaches a score of 62.4 against 50.4 for Alder, a gain of 12.1 points."
    item = judged(tmp_path, sentence, SCORES.replace("NEW", "62.4"))["12.1 points"]
    assert str(item.verdict) == "supported"


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("1.6x", "supported"), ("1.7x", "supported"), ("1.8x", "unsupported")],
)
def test_the_last_digit_of_a_ratio_may_be_off_by_one(
    tmp_path: Path, said: str, verdict: str
) -> None:
    """8 over 5 is 1.6; the costs in full may have given 1.7, and 1.8 if both were far off."""
    sentence = f"Rowan is {said} cheaper in cost than Alder."
    table = SCORES.replace("NEW", "62.4").replace("5.0", "5").replace("8.0", "8")
    assert str(judged(tmp_path, sentence, table)[said].verdict) == verdict


def test_a_ratio_to_one_is_what_is_printed(tmp_path: Path) -> None:
    table = SCORES.replace("NEW", "62.4").replace("5.0", "1").replace("8.0", "3")
    item = judged(tmp_path, "Rowan is 3x cheaper in cost than Alder.", table)["3x"]
    assert str(item.verdict) == "supported"
