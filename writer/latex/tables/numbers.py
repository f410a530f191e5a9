"""Whether a cell holds numbers, words, a dash or a check mark, and which numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writer.latex.tables.cell import Reading
from writer.latex.tables.content import CHECK, DASH, EMPTY, NUMBER, TEXT, Content, Part
from writer.latex.tables.macros import BOLD, UNDERLINED
from writer.latex.tables.scan import scan
from writer.latex.tables.spread import COMMA, POINT
from writer.model.interval import Interval

MAX_CELL = 300
"""Characters of a cell that may hold numbers; longer cells are text."""

_DASHES = re.compile(
    r"[-–—\u2212.·_/\s]+|n\.?\s?/?\s?a\.?|oom|o\.o\.m\.?|tbd|nan|timeout|t/o|to|\?+|\*+",
    re.IGNORECASE,
)
_CHECKS = re.compile(r"[✓✔✗✘×√☑☒●○◐+]|yes|no|y|n", re.IGNORECASE)
_SIMPLE = re.compile(
    r"(?P<minus>-?)(?P<whole>0|[1-9]\d{0,9})(?:\.(?P<decimals>\d{1,8}))?(?P<percent>%?)"
)
_HAS_DIGIT = re.compile(r"\d")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d{1,3},(?:\d{1,2}|\d{4,6})(?![\d,])")
_PAIR_OF_NAMES = re.compile(r"[^\W\d],[^\W\d]")
_DECIMAL_POINT = re.compile(r"\d\.\d|(?<!\d)\.\d")

_CLEAR_POINT = re.compile(r"(?<![\d.,])(?:0?\.\d|0\.\d+|\d+\.(?:\d{1,2}|\d{4,})(?!\d))|\d{4}\.\d")
"""A point that cannot group thousands."""


def has_decimal_commas(texts: Iterator[str], *, paper: bool = False) -> bool:
    """Whether the commas in the cells of a table are decimal marks.

    Args:
        texts: its cells.
        paper: whether they are in the rest of the paper: points group thousands there, and a
            table without any decimals follows the paper.
    """
    commas = points = 0
    point = _CLEAR_POINT if paper else _DECIMAL_POINT
    for text in texts:
        if "," in text and _PAIR_OF_NAMES.search(text):
            return False
        if len(text) < MAX_CELL and "," in text and _DECIMAL_COMMA.search(text):
            commas += 1
        elif "." in text and point.search(text):
            points += 1
    return commas > points or (paper and points == 0)


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
    simple = _SIMPLE.fullmatch(text)
    styles = set(reading.styles)
    if simple is not None and len(styles) == 1 and not (comma and simple["decimals"]):
        return Content(NUMBER, (_simple(text, simple, styles.pop()),))
    return scan(reading, COMMA if comma else POINT)


def _simple(text: str, match: re.Match[str], style: int) -> Part:
    """A cell of digits alone; most are."""
    decimals = match["decimals"] or ""
    digits = int(match["whole"] + decimals)
    low, high = (10 * digits - 5, 10 * digits + 5)
    unit = 10 ** len(decimals)
    value, interval = digits / unit, Interval(low / (10 * unit), high / (10 * unit))
    if match["minus"]:
        value, interval = -value, -interval
    bold, underlined = bool(style & BOLD), bool(style & UNDERLINED)
    symbol = match["percent"] or ""
    return Part(
        start=0,
        text=text,
        value=value,
        interval=interval,
        unit=symbol,
        spread=None,
        bold=bold,
        underlined=underlined,
        marks="",
        slashed=False,
        scaled=False,
    )
