"""True claims on random data packages, in several sentence patterns.

A claim is a small record: which quantity, which levels, which direction and which
printed digits. Rendering gives the sentence; :func:`holds` says whether it is true
of the data, by plain arithmetic on the cells, without any code of the checker.
"""

# one pattern per line reads best

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.claims.made_tables import METRICS, Metric, Table


@dataclass(frozen=True, slots=True)
class Said:
    """A claim: what a sentence says, and in which pattern.

    Attributes:
        form: a key of :data:`PATTERNS`.
        rising: whether the sentence says more, higher, increase.
        printed: the numbers, as printed.
        pattern, phrases: which of the wordings.
        other: a second metric of the same row.
        hedge: the word before the number.
        scale: cells are divided by this before printing: 1000 for ms told in s.
    """

    form: str
    table: Table
    metric: Metric
    group: str
    new: str
    base: str
    rising: bool
    printed: tuple[str, ...]
    pattern: int
    phrases: int
    other: Metric | None = None
    hedge: str = ""
    scale: int = 1


Span = tuple[Fraction, Fraction]


def printed_span(text: str) -> Span:
    """What rounds to the digits."""
    places = len(text.partition(".")[2])
    half = Fraction(1, 2 * 10**places)
    return Fraction(text) - half, Fraction(text) + half


def _cell(said: Said, level: str, metric: Metric | None = None) -> Span:
    low, high = printed_span(said.table.cells[said.group, level, (metric or said.metric).name])
    return low / said.scale, high / said.scale


def _hedged(text: str, hedge: str) -> Span:
    """What the digits and the hedge allow: "about" a unit of the last digit, a tenth at most."""
    low, high = printed_span(text)
    step = high - low
    while "." not in text and step * 10 < Fraction(text) and not Fraction(text) % (step * 10):
        step *= 10
    step = min(step, Fraction(text) / 10)
    if hedge == "over":
        return Fraction(text), Fraction(10**12)
    if hedge in ("about", "nearly"):
        return low - step, high + (step if hedge == "about" else 0)
    return low, high


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _over(one: Span, other: Span) -> Span:
    return one[0] / other[1], one[1] / other[0]


def derived_span(said: Said) -> Span:
    """The value that the claim's number stands for, as the cells' digits allow."""
    new, base = _cell(said, said.new), _cell(said, said.base)
    if said.form in ("ratio", "hedged ratio"):
        return _over(new, base) if said.rising else _over(base, new)
    if said.form == "percent":
        low, high = _over(new, base)
        change = ((low - 1) * 100, (high - 1) * 100)
        return change if said.rising else (-change[1], -change[0])
    if said.form == "difference":
        one, other = (new, base) if said.rising else (base, new)
        return one[0] - other[1], one[1] - other[0]
    return new


def holds(said: Said) -> bool:
    """Whether the claim is true of its table, within what all printed digits allow."""
    spans = [_hedged(text, said.hedge) for text in said.printed]
    if said.form in ("list", "fromto"):
        there = [_cell(said, said.base), _cell(said, said.new)]
        if not all(_meet(one, other) for one, other in zip(spans, there, strict=True)):
            return False
        return said.form == "list" or _goes(said)
    if said.form == "compare":
        return _goes(said)
    if said.form == "two":
        there = [_cell(said, said.new), _cell(said, said.new, said.other)]
        return all(_meet(one, other) for one, other in zip(spans, there, strict=True))
    if spans and not _meet(spans[0], derived_span(said)):
        return False
    if said.form in ("extreme", "best"):
        cells = [_cell(said, level) for level in said.table.levels]
        here = _cell(said, said.new)
        if said.rising:
            return all(here[1] >= cell[1] for cell in cells)
        return all(here[0] <= cell[0] for cell in cells)
    return True


def _goes(said: Said) -> bool:
    new, base = _cell(said, said.new), _cell(said, said.base)
    return new[0] > base[1] if said.rising else new[1] < base[0]


