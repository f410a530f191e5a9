"""The numbers of a cell: values, what their digits allow, spreads, units and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from writer.latex.tables.cell import Reading
from writer.latex.tables.macros import BOLD, MARK, UNDERLINED
from writer.model.interval import Interval
from writer.model.printed import (
    COMMA_DIGITS,
    DIGITS,
    POWER,
    SCALES,
    plain_digits,
    printed,
    unit_at,
)

MAX_CELL = 300
"""Characters of a cell that may hold numbers; longer cells are text."""

MAX_PARTS = 12
"""Numbers of a cell at most; with more of them it is text."""

EMPTY, DASH, CHECK, TEXT, LOOSE, NUMBER = "empty", "dash", "check", "text", "loose", "number"
"""What a cell holds: ``loose`` is a number with words about it."""

_SIGN = "[-+\u2212\u2013]"
_LEAD = r"(?P<hedge>[<>≤≥≈~∼≲≳≪≫]\s*)?(?P<arrow>[↑↓▲▼△▽⇑⇓↗↘]\s*)?(?P<money>[$€£]\s?)?"
_SPREAD = (
    r"\s?(?:[\^_]?(?:±|\+/-|\+-|∓)\s?(?P<plus>{number})|[\^_]\(?(?P<low>{number})\)?(?![\w.])"
    r"|\s?[(\[]\s?(?:±|\+/-)\s?(?P<paren>{number})\s?[)\]])"
)
_ASYMMETRIC = (
    r"\s?(?:\^\s?\{{0,1}}\+?(?P<up>{number})\s?_\s?[-\u2212](?P<down>{number})"
    r"|_\s?[-\u2212](?P<down2>{number})\s?\^\s?\+?(?P<up2>{number}))"
)
_LAST_DIGITS = re.compile(r"\((\d{1,3}|\d?\.\d{1,4})\)(?:\s?×\s?10\^?([-\u2212]?\d{1,2}))?")
_BOTH_LAST_DIGITS = re.compile(r"\(\s?\^\+?(\d{1,4})\s?_-?(\d{1,4})\s?\)")
_BETWEEN = r"\s?(?:[,;–]|-|to|\.\.)\s?"
_AFTER = re.compile(r"\s?(?P<suffix>[kKMBGT])(?![A-Za-z0-9/])")
_AFTER_MARK = re.compile(r"\s?([*∗⋆★†‡§¶]+)")
_ARROW_AFTER = re.compile(r"\s?([↑↓▲▼])(?!\s?\d)")
_SEPARATOR = re.compile(r"[\s/|,;()\[\]→&·‖_^]+|\bvs\.?|\bto\b|±|→|[–—-](?=\s?[.\d])")
_WORD = re.compile(r"[^\W\d_][^\s/|,;()\[\]]*")
_TIMES_10 = re.compile(r"\s?×\s?10\^?([-\u2212]?\d{1,2})")
_OPENING = ("", "(", "[", "/", "|")
_DASHES = re.compile(
    r"[-–—\u2212.·_/\s]+|n\.?\s?/?\s?a\.?|oom|o\.o\.m\.?|tbd|nan|timeout|t/o|to|\?+|\*+",
    re.IGNORECASE,
)
_CHECKS = re.compile(r"[✓✔✗✘×√☑☒●○◐+]|yes|no|y|n", re.IGNORECASE)
_HAS_DIGIT = re.compile(r"\d")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d{1,3},(?:\d{1,2}|\d{4,6})(?![\d,])")
_DECIMAL_POINT = re.compile(r"\d\.\d|(?<!\d)\.\d")
_NO_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)\b|0\d{2,}(?![.\d])|\d\d?:\d\d")
"""Ranks, codes and times of day."""


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a cell.

    Attributes:
        start: where it begins in the cell's text.
        text: as printed, with sign, spread, unit and marks.
        value, interval, unit, spread, bold, underlined, marks: as of
            :class:`writer.model.table.TableCell`.
        slashed: whether a slash parts it from the number before.
        scaled: whether a letter such as "M" multiplies it.
    """

    start: int
    text: str
    value: float
    interval: Interval
    unit: str
    spread: float | None
    bold: bool
    underlined: bool
    marks: str
    slashed: bool
    scaled: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell holds: its kind, and its numbers where there are some."""

    kind: str
    parts: tuple[Part, ...] = ()


def has_decimal_commas(texts: Iterator[str]) -> bool:
    """Whether the commas in the cells of a table are decimal marks."""
    commas = points = 0
    for text in texts:
        if len(text) < MAX_CELL and "," in text and _DECIMAL_COMMA.search(text):
            commas += 1
        elif "." in text and _DECIMAL_POINT.search(text):
            points += 1
    return commas > points


def content(reading: Reading, *, comma: bool = False) -> Content:
    """What a cell holds.

    Args:
        reading: the cell.
        comma: whether commas are decimal marks.
    """
    text = reading.text
    if not text:
        return Content(EMPTY)
    if not _HAS_DIGIT.search(text):
        bare = reading.term()
        if not bare or _DASHES.fullmatch(bare):
            return Content(DASH)
        return Content(CHECK if _CHECKS.fullmatch(bare) else TEXT)
    if len(text) > MAX_CELL:
        return Content(TEXT)
    return _Scanner(reading, _COMMA if comma else _POINT, comma=comma).content()


class _Patterns:
    """The patterns of a number for one decimal mark."""

    def __init__(self, digits: str) -> None:
        number = rf"(?:{digits})(?:{POWER})?"
        power = r"(?:10|2)\^[-\u2212]?\d{1,3}"
        self.number = re.compile(
            rf"{_LEAD}(?P<times>×\s?(?=[\d.]))?(?P<sign>{_SIGN}\s?)?(?P<money2>[$€£]\s?)?"
            rf"(?P<digits>{power}|{number})"
        )
        self.spread = re.compile(_SPREAD.replace("{number}", f"(?:{digits})(?:[eE]-?\\d{{1,2}})?"))
        self.asymmetric = re.compile(
            _ASYMMETRIC.replace("{number}", f"(?:{digits})").replace("\\{{0,1}}", "")
        )
        self.interval = re.compile(
            rf"\s?[\[(]\s?({_SIGN}?(?:{digits}))%?{_BETWEEN}({_SIGN}?(?:{digits}))%?\s?[\])]"
        )


_POINT = _Patterns(DIGITS)
_COMMA = _Patterns(COMMA_DIGITS)


class _Scanner:
    """Takes one number after the other off a cell's text."""

    def __init__(self, reading: Reading, patterns: _Patterns, *, comma: bool) -> None:
        self.reading = reading
        self.text = reading.text
        self.patterns = patterns
        self.comma = comma
        self.parts: list[Part] = []
        self.words: list[str] = []
        self._end = 0

    def content(self) -> Content:
        """Kind and numbers of the whole cell."""
        position, slashed = 0, False
        while position < len(self.text):
            after = self._number(position, slashed=slashed)
            if after is not None:
                position, slashed = after, False
                continue
            separator = _SEPARATOR.match(self.text, position)
            if separator is not None:
                slashed = "/" in separator[0] or "|" in separator[0]
                position = self._scale(position, separator.end())
                continue
            if not self._mark(position):
                self._word(position)
            position = self._end
        if not self.parts or len(self.parts) > MAX_PARTS:
            return Content(TEXT)
        if not self.words:
            return Content(NUMBER, tuple(self.parts))
        leads = self.parts[0].start <= 2
        if leads and len(self.words) <= 2 and all(word[0].isalpha() for word in self.words):
            return Content(LOOSE, tuple(self.parts))
        return Content(TEXT)

    def _mark(self, position: int) -> bool:
        """Take footnote marks, which belong to the number before."""
        style = self.reading.style(position)
        end = position
        while end < len(self.text) and self.reading.style(end) & MARK & style:
            end += 1
        match = _AFTER_MARK.match(self.text, position)
        if end == position and match is not None and match.end() > position:
            end = match.end()
        if end == position:
            return False
        self._end = end
        if self.parts:
            self.parts[-1] = replace(
                self.parts[-1], marks=self.parts[-1].marks + self.text[position:end].strip()
            )
        return True

    def _word(self, position: int) -> None:
        found = unit_at(self.text, position)
        if found is not None and found[0] == "x" and _TIMES_SIZE.match(self.text, position):
            found = None  # "3×3": a size
        word = _WORD.match(self.text, position)
        if found is not None and self.parts and not self.parts[-1].unit:
            self.parts[-1] = replace(self.parts[-1], unit=found[0])
            self._end = found[1]
            return
        self._end = word.end() if word else position + 1
        self.words.append(self.text[position : self._end])

    def _scale(self, start: int, end: int) -> int:
        """A power of ten behind a closing parenthesis: ``(1.2 ± 0.1) × 10^3``."""
        power = _TIMES_10.match(self.text, end)
        if not self.parts or power is None or ")" not in self.text[start:end]:
            return end
        last = self.parts[-1]
        factor = 10.0 ** int(power[1].replace("\u2212", "-"))
        self.parts[-1] = replace(
            last,
            value=last.value * factor,
            interval=last.interval.scaled(factor),
            spread=None if last.spread is None else last.spread * factor,
        )
        return power.end()

    def _number(self, position: int, *, slashed: bool) -> int | None:
        """Take the number at ``position``; where it ends, or None if there is none."""
        match = self.patterns.number.match(self.text, position)
        if match is None or self.reading.style(match.start("digits")) & MARK:
            return None
        end = match.end()
        if _NO_NUMBER.match(self.text, match.start("digits")):
            return None
        plain = plain_digits(match["digits"], comma=self.comma)
        scale = 1.0
        suffix = _AFTER.match(self.text, end)
        if suffix is not None and unit_at(self.text, end) is None:
            scale, end = SCALES[suffix["suffix"]], suffix.end()
        read = _printed(plain, scale)
        if read is None:
            return None
        unit, end = self._unit(end)
        spread, end = self._spread(end, match, scale)
        again, after = self._unit(end)
        if again and again == (unit or again):
            unit, end = again, after
        value, interval = _signed(*read, self._sign(match))
        interval = _hedged(interval, value, match["hedge"] or "")
        if match["money"] or match["money2"]:
            unit = unit or "$"
        if match["times"] and self.parts and match.start() == self._end:
            return None  # "3×3": a size
        if match["times"]:
            unit = unit or "x"
        arrow = _ARROW_AFTER.match(self.text, end)
        end = arrow.end() if arrow else end
        start = match.start()
        if match["sign"] and not self._sign(match):
            start = match.start("digits")
        style = self.reading.style(match.start("digits"))
        self.parts.append(
            Part(
                start,
                self.text[start:end],
                value,
                interval,
                unit,
                spread,
                bool(style & BOLD),
                bool(style & UNDERLINED),
                "",
                slashed,
                scale != 1.0,
            )
        )
        self._end = end
        return end

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
        found = unit_at(self.text, start)
        if found is None or (found[0] == "x" and _TIMES_SIZE.match(self.text, start)):
            return "", position
        return found

    def _spread(
        self, position: int, match: re.Match[str], scale: float
    ) -> tuple[float | None, int]:
        """The half-width printed behind the number at hand."""
        digits = match["digits"]
        last = _LAST_DIGITS.match(self.text, position)
        if last is not None and position == match.end():
            error = float(last[1])
            if "." not in last[1]:
                places = len(plain_digits(digits, comma=self.comma).partition(".")[2])
                if not places and "." not in digits:
                    return None, position
                error *= 10.0**-places
            return _rounded(error * scale), last.end() if last[2] is None else last.end(1) + 1
        both = _BOTH_LAST_DIGITS.match(self.text, position)
        if both is not None:
            places = len(plain_digits(digits, comma=self.comma).partition(".")[2])
            error = (int(both[1]) + int(both[2])) / 2 * 10.0**-places
            return _rounded(error * scale), both.end()
        for pattern in (self.patterns.asymmetric, self.patterns.spread):
            found = pattern.match(self.text, position)
            if found is not None:
                widths = [
                    read[0]
                    for each in found.groups()
                    if each and (read := printed(plain_digits(each, comma=self.comma)))
                ]
                if widths:
                    return _rounded(sum(widths) / len(widths) * scale), found.end()
        return self._interval(position, match, scale)

    def _interval(
        self, position: int, match: re.Match[str], scale: float
    ) -> tuple[float | None, int]:
        """A confidence interval in brackets that holds the number."""
        found = self.patterns.interval.match(self.text, position)
        if found is None:
            return None, position
        ends = [_printed(plain_digits(each, comma=self.comma), 1.0) for each in found.groups()]
        center = _printed(plain_digits(match["digits"], comma=self.comma), 1.0)
        if ends[0] is None or ends[1] is None or center is None:
            return None, position
        low, high = ends[0][0], ends[1][0]
        value = -center[0] if self._sign(match) in {"-", "\u2212", "\u2013"} else center[0]
        if not low <= value <= high:
            return None, position
        return _rounded((high - low) / 2 * scale), found.end()


_TIMES_SIZE = re.compile(r"[x×]\s?\d")
_BINARY = re.compile(r"2\^(-?\d{1,3})")
_TEN = re.compile(r"10\^(-?\d{1,3})")


def _printed(plain: str, scale: float) -> tuple[float, Interval] | None:
    binary, ten = _BINARY.fullmatch(plain), _TEN.fullmatch(plain)
    if binary:
        return 2.0 ** int(binary[1]), Interval.exact(2.0 ** int(binary[1]))
    return printed(f"1e{ten[1]}" if ten else plain, scale)


def _rounded(value: float) -> float:
    """Without the noise of binary fractions."""
    return float(f"{value:.10g}")


def _signed(value: float, interval: Interval, sign: str) -> tuple[float, Interval]:
    return (-value, -interval) if sign in {"-", "\u2212", "\u2013"} else (value, interval)


def _hedged(interval: Interval, value: float, hedge: str) -> Interval:
    """``< 0.01`` allows all that is less."""
    if hedge[:1] in "<≤≪" and hedge:
        return Interval(float("-inf"), value)
    if hedge[:1] in ">≥≫" and hedge:
        return Interval(value, float("inf"))
    return interval
