"""What a paper's own tables and sentences contradict, and what they leave open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import SYSTEMS, judged

RUNS = r"""\begin{table}
\caption{Accuracy of the parsers.}
\begin{tabular}{lrr}
Parser & Accuracy on News (\%) & Accuracy on Mail (\%) \\
\hline
Basalt & 81.2 & 74.6 \\
Tuff (ours) & 84.7 & 79.3 \\
\end{tabular}
\end{table}"""

BODY = r"""\section{Evaluation}
On the web load the log keeps 3.4 GB of hot keys in memory after one hour. Compaction runs
when the log is full, and takes 41 s on the web load, during which writes are held back."""


@pytest.mark.parametrize(
    ("sentence", "text", "formula", "headers"),
    [
        (
            "We reach an accuracy of 87.4\\% on News.",
            "87.4%",
            "",
            [["Tuff (ours)", "Accuracy on News (%)"]],
        ),
        (
            "Tuff gains 5.9 points of accuracy over Basalt on News.",
            "5.9 points",
            "84.7-81.2",
            [["Tuff (ours)", "Accuracy on News (%)"], ["Basalt", "Accuracy on News (%)"]],
        ),
        # a hedge widens the number on one side, and not to any length
        (
            "Our parser reaches an accuracy of over 91\\% on Mail.",
            "over 91%",
            "",
            [["Tuff (ours)", "Accuracy on Mail (%)"]],
        ),
    ],
)
def test_an_author_is_told_the_cell_that_the_words_bind(
    tmp_path: Path, sentence: str, text: str, formula: str, headers: list[list[str]]
) -> None:
    found = judged(tmp_path, sentence, RUNS)
    item = found.get(text) or found[text.removeprefix("over ")]
    assert (str(item.verdict), item.formula, [cell["headers"] for cell in item.evidence]) == (
        "contradicted",
        formula,
        headers,
    )


@pytest.mark.parametrize(
    ("sentence", "text", "table"),
    [
        # of something that no header and no caption names
        ("Tuff keeps 61\\% of the observed nesting on News.", "61%", RUNS),
        ("Tuff keeps 61\\% of all nodes crossing the old tall tree on News.", "61%", RUNS),
        # settings that were tried
        (
            "We drop tokens of News (30\\%, 50\\%, 61\\%) with Tuff, and the accuracy stays.",
            "61%",
            RUNS,
        ),
        # of what is compared with, and the table has no such row
        ("We measure accuracy (News baseline: 72.2\\%).", "72.2%", RUNS),
        # another row of the proposal has it
        (
            "Our model reaches an accuracy of 82.1\\% on News.",
            "82.1%",
            RUNS.replace("Tuff (ours)", "Tuff model (ours)").replace(
                r"\end{tabular}", "Tuff with cache (ours) & 82.1 & 70.1 \\\\\n\\end{tabular}"
            ),
        ),
        ("We find that both parse over half of sentences (84.7\\% and 79.3\\%).", "half", RUNS),
        # of a rate that no header and no caption names
        ("On News, Basalt shows a 61\\% false-alarm rate.", "61%", RUNS),
        # a share of things is no ratio of two cells
        (
            "On News and Mail, Tuff parses over half of the sentences (84.7\\% and 79.3\\%).",
            "half",
            RUNS,
        ),
        # nobody says on which set
        ("We reach an accuracy of 87.4\\%.", "87.4%", RUNS),
        # what is compared with is not named
        ("On News accuracy improves by 5.9 points.", "5.9 points", RUNS),
        # the sentence speaks of means, and the table has none
        ("On average over News and Mail, Tuff has an accuracy of 87.4\\%.", "87.4%", RUNS),
        # another number of the sentence tells the cell
        ("On News, Tuff reaches 84.7\\% accuracy instead of 83.1\\%.", "83.1%", RUNS),
        # far from anything that the cell may have been
        ("The latency of Marl is 95 ms in a cold start.", "95 ms", SYSTEMS),
        # the table's digits leave it open: what rounds to 5 and 5 may be 5.4 and 4.9
        (
            "The makespan of Tuff is 1.09x that of Basalt.",
            "1.09x",
            r"\begin{table}\caption{Runs.}\begin{tabular}{lr} System & Makespan (h) \\ \hline "
            r"Tuff & 5 \\ Basalt & 5 \\ \end{tabular}\end{table}",
        ),
    ],
)
def test_what_is_not_certain_is_not_contradicted(
    tmp_path: Path, sentence: str, text: str, table: str
) -> None:
    assert str(judged(tmp_path, sentence, table)[text].verdict) != "contradicted"


@pytest.mark.parametrize(
    ("sentence", "text", "verdict"),
    [
        ("On the web load, the log keeps 3.9 GB of hot keys in memory.", "3.9 GB", "contradicted"),
        ("On the Mail load, the log keeps 3.9 GB of hot keys in memory.", "3.9 GB", "unsupported"),
        ("On the web load, the log keeps 39 GB of hot keys in memory.", "39 GB", "unsupported"),
        (
            "On the web load, the log keeps 3.4 GB of hot keys in memory, and 5.1 GB at night.",
            "5.1 GB",
            "unsupported",
        ),
    ],
)
def test_a_sentence_of_the_body_contradicts_what_it_says_again(
    tmp_path: Path, sentence: str, text: str, verdict: str
) -> None:
    assert str(judged(tmp_path, sentence, BODY)[text].verdict) == verdict


@pytest.mark.parametrize(
    ("number", "verdict"), [("41.5", "supported"), ("44.5", "contradicted"), ("19", "unsupported")]
)
def test_of_two_numbers_told_again_one_may_be_out_of_date(
    tmp_path: Path, number: str, verdict: str
) -> None:
    abstract = f"The second pass cuts write stalls from 63.2 s to {number} s."
    said = "\n\nWith the second pass, write stalls last 41.5 s, down from 63.2 s without it."
    assert str(judged(tmp_path, abstract, BODY + said)[f"{number} s"].verdict) == verdict
