"""What the words around a quantity say of it: direction, extreme, partner, bound terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from writer.claims.change_words import changing, course_before
from writer.claims.quantities import Quantity
from writer.claims.sentences import distance
from writer.claims.vocabulary import Mention

_EXTREMES = (
    ("max", r"highest|maximum|peak\w*|largest|longest|greatest|worst|most|up to|at most|maximal"),
    ("min", r"lowest|minimum|smallest|shortest|least|as low as|minimal"),
    ("best", r"best|fastest|optimal"),
)
_EXTREME = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in _EXTREMES
)


def _extreme(sentence: str, quantity: Quantity) -> str:
    """The kind of extreme that a number is."""
    if quantity.hedge == "up to":
        return "max"
    span = (quantity.start, quantity.end)
    return _nearest(sentence, span, _extremes(sentence), hedge="")


def _extremes(sentence: str) -> Iterator[tuple[str, int, int]]:
    """Every word of an extreme, by kind, with its span."""
    for name, pattern in _EXTREME:
        yield from ((name, *match.span()) for match in pattern.finditer(sentence))


_BASE = re.compile(
    r"\b(?:than|over(?!\s[\d~∼≈])|against|versus|vs\.?|compared\s(?:to|with)|relative\sto|from|instead\sof|"
    r"(?:that|those)\s(?:of|at|with|for|on|under|by|in|using))\s+(?:(?!and\b|but\b|to\b)[\w'./%-]+\s+){0,5}$",
    re.IGNORECASE,
)
_TIMES_THE = re.compile(
    r"^\s*(?:(?:the|that|those)\s(?:[\w-]+\s){0,4}?(?:of|at|with|for|on|under|by|in|using)"
    r"|as\s\w+\sas(?:\s(?:that|those))?(?:\s(?:of|at|with|for|on|under|by|in|using))?)"
    r"\s(?:an?\s|the\s)?"
    r"(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
REACH = 2.0
"""Direction and extreme words farther away than this belong to another clause."""

_TIE = 0.25
"""Mentions whose distances differ by less compete: the sentence does not decide."""

_BESIDE = 0.03
"""A mention as near as this stands right beside the number and has no rivals."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One quantity and what is bound to it.

    Attributes:
        measures: mentions of measured quantities, nearest first.
        levels: groups of competing level mentions, one group per kind of level, each
            nearest first; the first of a group is meant, or one as near.
        partners: every level mention of the sentence, nearest first.
        bases: those that follow "than", "over", "against", "from".
        factors: mentions of factors and experiments.
        direction: ``up``, ``down``, ``better``, ``worse`` or the empty string.
        extreme: ``max``, ``min``, ``best`` or the empty string.
        compared: whether the number itself is a difference: "by 44 s", "44 s shorter".
        opening: whether a change starts at the number ("from 77 s to 33 s") and the
            sentence names one level only: that where the change ends.
        stated: whether the number is an end of a change, "from 44% to 60%", not its size.
    """

    quantity: Quantity
    measures: tuple[Mention, ...]
    levels: tuple[tuple[Mention, ...], ...]
    partners: tuple[Mention, ...]
    bases: tuple[Mention, ...]
    factors: tuple[Mention, ...]
    direction: str
    extreme: str
    compared: bool
    opening: bool
    stated: bool


def frame(
    sentence: str,
    quantity: Quantity,
    mentions: Sequence[Mention],
    others: Sequence[Quantity],
    carried: Sequence[Mention] = (),
) -> Frame:
    """What ``sentence`` says around ``quantity``.

    Args:
        sentence: plain text.
        quantity: the number in question.
        mentions: what the sentence names.
        others: every quantity of the sentence, for lists that run in parallel.
        carried: mentions of the sentence before, used where this one has none.
    """
    span = (quantity.start, quantity.end)
    mentions = _of_clause(sentence, quantity, mentions)

    def far(item: Mention) -> float:
        return _far(sentence, quantity, item)

    levels = [item for item in mentions if item.kind == "level" and not _touches(item, span)]
    measures = sorted(
        (
            item
            for item in mentions
            if item.kind == "measure" and not _taken(sentence, item, quantity, others)
        ),
        key=far,
    )
    bases = tuple(item for item in levels if _is_base(sentence, others, item))
    aligned = _against(sentence, quantity, others, sorted(levels, key=far), bases) or _aligned(
        sentence, quantity, levels, others
    )
    return Frame(
        quantity,
        tuple(measures) or tuple(item for item in carried if item.kind == "measure"),
        tuple(_groups(levels, far, aligned))
        or tuple(_groups([item for item in carried if item.kind == "level"], lambda _: 0.0, None)),
        tuple(sorted(levels, key=far)),
        bases,
        tuple(item for item in mentions if item.kind == "factor"),
        _nearest(sentence, span, changing(sentence), hedge=quantity.hedge),
        _extreme(sentence, quantity),
        _compared(sentence, quantity),
        aligned is None and not bases and _opens(sentence, quantity, others),
        _pair(sentence, quantity, others) is not None,
    )


_OF = re.compile(r"\s(?:of|is|was|are|were)\s(?:(?:about|nearly|almost|over|only)\s)?")


def _taken(sentence: str, item: Mention, quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether the measure is said of another number: "7 tasks/s at a P99 latency of 31 s"."""
    if quantity.form != "plain" and quantity.start > item.start:
        return False  # "a P99 latency of 31 s, 4.5 times that of FIFO"
    return any(
        other.start > item.end
        and other.unit != quantity.unit
        and _OF.fullmatch(sentence, item.end, other.start)
        for other in others
    )


