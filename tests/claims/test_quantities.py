"""The scanner alone: what is a quantity, and what exactly its text, value, unit and form are."""
# ruff: noqa: E501  # one phrase per line reads best

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writer.claims.quantities import Quantity, quantities

Row = tuple[str, float, str, str, str]

TABLE: list[tuple[str, list[Row]]] = [
    # plain numbers
    ("The throughput is 7.27 tasks/s.", [("7.27 tasks/s", 7.27, "tasks/s", "plain", "")]),
    ("It took 5.", [("5", 5, "", "plain", "")]),
    ("a score of .5, here", [(".5", 0.5, "", "plain", "")]),
    ("00012 of them", [("00012", 12, "", "plain", "")]),
    ("−5 ms", [("−5 ms", -5, "ms", "plain", "")]),
    ("a change of -5%", [("-5%", -5, "%", "percent", "")]),
    ("+5%", [("+5%", 5, "%", "percent", "")]),
    # thousands
    ("10,000 tasks", [("10,000", 10000, "tasks", "plain", "")]),
    ("10 000 tasks", [("10 000", 10000, "tasks", "plain", "")]),
    ("10\u202f000 tasks", [("10\u202f000", 10000, "tasks", "plain", "")]),
    ("1,234.5 ms", [("1,234.5 ms", 1234.5, "ms", "plain", "")]),
    ("1,2 ms", [("1", 1, "ms", "plain", ""), ("2 ms", 2, "ms", "plain", "")]),
    ("in 2024 100 tasks", [("100", 100, "tasks", "plain", "")]),
    ("100K tasks", [("100K", 1e5, "tasks", "plain", "")]),
    ("1.2M tasks", [("1.2M", 1.2e6, "tasks", "plain", "")]),
    ("10k tasks/s", [("10k tasks/s", 1e4, "tasks/s", "plain", "")]),
    # powers
    ("1e-3 s", [("1e-3 s", 0.001, "s", "plain", "")]),
    ("1.0e+3 ms", [("1.0e+3 ms", 1000, "ms", "plain", "")]),
    ("1E5", [("1E5", 1e5, "", "plain", "")]),
    ("3 × 10^{-3} s", [("3 × 10^{-3} s", 0.003, "s", "plain", "")]),
    ("3×10^−3 s", [("3×10^−3 s", 0.003, "s", "plain", "")]),
    ("2^10 tasks", [("2^10", 1024, "tasks", "plain", "")]),
    ("2^{10} tasks", [("2^{10}", 1024, "tasks", "plain", "")]),
    ("10^6 tasks", [("10^6", 1e6, "tasks", "plain", "")]),
    ("10^-3 s", [("10^-3 s", 0.001, "s", "plain", "")]),
    # units
    ("5s", [("5s", 5, "s", "plain", "")]),
    ("a 5-second delay", [("5-second", 5, "s", "plain", "")]),
    ("20 min", [("20 min", 20, "min", "plain", "")]),
    ("12 hours", [("12 hours", 12, "h", "plain", "")]),
    ("50 µs", [("50 µs", 50, "us", "plain", "")]),
    ("50 us", [("50 us", 50, "us", "plain", "")]),
    ("5 tasks per second", [("5 tasks per second", 5, "tasks/s", "plain", "")]),
    ("5 requests a second", [("5 requests a second", 5, "requests/s", "plain", "")]),
    ("5 Tasks/s", [("5 Tasks/s", 5, "tasks/s", "plain", "")]),
    ("5 tokens/sec", [("5 tokens/sec", 5, "tokens/s", "plain", "")]),
    ("5 Gb/s", [("5 Gb/s", 5, "Gb/s", "plain", "")]),
    ("5 GB/s", [("5 GB/s", 5, "GB/s", "plain", "")]),
    ("80 GB", [("80 GB", 80, "GB", "plain", "")]),
    ("30 kB", [("30 kB", 30, "KB", "plain", "")]),
    ("300 W and 2 kWh", [("300 W", 300, "W", "plain", ""), ("2 kWh", 2, "kWh", "plain", "")]),
    ("60 °C", [("60 °C", 60, "°C", "plain", "")]),
    ("$5 an hour", [("5", 5, "$", "plain", "")]),
    ("5€", [("5€", 5, "€", "plain", "")]),
    ("3 euros", [("3 euros", 3, "€", "plain", "")]),
    ("£5 or ¥7", [("5", 5, "£", "plain", ""), ("7", 7, "¥", "plain", "")]),
    ("EUR 9", [("9", 9, "€", "plain", "")]),
    ("9 US dollars", [("9 US dollars", 9, "$", "plain", "")]),
    ("a 16-node cluster", [("16", 16, "node", "plain", "")]),
    ("N = 4", [("4", 4, "", "plain", "")]),
    ("(n=5)", [("5", 5, "", "plain", "")]),
    # shares and points
    ("57%", [("57%", 57, "%", "percent", "")]),
    ("57 %", [("57 %", 57, "%", "percent", "")]),
    ("57 percent lower", [("57 percent", 57, "%", "percent", "")]),
    ("57 per cent", [("57 per cent", 57, "%", "percent", "")]),
    ("10 percentage points", [("10 percentage points", 10, "pp", "points", "")]),
    ("10 pp", [("10 pp", 10, "pp", "points", "")]),
    # ratios
    ("1.5x", [("1.5x", 1.5, "x", "ratio", "")]),
    ("3.6× that", [("3.6×", 3.6, "x", "ratio", "")]),
    ("3.6 times that", [("3.6 times", 3.6, "x", "ratio", "")]),
    ("1.5-fold", [("1.5-fold", 1.5, "x", "ratio", "")]),
    ("a factor of 10", [("10", 10, "x", "ratio", "")]),
    ("a factor of about two", [("two", 2, "x", "ratio", "about")]),
    ("16 × 8 cores", [("16", 16, "", "plain", ""), ("8", 8, "cores", "plain", "")]),
    ("twice as fast", [("twice", 2, "x", "ratio", "")]),
    ("two times", [("two times", 2, "x", "ratio", "")]),
    ("tenfold", [("tenfold", 10, "x", "ratio", "")]),
    ("half that", [("half", 0.5, "x", "ratio", "")]),
    ("falls by more than half", [("half", 50, "%", "percent", "over")]),
    ("multiplies the rate by 3.6", [("3.6", 3.6, "x", "ratio", "")]),
    ("a third of that", [("a third", 1 / 3, "x", "ratio", "")]),
    ("falls by a third", [("a third", 100 / 3, "%", "percent", "")]),
    ("a quarter lower", [("a quarter", 25, "%", "percent", "")]),
    ("two thirds of the tasks", [("two thirds", 200 / 3, "%", "percent", "")]),
    ("a third experiment", []),
    ("analysed by a third party", []),
    ("falls by a third on average", [("a third", 100 / 3, "%", "percent", "")]),
    ("a double weighted graph", []),
    ("double-blind", []),
    ("Double Weighted Networks", []),
    ("needs double the time", [("double", 2, "x", "ratio", "")]),
    ("achieves double throughput", [("double", 2, "x", "ratio", "")]),
    ("two halves of it", [("two", 2, "halves", "plain", "")]),
    ("the second half of it", []),
    ("halves the time", [("halves", 0.5, "x", "ratio", "")]),
    ("chooses one point at each step", []),
    ("gains one point over it", [("one point", 1, "pp", "points", "")]),
    ("a rule 12pt wide", [("12pt", 12, "points", "plain", "")]),
    ("a gain of 3pt", [("3pt", 3, "pp", "points", "")]),
    ("an order of magnitude faster", [("an order of magnitude", 10, "x", "ratio", "")]),
    ("two orders of magnitude", [("two orders of magnitude", 100, "x", "ratio", "")]),
    # words
    ("two threads", [("two", 2, "threads", "plain", "")]),
    ("thirty tasks", [("thirty", 30, "tasks", "plain", "")]),
    ("two hundred tasks", [("two hundred", 200, "tasks", "plain", "")]),
    ("the one that won", [("one", 1, "", "plain", "")]),
    # hedges
    ("about 5 ms", [("5 ms", 5, "ms", "plain", "about")]),
    ("~5 ms", [("5 ms", 5, "ms", "plain", "about")]),
    ("≈5 ms", [("5 ms", 5, "ms", "plain", "about")]),
    ("nearly 4 times", [("4 times", 4, "x", "ratio", "almost")]),
    ("over 8x", [("8x", 8, "x", "ratio", "over")]),
    ("more than twice", [("twice", 2, "x", "ratio", "over")]),
    ("less than 5 ms", [("5 ms", 5, "ms", "plain", "under")]),
    ("no more than 5 ms", [("5 ms", 5, "ms", "plain", "under")]),
    ("no less than 5 ms", [("5 ms", 5, "ms", "plain", "over")]),
    ("p<0.05", [("0.05", 0.05, "", "plain", "under")]),
    ("up to 40%", [("40%", 40, "%", "percent", "up to")]),
    ("as much as 40%", [("40%", 40, "%", "percent", "up to")]),
    ("below the 38.34 tasks/s of one node", [("38.34 tasks/s", 38.34, "tasks/s", "plain", ""), ("one", 1, "node", "plain", "")]),
    # lists and ranges
    ("4–8 tasks/s", [("4", 4, "tasks/s", "plain", ""), ("8 tasks/s", 8, "tasks/s", "plain", "")]),
    ("100-200 ms", [("100", 100, "ms", "plain", ""), ("200 ms", 200, "ms", "plain", "")]),
    ("5--8", [("5", 5, "", "plain", ""), ("8", 8, "", "plain", "")]),
    ("5, 6, and 7 ms", [("5", 5, "ms", "plain", ""), ("6", 6, "ms", "plain", ""), ("7 ms", 7, "ms", "plain", "")]),
    ("5x to 10x", [("5x", 5, "x", "ratio", ""), ("10x", 10, "x", "ratio", "")]),
    ("10×–20×", [("10×", 10, "x", "ratio", ""), ("20×", 20, "x", "ratio", "")]),
    ("7.27 against 2.01 tasks/s", [("7.27", 7.27, "tasks/s", "plain", ""), ("2.01 tasks/s", 2.01, "tasks/s", "plain", "")]),
    # how often something happens is no ratio
    ("SORT switches identities 4852 times.", [("4852 times", 4852, "times", "plain", "")]),
    ("it is called 20 times per second", [("20 times", 20, "times", "plain", "")]),
    ("We repeated each run 5 times.", [("5 times", 5, "times", "plain", "")]),
    ("The job failed about 12 times.", [("12 times", 12, "times", "plain", "about")]),
    ("it runs 3 times faster", [("3 times", 3, "x", "ratio", "")]),
    ("it runs 3 times as fast", [("3 times", 3, "x", "ratio", "")]),
    ("it runs 2.3 times over the base", [("2.3 times", 2.3, "x", "ratio", "")]),
    ("Throughput is 3 times that of A.", [("3 times", 3, "x", "ratio", "")]),
    ("it cuts the time 4 times", [("4 times", 4, "x", "ratio", "")]),
    ("Our tool runs 3 times quicker", [("3 times", 3, "x", "ratio", "")]),
    # millisecond pulsars are things
    ("We time three millisecond pulsars for 8.5 yr.", [("three", 3, "pulsars", "plain", ""), ("8.5", 8.5, "yr", "plain", "")]),
    ("a three millisecond delay", [("three millisecond", 3, "ms", "plain", "")]),
    # signed numbers in parentheses, and behind names
    ("The gain is largest on Rumour (+0.061).", [("+0.061", 0.061, "", "plain", "")]),
    ("the error is 0.228, of DLinear 0.246.", [("0.228", 0.228, "", "plain", ""), ("0.246", 0.246, "", "plain", "")]),
    ("several orders of magnitude faster", []),
    # lists with slashes
    ("of 0.806/0.790/0.910.", [("0.806", 0.806, "", "plain", ""), ("0.790", 0.79, "", "plain", ""), ("0.910", 0.91, "", "plain", "")]),
    ("ROUGE of 44.2/21.1/37.1 here", [("44.2", 44.2, "", "plain", ""), ("21.1", 21.1, "", "plain", ""), ("37.1", 37.1, "", "plain", "")]),
    ("44.2 / 21.1 / 37.1%", [("44.2", 44.2, "%", "percent", ""), ("21.1", 21.1, "%", "percent", ""), ("37.1%", 37.1, "%", "percent", "")]),
    ("a 80/20% split", [("80", 80, "%", "percent", ""), ("20%", 20, "%", "percent", "")]),
    ("44.2/21.1/37.1%", [("44.2", 44.2, "%", "percent", ""), ("21.1", 21.1, "%", "percent", ""), ("37.1%", 37.1, "%", "percent", "")]),
    # spreads are no quantities of their own
    ("3.2 ± 0.3 ms", [("3.2", 3.2, "ms", "plain", "")]),
    ("91.2% ± 0.4% of them", [("91.2%", 91.2, "%", "percent", "")]),
    ("5.2 (±0.3) points", [("5.2", 5.2, "", "plain", "")]),
    ("12.3 ± 0.1 and 15.2 ± 0.3 ms", [("12.3", 12.3, "ms", "plain", ""), ("15.2", 15.2, "ms", "plain", "")]),
    ("a drift of ±5 ms", [("5 ms", 5, "ms", "plain", "±")]),
    ("a mass of 7.43^+0.51_-0.48 kg", [("7.43", 7.43, "kg", "plain", "")]),
    ("a mass of 12.9_-1.0^+1.1 in total", [("12.9", 12.9, "", "plain", "")]),
    ("7.43^{+0.51}_{-0.48} Earth masses", [("7.43", 7.43, "masses", "plain", "")]),
    ("a mass of 1.338(23) suns", [("1.338", 1.338, "suns", "plain", "")]),
    ("(3.1 ± 0.2) × 10^-3 s", [("3.1", 0.0031, "s", "plain", "")]),
    ("5(23) of them", [("5", 5, "", "plain", ""), ("23", 23, "", "plain", "")]),
    ("of 2^{10} tasks", [("2^{10}", 1024, "tasks", "plain", "")]),
    # what is none
    ("P99 latency and P99.9", []),
    ("the 99.9th percentile", []),
    ("the 1st, 2nd and 5^th run", []),
    ("an A100, H100s and x86", []),
    ("a 3D plot of 3B parameters", [("3B", 3e9, "parameters", "plain", "")]),
    ("Qwen2.5-3B-Instruct", []),
    ("C++17", []),
    ("Ray 2.9.0 and v2.1.3", []),
    ("192.168.0.1", []),
    ("see https://example.org/2024/03/x-12 now", []),
    ("mail 12@example.org", []),
    ("it runs 24/7", []),
    # no preposition, conjunction or auxiliary is a unit
    ("fewer lines (926 vs. 1463)", [("926", 926, "", "plain", ""), ("1463", 1463, "", "plain", "")]),
    ("at 0.71 because of it", [("0.71", 0.71, "", "plain", "")]),
    ("at 31 through caching", [("31", 31, "", "plain", "")]),
    ("the 5 most salient words", [("5", 5, "words", "plain", "")]),
    ("the 3 such cases", [("3", 3, "cases", "plain", "")]),
    # a unit behind a value with its error
    ("m=(-0.01±0.10)%", [("-0.01", -0.01, "%", "percent", "")]),
    ("it takes (1.2 ± 0.3) ms", [("1.2", 1.2, "ms", "plain", "")]),
    ("of (2.3 ± 0.1) × 10^-3 s", [("2.3", 0.0023, "s", "plain", "")]),
    ("AUC (0.81±0.02)", [("0.81", 0.81, "", "plain", "")]),
    ("on 2026-11-24 at 12:30", []),
    ("R^2 is high", []),
    ("0x1F and 2σ", [("2σ", 2, "σ", "plain", "")]),
    ("1" * 400, []),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "expected"), TABLE, ids=[text[:40] for text, _ in TABLE])
