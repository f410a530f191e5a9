"""What labelled cells give, by plain arithmetic that shares nothing with the program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from statistics import fmean

from tests.corpus.labels import Label

WORDS = 0.15
"""How far "half" or "a third" may be from the truth, relative to itself."""

ORDER = 1.0
"""The width that "an order of magnitude" allows, relative to itself."""


def given(label: Label) -> tuple[float, ...]:
    """The values that the cells of ``label`` give: two for a range, else one.

    Raises:
        ValueError: its derivation has no formula.
    """
    values = [cell.value for cell in label.cells]
    if label.derivation == "extreme":
        return _extreme(label, values)
    if label.derivation not in FORMULAS:
        raise ValueError(f"{label.text}: derivation '{label.derivation}'")
    return FORMULAS[label.derivation](values)


def _change(new: float, old: float) -> float:
    return 100 * (new - old) / old


def _pairs(values: list[float]) -> list[tuple[float, float]]:
    return list(zip(values[::2], values[1::2], strict=True))


def _halves(values: list[float]) -> tuple[float, float]:
    """The means of the first half, the new values, and of the second, the old ones."""
    half = len(values) // 2
    return fmean(values[:half]), fmean(values[half:])


def _ends(values: Iterable[float]) -> tuple[float, ...]:
    known = list(values)
    return (min(known), max(known))


FORMULAS: Mapping[str, Callable[[list[float]], tuple[float, ...]]] = {
    "direct": lambda of: (of[0],),
    "direct100": lambda of: (100 * of[0],),
    "difference": lambda of: (of[0] - of[1],),
    "difference-mean": lambda of: (_halves(of)[0] - _halves(of)[1],),
    "change": lambda of: (_change(of[0], of[1]),),
    "mean-change": lambda of: (fmean(_change(a, b) for a, b in _pairs(of)),),
    "error": lambda of: (_change(100 - of[0], 100 - of[1]),),
    "ratio": lambda of: (of[0] / of[1],),
    "ratio-mean": lambda of: (_halves(of)[0] / _halves(of)[1],),
    "mean": lambda of: (fmean(of),),
    "sum": lambda of: (sum(of),),
    "sum-change": lambda of: (_change(*_halves(of)),),
    "share": lambda of: (100 * of[0] / sum(of[1:]),),
    "range": lambda of: _ends(of),
    "range-ratio": lambda of: _ends(a / b for a, b in _pairs(of)),
    "range-change": lambda of: _ends(abs(_change(a, b)) for a, b in _pairs(of)),
}
"""What each derivation makes of the cells; ``extreme`` also needs the claim."""


def _extreme(label: Label, values: list[float]) -> tuple[float, ...]:
    low, high = min(values), max(values)
    claimed = label.value or 0.0
    return (low if abs(low - claimed) < abs(high - claimed) else high,)


def agrees(label: Label) -> bool:
    """Whether the cells give what the claim says, to its printed digits and in its unit."""
    claimed = [value for value in (label.value, label.high) if value is not None]
    found = given(label)
    if len(found) != len(claimed):
        return False
    return all(
        any(_near(label, said, value * scale) for scale in _SCALES)
        for said, value in zip(claimed, found, strict=True)
    )


_SCALES = (1.0, -1.0, 100.0, 0.01, 1e3, 1e-3, 1e6, 1 / 60)
"""Signs that words tell, fractions and per cent, ms and s, thousands, millions, minutes."""


def _near(label: Label, said: float, found: float) -> bool:
    for value in (found, 1 / found if label.form in ("ratio", "range") and found else found):
        if abs(said - value) <= _step(label, said) / 2 * 1.0001:
            return True
    return False


def _step(label: Label, said: float) -> float:
    """One unit of the last digit that the claim prints."""
    if "order" in label.text:
        return ORDER * abs(said)
    first = re.split(r"[-+/(:^]|\s", re.sub("USD|EUR", "", label.text).strip("+-~$ "))[0]
    digits = re.sub(r"[^\d.]", "", re.sub(r",(\d{1,2})$", r".\1", first))
    if not digits.strip("."):
        return 2 * WORDS * abs(said)
    size = len(digits.partition(".")[2])
    scale = abs(said) / float(digits) if float(digits) else 1.0
    whole = digits.replace(".", "")
    zeros = len(whole) - len(whole.rstrip("0")) if not size else 0
    return float(10.0 ** (zeros - size)) * (scale if scale >= 1e3 * 0.99 else 1.0)
