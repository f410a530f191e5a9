"""Where sentences end."""

from __future__ import annotations

import pytest

from writer.claims.sentences import sentences
from writer.latex.blocks import Block


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "It took 5.2 ms. Then, e.g. on Monday, 7 s.",
            ["It took 5.2 ms.", "Then, e.g. on Monday, 7 s."],
        ),
        ("用了5.2秒。之后是7秒！为什么？", ["用了5.2秒。", "之后是7秒！", "为什么？"]),
        ("他说“用了5秒。”之后是7秒", ["他说“用了5秒。”", "之后是7秒"]),
    ],
)
def test_a_sentence_ends_in_any_script(text: str, found: list[str]) -> None:
    block = Block("paragraph", "body", "", text, tuple(range(len(text) + 1)), ())
    assert [item.text for item in sentences(block)] == found
