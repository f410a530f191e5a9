from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.latex.reading import read

TOKENS = st.sampled_from(
    [
        *"\\{}[]$%&#^_~-'`*@|aB3.,é",
        "$$",
        "--",
        "\n", "\n\n", " ", "\t", "\r\n", "\x00", "\ufeff", "\u202f", "\u2028",
        "\\section{", "\\item", "\\begin{itemize}", "\\end{itemize}", "\\begin{table}",
        "\\end{table}", "\\caption{", "\\footnote{", "\\newcommand{\\x}", "\\newcommand\\x[2][d]{",
        "\\def\\x#1{", "\\x", "#1", "\\SI{3}{", "\\num{", "\\milli", "\\per", "\\iffalse", "\\fi",
        "\\else", "\\verb|", "\\begin{verbatim}", "\\end{verbatim}", "\\input{main}", "\\input x",
        "\\[", "\\]", "\\(", "\\)", "\\frac", "\\'", "\\c", "\\measured{a}{", "\\limitation{a}{",
        "\\begin{document}", "\\end{document}", "\\title{", "\\cite[", "\\ref{", "\\let\\x",
        "\\begin{equation}", "\\end{equation}", "\\xspace", "\\par", "\\,", "\\\\", "\\abstract{",
        "\\begin{abstract}", "\\end{abstract}", "\\sqrt[", "\\textbf", "\\begin{", "\\end{",
        "\\newenvironment{a}", "\\url{", "\\ifx", "\\num", "\\begin{foo}", "\\end{foo}",
        "\\item[", "\\subfloat[", "\\paragraph{", "\\qtyrange{", "\\not", "\\hspace", "\\=",
    ]
)  # fmt: skip


def _check(source: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paper, blocks, _ = read(Path(folder), source)
        for block in blocks:
            assert len(block.text) == len(block.offsets)
            assert block.text == block.text.strip(" ")
            assert "  " not in block.text
            assert "\n" not in block.text
            assert all(0 <= offset <= len(paper.text) for offset in block.offsets)
            assert all(0 <= m.start <= m.end <= len(block.text) for m in block.marks)
            for offset in block.offsets:
                assert paper.place(offset).line >= 1


@settings(max_examples=400, deadline=None)
@given(st.lists(TOKENS, max_size=40).map("".join))
def test_no_source_breaks_the_reader(source: str) -> None:
    _check(source)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(source: str) -> None:
    _check(source.encode("utf-8", "replace").decode())


WORD = st.text("abcXYZ0123456789.é", min_size=1, max_size=8)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map("\\textbf{{{}}}".format),
        inner.map("\\footnote{{{}}}".format),
        inner.map("\\section{{{}}}\n".format),
        inner.map("{{{}}}".format),
        inner.map("\n\\begin{{itemize}}\n\\item {}\n\\end{{itemize}}\n".format),
        inner.map("\\begin{{figure}}\\caption{{{}}}\\end{{figure}}".format),
        inner.map("\\measured{{id}}{{{}}}".format),
        inner.map("\\limitation{{id}}{{{}}}".format),
        st.lists(inner, min_size=2, max_size=4).map(" ".join),
        st.lists(inner, min_size=2, max_size=4).map("%\n  ".join),
        st.lists(inner, min_size=2, max_size=4).map("\n\n".join),
    )


@settings(max_examples=300, deadline=None)
@given(st.recursive(WORD, _wrapped, max_leaves=20))
def test_letters_and_digits_stand_where_the_source_has_them(source: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paper, blocks, _ = read(Path(folder), source)
        assert any(block.text for block in blocks)
        for block in blocks:
            for character, offset in zip(block.text, block.offsets, strict=True):
                if character.isalnum():
                    assert paper.text[offset] == character
