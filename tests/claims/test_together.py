"""What the numbers of one sentence say together, and the direction of a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_own_tables import PAPER, SYSTEMS, judged
from tests.corpus.scoring import check

ERRORS = r"""\begin{table}
\caption{Parsers.}
\begin{tabular}{lrr}
Parser & Error rate on News $\downarrow$ & Time (s) \\
\hline
Basalt & 0.31 & 77.0 \\
Tuff & 0.34 & 33.0 \\
Marl & 0.21 & 58.0 \\
\end{tabular}
\end{table}"""


def verdicts(folder: Path, sentence: str, table: str) -> dict[str, str]:
    return {text: str(item.verdict) for text, item in judged(folder, sentence, table).items()}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Tuff cuts the time of Basalt from 77.0 s to 33.0 s.",
            {"77.0 s": "supported", "33.0 s": "supported"},
        ),
        (
            "Tuff raises the time of Basalt from 77.0 s to 33.0 s, a factor of 2.33x.",
            {"77.0 s": "unsupported", "33.0 s": "contradicted", "2.33x": "unsupported"},
        ),
        (
            "Tuff improves the error rate of Basalt on News from 0.31 to 0.34.",
            {"0.31": "unsupported", "0.34": "contradicted"},
        ),
        (
            "Tuff cuts the time of Basalt from 33.0 s to 33.0 s.",
            {"33.0 s": "contradicted"},
        ),
        (
            "Tuff degrades the error rate of Basalt on News from 0.31 to 0.34.",
            {"0.31": "supported", "0.34": "supported"},
        ),
    ],
)
def test_a_change_that_its_own_verb_denies_is_contradicted(
    tmp_path: Path, sentence: str, expected: dict[str, str]
) -> None:
    assert verdicts(tmp_path, sentence, ERRORS) == expected


def test_one_cell_does_not_tell_two_numbers_of_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "paper.tex"
    found = []
    for memory in ("6.2", "3.4"):
        text = f"Marl needs {memory} GB and Tuff 3.4 GB of memory."
        path.write_text(PAPER % (text, SYSTEMS), encoding="utf-8")
        found.append([str(item.verdict) for item in check(path).judgements])
    assert found == [["supported", "supported"], ["contradicted", "supported"]]


@pytest.mark.parametrize(
    ("sentence", "text", "supported"),
    [
        ("Tuff is 57\\% faster than Basalt.", "57%", True),
        ("Tuff is 57\\% slower than Basalt.", "57%", False),
        ("The time of Tuff is 57\\% lower than that of Basalt.", "57%", True),
        ("The time of Tuff is 57\\% higher than that of Basalt.", "57%", False),
        # two parsers are compared, and no columns
        ("Tuff trails Basalt by 0.03 in error rate on News.", "0.03", True),
        ("Tuff beats Basalt by 0.03 in error rate on News.", "0.03", False),
    ],
)
def test_a_direction_turned_round_is_not_supported(
    tmp_path: Path, sentence: str, text: str, *, supported: bool
) -> None:
    assert (verdicts(tmp_path, sentence, ERRORS)[text] == "supported") == supported
