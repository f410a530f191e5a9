"""How a claim finds its cells: through a sentence of the body, and past look-alikes."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from tests.claims.test_own_tables import judged

BY_SIZE = r"""\begin{table}
\caption{Accuracy of two models, plain and tuned.}\label{tab:size}
\begin{tabular}{llrr}
Size & Variant & Alpha & Beta \\
\hline
Small & Baseline & 70.0 & 61.0 \\
Small & Tuned & 75.0 & 64.2 \\
Large & Baseline & 80.1 & 72.5 \\
Large & Tuned & 82.8 & 77.9 \\
\end{tabular}
\end{table}"""

DROPS = r"""\begin{table}
\caption{BLEU by corpus.}
\begin{tabular}{lrrr}
Corpus & Base & Big & $\Delta$ \\
\hline
Strict & 35.31 & 35.87 & $+0.56$ \\
Loose & 33.90 & 33.03 & $-0.87$ \\
\end{tabular}
\end{table}"""

COSTS = r"""\begin{table}
\caption{Means of ten runs.}\label{tab:cost}
\begin{tabular}{lrrrrr}
Variant & Q1 & Q2 & Q3 & Q4 & Q5 \\
\hline
Row store & 41.7 & 13.2 & 16.1 & 19.6 & 23.8 \\
Paged store & 22.9 & 11.4 & 15.8 & 18.2 & 20.7 \\
Column store & 17.3 & 12.4 & 14.9 & 16.6 & 21.5 \\
\end{tabular}
\end{table}
"""


def test_a_sentence_of_the_body_that_says_the_same_leads_to_the_cells(tmp_path: Path) -> None:
    abstract = "Scans of orders get shorter with our layout: they end after 17.3 s."
    said = "With our layout, the column store, scans of orders (Q1) end after 17.3 s."
    alone = judged(tmp_path, abstract, COSTS)["17.3 s"]
    through = judged(tmp_path, abstract, COSTS + said)["17.3 s"]
    assert (str(alone.verdict), str(through.verdict)) == ("unsupported", "supported")
    assert [(cell["value"], cell["headers"]) for cell in through.evidence] == [
        (17.3, ["Column store", "Q1"])
    ]
    assert through.reason == (
        f'Table 1 has 17.3 (Column store, Q1); the body says the same in "{said}"'
    )


def test_a_sentence_of_the_body_with_another_number_leads_nowhere(tmp_path: Path) -> None:
    abstract = "Scans of orders get shorter with our layout: they end after 17.8 s."
    said = "With our layout, the column store, scans of orders (Q1) end after 17.3 s."
    assert str(judged(tmp_path, abstract, COSTS + said)["17.8 s"].verdict) != "supported"


@pytest.mark.parametrize(
    ("sentence", "text", "formula", "values"),
    [
        # a printed difference and the two cells that give it bear each other out
        (
            "On the strict corpus Big gains 0.56 over Base.",
            "0.56",
            "35.87-35.31",
            [35.87, 35.31, 0.56],
        ),
        # a fall that is printed with its sign
        (
            "On the loose corpus Big falls below Base by $-0.87$.",
            "-0.87",
            "33.90-33.03",
            [33.03, 33.9, -0.87],
        ),
    ],
)
def test_printed_changes_and_the_cells_behind_them(
    tmp_path: Path, sentence: str, text: str, formula: str, values: list[float]
) -> None:
    item = judged(tmp_path, sentence, DROPS)[text]
    assert str(item.verdict) == "supported"
    assert (item.formula, [cell["value"] for cell in item.evidence]) == (formula, values)


def test_rows_are_compared_at_equal_settings(tmp_path: Path) -> None:
    tuned = "Tuning improves accuracy on Alpha by up to 7.1\\%."
    crossed = "Tuning improves accuracy on Alpha by 18.3\\%."  # 82.8 over 70.0
    assert judged(tmp_path, tuned, BY_SIZE)["7.1%"].formula == "(75.0-70.0)/70.0"
    assert str(judged(tmp_path, crossed, BY_SIZE)["18.3%"].verdict) != "supported"


GAINS = r"""\begin{table}
\caption{Scores of two detectors.}
\begin{tabular}{lrr}
Score & Weir & Fjord \\
\hline
Macro & 0.512 & 0.643 ($\uparrow$25.6\%) \\
MCC & 0.201 & 0.332 ($\uparrow$65.2\%) \\
\end{tabular}
\end{table}"""

LOADS = r"""\begin{table}
\caption{Queries by corpus.}
\begin{tabular}{lrrr}
Level & Rows & Weak (ms) & Strong (ms) \\
\hline
2 & 2.5M & 40.7 & 39.9 \\
4 & 5.0M & 44.1 & 61.3 \\
\end{tabular}
\end{table}"""


def test_a_change_printed_beside_a_level_is_borne_out_by_the_two_levels(tmp_path: Path) -> None:
    said = "Fjord reaches a macro score that is 25.6\\% {} than that of Weir."
    item = judged(tmp_path, said.format("higher"), GAINS)["25.6%"]
    assert str(item.verdict) == "supported"
    assert {cell["value"] for cell in item.evidence} == {0.512, 0.643, 25.6}
    turned = judged(tmp_path, said.format("lower"), GAINS)["25.6%"]
    assert str(turned.verdict) != "supported"


def test_a_number_less_a_negligible_one_is_no_difference(tmp_path: Path) -> None:
    item = judged(tmp_path, "Weak queries scale to 2.5M rows.", LOADS)["2.5M"]
    assert [cell["value"] for cell in item.evidence] in ([], [2.5e6])


@pytest.mark.parametrize("name", ["P@5", "BLEU", "Hits@10", "mIoU"])
def test_scores_by_their_own_names_get_worse_by_falling(tmp_path: Path, name: str) -> None:
    table = rf"""\begin{{table}}\caption{{Results.}}\begin{{tabular}}{{lrr}}
    System & {name} & Steps \\ \hline Hybrid & 0.375 & 12 \\ Fjord & 0.700 & 17 \\
    \end{{tabular}}\end{{table}}"""
    said = "Fjord {} " + name + " over Hybrid by 87\\%."
    better = judged(tmp_path, said.format("improves"), table)["87%"]
    worse = judged(tmp_path, said.format("degrades"), table)["87%"]
    assert (str(better.verdict), str(worse.verdict) == "supported") == ("supported", False)


SHOTS = r"""\begin{table}
\caption{Effect of the number of shots.}
\begin{tabular}{lrr}
Shots & Annotations & Accuracy \\
\hline
1 & 4 & 0.505 \\
5 & 20 & 0.592 \\
10 & 40 & 0.858 \\
\end{tabular}
\end{table}"""


def test_the_thousands_of_another_number_name_no_row(tmp_path: Path) -> None:
    sentence = (
        "Our pipeline needs annotations of only 40 samples (10 per class) "
        "from a pool of 5,315 cells."
    )
    item = judged(tmp_path, sentence, SHOTS)["40"]
    found = [cell["headers"] for cell in item.evidence]
    assert (str(item.verdict), found) == ("supported", [["10", "Annotations"]])


PIPES = r"""\begin{table}
\caption{Largest batch that trains.}
\begin{tabular}{lrr}
System & BERT & T5 \\
\hline
Brook & 40 & 84 \\
Stream & 20 & 21 \\
Pond & 10 & 40 \\
\end{tabular}
\end{table}"""

RECALLED = r"""\begin{table}
\caption{What is kept of a conversation.}
\begin{tabular}{lrr}
Condition & Continuity & Tokens \\
\hline
Full transcript & 1.000 & 701.7 \\
Recent turns & 0.833 & 423.0 \\
State sheet & 1.000 & 515.1 \\
\end{tabular}
\end{table}"""


def test_names_behind_respectively_belong_to_one_number_each(tmp_path: Path) -> None:
    sentence = (
        "Brook trains batches up to 4x and 2.1x as large compared to Pond and Stream, "
        "respectively, of the models."
    )
    item = judged(tmp_path, sentence, PIPES)["4x"]
    rows = {cast("list[str]", cell["headers"])[0] for cell in item.evidence}
    assert (str(item.verdict), rows) == ("supported", {"Brook", "Pond"})


def test_what_is_matched_is_not_what_a_number_is_said_of(tmp_path: Path) -> None:
    sentence = "The state sheet matches the full transcript at 1.000 continuity."
    item = judged(tmp_path, sentence, RECALLED)["1.000"]
    assert [cell["headers"] for cell in item.evidence] == [["State sheet", "Continuity"]]
