"""Headers that call what stands under them a change: "Improvement", "Δ Acc", "Speed-up (x)".

=============  =========================================  ==========================================
words          what stands under them                     so
=============  =========================================  ==========================================
differences    the gap between two cells                  nobody tells a gap between two of these
changes        those, and what went up or down            each is borne out by the two cells behind
results        what a table may compute of two cells, or  they are changes where a unit says so, and
               measure: "Overhead (ms)"                   nothing is computed of them to tell one
quotients      one cell over another                      as results
=============  =========================================  ==========================================

The words are those of :func:`writer.claims.tables.terms.terms`: small, in the singular, and without
a hyphen.
"""

from __future__ import annotations

from collections.abc import Iterable

from writer.claims.tables.terms import terms
from writer.latex.words import words

DIFFERENCES = words("change delta diff difference improvement")
CHANGES = DIFFERENCES | words("decrease drop gain increase reduction")
RESULTS = words("benefit compression overhead saving speedup")
QUOTIENTS = words("ratio rel relative")
STATED = CHANGES | RESULTS | QUOTIENTS
"""Whatever may be a change or ratio as it is printed."""

DELTA = "\u03b4"
"""A header of a difference begins so, in small letters: "ΔAcc"."""

_SIGNS = frozenset("\u0394\u2206")
"""The letter and the sign of increment, which are printed alike."""


def has_head(header: Iterable[str], heads: frozenset[str]) -> bool:
    """Whether a header, as its words, has one of ``heads`` or is marked as a difference."""
    return any(word in heads or word[0] == DELTA for word in header)


def says_head(text: str, heads: frozenset[str]) -> bool:
    """The same of a header as it is printed, where any Δ marks a difference."""
    return not _SIGNS.isdisjoint(text) or has_head((term.joined for term in terms(text)), heads)
