"""What a paper's own tables say of its claims, and what a claim is taken to mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.scoring import check
from writer.model.claim import Judgement

PAPER = r"""\documentclass{article}
\begin{document}
\begin{abstract}
%s
\end{abstract}
\section{Evaluation}
%s
\end{document}
"""

SYSTEMS = r"""\begin{table}
\caption{Stores on the mixed load.}
\begin{tabular}{lrrrr}
System & Throughput (k op/s) & Latency (ms) & Memory (GB) & Hit rate (\%%) \\
\hline
Basalt & 114 & 14.2 & 8.6 & 71.5 \\
Marl & 163 & 11.4 & 6.2 & 78.3 \\
Tuff & 412 & 10.7 & 3.4 & 87.2 \\
Tuff w/o cache & 297 & 12.9 & 3.1 & 81.6 \\
\end{tabular}
\end{table}""".replace("%%", "%")

SCORES = r"""\begin{table}
\caption{Scores of summaries.}
\begin{tabular}{lccc}
Model & ROUGE-1 & ROUGE-2 & ROUGE-L \\
\hline
BART & 44.2 & 21.1 & 37.1 \\
Ours & 46.8 & 23.6 & 39.5 \\
\end{tabular}
\end{table}"""

ENERGY = r"""\begin{table}
\caption{Energy and power of accelerators.}
\begin{tabular}{lcc}
Chip & Energy (mJ) & Power (mW) \\
\hline
Alder & 9.4 & 840 \\
Birch & 3.3 & 278 \\
Ours & 1.8 & 210 \\
\end{tabular}
\end{table}"""

LOOKUPS = r"""\begin{table}
\caption{Lookup latency in nanoseconds.}
\begin{tabular}{lrrr}
Index & books & osm & wiki \\
\hline
Basalt & 371 & 398 & 366 \\
Marl & 214 & 266 & 209 \\
Tuff & 171 & 204 & 165 \\
\end{tabular}
\end{table}"""


def judged(folder: Path, abstract: str, table: str) -> dict[str, Judgement]:
    """The verdicts on the abstract's quantities, by their text."""
    path = folder / "paper.tex"
    path.write_text(PAPER % (abstract, table), encoding="utf-8")
    return {
        item.claim.text: item
        for item in check(path).judgements
        if item.claim.section == "abstract" and item.claim.value is not None
    }


@pytest.mark.parametrize(
    ("sentence", "text", "form"),
    [
        ("Tuff has a hit rate of 87.2\\%.", "87.2%", "plain"),
        ("Tuff cuts memory by 60\\% against Basalt.", "60%", "percent"),
        ("The hit rate of Tuff is 15.7\\% higher than that of Basalt.", "15.7%", "points"),
        ("Tuff needs 5.2 GB less memory than Basalt.", "5.2 GB", "points"),
        ("Memory falls by 45\\% to 3.4 GB.", "3.4 GB", "plain"),
        ("The load was written by 1,130 clients.", "1,130", "plain"),
        ("Tuff serves 412k op/s, 3.6$\\times$ the throughput of Basalt.", "3.6×", "ratio"),
        ("We lose up to 5.6\\% of the packets.", "5.6%", "percent"),
        ("The overhead is 3.8\\%.", "3.8%", "percent"),
        ("It has 4.3\\% overhead on reads and 4.2\\% on long writes.", "4.2%", "percent"),
        ("It has an overhead of 4.3\\% on reads and 4.2\\% on writes.", "4.2%", "percent"),
        ("It has 4.3\\% overhead on reads and 62\\% of the hits.", "62%", "plain"),
        ("Marks lie 19.3\\% closer to the median.", "19.3%", "percent"),
        ("Both give 14\\% and 12\\% more throughput.", "14%", "percent"),
    ],
)
def test_the_form_is_what_is_meant(tmp_path: Path, sentence: str, text: str, form: str) -> None:
    assert judged(tmp_path, sentence, SYSTEMS)[text].claim.form == form


