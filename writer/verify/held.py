"""Cells of tables held against the runs behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from writer.model.cells import Cells
from writer.model.experiment import ColumnSource
from writer.model.measurement import Measurement
from writer.model.run import Run


@dataclass(frozen=True, slots=True)
class Borne:
    """One cell and what its runs give.

    Attributes:
        cell: as the table has it.
        value: from the runs, with its interval if samples support one; None if not.
        reason: why there is no value, or how it was computed.
        runs: how many runs stand behind it.
        samples: how many samples.
        agrees: whether the runs bear the cell out to its printed digits.
    """

    cell: Measurement
    value: Measurement | None
    reason: str
    runs: int = 0
    samples: int = 0
    agrees: bool = False


class HeldCell(NamedTuple):
    """A cell, what of its runs it holds, and the runs."""

    cells: Cells
    name: str
    source: ColumnSource
    runs: tuple[Run, ...]


class Held(Sequence[Borne]):
    """Cells held against their runs, in order.

    Where the number of a cell's one run lies within the cell's digits, all else there is to
    say is made when somebody looks at it.

    Args:
        make: says it.
    """

    def __init__(self, make: Callable[[HeldCell], Borne] | None = None) -> None:
        self._make = make
        self._items: list[Borne | HeldCell] = []
        self._judged: list[Borne] = []

    def agree(self, cell: HeldCell) -> None:
        """One more cell that agrees."""
        self._items.append(cell)

    def judge(self, item: Borne) -> None:
        """One more cell, whatever it came to."""
        self._items.append(item)
        self._judged.append(item)

    @property
    def bound(self) -> int:
        """How many cells have a value from runs."""
        return len(self) - sum(item.value is None for item in self._judged)

    @property
    def agreeing(self) -> int:
        """How many of these the runs bear out."""
        return len(self) - sum(not item.agrees for item in self._judged)

    @property
    def apart(self) -> tuple[Borne, ...]:
        """Those with a value from runs that the runs do not bear out."""
        return tuple(item for item in self._judged if item.value is not None and not item.agrees)

    @overload
    def __getitem__(self, place: int) -> Borne: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Borne, ...]: ...
    def __getitem__(self, place: int | slice) -> Borne | tuple[Borne, ...]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        item = self._items[place]
        if isinstance(item, HeldCell):
            assert self._make is not None  # noqa: S101 - cells come with what makes them
            item = self._items[place] = self._make(item)
        return item

    def __len__(self) -> int:
        return len(self._items)
