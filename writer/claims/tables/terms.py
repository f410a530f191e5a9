"""Words of headers and of sentences in one normal form, so that they can meet.

"LoadAware", "load-aware" and "Load aware" are one term; "Acc." meets "accuracy",
"mAP" meets the phrase that the paper defined it by, and "runtime" meets "faster"
through the concept that both are about.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from writer.claims.tables.metrics import kinds_of, singular
from writer.latex.words import words
from writer.model.rates import ABBREVIATED

_WORD = re.compile(
    r"\d{1,3}(?:[,\u202f]\d{3})+(?!\w|[.,]\d)|[^\W_]+(?:[-_/.+'\u2019@][^\W_]+)*\+*", re.UNICODE
)
_AT = re.compile(r"([^\W\d_])[^\W\d_]*@(\d+)")
_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+(?:\.\d+)?|[^\W\d_]+")

STOP = words(
    "a an the of in on at to for by with from and or as is are was were be been has have had it "
    "its this that these those than then we our us their they which who when where while per "
    "via vs no not all both each more most less least up down over under between into out can "
    "could may will would also only other same such using use used based results result table "
    "show shows"
)
"""Words that bind nothing."""


class Term(NamedTuple):
    """One word of a header or sentence.

    Attributes:
        joined: the whole word, lower case, without marks: ``loadaware``.
        parts: its pieces in lower case and singular: ``("load", "aware")``.
        start, end: span in the text.
    """

    joined: str
    parts: tuple[str, ...]
    start: int
    end: int


@lru_cache(maxsize=65536)
def _pieces(word: str) -> tuple[str, tuple[str, ...]]:
    if word.isascii() and word.isalpha() and (word.islower() or word.istitle()):
        plain = singular(ABBREVIATED.get(word.lower(), word.lower()))  # one part, as most words
        return plain, (plain,)
    if word[-2:] in ("'s", "\u2019s"):  # "Weir's"
        word = word[:-2]
    pieces = (part.lower() for part in _PART.findall(word))
    parts = tuple(singular(ABBREVIATED.get(part, part)) for part in pieces)
    cut = _AT.fullmatch(word)
    if cut:  # "Hits@1", "H@1"
        return f"{cut[1].lower()}@{cut[2]}", ()
    return singular("".join(character for character in word.lower() if character.isalnum())), parts


def with_parts(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts and the pieces of each, in normal form."""
    found = (term for text in texts for term in terms(text))
    return frozenset(part for term in found for part in (term.joined, *term.parts))


@lru_cache(maxsize=8192)
def terms(text: str) -> tuple[Term, ...]:
    """The words of ``text`` in order, stop words left out."""
    found = []
    for match in _WORD.finditer(text):
        joined, parts = _pieces(match[0])
        if joined and joined not in STOP:
            found.append(Term(joined, parts, match.start(), match.end()))
    return tuple(found)


def is_name(text: str, term: Term) -> bool:
    """Whether a word of ``text`` is written as a name or a level: "Wiki", "mT5", "512"."""
    word = text[term.start : term.end]
    inner = any(letter.isdigit() or letter.isupper() for letter in word[1:])
    return inner or word[:1].isdigit() or (term.start > 0 and word[:1].isupper())


_DEFINED = re.compile(r"\(([A-Za-z][A-Za-z0-9-]{1,9}?)s?\)")
_WORDS = re.compile(r"[^\W_]+")

FAR = 120
"""How many characters before its abbreviation a phrase may begin."""


def abbreviations(text: str) -> Mapping[str, tuple[str, ...]]:
    """Abbreviations that ``text`` defines, "mean average precision (mAP)", by their letters."""
    found: dict[str, tuple[str, ...]] = {}
    for match in _DEFINED.finditer(text):
        short = match[1].lower()
        letters = [letter for letter in short if letter.isalnum()]
        before = text[max(match.start() - FAR, 0) : match.start()]
        tail = _WORDS.findall(before)[-len(letters) :]
        initials = "".join(word[0].lower() for word in tail)
        if len(letters) > 1 and initials == "".join(letters):
            found.setdefault(singular(short), tuple(singular(word.lower()) for word in tail))
    return found


