"""The appendix of the preview: where every number comes from, in little room."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdf
import pytest

from tests.cli.program import sage_write
from tests.cli.test_runs import SAMPLES, write_run

pytestmark = pytest.mark.tex


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A preview of a section that runs were ingested for, eight to a folder."""
    root = tmp_path_factory.mktemp("appendix")
    (root / "sage-write.toml").write_text("", encoding="utf-8")
    for number in range(8):
        path = root / "raw" / "a_long_name_of_a_folder" / f"nodes_{number}_metrics.json"
        write_run(path, [value + number / 4 for value in SAMPLES], config={"parallelism": 1})
    run = sage_write("build", "results", "--runs", "raw", "-o", "out", cwd=root)
    assert run.code == 0, run.err
    return root / "out"


def text_of(folder: Path) -> str:
    pages = pypdf.PdfReader(folder / "preview.pdf").pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_folder_stands_once_and_each_file_with_twelve_digits(made: Path) -> None:
    files = json.loads((made / "provenance.json").read_text(encoding="utf-8"))["data"]["files"]
    appendix = text_of(made).partition("Where every number comes")[2]
    assert appendix.count("a_long_name_of_a_folder/") == 1
    assert len(files) == 8
    for name, digest in files.items():
        assert f"{Path(name).name} {digest[:12]}" in appendix
        assert digest[:13] not in appendix


def test_a_number_names_its_file_by_number_and_links_to_it(made: Path) -> None:
    reader = pypdf.PdfReader(made / "preview.pdf")
    targets = {
        str(action["/D"])
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if (action := annotation.get_object().get("/A")) and "/D" in action
    }
    anchors = set(reader.named_destinations)
    assert {f"file.{number}" for number in range(1, 9)} <= targets <= anchors
    assert re.search(r"throughput: \[\d\]", text_of(made))


def test_one_thing_is_not_told_as_many(made: Path) -> None:
    appendix = text_of(made).partition("Where every number comes")[2]
    assert (
        re.findall(r"(?<![\d.,])1 (?:trials|runs|nodes|tasks|jobs|samples)\b(?!/)", appendix) == []
    )


@pytest.mark.shared
def test_the_demo_with_its_runs_takes_few_pages(demo: Path, shared: Path, tmp_path: Path) -> None:
    run = sage_write("build", "--runs", shared, "-o", tmp_path, "-f", "json", cwd=demo)
    assert run.code == 0, run.err
    reader = pypdf.PdfReader(tmp_path / "preview.pdf")
    texts = [page.extract_text() for page in reader.pages]
    (first,) = [n for n, text in enumerate(texts) if "Where every number" in text]
    assert len(texts) - first <= 6
    listed = " ".join(texts[first:])
    assert listed.count("exp5_isolation/job_scaling/jobs_8/") == 1
    assert re.findall(r"(?<![\d.,])1 (?:trials|runs|nodes|jobs)\b(?!/)", listed) == []
