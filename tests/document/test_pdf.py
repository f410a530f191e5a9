"""The PDF, made by real TeX both ways, and what a reader finds in it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pypdf
import pytest

from tests.cli.program import Run, sage_write
from tests.document.rendering import of_demo, render, template
from writer.cli.project import open_project
from writer.document import pdf as pdf_module
from writer.document.pdf import find_engine
from writer.errors import TexError

pytestmark = pytest.mark.tex


def without_tex() -> str:
    """A PATH on which no TeX is found: the folders that hold one are left out."""
    folders = os.environ["PATH"].split(os.pathsep)
    return os.pathsep.join(f for f in folders if not (Path(f) / "pdflatex").exists())


@pytest.fixture(scope="module", params=["system", "tinytex"])
def made(
    request: pytest.FixtureRequest, demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Run, pypdf.PdfReader]:
    folder = tmp_path_factory.mktemp(request.param)
    path = os.environ["PATH"] if request.param == "system" else without_tex()
    run = sage_write(
        *("build", "--tex", request.param, "-o", folder, "-f", "json"), cwd=demo, PATH=path
    )
    assert (run.code, run.err) == (0, "")
    return run, pypdf.PdfReader(folder / "preview.pdf")


def test_the_pages_are_counted(made: tuple[Run, pypdf.PdfReader]) -> None:
    run, reader = made
    assert run.document["pages"] == len(reader.pages)
    titles = [page.extract_text() for page in reader.pages]
    (first,) = [number for number, text in enumerate(titles) if "1.1 Setup" in text]
    (last,) = [number for number, text in enumerate(titles) if "is therefore said about" in text]
    assert run.document["section_pages"] == last - first + 1


def test_the_preview_says_no_limitation_twice(made: tuple[Run, pypdf.PdfReader]) -> None:
    text = " ".join(" ".join(page.extract_text() for page in made[1].pages).split())
    assert text.count("By Little’s law, throughput times mean latency is") == 3
    assert text.count("Each row was measured in one run.") == 1
    assert text.count("Repeating every row and reporting the spread") == 1
    assert "Each limitation is stated beside the results" in text


def test_measured_values_are_in_it_and_invented_ones_are_not(
    made: tuple[Run, pypdf.PdfReader],
) -> None:
    text = " ".join(page.extract_text() for page in made[1].pages)
    for measured in ("210,654.6", "109,099.4", "219.7755", "18.51", "3.6×"):
        assert measured in text
    for invented in ("1200.0", "1200 ms", "600 ms", "130.0", "350.0"):
        assert invented not in text


def test_each_number_links_to_an_anchor_that_is_there(
    made: tuple[Run, pypdf.PdfReader],
) -> None:
    _, reader = made
    anchors = set(reader.named_destinations)
    targets = [
        str(action["/D"])
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if (action := annotation.get_object().get("/A")) and "/D" in action
    ]
    printed = {item.id for item in of_demo().printed if item.printed}
    assert printed <= anchors
    assert printed <= set(targets)
    assert set(targets) <= anchors


def test_no_text_runs_into_the_margin(demo: Path, tmp_path: Path) -> None:
    logs: list[str] = []
    original = pdf_module._run

    def keep(engine: pdf_module.Engine, work: Path) -> str:
        log = original(engine, work)
        logs.append(log)
        return log

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_module, "_run", keep)
        project = open_project(demo)
        sections = [of_demo(), of_demo("limitations")]
        pdf_module.build_pdf(
            *(sections, project.dataset, project.audit, project.config, tmp_path),
            tex="auto",
            progress=lambda _: None,
        )
    widths = [float(width) for width in re.findall(r"Overfull \\hbox \(([\d.]+)pt", logs[-1])]
    assert [width for width in widths if width > 10] == []


def test_an_error_of_tex_names_the_file_and_the_line(copy_of_demo: Path) -> None:
    template(copy_of_demo, "broken", "one\n\\undefinedcommand\n")
    run = sage_write("build", "broken", "-o", "out", cwd=copy_of_demo)
    assert run.code == 2
    assert re.search(r"broken\.tex:\d+: TeX says: Undefined control sequence", run.err)
    assert not (copy_of_demo / "out" / "preview.pdf").exists()


def test_tex_that_does_not_end_is_stopped(
    copy_of_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template(copy_of_demo, "endless", "\\def\\again{\\again}\\again\n")
    monkeypatch.setattr(pdf_module, "TIMEOUT_SECONDS", 2)
    project = open_project(copy_of_demo)
    with pytest.raises(TexError) as caught:
        pdf_module.build_pdf(
            [render(copy_of_demo, "endless")],
            *(project.dataset, project.audit, project.config, copy_of_demo / "out"),
            tex="auto",
            progress=lambda _: None,
        )
    assert caught.value.message == "TeX took more than 2 seconds and was stopped"
    assert not (copy_of_demo / "out").exists()


def test_tex_may_not_read_outside_its_folder(copy_of_demo: Path) -> None:
    (copy_of_demo / "secret.tex").write_text("confidential", encoding="utf-8")
    template(copy_of_demo, "nosy", f"\\input{{{copy_of_demo}/secret.tex}}\n")
    run = sage_write("build", "nosy", "-o", "out", cwd=copy_of_demo)
    assert run.code == 2
    assert "Traceback" not in run.err


def test_the_paper_of_a_new_project_compiles(tmp_path: Path) -> None:
    assert sage_write("init", "paper", cwd=tmp_path).code == 0
    paper = tmp_path / "paper"
    assert sage_write("section", cwd=paper).code == 0
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "main.tex"],
        cwd=paper,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-400:]
    assert "3282" in pypdf.PdfReader(paper / "main.pdf").pages[0].extract_text()


def test_without_any_tex_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", without_tex())
    monkeypatch.setattr(pdf_module, "_tinytex", lambda: None)
    with pytest.raises(TexError) as caught:
        find_engine("auto")
    assert caught.value.hint == "pip install 'sage-write[tex]', or install TeX Live"
