"""Units and powers of ten that headers and captions give to the numbers below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from writer.latex.tables.symbols import symbol
from writer.model.currency import CURRENCIES, SIGNS, currency_before
from writer.model.printed import unit_at

_BRACKETED = re.compile(r"[(\[]\s*([^()\[\]]{1,60})\s*[)\]]")
_TAIL = re.compile(r"(?:,|/|\bin)\s+([^\s,;()\[\]]{1,20}(?:\s?/\s?\w{1,6})?)\s*[↑↓]?$")
_LAST_WORD = re.compile(r"(?:^|\s)(ns|us|µs|ms|GB|MB|KB|%|(?:[kKM]\s)?[A-Za-z]+/s(?:ec)?)\s*[↑↓]?$")
_PERCENT = re.compile(r"(?<![\d.])(?<!\d\s)%")
_LEADING = re.compile(r"^(?:in|unit:?|\[|as)\s+", re.IGNORECASE)
_BETTER = re.compile(r"\s*[,;]\s*(?:lower|higher|smaller|larger|less|more)\s(?:is\s)?better$", re.I)
_POWER = re.compile(r"(?:[×x·*]\s?|^)10\^\{?([-\u2212]?\d{1,2})\}?")
_LAST_POWER = re.compile(r"\S\s*[×·]\s?10\^([-\u2212]?\d{1,2})$")
_COUNTED = re.compile(
    r"param|flop|mac|token|sample|image|size|count|iter|step|num|#|word|node|edge", re.IGNORECASE
)
_TIME_WORD = re.compile(r"time|latency|duration|delay|runtime|lag|period|t_|\bt\b", re.IGNORECASE)
_LETTER = re.compile(r"[(\[]\s*([kKMBGT])\s*[)\]]")
_SCALES = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12}
_WORDS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_WORD = re.compile(
    r"(thousand|million|billion|trillion)(?:s?\s+(?:of\s+)?(?P<rest>\S.*)|s)", re.IGNORECASE
)
_MANY = re.compile(
    r"([kKMBGT])\s(?P<rest>\S.*)|(?P<power>[×x·]?\s?10\^[-\u2212]?\d{1,2})\s(?P<what>\S.*)"
)
_MONEY = re.compile(rf"([kKMB])\s?([{SIGNS}])|([{SIGNS}]|USD|EUR|GBP)\s?([kKMB])")
_THINGS = re.compile(
    r"(?:params|parameters|tokens|samples|images|iters|iterations|words|lines|rows|records|events"
    r"|users|requests|transactions|queries|ops|operations|messages|packets|edges|vertices)"
)
_NOUN = re.compile(r"[a-z]{3,20}s")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a header or caption says of numbers.

    Attributes:
        unit: their symbol, or nothing.
        scale: what multiplies them.
        name: of the measure, in lower case, where a caption gives it.
    """

    unit: str
    scale: float = 1.0
    name: str = ""


def measure(text: str, beside: str = "") -> Measure | None:
    """What all of ``text`` says, apart from an arrow and a leading "in"; None for no unit.

    >>> measure("k tx/s"), measure("thousands"), measure("ours")
    (Measure(unit='tx/s', scale=1000.0, name=''), Measure(unit='', scale=1000.0, name=''), None)
    """
    text = text.replace("\u202f", " ")
    text = _LEADING.sub("", _BETTER.sub("", text).strip(" ↑↓,;:.")).strip()
    unit = _unit(text, beside)
    return Measure(unit) if unit else _scaled(text)


def _unit(text: str, beside: str) -> str:
    found = unit_at(text, 0)
    if found is not None and not text[found[1] :].strip(" ↑↓,;:."):
        return found[0]
    return symbol(text, beside)


def _scaled(text: str) -> Measure | None:
    """A multiplier with the unit or the things behind it."""
    money = _MONEY.fullmatch(text)
    if money is not None:
        return Measure(currency_before(money[2] or money[3]), _SCALES[money[1] or money[4]])
    match = _WORD.fullmatch(text)
    if match is not None:
        rest = match["rest"] or ""
        unit = _unit(rest, "") or (rest if _NOUN.fullmatch(rest) else "")
        known = unit or not rest
        return Measure(unit, _WORDS[match[1].lower()]) if known else None
    match = _MANY.fullmatch(text)
    if match is None:
        return None
    rest = match["rest"] or match["what"]
    unit = _unit(rest, "")
    if match["power"] and unit:
        return Measure(unit, _power(match["power"]))
    if match[1] and ("/" in unit or unit in CURRENCIES or _THINGS.fullmatch(rest)):
        return Measure(unit or rest, _SCALES[match[1]])
    return None


def _power(text: str) -> float:
    return float(10.0 ** int(text.rpartition("^")[2].replace("\u2212", "-")))


