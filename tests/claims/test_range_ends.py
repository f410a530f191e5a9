"""An end of a range that only a sentence bears out is shown with the cell beside the other end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

SERVERS = r"""\begin{table}
\caption{Rerouting on ten servers.}
\begin{tabular}{llrr}
Server & Mechanism & +lines & mod \\
\hline
Alder 6 & loadable module & 83 & 0 \\
Birch 22 & add-on & 34 & 0 \\
Rill 3 & run in executor & 22 & 0 \\
Tarn 2 & agent in C & 138 & 0 \\
Vale 1 & state machine & 70 & 1 \\
Wold 4 & pooled workers & 27 & 0 \\
\end{tabular}
\end{table}
An executor gains nothing while a 138-line C agent carries the offload added to servers."""


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        (SERVERS, {22.0, 138.0}),
        (SERVERS.replace("& 70 &", "& 138 &"), {22.0}),  # which of the two is open
    ],
)
def test_the_other_end_is_shown_from_the_same_column(
    tmp_path: Path, table: str, cells: set[float]
) -> None:
    found = judged(tmp_path, "This recipe takes 22--138 lines added across servers.", table)
    assert [str(item.verdict) for item in found.values()] == ["supported", "supported"]
    assert {cell["value"] for item in found.values() for cell in item.evidence} == cells
