"""The ends of a change "from A to B" are levels, which a table prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

REPAIRS = r"""\begin{table}
\caption{Repair of models.}
\begin{tabular}{llrr}
Set & Tool & Repaired & Success rate (\%) \\
\hline
Benchmark & Loop baseline & 18 & 72 \\
Benchmark & Mend (ours) & 23 & 93 \\
Industrial & Loop baseline & 5 & 20 \\
Industrial & Mend (ours) & 19 & 76 \\
\end{tabular}
\end{table}"""

FLARES = r"""\begin{table}
\caption{Flares by type of star.}
\begin{tabular}{lrr}
Type & Stars & Fraction (\%) \\
\hline
F & 1204 & 1.4 \\
G & 2310 & 2.9 \\
K & 1873 & 7.7 \\
M & 942 & 18.6 \\
\end{tabular}
\end{table}"""

IMPROVES = (
    "It improves the success rate from 72\\% to 93\\% on benchmarks, "
    "and from 20\\% to 76\\% on an industrial set."
)
RISES = "The share of flaring stars rises from 1.4\\% for F dwarfs to 18.6\\% for M dwarfs."


@pytest.mark.parametrize(
    ("sentence", "table", "text", "headers"),
    [
        (IMPROVES, REPAIRS, "20%", ["Industrial", "Loop baseline", "Success rate (%)"]),
        (IMPROVES, REPAIRS, "76%", ["Industrial", "Mend (ours)", "Success rate (%)"]),
        (RISES, FLARES, "1.4%", ["F", "Fraction (%)"]),
        (RISES, FLARES, "18.6%", ["M", "Fraction (%)"]),
    ],
)
def test_an_end_is_a_cell_and_no_difference(
    tmp_path: Path, sentence: str, table: str, text: str, headers: list[str]
) -> None:
    item = judged(tmp_path, sentence, table)[text]
    found = [cell["headers"] for cell in item.evidence]
    assert (str(item.verdict), found) == ("supported", [headers])


@pytest.mark.parametrize(("old", "new"), [("from 1.4", "from 7.7"), ("to 18.6", "to 7.7")])
def test_the_end_of_another_row_is_not_supported(tmp_path: Path, old: str, new: str) -> None:
    item = judged(tmp_path, RISES.replace(old, new), FLARES)["7.7%"]
    assert str(item.verdict) != "supported"


SEEDS = r"""\begin{table}
\caption{Seeds that came up, by bed, of Sow and of others.}
\begin{tabular}{llrr}
Kind & Bed & Seeds up (\%) & Rows up (\%) \\
\hline
None & By hand & 53.8 & 22.6 \\
 & By hand, twice & 57.1 & 24.9 \\
Ours & Dug & 74.2 & 31.7 \\
 & Sow & 87.6 & 58.3 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("start", "verdict"), [("74.2", "supported"), ("53.8", "unsupported"), ("31.7", "unsupported")]
)
def test_a_change_starts_where_it_is_told_to_be_compared_with(
    tmp_path: Path, start: str, verdict: str
) -> None:
    sentence = (
        "We sow by Sow: relative to a dug bed (Dug), "
        f"the share of seeds up rises from {start}\\% to 87.6\\%."
    )
    item = judged(tmp_path, sentence, SEEDS)[f"{start}%"]
    assert (str(item.verdict) == "supported") == (verdict == "supported")
