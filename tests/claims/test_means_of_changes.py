"""Means of a column of printed changes: "the mean overhead is -3.6%"."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

OVERHEADS = r"""\begin{table}
\caption{Overhead of Badger over Fennec on each kernel.}
\begin{tabular}{lrrl}
Kernel & Runs & Overhead & p-value \\
\hline
stencil & 30 & $-$20.6\,\% & $<$0.001 \\
gather & 30 & $-$4.6\,\% & 0.003 \\
scatter & 25 & $-$0.9\,\% & 0.085 (ns) \\
histogram & 30 & $+$16.0\,\% & $<$0.001 \\
sort & 20 & $-$0.8\,\% & 0.411 (ns) \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "number", "verdict"),
    [
        (r"Over all kernels, the mean overhead of Badger is $-$2.2\,\%.", "-2.2%", "supported"),
        (r"Over all kernels, the mean overhead of Badger is $-$5.3\,\%.", "-5.3%", "unsupported"),
        (r"Over all kernels, the mean overhead of Badger is $+$2.2\,\%.", "+2.2%", "unsupported"),
    ],
)
def test_a_mean_of_printed_changes_is_told_as_a_change(
    tmp_path: Path, sentence: str, number: str, verdict: str
) -> None:
    found = judged(tmp_path, sentence, OVERHEADS)
    assert {text.replace(" ", ""): str(item.verdict) for text, item in found.items()} == {
        number: verdict
    }


def test_a_mean_of_printed_changes_is_that_of_its_column(tmp_path: Path) -> None:
    sentence = r"Over all kernels, the mean overhead of Badger is $-$2.2\,\%."
    (found,) = judged(tmp_path, sentence, OVERHEADS).values()
    values = [float(str(cell["value"])) for cell in found.evidence]
    assert sorted(values) == [-20.6, -4.6, -0.9, -0.8, 16.0]


BOTH = (
    OVERHEADS
    + r"""
\begin{table}
\caption{Overhead of Badger over Fennec on each server.}
\begin{tabular}{lrr}
Server & Runs & Overhead \\
\hline
mail & 30 & $+$12.1\,\% \\
files & 30 & $+$7.6\,\% \\
cache & 25 & $-$3.2\,\% \\
\end{tabular}
\end{table}"""
)


def test_a_mean_is_told_of_each_of_two_numbers_with_their_own_tables(tmp_path: Path) -> None:
    sentence = r"Badger has mean overheads of $-$2.2\,\% on kernels and $+$5.5\,\% on servers."
    found = judged(tmp_path, sentence, BOTH)
    assert {
        text.replace(" ", ""): sorted(float(str(cell["value"])) for cell in item.evidence)
        for text, item in found.items()
    } == {"-2.2%": [-20.6, -4.6, -0.9, -0.8, 16.0], "+5.5%": [-3.2, 7.6, 12.1]}
