"""Lists of numbers beside lists of words: "precision and recall of 88% and 96%"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from writer.claims.quantities import Quantity
from writer.claims.tables.terms import Term, terms

_LISTED = re.compile(r"\s*(?:,(?!\s*(?:and|or)\b)|/|(,?\s*(?:and|or)\b))\s*(?:the\s|an?\s|~)?")


def aligned(
    text: str, quantity: Quantity, others: Sequence[Quantity], run: Sequence[Quantity]
) -> dict[int, bool]:
    """Where a list of numbers meets one of words, "precision and recall of 88% and 96%":
    by the start of each listed word, whether it is the one at the number's place."""
    if len(run) < 2:
        return {}
    place = run.index(quantity)
    found: dict[int, bool] = {}
    items = [t for t in split(text) if not any(q.start <= t.start < q.end for q in others)]
    chain: list[Term] = []
    closed = False
    for item in (*items, None):
        joint = _LISTED.fullmatch(text, chain[-1].end, item.start) if item and chain else None
        if item is not None and joint is not None and not closed:
            chain.append(item)
            closed = joint[1] is not None  # "CIFAR, ImageNet and CelebA, improving on"
            continue
        if len(chain) == len(run):
            found.update({term.start: number == place for number, term in enumerate(chain)})
        chain, closed = [item] if item is not None else [], False
    return found


_SLASHED = re.compile(r"([A-Za-z]+-)?([\w@.+-]+)((?:/[\w@.+-]+)+)")


def split(text: str) -> list[Term]:
    """The words of ``text``, those joined by slashes apart: "ROUGE-1/2/L" is three words."""
    found: list[Term] = []
    for term in terms(text):
        match = _SLASHED.fullmatch(text, term.start, term.end)
        if match is None:
            found.append(term)
            continue
        at = term.start
        for number, word in enumerate(text[term.start : term.end].split("/")):
            stem = match[1] if number and match[1] and len(word) <= 2 else ""
            found.extend(
                piece._replace(start=at, end=at + len(word)) for piece in terms(stem + word)[:1]
            )
            at += len(word) + 1
    return found


def run_of(text: str, others: Sequence[Quantity], here: int) -> list[Quantity]:
    """The list of numbers that the one at ``here`` stands in: "88% and 96%"."""
    first = last = here
    while first > 0 and _in_one_list(text, others[first - 1], others[first]):
        first -= 1
    while last + 1 < len(others) and _in_one_list(text, others[last], others[last + 1]):
        last += 1
    return list(others[first : last + 1])


def _in_one_list(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are listed beside each other: "88% and 96%", not "204 ns, 23%"."""
    if one.form != other.form or (one.unit and other.unit and one.unit != other.unit):
        return False
    return _LISTED.fullmatch(text, one.end, other.start) is not None


_PLACED = re.compile(
    r"\s(?:on|in|for|at|over|under|with|across)\s[^\d,.;:()]{1,40}?,?\sand\s(?:an?\s|[~\u2248]\s?)?"
)


def first_said(text: str, others: Sequence[Quantity], here: int) -> int:
    """The first of the numbers that are said of places of their own, of which the one at ``here``
    is one: "an average of 81% on the first set and 79% on the second"."""
    while here and _is_same_again(text, others[here - 1], others[here]):
        here -= 1
    return here


def _is_same_again(text: str, one: Quantity, other: Quantity) -> bool:
    if one.form != other.form or one.unit != other.unit or other.hedge == "up to":
        return False
    return _PLACED.fullmatch(text, one.end, other.start) is not None
