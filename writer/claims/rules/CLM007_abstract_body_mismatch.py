"""Two places of the paper state the same quantity differently.

What it checks
    Each result of the abstract, introduction and conclusion whose words bind one cell of a
    table, or one pair of cells, that gives another number, and nothing that gives this one;
    or whose words the body repeats with another number. And any two sentences of different
    places, captions among them, that are the same but for one result of the same form and
    unit: all other numbers agree, and neither names anything that the other does not.

Why it matters
    At most one of the two is what was measured. Mostly one place was not brought up to
    date, and a reader cannot tell which.

When it is wrong
    When the two speak of different settings without saying so: then name them. Or when the
    sentence speaks of something that no table holds, in the words of one that does.

Example
    "4.1x faster than the baseline" in a caption, "5.2x faster than the baseline" in the text.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from writer.claims.paper import Checked
from writer.claims.quantities import Quantity, quantities
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._tables import place
from writer.claims.rules._verdicts import hits
from writer.claims.sentences import Sentence, sentences
from writer.claims.tables.measured import is_measured
from writer.claims.tables.rounding import claimed
from writer.claims.tables.terms import is_name, terms
from writer.claims.tables.wording import clipped
from writer.model.finding import Confidence, Severity

NAME = "abstract-body-mismatch"

LEAST_WORDS = 4
"""Words that two sentences must share."""

ALIKE = 0.75
"""Share of the words of both that two sentences must have in common."""

FACTOR = 3.0
"""Two numbers farther apart than this are no versions of one result."""

RAREST = 3
"""Words of a sentence, the rarest, one of which another must have to be compared."""

MOST_SHARING = 50
"""Sentences compared that share such a word."""

MOST_SENTENCES = 20_000
"""Sentences with numbers that are compared at most."""


@dataclass(frozen=True)
class _Stated:
    """A sentence with its numbers."""

    sentence: Sentence
    numbers: tuple[Quantity, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words in normal form, without its numbers and their units."""
        text = list(self.sentence.text)
        for number in self.numbers:
            text[number.start : number.end] = " " * (number.end - number.start)
        return frozenset(term.joined for term in terms("".join(text)))

    @property
    def spot(self) -> tuple[str, bool]:
        """The section, and whether it is a caption."""
        return self.sentence.block.section, self.sentence.block.kind == "caption"


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per number that another place of the paper states differently."""
    told: set[frozenset[str]] = set()
    judged = (item for item in checked.judged if item.judgement.rule == NAME)
    for item, hit in zip(judged, hits(checked, NAME), strict=True):
        said = item.held.said.said.sentence.text if item.held and item.held.said else ""
        both = frozenset((item.sentence.text, said))
        if both not in told:  # where both are checked, each contradicts the other
            told.add(both)
            yield hit
    if not checked.whole or checked.dataset.experiments:
        return
    for one, number, other, second in _pairs(_stated(checked)):
        both = frozenset((one.sentence.text, other.sentence.text))
        if both not in told:
            told.add(both)
            yield _hit(checked, one, number, other, second)


def _hit(
    checked: Checked, one: _Stated, number: Quantity, other: _Stated, second: Quantity
) -> PaperHit:
    offset = one.sentence.block.offsets[one.sentence.start + number.start]
    at = checked.paper.place(offset)
    there = checked.paper.place(other.sentence.block.offsets[other.sentence.start + second.start])
    return PaperHit(
        where=place(checked, offset),
        message=f'"{number.text}": {there.file}:{there.line} says {second.text} in the same '
        f"words: {clipped(other.sentence.text)}",
        part=f"{at.file}-{at.line}-{at.column}",
        evidence={
            "claim": number.text,
            "sentence": one.sentence.text,
            "other": second.text,
            "file": there.file,
            "row": there.line,
            "column": str(there.column),
        },
        settle="Correct the one that is out of date, or say what tells the two apart.",
    )


def _stated(checked: Checked) -> list[_Stated]:
    found = []
    for block in checked.blocks_all:
        if block.kind in ("heading", "limitation"):
            continue
        for sentence in sentences(block):
            numbers = tuple(quantities(sentence.text))
            if any(is_measured(number) for number in numbers):
                found.append(_Stated(sentence, numbers))
    return found[:MOST_SENTENCES]


Pair = tuple[_Stated, Quantity, _Stated, Quantity]


def _pairs(stated: Sequence[_Stated]) -> Iterator[Pair]:
    """Sentences of different places that differ in one number only."""
    rare: dict[tuple[int, str], list[_Stated]] = defaultdict(list)
    for item in stated:
        if len(item.words) < LEAST_WORDS:
            continue
        seen: set[int] = set()
        count = len(item.numbers)
        known = [word for word in item.words if (count, word) in rare]
        known.sort(key=lambda word: (len(rare[count, word]), word))
        for word in known[:RAREST]:
            for other in rare[count, word][-MOST_SHARING:]:
                if id(other) not in seen and other.spot != item.spot:
                    seen.add(id(other))
                    yield from _compared(other, item)
        for word in item.words:
            rare[count, word].append(item)


def _compared(one: _Stated, other: _Stated) -> Iterator[Pair]:
    common = one.words & other.words
    everything = one.words | other.words
    if len(common) < LEAST_WORDS or len(common) < ALIKE * len(everything):
        return
    if _names(one, one.words - common) or _names(other, other.words - common):
        return
    apart = [
        (first, second)
        for first, second in zip(one.numbers, other.numbers, strict=True)
        if not claimed(first).meets(claimed(second))
    ]
    if len(apart) == 1 and _versions(*apart[0]):
        yield one, apart[0][0], other, apart[0][1]


def _names(item: _Stated, words: frozenset[str]) -> bool:
    """Whether any of the words, which only this sentence has, is a name or a level."""
    text = item.sentence.text
    return any(term.joined in words and is_name(text, term) for term in terms(text))


def _versions(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may be one result, told twice."""
    if (one.form, one.unit, one.hedge) != (other.form, other.unit, other.hedge):
        return False
    if not is_measured(one) or not is_measured(other) or one.value * other.value <= 0:
        return False
    return 1 / FACTOR < one.value / other.value < FACTOR


RULE = paper_rule(
    code="CLM007",
    name=NAME,
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "a caption and the text",
            r"\section{Evaluation}The cache makes lookups 5.2$\times$ faster than the plain list."
            r"\begin{figure}\caption{The cache makes lookups 4.1$\times$ faster than the plain "
            r"list.}\end{figure}",
            1,
            data=False,
        ),
        PaperExample(
            "the same number in both",
            r"\section{Evaluation}The cache makes lookups 4.1$\times$ faster than the plain list."
            r"\begin{figure}\caption{The cache makes lookups 4.1$\times$ faster than the plain "
            r"list.}\end{figure}",
            0,
            data=False,
        ),
        PaperExample(
            "two data sets",
            r"\section{Evaluation}On Wiki the cache makes lookups 5.2$\times$ faster than lists."
            r"\begin{figure}\caption{On News the cache makes lookups 4.1$\times$ faster than "
            r"lists.}\end{figure}",
            0,
            data=False,
        ),
    ),
)
