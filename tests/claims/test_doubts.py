"""What speaks against holding a number against the cells that its words bind best."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

MODELS = r"""\begin{table}\caption{Serving with Brill.}
\begin{tabular}{lrrr}
\hline
Setting & Accuracy (\%) & Peak (GB) & Evicted \\
\hline
Brill (ours) & 84.7 & 11.2 & 67 \\
Stoker & 79.3 & 19.6 & 41 \\
\hline
\end{tabular}\end{table}
\begin{table}\caption{Ablation.}
\begin{tabular}{lrr}
\hline
Setting & Accuracy (\%) & Accuracy of hints (\%) \\
\hline
Brill (ours), small & 81.4 & 87.6 \\
Stoker, small & 77.2 & 71.9 \\
\hline
\end{tabular}\end{table}
"""


@pytest.mark.parametrize(
    ("sentence", "text", "verdict"),
    [
        ("Brill reaches an accuracy of 87.4\\%.", "87.4%", "contradicted"),
        ("Brill has a peak of 12.6 GB.", "12.6 GB", "contradicted"),
        ("Brill runs where the peak of 16 GB GPUs is passed by Stoker.", "16 GB", "not-checked"),
        ("Brill keeps its peak within 16 GB VRAM limits.", "16 GB", "not-checked"),
        ("Brill evicted lines are made in 45 nm.", "45 nm", "unsupported"),
        ("Brill has an accuracy of 87.6\\% on hints, in words.", "87.6%", "supported"),
    ],
)
def test_a_number_of_another_kind_is_not_held_against_a_cell(
    tmp_path: Path, sentence: str, text: str, verdict: str
) -> None:
    assert str(judged(tmp_path, sentence, MODELS)[text].verdict) == verdict


COVERAGE = r"""\begin{table}%s
\begin{tabular}{lrr}
\hline
Probe coverage & Relay guards (\%%) & Relay exits (\%%) \\
\hline
By bandwidth & 73.59 & 57.53 \\
By number & 50.69 & 52.25 \\
\hline
\end{tabular}\end{table}
"""


@pytest.mark.parametrize(
    ("caption", "verdict"),
    [
        (r"\caption{Exits by bandwidth that rely on the Brill servers.}", "contradicted"),
        (r"\coveragecaption", "unsupported"),
    ],
)
def test_a_share_is_held_against_no_table_whose_caption_is_not_known(
    tmp_path: Path, caption: str, verdict: str
) -> None:
    sentence = r"We find that relay exits with 40\% of the bandwidth rely on the Brill servers."
    assert str(judged(tmp_path, sentence, COVERAGE % caption)["40%"].verdict) == verdict


DEVICES = r"""\begin{table}\caption{Brill and Stoker on a device.}
\begin{tabular}{lrr}
\hline
Setting & Error & Serving latency (ms) \\
\hline
Brill (ours) & 0.081 & 9.4 \\
Stoker & 0.173 & 14.2 \\
\hline
\end{tabular}\end{table}
"""


@pytest.mark.parametrize(
    ("sentence", "text", "verdict"),
    [
        ("Brill has a serving latency of 16.8 ms.", "16.8 ms", "contradicted"),
        ("Brill has a serving latency of exactly 16.8.", "16.8", "contradicted"),
        ("Brill is serving exactly 16.8 as before.", "16.8", "unsupported"),
    ],
)
def test_a_bare_number_is_no_time_unless_the_column_is_named(
    tmp_path: Path, sentence: str, text: str, verdict: str
) -> None:
    assert str(judged(tmp_path, sentence, DEVICES)[text].verdict) == verdict


SHOTS = r"""\begin{table}\caption{Annotation efficiency of Brill with few shots.}
\begin{tabular}{rrrr}
\hline
Shots & Labelled & Reduction & Accuracy \\
\hline
1 & 4 & 99.9\% & 0.512 \\
3 & 12 & 99.8\% & 0.588 \\
5 & 20 & 99.6\% & 0.644 \\
10 & 40 & 99.2\% & 0.701 \\
20 & 80 & 98.5\% & 0.728 \\
\hline
\end{tabular}\end{table}
"""


@pytest.mark.parametrize(("told", "verdict"), [("99.25", "unsupported"), ("99.45", "contradicted")])
def test_a_cell_of_the_column_may_be_the_number_rounded(
    tmp_path: Path, told: str, verdict: str
) -> None:
    sentence = rf"Brill brings an annotation reduction of {told}\% with 5 shots."
    assert str(judged(tmp_path, sentence, SHOTS)[f"{told}%"].verdict) == verdict
