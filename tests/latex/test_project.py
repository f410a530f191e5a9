from __future__ import annotations

from pathlib import Path

import pytest

from tests.latex.reading import paper, write
from writer.errors import PaperError
from writer.latex import loader
from writer.latex.blocks import read_blocks
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
    assert len(read.notes) <= loader.MAX_NOTES


def test_an_unreadable_main_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="no such file"):
        load_paper(tmp_path / "gone.tex", tmp_path)
    with pytest.raises(PaperError, match="folder"):
        load_paper(tmp_path, tmp_path)
    with pytest.raises(PaperError, match="outside"):
        load_paper(tmp_path / ".." / "x.tex", tmp_path)


@pytest.mark.parametrize(
    ("data", "text", "shown"),
    [
        ("caf\u00e9 5".encode(), "caf\u00e9 5", ()),
        (
            b"caf\xe9 \xb1 5",
            "caf\u00e9 \u00b1 5",
            ("main.tex: is no UTF-8 and is read as Latin-1",),
        ),
        (
            b"\\usepackage[koi8-r]{inputenc} \xc1",
            "\\usepackage[koi8-r]{inputenc} \u0430",
            ("main.tex: is no UTF-8 and is read as koi8-r",),
        ),
        ("\u00e9 5".encode("utf-16"), "\u00e9 5", ("main.tex: is no UTF-8 and is read as UTF-16",)),
        ("an e".encode("utf-16-le"), "an e", ("main.tex: is no UTF-8 and is read as UTF-16",)),
        ("an e".encode("utf-16-be"), "an e", ("main.tex: is no UTF-8 and is read as UTF-16",)),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str, shown: tuple[str, ...]) -> None:
    (tmp_path / "main.tex").write_bytes(data)
    read = load_paper(tmp_path / "main.tex", tmp_path)
    assert (read.text, read.notes) == (text, shown)


BINARY = b"\x7fELF\x02\x01\x00\x00\xff\xfe\x00\x01\x80" * 40


def test_binary_is_an_error_for_the_paper_and_a_note_for_an_input(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_bytes(BINARY)
    with pytest.raises(PaperError, match="this is no text"):
        load_paper(tmp_path / "main.tex", tmp_path)
    (tmp_path / "x.tex").write_bytes(BINARY)
    read = paper(tmp_path, main="a \\input{x} b")
    assert read.notes == ("main.tex:1: the input 'x' is no text and is not read",)


def test_macros_in_a_style_file_beside_the_paper_are_read(tmp_path: Path) -> None:
    style = (
        "\\ProvidesPackage{results}\\newcommand{\\speedup}{3.6$\\times$}\n"
        "\\newcommand{\\@hidden}{7}\\renewcommand{\\section}[1]{X}\\def\\sys{SAGE\\xspace}\n"
    )
    (tmp_path / "results.sty").write_text(style)
    source = "\\usepackage{amsmath, results}\\begin{document}\\sys is \\speedup.\\end{document}"
    loaded = paper(tmp_path, main=source)
    (block,), notes = read_blocks(loaded)
    assert (block.text, notes) == ("SAGE is 3.6\u00d7.", ())
    assert loaded.files == ("main.tex", "results.sty")


def test_a_file_that_the_paper_embeds_is_read_where_it_is_input(tmp_path: Path) -> None:
    loaded = paper(
        tmp_path,
        main="\\begin{filecontents*}[overwrite]{n.tex}\n% x\n\\newcommand{\\n}{42}\nHi\n"
        "\\end{filecontents*}\nA\n\\input{n}\n\\n\\ B \\input{gone}",
    )
    assert [each.text for each in read_blocks(loaded)[0]] == ["A Hi", "42 B"]
    assert loaded.place(loaded.text.index("Hi")) == Location("main.tex", 4, 1)
    assert loaded.notes == ("main.tex:8: the input 'gone' is missing",)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("\\newif\\ifx a\\ifx b\\else c\\fi d", "acd"),
        ("\\newif\\ifx\\xtrue a\\ifx b\\else c\\fi d", "abd"),
        ("\\newif\\ifx\\xtrue\\xfalse a\\ifx b\\fi d", "ad"),
        ("\\newif\\ifx a\\ifx b\\ifvmode c\\else d\\fi\\else e\\fi f", "aef"),
        ("\\newif\\ifx\\xtrue a\\ifx b\\ifx c\\else d\\fi\\fi e", "abce"),
        ("\\let\\ify\\iftrue a\\ify b\\else c\\fi d", "abd"),
        ("a\\iftrue b\\else c\\fi d", "abd"),
        ("\\newif\\ifx\\newcommand{\\f}{\\xtrue} a\\ifx b\\else c\\fi d", "abcd"),
        ("\\newif\\ifx\\ifvmode\\xtrue\\fi a\\ifx b\\else c\\fi d", "abcd"),
        ("\\newif\\ifx a\\ifx b", "ab"),
    ],
)
def test_the_branches_that_tex_skips_are_not_read(tmp_path: Path, source: str, text: str) -> None:
    blocks, _ = read_blocks(paper(tmp_path, main=source))
    assert [each.text for each in blocks] == [text]


def test_environments_declared_hidden_are_not_read(tmp_path: Path) -> None:
    loaded = paper(
        tmp_path,
        main="\\excludecomment{long}\\input{a}",
        a="x \\begin{long}\n7\n\\end{long} y \\begin{longer}z\\end{longer}",
    )
    assert [each.text for each in read_blocks(loaded)[0]] == ["x y", "z"]


def test_a_percent_sign_after_a_digit_is_told_with_what_it_hides(tmp_path: Path) -> None:
    loaded = paper(
        tmp_path,
        main="a 5% faster, b\n5\\% ok % 6\n\\begin{comment}\n7% x\n\\end{comment}\n8%\n\\input{n}",
        n="by 9%lost\n",
    )
    assert [(loaded.place(at), rest) for at, rest in loaded.dropped] == [
        (Location("main.tex", 1, 4), "faster, b"),
        (Location("main.tex", 6, 2), ""),
        (Location("n.tex", 1, 5), "lost"),
    ]


def test_too_much_text_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "MAX_TOTAL", 100)
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
    opening = source.split(" ")[0]
    assert read.notes == (f"main.tex: {opening} has no end and is read as text",)


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
