"""The cells of a row, each made a measurement when it is first looked at.

Tables of many runs are read, written and compared as texts and numbers. Whoever looks at a
cell gets the whole measurement, with its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from writer.model.measurement import Measurement


class Cells(Mapping[str, Measurement]):
    """Measurements by the name of their column.

    A subclass that knows the id, the text, the unit and the bounds of a cell without its
    measurement says so, and makes the measurement in :meth:`_make`.

    Args:
        made: the cells that are measurements already.
    """

    __slots__ = ("_made", "_names")

    def __init__(self, made: Mapping[str, Measurement]) -> None:
        self._made = dict(made)
        self._names: Collection[str] = self._made

    def __getitem__(self, name: str) -> Measurement:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = self._make(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def _make(self, name: str) -> Measurement:
        raise KeyError(name)

    def id(self, name: str) -> str:
        """The measurement's id."""
        return self[name].id

    def text(self, name: str) -> str:
        """The digits that stand in a table; the empty string where there is no value."""
        return self[name].digits

    def unit(self, name: str) -> str:
        """The measurement's unit."""
        return self[name].unit

    def bounds(self, name: str) -> tuple[float, float] | None:
        """The ends of the interval that the digits allow, to a few ulps; None without a value."""
        cell = self[name]
        return (cell.span.lo, cell.span.hi) if cell.known else None


def cells_of(given: Mapping[str, Measurement]) -> Cells:
    """A row's cells as :class:`Cells`."""
    return given if isinstance(given, Cells) else Cells(given)
