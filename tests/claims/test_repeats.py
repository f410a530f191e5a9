"""A table that is printed twice is one piece of evidence."""

from pathlib import Path

import pytest

from writer.audit.runner import audit
from writer.claims.check import judged_paper
from writer.claims.paper import Checked
from writer.dataset import Dataset
from writer.model.claim import Verdict

PAPERS = sorted((Path(__file__).parent.parent / "corpus" / "papers").glob("*.tex"))
NOTHING = Dataset({}, {}, {})

TABLE = r"""\begin{table}\caption{Accuracy}\label{tab:LABEL}\begin{tabular}{lrr}
Model & Accuracy (\%) & Recall (\%) \\ \hline Base & 78.9 & 70.1 \\ Ours & SCORE & 74.4 \\
\end{tabular}\end{table}
"""
CLAIM = r"\begin{abstract}Ours has a recall of 74.4\%.\end{abstract}\section{Results}"


def _checked(text: str, folder: Path) -> Checked:
    path = folder / "paper.tex"
    path.write_text(text, encoding="utf-8")
    return judged_paper(path, folder, NOTHING, audit(NOTHING))


def _table(label: str, score: str) -> str:
    return TABLE.replace("LABEL", label).replace("SCORE", score)


def _candidates(text: str, folder: Path) -> tuple[int, str]:
    """How many cells the claim is held against, and the verdict."""
    (item,) = _checked(text, folder).judged
    assert item.held is not None
    pools = {len(match.pool.cells) for match in item.held.search.top}
    (cells,) = pools
    return cells, item.judgement.verdict


def test_a_table_that_is_printed_again_adds_no_candidates(tmp_path: Path) -> None:
    once = CLAIM + _table("one", "82.6")
    assert _candidates(once, tmp_path) == (4, Verdict.SUPPORTED)
    assert _candidates(once + _table("two", "82.6"), tmp_path) == (4, Verdict.SUPPORTED)


def test_a_table_with_another_number_is_another_table(tmp_path: Path) -> None:
    both = CLAIM + _table("one", "82.6") + _table("two", "82.7")
    assert _candidates(both, tmp_path) == (8, Verdict.SUPPORTED)


def test_a_table_with_another_cell_in_bold_is_another_table(tmp_path: Path) -> None:
    both = CLAIM + _table("one", "82.6") + _table("two", r"\textbf{82.6}")
    assert _candidates(both, tmp_path) == (8, Verdict.SUPPORTED)


def test_every_label_of_a_repeated_table_refers_to_it(tmp_path: Path) -> None:
    claim = (
        r"\begin{abstract}Table~\ref{tab:two}: a recall of 74.4\%.\end{abstract}\section{Results}"
    )
    text = claim + _table("one", "82.6") + _table("two", "82.6")
    (item,) = _checked(text, tmp_path).judged
    assert item.held is not None
    best = item.held.search.top[0]
    plain = _checked(text.replace(r"\ref{tab:two}", "2"), tmp_path).judged[-1]
    assert plain.held is not None
    assert best.score > plain.held.search.top[0].score + 2


# a phrase that stands twice explains the capitals of a header, "JCT": text printed twice says more
@pytest.mark.parametrize(
    "path",
    [path for path in PAPERS[:12] if path.stem != "cluster-sched"],
    ids=lambda path: path.stem,
)
def test_the_tables_of_a_paper_printed_twice_give_the_same_cells(
    path: Path, tmp_path: Path
) -> None:
    head, begin, rest = path.read_text(encoding="utf-8").partition("\\begin{document}")
    if not begin:
        pytest.skip("a fragment")
    body = rest.rpartition("\\end{document}")[0]
    once = _checked(f"{head}{begin}{body}\\end{{document}}", tmp_path)
    twice = _checked(f"{head}{begin}{body}{body}\\end{{document}}", tmp_path)

    def cells(checked: Checked) -> list[tuple[str, str, str]]:
        found = []
        for item in checked.judged:
            match = item.held.match if item.held is not None else None
            where = f"{match.table}: {match.formula}" if match is not None else ""
            found.append((item.judgement.claim.sentence, item.judgement.claim.text, where))
        return found

    assert set(cells(twice)) == set(cells(once))
