"""Random data packages, true claims on them in several sentence patterns, and false ones.

A claim is a small record: which quantity, which levels, which direction and which
printed digits. Rendering gives the sentence; :func:`holds` says whether it is true
of the data, by plain arithmetic on the cells, without any code of the checker. A
mutant is a record with one field changed that does not hold any more.
"""

# ruff: noqa: E501  # one factor and one pattern per line read best

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from writer.audit.runner import audit
from writer.claims.check import check_paper
from writer.config import load_config
from writer.model.claim import Judgement, Verdict
from writer.sources import read

WRONG = (Verdict.CONTRADICTED, Verdict.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class Metric:
    """A measured column: title within a sentence, unit, and what the package says of it."""

    name: str
    title: str
    unit: str
    better: str
    measure: str
    statistic: str
    places: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Factor:
    """A swept column: its levels and how a sentence names one of them."""

    name: str
    title: str
    unit: str
    levels: tuple[str, ...]
    at: tuple[str, ...]
    noun: tuple[str, ...]


METRICS = (
    Metric("throughput", "throughput", "tasks/s", "higher", "throughput", "", 2, 2, 90),
    Metric("mean_latency", "mean latency", "ms", "lower", "latency", "mean", 1, 100, 9000),
    Metric("p99_latency", "P99 latency", "ms", "lower", "latency", "p99", 1, 200, 60000),
    Metric("p50_latency", "median latency", "ms", "lower", "latency", "p50", 1, 80, 4000),
    Metric("energy", "energy", "J", "lower", "", "", 1, 20, 900),
    Metric("memory", "peak memory", "GB", "lower", "", "", 2, 1, 70),
    Metric("balance", "load balance score", "%", "higher", "balance", "", 1, 20, 100),
    Metric("hit_rate", "hit rate", "%", "higher", "", "", 1, 5, 99),
)
FACTORS = (
    Factor("nodes", "Nodes", "nodes", ("1", "2", "4", "8", "16"), ("on {} nodes", "with {} nodes"), ("{} nodes",)),
    Factor("threads", "Threads", "threads", ("2", "4", "8", "12", "24"), ("with {} threads", "at {} threads"), ("{} threads",)),
    Factor("batch", "Batch size", "1", ("8", "16", "32", "64", "128"), ("at batch size {}", "with a batch size of {}"), ("batch size {}",)),
    Factor("delay", "Start delay", "s", ("1", "2", "5", "10"), ("with a start delay of {} s", "at a {} s start delay"), ("a {} s start delay", "a start delay of {} s")),
    Factor("policy", "Policy", "", ("LRU", "Greedy", "RoundRobin", "Random"), ("with {}", "for {}", "under {}"), ("{}",)),
    Factor("scheduler", "Scheduler", "", ("FIFO", "LoadAware", "Priority", "Fair"), ("with {}", "under {}", "with the {} scheduler"), ("{}", "the {} scheduler")),
)  # fmt: skip
GROUPS = ("workload", ("Web", "Batch", "Stream"))


@dataclass(frozen=True)
class Table:
    """One experiment: a value per group, level and metric, as printed."""

    name: str
    factor: Factor
    levels: tuple[str, ...]
    groups: tuple[str, ...]
    metrics: tuple[Metric, ...]
    cells: Mapping[tuple[str, str, str], str]


def table(rng: random.Random, name: str, factor: Factor, metrics: Sequence[Metric]) -> Table:
    """A table with random levels and values of the metrics' usual size."""
    count = rng.randint(3, len(factor.levels))
    chosen = sorted(rng.sample(range(len(factor.levels)), count))
    levels = tuple(factor.levels[index] for index in chosen)
    groups = tuple(rng.sample(GROUPS[1], 2)) if rng.random() < 0.35 else ("",)
    cells = {
        (group, level, metric.name): f"{rng.uniform(metric.low, metric.high):.{metric.places}f}"
        for group in groups
        for level in levels
        for metric in metrics
    }
    return Table(name, factor, levels, groups, tuple(metrics), cells)


def tables(rng: random.Random) -> tuple[Table, ...]:
    """Two experiments over different factors that share some of their metrics."""
    factors = rng.sample(FACTORS, 2)
    return tuple(
        table(rng, f"exp_{factor.name}", factor, sorted(rng.sample(METRICS, 4), key=METRICS.index))
        for factor in factors
    )


def write(root: Path, made: Sequence[Table]) -> None:
    """Write the tables as a data package below ``root``."""
    (root / "data").mkdir(parents=True, exist_ok=True)
    document = {"title": "made up", "resources": [_resource(item) for item in made]}
    (root / "data" / "datapackage.json").write_text(json.dumps(document), encoding="utf-8")
    (root / "sage-write.toml").write_text('[paper]\ntitle = "T"\n', encoding="utf-8")
    for item in made:
        names = [metric.name for metric in item.metrics]
        head = [item.factor.name, *names]
        grouped = item.groups != ("",)
        lines = [",".join([GROUPS[0], *head] if grouped else head)]
        for group in item.groups:
            for level in item.levels:
                row = [level, *(item.cells[group, level, name] for name in names)]
                lines.append(",".join([group, *row] if grouped else row))
        (root / "data" / f"{item.name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _resource(item: Table) -> dict[str, Any]:
    numeric = item.levels[0].isdigit()
    factor: dict[str, Any] = {
        "name": item.factor.name,
        "title": item.factor.title,
        "type": "integer" if numeric else "string",
        "role": "factor",
    }
    if item.factor.unit:
        factor["unit"] = item.factor.unit
    group = {"name": GROUPS[0], "title": "Workload", "type": "string", "role": "group"}
    fields = [group, factor] if item.groups != ("",) else [factor]
    for metric in item.metrics:
        field = {
            "name": metric.name,
            "title": metric.title[0].upper() + metric.title[1:],
            "type": "number",
            "role": "measurement",
            "unit": metric.unit,
            "better": metric.better,
        }
        for key in ("measure", "statistic"):
            if getattr(metric, key):
                field[key] = getattr(metric, key)
        fields.append(field)
    return {
        "name": item.name,
        "title": f"{item.factor.title} study",
        "path": f"{item.name}.csv",
        "schema": {"fields": fields},
        "experiment": {"purpose": "a test", "source": "made up", "trials": 1},
    }


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
    if form == "ratio" and _turnless(said) and value < other:
        return None
    if form in ("extreme", "best"):
        rising = rng.random() < 0.5
        ranked = sorted(item.levels, key=lambda level: _exact(said, level))
        said = replace(said, new=ranked[-1 if rising else 0], rising=rising)
        value = _exact(said, said.new)
    said = replace(said, printed=_printed(rng, said, value, other))
    return said if _fair(said) and holds(said) else None


def _turnless(said: Said) -> bool:
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


PAIRED = ("ratio", "hedged ratio", "percent", "difference", "fromto", "list", "compare")

Mutation = Callable[[random.Random, Said], Said | None]


def _digit(rng: random.Random, said: Said) -> Said | None:
    if not said.printed:
        return None
    which = rng.randrange(len(said.printed))
    text = said.printed[which]
    place = rng.choice([index for index, char in enumerate(text) if char.isdigit()])
    digit = rng.choice([char for char in "0123456789" if char != text[place]])
    return _with(said, which, text[:place] + digit + text[place + 1 :])


def _with(said: Said, which: int, text: str) -> Said:
    printed = list(said.printed)
    printed[which] = text
    return replace(said, printed=tuple(printed))


def _shift(rng: random.Random, said: Said) -> Said | None:
    if not said.printed:
        return None
    which = rng.randrange(len(said.printed))
    whole, _, rest = said.printed[which].partition(".")
    if rest and rng.random() < 0.5:
        return _with(said, which, f"{whole}{rest[0]}.{rest[1:]}".rstrip("."))
    if len(whole) > 1 and rest:
        return _with(said, which, f"{whole[:-1]}.{whole[-1]}{rest}")
    return _with(said, which, f"{whole}0" if not rest else f"{whole}{rest[0]}")


def _direction(_: random.Random, said: Said) -> Said | None:
    return None if _turnless(said) else replace(said, rising=not said.rising)


def _new_level(rng: random.Random, said: Said) -> Said | None:
    rest = [level for level in said.table.levels if level not in (said.new, said.base)]
    return replace(said, new=rng.choice(rest)) if rest else None


def _base_level(rng: random.Random, said: Said) -> Said | None:
    rest = [level for level in said.table.levels if level not in (said.new, said.base)]
    used = said.form in PAIRED
    return replace(said, base=rng.choice(rest)) if rest and used else None


def _swap(_: random.Random, said: Said) -> Said | None:
    used = said.form in PAIRED
    return replace(said, new=said.base, base=said.new) if used else None


def _group(_: random.Random, said: Said) -> Said | None:
    rest = [group for group in said.table.groups if group != said.group]
    return replace(said, group=rest[0]) if rest else None


def _metric(rng: random.Random, said: Said) -> Said | None:
    rest = [metric for metric in said.table.metrics if metric not in (said.metric, said.other)]
    same = [metric for metric in rest if metric.unit == said.metric.unit]
    if not same and said.form == "converted":
        return None
    return replace(said, metric=rng.choice(same or rest))


MUTATIONS: Mapping[str, Mutation] = {
    "digit": _digit,
    "x10": _shift,
    "direction": _direction,
    "level": _new_level,
    "base level": _base_level,
    "swapped levels": _swap,
    "group": _group,
    "metric": _metric,
}


def claims(rng: random.Random, made: Sequence[Table], per_form: int) -> Iterator[Said]:
    """True claims of every form."""
    for form in PATTERNS:
        found = 0
        for _ in range(per_form * 6):
            said = claim(rng, rng.choice(made), form)
            if said is not None and found < per_form:
                found += 1
                yield said


def mutants(rng: random.Random, said: Said) -> Iterator[tuple[str, Said]]:
    """One false claim per kind of mutation that makes this one false."""
    for name, mutate in MUTATIONS.items():
        for _ in range(4):
            changed = mutate(rng, said)
            if changed is not None and not holds(changed):
                yield name, changed
                break


def judged(root: Path, texts: Sequence[str]) -> list[tuple[Judgement, ...]]:
    """The judgements on each text, one paragraph each, by the checker."""
    lines = "\n\n".join(texts)
    (root / "paper.tex").write_text(f"{lines}\n", encoding="utf-8")
    dataset = read(root, root / "data")
    config = load_config(root)
    result = check_paper(root / "paper.tex", root, dataset, audit(dataset), config)
    by_line: dict[int, list[Judgement]] = {}
    for item in result.judgements:
        by_line.setdefault(item.claim.line, []).append(item)
    return [tuple(by_line.get(2 * index + 1, ())) for index in range(len(texts))]


def accepted(found: Sequence[Judgement]) -> bool:
    """Whether a paragraph has claims and all of them are supported."""
    verdicts = {item.verdict for item in found}
    return Verdict.SUPPORTED in verdicts and not verdicts & set(WRONG)
