"""Cells of words with numbers in them, as sentences: "0% false positive", "r = 0.76--0.87"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from writer.claims.quantities import Quantity
from writer.claims.tables.terms import terms
from writer.latex.blocks import Block
from writer.model.table import PaperTable

if TYPE_CHECKING:
    from writer.claims.tables.prose import Spoken

KIND = "cell"
"""Of a block that is a cell."""

_WORDED = re.compile(r"(?=.*\d)(?=.*[^\W\d_]{3})")

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")

MOST = 400
"""Cells of a table that are taken at most."""

FEWEST, NEAR = 2, 0.5
"""A cell of so many words says what a claim says if each of them weighs so much there."""


def worded(table: PaperTable) -> Iterator[Block]:
    """The cells of a table that have words and digits and were not read as numbers, each as a
    block of text behind the headers that it stands under; a cell that spans several is one."""
    numbers = {(cell.row, cell.column) for cell in table.cells}
    rows = {cell.row: cell.rows for cell in table.cells}
    columns = {cell.column: cell.columns for cell in table.cells}
    known: set[tuple[str, str]] = set()
    for row, line in enumerate(table.grid):
        for column, text in enumerate(line):
            if (row, column) in numbers or not _WORDED.match(text):
                continue
            above = columns.get(column, (table.grid[0][column],) if row else ())
            beside = rows.get(row, (line[0],) if column else ())
            said = _sentence(text, beside, above)
            if said not in known and len(known) < MOST:
                known.add(said)
                yield _block(table, *said)


def _sentence(text: str, *headers: tuple[str, ...]) -> tuple[str, str]:
    """The headers of a cell, with what sets them off, and its own text."""
    paths = [" ".join(term for term in path if term and term != text) for path in headers]
    before = ", ".join(dict.fromkeys(path for path in paths if path))
    return (f"{before}: " if before else ""), text


def _block(table: PaperTable, before: str, text: str) -> Block:
    places = (table.offset,) * (len(before) + len(text) + 1)
    return Block(KIND, f"table {table.number}", before, before + text, places, ())


class Worded:
    """Cells of words by the numbers that they print."""

    def __init__(self) -> None:
        self._printing: dict[str, list[tuple[Spoken, frozenset[str]]]] = {}

    def add(self, spoken: Spoken) -> None:
        """Take the sentence of a cell."""
        block = spoken.sentence.block
        own = spoken.sentence.text.removeprefix(block.heading)
        words = frozenset(term.joined for term in terms(own) if not term.joined[:1].isdigit())
        if len(words) >= FEWEST:
            for number in set(_NUMBER.findall(own)):
                self._printing.setdefault(number, []).append((spoken, words))

    def saying(self, quantity: Quantity, near: Mapping[str, float]) -> Iterator[Spoken]:
        """The cells that print a number and of which every word stands near it."""
        match = _NUMBER.search(quantity.text)
        for spoken, words in self._printing.get(match[0], ()) if match else ():
            if min(near.get(word, 0.0) for word in words) >= NEAR:
                yield spoken