PATTERNS: Mapping[str, tuple[str, ...]] = {
    "direct": (
        "The {q}{g} is {v0} {u} {at_new}.",
        "{At_new}, the {q}{g} is {v0} {u}.",
        "We measured a {q}{g} of {v0} {u} {at_new}.",
        "{At_new}{g}, the system has a {q} of {v0} {u}.",
        "The {q}{g} was {v0} {u} {at_new}, as the table shows.",
        "{N_new} gives a {q}{g} of {v0} {u}.",
        "The {q}{g} ({at_new}) is {v0} {u}.",
        "The system has a {q}{g} of {v0} {u} when run {at_new}.",
        "Only {at_new} do we see a {q}{g} of {v0} {u}.",
    ),
    "hedged": (
        "The {q}{g} is {h} {v0} {u} {at_new}.",
        "{At_new}, we see a {q}{g} of {h} {v0} {u}.",
    ),
    "hedged ratio": (
        "The {q}{g} is {h} {v0} times {higher} {at_new} than {at_base}.",
        "Going from {n_base} to {n_new} {raises} the {q}{g} by a factor of {h} {v0}.",
    ),
    "converted": (
        "The {q}{g} is {v0} s {at_new}.",
        "{At_new}, the {q}{g} is {v0} seconds.",
    ),
    "two": (
        "{At_new}, the {q}{g} is {v0} {u} and the {q2} is {v1} {u2}.",
        "The {q}{g} is {v0} {u} {at_new}, with a {q2} of {v1} {u2}.",
        "{At_new}{g}, we measured a {q} of {v0} {u} at a {q2} of {v1} {u2}.",
        "{N_new} has a {q}{g} of {v0} {u}, but a {q2} of {v1} {u2}.",
    ),
    "list": (
        "The {q}{g} is {v0} {u} {at_base} and {v1} {u} {at_new}.",
        "{At_base} the {q}{g} is {v0} {u}; {at_new} it is {v1} {u}.",
        "The {q}{g} is {v0} and {v1} {u} for {n_base} and {n_new}, respectively.",
        "While the {q}{g} is {v0} {u} {at_base}, it is {v1} {u} {at_new}.",
        "The {q}{g} is {v1} {u} {at_new}, compared to {v0} {u} {at_base}.",
        "The {q}{g} {at_new} is {v1} {u} ({v0} {u} {at_base}).",
        "{At_base} and {at_new}, the {q}{g} is {v0} and {v1} {u}.",
        "{N_new} has a {q}{g} of {v1} {u}, whereas {n_base} has {v0} {u}.",
    ),
    "ratio": (
        "The {q}{g} {at_new} is {v0}$\\times$ {higher} than {at_base}.",
        "{At_new}, the {q}{g} is {v0} times {higher} than {at_base}.",
        "The {q}{g} {increases} by a factor of {v0} from {n_base} to {n_new}.",
        "Compared with {n_base}, {n_new} {raises} the {q}{g} by a factor of {v0}.",
        "Going from {n_base} to {n_new} {raises} the {q}{g} {v0}-fold.",
        "The {q}{g} {at_new} is {v0}$\\times$ that {at_base}.",
        "The {q}{g} {at_new} is {v0} times as high as {at_base}.",
        "{N_new} has {v0}$\\times$ the {q}{g} of {n_base}.",
        "The {q}{g} {increases} {v0}$\\times$ when we go from {n_base} to {n_new}.",
    ),
    "percent": (
        "The {q}{g} is {v0}\\% {higher} {at_new} than {at_base}.",
        "{At_new}, the {q}{g} is {v0}\\% {higher} than {at_base}.",
        "Going from {n_base} to {n_new} {raises} the {q}{g} by {v0}\\%.",
        "The {q}{g} {increases} by {v0}\\% from {n_base} to {n_new}.",
        "Compared to {n_base}, {n_new} {raises} the {q}{g} by {v0}\\%.",
        "{N_new} has a {v0}\\% {higher} {q}{g} than {n_base}.",
        "The {q}{g} {at_new} is {v0}\\% {above} that {at_base}.",
        "{N_new} {raises} the {q}{g} by {v0}\\% relative to {n_base}.",
        "We see a {v0}\\% {increase} in {q}{g} from {n_base} to {n_new}.",
    ),
    "difference": (
        "The {q}{g} {increases} by {v0} {u} from {n_base} to {n_new}.",
        "The {q}{g} is {v0} {u} {higher} {at_new} than {at_base}.",
    ),
    "fromto": (
        "The {q}{g} {increases} from {v0} {u} {at_base} to {v1} {u} {at_new}.",
        "From {n_base} to {n_new}, the {q}{g} {increases} from {v0} to {v1} {u}.",
    ),
    "extreme": (
        "The {highest} {q}{g}, {v0} {u}, is reached {at_new}.",
        "The {q}{g} is {highest} {at_new}, with {v0} {u}.",
        "The {highest} {q}{g} is {v0} {u}, {at_new}.",
        "{N_new} has the {highest} {q}{g} ({v0} {u}).",
        "{At_new}, the {q}{g} is {highest}, {v0} {u}.",
    ),
    "best": ("The {q}{g} is {highest} {at_new}.", "The {highest} {q}{g} is that {at_new}."),
    "compare": (
        "The {q}{g} is {higher} {at_new} than {at_base}.",
        "The {q}{g} {at_new} is {higher} than {at_base}.",
        "{N_new} has a {higher} {q}{g} than {n_base}.",
        "{At_new}, the {q}{g} is {higher} than {at_base}.",
        "The {q}{g} of {n_new} is {higher} than that of {n_base}.",
    ),
}
WORDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "higher": (("higher",), ("lower",)),
    "increases": (("increases", "rises", "grows"), ("decreases", "falls", "drops")),
    "raises": (("increases", "raises"), ("reduces", "lowers", "cuts")),
    "highest": (("highest",), ("lowest",)),
    "above": (("above",), ("below",)),
    "increase": (("increase", "rise"), ("decrease", "reduction", "drop")),
}


