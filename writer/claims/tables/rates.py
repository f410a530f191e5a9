"""Of what a share, a rate or a multiple is told: "a 40% false-alarm rate", "1.7x more bits"."""

from __future__ import annotations

import re

from writer.claims.quantities import Quantity
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.terms import Context, terms

_RATE = re.compile(
    r"(?:,?\s(?:and|or|to|versus|vs\.?)\s[\d.]+\s?%)?\s((?:[\w-]+\s){0,2}?[\w-]+[\s-])rates?\b",
    re.IGNORECASE,
)


_WHOLE_OF = re.compile(
    r"\sof\s(?:all\s(?:the\s)?|the\s|its\s|our\s|their\s)((?:[\w'-]+\s){0,3}?[\w-]+)(?=[\s.,;:)]|$)"
    r"(?!\s(?!(?:and|or|in|on|at|for|with|from|to|by|that|which|is|are|was|were|can|of|the|a|an)\b)\w)",
    re.IGNORECASE,
)


_MORE = re.compile(
    r"\s(?:more|fewer|less|higher|lower|greater|smaller|larger)\s(?!{0})([\w-]+(?:\s(?!{0})[\w-]+)?)"
    r"(?=[\s.,;:)]|$)".replace(
        "{0}",
        r"(?:than|on|in|at|for|and|or|to|with|from|of|by|when|while|but|compared|over|under|across)\b",
    ),
    re.IGNORECASE,
)


def rate(text: str, quantity: Quantity, evidence: Evidence) -> Context | None:
    """The words of the rate that is told right behind a share, of what it is a share, or of what
    there is so many times more."""
    match = None
    if quantity.form == "percent":
        match = _RATE.match(text, quantity.end) or _WHOLE_OF.match(text, quantity.end)
    if match is None and quantity.form in ("percent", "ratio"):
        match = _MORE.match(text, quantity.end)
    if match is None:
        return None
    found = Context(evidence.short)
    found.add(terms(match[1]), 1.0)
    return found
