"""Numbers in digits: grouping, decimals, powers, and the letters and words that scale them."""

from __future__ import annotations

import re

from writer.model.interval import Interval

_GROUPED = "|".join(rf"\d{{1,3}}(?:{mark}\d{{3}})+(?!\d)" for mark in (",", "\u202f", "[ ]"))
_EXPONENT = r"e[-+]?\d{1,3}|\s?[×·]\s?10\^\{?[-\u2212]?\d{1,3}\}?"
_POWER = r"(?:2|10)\^\{?[-\u2212]?\d{1,3}\}?"
_NUMBER = rf"[-\u2212+]?(?:{_POWER}|(?:{_GROUPED}|\d+)(?:\.\d+)?(?:{_EXPONENT})?|\.\d+)"
DIGITS = re.compile(
    rf"(?:(?<![\w.^_+@#])|(?<=[\s(]x)(?=\d+\.\d))({_NUMBER})(?!\d|\.\d)", re.IGNORECASE
)
"""A number in digits, as group 1; also the 3.6 of "x3.6"."""

_LETTER = re.compile(
    r"(?P<k>[kK])(?!\w)|(?P<M>M)(?!\w)|(?P<B>[BG])(?![\w/])|(?P<T>T)(?=[\s-](?:param|token)|\+|[,.;)]|$)"
)
_WORD = re.compile(
    r"[\s-](?P<k>thousand)\b|[\s-](?P<M>million)\b|[\s-](?P<B>billion)\b|[\s-](?P<T>trillion)\b",
    re.IGNORECASE,
)
_SCALES = {"k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_BINARY = re.compile(r"([-+]?)2e(-?\d{1,3})!")


def scale_at(sentence: str, end: int) -> tuple[float, int]:
    """What "k", "M" or "million" at ``end`` multiplies a number by, and where that ends."""
    match = _LETTER.match(sentence, end) or _WORD.match(sentence, end)
    if match is None:
        return 1.0, end
    return _SCALES[match.lastgroup or "k"], match.end()


def printed(plain: str) -> Interval | None:
    """What the digits allow; None for a number beyond all floats."""
    if _BINARY.fullmatch(plain):
        return Interval.exact(number(plain))
    try:
        return Interval.of_printed(plain)
    except ValueError:
        return None


def number(plain: str) -> float:
    """The value of digits that :func:`plain` made."""
    match = _BINARY.fullmatch(plain)
    return float(f"{match[1]}1") * 2.0 ** int(match[2]) if match else float(plain)


def plain(text: str) -> str:
    """Digits as ``float`` reads them; ``2^10`` becomes ``2e10!``."""
    if text.isdecimal():
        return text
    text = re.sub("[, \u202f]", "", text).replace("\u2212", "-")
    text = re.sub(r"[×·]10\^\{?(-?\d+)\}?", r"e\1", text)
    text = re.sub(r"(?<!\d)10\^\{?(-?\d+)\}?", r"1e\1", text)
    return re.sub(r"(?<!\d)2\^\{?(-?\d+)\}?", r"2e\1!", text)
