"""Whether "points" are a difference of percentages, or things that are counted."""

from __future__ import annotations

import re

BY = re.compile(
    r"\bby\s(?:(?:up\sto|as\smuch\sas|about|around|over|more\sthan|at\sleast|an?|only|just|roughly"
    r"|nearly|almost|approximately|another|some|average\sof|between)\s|[~≈+>]\s?)*\Z",
    re.IGNORECASE,
)
"""Right before a change."""

TURNS = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:faster|slower|higher|lower|better|worse|more|less|fewer|smaller|larger"
    r"|shorter|longer|cheaper|greater|improve\w*|reduc\w+|increas\w+|decreas\w+|gains?|drops?"
    r"|saving\w*|ahead|above|behind|below|over|speed-?up\w*|boost\w*|decline\w*|loss|overhead\w*)\b",
    re.IGNORECASE,
)
"""Right behind one."""

_BARE_POINTS = re.compile(r"[\s-](?:points?|pts?)|pt")
"""Also what TeX measures in: "12pt"."""

_GAINS = re.compile(
    r"\b(?:gain|lo[sr]|improv|drop|ris|rose|f[ae]ll|increas|decreas|outperform|surpass|exceed|beat"
    r"|lead|lag|within|ahead|up|down|another|difference|gap|margin|jump)\w*\s(?:[\w~≈]+\s){0,3}?\Z",
    re.IGNORECASE,
)


def are_points(sentence: str, before: str, end: int, stop: int) -> bool:
    """Whether "points" measure a difference: "3 points higher", not "100 points" of a cloud."""
    if _BARE_POINTS.fullmatch(sentence, end, stop) is None:
        return True
    near = _GAINS.search(before[-40:]) or BY.search(before[-40:])
    return near is not None or TURNS.match(sentence, stop) is not None
