"""Both ends of an interval that one cell prints behind its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

TRIALS = r"""\begin{table}
\caption{Errors of both estimators, and what sets them apart.}
\begin{tabular}{lrr}
Estimator & Error [95\,\%~CI] & Bias \\
\hline
Heron & \textbf{0.0134} [0.010--0.017] & 0.016 \\
Stilt & 0.0152 [0.011--0.019] & 0.017 \\
\hline
Difference & $+0.018$ [$-0.021$, $+0.057$]$^*$ & 0.001 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "low", "high", "verdict"),
    [
        ("Heron has an error of 0.0134 [95\\% CI: %s--%s].", "0.010", "0.017", "supported"),
        ("Heron has an error of 0.0134 [%s--%s].", "0.010", "0.017", "supported"),
        ("Heron has an error of 0.0134 [%s--%s].", "0.010", "0.018", "unsupported"),
        ("They differ a little (95\\% CI [$%s$, $%s$]).", "-0.021", "+0.057", "supported"),
        ("They differ a little (95\\% CI [$%s$, $%s$]).", "-0.021", "+0.075", "unsupported"),
    ],
)
def test_an_interval_is_what_one_cell_prints(
    tmp_path: Path, sentence: str, low: str, high: str, verdict: str
) -> None:
    said = sentence.replace("%s", low, 1).replace("%s", high, 1)
    found = judged(tmp_path, said, TRIALS)
    ends = [found[end] for end in (low, high)]
    values = [cell["value"] for item in ends for cell in item.evidence]
    assert str(ends[1].verdict) == verdict
    assert (verdict == "supported") == (values == [float(low), float(high)])


def test_the_level_of_an_interval_is_no_unit_of_its_column(tmp_path: Path) -> None:
    found = judged(tmp_path, "The estimator Heron has an error of 0.0134.", TRIALS)
    assert [(str(item.verdict), item.evidence[0]["unit"]) for item in found.values()] == [
        ("supported", "")
    ]
