"""Counts that a group of a table's cells sums to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import judged

BALLOTS = r"""\begin{table}
\caption{What readers of two panels did with their marks.}
\begin{tabular}{llrrr}
Panel & Poem & Kept & Revise & Skipped \\
\hline
Harbour & Lark & 514 & 83 & 210 \\
Harbour & Wren & 497 & 101 & 209 \\
Harbour & Heron & 530 & 66 & 211 \\
Upland & Lark & 312 & 40 & 55 \\
Upland & Wren & 298 & 52 & 57 \\
\end{tabular}
\end{table}

Readers came from all over."""

MATRIX = r"""\begin{table}
\caption{Confusion of the held-out set (N = 483).}
\begin{tabular}{lrr}
Predicted & Ill & Well \\
\hline
Ill & 187 & 23 \\
Well & 14 & 259 \\
\end{tabular}
\end{table}

Patients came from all over."""


@pytest.mark.parametrize(
    ("sentence", "text", "table", "reason"),
    [
        (
            "In the Harbour panel 250 of 2421 marks were revised.",
            "250",
            BALLOTS,
            "Table 1 has 83, 101, 66 (Harbour, Revise), 250 in all",
        ),
        (
            "In the Harbour panel 250 of 2421 marks were revised.",
            "2421",
            BALLOTS,
            "Table 1 has 514, 83, 210 and 6 more (Harbour), 2421 in all",
        ),
        (
            "It was held out on some (N = 483).",
            "483",
            MATRIX,
            "Table 1 has 187, 23, 14 and 1 more, 483 in all",
        ),
    ],
)
def test_counts_that_a_group_of_cells_sums_to(
    tmp_path: Path, sentence: str, text: str, table: str, reason: str
) -> None:
    item = judged(tmp_path, sentence, table)[text]
    assert str(item.verdict) == "supported"
    assert item.reason == reason


@pytest.mark.parametrize(
    ("sentence", "text", "table"),
    [
        ("In the Upland panel 250 marks were revised.", "250", BALLOTS),
        ("In the Harbour panel 251 marks were revised.", "251", BALLOTS),
        ("The scans show 250 lesions.", "250", BALLOTS),
        ("It was held out on some (N = 482).", "482", MATRIX),
        ("The scans show 483 lesions.", "483", MATRIX),
    ],
)
def test_sums_of_other_things_are_no_support(
    tmp_path: Path, sentence: str, text: str, table: str
) -> None:
    assert str(judged(tmp_path, sentence, table)[text].verdict) == "not-checked"


def test_reports_list_every_part(tmp_path: Path) -> None:
    item = judged(tmp_path, "In the Harbour panel 250 marks were revised.", BALLOTS)["250"]
    assert [each["value"] for each in item.evidence] == [83.0, 101.0, 66.0]