def test_a_phrase_and_its_quantities(phrase: str, expected: list[Row]) -> None:
    found = quantities(phrase)
    rows = [(q.text, round(q.value, 9), q.unit, q.form, q.hedge) for q in found]
    assert rows == [(text, round(value, 9), *rest) for text, value, *rest in expected]
    assert [phrase[q.start : q.end] for q in found] == [q.text for q in found]


INTERVALS = [
    ("57%", 56.5, 57.5),
    ("7.27 s", 7.265, 7.275),
    ("10,000", 9999.5, 10000.5),
    ("100K", 99500, 100500),
    ("1.2M", 1.15e6, 1.25e6),
    ("3×10^-3", 0.0025, 0.0035),
    ("10^6", 0.5e6, 1.5e6),
    ("2^10", 1024, 1024),
    ("about 5 ms", 4.0, 6.0),
    ("about 57%", 55.5, 58.5),
    ("almost 4 times", 3.1, 4.5),
    ("over 8x", 8, math.inf),
    ("no more than 5 ms", -math.inf, 5),
    ("up to 40%", 39.5, 40.5),
    ("twice", 1.5, 2.5),
    ("ten-fold", 9.5, 10.5),
    ("two threads", 2, 2),
    ("a third of that", 1 / 3 - 0.05, 1 / 3 + 0.05),
    ("an order of magnitude", 5, 20),
]


