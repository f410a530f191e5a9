"""Numbers that are said of places of their own share the words before the first of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

TABLES = r"""\begin{table}
\caption{Overhead of Badger over Fennec on each kernel.}
\begin{tabular}{lrr}
Kernel & Runs & Overhead \\
\hline
stencil & 30 & $-$20.6\,\% \\
gather & 30 & $-$4.6\,\% \\
histogram & 30 & $+$16.0\,\% \\
sort & 20 & $-$0.8\,\% \\
\end{tabular}
\end{table}
\begin{table}
\caption{Badger over Fennec on each mail instance of the servers.}
\begin{tabular}{lrr}
Instance & Binary growth & Overhead \\
\hline
amber & $+$8.1\,\% & $+$12.1\,\% \\
birch & $+$9.0\,\% & $+$7.6\,\% \\
cedar & $+$3.3\,\% & $-$3.2\,\% \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(("second", "verdict"), [("+5.5", "supported"), ("+6.8", "unsupported")])
def test_the_second_is_of_the_measure_that_is_named_before_the_first(
    tmp_path: Path, second: str, verdict: str
) -> None:
    sentence = (
        r"Badger has a mean overhead of $-$2.5\,\% on kernels and "
        rf"${second[0]}${second[1:]}\,\% on servers, achieved with little binary growth."
    )
    found = {
        text.replace(" ", ""): str(item.verdict)
        for text, item in judged(tmp_path, sentence, TABLES).items()
    }
    assert found == {"-2.5%": "supported", f"{second}%": verdict}
