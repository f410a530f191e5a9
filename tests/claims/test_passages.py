"""The claims found again in the text that the reports show."""

from __future__ import annotations

import pytest

from tests.claims.checking import Checker
from writer.model.result import CheckResult


def marked(result: CheckResult) -> list[tuple[str, int, str]]:
    """Each span: its text, its judgement, and what the source has there."""
    found = []
    for passage in result.passages:
        for span in passage.spans:
            claim = result.judgements[span.judgement].claim
            assert passage.text[span.start : span.end] == claim.text
            line = result.sources[claim.file].split("\n")[claim.line - 1]
            end = span.end_column - 1 if span.end_line == claim.line else len(line)
            found.append((claim.text, span.judgement, line[claim.column - 1 : end]))
    return found


def test_every_claim_is_marked_once_in_order(check: Checker) -> None:
    result = check("At 4 nodes it is 57.36~tasks/s, 3.6$\\times$ more, 57\\% of $1{,}000$ s.")
    assert [index for _, index, _ in marked(result)] == list(range(len(result.judgements)))
    assert [source for _, _, source in marked(result)] == [
        "4",
        "57.36~tasks/s",
        r"3.6$\times",
        r"57\%",
        "1{,}000$ s",
    ]


@pytest.mark.parametrize(
    ("definition", "use", "texts"),
    [
        (
            r"\newcommand{\both}{4 tasks/s and 5 tasks/s}",
            r"It is \both.",
            ["4 tasks/s", "5 tasks/s"],
        ),
        (r"\newcommand{\both}{4 s and 4 s}", r"It is \both{} again.", ["4 s", "4 s"]),
        (r"\newcommand{\x}{3.6$\times$}", r"\x, \x{} and \x.", ["3.6×", "3.6×", "3.6×"]),
    ],
)
def test_what_a_macro_gives_is_marked(
    check: Checker, definition: str, use: str, texts: list[str]
) -> None:
    result = check.paper(f"{definition}\n\\begin{{document}}\n{use}\n\\end{{document}}\n")
    assert [text for text, _, _ in marked(result)] == texts
    assert sorted(index for _, index, _ in marked(result)) == list(range(len(texts)))


def test_a_file_read_twice_is_marked_twice(check: Checker) -> None:
    (check.folder / "part.tex").write_text("It ran for 77 s.\n", encoding="utf-8")
    result = check.paper("\\input{part}\n\nIt took 33 s.\n\n\\input{part}\n")
    assert [(text, index) for text, index, _ in marked(result)] == [
        ("77 s", 0),
        ("33 s", 1),
        ("77 s", 2),
    ]


def test_sources_are_the_files_as_they_are(check: Checker) -> None:
    text = "Text. % a comment\n\\iffalse hidden \\fi\r\n"
    result = check.paper(text)
    assert result.sources == {"paper.tex": text}


def test_an_empty_paper_has_no_passages(check: Checker) -> None:
    assert check.paper("").passages == ()
