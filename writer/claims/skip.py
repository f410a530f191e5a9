"""Numbers that state no result: references, years, dates, versions, names."""

from __future__ import annotations

import re

from writer.claims.quantities import REACH, Quantity
from writer.claims.sentences import Sentence

_REFERENCE = re.compile(
    r"\b(?:tables?|tab\.|figures?|figs?\.?|sections?|sec\.|equations?|eqs?\.?|algorithms?|appendix|"
    r"chapters?|theorems?|lemmas?|lines?|pages?|steps?|version|v)\s*[(~]?$",
    re.IGNORECASE,
)
_RANGE_REFERENCE = re.compile(
    r"\b(?:tables|figures|sections)\s[\d., \u2013-]*(?:and\s)?$", re.IGNORECASE
)
_NAME = re.compile(r"(?:^|\s)(?:[A-Z][\w+-]*|v)[\s-]$")
_LEVEL = re.compile(
    r"^[\s-](?:(?:bootstrap\s)?(?:confidence|credible)\b|(?:bootstrap\s)?(?:intervals?|levels?|CIs?)\b)"
)
_OF_THINGS = re.compile(r"\s(?!I\b)[A-Z]\w")
"""What makes no ratio of "10x": "10x Genomics", "4x NVIDIA A100"."""

_YEAR = re.compile(r"19\d\d|20\d\d|2100")
_NUMBERED = re.compile(r"(?:\bnos?\.\s?|#)$", re.IGNORECASE)
_HYPHENED = re.compile(r"[A-Za-z]-$")
_RESULT = re.compile(r"0?\.\d{2,}")
"""No version of anything: "of DLinear 0.246"."""

_NO_NAMES = re.compile(r"\b(?:The|A|An|In|At|On|For|With|Of|To|By)\s$")
_MONTHS = r"jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
_DATE = re.compile(rf"\b(?:{_MONTHS}|in|since|until|by|of|©)\s$", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\W*(?:(?:for\s(?:example|instance)|as\san\s(?:example|illustration)|to\sillustrate|now|here)\W+"
    r"(?:given|if)|(?:[\w,]+\s){0,3}?(?:suppose|imagine)|consider)\s",
    re.IGNORECASE,
)
"""How a sentence begins that makes up what it speaks of: "Suppose that two tables ..."."""

_MARKERS = frozenset((".", ")", "]"))


def skip_reason(sentence: Sentence, quantity: Quantity) -> str:
    """Why a number is none that data could support, or the empty string."""
    before = sentence.text[max(quantity.start - REACH, 0) : quantity.start]
    after = sentence.text[quantity.end : quantity.end + REACH]
    if _REFERENCE.search(before) or _RANGE_REFERENCE.search(before) or _NUMBERED.search(before):
        return "a reference"
    if quantity.form == "ratio" and quantity.text[:-1].isdecimal() and _OF_THINGS.match(after):
        return "part of a name, or a number of things"
    if quantity.form == "percent" and _LEVEL.match(after):
        return "a level of confidence"
    if quantity.form == "plain" and quantity.end == quantity.number_end and not quantity.shared:
        if _SUPPOSED.match(sentence.text, 0, quantity.start) and "." not in quantity.text:
            return "a thing of an example"
        return _skipped_bare(before, after, quantity)
    return ""


def _skipped_bare(before: str, after: str, quantity: Quantity) -> str:
    """The same for a number without a unit."""
    if _YEAR.fullmatch(quantity.text):
        return "a year"
    if _DATE.search(before) and re.match(r"\s*,?\s*(?:19|20)\d\d", after):
        return "a date"
    named = _is_named(before) and not _RESULT.fullmatch(quantity.text)
    opens = len(before.split()) == 1 and quantity.unit.endswith("s")  # "Evaluating 8 models"
    if _HYPHENED.search(before) or (named and not opens):
        return "part of a name or a version"
    if quantity.text[:1] in "+-\u2212" or "." in quantity.text:
        return ""  # "(+0.061)"
    if before[-1:] in ("(", "[") and after[:1] in _MARKERS:
        return "a mark of an enumeration or an equation"
    return ""


def _is_named(before: str) -> bool:
    """Whether a name stands right before the number: "Ray 2", "GPT-4"."""
    if not _NAME.search(before) or before.endswith((". ", "? ")) or not before.strip():
        return False
    first = before.rstrip().rsplit(" ", 1)[0:1] == [""]
    return not first and not _NO_NAMES.search(before)
