"""Bytes as texts and tables write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

NODES = r"""\begin{table}
\caption{What a node of the index takes, and how fast it is read.}
\begin{tabular}{lrr}
 & Wide & Narrow \\
\hline
Stride of a node & 2{,}176 B & 1{,}048 B \\
Reads & 131 B/s & 412 B/s \\
Weights & 175 B & 13 B \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(
    ("sentence", "text", "verdict"),
    [
        ("The stride of a node is 2,176 bytes in Wide.", "2,176", "supported"),
        ("The stride of a node is 1,048 bytes in Narrow.", "1,048", "supported"),
        ("The stride of a node is 2.176 KB in Wide.", "2.176 KB", "supported"),
        ("The stride of a node is 2,716 bytes in Wide.", "2,716", "contradicted"),
        ("Wide reads 131 bytes per second.", "131 bytes per second", "supported"),
        ("Wide reads 131 bits per second.", "131 bits per second", "unsupported"),
        ("Wide has 175 billion weights.", "175 billion", "supported"),
    ],
)
def test_bytes_are_no_billions_and_no_bits(
    tmp_path: Path, sentence: str, text: str, verdict: str
) -> None:
    assert str(judged(tmp_path, sentence, NODES)[text].verdict) == verdict
