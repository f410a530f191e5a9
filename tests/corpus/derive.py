"""What labelled cells give, by plain arithmetic that shares nothing with the program."""

from __future__ import annotations

import re
from statistics import fmean

from tests.corpus.labels import Label

WORDS = 0.15
"""How far "half" or "a third" may be from the truth, relative to itself."""

ORDER = 1.0
"""The width that "an order of magnitude" allows, relative to itself."""


def given(label: Label) -> tuple[float, ...]:
    """The values that the cells of ``label`` give: two for a range, else one."""
    values = [cell.value for cell in label.cells]
    half = len(values) // 2
    pairs = list(zip(values[::2], values[1::2], strict=False))
    new, old = values[:half], values[half:]
    match label.derivation:
        case "direct":
            return (values[0],)
        case "direct100":
            return (100 * values[0],)
        case "extreme":
            return _extreme(label, values)
        case "difference":
            return (values[0] - values[1],)
        case "difference-mean":
            return (fmean(new) - fmean(old),)
        case "change":
            return (_change(values[0], values[1]),)
        case "mean-change":
            return (fmean(_change(a, b) for a, b in pairs),)
        case "error":
            return (_change(100 - values[0], 100 - values[1]),)
        case "ratio":
            return (values[0] / values[1],)
        case "ratio-mean":
            return (fmean(new) / fmean(old),)
        case "mean":
            return (fmean(values),)
        case "sum":
            return (sum(values),)
        case "share":
            return (100 * values[0] / sum(values[1:]),)
        case "range":
            return (min(values), max(values))
        case "range-ratio":
            return _ordered([a / b for a, b in pairs])
        case "range-change":
            return _ordered([abs(_change(a, b)) for a, b in pairs])
    raise ValueError(f"{label.text}: derivation '{label.derivation}'")


def _change(new: float, old: float) -> float:
    return 100 * (new - old) / old


def _ordered(values: list[float]) -> tuple[float, ...]:
    return (min(values), max(values))


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
    first = re.split(r"[-+/(:^]|\s", label.text.replace("\\euro", "").strip("+-~$ "))[0]
    digits = re.sub(r"[^\d.]", "", re.sub(r",(\d{1,2})$", r".\1", first))
    if not digits.strip("."):
        return 2 * WORDS * abs(said)
    size = len(digits.partition(".")[2])
    scale = abs(said) / float(digits) if float(digits) else 1.0
    whole = digits.replace(".", "")
    zeros = len(whole) - len(whole.rstrip("0")) if not size else 0
    return float(10.0 ** (zeros - size)) * (scale if scale >= 1e3 * 0.99 else 1.0)
