"""None of something, "zero crashes": found as a count of 0, and held against what tables print."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged
from writer.claims.quantities import quantities

SOAK = r"""\begin{table}
\caption{Soak test of the router over four hours.}
\begin{tabular}{lrr}
Quantity & Night & Day \\
\hline
Memory (KB) & 384 & 391 \\
Daemon crashes & 0 / 4473 & 0 / 4914 \\
Flash writes & 0 & 0 \\
Packet loss & 0.00 & 0.00 \\
Watchdog resets & 0 & 3 \\
Dropped frames & 12 & 17 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("phrase", "noun"),
    [
        ("with zero flash writes,", "writes"),
        ("and zero crashes across the runs", "crashes"),
        ("Zero panics were seen.", "panics"),
        ("zero failing endpoints", "endpoints"),
        ("and zero numeric variance across runs", "variance"),
        ("maintaining zero message loss across all runs", "loss"),
        ("and zero post-route BRAM usage", "bram"),
        ("it needs zero additional parameters", "parameters"),
    ],
)
def test_zero_of_something_is_a_count(phrase: str, noun: str) -> None:
    (found,) = quantities(phrase)
    assert (found.text.lower(), found.value, found.unit, found.form) == ("zero", 0, noun, "plain")
    assert found.spelled


@pytest.mark.parametrize(
    "phrase",
    [
        "zero-shot transfer",
        "the zero shot performance drops",
        "a zero-day attack",
        "zero padding and zero mean",
        "with zero mean noise terms",
        "non-zero entries",
        "non zero entries of the matrix",
        "near zero crashes",
        "nearly zero errors",
        "zero-copy reads",
        "zero copies of the buffer",
        "ground zero of the events",
        "trained from zero labels",
        "zero-knowledge proofs",
        "the bias is set to zero for rows",
        "weights initialised to zero values",
        "most have zero capacities",
        "the interval crossed zero. Rows differ",
        "it included zero in all cases",
        "we zero rows of the matrix",
        "a sum of zero",
        "at zero cost",
        "Zero Redundancy Optimizers",
        "it occurs zero times",
        "zero or more tokens",
    ],
)
def test_zero_that_counts_nothing_is_no_quantity(phrase: str) -> None:
    assert quantities(phrase) == ()


@pytest.mark.parametrize(
    ("sentence", "text", "row"),
    [
        ("The router ran with zero flash writes.", "zero", "Flash writes"),
        ("It shows zero flash writes, and zero crashes, in two runs.", "zero", "crashes"),
        ("We measured zero packet loss.", "zero", "Packet loss"),
        ("The daemon had 0 crashes.", "0", "Daemon crashes"),
    ],
)
def test_a_line_of_zeros_bears_it_out(tmp_path: Path, sentence: str, text: str, row: str) -> None:
    item = judged(tmp_path, sentence, SOAK)[text]  # the last one of that text
    assert str(item.verdict) == "supported"
    assert row in item.reason


@pytest.mark.parametrize(
    "sentence",
    [
        "There were zero dropped frames.",
        "It shows zero watchdog resets.",
        "We saw zero lost sessions.",
        "There were zero kernel errors.",
    ],
)
def test_other_lines_do_not(tmp_path: Path, sentence: str) -> None:
    item = judged(tmp_path, sentence, SOAK)["zero"]
    assert str(item.verdict) == "not-checked"