@pytest.mark.parametrize(
    ("sentence", "text", "table", "formula"),
    [
        # a list of words that ends with "and" meets the list of numbers
        (
            "Marl takes 214, 266 and 209 ns on books, osm and wiki, trailing Tuff.",
            "266",
            LOOKUPS,
            "266",
        ),
        ("ROUGE-1/2/L of BART are 44.2/21.1/37.1.", "21.1", SCORES, "21.1"),
        # words before and behind a number are its own
        (
            "Marl has a latency of 11.4 ms and a hit rate of 78.3\\%.",
            "11.4 ms",
            SYSTEMS,
            "11.4",
        ),
        ("Without its cache Tuff serves 297k op/s.", "297k op/s", SYSTEMS, "297"),
        # what a multiple is of is its base
        ("Tuff serves 3.6$\\times$ the throughput of Basalt.", "3.6×", SYSTEMS, "412/114"),
        # a change right behind the level that it leads to
        ("Tuff looks up osm in 204 ns, 23\\% faster than Marl.", "23%", LOOKUPS, "(266-204)/266"),
        # few digits: what the table prints gives the number
        (
            "Tuff lowers the latency of Basalt from 14.2 ms to 10.7 ms, a reduction of 24.6\\%.",
            "24.6%",
            SYSTEMS,
            "(14.2-10.7)/14.2",
        ),
        # units of one dimension
        ("Our chip spends 0.0018 J of energy.", "0.0018 J", ENERGY, "1.8"),
    ],
)
def test_true_claims_are_supported_by_their_cells(
    tmp_path: Path, sentence: str, text: str, table: str, formula: str
) -> None:
    item = judged(tmp_path, sentence, table)[text]
    assert (str(item.verdict), item.formula) == ("supported", formula)


@pytest.mark.parametrize(
    ("sentence", "text", "table"),
    [
        # of another column, of another unit
        ("Our chip spends 210 mJ of energy.", "210 mJ", ENERGY),
        # of another column: the named one has fewer digits
        ("Marl needs 78.3 GB of memory.", "78.3 GB", SYSTEMS),
        ("ROUGE-1/2/L of BART are 44.2/37.1/37.2.", "37.1", SCORES),
        # the mean of a line that nobody asks for, while its cells are named
        ("Tuff looks up osm in 180 ns.", "180 ns", LOOKUPS),
    ],
)
def test_equal_numbers_elsewhere_are_no_support(
    tmp_path: Path, sentence: str, text: str, table: str
) -> None:
    assert str(judged(tmp_path, sentence, table)[text].verdict) != "supported"


@pytest.mark.parametrize(
    ("sentence", "text", "reason"),
    [
        ("The latency of Marl is 11.9 ms.", "11.9 ms", "Table 1 has 11.4 (Marl, Latency (ms))"),
        (
            "Tuff has 39\\% lower memory than Basalt.",
            "39%",
            "Table 1 has 3.4 (Tuff, Memory (GB)) and 8.6 (Basalt, Memory (GB)); "
            "(8.6-3.4)/8.6 = 60.46",
        ),
    ],
)
def test_named_cells_contradict(tmp_path: Path, sentence: str, text: str, reason: str) -> None:
    item = judged(tmp_path, sentence, SYSTEMS)[text]
    assert (str(item.verdict), item.reason) == ("contradicted", reason)


def test_the_only_row_that_is_a_subject_is_the_papers_own(tmp_path: Path) -> None:
    abstract = "Stores are slow. Tuff keeps hot keys in a log. Memory is 8.6 GB under load."
    assert str(judged(tmp_path, abstract, SYSTEMS)["8.6 GB"].verdict) != "supported"
    abstract = abstract.replace("8.6", "3.4")
    assert str(judged(tmp_path, abstract, SYSTEMS)["3.4 GB"].verdict) == "supported"


COSTS = r"""\begin{table}
\caption{Cost of a query.}
\begin{tabular}{lr}
System & Cost (\euro) \\
\hline
Basalt & 12 \\
Tuff & 3 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "text", "unit", "verdict"),
    [
        (r"A query of Tuff costs 3~\euro.", "3 €", "€", "supported"),
        (r"A query of Tuff costs \euro{}3.", "3", "€", "supported"),
        (r"A query of Tuff costs \pounds 3.", "3", "£", "unsupported"),
        (r"A query of Tuff costs \$3.", "3", "$", "unsupported"),
    ],
)
def test_each_currency_is_a_unit_of_its_own(
    tmp_path: Path, sentence: str, text: str, unit: str, verdict: str
) -> None:
    item = judged(tmp_path, sentence, COSTS)[text]
    assert (item.claim.unit, str(item.verdict)) == (unit, verdict)