@pytest.mark.parametrize(("phrase", "low", "high"), INTERVALS)
def test_the_interval_is_what_the_digits_and_the_hedge_allow(
    phrase: str, low: float, high: float
) -> None:
    (found,) = quantities(phrase)
    assert [found.interval.lo, found.interval.hi] == pytest.approx([low, high])


FILLERS = [
    "The system reaches {}.",
    "With the second scheduler, {} was measured for the whole run",
    "({})",
    "It takes {}, which is not much.",
    "We saw {}; nothing else changed.",
    "A result of {} -- and then none.",
]
UNITS = [
    ("", ""), (" ms", "ms"), (" s", "s"), ("~s".replace("~", " "), "s"), (" tasks/s", "tasks/s"),
    (" tasks per second", "tasks/s"), ("%", "%"), (" percent", "%"), ("×", "x"), ("x", "x"),
    (" times", "x"), ("-fold", "x"), (" percentage points", "pp"), (" GB", "GB"), (" blocks", "blocks"),
]  # fmt: skip


@given(
    st.decimals(min_value=0, max_value=10**9, places=3).map(abs),
    st.integers(min_value=0, max_value=3),
    st.booleans(),
    st.sampled_from(UNITS),
    st.sampled_from(FILLERS),
)
def test_any_printed_number_with_any_unit_is_found_exactly(
    number: object, places: int, grouped: bool, unit: tuple[str, str], filler: str
) -> None:
    text = f"{number:{',' if grouped else ''}.{places}f}"
    shown, symbol = unit
    printed = f"{text}{shown}"
    sentence = filler.format(printed)
    (found,) = quantities(sentence)
    value = float(text.replace(",", ""))
    assert (found.text, found.unit) == (text if symbol == "blocks" else printed, symbol)
    assert found.start == sentence.index(text)
    assert found.value == value
    assert found.interval.lo <= value <= found.interval.hi


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(["–", " to ", " and ", "-"]))
def test_a_range_has_two_ends_of_one_unit(one: int, other: int, between: str) -> None:
    found = quantities(f"between {one}{between}{other} ms")
    assert [(item.value, item.unit) for item in found] == [(one, "ms"), (other, "ms")]


