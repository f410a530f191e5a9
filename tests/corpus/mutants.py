"""False claims made of true ones: one change in the source of a labelled paper each.

A mutant is made where the program says that the number stands, and only of digits: a number
that it does not find, or that is a macro or a word, gives none, and is counted as such.
Hedged claims ("over 6x") give none: a changed number may still be true.
"""

from __future__ import annotations

import random
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.labels import LabelledPaper
from tests.corpus.scoring import Outcome, check
from writer.latex.project import Location, load_paper
from writer.latex.tables import read_tables
from writer.model.claim import Verdict
from writer.model.table import PaperTable, TableCell

CHANGED = 0.03
"""The least change, relative to the number, of every kind but ``last-digit``."""

KINDS = ("digit", "value", "x10", "invented", "other-row", "other-column", "direction")
"""Kinds that change the meaning by at least ``CHANGED``; ``last-digit`` is told apart."""

EVERYWHERE = "everywhere"
"""The kind that changes a number in all of the text, told apart: see ``everywhere.py``."""

_NUMBER = re.compile(r"\d+(?:(?:\{,\}|,|\\,)\d{3})*(?!\d)(?:\.\d+)?")
_TURNS = (
    ("raises", "lowers"),
    ("rises", "falls"),
    ("improves", "degrades"),
    ("improvement", "loss"),
    ("reduces", "increases"),
    ("reduction", "increase"),
    ("cuts", "raises"),
    ("falls", "rises"),
    ("grows", "shrinks"),
    ("gains", "loses"),
    ("gain", "loss"),
    ("faster", "slower"),
    ("slower", "faster"),
    ("lower", "higher"),
    ("higher", "lower"),
    ("less", "more"),
    ("more", "less"),
    ("fewer", "more"),
    ("above", "below"),
    ("below", "above"),
    ("smaller", "larger"),
    ("shorter", "longer"),
    ("better", "worse"),
    ("saves", "wastes"),
    ("lowers", "raises"),
    ("outperforms", "trails"),
)
_TURN = dict(_TURNS)
_TURNED = re.compile(rf"\b(?:{'|'.join(_TURN)})\b")
_DERIVED = ("difference", "change", "ratio", "error")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: ``text`` is the new text of ``file``, a path inside the paper's folder.

    Attributes:
        kind: of the change.
        outcome: of the claim before the change.
        before, after: the words that changed.
        value: what the claim now says, in the program's terms.
        rest: other files that change as well, and their texts.
    """

    kind: str
    outcome: Outcome
    file: Path
    text: str
    before: str
    after: str
    value: float
    rest: tuple[tuple[Path, str], ...] = ()


def mutants(paper: LabelledPaper, found: tuple[Outcome, ...], seed: int = 0) -> Iterator[Mutant]:
    """Every mutant of the paper's true claims, the same for the same ``seed``."""
    rng = random.Random(f"{seed}/{paper.name}")  # noqa: S311  # reproducible, no secret
    main = paper.main.resolve()
    tables, _ = read_tables(load_paper(main, main.parent))
    for outcome in found:
        if not may_change(outcome):
            continue
        claim = outcome.found[0].claim
        place = digits_at(
            main.parent, Location(claim.file, claim.line, claim.column), claim.value or 0.0
        )
        if place is not None:
            yield from _of(outcome, place, tables, rng)


def may_change(outcome: Outcome) -> bool:
    """Whether a claim is true of one number, and false of another."""
    if outcome.label.label != "supported" or len(outcome.found) != 1:
        return False
    return outcome.found[0].claim.hedge not in ("over", "under", "about", "almost")


@dataclass(frozen=True, slots=True)
class Place:
    """Where digits stand: ``text[start:end]`` of ``file``; ``scale`` is k, M or a sign."""

    file: Path
    text: str
    start: int
    end: int
    scale: float

    @property
    def digits(self) -> str:
        return re.sub(r"\{,\}|,|\\,", "", self.text[self.start : self.end])

    @property
    def size(self) -> int:
        """How many digits stand behind the point."""
        return len(self.digits.partition(".")[2])


def digits_at(root: Path, at_: Location, value: float) -> Place | None:
    """The digits of the number ``value`` that stands at a place; None where they are not there."""
    file = root / at_.file
    if not value or not file.is_file():
        return None
    text = file.read_text(encoding="utf-8", errors="replace")
    lines = text.splitlines(keepends=True)
    at = sum(map(len, lines[: at_.line - 1])) + at_.column - 1
    match = _NUMBER.search(text, at, at + 24)
    if match is None or re.search(r"[^$+\-\\{}\w]|\\[a-z]*[A-Z]", text[at : match.start()]):
        return None
    place = Place(file, text, match.start(), match.end(), 1.0)
    scale = value / float(place.digits) if float(place.digits) else 0.0
    if not any(abs(abs(scale) - known) < 1e-6 * known for known in (1.0, 1e3, 1e6, 1e9)):
        return None
    return Place(file, text, match.start(), match.end(), scale)


