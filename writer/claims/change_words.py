"""The words that say which way a quantity went, once for all who read them.

========  ===================================  ==================================================
way       courses: a quantity goes that way    further words: one quantity beside another
========  ===================================  ==================================================
up        "rises from 7 to 9"                  "9% more", "exceeds it by 2", "an overhead of 9%"
down      "drops from 9 to 7"                  "7% fewer", "saves 7%", "below it by 2"
better    "improves from 7 to 9"               "faster by 7%", "outperforms it", "a speed-up of 2"
worse     "degrades from 9 to 7"               "slower by 7%", "trails it", "a penalty of 7%"
========  ===================================  ==================================================

Only a course can be denied by its own two ends: "outperforms the tuned A, from 9 to 7" may be true.
So courses leave out what is a name as often: "risk", "dropout", "cutoff", "the lower bound".
"""

from __future__ import annotations

import re
from functools import lru_cache

_COURSES = {
    "down": r"lower(?:s|ed|ing)|(?<=\bto\s)lower|(?<=\bwe\s)lower|reduc(?:e[sd]?|ing|tions?)"
    r"|decreas\w+|drop(?:s|ped|ping)?|fall(?:s|en|ing)?|fell|cut(?:s|ting)?|declin\w+"
    r"|shr[aiu]nk(?:s|en|ing)?|(?:goes|went|gone)\sdown",
    "up": r"increas\w+|ris(?:es?|en|ing)|rose|gr[eo]w(?:s|n|ing)?|rais(?:es?|ed|ing)"
    r"|climb(?:s|ed|ing)?|boost(?:s|ed|ing)?|(?:goes|went|gone)\sup",
    "better": r"improv\w+",
    "worse": r"degrad\w+|worsen\w*|deteriorat\w+",
}
_FURTHER = {
    "down": r"lower|less|fewer|shorter|shorten\w*|smaller|below|los(?:es?|s|ing|t)|cheaper"
    r"|sav(?:es?|ed|ings?)|minimi[sz]\w+|compress\w+|down(?=\sby\b|\s[~\u223c\u2248]?\d)",
    "up": r"higher|more|longer|larger|greater|growth|gains?|above|exceed\w*|overheads?"
    r"|up(?=\sby\b|\s[~\u223c\u2248]?\d)",
    "better": r"better|faster|quicker|outperform\w*|surpass\w*|beat\w*|speed-?ups?|speeds?"
    r"|accelerat\w+|advantage|superior|uplift",
    "worse": r"worse|slower|slow(?:s|ed|ing)?(?:[\s-]?downs?)?|regress\w*|inferior|penalt\w+"
    r"|trail(?:s|ed|ing)?|lag(?:s|ged)?|underperform\w*|behind|loss(?:es)?\sof",
}


def _each(words: dict[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (way, re.compile(rf"\b(?:{any_of})\b", re.IGNORECASE)) for way, any_of in words.items()
    )


_COURSE = _each(_COURSES)
_ANY = _each({way: f"{course}|{_FURTHER[way]}" for way, course in _COURSES.items()})


@lru_cache(maxsize=256)
def changing(text: str) -> tuple[tuple[str, int, int], ...]:
    """Every word of change with its way, start and end."""
    return tuple((way, *match.span()) for way, pattern in _ANY for match in pattern.finditer(text))


def course_before(text: str, end: int, reach: int) -> tuple[str, int]:
    """The way of the last course that ends before ``end``, at most ``reach`` characters before, and
    where it ends; the empty string and ``end`` where there is none.

    >>> course_before("It reduces the risk from 3% to 2%.", 24, 80)
    ('down', 10)
    """
    found = [
        (match.start(), way, match.end())
        for way, pattern in _COURSE
        for match in pattern.finditer(text, max(end - reach, 0), end)
    ]
    return max(found)[1:] if found else ("", end)
