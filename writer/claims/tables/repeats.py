"""Tables that a paper prints more than once: they are one piece of evidence, not several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import eq

from writer.model.table import PaperTable


def distinct(tables: Sequence[PaperTable]) -> list[PaperTable]:
    """Each table once, in order, with the labels of all its repeats.

    A repeat has the same caption, the same headers and the same cells, set in the same way.
    """
    found: list[PaperTable] = []
    known: dict[object, list[int]] = {}
    for table in tables:
        alike = known.setdefault((table.caption, table.corner, table.grid), [])
        same = next((number for number in alike if _is_same(found[number], table)), None)
        if same is None:
            alike.append(len(found))
            found.append(table)
        elif not set(table.labels) <= set(found[same].labels):
            labels = dict.fromkeys((*found[same].labels, *table.labels))
            found[same] = replace(found[same], labels=tuple(labels))
    return found


def _is_same(one: PaperTable, other: PaperTable) -> bool:
    return len(one.cells) == len(other.cells) and all(map(eq, _cells(one), _cells(other)))


def _cells(table: PaperTable) -> Iterator[object]:
    for cell in table.cells:
        yield replace(cell, offset=0)
