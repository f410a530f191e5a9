"""Which unit and multiplier the headers and the caption of a table give to each number."""

from __future__ import annotations

import re

from writer.latex.tables.sheet import Layout
from writer.latex.tables.units import (
    Measure,
    caption_measures,
    header_measures,
    header_scale,
    is_count,
    told_of,
)

Terms = tuple[str, ...]

_NOTHING = Measure("")


class Stated:
    """Answers for the numbers of one table.

    A number takes what its column says, else what its row says, else what the caption says of
    its measure; a caption that names none of the table's measures speaks of all of them, unless
    a header says the same: then the caption explains that header. Where columns are called
    after statistics, "Latency (ms)" in a caption speaks of these.
    """

    def __init__(self, found: Layout, caption: str) -> None:
        self._headers: dict[tuple[Terms, Terms], tuple[tuple[Measure, ...], float, bool]] = {}
        self._caption = caption_measures(caption)
        self._general = self._of_all(found) if self._caption else None
        named = self._general is not None and self._general.name
        lines = [terms for line in found.columns.values() for terms in line] if named else []
        self._statistics = any(_is_statistic(terms) for terms in lines)

    def of(self, columns: Terms, rows: Terms, index: int, of: int) -> Measure:
        """Unit and scale of number ``index`` out of ``of`` numbers in a cell."""
        key = (columns, rows)
        if key not in self._headers:
            self._headers[key] = self._of_headers(columns, rows)
        found, scale, counts = self._headers[key]
        if found:
            own = found[index] if len(found) == of else found[0]
            return Measure(own.unit, own.scale * scale)
        said = self._of_caption(columns, rows)
        if said is None:
            return Measure("", scale)
        if scale != 1.0 or counts:
            return Measure("" if said.scale != 1.0 else said.unit, scale)
        return said

    @staticmethod
    def _of_headers(columns: Terms, rows: Terms) -> tuple[tuple[Measure, ...], float, bool]:
        counts = is_count(columns[-1:])
        sides = (columns,) if counts else (columns, rows)
        found = next(
            (each for side in sides for term in reversed(side) if (each := header_measures(term))),
            (),
        )
        return found, header_scale(term for side in sides for term in reversed(side)), counts

    def _of_caption(self, columns: Terms, rows: Terms) -> Measure | None:
        told = [said for said in self._caption if told_of(said, columns)]
        told = told or [said for said in self._caption if told_of(said, rows)]
        if len({(said.unit, said.scale) for said in told}) == 1:
            return told[0]
        if told or (self._statistics and not _is_statistic(columns)):
            return None
        return self._general

    def _of_all(self, found: Layout) -> Measure | None:
        """The one thing that the caption says of every number, if it does."""
        said = {(each.unit, each.scale): each for each in self._caption}
        if len(said) != 1:
            return None
        general = next(iter(said.values()))
        for row, lines in found.columns.items():
            for column, terms in enumerate(lines):
                sides = (terms, found.rows.get(row, [()] * len(lines))[column])
                if any(told_of(each, side) for each in self._caption for side in sides):
                    return None
                if any(each.unit == general.unit for each in self._said(sides)):
                    return None
        return general

    @staticmethod
    def _said(sides: tuple[Terms, Terms]) -> list[Measure]:
        return [said for side in sides for term in side for said in header_measures(term)]


_STATISTIC = re.compile(
    r"(?:p|P)\d{1,2}(?:\.\d+)?|(?:\d{1,2}(?:\.\d+)?th|[Mm]ean|[Aa]vg\.?|[Aa]verage|[Mm]edian|[Mm]ax\.?|[Mm]in\.?)"
    r"(?:\s.{0,12})?"
)


def _is_statistic(columns: Terms) -> bool:
    """Whether a column is called after a statistic: "p95", "Mean"."""
    return any(_STATISTIC.fullmatch(term) for term in columns[-1:])