def _sound(text: str, found: tuple[Quantity, ...]) -> None:
    ends = [0, *(item.end for item in found)]
    assert [text[item.start : item.end] for item in found] == [item.text for item in found]
    assert [item.start for item in found if item.start >= item.end] == []
    assert [item.value for item in found if not math.isfinite(item.value)] == []
    assert all(end <= item.start for end, item in zip(ends[:-1], found, strict=False))
    assert all(i.interval.lo <= i.value <= i.interval.hi for i in found)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "It saves 17,4 % and costs €940 instead of €1.136.",
            [("17.4 %", 17.4), ("940", 940), ("1,136", 1136)],
        ),
        ("It rises from 3,1 to 3,7 here", [("3.1", 3.1), ("3.7", 3.7)]),
        ("a gain of +2,2", [("+2.2", 2.2)]),
        ("a share of 0,5 %", [("0.5 %", 0.5)]),
        ("in 3.5 of 17,4 %", [("3.5", 3.5), ("17", 17), ("4 %", 4)]),
        ("from 1,136 to 2,240 of them", [("1,136", 1136), ("2,240", 2240)]),
        ("in layers 1,2 and 3,4", [("1", 1), ("2", 2), ("3", 3), ("4", 4)]),
        ("A house needs 10.500 kWh.", [("10.500 kWh", 10.5)]),
    ],
)
def test_decimal_commas_where_the_sentence_leaves_no_doubt(
    sentence: str, found: list[tuple[str, float]]
) -> None:
    assert [(item.text, item.value) for item in quantities(sentence)] == found


