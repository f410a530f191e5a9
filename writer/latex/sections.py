"""What a section is called, whatever its heading says."""

from __future__ import annotations

import re

_CONCLUSION = re.compile(
    r"(?:summary and |discussions? and |discussion & )?(?:conclusions?|concluding remarks)"
    r"(?: (?:and|&) .*)?\Z"
    r"|(?:discussions? (?:and|&) )?summary(?: (?:and|&) .*)?\Z"
)
_NUMBERING = re.compile(r"(?:[0-9]+(?:\.[0-9]+)*[.:]?|[ivxlc]+[.:])\s+")


def section_name(heading: str) -> str:
    """The name of the section with this heading."""
    name = heading.strip().lower()
    numbering = _NUMBERING.match(name)
    name = name[numbering.end() if numbering else 0 :].rstrip(" .:")
    if name in {"introduction", "introduction and motivation"}:
        return "introduction"
    return "conclusion" if _CONCLUSION.match(name) else name
