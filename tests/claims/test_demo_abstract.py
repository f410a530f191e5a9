"""The demo's abstract passes, every mutant of it is caught, every true rewording passes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from tests.claims.checking import WRONG, Checker
from writer.model.claim import Verdict


def abstract(demo: Path) -> str:
    text = (demo / "data" / "abstract.tex").read_text(encoding="utf-8")
    return text.split("\\begin{abstract}")[1].split("\\end{abstract}")[0]


def test_the_abstract_is_supported_word_by_word(demo: Path, check: Checker) -> None:
    result = check(abstract(demo))
    assert [(i.claim.text, i.verdict) for i in result.judgements if i.verdict in WRONG] == []
    assert result.findings == ()
    assert result.coverage() == {"quantities": 22, "checked": 22, "not_checked": 0, "words": 3}


MUTANTS = [
    ("a digit", "7.27", "7.72", "7.72"),
    ("a digit", "12.73", "12.37", "12.37~tasks/s"),
    ("a digit of a percentage", r"57\%", r"52\%", "52%"),
    ("a digit of a ratio", r"3.6$\times$", r"3.9$\times$", "3.9×"),
    ("a digit of a ratio", r"4.49$\times$", r"4.94$\times$", "4.94×"),
    ("times ten", r"57.36~tasks/s", r"573.6~tasks/s", "573.6 tasks/s"),
    ("times ten", r"3.6$\times$", r"36$\times$", "36×"),
    ("a tenth", r"12.73~tasks/s", r"1.273~tasks/s", "1.273 tasks/s"),
    ("a thousand times", r"2.01~tasks/s", r"2.01~tasks/ms", "2.01 tasks/ms"),
    ("a sign: lower becomes higher", r"57\% lower", r"57\% higher", "57%"),
    ("a sign: lower becomes higher", r"30\% lower", r"30\% higher", "30%"),
    ("swapped metrics", r"reported P99 latency is 57\%", r"throughput is 57\%", "57%"),
    ("swapped metric", r"the longest" "\nP99 latency", "the longest\nmean latency", "4.49×"),
    ("swapped metric", "The throughput of the RAG", "The mean latency of the RAG", "3.6×"),
    ("swapped levels", r"47.0\% for FIFO and 99.8\% for LoadAware", r"99.8\% for FIFO and 47.0\% for LoadAware", "99.8%"),
    ("swapped level", "Priority has the highest", "LoadAware has the highest", "highest"),
    ("swapped level", "Priority has the highest", "LoadAware has the highest", "12.73 tasks/s"),
    ("swapped level", "up to concurrency 4, where", "up to concurrency 8, where", "3.6×"),
    ("swapped level", r"57.36~tasks/s on 4 nodes", r"57.36~tasks/s on 8 nodes", "57.36 tasks/s"),
    ("swapped level", "When jobs start 5~s", "When jobs start 2~s", "57%"),
    ("swapped group", "the Compute pipeline falls", "the RAG pipeline falls", "57.36 tasks/s"),
    ("no such level", "up to concurrency 4, where", "up to concurrency 32, where", "32"),
    ("a stale value", r"18.51~tasks/s", r"19.05~tasks/s", "19.05 tasks/s"),
    ("an invented value", r"57.36~tasks/s on 4 nodes", r"130.0~tasks/s on 4 nodes", "130.0 tasks/s"),
    ("a swapped direction of the comparison", r"(7.27 against 2.01~tasks/s)", r"(2.01 against 7.27~tasks/s)", "2.01"),
    ("another memory", "a cluster of 16 nodes", "a cluster of 24 nodes", "24"),
    ("near-linear too far", "near-linearly up to concurrency 4", "near-linearly up to concurrency 16", "near-linearly"),
    ("the lowest is no highest", "Priority has the highest throughput", "Priority has the lowest throughput", "lowest"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "true", "false", "caught"), MUTANTS, ids=[m[0] + ": " + m[2] for m in MUTANTS]
)
def test_a_mutant_is_caught_where_it_lies(
    what: str, true: str, false: str, caught: str, demo: Path, check: Checker
) -> None:
    text = abstract(demo)
    assert text.count(true) == 1
    wrong = check.wrong(text.replace(true, false))
    assert caught.replace("~", " ") in [claim for claim, _ in wrong]


def changed_digits(text: str) -> Iterator[tuple[str, str]]:
    """Every text with one digit of a number or of a percentile changed, and where."""
    for match in re.finditer(r"(?<![A-Za-z])\d", text):
        word = re.search(r"[\d.]*$", text[: match.start()])
        rest = re.match(r"[\d.]*", text[match.end() :])
        assert word is not None
        assert rest is not None
        for digit in set("0123456789") - {match[0]}:
            number = f"{word[0]}{digit}{rest[0]}".rstrip(".")
            context = text[: word.start()].split()[-1]
            changed = text[: match.start()] + digit + text[match.end() :]
            yield f"{context} {number}", changed


def test_every_changed_digit_is_caught_but_for_these(demo: Path, check: Checker) -> None:
    passed = {name for name, text in changed_digits(abstract(demo)) if not check.wrong(text)}
    # the cells of 57% allow 56.2 to 58.1; which levels break Little's law is no quantity
    assert passed == {"is 56", "is 58", *LEVELS_OF_THE_SWEEP}


LEVELS_OF_THE_SWEEP = {"concurrency 2", "concurrency 4", "concurrency 8", "1, 1", "1, 2", "1, 4"}

LEVEL_NAMES = [
    ("FIFO", "LoadAware", "Priority"),
    ("Compute", "RAG", "Mixed"),
    ("concurrency 1", "concurrency 4", "concurrency 2"),
    ("4 nodes", "16 nodes", "one node", "8 nodes"),
    ("5 s after", "2 s after", "1 s after"),
]


@pytest.mark.parametrize(
    ("one", "other"), [pair for names in LEVEL_NAMES for pair in combinations(names, 2)]
)
def test_swapped_level_names_are_caught(one: str, other: str, demo: Path, check: Checker) -> None:
    text = re.sub(r"[\s~]+", " ", abstract(demo))
    pattern = f"{one}(?!\\d)|{other}(?!\\d)"
    swapped = re.sub(pattern, lambda match: other if match[0] == one else one, text)
    if swapped != text:
        assert check.wrong(swapped) != []


METRICS = ("throughput", "mean latency", "P99 latency", "load balance score")


@pytest.mark.parametrize("metric", METRICS)
def test_each_metric_in_place_of_another_is_caught(metric: str, demo: Path, check: Checker) -> None:
    text = re.sub(r"\s+", " ", abstract(demo))
    places = [match.span() for match in re.finditer("|".join(METRICS), text)]
    assert len(places) >= 6
    for start, end in places:
        if text[start:end] != metric:
            assert check.wrong(text[:start] + metric + text[end:]) != []


REWORDINGS = [
    r"At concurrency 4, throughput is 3.6 times the throughput at concurrency 1.",
    r"We reach a 3.6$\times$ speedup in throughput at concurrency 4 over concurrency 1.",
    r"Throughput rises from 2.01 to 7.27~tasks/s as concurrency goes from 1 to 4.",
    r"Raising the concurrency from 1 to 4 increases throughput by a factor of 3.6.",
    r"A start delay of 5~s cuts the P99 latency by 57\%, at the cost of 30\% lower throughput.",
    r"With a 5~s start delay, P99 latency drops from 77~s to 33~s.",
    r"Staggered starts (5~s) reduce tail latency by about 57\% compared to a simultaneous start.",
    r"A 5~s start delay lowers P99 latency by 44~s and throughput by 30\%.",
    r"FIFO, LoadAware and Priority reach 9.45, 9.38 and 12.73~tasks/s.",
    r"The throughput is 9.45, 9.38 and 12.73~tasks/s for FIFO, LoadAware and Priority, respectively.",
    r"Priority's P99 latency is 4.5$\times$ as long as that of FIFO.",
    r"Priority has a 35\% higher throughput than FIFO.",
    r"LoadAware has a load balance score of 99.8\%, against 47.0\% for FIFO.",
    r"On 16 nodes the Compute pipeline reaches only 18.51~tasks/s, less than half of the 38.34~tasks/s on one node.",
    r"The Compute pipeline is 1.5$\times$ faster on 4 nodes than on one node.",
    r"The P99 latency at concurrency 8 is 210.7~s.",
    r"At concurrency 16 the throughput is over 8$\times$ that at concurrency 1.",
    r"Heavy tasks have a mean latency of 4613.1~ms, light ones 2085.3~ms.",
    r"Two jobs together reach 49.39~tasks/s, nearly 4 times the throughput of one job.",
    r"Of 5000 tasks, the RAG pipeline completed 1491 on one node and 4998 on 16 nodes.",
    r"FIFO has the lowest load balance score.",
    r"Throughput is highest for Priority.",
    r"The mean latency rises with the task complexity.",
    r"Priority has a higher throughput than FIFO.",
r"Going from one to four concurrent requests multiplies the throughput by 3.6.",
    r"Throughput at concurrency 4 (7.27~tasks/s) is 3.6$\times$ the 2.01~tasks/s at concurrency 1.",
    r"At concurrency 16 we measured 16.61~tasks/s.",
    r"With Priority, throughput is 12.73~tasks/s and P99 latency 31147.0~ms.",
    r"Priority reaches 12.73~tasks/s, at the price of a P99 latency of 31.1~s.",
    r"The P99 latency of Priority (31.1~s) is 4.49 times that of FIFO (6.9~s).",
    r"FIFO scores only 47.0\% on load balance, while LoadAware scores 99.8\%.",
    r"Compared with FIFO, Priority increases throughput by 35\%.",
    r"Compared with FIFO, LoadAware raises the load balance score by 52.8 percentage points.",
    r"The throughput of the Compute pipeline peaks at 57.36~tasks/s on 4 nodes.",
    r"On one node the Compute pipeline reaches 38.34~tasks/s; on 16 nodes, 18.51~tasks/s.",
    r"Scaling the Compute pipeline from 4 to 16 nodes cuts its throughput by 68\%.",
    r"The RAG pipeline grows from 1.86~tasks/s on one node to 16.35~tasks/s on 16 nodes.",
    r"The RAG pipeline is 8.8$\times$ faster on 16 nodes than on one node.",
    r"The Mixed pipeline reaches 10.27~tasks/s on 16 nodes.",
    r"With a start delay of 2~s the throughput is 39.17~tasks/s.",
    r"A start delay of 1~s raises the throughput slightly, from 43.61 to 44.27~tasks/s.",
    r"Light tasks take 2.1~s on average.",
    r"Heavy tasks have a P99 latency of 11.0~s, almost twice that of light tasks.",
    r"With four jobs the total throughput is 48.65~tasks/s, or 12.16~tasks/s per job.",
    r"The P99 latency is highest for Priority.",
    r"LoadAware has the lowest throughput of the three schedulers.",
    r"The throughput of RAG rises with the number of nodes.",
    r"FIFO has a lower mean latency than Priority.",
    r"Throughput improves by more than 8$\times$ between concurrency 1 and 16.",
    r"The P99 latency falls steadily with the start delay.",
    r"Eight jobs reach 39.15~tasks/s in total.",
    r"The load balance score of Priority is 100.0\%.",
    r"At concurrency 2 the mean latency is 552.1~ms, less than half of the 1241.4~ms at concurrency 1.",
    r"A start delay of 5~s lowers the P99 latency by more than half.",
    r"With Python 3.11, Ray 2.9.0 and an A100 (80~GB), we ran every experiment in 2026; see Table~3 and Section~5.",
]  # fmt: skip


@pytest.mark.parametrize("text", REWORDINGS)
def test_a_true_rewording_passes(text: str, check: Checker) -> None:
    assert check.wrong(text) == []


UNSUPPORTED = [
    ("FIFO has the lowest overhead.", "lowest"),
    ("Concurrency 4 to 8 is the optimal operating region.", "optimal"),
    ("Eight pipelines ran stably.", "stably"),
    ("SAGE is the first declarative dataflow framework for LLM inference.", "the first declarative dataflow framework"),
    ("Staggered admission significantly improves tail latency.", "significantly"),
    ("Latency grows linearly with the task complexity.", "linearly"),
    ("The throughput of the Compute pipeline scales linearly with the number of nodes.", "scales linearly"),
    ("Our system uses 42\\% less energy.", "42%"),
    ("The overhead is 3~ms.", "3 ms"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "caught"), UNSUPPORTED)
def test_what_the_data_do_not_carry_is_reported(text: str, caught: str, check: Checker) -> None:
    assert caught in [claim for claim, _ in check.wrong(text)]


def test_a_cited_claim_of_novelty_is_not_checked(check: Checker) -> None:
    result = check(r"SAGE is the first framework of this kind~\cite{survey}.")
    assert [(i.claim.text, i.verdict) for i in result.judgements] == [
        ("the first framework", Verdict.NOT_CHECKED)
    ]


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("At concurrency 8 the P99 latency is 1200~ms.", "210,654.6 ms"),
        ("At concurrency 8 the mean latency is about 600~ms.", "109,099.4 ms"),
        ("With 2 jobs the P99 latency is 25.0~s.", "156.6589 s"),
        ("Compute reaches 350.0~tasks/s on 16 nodes.", "18.51 tasks/s"),
        ("The P99 latency stays at 1.2~s.", "210,654.6 ms"),
    ],
)
def test_an_invented_value_is_named_with_what_was_measured(
    text: str, measured: str, check: Checker
) -> None:
    result = check(text)
    (finding,) = [item for item in result.findings if item.rule == "invented-value"]
    assert measured in finding.message


@pytest.mark.parametrize(
    ("text", "claim", "reason"),
    [
        (
            "At concurrency 4 the throughput is 7.27~tasks/s.", "7.27 tasks/s",
            "throughput at concurrency 4 is 7.27 tasks/s",
        ),
        (
            "At concurrency 4 the throughput is 7.27~tasks/s.", "4",
            "concurrency 4 is a level measured in Concurrency scaling",
        ),
        (
            r"At concurrency 4 the throughput is 3.6$\times$ that of concurrency 1.", "3.6×",
            "throughput at concurrency 4 relative to that at concurrency 1 is 3.6x",
        ),
        (
            r"At a start delay of 5~s the P99 latency is 57\% lower than without delay.", "57%",
            "reduction from P99 latency at start delay 0 s to that at start delay 5 s is 57%",
        ),
        (
            "At concurrency 8 the P99 latency is 1200~ms.", "1200 ms",
            "the source invented this value for P99 latency at concurrency 8; "
            "measured was 210,654.6 ms",
        ),
        (
            r"At concurrency 4 the throughput is \measured{concurrency/4/throughput}{9.27}.", "9.27",
            "the number is bound to throughput at concurrency 4 (concurrency/4/throughput), "
            "which is 7.27 tasks/s now",
        ),
        (
            "LoadAware has the highest throughput.", "highest",
            "the highest throughput is 12.73 tasks/s, at scheduler Priority",
        ),
    ],
)  # fmt: skip
def test_a_reason_names_measurements_in_the_words_of_the_headers(
    text: str, claim: str, reason: str, check: Checker
) -> None:
    told = {item.claim.text: item.reason for item in check(text).judgements}
    assert told[claim] == reason
