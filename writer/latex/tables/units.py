"""Units and powers of ten that headers and captions give to the numbers below them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from writer.model.printed import unit_at

_BRACKETED = re.compile(r"[(\[]\s*([^()\[\]]{1,40})\s*[)\]]")
_TAIL = re.compile(r"(?:,|/|\bin)\s+([^\s,;()\[\]]{1,20}(?:\s?/\s?\w{1,6})?)\s*[↑↓]?$")
_LAST_WORD = re.compile(r"(?:^|\s)(ns|us|µs|ms|GB|MB|KB|%|[A-Za-z]+/s(?:ec)?)\s*[↑↓]?$")
_PERCENT = re.compile(r"(?<![\d.])%")
_LEADING = re.compile(r"^(?:in|unit:?|\[|as)\s+", re.IGNORECASE)
_POWER = re.compile(r"(?:[×x·*]\s?|^)10\^\{?([-\u2212]?\d{1,2})\}?")
_LAST_POWER = re.compile(r"\S\s*[×·]\s?10\^([-\u2212]?\d{1,2})$")
_COUNTED = re.compile(
    r"param|flop|mac|token|sample|image|size|count|iter|step|num|#|word|node|edge", re.IGNORECASE
)
_TIME_WORD = re.compile(r"time|latency|duration|delay|runtime|lag|period|t_|\bt\b", re.IGNORECASE)
_LETTER = re.compile(r"[(\[]\s*([kKMBGT])\s*[)\]]")
_SCALES = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12}
_CAPTION_UNIT = re.compile(r"\bin\s+(percent|%|ns|µs|us|ms|seconds|minutes|hours|GB|MB|KB)(?!\w)")


def header_units(term: str) -> tuple[str, ...]:
    """The units that a header term states, in order.

    >>> header_units("Latency (ms) / Rate (req/s)"), header_units("Acc. [%] ↑")
    (('ms', 'req/s'), ('%',))
    """
    found = [
        unit
        for match in _BRACKETED.finditer(term)
        if (unit := _whole(match[1])) and not _is_plural(term, match)
    ]
    if found:
        return tuple(found)
    for pattern in (_TAIL, _LAST_WORD):
        match = pattern.search(term)
        if match and (unit := _whole(match[1])):
            return (unit,)
    return ("%",) if _PERCENT.search(term) else ()


def _is_plural(term: str, match: re.Match[str]) -> bool:
    """Whether "(s)" only marks a plural: ``Model(s)``, not ``Time(s)``."""
    glued = term[: match.start()][-1:].isalnum()
    return match[1] == "s" and glued and _TIME_WORD.search(term) is None


def _whole(text: str) -> str:
    """The unit that all of ``text`` is, apart from an arrow and a leading "in"."""
    text = _LEADING.sub("", text.strip(" ↑↓,;:.")).strip()
    found = unit_at(text, 0)
    if found is None:
        return ""
    rest = text[found[1] :].strip(" ↑↓,;:.")
    return found[0] if not rest else ""


def header_scale(terms: Iterable[str]) -> float:
    """What headers multiply the numbers below by: ``Params (M)``, ``Loss (×10^-3)``."""
    for term in terms:
        for match in _BRACKETED.finditer(term):
            power = _POWER.fullmatch(match[1].strip(" ↑↓"))
            if power is not None:
                return 10.0 ** int(power[1].replace("\u2212", "-"))
        power = _LAST_POWER.search(term)
        if power is not None:
            return 10.0 ** int(power[1].replace("\u2212", "-"))
        letter = _LETTER.search(term)
        counted = _COUNTED.search(term)
        if letter and counted and not (letter[1] == "B" and counted[0].lower() == "size"):
            return _SCALES[letter[1]]
    return 1.0


def caption_unit(caption: str) -> str:
    """The one unit that a caption states, or nothing."""
    units = {unit for match in _BRACKETED.finditer(caption) if (unit := _whole(match[1]))}
    units |= {unit for match in _CAPTION_UNIT.finditer(caption) if (unit := _whole(match[1]))}
    return units.pop() if len(units) == 1 else ""