def _of(
    outcome: Outcome, place: Place, tables: tuple[PaperTable, ...], rng: random.Random
) -> Iterator[Mutant]:
    old = float(place.digits)
    size = place.size
    options = {
        "digit": _digit(place.digits, rng),
        "value": printed(old * (1 + rng.choice((-1, 1)) * rng.uniform(0.04, 0.4)), size),
        "x10": printed(old * 10, max(size - 1, 0)),
        "invented": printed(old * rng.choice((rng.uniform(0.3, 0.9), rng.uniform(1.1, 3))), size),
        "other-row": _swap(outcome, tables, rng, same="column"),
        "other-column": _swap(outcome, tables, rng, same="row"),
    }
    for kind, new in options.items():
        if new is not None and abs(float(new) - old) >= CHANGED * old:
            yield _mutant(kind, outcome, place, new)
    last = printed(old + rng.choice((-3, -2, -1, 1, 2, 3)) * 10.0**-size, size)
    if float(last) > 0 and abs(float(last) - old) < CHANGED * old:
        yield _mutant("last-digit", outcome, place, last)
    yield from _turned(outcome, place)


def _mutant(kind: str, outcome: Outcome, place: Place, new: str) -> Mutant:
    text = place.text[: place.start] + new + place.text[place.end :]
    before = place.text[place.start : place.end]
    return Mutant(kind, outcome, place.file, text, before, new, float(new) * place.scale)


def printed(value: float, size: int) -> str:
    """A number with so many digits behind its point, without its sign."""
    return f"{abs(value):.{size}f}"


def _digit(digits: str, rng: random.Random) -> str | None:
    """Another digit in one place, so that the value changes by ``CHANGED`` at least."""
    old = float(digits)
    options = [
        text
        for index, digit in enumerate(digits)
        if digit.isdigit()
        for other in "0123456789"
        if other != digit
        for text in [digits[:index] + other + digits[index + 1 :]]
        if abs(float(text) - old) >= CHANGED * old and float(text) > 0
        if text[0] != "0" or digits[0] == "0"
    ]
    return rng.choice(options) if options else None


def _swap(
    outcome: Outcome, tables: tuple[PaperTable, ...], rng: random.Random, *, same: str
) -> str | None:
    """The value of another row of the same column, or the reverse, for a claim of one cell."""
    item = outcome.found[0]
    if outcome.label.derivation != "direct" or len(item.evidence) != 1:
        return None
    name, row, column = str(item.evidence[0]["id"]).rsplit("/", 2)
    number = int(name.removeprefix("table-"))
    cells = [cell for table in tables if table.number == number for cell in table.cells]
    kept, other = ("column", "row") if same == "column" else ("row", "column")
    at = {"row": int(row), "column": int(column)}
    options = [
        text
        for cell in cells
        if getattr(cell, kept) == at[kept] and getattr(cell, other) != at[other]
        for text in [_digits(cell)]
        if text is not None and float(text) > 0
    ]
    return rng.choice(options) if options else None


def _digits(cell: TableCell) -> str | None:
    match = re.match(r"\d[\d,]*(?:\.\d+)?", cell.text)
    return match[0].replace(",", "") if match else None


def _turned(outcome: Outcome, place: Place) -> Iterator[Mutant]:
    """The word of direction nearest to the number, in its sentence, turned round."""
    if outcome.label.derivation not in _DERIVED:
        return
    left = max(place.text.rfind(mark, 0, place.start) for mark in (". ", ".\n", "\n\n", "; ", "}"))
    right = re.compile(r"\.\s|[;,]|$").search(place.text, place.end)
    stop = right.start() if right else len(place.text)
    words = list(_TURNED.finditer(place.text, max(left, 0), stop))
    if not words:
        return
    near = min(
        words, key=lambda word: min(abs(word.end() - place.start), abs(word.start() - place.end))
    )
    new = _TURN[near[0]]
    text = place.text[: near.start()] + new + place.text[near.end() :]
    value = outcome.found[0].claim.value or 0.0
    yield Mutant("direction", outcome, place.file, text, near[0], new, value)


def verdict(paper: LabelledPaper, mutant: Mutant) -> Verdict | None:
    """The verdict on the changed claim; None where it is no longer found."""
    root = paper.main.resolve().parent
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name).resolve()
        _copy(root, copy, paper)
        for file, text in ((mutant.file, mutant.text), *mutant.rest):
            (copy / file.relative_to(root)).write_text(text, encoding="utf-8")
        result = check(copy / paper.main.name)
    old = mutant.outcome.found[0].claim
    near = [
        item
        for item in result.judgements
        if item.claim.value is not None
        and (item.claim.file, item.claim.line) == (old.file, old.line)
        and abs(item.claim.value - mutant.value) <= 1e-6 * abs(mutant.value)
    ]
    best = min(near, key=lambda item: abs(item.claim.column - old.column), default=None)
    return None if best is None else best.verdict


def _copy(root: Path, copy: Path, paper: LabelledPaper) -> None:
    """The paper's sources; a paper of one file may lie among others."""
    if paper.main.with_suffix(".json").is_file():
        shutil.copy(paper.main, copy)
        return
    wanted = (".tex", ".sty", ".cls", ".bbl", ".txt", ".csv")
    for path in root.rglob("*"):
        if path.suffix in wanted and path.is_file():
            target = copy / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