def test_decimal_commas_that_the_paper_is_known_for() -> None:
    found = quantities("A house needs 10.500 kWh, and the COP reaches 3,2.", comma=True)
    assert [(item.text, item.value, item.unit) for item in found] == [
        ("10,500 kWh", 10500, "kWh"),
        ("3.2", 3.2, ""),
    ]
    assert [item.value for item in quantities("1.234.567,8 s of 0.5 s", comma=True)] == [
        1234567.8,
        0.5,
    ]
    assert [item.value for item in quantities("layers 1, 2 and 3,5,7", comma=True)] == [
        1,
        2,
        3,
        5,
        7,
    ]
    assert [item.value for item in quantities("a gain of +2,2", comma=False)] == [2, 2]


@given(st.text(alphabet="0123456789.,% +-", max_size=60))
def test_decimal_commas_change_no_place(text: str) -> None:
    for item in quantities(text, comma=True):
        assert item.text.replace(",", ".") == text[item.start : item.end].replace(",", ".")


@given(st.text())
def test_any_text_is_scanned(text: str) -> None:
    _sound(text, quantities(text))


@given(st.text(alphabet="0123456789.,-+−×^{}eE%xkM /~±:sm@\u202f", max_size=60))
def test_any_text_of_number_like_characters_is_scanned(text: str) -> None:
    _sound(text, quantities(text))


