"""Units as papers write them, in one spelling each."""

from __future__ import annotations

import re

from writer.latex.words import words
from writer.model.currency import CODES, CURRENCIES, SIGNS

_TIME = {
    r"ns|nanoseconds?": "ns",
    r"[uµμ]s(?:ecs?)?|microseconds?": "us",
    r"ms|msecs?|milliseconds?(?!\s(?:radio\s|binary\s)?pulsars?\b)": "ms",
    r"s|secs?|seconds?": "s",
    r"min|mins|minutes?": "min",
    r"h|hrs?|hours?": "h",
    r"days?": "day",
}
_PER = r"(?:/|\s?per\s|\sa\s)"
_INVERSE = r"\^\{?[-\u2212\u2013]1\}?"
_SHARES = (
    r"GPU|CPU|TPU|node|core|device|user|query|request|token|step|iteration|epoch|image|frame"
    r"|sample|task|op|s|W|J|watt|joule|\$|dollar"
)
_HOURS = r"(?:[A-Z]\w{1,9}[\s-])?(?:GPU|CPU|TPU|core|node|person|machine)[\s-]"
_CAPITAL = (  # "1.6X", but "a GTX 970X" and "the 9700X" are names
    r"(?:(?<=\.\d)|(?<=\.\d\d))X(?!\w)"
    r"|(?<=\d)X(?=\s(?:faster|slower|speed|higher|lower|smaller|larger|more|less|fewer|better|worse"
    r"|longer|shorter|cheaper|improve|reduc|increas|decreas|compress|gain|sav|over\s|to\s\d|the\s))"
)
_CASED = (
    (
        r"(?:(?:absolute\s|abs\.\s)?(?:(?:percentage|percent|%|[A-Z][\w@-]{0,14}"
        r"|accuracy|absolute|score|perplexity)[\s-])?(?:points?|pts?)"
        r"|%-?points?|%-?pt?s?|p\.p\.|pp)(?!\w)|%\s?(?:abs\.?|absolute)(?!\w)",
        "pp",
    ),
    (r"(?:%|per\s?cent\b|percent\b|percents\b)", "%"),
    (rf"(?:[x×](?![\w×]|\s\d)|[xX](?=-\d)|{_CAPITAL}|times\b|-?fold\b(?!\scross))", "x"),
    (rf"{_HOURS}(?:hours?|hrs?|h)\b", "GPU-h"),
    (rf"{_HOURS}days?\b", "GPU-days"),
    *((rf"([A-Za-z]+){_PER}(?:{spellings})\b", rf"\1/{unit}") for spellings, unit in _TIME.items()),
    *((rf"([A-Za-z]+)\s?[·.]?\s?(?:{spellings}){_INVERSE}", rf"\1/{unit}")
      for spellings, unit in (*_TIME.items(), ("yrs?|years?", "yr"))),
    (rf"(?:s|sec){_INVERSE}(?!\w)", "Hz"),
    (rf"([A-Za-z]+)/({_SHARES})(?![A-Za-z])", r"\1/\2"),
    (rf"([A-Za-z]{{2,}}){_PER}(day|week|month|year|epoch)\b", r"\1/\2"),
    (r"(?:σ|sigma\b)", "σ"),
    *((rf"(?:{spellings})\b(?!\s?/)", unit) for spellings, unit in _TIME.items()),
    (r"(?:GB|GiB|gigabytes?)\b", "GB"),
    (r"(?:MB|MiB|megabytes?)\b", "MB"),
    (r"(?:KB|KiB|kB|kilobytes?)\b", "KB"),
    (r"(?:TB|TiB|terabytes?)\b", "TB"),
    (r"(?:PB|petabytes?)\b", "PB"),
    (r"([KMGT]i?bps)\b", r"\1"),
    (r"([kMG]?Hz)\b", r"\1"),
    (r"([mckn\u00b5\u03bcu]?m)(?:\^?2|\u00b2)(?!\w)", r"\1^2"),
    (r"((?:[KMGTPE]|giga|tera)?FLOP/?[sS]?|[KMGT]?OPS|IOPS|K?QPS|K?RPS|K?TPS|K?FPS|fps|dBm?|mAh|ppm"
     r"|mm|cm|km|nm|[µμu]m|kg|mg|[mkM]?V|mA|Kbps)\b", r"\1"),
    (r"([mkM]?(?:Wh|W|J))\b", r"\1"),
    (r"(?:watts?)\b", "W"),
    (r"(?:joules?)\b", "J"),
    (r"(?:\^?[\u00b0\u2218]\s?C\b|\u2103|degrees\sC(?:elsius)?\b|degrees\b)", "\u00b0C"),
    (r"(?:\^?[\u00b0\u2218]|deg\b)", "\u00b0"),
    *((rf"(?:{pattern})(?:(?<=[{SIGNS}])|\b)", sign) for sign, pattern in CURRENCIES.items()),
    *((rf"{code}\b", sign) for code, sign in CODES.items()),
)  # fmt: skip
PHYSICAL = words(
    f"GB MB KB TB Hz kHz MHz GHz W mW kW MW J mJ kJ MJ Wh mWh kWh MWh °C {' '.join(SIGNS)}"
)
"""Units that stand for themselves alone: no cell in another unit is meant."""

_AFTER = re.compile(
    "[\\s~-]?(?:" + "|".join(f"(?P<u{i}>{pattern})" for i, (pattern, _) in enumerate(_CASED)) + ")"
)
_SYMBOLS = {f"u{i}": symbol for i, (_, symbol) in enumerate(_CASED)}
_OUTER = frozenset(_AFTER.groupindex.values())
_NAMES = {index: name for name, index in _AFTER.groupindex.items()}
_CLOSING = frozenset((*",;:.)]", ""))
"""What no unit begins with, nor what stands before one."""


