"""A comparison is held only against what its own adjective speaks of."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from tests.claims.test_own_tables import judged

SIZES = r"""\begin{table}
\caption{Stores on the mixed load.}
\begin{tabular}{lrrr}
System & Memory (GB) & Accuracy (\%) & Disk (GB) \\
\hline
Basalt & 8.0 & 40.4 & 12.2 \\
Marl & 12.1 & 70.3 & 14.1 \\
Tuff & 4.0 & 81.0 & 13.3 \\
\end{tabular}
\end{table}"""

SPEEDS = SIZES.replace(r"Accuracy (\%)", "Time (s)")


@pytest.mark.parametrize(
    ("sentence", "text", "table", "verdict", "header"),
    [
        ("Tuff is twice as fast as Basalt.", "twice", SIZES, "unsupported", ""),
        ("Tuff is 2x faster than Basalt.", "2x", SIZES, "unsupported", ""),
        ("Tuff runs three times faster than Marl.", "three times", SIZES, "unsupported", ""),
        ("Tuff has a speedup of 2x over Basalt.", "2x", SIZES, "unsupported", ""),
        ("Tuff is twice as accurate as Basalt.", "twice", SIZES, "supported", "Accuracy (%)"),
        ("Basalt is twice as fast as Tuff.", "twice", SPEEDS, "supported", "Time (s)"),
        ("Tuff is twice as accurate as Basalt.", "twice", SPEEDS, "unsupported", ""),
        ("Tuff needs half the memory of Basalt.", "half", SIZES, "supported", "Memory (GB)"),
    ],
)
def test_twice_as_fast_is_said_of_times_and_rates(
    tmp_path: Path, sentence: str, text: str, table: str, verdict: str, header: str
) -> None:
    item = judged(tmp_path, sentence, table)[text]
    headers = {cast("list[str]", cell["headers"])[-1] for cell in item.evidence}
    assert (str(item.verdict), headers) == (verdict, {header} - {""})
