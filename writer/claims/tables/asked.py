"""What a sentence asks of the tables about one of its quantities."""

from __future__ import annotations

from dataclasses import dataclass

from writer.claims.quantities import Quantity
from writer.claims.tables.terms import Context


@dataclass(frozen=True, eq=False)
class Asked:
    """One quantity with what binds it.

    Attributes:
        quantity: as the sentence states it.
        subject: words that may name what it is said of.
        base: words that name what it is compared with; None if nothing is.
        compared: whether the number is itself a change, a difference or a gain.
        direction: ``up``, ``down``, ``better``, ``worse`` or the empty string.
        aggregate: ``mean``, ``max``, ``min`` or the empty string.
        ours: 0 to 1, whether it is said of what the paper proposes.
        best_base: whether the best of the others is compared with.
        errors: whether a reduction of errors may be meant.
        labels: tables that the sentence refers to.
        firm: whether the direction is said beside the number.
        governed: whether the number stands behind "by" and a word of that direction governs it.
        flipped: whether the number was below zero and is held as the fall that it tells.
        share: whether "57% of" something is said.
        partner: the number at the other end of a change, or on the other side of "against".
        without: whether the sentence speaks of something that is left out.
        result: the level that a change, told right behind it, led to: "in 204 ns, 23% faster".
        sole: whether no word of the sentence says another direction.
        relative: whether no difference in points can be meant: "28% faster".
        averages: whether the sentence speaks of an average, be it another number.
        kinds: of quantity that the comparison itself is one of: "twice as fast" is one of times
            or rates; empty where it does not say.
        placed: whether words that belong to the number name what it is said of: "from 1.4% for F
            dwarfs to 18.6% for M dwarfs".
        rate: the words of the rate that it is one of, "a 40% false-alarm rate", or of the whole
            that it is a share of, "40% of all requests", if any.
        setting: whether it is one of the settings that are listed in brackets, or a share of
            things in words; no cell contradicts these.
        beside: other numbers of this sentence and the one before, precise enough to be
            looked up in the tables.
        whole: what a count is out of, "12/50", which is among ``beside``.
        others: those of its numbers that are not, in digits.
    """

    quantity: Quantity
    subject: Context
    base: Context | None
    compared: bool
    direction: str
    aggregate: str
    ours: float
    best_base: bool
    errors: bool
    labels: frozenset[str]
    firm: bool = False
    governed: bool = False
    flipped: bool = False
    share: bool = False
    partner: Quantity | None = None
    without: bool = False
    result: Quantity | None = None
    sole: bool = False
    relative: bool = False
    averages: bool = False
    kinds: frozenset[str] = frozenset()
    placed: bool = False
    rate: Context | None = None
    setting: bool = False
    beside: tuple[Quantity, ...] = ()
    whole: Quantity | None = None
    others: tuple[Quantity, ...] = ()