def _time(text: str) -> float:
    started = time.process_time()
    quantities(text)
    return time.process_time() - started


@pytest.mark.parametrize("piece", ["1", "1,", "111,", "1,111.1", "9" * 100 + ","])
def test_a_hundred_thousand_digits_are_scanned_in_bounded_time(piece: str) -> None:
    assert _time(piece * (100_000 // len(piece))) < 10


@pytest.mark.parametrize(
    "piece",
    ["1 ", "111 ", "1.", "1e", "-", "1-", "10^", "1×10^", "a@", "a", ".1 ", "about 1 ", "one ", "half ", "1%, ", "http://", "±"],
)  # fmt: skip
def test_other_long_texts_take_linear_time(piece: str) -> None:
    assert _time(piece * (20_000 // len(piece))) < 6


@pytest.mark.parametrize(
    ("said", "printed", "significant"),
    [
        ("It has 12,000 of them.", 5, 2),
        ("It solves 400 tasks.", 3, 1),
        ("It takes 0.05 s.", 3, 1),
        ("It takes 0.120 s.", 4, 3),
        ("It reaches 50.0%.", 3, 3),
        ("It covers 3 m^2.", 1, 1),
        ("It takes three days.", 0, 0),
    ],
)
def test_digits_of_a_number_are_counted_without_its_unit(
    said: str, printed: int, significant: int
) -> None:
    (found,) = quantities(said)
    assert (found.digits, found.significant) == (printed, significant)


def test_a_tool_behind_others_in_a_list_has_a_version() -> None:
    text = "It was built with CUDA 12.6, GCC 13.3, and rustc 1.95."
    assert [item.text for item in quantities(text)] == []
    text = "It reaches a recall of 0.83, F1 0.79, and precision 0.91."
    assert [item.text for item in quantities(text)] == ["0.83", "0.79", "0.91"]
