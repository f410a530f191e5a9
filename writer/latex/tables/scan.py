"""The numbers of a cell, one after the other: value, spread, unit and marks."""

from __future__ import annotations

import re
from dataclasses import replace

from writer.latex.tables.cell import Reading
from writer.latex.tables.content import LOOSE, NUMBER, TEXT, Content, Part
from writer.latex.tables.macros import BOLD, MARK, UNDERLINED
from writer.latex.tables.spread import MINUS, Patterns, exact, power_of_ten
from writer.model.currency import currency_before
from writer.model.interval import Interval
from writer.model.printed import SCALES, plain_digits, printed, unit_at

MAX_PARTS = 12
"""Numbers of a cell at most; with more of them it is text."""

_SUFFIX = re.compile(r"\s?(?P<letter>[kKMBGT])(?![A-Za-z0-9/])")
_MARK = re.compile(r"\s?([*∗⋆★†‡§¶]+)")
_ARROW = re.compile(r"\s?([↑↓▲▼])(?!\s?\d)")
_SEPARATOR = re.compile(r"[\s/|,;()\[\]→&·‖_^]+|\bvs\.?|\bto\b|±|→|[–—-](?=\s?[.\d])")
_STOP = re.compile(r"\.(?!\w)")
_WORD = re.compile(r"[^\W\d_][^\s/|,;()\[\]]*")
_PLAIN_WORD = re.compile(r"[^\W\d_]{2}")
_SIZE = re.compile(r"[x×]\s?\d")
_OPENING = ("", "(", "[", "/", "|")
_NO_NUMBER = re.compile(
    r"\d+(?:st|nd|rd|th)\b|0\d{2,}(?![.\d])|\d\d?:\d\d"
    r"|\d+\.(?!\d{3}\.\d{3}(?!\d))\d+\.\d+|\d+\.\d+\.x"
)
"""Ranks, codes, times of day and versions."""
_THIN_GROUP = re.compile("(?<=\\d)[\u202f\u00a0 ](?=\\d{3}(?!\\d))")
_BINARY = re.compile(r"2\^(-?\d{1,3})")
_TEN = re.compile(r"10\^(-?\d{1,3})")


def scan(reading: Reading, patterns: Patterns) -> Content:
    """What a cell that has digits holds."""
    return _Scanner(reading, patterns).content()


RANGE = ("–", "--")
"""What stands between the ends of a range."""


