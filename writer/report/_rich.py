"""Pieces of text for a terminal; nothing in them can steer it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from writer.report._report import View

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
"""Control characters and marks of direction: a paper's text is not ours."""


def plain(text: str) -> str:
    """``text`` as long as it was, without characters that steer a terminal."""
    return _STEERING.sub("\ufffd", text)


def text(content: str, style: str = "") -> Text:
    """A line or paragraph, in which long paths break at a slash."""
    from writer.report._folding import Folding

    return Folding(plain(content), style=style)


def indented(item: RenderableType, left: int) -> RenderableType:
    """``item`` moved to the right."""
    from rich.padding import Padding

    return Padding(item, (0, 0, 0, left))


def table(view: View) -> Iterable[RenderableType]:
    """A table under its title."""
    from rich import box
    from rich.table import Table

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in view.columns:
        grid.add_column(name, overflow="fold")
    for row in view.rows:
        grid.add_row(*map(text, row))
    yield text("")
    if view.title:
        yield text(view.title, "bold")
    yield grid
