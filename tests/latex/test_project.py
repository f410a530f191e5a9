from __future__ import annotations

from pathlib import Path

import pytest

from tests.latex.reading import paper, write
from writer.errors import PaperError
from writer.latex import project
from writer.latex.project import Location, load_paper


def test_inputs_are_expanded_in_place(tmp_path: Path) -> None:
    read = paper(
        tmp_path,
        main="one \\input{a} two \\input b three \\include{sec/c}\n\\import{sec/}{d} four",
        a="AAA",
        b="BBB\n",
        sec__c="CCC \\input{e}\n",
        sec__d="DDD\n",
        sec__e="EEE\n",
    )
    assert read.text.split() == ["one", "AAA", "two", "BBB", "three", "CCC", "EEE", "DDD", "four"]
    assert read.files == ("main.tex", "a.tex", "b.tex", "sec/c.tex", "sec/e.tex", "sec/d.tex")
    assert read.notes == ()


def test_every_character_has_its_place(tmp_path: Path) -> None:
    read = paper(tmp_path, main="x\n  \\input{a} y\n\nz", a="\nAAA bbb")
    place = {word: read.place(read.text.index(word)) for word in ("x", "AAA", "bbb", "y", "z")}
    assert place == {
        "x": Location("main.tex", 1, 1),
        "AAA": Location("a.tex", 2, 1),
        "bbb": Location("a.tex", 2, 5),
        "y": Location("main.tex", 2, 13),
        "z": Location("main.tex", 4, 1),
    }
    assert read.place(10**9).file == "main.tex"


def test_columns_count_characters_after_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_bytes("\ufeffé x".encode())
    read = load_paper(tmp_path / "main.tex", tmp_path)
    assert read.place(read.text.index("x")) == Location("main.tex", 1, 3)


def test_a_subfile_gives_its_body(tmp_path: Path) -> None:
    sub = "\\documentclass[main]{subfiles}\n\\begin{document}\nBody\n\\end{document}\nafter"
    read = paper(tmp_path, main="a \\subfile{sub} b", sub=sub)
    assert read.text.split() == ["a", "Body", "b"]
    assert read.place(read.text.index("Body")) == Location("sub.tex", 3, 1)


def test_a_missing_input_is_a_note(tmp_path: Path) -> None:
    read = paper(tmp_path, main="a\n\\input{gone} b")
    assert read.notes == ("main.tex:2: the input 'gone' is missing",)


def test_an_input_in_a_comment_is_not_read(tmp_path: Path) -> None:
    assert paper(tmp_path, main="a % \\input{gone}\n\\iffalse\\input{gone}\\fi").notes == ()


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "sub/../../secret", "link"])
def test_nothing_outside_the_root_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.tex").write_text("SECRET")
    root = tmp_path / "root"
    main = write(root, main=f"a \\input{{{name}}}", sub__x="")
    (root / "link.tex").symlink_to(tmp_path / "secret.tex")
    read = load_paper(main, root)
    assert "SECRET" not in read.text
    assert read.notes == (f"main.tex:1: the input '{name}' leads outside the project "
                          "and is not read",)  # fmt: skip


def test_a_cycle_is_a_note(tmp_path: Path) -> None:
    read = paper(tmp_path, main="m \\input{a}", a="a \\input{b}", b="b \\input{a} \\input{main}")
    assert len(read.notes) == 2
    assert all("reads itself again" in note for note in read.notes)


def test_a_file_may_be_read_twice(tmp_path: Path) -> None:
    assert paper(tmp_path, main="\\input{a}\\input{a}", a="x").text.split() == ["x", "x"]


def test_depth_is_bounded(tmp_path: Path) -> None:
    files = {f"f{level}": f"{level} \\input{{f{level + 1}}}" for level in range(70)}
    read = paper(tmp_path, main="\\input{f0}", **files)
    assert len(read.notes) == 1
    assert "nested more than 50 files deep" in read.notes[0]


def test_doubling_inputs_end(tmp_path: Path) -> None:
    files = {f"f{level}": f"\\input{{f{level + 1}}}\\input{{f{level + 1}}}" for level in range(40)}
    read = paper(tmp_path, main="\\input{f0}", f40="", **files)
    assert len(read.notes) <= project.MAX_NOTES


def test_an_unreadable_main_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="no such file"):
        load_paper(tmp_path / "gone.tex", tmp_path)
    with pytest.raises(PaperError, match="folder"):
        load_paper(tmp_path, tmp_path)
    with pytest.raises(PaperError, match="outside"):
        load_paper(tmp_path / ".." / "x.tex", tmp_path)


def test_text_that_is_not_utf8_is_an_error_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_bytes(b"a\n\xff\xfe")
    with pytest.raises(PaperError) as error:
        load_paper(tmp_path / "main.tex", tmp_path)
    assert (error.value.file, error.value.line) == ("main.tex", 2)


def test_too_much_text_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "MAX_TOTAL", 100)
    with pytest.raises(PaperError, match="too large"):
        paper(tmp_path, main="\\input{a}" * 3, a="x" * 60)
    with pytest.raises(PaperError, match="too large"):
        paper(tmp_path, main="x" * 101)


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("a % b\nc", "a c"),
        ("5\\% of % x", "5\\% of"),
        ("5\\\\% x\nb", "5\\\\ b"),
        ("a \\verb|%x| b", "a b"),
        ("a \\lstinline{x%} b", "a b"),
        ("a \\mintinline{c}{x%} b", "a b"),
        ("\\begin{verbatim}\n % \\fi\n\\end{verbatim} b", "b"),
        ("\\begin{lstlisting}[language=C]\nx % y\n\\end{lstlisting} b", "b"),
        ("\\begin{minted}{c}\nx\n\\end{minted} b", "b"),
        ("\\begin{comment}\nx\n\\end{comment} b", "b"),
        ("a \\iffalse b \\ifx c \\fi d \\fi e", "a e"),
        ("a \\iffalse b \\else c \\fi", "a c \\fi"),
        ("a \\iffalse $x \\iff y$ \\fi e", "a e"),
        ("a \\endinput b", "a"),
        ("\\url{http://a/%20b} c", "\\url{http://a/%20b} c"),
    ],
)
def test_masking_keeps_the_length_and_the_lines(tmp_path: Path, source: str, left: str) -> None:
    text = paper(tmp_path, main=source).text
    assert len(text) == len(source)
    assert [each for each in text if each == "\n"] == [each for each in source if each == "\n"]
    assert text.split() == left.split()


@pytest.mark.parametrize("source", ["\\begin{verbatim} x", "\\iffalse x", "\\iffalse \\if \\fi"])
def test_what_is_not_closed_is_a_note(tmp_path: Path, source: str) -> None:
    read = paper(tmp_path, main=source)
    assert read.text == source
    assert "has no end" in read.notes[0]


def test_an_input_named_by_a_macro_is_read_with_and_without_its_value(tmp_path: Path) -> None:
    (tmp_path / "build" / "tables").mkdir(parents=True)
    (tmp_path / "build" / "tables" / "a.tex").write_text("table\n", encoding="utf-8")
    section = tmp_path / "build" / "section.tex"
    section.write_text(
        "\\providecommand{\\there}{}\n\\input{\\there tables/a.tex}\n", encoding="utf-8"
    )
    main = tmp_path / "main.tex"
    main.write_text("\\newcommand{\\there}{build/}\n\\input{build/section}\n", encoding="utf-8")
    for path in (main, section):
        paper = load_paper(path, tmp_path)
        assert (paper.files[-1], paper.notes) == ("build/tables/a.tex", ())
