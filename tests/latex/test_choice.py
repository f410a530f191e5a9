"""A folder or an archive as input: which file is the paper, and what is refused."""

# ruff: noqa: E501  # one case per line reads best

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from writer.errors import PaperError
from writer.latex import archive
from writer.latex.blocks import read_blocks
from writer.latex.choice import choose, open_input
from writer.latex.project import load_paper

MAIN = "\\documentclass{article}\\begin{document}\\begin{abstract}5\\%\\end{abstract}\\input{s/a}\\end{document}"
PART = "by 7\\%\n"
FILES = {"main.tex": MAIN, "s/a.tex": PART, "fig.png": "\x89PNG", "s/deep/x.bib": "@a"}


def _tar(path: Path, mode: str, files: dict[str, str]) -> Path:
    with tarfile.open(path, mode) as out:  # type: ignore[call-overload]
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            out.addfile(member, io.BytesIO(text.encode()))
    return path


def _zip(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in files.items():
            out.writestr(name, text)
    return path


MAKERS: dict[str, Callable[[Path, dict[str, str]], Path]] = {
    "p.tar.gz": lambda path, files: _tar(path, "w:gz", files),
    "p.tgz": lambda path, files: _tar(path, "w:gz", files),
    "p.tar": lambda path, files: _tar(path, "w", files),
    "p.zip": _zip,
    "2401.01234v2": lambda path, files: _tar(path, "w:gz", files),
}


@pytest.mark.parametrize("name", MAKERS)
def test_an_archive_is_read_and_nothing_stays(tmp_path: Path, name: str) -> None:
    path = MAKERS[name](tmp_path / name, FILES)
    with open_input(path, tmp_path) as given:
        paper = load_paper(given.main, given.root)
        folder = given.root
        assert folder.is_dir()
    assert [block.text for block in read_blocks(paper)[0]] == ["5%", "by 7%"]
    assert (paper.files, given.notes) == (("main.tex", "s/a.tex"), ())
    assert not folder.exists()
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_single_gzipped_file_is_a_paper(tmp_path: Path) -> None:
    path = tmp_path / "2401.01234.gz"
    path.write_bytes(gzip.compress(MAIN.replace("\\input{s/a}", "").encode()))
    with open_input(path, tmp_path) as given:
        paper = load_paper(given.main, given.root)
    assert [block.text for block in read_blocks(paper)[0]] == ["5%"]


@pytest.mark.parametrize("name", ["/etc/x.tex", "../x.tex", "a/../../x.tex", "C:\\x.tex"])
@pytest.mark.parametrize("kind", ["p.tar.gz", "p.zip"])
def test_paths_outside_the_archive_are_refused(tmp_path: Path, kind: str, name: str) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    path = MAKERS[kind](inner / kind, {**FILES, name: "SECRET"})
    with open_input(path, inner) as given:
        found = {each.name for each in given.root.rglob("*.tex")}
    assert found == {"main.tex", "a.tex"}
    assert len(given.notes) == 1
    assert "leads outside the archive and is not read" in given.notes[0]
    assert [each.name for each in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
)
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "p.tar.gz"
    with tarfile.open(path, "w:gz") as out:
        for name, text in FILES.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            out.addfile(member, io.BytesIO(text.encode()))
        link = tarfile.TarInfo("evil.tex")
        link.type = kind
        link.linkname = "/etc/passwd"
        out.addfile(link)
    with open_input(path, tmp_path) as given:
        assert not (given.root / "evil.tex").exists()
    assert given.notes == ("p.tar.gz: 'evil.tex' is a link or a device",)


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "p.zip", FILES)
    with zipfile.ZipFile(path, "a") as out:
        link = zipfile.ZipInfo("evil.tex")
        link.external_attr = 0o120777 << 16
        out.writestr(link, "/etc/passwd")
    with open_input(path, tmp_path) as given:
        assert given.notes == ("p.zip: 'evil.tex' is a link or a device",)


