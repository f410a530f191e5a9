"""Letters of headers that a caption names: "Precision p, recall r and F1-measure f"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from writer.claims.tables.terms import measures_of
from writer.model.table import PaperTable

SEVERAL = 2
"""So many letters a caption names that says what letters stand for: one may be an index."""

_LETTER = re.compile(r"[B-HJ-Zb-z]")
_NAMED = re.compile(r"([A-Za-z][\w-]{2,})\s\(?([B-HJ-Zb-z])\)?(?=[\s,.;:]|\Z)")


def symbols(tables: Sequence[PaperTable]) -> Mapping[str, str]:
    """What one-letter headers measure, as their tables' captions say; those that two captions
    give other names are left out."""
    found: dict[str, set[str]] = {}
    for table in tables:
        letters = {
            header
            for cell in table.cells
            for header in (*cell.rows, *cell.columns)
            if _LETTER.fullmatch(header)
        }
        named = [
            (match[2], match[1])
            for match in (_NAMED.finditer(table.caption) if letters else ())
            if match[2] in letters and measures_of(match[1])
        ]
        for letter, name in named if len(named) >= SEVERAL else ():
            found.setdefault(letter, set()).add(name)
    return {letter: names.pop() for letter, names in found.items() if len(names) == 1}
