"""A result that cannot be read is missing from a table, and the text of the section says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.test_unseen_runs import document, write
from tests.cli.program import sage_write


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Two folders of results, each swept over the parallelism, and one of the files cut short."""
    for seed, folder in ((10, "first"), (20, "second")):
        for clients in (1, 2, 4):
            name = tmp_path / "raw" / folder / f"conc_{clients}"
            write(name, document(f"conc_{clients}", seed + clients, clients))
    cut = tmp_path / "raw" / "second" / "conc_2_metrics.json"
    cut.write_text(cut.read_text(encoding="utf-8")[:900], encoding="utf-8")
    return tmp_path


def test_it_is_a_finding_on_the_table_of_its_folder(results: Path) -> None:
    run = sage_write("audit", "--runs", "raw", "-f", "json", cwd=results)
    found = {item["experiment"]: item for item in run.document["findings"]}
    assert (run.code, {name: item["rule"] for name, item in found.items()}) == (
        1,
        {"second": "faulty-result"},
    )
    assert found["second"]["message"] == (
        "second: files of its runs are wrong: 1 result that cannot be read "
        "(second/conc_2_metrics.json)"
    )


def test_the_section_says_what_its_table_lacks(results: Path) -> None:
    run = sage_write("section", "experiments", "--runs", "raw", "-o", "build", cwd=results)
    assert run.code == 0
    text = (results / "build" / "experiments.tex").read_text(encoding="utf-8")
    told = "that cannot be read (second/conc\\_2\\_metrics.json). What was measured there is not"
    assert text.count(told) == 1
    assert text.index(told) > text.index("\\subsection{Second}")


def test_of_tables_as_near_one_tells(results: Path) -> None:
    (results / "raw" / "third_metrics.json").write_text('{"metrics": {', encoding="utf-8")
    run = sage_write("audit", "--runs", "raw", "-f", "json", cwd=results)
    messages = [item["message"] for item in run.document["findings"]]
    assert sum("third_metrics.json" in message for message in messages) == 1