def sentence(said: Said) -> str:
    """The claim in words."""
    factor, rng = said.table.factor, random.Random(said.phrases)  # noqa: S311  # no secret
    at, noun = rng.choice(factor.at), rng.choice(factor.noun)
    unit = "\\%" if said.metric.unit == "%" else said.metric.unit
    if said.form == "difference" and unit == "\\%":
        unit = "percentage points"
    values = {f"v{index}": text for index, text in enumerate(said.printed)}
    words = {key: rng.choice(pair[not said.rising]) for key, pair in WORDS.items()}
    group = f" of the {said.group} workload" if said.group else ""
    places = {
        "at_new": _level(at, said.new),
        "at_base": _level(at, said.base),
        "n_new": _level(noun, said.new),
        "n_base": _level(noun, said.base),
    }
    capitals = {f"A{key[1:]}": text[0].upper() + text[1:] for key, text in places.items()}
    pattern = PATTERNS[said.form][said.pattern]
    capitals["N_new"] = places["n_new"][0].upper() + places["n_new"][1:]
    words |= values | places | capitals
    if said.other is not None:
        words |= {"q2": said.other.title, "u2": said.other.unit.replace("%", "\\%")}
    text = pattern.format(q=said.metric.title, g=group, u=unit, h=said.hedge, **words)
    return text[0].upper() + text[1:]


def _level(phrase: str, level: str) -> str:
    text = phrase.format(level)
    return text.replace("1 nodes", "1 node") if level == "1" else text


def _text(value: Fraction, places: int) -> str:
    return f"{float(value):.{places}f}"