def _touches(item: Mention, span: tuple[int, int]) -> bool:
    return item.start < span[1] and span[0] < item.end


_LINK = re.compile(
    r"^\W{0,2}(?:(?:[\w/]+|%)\s){0,2}?(?:(?:at|with|for|on|under|by|in|of|using|when)\s)(?:an?\s|the\s)?$"
)


def _far(sentence: str, quantity: Quantity, item: Mention) -> float:
    """Distance; a level linked by "at", "with", "for" right behind the number is nearest."""
    cost = distance(sentence, (quantity.start, quantity.end), (item.start, item.end))
    linkable = item.kind == "level" and item.start >= quantity.end
    if linkable and _LINK.match(sentence[quantity.end : item.start].lstrip(" ")):
        return cost * 0.1
    return cost


def _of_clause(sentence: str, quantity: Quantity, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Mentions between the semicolons around the number, if these name what is measured."""
    start = sentence.rfind(";", 0, quantity.start) + 1
    end = sentence.find(";", quantity.end)
    inside = [item for item in mentions if start <= item.start and (end < 0 or item.end <= end)]
    kinds = {item.kind for item in inside}
    outside = [item for item in mentions if item not in inside and item.kind not in kinds]
    return sorted([*inside, *outside], key=lambda item: item.start)


def _is_base(sentence: str, quantities: Iterable[Quantity], item: Mention) -> bool:
    """Whether the level is what is compared with: "than FIFO", "3.6 times that of FIFO"."""
    if _BASE.search(sentence[: item.start]):
        return True
    return any(
        quantity.form == "ratio"
        and quantity.end <= item.start
        and _TIMES_THE.match(sentence[quantity.end : item.start])
        for quantity in quantities
    )


_AGAINST = re.compile(
    r"^\s*(?:[\w/%]+\s*)?(?:against|versus|vs\.?|instead\sof|rather\sthan|compared\s(?:to|with))\s*$"
)


def _against(
    sentence: str,
    quantity: Quantity,
    others: Sequence[Quantity],
    levels: Sequence[Mention],
    bases: Sequence[Mention],
) -> Mention | None:
    """In "7.27 against 2.01" the second number is the base's, the first the other level's."""
    here = others.index(quantity)
    after, before = others[here + 1 : here + 2], others[max(here - 1, 0) : here]
    if after and _AGAINST.match(sentence[quantity.end : after[0].start]):
        return next((item for item in levels if item not in bases), None) if bases else None
    if before and _AGAINST.match(sentence[before[0].end : quantity.start]):
        return next(iter(item for item in levels if item in bases), None)
    return None


def _groups(
    levels: Iterable[Mention], far: Callable[[Mention], float], aligned: Mention | None
) -> Iterator[tuple[Mention, ...]]:
    """Competing mentions by the columns that they name."""
    kinds: dict[frozenset[str], list[Mention]] = {}
    for item in levels:
        columns = frozenset(column for _, column, _ in item.targets)
        key = next((other for other in kinds if other & columns), columns)
        kinds.setdefault(key, []).append(item)
    for items in kinds.values():
        if aligned is not None and aligned in items:
            yield (aligned,)
            continue
        ranked = sorted(items, key=far)
        nearest = far(ranked[0])
        tie = 0.0 if nearest < _BESIDE else _TIE
        yield tuple(item for item in ranked if far(item) <= nearest + tie)


_LIST = re.compile(
    r"^\s*(?:[\w/%]+\s*)?(?:,|,?\s*(?:and|or|to|against|versus|vs\.?))\s*(?:(?:an?|the)\s)?$"
)


_LEVEL_LIST = re.compile(
    r"^\s*(?:[\w/%]+\s*)?(?:,|,?\s*(?:and|or|to|against|versus|vs\.?))"
    r"\s*(?:(?:at|with|for|on|under|by|in|using)\s)?(?:(?:an?|the)\s)?$"
)


def _aligned(
    sentence: str, quantity: Quantity, levels: Sequence[Mention], others: Sequence[Quantity]
) -> Mention | None:
    """The level at the quantity's place, where a list of numbers meets one of levels."""
    values = [
        item
        for item in others
        if not any(_touches(level, (item.start, item.end)) for level in levels)
    ]
    run = _run(
        sentence, [(item.start, item.end) for item in values], (quantity.start, quantity.end)
    )
    if run is None or len(run[1]) < 2:
        return None
    index, members = run
    for start in range(len(levels)):
        chain = _chain(sentence, levels, start)
        inside = any(chain[0].start < span[0] < chain[-1].end for span in members)
        if len(chain) == len(members) and not inside:
            return chain[index]
    return None


def _run(
    sentence: str, spans: Sequence[tuple[int, int]], wanted: tuple[int, int]
) -> tuple[int, list[tuple[int, int]]] | None:
    if wanted not in spans:
        return None
    here = spans.index(wanted)
    first = last = here
    while first > 0 and _LIST.match(sentence[spans[first - 1][1] : spans[first][0]]):
        first -= 1
    while last + 1 < len(spans) and _LIST.match(sentence[spans[last][1] : spans[last + 1][0]]):
        last += 1
    return here - first, list(spans[first : last + 1])


def _chain(sentence: str, levels: Sequence[Mention], start: int) -> list[Mention]:
    chain = [levels[start]]
    for item in levels[start + 1 :]:
        if not _LEVEL_LIST.match(sentence[chain[-1].end : item.start]):
            break
        chain.append(item)
    return chain


_FROM = re.compile(r"\bfrom\s(?:about\s|nearly\s|almost\s|over\s)?$", re.IGNORECASE)
_TO = re.compile(r"^[\s\w/%]*\sto\s(?:about\s|nearly\s|almost\s|only\s|over\s)?$|^\sto\s$")


def _opens(sentence: str, quantity: Quantity, others: Sequence[Quantity]) -> bool:
    following = [item for item in others if item.start > quantity.start][:1]
    return (
        _FROM.search(sentence[: quantity.start]) is not None
        and bool(following)
        and _TO.match(sentence[quantity.end : following[0].start]) is not None
    )


def _pair(
    sentence: str, quantity: Quantity, others: Sequence[Quantity]
) -> tuple[Quantity, Quantity] | None:
    """The two ends of "from 77 s to 33 s", if the number is one of them."""
    here = [item for item in others if item.unit == quantity.unit and item.form == quantity.form]
    index = here.index(quantity)
    for one, other in pairwise(here[max(index - 1, 0) : index + 2]):
        between = sentence[one.end : other.start]
        if _FROM.search(sentence[: one.start]) and _END.search(between):
            return one, other
    return None


_END = re.compile(
    r"^(?:(?!\bfrom\b|[.;]).)*\bto\s(?:about\s|nearly\s|almost\s|only\s|over\s|just\s)?$",
    re.IGNORECASE,
)


def misdirected(sentence: str, quantity: Quantity, others: Sequence[Quantity]) -> str:
    """Why "rises from 77 s to 33 s" is wrong whatever the data say, or the empty string."""
    pair = _pair(sentence, quantity, others)
    if pair is None or quantity is not pair[1]:
        return ""
    one, other = pair
    opened = _FROM.search(sentence[: one.start])
    start = one.start if opened is None else opened.start()
    way, end = course_before(sentence, start, REACH_BACK)
    falls, rises = other.value < one.value, other.value > one.value
    near = _FEW.fullmatch(sentence, end, start) is not None
    if near and ((way == "up" and falls) or (way == "down" and rises)):
        went = "down" if falls else "up"
        return f"the sentence's own numbers go {went}, from {one.text} to {other.text}"
    return ""


_FEW = re.compile(r"\s(?:\w+\s){0,3}")
"""Between the verb of a change and its "from"."""

REACH_BACK = 80
"""How far before a number the verb of its change may stand, in characters."""

_BY = re.compile(
    r"\bby\s(?:(?:about|around|roughly|nearly|almost|approximately|over|more than|up to|as much as"
    r"|at least|less than|another|only|just|some|an?|the)\s)*[~∼≈]?$",
    re.IGNORECASE,
)
_COMPARATIVE = re.compile(
    r"^\s(?:lower|less|fewer|shorter|smaller|higher|more|longer|larger|greater|faster|slower)\b",
    re.IGNORECASE,
)


def _compared(sentence: str, quantity: Quantity) -> bool:
    return (
        _BY.search(sentence[: quantity.start]) is not None
        or _COMPARATIVE.match(sentence[quantity.end :]) is not None
    )


def _nearest(
    sentence: str,
    span: tuple[int, int],
    words: Iterable[tuple[str, int, int]],
    *,
    hedge: str,
) -> str:
    """The kind of the nearest word within reach, apart from those of the hedge itself."""
    best, name = REACH, ""
    for kind, start, end in words:
        if hedge and 0 <= span[0] - end <= len(" than "):
            continue
        cost = distance(sentence, span, (start, end))
        if start >= span[1]:
            cost -= 0.05  # "57% lower" rather than "lower ... 57%"
        if cost < best:
            best, name = cost, kind
    return name