def _measures(term: str) -> tuple[Measure, ...]:
    """What a header term says, in order."""
    found = [
        said
        for match in _BRACKETED.finditer(term)
        if (said := measure(match[1], term[: match.start()])) and not _is_plural(term, match)
    ]
    if found:
        return tuple(found)
    for pattern in (_TAIL, _LAST_WORD):
        match = pattern.search(term)
        if match and (said := measure(match[1], term[: match.start()])):
            return (said,)
    return (Measure("%"),) if _PERCENT.search(term) else ()


@lru_cache(maxsize=4096)
def header_measures(term: str) -> tuple[Measure, ...]:
    """The units that a header term states, with what multiplies the numbers below."""
    return tuple(said for said in _measures(term) if said.unit)


def _is_plural(term: str, match: re.Match[str]) -> bool:
    """Whether "(s)" only marks a plural: ``Model(s)``, not ``Time(s)``."""
    glued = term[: match.start()][-1:].isalnum()
    return match[1] == "s" and glued and _TIME_WORD.search(term) is None


def header_scale(terms: Iterable[str]) -> float:
    """What headers multiply the numbers below by: ``Params (M)``, ``Loss (×10^-3)``."""
    return next((scale for term in terms if (scale := _scale(term)) is not None), 1.0)


@lru_cache(maxsize=4096)
def _scale(term: str) -> float | None:
    """What one header term multiplies by, if it says so; the term of a row heads all its cells."""
    for match in _BRACKETED.finditer(term):
        power = _POWER.fullmatch(match[1].strip(" ↑↓"))
        if power is not None:
            return float(10.0 ** int(power[1].replace("\u2212", "-")))
        said = measure(match[1])
        if said is not None and not said.unit:
            return said.scale
    power = _LAST_POWER.search(term)
    if power is not None:
        return float(10.0 ** int(power[1].replace("\u2212", "-")))
    letter = _LETTER.search(term)
    counted = _COUNTED.search(term)
    if letter and counted and not (letter[1] == "B" and counted[0].lower() == "size"):
        return _SCALES[letter[1]]
    return None


def is_count(terms: Iterable[str]) -> bool:
    """Whether a header says that it counts: such numbers take no unit from afar."""
    return any(map(_counts, terms))


@lru_cache(maxsize=4096)
def _counts(term: str) -> bool:
    return _COUNTS.fullmatch(term) is not None


_COUNTS = re.compile(
    r"[Nn#]|Obs\.?|(?:#|No\.|Num\.?|Number of|Total)?\s?(?:Observations|Counts?|Nodes|Threads|Cores"
    r"|GPUs|CPUs|Clients|Workers|Servers|Replicas|Seeds|Layers|Years?|Epochs?|Batch(?:\ssize)?"
    r"|Samples|Users|Subjects|Patients|Classes)",
    re.IGNORECASE,
)
"""Headers of counts and settings."""


# -- captions

MAX_BESIDE = 60
"""How far before a unit the name of its measure may begin, in characters."""

_MEASURE_WORD = re.compile(
    r"throughput|latenc|runtime|time|duration|speed|bandwidth|rate|energy|power|memory|cost|price"
    r"|accurac|precision|recall|error|traffic|distance|length|weight|mass|temperature|revenue|tput",
    re.IGNORECASE,
)
_NAMED = re.compile(r"([A-Za-z][\w-]*)(?:,|\s(?:is|are|measured|given|reported|shown))*\s*$")
_IN = re.compile(
    r"\bin\s+((?:thousand|million|billion)s?\s+(?:of\s+)?[A-Za-z$€£¥]+(?:(?:\s+per\s+|/)\w+)?"
    r"|(?:thousands|millions|billions)(?!\w)|[A-Za-z]+(?:/|\sper\s)(?:s|sec|second)(?!\w)"
    r"|percent|%|ns|µs|us|ms|(?:nano|micro|milli)?seconds|minutes|hours|days|GB|MB|KB|(?:[nµucmk]m|kg|mg|dB|kWh|m[JW])(?!\w))"
    r"(?!\w)"
)


def caption_measures(caption: str) -> tuple[Measure, ...]:
    """What a caption says, each with the name of its measure where it gives one.

    >>> caption_measures("Throughput in thousand tokens per second.")
    (Measure(unit='tokens/s', scale=1000.0, name='throughput'),)
    """
    return tuple(dict.fromkeys(_in_caption(caption)))


def _in_caption(caption: str) -> Iterator[Measure]:
    for pattern in (_BRACKETED, _IN):
        for match in pattern.finditer(caption):
            before = caption[max(0, match.start() - MAX_BESIDE) : match.start()]
            said = measure(match[1], before)
            named = _NAMED.search(before)
            if said is not None:
                fits = named is not None and _MEASURE_WORD.search(named[1])
                yield Measure(said.unit, said.scale, named[1].lower() if named and fits else "")


def told_of(said: Measure, terms: Iterable[str]) -> bool:
    """Whether headers name the measure that a caption speaks of, maybe shortened ("Acc.")."""
    if not said.name:
        return False
    for word in (word for term in terms for word in re.findall(r"[a-z]+", term.lower())):
        if len(word) >= 3 and (said.name.startswith(word) or word.startswith(said.name[:6])):
            return True
    return False
