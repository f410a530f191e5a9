"""A number as a sentence states it."""

from __future__ import annotations

from dataclasses import dataclass

from writer.model.interval import Interval


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a sentence states it.

    Attributes:
        start, end: span in the sentence, with the unit.
        number_end: where its digits end.
        text: as written, with the unit; decimal commas as points.
        value: the number, sign kept.
        unit: symbol, or the noun that follows; the empty string for none.
        form: ``plain``, ``ratio``, ``percent`` or ``points``.
        interval: what the printed digits and the hedge allow.
        hedge: name of the hedge, or the empty string: ``about``, ``almost``, ``over``,
            ``under``, ``up to`` or ``±``.
        spelled: whether the number is a word.
        shared: whether its unit stands at a later number of its list: "9.02 and 9.58 tasks/s".
        role: ``low`` and ``high`` for the two ends of a range ("3--15x", "between 20% and
            80%"), ``from`` and ``to`` for the two ends of a change ("from 77 s to 33 s"),
            else empty.
        range: for the ends of a range, all that lies between them, printed precision
            included; the same at both ends.
        change: whether the words say that it is a difference, not a level: a sign ("+2.3"),
            "by 57%", "a 4% reduction", "12% faster".
        symbol: what it is set equal to: "N" in "N = 4"; else empty.
    """

    start: int
    end: int
    number_end: int
    text: str
    value: float
    unit: str
    form: str
    interval: Interval
    hedge: str
    spelled: bool = False
    shared: bool = False
    role: str = ""
    range: Interval | None = None
    change: bool = False
    symbol: str = ""

    @property
    def digits(self) -> int:
        """How many digits it is printed with, those of its unit left out: 3 of "400" or "0.66".

        What other numbers of its sentence say of a cell rests on these: a row with just that
        "400" is hardly another. Fewer, those that only give its size left out, lost cells.
        """
        return len(_digits(self._written))

    @property
    def significant(self) -> int:
        """How many of :attr:`digits` do not only give its size: 1 of "400", 2 of "0.66".

        What a number says of its own cell, where nothing else does, rests on these: many cells
        have "100" or round to 0.66.
        """
        return significant_digits(self._written)

    @property
    def _written(self) -> str:
        return self.text[: self.number_end - self.start]


def significant_digits(written: str) -> int:
    """How many digits of a number as it is written do not only give its size.

    >>> significant_digits("400"), significant_digits("0.660"), significant_digits("-1,200")
    (1, 3, 2)
    """
    digits = _digits(written)
    return len((digits if "." in written else digits.rstrip("0")).lstrip("0"))


def _digits(written: str) -> str:
    return "".join(character for character in written if character.isdigit())
