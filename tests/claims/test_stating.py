"""Which cells state a number: those whose intervals overlap its own, by any of the ways to ask."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.test_own_tables import PAPER
from writer.claims.quantities import quantities
from writer.claims.tables.evidence import gather, overlapping
from writer.claims.tables.score import stating
from writer.latex.project import load_paper
from writer.latex.tables import read_tables
from writer.model.interval import Interval

ENDS = st.sampled_from([-1.5, -1.0, 0.0, 0.5, 1.0, 1.0 + 1e-9, 2.0])
SPANS = st.tuples(ENDS, ENDS).map(lambda ends: Interval(min(ends), max(ends)))


@given(span=SPANS, others=st.lists(SPANS, min_size=1, max_size=6))
def test_many_intervals_overlap_as_each_does(span: Interval, others: list[Interval]) -> None:
    lo, hi = np.array([(item.lo, item.hi) for item in others]).T
    assert overlapping(lo, hi, span).tolist() == [span.overlaps(item) for item in others]


FAULTS = r"""\begin{table}
\caption{Faults found in one week.}
\begin{tabular}{lrr}
Tester & Parser & Linker \\
\hline
Basalt & 9 & 12 \\
Marl & 7 & 14 \\
Tuff & 12 & 16 \\
\end{tabular}
\end{table}"""


@pytest.mark.parametrize(("said", "values"), [("nine faults", [9.0]), ("12 faults", [12.0, 12.0])])
def test_a_number_is_stated_by_its_cells_in_words_or_digits(
    tmp_path: Path, said: str, values: list[float]
) -> None:
    path = tmp_path / "paper.tex"
    path.write_text(PAPER % (said, FAULTS), encoding="utf-8")
    tables, _ = read_tables(load_paper(path, tmp_path))
    found = np.flatnonzero(stating(quantities(said)[0], gather(tables, "", "", "")))
    assert [tables[0].cells[number].value for number in found] == values
