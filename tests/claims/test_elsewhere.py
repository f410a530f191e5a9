"""Cells of other tables that bear out a claim are shown beside those that support it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged
from writer.model.claim import Judgement

MAIN = r"""\begin{table}
\caption{Latency of lookups.}
\begin{tabular}{lrr}
System & Latency (ms) & Memory (MB) \\
\hline
Rowan & 12.5 & 310 \\
Baseline & 45.0 & 290 \\
Alder & 33.1 & 271 \\
\end{tabular}
\end{table}
"""


def _other(rows: str, header: str = "System & Latency (ms) & Misses") -> str:
    return (
        MAIN
        + r"\begin{table}\caption{Ablation.}\begin{tabular}{lrr}"
        + header
        + r" \\ \hline "
        + rows
        + r"\end{tabular}\end{table}"
    )


def _shown(item: Judgement) -> list[tuple[str, object, object]]:
    return [
        (str(cell["id"]).partition("/")[0], cell["value"], cell["also"]) for cell in item.evidence
    ]


LEVEL = "Rowan answers lookups with a latency of 12.5 ms."
RATIO = "The latency of Rowan is 3.6x lower than that of the baseline."


@pytest.mark.parametrize(
    ("rows", "also"),
    [
        (r"Rowan & 12.5 & 41 \\ without cache & 19.3 & 70 \\", [("table-2", 12.5, True)]),
        (r"Alder & 12.5 & 41 \\ Rowan & 19.3 & 70 \\", []),  # another's result
        (r"Rowan & 13.5 & 41 \\ without cache & 19.3 & 70 \\", []),
    ],
)
def test_a_level_is_shown_with_the_table_that_prints_it_again(
    tmp_path: Path, rows: str, also: list[tuple[str, object, object]]
) -> None:
    item = judged(tmp_path, LEVEL, _other(rows))["12.5 ms"]
    assert str(item.verdict) == "supported"
    assert _shown(item) == [("table-1", 12.5, False), *also]


def test_an_equal_number_of_another_metric_is_not_shown(tmp_path: Path) -> None:
    other = _other(r"Rowan & 0.93 & 12.5 \\ Alder & 0.81 & 19.3 \\", "System & Recall & Energy (J)")
    item = judged(tmp_path, LEVEL, other)["12.5 ms"]
    assert _shown(item) == [("table-1", 12.5, False)]


def test_a_ratio_of_two_cells_is_shown_with_the_table_that_prints_it(tmp_path: Path) -> None:
    other = _other(r"Latency of Rowan & 3.6x & 7 \\ Recall & 1.1x & 9 \\", "Speedup & Value & Runs")
    item = judged(tmp_path, RATIO, other)["3.6x"]
    assert sorted(_shown(item)) == [
        ("table-1", 12.5, False),
        ("table-1", 45.0, False),
        ("table-2", 3.6, True),
    ]
    assert "Table 2 prints 3.6" in item.reason


def test_the_same_two_cells_of_another_table_are_shown(tmp_path: Path) -> None:
    other = _other(r"Rowan & 12.5 & 41 \\ Baseline & 45.0 & 70 \\")
    item = judged(tmp_path, RATIO, other)["3.6x"]
    assert sorted(_shown(item)) == [
        ("table-1", 12.5, False),
        ("table-1", 45.0, False),
        ("table-2", 12.5, True),
        ("table-2", 45.0, True),
    ]


def test_two_other_cells_with_that_ratio_are_not_shown(tmp_path: Path) -> None:
    other = _other(r"Rowan & 22.5 & 41 \\ Baseline & 81.0 & 70 \\")
    item = judged(tmp_path, RATIO, other)["3.6x"]
    assert {str(cell["id"])[:7] for cell in item.evidence} in ({"table-1"}, {"table-2"})


def test_at_most_two_other_tables_are_shown(tmp_path: Path) -> None:
    rows = r"Rowan & 12.5 & 41 \\ without cache & 19.3 & 70 \\"
    more = _other(rows)[len(MAIN) :]
    tables = MAIN + "".join(more.replace("Misses", name) for name in ("Hits", "Runs", "Days"))
    item = judged(tmp_path, LEVEL, tables)["12.5 ms"]
    assert _shown(item) == [
        ("table-1", 12.5, False),
        ("table-2", 12.5, True),
        ("table-3", 12.5, True),
    ]


def test_of_several_cells_of_one_table_none_is_shown(tmp_path: Path) -> None:
    other = _other(r"Rowan, cold & 12.5 & 41 \\ Rowan, warm & 12.5 & 40 \\ other & 19.3 & 70 \\")
    item = judged(tmp_path, LEVEL, other)["12.5 ms"]
    assert _shown(item) == [("table-1", 12.5, False)]


def test_a_number_with_two_points_or_a_minus_sign_is_compared_as_it_is_printed(
    tmp_path: Path,
) -> None:
    table = MAIN.replace("12.5", "$-12.5$")
    other = _other(r"Rowan, tuned & $-12.5$ & 1.2.3 \\ Alder & 19.3 & 70 \\")[len(MAIN) :]
    item = judged(tmp_path, "Rowan has a latency of $-12.5$ ms.", table + other)["-12.5 ms"]
    assert {value for _, value, _ in _shown(item)} == {-12.5}