def spelled_out(
    text: str, headers: Iterable[str], known: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    """What the capitals of headers stand for that ``text`` defines nowhere.

    "TTR" stands for the words that begin so wherever they stand side by side, "type-token
    ratio"; "LS", of two letters only, for one compound word, "language-specific".
    """
    short = {word for header in headers for word in _CAPITALS.findall(header)}
    short = {word for word in short if word.lower() not in known}
    if not short:
        return {}
    pairs = _compounds(text) if any(len(word) == 2 for word in short) else {}
    spoken = _WORDS.findall(text) if any(len(word) > 2 for word in short) else []
    initials = "".join([word[0] for word in spoken]).lower()
    found = {}
    for word in sorted(short):
        letters = word.lower()
        if len(word) == 2:
            if letters in pairs:
                found[letters] = pairs[letters]
            continue
        phrase = _phrase(letters, initials, spoken)
        if phrase:
            found[singular(letters)] = phrase
    return found


def _compounds(text: str) -> Mapping[str, tuple[str, ...]]:
    """The compounds of two words that a text has, by their letters."""
    return {
        "".join(piece[0] for piece in pieces): pieces
        for word, count in Counter(_COMPOUND.findall(text)).items()
        if len(pieces := _pieces(word)[1]) == 2 and ("-" not in word or count > TWICE)
    }


def _phrase(letters: str, initials: str, spoken: Sequence[str]) -> tuple[str, ...]:
    """The words side by side that begin with ``letters``, those that do so most often."""
    count: Counter[tuple[str, ...]] = Counter()
    at = initials.find(letters)
    while at >= 0:
        phrase = tuple(spoken[at : at + len(letters)])
        if not any(word.lower() in STOP or len(word) < PREFIX for word in phrase):
            capital = all(word[0].isupper() for word in phrase)
            count[tuple(singular(word.lower()) for word in phrase)] += TWICE if capital else 1
        at = initials.find(letters, at + 1)
    best = count.most_common(1)
    return best[0][0] if best and best[0][1] >= TWICE else ()


_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{2,5}(?![\w-])")
_COMPOUND = re.compile(
    r"(?<![\w-])(?:[A-Za-z]{3,}-[a-z]{3,}|[A-Z][a-z]{2,}[A-Z][a-z]{2,})(?![\w-])"
)

TWICE = 2
"""So often words must stand side by side to be a name, unless they are capitalised."""

PREFIX = 3
"""Letters that a word cut short has at least: "Acc."."""

PIECE = 0.7
"""What a piece of a compound weighs alone: "MiniSat" is not "SAT"."""

SHORT = 0.9
"""What a word weighs that only an abbreviation stands for."""


LETTERS = 0.4
"""What a compound's one piece that is met weighs for the whole."""

LONGER = 0.8
"""What a longer word weighs for one that is cut short: "accuracy" for "Acc."."""

KIND = 0.6
"""What a word weighs for another of the same kind of quantity: "faster" for "runtime"."""

CLEAR = 0.7
"""A word that is met by so much is not looked for in longer ones."""


class Context:
    """The words around a claim, each with how much it binds.

    Attributes:
        weights: by word: 1 for a word of the claim's own clause, less farther away.
    """

    def __init__(self, short: Mapping[str, tuple[str, ...]]) -> None:
        self.weights: dict[str, float] = {}
        self._short = short
        self._begun: dict[str, list[str]] | None = None

    def begun(self, letters: str) -> Sequence[str]:
        """The words that begin with ``letters``, of :data:`PREFIX`."""
        if self._begun is None:
            self._begun = {}
            for word in self.weights:
                self._begun.setdefault(word[:PREFIX], []).append(word)
        return self._begun.get(letters, ())

    def copy(self) -> Context:
        """Another one with the same words."""
        made = Context(self._short)
        made.weights = self.weights.copy()
        return made

    def joined(self, other: Context | None) -> Context:
        """Another one with the words of both."""
        made = self.copy()
        for word, weight in other.weights.items() if other is not None else ():
            made.weights[word] = max(weight, made.weights.get(word, 0.0))
        return made

    def add(self, items: Iterable[Term], weight: float) -> None:
        """Take the words of ``items`` with ``weight``, if they had less."""
        self._begun = None
        for item in items:
            self._put(_forms(item.joined, item.parts), weight)
            for word in self._short.get(item.joined, ()):
                self._put(_forms(word, ()), SHORT * weight)

    def _put(self, forms: Iterable[tuple[str, float]], weight: float) -> None:
        weights = self.weights
        for word, share in forms:
            value = share * weight
            if weights.get(word, 0.0) < value:
                weights[word] = value


@lru_cache(maxsize=65536)
def _forms(joined: str, parts: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """The words as which a word of a text counts, and the kinds that they may speak of, each
    with its share of the word's weight."""
    words = [(joined, 1.0)]
    share = 1.0 if len(parts) == 1 else PIECE
    words += [
        (part, share)
        for part in parts
        # "P2" is no "P"
        if len(parts) == 1 or len(part) > 1 or part != parts[0] or part.isdigit()
    ]
    shares: dict[str, float] = {}
    for word, share in words:
        for form in (word, *kinds_of(word)) if word and word not in STOP else ():
            shares[form] = max(share, shares.get(form, 0.0))
    return tuple(shares.items())


@dataclass(frozen=True, slots=True)
class Unit:
    """One word of a header, in every form that may meet a sentence's.

    Attributes:
        joined, parts: as in :class:`Term`.
        expanded: the words that the paper defined it by.
        prefix: whether it is cut short and meets longer words: "Acc.".
        idf: how rare it is among the paper's headers, 0 to 1.
    """

    joined: str
    parts: tuple[str, ...]
    expanded: tuple[str, ...]
    prefix: bool
    idf: float

    @property
    def concepts(self) -> frozenset[str]:
        """What the word may mean."""
        return kinds_of(self.joined)

    @property
    def triggers(self) -> frozenset[str]:
        """Words of a context without which this one is not met, but for a prefix."""
        return frozenset((self.joined, *self.parts, *self.expanded)) | self.concepts

    def met(self, context: Context) -> float:
        """How strongly the context names this word, 0 to 1."""
        weights = context.weights
        best = weights.get(self.joined, 0.0)
        if len(self.parts) == 1:
            best = max(best, weights.get(self.parts[0], 0.0))
        elif self.parts:
            each = [weights.get(part, 0.0) for part in self.parts]
            best = max(best, min(min(each) / PIECE, 1.0))
            if max(each) * LETTERS > best:
                letters = (part for part in self.parts if not part.isdigit())
                said = max((weights.get(part, 0.0) for part in letters), default=0.0)
                best = max(best, LETTERS * said)
        if self.expanded:
            least = min(weights.get(part, 0.0) for part in self.expanded)
            short = len(self.expanded) < PREFIX
            best = max(best, SHORT * least if short else min(least / PIECE, 1.0))
        if best < CLEAR and self.prefix:
            for word in context.begun(self.joined[:PREFIX]):
                if len(word) > len(self.joined) + 1 and word.startswith(self.joined):
                    best = max(best, LONGER * weights[word])
        if best < KIND:
            for concept in self.concepts:
                best = max(best, KIND * weights.get(concept, 0.0))
        return best


Header = tuple[Unit, ...]


def measures(header: Header) -> frozenset[str]:
    """The kinds of quantity that a header names: precision is no recall."""
    return frozenset(name for unit in header for name in unit.concepts)


def measures_of(text: str) -> frozenset[str]:
    """The same for a header that is text."""
    found = (kinds_of(term.joined) for term in terms(text))
    return frozenset(name for names in found for name in names)


class Lexicon:
    """How rare each word is among the headers of a paper."""

    def __init__(
        self,
        headers: Sequence[Sequence[str]],
        short: Mapping[str, tuple[str, ...]],
        symbols: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.short = short
        self._symbols = symbols
        count: Counter[str] = Counter()
        for path in headers:
            count.update({term.joined for text in path for term in terms(text)})
        self._count = count
        self._total = max(len(headers), 1)

    def idf(self, word: str) -> float:
        """0 for a word of every header, near 1 for one of a single header."""
        scale = math.log(self._total + 1.5)
        return max(0.05, math.log((self._total + 1.5) / (self._count.get(word, 0) + 0.5)) / scale)

    def header(self, path: Sequence[str]) -> Header:
        """The words of a header path."""
        found: dict[str, Unit] = {}
        for text in (self._symbols.get(each, each) for each in path):
            for term in terms(text):
                cut = text[term.end : term.end + 1] == "." or len(term.joined) in (3, 4, 5)
                prefix = cut and len(term.joined) >= PREFIX and term.joined.isalpha()
                found.setdefault(
                    term.joined,
                    Unit(
                        term.joined,
                        term.parts,
                        self.short.get(term.joined, ()),
                        prefix,
                        self.idf(term.joined),
                    ),
                )
        return tuple(found.values())
