"""Numbers and units as siunitx prints them, in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from writer.latex.words import words

Piece = tuple[str, int]
"""What is printed, and the offset of the source it stands for."""

Pieces = Iterator[Piece]

_PREFIXES = {
    "quecto": "q", "ronto": "r", "yocto": "y", "zepto": "z", "atto": "a", "femto": "f",
    "pico": "p", "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d",
    "deca": "da", "hecto": "h", "kilo": "k", "mega": "M", "giga": "G", "tera": "T",
    "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y",
    "kibi": "Ki", "mebi": "Mi", "gibi": "Gi", "tebi": "Ti", "pebi": "Pi", "exbi": "Ei",
}  # fmt: skip

_UNITS = {
    "second": "s", "minute": "min", "hour": "h", "day": "d", "meter": "m", "metre": "m",
    "gram": "g", "kilogram": "kg", "ampere": "A", "kelvin": "K", "mole": "mol", "candela": "cd",
    "byte": "B", "bit": "bit", "hertz": "Hz", "joule": "J", "watt": "W", "volt": "V",
    "ohm": "Ω", "newton": "N", "pascal": "Pa", "farad": "F", "tesla": "T", "henry": "H",
    "coulomb": "C", "siemens": "S", "weber": "Wb", "lumen": "lm", "lux": "lx",
    "liter": "L", "litre": "L", "electronvolt": "eV", "decibel": "dB", "bel": "B",
    "celsius": "°C", "degreeCelsius": "°C", "degree": "°", "arcminute": "′", "arcsecond": "″",
    "radian": "rad", "percent": "%", "permille": "‰", "tonne": "t", "bar": "bar",
    "ms": "ms", "us": "µs", "ns": "ns", "ps": "ps", "s": "s", "kB": "kB", "MB": "MB",
    "GB": "GB", "TB": "TB", "KB": "KB", "KiB": "KiB", "MiB": "MiB", "GiB": "GiB", "TiB": "TiB",
    "Hz": "Hz", "kHz": "kHz", "MHz": "MHz", "GHz": "GHz", "W": "W", "mW": "mW", "kW": "kW",
    "J": "J", "mJ": "mJ", "kJ": "kJ", "m": "m", "mm": "mm", "cm": "cm", "km": "km", "um": "µm",
    "nm": "nm", "g": "g", "kg": "kg", "mg": "mg", "V": "V", "mV": "mV", "A": "A", "mA": "mA",
    "K": "K", "kWh": "kWh", "dB": "dB", "eV": "eV", "min": "min", "hr": "h",
    "bps": "bps", "kbps": "kbps", "Mbps": "Mbps", "Gbps": "Gbps", "textmu": "µ", "mu": "µ",
}  # fmt: skip

_SILENT = words("tothe raiseto highlight cancel text mathrm mathit textrm rm of , ; ! { }")
_POWERS = {"square": "^2", "cubic": "^3", "squared": "^2", "cubed": "^3"}
_BEFORE = words("square cubic")
_UNIT_TOKEN = re.compile(r"\\([a-zA-Z]+)\s*|\\(.)|(\^)|([\s{}]+)|([.~])|([^\\{}\s.~^]+)", re.DOTALL)
_NUMBER_TOKEN = re.compile(
    r"\\(?P<name>[a-zA-Z]+)\s*|\\.|(?P<pm>\+-)|(?P<power>(?<=[0-9.,)])[eEdD](?=[-+]?[0-9]))"
    r"|(?P<times>(?<=[0-9])\s*x\s*(?=[-+0-9]))|(?P<rest>[^\s{}$~\\])|.",
    re.DOTALL,
)


def number(text: str, start: int) -> Iterator[Piece]:
    """A number as ``\\num`` prints it, without grouping its digits.

    Args:
        text: the argument.
        start: the offset of ``text``.
    """
    for match in _NUMBER_TOKEN.finditer(text):
        offset = start + match.start()
        if match["pm"] is not None or match["name"] == "pm":
            yield "±", offset
        elif match["power"] is not None:
            yield "×10^", offset
        elif match["times"] is not None or match["name"] == "times":
            yield "×", offset
        elif match["rest"] is not None:
            yield match[0], offset


def unit(text: str, start: int) -> Iterator[Piece]:
    """A unit as ``\\unit`` prints it: ``\\giga\\byte\\per\\second`` as ``GB/s``."""
    printer = _UnitPrinter(start)
    for match in _UNIT_TOKEN.finditer(text):
        yield from printer.token(match)


class _UnitPrinter:
    """Remembers what the next unit is attached to."""

    __slots__ = ("_last", "_per", "_power", "_start")

    def __init__(self, start: int) -> None:
        self._start = start
        self._last = ""  # the kind of the token before: prefix, unit, or nothing yet
        self._per = False
        self._power = ""

    def token(self, match: re.Match[str]) -> Iterator[Piece]:
        """What one token prints."""
        offset = self._start + match.start()
        if match[1] is not None:
            yield from ((text, offset) for text in self._word(match[1]))
        elif match[2] is not None:
            yield from ((text, offset) for text in match[2] if text in "%$&#_")
        elif match[3] is not None:
            yield "^", offset
        elif match[5] is not None:
            yield ("·" if self._last else ""), offset
        elif match[6] is not None:
            yield from self._literal(match[6], offset)

    def _literal(self, text: str, offset: int) -> Iterator[Piece]:
        if self._last == "unit" and text[0].isalpha():
            yield from ((each, offset) for each in self._joint())
        for index, character in enumerate(text):
            yield character, offset + index
        self._last = "literal"

    def _joint(self) -> Iterator[str]:
        if self._per:
            yield "/"
        elif self._last == "unit":
            yield "·"
        self._per = False

    def _word(self, name: str) -> Iterator[str]:
        if name == "per":
            self._per = True
        elif name in _BEFORE:
            self._power = _POWERS[name]
        elif name in _POWERS:
            yield _POWERS[name]
        elif name == "tothe":
            yield "^"
        elif name in _PREFIXES:
            yield from self._joint()
            yield _PREFIXES[name]
            self._last = "prefix"
        elif name not in _SILENT:
            yield from self._joint()
            yield _UNITS.get(name, name) + self._power
            self._power = ""
            self._last = "unit"
