"""What a claim's unit says of the cells that it may be read from."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from writer.claims.quantities import Quantity
from writer.claims.tables.asked import Asked
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.pool import Pool
from writer.model.unit import factor, unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

UNIT_OPEN = 0.35
"""Cost of a cell without a unit for a claim with one."""

UNIT_ELSEWHERE = 0.6
"""What it costs besides, where other cells of the table have the claim's unit."""

NOUN_OPEN = 0.3
"""Cost of a cell with another word as its unit, for a claim with a word as its unit."""

NOUN_MEASURED = 0.9
"""The same for a cell with a unit of measure: "84.5 on" has read a word as a unit."""

RATIO_CELL = 1.2
"""What a cell gains that is itself printed as a ratio, for a claim that is one."""

LARGE = 100
"""A whole number from here on may be a total that the sentence does not call one."""

RATES = frozenset(("fps", "qps", "tps", "rps", "iops", "bleu", "flops", "gflops", "tflops"))
"""Units that read as nouns."""

_MEASURED_IN = {
    "time": frozenset(("#time",)),
    "size": frozenset(("#memory",)),
    "energy": frozenset(("#energy",)),
    "power": frozenset(("#energy",)),
    "rate": frozenset(("#rate", "#flops")),
    "share": frozenset(("#accuracy", "#error", "#f1", "#precision", "#recall", "#parameters")),
}
"""What quantities of a dimension are called, as the concepts of :mod:`terms` name them."""


_CALENDAR = {
    name: days
    for word, days in (("week", 7.0), ("month", 30.44), ("year", 365.25))
    for name in (word, f"{word}s")
}
"""Words for times that read as nouns, in days."""


def is_time(quantity: Quantity, evidence: Evidence) -> bool:
    """Whether a number of months or the like may be a time that cells print in days."""
    return quantity.unit in _CALENDAR and any(
        unit(symbol).dimension == "time" for symbol in evidence.cells[1]
    )


def is_measured(quantity: Quantity) -> bool:
    """Whether a number has a unit of measure or a fraction: no count of things."""
    if quantity.form != "plain" or "." in quantity.text:
        return True
    if quantity.unit.lower() in RATES:
        return True
    return bool(quantity.unit) and not unit(quantity.unit).dimension.startswith("count:")


def is_large(quantity: Quantity) -> bool:
    """Whether a whole number has so many digits that parts seldom add up to it by chance."""
    whole = quantity.form == "plain" and float(quantity.value).is_integer()
    return whole and quantity.value >= LARGE and quantity.interval.width <= 1.0


def form_of(asked: Asked) -> str:
    """The form of a quantity as the readings know it."""
    form = asked.quantity.form
    return form if form in ("ratio", "percent", "points") else "plain"


def units(asked: Asked, pool: Pool) -> tuple[Floats, Floats]:
    """Per candidate the factor into the claim's unit (NaN: none) and what it costs."""
    import numpy as np

    known = [scale_of(symbol, asked) for symbol in pool.symbols]
    scale = np.array([*(item[0] for item in known), 1.0])
    price = np.array([*(item[1] for item in known), 0.0])
    exact = np.array(
        [
            *(
                symbol != "" and not np.isnan(item[0]) and item[1] <= 0.0
                for symbol, item in zip(pool.symbols, known, strict=True)
            ),
            False,
        ]
    )
    own = np.asarray(pool.root.has[:, exact].any(axis=1))
    bare = np.array([*(symbol == "" for symbol in pool.symbols), False])[pool.symbol]
    wanting = UNIT_ELSEWHERE * (own[pool.view] & bare) if asked.quantity.unit else 0.0
    if form_of(asked) != "plain":  # what is derived has no unit left
        return (
            np.where(pool.alone, scale[pool.symbol], 1.0),
            np.where(pool.alone, price[pool.symbol] + wanting, 0.0),
        )
    return scale[pool.symbol], price[pool.symbol] + wanting


def scale_of(symbol: str, asked: Asked) -> tuple[float, float]:
    """Factor from a cell's unit into the claim's (NaN: none) and its cost."""
    return _scale(symbol, asked.quantity.unit, form_of(asked))


@lru_cache(maxsize=4096)
def _scale(symbol: str, wanted: str, form: str) -> tuple[float, float]:
    none = (float("nan"), 0.0)
    if form == "percent":
        return {"%": (1.0, 0.0), "pp": (1.0, 0.0), "": (1.0, UNIT_OPEN / 2)}.get(symbol, none)
    if form == "ratio":
        return {"x": (1.0, -RATIO_CELL), "": (1.0, 0.6)}.get(symbol, none)
    if form == "points":
        return (1.0, 0.3) if symbol in ("%", "pp", "") else none
    if not wanted:
        return 1.0, 0.0
    if not symbol:
        return 1.0, UNIT_OPEN
    days = _CALENDAR.get(wanted)
    if days is not None and unit(symbol).dimension == "time":
        return unit(symbol).scale / (days * unit("day").scale), 0.0
    same = symbol == wanted or (
        symbol.lower() == wanted.lower() and _is_word(symbol) and _is_word(wanted)
    )
    known = 1.0 if same else factor(symbol, wanted)
    if known is not None:
        return known, 0.0
    if not _counts(wanted):
        return none
    return 1.0, NOUN_OPEN if symbol == "%" or _counts(symbol) else NOUN_MEASURED


def _is_word(symbol: str) -> bool:
    """Whether a unit is a word or its rate, which headers may write in other letters."""
    return unit(symbol).dimension.startswith(("count:", "rate:"))


def _counts(symbol: str) -> bool:
    """Whether a unit is a word, which may name what is counted or stand there by chance."""
    return unit(symbol).dimension.startswith("count:")


def foreign(asked: Asked, evidence: Evidence, pool: Pool) -> NDArray[np.bool_] | None:
    """Bare cells under a header that measures something else than the claim's unit does;
    None where the claim's unit says nothing of that."""
    import numpy as np

    wanted = _MEASURED_IN.get(unit(asked.quantity.unit).dimension.partition(":")[0])
    if wanted is None or form_of(asked) not in ("plain", "percent"):
        return None
    lines = evidence.measured(wanted)
    bare = np.array([*(symbol == "" for symbol in pool.symbols), False])[pool.symbol]
    across = lines[np.minimum(pool.across, len(lines) - 1)] & (pool.across < len(lines))
    return np.asarray(pool.alone & bare & (lines[pool.new] | across))


def of_its_kind(asked: Asked, evidence: Evidence, pool: Pool) -> NDArray[np.bool_] | bool:
    """Which candidates may measure what the comparison says: no cells in GB for "twice as fast".

    By their unit; where that says nothing, by the header of their quantity.
    """
    import numpy as np

    if not asked.kinds:
        return True
    known = [_kind_of_unit(symbol) for symbol in pool.symbols]
    wrong = np.array([*(bool(kinds) and not kinds & asked.kinds for kinds in known), False])
    right = np.array([*(bool(kinds & asked.kinds) for kinds in known), False])
    wrong_lines = evidence.measured(asked.kinds) & ~evidence.entities
    lines = np.append(wrong_lines, [False])  # what is no line
    last = len(lines) - 1
    told = lines[np.minimum(pool.new, last)] | lines[np.minimum(pool.across, last)]
    return np.asarray(~wrong[pool.symbol] & (~told | right[pool.symbol]))


def _kind_of_unit(symbol: str) -> frozenset[str]:
    """The kinds of quantity with a unit of measure; a share may be of any."""
    if symbol == "%":
        return frozenset()
    return _MEASURED_IN.get(unit(symbol).dimension.partition(":")[0], frozenset())
