"""Numbers that state no result of the paper: of cited work, of an example, of a description.

Only asked where nothing supports or contradicts a number: then it is no missing evidence.
"""

from __future__ import annotations

import re

from writer.claims.quantities import Quantity
from writer.claims.sentences import Sentence
from writer.claims.tables.terms import terms
from writer.model.unit import unit

CITED = "it is told of other work, which the sentence cites"
EXAMPLE = "it is told as an example"
DESCRIBED = "it describes a thing, and is no result"
CAPACITY = "it says what a machine has, or what must not be passed"
LEVEL = "a level of confidence"

_US = re.compile(
    r"\b(?:we|our|ours|us|I|my|this\s(?:work|paper|study|thesis|article|letter)|the\s(?:proposed|present)|proposed)\b",
    re.IGNORECASE,
)
_THEY = re.compile(r"\s*(?:They|Their|He|She|The\sauthors|These\sauthors|The\slatter)\b")
_AT = re.compile(
    r"\b(?:at|to|within|above|than|below)\s(?:the\s|a\s|about\s)?[~\u2248<>\u2265\u2273]?\s?\Z"
)
_CONFIDENT = re.compile(
    r"[\s-](?:confidence|level|limits?|upper|lower|precision|significance|bounds?)\b"
)
_EXAMPLE = re.compile(r"\((?:e\.g\.|for\s(?:example|instance))[^()]*\Z", re.IGNORECASE)
_CAPACITY = re.compile(
    r"[\s-](?:[a-z]+\s|NVIDIA\s)?(?:GPUs?|VRAM|RAM|DRAM|cards?|machines?|(?:memory\s|VRAM\s)?(?:walls?|limits?|budgets?"
    r"|constraints?|caps?|ceilings?))\b"
)
"""Behind a size that a machine has, or that must not be passed: "16 GB GPUs"."""

_HYPHENED = re.compile(r"[-\u2013][A-Za-z]")


def aside(sentence: Sentence, quantity: Quantity, names: frozenset[str]) -> str:
    """Why a number is none that the paper's own evidence could give, or the empty string.

    Args:
        sentence, quantity: what is asked of.
        names: what the paper calls what it proposes, in normal form.
    """
    text = sentence.text
    before = text[: quantity.start]
    sigmas = quantity.unit == "\u03c3" and float(quantity.value).is_integer()
    if sigmas and (_AT.search(before) or _CONFIDENT.match(text, quantity.end)):
        return LEVEL
    size = unit(quantity.unit).dimension == "size" and quantity.form == "plain"
    if size and _CAPACITY.match(text, quantity.end):
        return CAPACITY
    if _EXAMPLE.search(before):
        return EXAMPLE
    if quantity.form == "plain" and _HYPHENED.match(text, quantity.number_end):
        return DESCRIBED
    if sentence.block.section == "introduction" and _is_of_others(sentence, names):
        return CITED
    return ""


def _is_of_others(sentence: Sentence, names: frozenset[str]) -> bool:
    """Whether a sentence tells of other work: it cites, and names nothing of the paper's own."""
    text = sentence.text
    if not (sentence.cites() or _THEY.match(text)) or _US.search(text):
        return False
    return not any(term.joined in names for term in terms(text))