def claim(rng: random.Random, item: Table, form: str) -> Said | None:
    """A true claim of a form, or None where the cells do not lend themselves to one."""
    metric, group = rng.choice(item.metrics), rng.choice(item.groups)
    new, base = rng.sample(item.levels, 2)
    said = Said(
        form, item, metric, group, new, base, rising=True, printed=(),
        pattern=rng.randrange(len(PATTERNS[form])), phrases=rng.randrange(1000),
    )  # fmt: skip
    rest = [candidate for candidate in item.metrics if candidate != metric]
    if form == "converted":
        said = replace(said, scale=1000, metric=rng.choice([m for m in METRICS if m.unit == "ms"]))
        if said.metric not in item.metrics:
            return None
    if form == "two":
        said = replace(said, other=rng.choice(rest))
    if form.startswith("hedged"):
        said = replace(said, hedge=rng.choice(("about", "nearly", "over")))
    value, other = _exact(said, new), _exact(said, base)
    said = replace(said, rising=value > other)
    if form == "ratio" and turnless(said) and value < other:
        return None
    if form in ("extreme", "best"):
        rising = rng.random() < 0.5
        ranked = sorted(item.levels, key=lambda level: _exact(said, level))
        said = replace(said, new=ranked[-1 if rising else 0], rising=rising)
        value = _exact(said, said.new)
    said = replace(said, printed=_printed(rng, said, value, other))
    return said if _fair(said) and holds(said) else None


def turnless(said: Said) -> bool:
    """Whether the pattern has no word for up or down."""
    return not any(f"{{{word}}}" in PATTERNS[said.form][said.pattern] for word in WORDS)


def _exact(said: Said, level: str, metric: Metric | None = None) -> Fraction:
    name = (metric or said.metric).name
    return Fraction(said.table.cells[said.group, level, name]) / said.scale


def _printed(rng: random.Random, said: Said, value: Fraction, other: Fraction) -> tuple[str, ...]:
    large, small = max(value, other), min(value, other)
    if said.hedge:
        exact = large / small if said.form == "hedged ratio" else value
        return (_about(exact, said.hedge, said.metric.places if said.form == "hedged" else 1),)
    if said.form == "converted":
        return (_text(value, rng.choice((1, 2))),)
    if said.form == "two":
        there = _exact(said, said.new, said.other)
        assert said.other is not None  # the form has one
        return _text(value, said.metric.places), _text(there, said.other.places)
    if said.form == "ratio":
        return (_text(large / small, rng.choice((1, 2))),)
    if said.form == "percent":
        change = abs(value - other) / other * 100
        return (_text(change, rng.choice((0, 1))),)
    places = max(0, said.metric.places - rng.choice((0, 0, 1)))
    if said.form == "difference":
        return (_text(large - small, places),)
    if said.form in ("list", "fromto"):
        return (_text(other, places), _text(value, places))
    return (_text(value, places),) if said.form in ("direct", "extreme") else ()


def _about(value: Fraction, hedge: str, places: int) -> str:
    """A rounder number: below the value for "over", above it for "nearly"."""
    unit = Fraction(1, 10 ** max(places - 1, 0))
    while unit * 30 < value:
        unit *= 10
    turned = {"over": value // unit, "nearly": -(-value // unit), "about": round(value / unit)}
    return _text(turned[hedge] * unit, max(places - 1, 0))


def _fair(said: Said) -> bool:
    """Numbers that someone would print: no 0 % and no 1.0 times."""
    if said.form in ("ratio", "hedged ratio"):
        return printed_span(said.printed[0])[0] > Fraction("1.05")
    return all(float(text) >= 1 for text in said.printed)


def claims(rng: random.Random, made: Sequence[Table], per_form: int) -> Iterator[Said]:
    """True claims of every form."""
    for form in PATTERNS:
        found = 0
        for _ in range(per_form * 6):
            said = claim(rng, rng.choice(made), form)
            if said is not None and found < per_form:
                found += 1
                yield said
