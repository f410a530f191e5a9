"""Numbers whose own name stands right beside them, whatever else the sentence speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

LOADS = r"""\begin{table}
\caption{Bytes per key on four loads.}
\begin{tabular}{lrrr}
Load & Tuff & Basalt & Marl \\
\hline
Web & 0.3181 & 0.3716 & 0.3722 \\
Mail & 0.2056 & 0.2318 & 0.2291 \\
Logs & 0.2741 & 0.3093 & 0.3108 \\
Average & 0.2417 & 0.2636 & 0.2651 \\
\end{tabular}
\end{table}"""

WORDS = r"""\begin{table}
\caption{Corpora and their vocabulary.}
\begin{tabular}{lrrr}
Language & Words & TTR & Length \\
\hline
Alban & 40.4K & 0.107 & 16.3 \\
Borin & 63.2K & 0.222 & 14.2 \\
Cetan & 44.8K & 0.116 & 19.3 \\
\end{tabular}
\end{table}"""

OWN = (
    "We present Tuff, an index. Tuff is compact, with an average of 0.2417 bytes per key "
    "over all loads, an improvement over Basalt (0.2636) and Marl (0.2651)."
)
AGAINST = (
    "We present Tuff, an index. On average Tuff needs 0.2417 bytes per key compared to "
    "0.2636 for Basalt (9\\% more) and 0.2651 for Marl."
)
OWNED = "The TTR of Borin is 0.222, double that of Alban (0.107), so words are sparse."
POSSESSIVE = "Borin's TTR (0.222) is well above Alban's 0.107."


@pytest.mark.parametrize(
    ("sentence", "table", "text", "headers"),
    [
        (OWN, LOADS, "0.2636", ["Average", "Basalt"]),
        (AGAINST, LOADS, "0.2636", ["Average", "Basalt"]),
        (OWNED, WORDS, "0.107", ["Alban", "TTR"]),
        (POSSESSIVE, WORDS, "0.222", ["Borin", "TTR"]),
        (POSSESSIVE, WORDS, "0.107", ["Alban", "TTR"]),
    ],
)
def test_a_name_right_beside_its_number_binds_it(
    tmp_path: Path, sentence: str, table: str, text: str, headers: list[str]
) -> None:
    item = judged(tmp_path, sentence, table)[text]
    assert (str(item.verdict), [cell["headers"] for cell in item.evidence]) == (
        "supported",
        [headers],
    )


@pytest.mark.parametrize(
    ("sentence", "table", "true", "false"),
    [
        (OWN, LOADS, "0.2636", "0.3716"),
        (AGAINST, LOADS, "0.2636", "0.3716"),
        (OWNED, WORDS, "0.107", "0.116"),
        (POSSESSIVE, WORDS, "0.107", "0.116"),
    ],
)
def test_and_no_other_cell_gives_it(
    tmp_path: Path, sentence: str, table: str, true: str, false: str
) -> None:
    item = judged(tmp_path, sentence.replace(true, false, 1), table)[false]
    assert str(item.verdict) != "supported"


SCORED = r"""\begin{table}
\caption{Scores of both detectors.}\label{tab:scored}
\begin{tabular}{lrrrr}
Sample & LS F1 & RF F1 & LS Recall & RF Recall \\
\hline
Java & 0.51 & 0.93 & 0.47 & 0.91 \\
Python & 0.45 & 0.95 & 0.43 & 0.92 \\
Average & 0.48 & 0.94 & 0.45 & 0.915 \\
\end{tabular}
\end{table}"""

SPELLED = (
    "We present RootFinder, a detector of smells in any language. The language-specific "
    "detectors reach an average F1 score of 0.48. RootFinder reaches an average F1 score of 0.94."
)


@pytest.mark.parametrize(
    ("text", "headers"),
    [("0.48", ["Average", "LS F1"]), ("0.94", ["Average", "RF F1"])],
)
def test_capitals_of_a_header_are_those_of_the_words(
    tmp_path: Path, text: str, headers: list[str]
) -> None:
    said = "The language-specific detectors are old. A language-specific detector is simple."
    item = judged(tmp_path, SPELLED, SCORED + said)[text]
    assert (str(item.verdict), [cell["headers"] for cell in item.evidence]) == (
        "supported",
        [headers],
    )


def test_capitals_of_a_header_are_not_those_of_another(tmp_path: Path) -> None:
    said = "The language-specific detectors are old. A language-specific detector is simple."
    swapped = SPELLED.replace("0.48", "0.4x").replace("0.94", "0.48").replace("0.4x", "0.94")
    found = judged(tmp_path, swapped, SCORED + said)
    assert "supported" not in {str(found[text].verdict) for text in ("0.48", "0.94")}


def test_a_sentence_of_the_body_speaks_for_the_lines_that_the_claim_names(tmp_path: Path) -> None:
    abstract = "Compared with Tuff, mail needs %s bytes per key in Basalt."
    said = (
        "On the web load (Web), Tuff needs 0.3181 bytes per key and Basalt needs 0.3716 bytes "
        "per key; for mail (Mail), Tuff needs 0.2056 and Basalt 0.2318 bytes per key."
    )
    true, false = (
        judged(tmp_path, abstract % number, LOADS + said)[number] for number in ("0.2318", "0.3181")
    )
    assert (str(true.verdict), str(false.verdict)) == ("supported", "contradicted")


def test_parts_of_one_are_no_per_cent(tmp_path: Path) -> None:
    said = "RootFinder reaches an average F1 score of %s\\%%."
    true, false = (
        str(judged(tmp_path, said % number, SCORED)[f"{number}%"].verdict)
        for number in ("94", "0.94")
    )
    assert (true, false) == ("supported", "unsupported")


def test_a_mean_of_parts_of_one_is_told_in_per_cent(tmp_path: Path) -> None:
    table = SCORED.replace("Average & 0.48 & 0.94 & 0.45 & 0.915 \\\\\n", "")
    said = "On average RootFinder reaches an F1 score of 94\\%."
    item = judged(tmp_path, said, table)["94%"]
    assert (str(item.verdict), item.formula) == ("supported", "mean over 2 cells")


def test_a_letter_of_a_name_is_no_column(tmp_path: Path) -> None:
    table = r"""\begin{table}
\caption{Parts added one by one.}
\begin{tabular}{lrrr}
Model & P & R & mAP \\
\hline
Baseline & 0.957 & 0.921 & 0.9600 \\
+ K3 loss & 0.961 & 0.930 & 0.9705 \\
+ K3 loss + P2 head & 0.968 & 0.941 & 0.9781 \\
\end{tabular}
\end{table}"""
    said = "The K3 loss (+1.05\\%) and the P2 head (+0.76\\%) are what helps mAP."
    item = judged(tmp_path, said, table)["+0.76%"]
    assert (str(item.verdict), item.formula) == ("supported", "0.9781-0.9705")