class _Scanner:
    def __init__(self, reading: Reading, patterns: Patterns) -> None:
        self.reading = reading
        self.text = reading.text
        self.patterns = patterns
        self.parts: list[Part] = []
        self.words: list[str] = []
        self.end = 0  # of what was taken last

    def content(self) -> Content:
        """Kind and numbers of the whole cell."""
        position, slashed = 0, False
        while position < len(self.text):
            if self._number(position, slashed=slashed):
                position, slashed = self.end, False
                continue
            separator = _SEPARATOR.match(self.text, position)
            if separator is not None:
                slashed = "/" in separator[0] or "|" in separator[0]
                position = self._scale(position, separator.end())
                continue
            if not self._mark(position):
                self._word(position)
            position = self.end
        if not self.parts or len(self.parts) > MAX_PARTS:
            return Content(TEXT)
        if not self.words:
            return Content(NUMBER, tuple(self.parts))
        words = len(self.words) <= 2 and all(_PLAIN_WORD.match(word) for word in self.words)
        if words and self.parts[0].start <= 2:
            return Content(LOOSE, tuple(self.parts))
        return Content(TEXT)

    # -- what stands between numbers

    def _mark(self, position: int) -> bool:
        """Take footnote marks, which belong to the number before."""
        end = position
        while end < len(self.text) and self.reading.style(end) & MARK:
            end += 1
        match = _MARK.match(self.text, position)
        if end == position and match is not None:
            end = match.end()
        if end == position:
            return False
        self.end = end
        if self.parts:
            last = self.parts[-1]
            marks = last.marks + self.text[position:end].strip()
            self.parts[-1] = replace(last, marks=marks)
        return True

    def _word(self, position: int) -> None:
        """Take a unit of the number before, or a word."""
        found = self._unit_at(position)
        if found is not None and found[0] == "x" and _SIZE.match(self.text, position):
            found = None  # "3×3": a size
        if found is not None and found[0] == "ns" and self._is_probability(position, found[1]):
            self.end = found[1]  # "0.085 (ns)": not significant
            return
        if found is not None and self.parts and not self.parts[-1].unit:
            self.parts[-1] = replace(self.parts[-1], unit=found[0])
            self.end = found[1]
            return
        word = _WORD.match(self.text, position)
        self.end = word.end() if word else position + 1
        self.words.append(self.text[position : self.end])

    def _is_probability(self, start: int, end: int) -> bool:
        """Whether what stands in brackets behind a number says how likely that is."""
        bracketed = self.text[start - 1 : start] == "(" and self.text[end : end + 1] == ")"
        return bracketed and bool(self.parts) and 0 <= self.parts[-1].value <= 1

    def _scale(self, start: int, end: int) -> int:
        """A power of ten behind a closing parenthesis: ``(1.2 ± 0.1) × 10^3``."""
        power = power_of_ten(self.text, end)
        if not self.parts or power is None or ")" not in self.text[start:end]:
            return end
        last = self.parts[-1]
        self.parts[-1] = replace(
            last,
            value=exact(last.value * power[0]),
            interval=last.interval.scaled(power[0]),
            spread=None if last.spread is None else exact(last.spread * power[0]),
        )
        return power[1]

    # -- a number

    def _number(self, position: int, *, slashed: bool) -> bool:
        """Take the number at ``position``, if there is one."""
        match = self.patterns.number.match(self.text, position)
        if match is None or not self._is_number(match):
            return False
        digits = plain_digits(match["digits"], comma=self.patterns.comma)
        scale, end = self._suffix(digits, match.end())
        read = _printed(digits, scale)
        if read is None:
            return False
        unit, end = self._unit(end)
        spread, end = self.patterns.spread(self.text, match, end)
        power = power_of_ten(self.text, end) if spread is not None else None
        factor, end = power or (1.0, end)
        again, after = self._unit(end)
        if again and again == (unit or again):
            unit, end = again, after
        arrow = _ARROW.match(self.text, end)
        self.end = arrow.end() if arrow else end
        value, interval = read
        if factor != 1.0:
            value, interval = exact(value * factor), interval.scaled(factor)
        width = None if spread is None else exact(spread * scale * factor)
        self._take(match, value, interval, unit, width, slashed=slashed, scaled=scale != 1.0)
        return True

    def _is_number(self, match: re.Match[str]) -> bool:
        """Whether digits are neither a mark nor part of a size, a rank or a version."""
        start = match.start("digits")
        if self.reading.style(start) & MARK or _NO_NUMBER.match(self.text, start):
            return False
        if match["times"] and self.parts and not self.text[self.end : match.start()].strip():
            return match.start() > self.end and match["times"] == "×"
        return True

    def _take(
        self,
        match: re.Match[str],
        value: float,
        interval: Interval,
        unit: str,
        spread: float | None,
        *,
        slashed: bool,
        scaled: bool,
    ) -> None:
        sign = self._sign(match)
        if sign in MINUS:
            value, interval = -value, -interval
        if match["money"] or match["money2"]:
            unit = unit or currency_before(match["money"] or match["money2"])
        elif match["times"]:
            unit = unit or "x"
        start = match.start("digits") if match["sign"] and not sign else match.start()
        style = self.reading.style(match.start("digits"))
        self._share(unit, start)
        self.parts.append(
            Part(
                start=start,
                text=self._text(match, start),
                value=value,
                interval=_hedged(interval, value, match["hedge"] or ""),
                unit=unit,
                spread=spread,
                bold=bool(style & BOLD),
                underlined=bool(style & UNDERLINED),
                marks="",
                slashed=slashed,
                scaled=scaled,
            )
        )

    def _share(self, unit: str, start: int) -> None:
        """Give the unit of the end of a range to its start: "14.9–35.9×"."""
        if not unit or not self.parts or self.parts[-1].unit:
            return
        last = self.parts[-1]
        if self.text[last.start + len(last.text) : start].strip() in RANGE:
            self.parts[-1] = replace(last, unit=unit)

    def _text(self, match: re.Match[str], start: int) -> str:
        """The number as printed; thin spaces within its digits become the usual mark of groups."""
        first, last = match.span("digits")
        mark = "." if self.patterns.comma else ","
        digits = _THIN_GROUP.sub(mark, match["digits"])
        text = self.text[start:first] + digits + self.text[last : self.end]
        return text.replace("\u202f", " ")

    def _suffix(self, digits: str, end: int) -> tuple[float, int]:
        """What a letter behind the digits multiplies them by."""
        match = _SUFFIX.match(self.text, end)
        if match is None or unit_at(self.text, end) is not None or _is_bytes(digits, match[0]):
            return 1.0, end
        return SCALES[match["letter"]], match.end()

    def _sign(self, match: re.Match[str]) -> str:
        """The sign, unless it is the dash of a range."""
        sign = (match["sign"] or "").strip()
        if sign in {"", "+"}:
            return sign
        before = self.text[: match.start("sign")]
        apart = match["sign"][-1:].isspace() and before.rstrip()[-1:] not in _OPENING
        return "" if before[-1:].isalnum() or (self.parts and apart) else sign

    def _unit(self, position: int) -> tuple[str, int]:
        start = position + self.text.startswith((" ", "\u202f"), position)
        found = self._unit_at(start) or _byte_at(self.text, start)
        if found is None or (found[0] == "x" and _SIZE.match(self.text, start)):
            return "", position
        return found

    def _unit_at(self, position: int) -> tuple[str, int] | None:
        """The unit at ``position`` and where it ends, behind the full stop of "67 min."."""
        found = unit_at(self.text, position)
        if found is None:
            return None
        symbol, end = found
        stop = self.text[end - 1].isalpha() and _STOP.match(self.text, end) is not None
        return symbol, end + stop


_BYTES = re.compile(r"[\s\u202f]B")
_BYTE = re.compile(r"B(?![\w/])|[Bb]ytes?\b")
FEWEST_BYTES = 1000
"""From here on a whole number apart from its "B" is one of bytes: "3,392 B", but "175 B"."""


def _is_bytes(plain: str, suffix: str) -> bool:
    many = plain.isdecimal() and int(plain) >= FEWEST_BYTES
    return many and _BYTES.fullmatch(suffix) is not None


def _byte_at(text: str, position: int) -> tuple[str, int] | None:
    match = _BYTE.match(text, position)
    return ("B", match.end()) if match else None


def _printed(plain: str, scale: float) -> tuple[float, Interval] | None:
    binary, ten = _BINARY.fullmatch(plain), _TEN.fullmatch(plain)
    if binary:
        return 2.0 ** int(binary[1]), Interval.exact(2.0 ** int(binary[1]))
    return printed(f"1e{ten[1]}" if ten else plain, scale)


def _hedged(interval: Interval, value: float, hedge: str) -> Interval:
    """``< 0.01`` allows all that is less."""
    if hedge and hedge[0] in "<≤≪":
        return Interval(float("-inf"), value)
    if hedge and hedge[0] in ">≥≫":
        return Interval(value, float("inf"))
    return interval