@pytest.mark.parametrize("kind", ["p.tar.gz", "p.zip"])
def test_a_bomb_is_an_error(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TEXT", 100_000)
    path = MAKERS[kind](tmp_path / kind, {"main.tex": "0" * 200_000})
    with pytest.raises(PaperError, match="unpacks to too much"), open_input(path, tmp_path):
        pass


def test_a_bomb_of_what_is_not_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 100_000)
    path = MAKERS["p.tar.gz"](tmp_path / "p.tar.gz", {"fig.png": "0" * 200_000, "main.tex": MAIN})
    with pytest.raises(PaperError, match="unpacks to too much"), open_input(path, tmp_path):
        pass


def test_too_many_members_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 5)
    path = MAKERS["p.zip"](tmp_path / "p.zip", {f"{name}.tex": "" for name in range(7)})
    with pytest.raises(PaperError, match="more than 5 members"), open_input(path, tmp_path):
        pass


@pytest.mark.parametrize("data", [b"", b"\x1f\x8bno", b"PK\x03\x04no", b"plain text", b"\0" * 2000])
def test_what_is_no_archive_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "p.tar.gz"
    path.write_bytes(data)
    with (
        pytest.raises(PaperError, match=r"cannot be read|no file there"),
        open_input(path, tmp_path),
    ):
        pass


@pytest.mark.parametrize("kind", ["p.tar.gz", "p.tar", "p.zip"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_damaged_archive_is_an_error(tmp_path: Path, kind: str, part: float) -> None:
    path = MAKERS[kind](tmp_path / kind, {"a.tex": "".join(map(str, range(5000))), "main.tex": "x"})
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(PaperError), open_input(path, tmp_path):
        pass


def _write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


OTHER = "\\documentclass{article}\\begin{document}x\\end{document}"


@pytest.mark.parametrize(
    ("files", "chosen", "others"),
    [
        ({"x.tex": MAIN, "y.tex": "no class"}, "x.tex", ()),
        ({"sub/x.tex": MAIN}, "sub/x.tex", ()),
        ({"main.tex": MAIN, "sample-sigconf.tex": MAIN}, "main.tex", ("sample-sigconf.tex",)),
        ({"acl.tex": MAIN, "old/main.tex": MAIN}, "acl.tex", ("old/main.tex",)),
        ({"paper.tex": MAIN, "slides.tex": MAIN.replace("article", "beamer")}, "paper.tex", ("slides.tex",)),
        ({"a.tex": MAIN, "s/a.tex": "\\documentclass[../a]{subfiles}\\begin{document}\\end{document}"}, "a.tex", ()),
        ({"a.tex": MAIN, "b.tex": "% " + OTHER}, "a.tex", ()),
        ({"a.tex": MAIN, ".git/b.tex": MAIN}, "a.tex", ()),
        ({"a.tex": OTHER, "b.tex": OTHER}, "a.tex", ("b.tex",)),
    ],
)  # fmt: skip
def test_the_main_file_of_a_folder(
    tmp_path: Path, files: dict[str, str], chosen: str, others: tuple[str, ...]
) -> None:
    given = choose(_write(tmp_path, files))
    assert (given.main.relative_to(given.root).as_posix(), given.others) == (chosen, others)
    told = (
        (f"{chosen} is read as the paper; 1 more file could be one: {others[0]}",) if others else ()
    )
    assert given.notes == told


def test_a_folder_without_a_paper_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="no file there is a paper's main file"):
        choose(_write(tmp_path, {"a.tex": "x", "b.txt": MAIN}))


def test_a_class_in_an_input_will_do_where_no_file_has_one(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text(
        "\\input{format}\\begin{document}It is 5\\%.\\end{document}", encoding="utf-8"
    )
    (tmp_path / "format.tex").write_text("\\documentclass{acmart}", encoding="utf-8")
    assert choose(tmp_path).main.name == "paper.tex"
    (tmp_path / "own.tex").write_text(MAIN, encoding="utf-8")
    assert (choose(tmp_path).main.name, choose(tmp_path).others) == ("own.tex", ())


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    _write(tmp_path, {"out/x.tex": MAIN, "in/a.tex": MAIN})
    (tmp_path / "in" / "main.tex").symlink_to(tmp_path / "out" / "x.tex")
    assert choose(tmp_path / "in").others == ()


def test_a_file_stays_what_it_is(tmp_path: Path) -> None:
    with open_input(tmp_path / "gone.tex", tmp_path) as given:
        assert (given.main, given.root) == (tmp_path / "gone.tex", tmp_path)
