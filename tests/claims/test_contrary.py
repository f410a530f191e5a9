"""Changes told the wrong way round, and cells that nothing tells from their neighbours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged
from writer.claims.quantities import quantities
from writer.claims.tables.changes import is_compared

SCORES = r"""\begin{table}
\caption{Accuracy and latency of each method.}
\begin{tabular}{lrr}
Method & Accuracy (\%) & Latency (ms) \\
\hline
BM25 & 40.4 & 125 \\
Lark & 86.6 & 100 \\
\end{tabular}
\end{table}
"""

VARIANTS = r"""\begin{table}
\caption{Macro-F1 of each classifier.}
\begin{tabular}{lrrr}
Classifier & Relations & Entities & Events \\
\hline
Forest & 51.20 & 61.17 & 44.02 \\
Linear & 57.70 & 63.94 & 47.81 \\
Kernel & 59.74 & 66.52 & 49.35 \\
Convolution & 67.74 & 69.15 & 55.28 \\
Nearest & 48.33 & 60.08 & 41.96 \\
\end{tabular}
\end{table}
"""

CHANGES = r"""\begin{table}
\caption{Pass rates (\%) of two prompts.}
\begin{tabular}{lrr}
Task & Base & Improved \\
\hline
Extraction & 100.0 & 90.4 \\
Instruction & 46.7 & 60.2 \\
\end{tabular}
\end{table}
"""


@pytest.mark.parametrize(
    ("sentence", "number", "verdict"),
    [
        ("Lark outperforms BM25 by 46.2 points of accuracy.", "46.2 points", "supported"),
        ("Lark trails BM25 by 46.2 points of accuracy.", "46.2 points", "contradicted"),
        ("BM25 trails Lark by 46.2 points of accuracy.", "46.2 points", "supported"),
        ("The latency of Lark is 20% lower than that of BM25.", "20%", "supported"),
        ("The latency of Lark is 20% higher than that of BM25.", "20%", "contradicted"),
    ],
)
def test_a_change_told_the_wrong_way_round(
    tmp_path: Path, sentence: str, number: str, verdict: str
) -> None:
    found = judged(tmp_path, sentence.replace("%", r"\%"), SCORES)[number]
    rule = "wrong-direction" if verdict == "contradicted" else ""
    assert (str(found.verdict), found.rule) == (verdict, rule)


def test_a_sentence_of_the_body_supports_no_opposite_word(tmp_path: Path) -> None:
    abstract = r"Medical content has a 28.5\% {} influence than entertainment content."
    body = abstract.format("higher").replace("has", "shows, in our runs,")
    verdicts = [
        str(judged(tmp_path, abstract.format(word), SCORES + body)["28.5%"].verdict)
        for word in ("higher", "lower")
    ]
    assert verdicts == ["supported", "unsupported"]


def test_a_level_in_per_cent_is_no_difference_of_cells(tmp_path: Path) -> None:
    said = r"It keeps 53.3\% accuracy in extraction."
    assert str(judged(tmp_path, said, CHANGES)["53.3%"].verdict) == "unsupported"


@pytest.mark.parametrize(("value", "verdict"), [("67.74", "supported"), ("57.70", "unsupported")])
def test_of_many_cells_bound_alike_only_the_best_is_told(
    tmp_path: Path, value: str, verdict: str
) -> None:
    said = rf"We achieve {value}\% macro-F1 on relations."
    assert str(judged(tmp_path, said, VARIANTS)[f"{value}%"].verdict) == verdict


def test_a_number_with_an_error_counts_nothing(tmp_path: Path) -> None:
    said = r"On BM25 and Lark and both together it reaches $2 \pm 0.01$ accuracy."
    assert str(judged(tmp_path, said, SCORES)["2"].verdict) == "not-checked"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("It falls by 29% on JOB and 12% on STATS.", [True, True]),
        ("It improves them by 32.0%, 38.8% and 46.1%.", [True, True, True]),
        ("It improves precision 87% on real data and reaches 55% recall.", [True, False]),
        ("Its improved accuracy is 87%.", [False]),
    ],
)
def test_which_numbers_of_a_list_are_changes(text: str, changes: list[bool]) -> None:
    assert [is_compared(text, item) for item in quantities(text)] == changes


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        (r"Lark reaches an accuracy of 8.66\%, and BM25 one of 40.4\%.", "8.66%"),
        (r"The latency of Lark is 310 ms, that of BM25 125 ms.", "310 ms"),
    ],
)
def test_a_slip_of_the_point_and_a_far_level_are_contradicted(
    tmp_path: Path, sentence: str, number: str
) -> None:
    assert str(judged(tmp_path, sentence, SCORES)[number].verdict) == "contradicted"
