"""What stands behind a number: its spread, and a power of ten that multiplies both."""

from __future__ import annotations

import re

from writer.model.currency import SIGNS
from writer.model.printed import COMMA_DIGITS, DIGITS, POWER, plain_digits, printed

SIGN = "[-+\u2212\u2013]"
MINUS = ("-", "\u2212", "\u2013")

_PLUS_MINUS = (
    r"\s?(?:[\^_]?(?:±|\+/-|\+-|∓)\s?({number})|[\^_]\(?({number})\)?(?![\w.])"
    r"|\s?[(\[]\s?(?:±|\+/-)\s?({number})\s?[)\]])"
)
_ASYMMETRIC = (
    r"\s?(?:\^\s?\+?({number})\s?_\s?[-\u2212]({number})"
    r"|_\s?[-\u2212]({number})\s?\^\s?\+?({number}))"
)
_BETWEEN = r"\s?(?:[,;–]|-|to|\.\.)\s?"
_LAST_DIGITS = re.compile(r"\((\d{1,3}|\d?\.\d{1,4})\)")
_BOTH_LAST_DIGITS = re.compile(
    r"\(\s?\^\+?(\d{1,4})\s?_-?(\d{1,4})\s?\)|\s?\(\+(\d{1,4})\s?[);]\s?\(?-(\d{1,4})\)"
)
_TIMES_10 = re.compile(r"\s?×\s?10\^?([-\u2212]?\d{1,2})")


class Patterns:
    """The patterns of numbers and spreads for one decimal mark.

    Attributes:
        comma: whether that is a comma.
        number: a number with all that may stand before it.
    """

    def __init__(self, digits: str, *, comma: bool) -> None:
        power = r"(?:10|2)\^[-\u2212]?\d{1,3}"
        self.comma = comma
        self.number = re.compile(
            r"(?P<hedge>[<>≤≥≈~∼≲≳≪≫]\s*)?(?P<arrow>[↑↓▲▼△▽⇑⇓↗↘]\s*)?"
            rf"(?P<money>[{SIGNS}]\s?)?"
            rf"(?P<times>×\s?(?=[\d.]))?(?P<sign>{SIGN}\s?)?(?P<money2>[{SIGNS}]\s?)?"
            rf"(?P<digits>{power}|(?:{digits})(?:{POWER})?)"
        )
        width = f"(?:{digits})(?:[eE]-?\\d{{1,2}})?"
        self._plus_minus = re.compile(_PLUS_MINUS.replace("{number}", width))
        self._asymmetric = re.compile(_ASYMMETRIC.replace("{number}", width))
        self._interval = re.compile(
            rf"\s?[\[(]\s?({SIGN}?(?:{digits}))%?{_BETWEEN}({SIGN}?(?:{digits}))%?\s?[\])]"
        )

    def spread(self, text: str, number: re.Match[str], end: int) -> tuple[float | None, int]:
        """The half-width printed at ``end``, behind a number, and where it ends."""
        digits = plain_digits(number["digits"], comma=self.comma)
        for found in (
            _last_digits(text, digits, end) if end == number.end() else None,
            self._widths(text, end),
            self._around(text, number, digits, end),
        ):
            if found is not None:
                return found
        return None, end

    def _widths(self, text: str, end: int) -> tuple[float, int] | None:
        for pattern in (self._asymmetric, self._plus_minus):
            match = pattern.match(text, end)
            if match is None:
                continue
            plain = [plain_digits(each, comma=self.comma) for each in match.groups() if each]
            widths = [read[0] for each in plain if (read := printed(each))]
            if widths:
                return exact(sum(widths) / len(widths)), match.end()
        return None

    def _around(
        self, text: str, number: re.Match[str], digits: str, end: int
    ) -> tuple[float, int] | None:
        """Half of an interval in brackets that holds the number."""
        match = self._interval.match(text, end)
        if match is None:
            return None
        low, high = (printed(plain_digits(each, comma=self.comma)) for each in match.groups())
        center = printed(digits)
        if low is None or high is None or center is None:
            return None
        value = -center[0] if (number["sign"] or "").strip() in MINUS else center[0]
        if not low[0] <= value <= high[0]:
            return None
        return exact((high[0] - low[0]) / 2), match.end()


def _last_digits(text: str, digits: str, end: int) -> tuple[float, int] | None:
    """Errors of the last digits: ``1.338(23)``, ``1.338(+23)(-21)``, and ``0.85(.02)``."""
    places = len(digits.partition(".")[2])
    both = _BOTH_LAST_DIGITS.match(text, end)
    if both is not None and places:
        widths = [int(each) for each in both.groups() if each]
        return exact(sum(widths) / 2 * 10.0**-places), both.end()
    match = _LAST_DIGITS.match(text, end)
    if match is None or not places:
        return None
    error = float(match[1])
    return exact(error if "." in match[1] else error * 10.0**-places), match.end()


def power_of_ten(text: str, position: int) -> tuple[float, int] | None:
    """The factor of ``× 10^3`` at ``position``, and where it ends."""
    match = _TIMES_10.match(text, position)
    if match is None:
        return None
    return 10.0 ** int(match[1].replace("\u2212", "-")), match.end()


def exact(value: float) -> float:
    """``value`` without the noise of binary fractions."""
    return float(f"{value:.14g}")


POINT = Patterns(DIGITS, comma=False)
COMMA = Patterns(COMMA_DIGITS, comma=True)
