"""Numbers and units as papers print them: digits to values, words to symbols."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from writer.model.currency import CURRENCIES, SIGNS
from writer.model.interval import Interval

MAX_DIGITS = 100
"""Characters of a number at most; longer ones are no measurement."""

DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,3}(?:[\u202f\u00a0 ]\d{3})+(?!\d)|\d+)(?:\.\d*)?|\.\d+"
)
"""A number without sign or power, grouped by commas or thin spaces."""

COMMA_DIGITS = r"(?:\d{1,3}(?:[.\u202f\u00a0 ]\d{3})+(?!\d)|\d+)(?:,\d+)?"
"""The same where a comma is the decimal mark."""

POWER = r"[eE][-+\u2212]?\d{1,3}|\s?[×·]\s?10\^?\{?[-+\u2212\u2013]?\d{1,3}\}?"
"""What makes ``1.2`` ten to some power as large."""

SCALES = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12}
"""What a letter right behind a number multiplies it by."""

_DECIMAL_COMMA = re.compile(r"(?<![\w.,:\[{(^_=-])\d{1,3}(?:,|\{,\})\d{1,2}(?![\d,\])}]|\.\d)")
_COMMA = re.compile(r"\d(?:,|\{,\})\d")
_DECIMAL_POINT = re.compile(r"(?<![\w.,])(?:0\.\d+|\d+\.(?:\d{1,2}|\d{4,}))(?![\w.]|,\d|\\)")
_GROUPS = re.compile("[\u202f\u00a0 ]")
_POWER = re.compile(r"\s?[×·]\s?10\^?\{?([-+]?\d+)\}?")

_TIMES = {
    r"ns|nanosec(?:ond)?s?": "ns",
    r"[uµμ]s|microsec(?:ond)?s?": "us",
    r"ms|msecs?|millisec(?:ond)?s?": "ms",
    r"s|secs?|seconds?": "s",
    r"mins?|minutes?": "min",
    r"h|hrs?|hours?": "h",
}
_NAMED = {
    r"percentage[\s-]points?|pp|%p|p\.p\.": "pp",
    r"%|per\s?cent|percent(?:age)?": "%",
    r"[xX×]|times|-?fold": "x",
    r"TB|TiB|terabytes?": "TB",
    r"GB|GiB|gigabytes?": "GB",
    r"MB|MiB|megabytes?": "MB",
    r"[kK]i?B|kilobytes?": "KB",
    r"GHz": "GHz",
    r"MHz": "MHz",
    r"kHz": "kHz",
    r"Hz": "Hz",
    r"kWh": "kWh",
    r"[Ww]atts?|W": "W",
    r"kW": "kW",
    r"mW": "mW",
    r"[Jj]oules?|J": "J",
    r"kJ": "kJ",
    r"mJ": "mJ",
    r"dB": "dB",
    r"°\s?C|℃": "°C",
    "°": "°",
    **{pattern: sign for sign, pattern in CURRENCIES.items()},
    **_TIMES,
}
_RATE = r"[A-Za-z#]+\.?(?:/|\sper\s)(?:" + "|".join(f"(?:{each})" for each in _TIMES) + r")"
_UNIT = re.compile(
    "(?:"
    + "|".join(f"(?P<u{index}>{pattern})" for index, pattern in enumerate(_NAMED))
    + rf"|(?P<rate>{_RATE}))(?:(?<=[%×{SIGNS}℃°])|(?!/[A-Za-z]|[A-Za-z0-9µ]))"
)
_RATE_FIRST = re.compile(rf"(?P<rate>{_RATE})(?!/[A-Za-z]|[A-Za-z0-9])")
_SYMBOLS = tuple(_NAMED.values())
_TIME_SYMBOLS = tuple((re.compile(pattern), symbol) for pattern, symbol in _TIMES.items())


def plain_digits(text: str, *, comma: bool = False) -> str:
    """Printed digits as :func:`float` reads them; ``comma`` is the decimal mark or groups.

    >>> plain_digits("3,000"), plain_digits("2,5", comma=True), plain_digits("1.2 × 10^-3")
    ('3000', '2.5', '1.2e-3')
    """
    text = text.replace("\u2212", "-").replace("\u2013", "-")
    text = _POWER.sub(r"e\1", text)
    text = _GROUPS.sub("", text)
    return text.replace(".", "").replace(",", ".") if comma else text.replace(",", "")


def printed(plain: str, scale: float = 1.0) -> tuple[float, Interval] | None:
    """Value and rounding interval of plain digits, both times ``scale``.

    Returns None where this is no number or one beyond all floats.
    """
    if len(plain) > MAX_DIGITS:
        return None
    try:
        value, interval = float(plain), Interval.of_printed(plain)
        if scale == 1.0:
            return value, interval
        return float(f"{value * scale:.15g}"), interval.scaled(scale)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4)
def prints_decimal_commas(text: str) -> bool:
    """Whether a paper clearly prints 17,4 for 17.4, by its whole LaTeX.

    At least three such numbers (one with the package icomma), and none with a point but
    grouped thousands, or five times as many.

    >>> [prints_decimal_commas(text) for text in ("3,1 and 17,4 % and +2,2", "1,2 and 3,4 and 0.5")]
    [True, False]
    """
    enough = 1 if "{icomma}" in text else 3
    if sum(1 for _ in islice(_COMMA.finditer(text), enough)) < enough:
        return False  # seldom is there more to look at
    commas = sum(1 for _ in _DECIMAL_COMMA.finditer(text))
    if commas < enough:
        return False
    return commas >= 5 * sum(1 for _ in _DECIMAL_POINT.finditer(text))


def unit_at(text: str, position: int) -> tuple[str, int] | None:
    """The unit that stands at ``position``, and where it ends; None for none.

    >>> unit_at("12 ms", 3), unit_at("9 req/s", 2), unit_at("3 msgs", 2)
    (('ms', 5), ('req/s', 7), None)
    """
    match = _RATE_FIRST.match(text, position) or _UNIT.match(text, position)
    return (_symbol(match), match.end()) if match else None


def _symbol(match: re.Match[str]) -> str:
    name = match.lastgroup or ""
    if name != "rate":
        return _SYMBOLS[int(name[1:])]
    thing, _, per = re.sub(r"\s+per\s+", "/", match[0]).rpartition("/")
    time = next((symbol for pattern, symbol in _TIME_SYMBOLS if pattern.fullmatch(per)), per)
    bytes_or_bits = re.fullmatch(r"(?:[KMGTk]i?)?B|[KMGTk]i?b", thing)
    return f"{thing if bytes_or_bits else thing.lower()}/{time}"
