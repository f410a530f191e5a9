"""Writing to disk: an author's edits stay, and nothing is half-written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.document.rendering import of_demo
from writer.document.output import edited, with_header, write_section
from writer.document.section import Section
from writer.errors import PathError

MINE = "My own sentence.\n"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder into which the demo's section was written."""
    folder = tmp_path / "out"
    write_section(of_demo(), folder, force=False)
    return folder


def changed() -> Section:
    """The demo's section after a change of its data."""
    section = of_demo()
    files = tuple(
        replace(file, data=file.data.replace(b"{9.45}", b"{9.99}")) for file in section.files
    )
    return replace(section, tex=section.tex.replace("{9.45}", "{9.99}"), files=files)


def add(path: Path) -> str:
    """Edit a file as an author would; its text then."""
    text = path.read_text(encoding="utf-8") + MINE
    path.write_text(text, encoding="utf-8")
    return text


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_file_is_written_and_the_section_comes_first(tmp_path: Path) -> None:
    section = of_demo()
    folder = tmp_path / "deep" / "out"
    written = write_section(section, folder, force=False)
    assert written.paths == (
        folder / "experiments.tex",
        *(folder / file.path for file in section.files),
    )
    assert names(folder) == {path.relative_to(folder).as_posix() for path in written.paths}
    assert (written.kept, written.beside) == (None, None)
    assert (folder / "experiments.tex").read_text(encoding="utf-8") == with_header(section.tex)
    for file in section.files:
        if not file.path.endswith(".tex"):
            assert (folder / file.path).read_bytes() == file.data


def test_an_edit_is_seen_and_its_absence_too() -> None:
    text = with_header("one\ntwo\n")
    assert not edited(text)
    assert edited(text + MINE)
    assert edited(text.replace("two", "three"))
    assert edited("one\ntwo\n")
    assert edited("")


def test_an_unedited_section_is_written_anew(out: Path) -> None:
    written = write_section(changed(), out, force=False)
    assert written.kept is None
    assert "{9.99}" in (out / "experiments.tex").read_text(encoding="utf-8")
    assert "{9.99}" in (out / "tables" / "schedulers.tex").read_text(encoding="utf-8")


def test_an_edited_section_is_kept_and_the_new_one_is_beside_it(out: Path) -> None:
    mine = add(out / "experiments.tex")
    section = changed()
    written = write_section(section, out, force=False)
    assert (out / "experiments.tex").read_text(encoding="utf-8") == mine
    assert written.kept == out / "experiments.tex"
    assert written.beside == written.paths[0] == out / "experiments.new.tex"
    assert written.beside.read_text(encoding="utf-8") == with_header(section.tex)


def test_an_edited_table_is_kept_and_the_new_one_is_beside_it(out: Path) -> None:
    mine = add(out / "tables" / "schedulers.tex")
    written = write_section(changed(), out, force=False)
    assert (out / "tables" / "schedulers.tex").read_text(encoding="utf-8") == mine
    assert out / "tables" / "schedulers.new.tex" in written.paths
    assert out / "tables" / "schedulers.tex" not in written.paths


def test_force_overwrites_and_takes_away_what_was_beside(out: Path) -> None:
    before = names(out)
    for name in ("experiments.tex", "tables/schedulers.tex"):
        add(out / name)
    section = changed()
    write_section(section, out, force=False)
    assert names(out) == before | {"experiments.new.tex", "tables/schedulers.new.tex"}
    written = write_section(section, out, force=True)
    assert (written.kept, names(out)) == (None, before)
    for name in ("experiments.tex", "tables/schedulers.tex"):
        assert MINE not in (out / name).read_text(encoding="utf-8")


def test_an_edit_that_is_undone_takes_away_what_was_beside(out: Path) -> None:
    before = names(out)
    original = (out / "tables" / "schedulers.tex").read_text(encoding="utf-8")
    add(out / "tables" / "schedulers.tex")
    write_section(changed(), out, force=False)
    (out / "tables" / "schedulers.tex").write_text(original, encoding="utf-8")
    write_section(changed(), out, force=False)
    assert names(out) == before


def test_a_file_that_is_no_text_is_not_overwritten(out: Path) -> None:
    (out / "experiments.tex").write_bytes(b"\xff\xfe mine")
    written = write_section(changed(), out, force=False)
    assert written.kept == out / "experiments.tex"
    assert (out / "experiments.tex").read_bytes() == b"\xff\xfe mine"


@pytest.mark.parametrize("blocked", ["tables", "figures"])
def test_nothing_is_half_written(blocked: str, out: Path) -> None:
    """A file in place of a folder stands for one that may not be written: root may write all."""
    before = (out / "experiments.tex").read_bytes()
    for path in (out / blocked).iterdir():
        path.unlink()
    (out / blocked).rmdir()
    (out / blocked).write_text("in the way", encoding="utf-8")
    with pytest.raises(PathError) as caught:
        write_section(changed(), out, force=False)
    assert "cannot be written" in caught.value.message
    assert (out / "experiments.tex").read_bytes() == before
    assert (out / blocked).read_text(encoding="utf-8") == "in the way"
    assert [name for name in names(out) if Path(name).name.startswith(".")] == []
