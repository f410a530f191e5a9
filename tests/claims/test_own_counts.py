"""Counts of things held against what the paper's tables and text list and say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import PAPER, judged
from tests.corpus.scoring import check
from writer.model.unit import factor

STORES = r"""\begin{table}
\caption{Throughput (k op/s).}
\begin{tabular}{lrrrr}
Store & alpine & boreal & coastal & desert \\
\hline
Basalt & 114 & 131 & 98 & 107 \\
Marl & 163 & 170 & 141 & 155 \\
Shale & 188 & 201 & 160 & 171 \\
Tuff (ours) & 412 & 433 & 377 & 391 \\
\end{tabular}
\end{table}

The corpus holds 1,824 prompts. Each of the twelve clients was restarted, and 0/5 runs failed.
We repeat it with seven seeds."""

TESTS = r"""\begin{table}
\caption{Tests of the interpreter by tier.}
\begin{tabular}{lrr}
Test & Count & Passed (\%) \\
\hline
Addition & 441 & 100 \\
Random single-step & 1,200 & 98 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "text", "reason"),
    [
        ("We test four stores.", "four", "Table 1 has 4 entries (Basalt, Marl, Shale, Tuff"),
        ("It beats three baselines.", "three", "Table 1 has 3 entries (Basalt, Marl, Shale)"),
        ("Tuff leads on four workloads.", "four", "Table 1 has 4 entries (alpine, boreal"),
        ("We speak two languages: Ewe and Fon.", "two", "the sentence lists them: Ewe, Fon"),
        (
            "It has three parsers (Java, C, and Go).",
            "three",
            "the sentence lists them: Java, C, Go",
        ),
        ("We use 1824 benchmark prompts.", "1824", "no table; the body also says"),
        ("Load comes from 12 clients.", "12", "no table; the body also says"),
        ("Nothing fails (0/5 runs).", "0", "no table; the body also says"),
        ("We report a seven-seed average.", "seven", "no table; the body also says"),
    ],
)
def test_counts_that_the_paper_bears_out(
    tmp_path: Path, sentence: str, text: str, reason: str
) -> None:
    item = judged(tmp_path, sentence, STORES)[text]
    assert str(item.verdict) == "supported"
    assert item.reason.startswith(reason)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("We test five stores.", "five"),
        ("It beats four baselines.", "four"),  # there are four rows, and one is its own
        ("Tuff leads on six workloads.", "six"),
        ("We use 1842 benchmark prompts.", "1842"),
        ("Load comes from 13 clients.", "13"),
        ("Nothing fails (0/6 runs).", "0"),
        ("We hired four nurses.", "four"),  # of something else
        ("It has a single lock.", "single"),
        ("Tuff is a two-stage design.", "two"),
    ],
)
def test_counts_that_nothing_bears_out_are_not_checked(
    tmp_path: Path, sentence: str, text: str
) -> None:
    assert str(judged(tmp_path, sentence, STORES)[text].verdict) == "not-checked"


def test_what_an_example_makes_up_is_no_claim(tmp_path: Path) -> None:
    """The body says the same words, and the count is none of the paper's."""
    body = STORES + "\nHere three persons know each other, and two tables hold them."
    for said, reason in (
        ("Suppose that we look for three persons.", "a thing of an example"),
        ("For instance, given two tables of persons, all are read.", "a thing of an example"),
        ("We look for three persons in two tables.", ""),
    ):
        found = judged(tmp_path, said, body)
        reasons = {item.reason for item in found.values() if item.reason.startswith("a thing")}
        assert reasons == {reason} - {""}


@pytest.mark.parametrize(
    ("sentence", "text", "verdict"),
    [
        ("We speak three languages: Ewe, Fon, Gun, and Adja.", "three", "contradicted"),
        ("We speak three languages, such as Ewe, Fon, Gun, and Adja.", "three", "not-checked"),
        ("We speak three languages (Ewe, Fon, etc.).", "three", "not-checked"),
        ("We run six arms (varying the load, the store, and the disk).", "six", "not-checked"),
        ("We use three scores (precision, recall, F1 and loss).", "three", "not-checked"),
        ("Two of the three languages (Ewe and Fon) are tonal.", "three", "not-checked"),
    ],
)
def test_a_list_contradicts_a_count_only_if_it_is_closed(
    tmp_path: Path, sentence: str, text: str, verdict: str
) -> None:
    assert str(judged(tmp_path, sentence, STORES)[text].verdict) == verdict


def test_a_count_stands_in_the_row_that_its_phrase_names(tmp_path: Path) -> None:
    item = judged(tmp_path, "It passes 98\\% of 1,200 random single-step tests.", TESTS)["1,200"]
    assert (str(item.verdict), item.reason) == (
        "supported",
        "Table 1 has 1,200 (Random single-step, Count)",
    )
    item = judged(tmp_path, "It passes 98\\% of 1,200 addition tests.", TESTS)["1,200"]
    assert str(item.verdict) != "supported"


def test_numbers_of_cited_work_and_examples_are_no_missing_evidence(tmp_path: Path) -> None:
    section = (
        "\\section{Introduction}\n"
        "Granite spends 77.7\\% of its time on locks~\\cite{g}. "
        "Players keep a high rate (e.g., 23 ms per frame). "
        "We spend 66.6\\% on locks, unlike Granite~\\cite{g}.\n"
        "\\section{Results}\n"
    )
    path = tmp_path / "paper.tex"
    path.write_text(PAPER % ("Tuff leads.", section + STORES), encoding="utf-8")
    found = {item.claim.text: item for item in check(path).judgements}
    assert [str(found[text].verdict) for text in ("77.7%", "23 ms", "66.6%")] == [
        "not-checked",
        "not-checked",
        "unsupported",
    ]


def test_bits_per_second_in_every_spelling() -> None:
    assert [factor("Gbit/s", "Mbps"), factor("gbit/s", "Gbps"), factor("Gb/s", "MB/s")] == [
        1000.0,
        1.0,
        None,
    ]