def unit_at(sentence: str, end: int) -> tuple[str, int] | None:
    """The unit that follows position ``end``, and where it ends."""
    match = None if sentence[end : end + 1] in _CLOSING else _AFTER.match(sentence, end)
    if match is None:
        return None
    group = match.lastindex or 0  # the outer group closes last
    symbol = _SYMBOLS[_NAMES[group]]
    if "\\" not in symbol:
        return symbol, match.end()
    parts = [match[index] for index in range(group + 1, group + 3) if index not in _OUTER]
    found = symbol.replace("\\1", parts[0])
    if "\\2" in found:
        found = found.replace("\\2", parts[1])
    return _rate(found) if "/" in found else found, match.end()


def _rate(symbol: str) -> str:
    """Lower case, apart from the case that tells bits from bytes."""
    thing, _, per = symbol.partition("/")
    thing = next((unit for words, unit in _TIME.items() if re.fullmatch(words, thing)), thing)
    kept = re.fullmatch(r"(?:[KMGT]i?)?B|[KMGT]i?b|[KMGTP]?FLOPs?", thing)
    return f"{thing if kept else thing.lower()}/{per}"


_NO_NOUNS = words(
    "above below beyond among until since into and or out up down nor but to at on in of "
    "for with by from as than then when where while whereas is are was were be has have had "
    "the a an that this these those which who per under over against versus respectively "
    "only both each between after before during if so it its not more less can could may "
    "will would using via across within without compared relative on average higher lower "
    "faster slower better worse fewer greater larger smaller absolute "
    "vs because through throughout though although whether unless despite towards toward upon "
    "onto along around near except including like plus minus iff otherwise instead rather hence "
    "thus therefore however here there also already still yet whose whom what how why "
    "should might must shall does do did been being we you they he she them their our your his "
    "her my any every some no none either neither due depending"
)
_PASSED = words("such most least very all own")
"""Words that may stand before a noun and are none: "the 5 most salient words"."""

_NOUN = re.compile(r"(\s|-)([A-Za-z]+)\b(?:(?<=[A-Za-z])[–-][A-Za-z]+\b)*")
_PLURAL = re.compile(r"[A-Za-z]{2,}(?<![suiS])s\Z")
_SYMBOL_NOUNS = words("kg g mg km cm mm nm m j kj mj w kw mw v mv a ma hz")
"""Symbols of units that capitals make other words of."""

MOST_WORDS = 4
"""How many words may stand between a number and the plural that it counts."""


def noun_at(sentence: str, end: int, *, one: bool = False) -> str:
    """What the number before ``end`` counts, in lower case, or the empty string.

    The first plural of the words that follow ("14 language models"), else the first word;
    always the first where there is ``one`` of it ("a 13B model beats").
    """
    first = ""
    for _ in range(1 if one else MOST_WORDS):
        match = _NOUN.match(sentence, end)
        word = match[2].lower() if match else ""
        if match is None or word in _NO_NOUNS:
            break
        if word in _SYMBOL_NOUNS and match[2] != word:
            return match[2]  # "one KG" of a graph is no kilogram
        if match[1] == "-" and not first:
            return word
        if is_plural_noun(word):
            return word
        first = first or (word if not word.endswith("ly") and word not in _PASSED else "")
        end = match.end()
    return first


def no_noun(word: str) -> bool:
    """Whether a word in lower case ends what a number may count: "3 of", "926 vs."."""
    return word in _NO_NOUNS


def is_plural_noun(word: str) -> bool:
    """Whether a word in lower case looks like the plural of what is counted."""
    return _PLURAL.match(word.rpartition("-")[2]) is not None


_OCCURS = re.compile(
    r"\b(?:switch|r[ua]n(?:s|ning)?\b|repeat|call|invok|execut|crash|fail|restart|retr(?:y|ied)|visit|occur|appear"
    r"|happen|trigger|cit(?:e|ing)|download|tested|sampl|measur|interrupt|quer(?:y|ied)|mention|abort"
    r"|preempt|migrat|evict|collid|solve|play|vot|click|swapp?|stall|train(?:ed|s)?\b|evaluated)"
    r"[a-z]*\s(?:[A-Za-z-]+\s){0,3}?(?:(?:about|around|roughly|nearly|almost|only|over|exactly|up\sto"
    r"|more\sthan|at\sleast|a\stotal\sof)\s|[~≈]\s?)?\Z",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\stimes\b", re.IGNORECASE)
_PER_TIME = re.compile(r"\s(?:per|a|an|each|every)\s[a-z]+\b(?!\s(?:that|as)\b)")
_AS_MUCH = re.compile(
    r"\s(?:the|that|those|as|more|less|fewer|over|what|of|its|their|our|larger|smaller|higher|lower"
    r"|faster|slower|better|worse|longer|shorter|cheaper|[a-z]+er)\b"
)


def counts_events(sentence: str, start: int, end: int) -> bool:
    """Whether the whole number at ``start:end`` says how often something happened.

    "switches identities 4852 times", "20 times per second"; not "3 times faster".
    """
    match = _TIMES.match(sentence, end)
    if match is None or not sentence[start:end].replace(",", "").lstrip("+").isdecimal():
        return False
    if _PER_TIME.match(sentence, match.end()):
        return True
    if _AS_MUCH.match(sentence, match.end()):
        return False
    return _OCCURS.search(sentence[max(start - 70, 0) : start]) is not None


FORMS = {"%": "percent", "pp": "points", "x": "ratio"}
"""The form of a quantity by its unit; all others are ``plain``."""
