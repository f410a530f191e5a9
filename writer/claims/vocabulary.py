"""The dataset's words: which phrases of a sentence name a quantity, a level, an experiment.

Built once per dataset. A mention says where in the sentence a phrase stands and
what it may mean: the same words may name a column of several experiments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from writer.claims.quantities import SPELLED
from writer.dataset import Dataset
from writer.model.experiment import Column, Experiment, Level
from writer.model.unit import singular, unit

_STATISTICS: Mapping[str, tuple[str, ...]] = {
    "mean": ("mean", "average", "avg"),
    "p50": ("median", "p50", "50th[- ]percentile"),
    "max": ("maximum", "max", "worst[- ]case"),
    "min": ("minimum", "min", "best[- ]case"),
    "total": ("total", "aggregate", "combined", "overall"),
    "per-unit": (r"per[- ]\w+",),
}
"""Words for statistics that papers use; percentiles are made from their number."""

_MEASURES: Mapping[str, tuple[str, ...]] = {
    "throughput": ("throughputs?",),
    "latency": ("latency", "latencies", "response times?"),
    "balance": ("(?:load[- ])?balance(?: scores?)?", "balanced"),
    "completed": (
        r"complet(?:e|es|ed|ing) (?:\w+ )?(?:tasks|requests|jobs)",
        "completed",
        "complete",
    ),
    "speedup": ("speed-?ups?",),
    "efficiency": ("efficiency",),
}
"""Words for kinds of quantities that papers use."""

_TAIL = ("tail", "tail latency", "tail latencies")
_SINGLE = {str(value): word for word, value in SPELLED.items() if word != "single"}

UNKNOWN = "?"
"""Stands for a level that the sentence names and no row has."""

_THINGS = re.compile(
    r"[\s-]+(?:tasks?|jobs?|pipelines?|workloads?|loads?|schedul\w+|quer(?:y|ies)|requests?|runs?)\b"
)

Target = tuple[str, str, str]
"""Experiment, column, and the level's text (empty for a measured quantity)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that names something of the data.

    Attributes:
        start, end: span in the sentence.
        kind: ``measure``, ``level`` or ``factor``.
        targets: what it may name; nothing for a statistic that no column holds.
        text: the phrase.
    """

    start: int
    end: int
    kind: str
    targets: frozenset[Target]
    text: str

    @property
    def experiments(self) -> frozenset[str]:
        return frozenset(target[0] for target in self.targets)

    def columns(self, experiment: str) -> frozenset[str]:
        """The columns it may name in one experiment."""
        return frozenset(column for name, column, _ in self.targets if name == experiment)


@dataclass(frozen=True, slots=True)
class _Phrase:
    pattern: re.Pattern[str]
    kind: str
    targets: frozenset[Target]


@dataclass(frozen=True)
class Vocabulary:
    """Every phrase of one dataset."""

    phrases: tuple[_Phrase, ...]

    def mentions(self, sentence: str) -> tuple[Mention, ...]:
        """The mentions in ``sentence``, in order; a longer phrase hides those inside it."""
        found: dict[tuple[int, int, str], set[Target]] = {}
        for phrase in self.phrases:
            for match in phrase.pattern.finditer(sentence):
                key = (match.start(1), match.end(1), phrase.kind)
                found.setdefault(key, set()).update(phrase.targets)
        items = [
            Mention(start, end, kind, frozenset(targets), sentence[start:end])
            for (start, end, kind), targets in found.items()
        ]
        items = [_without_unknown(item) for item in items]
        items = _with_bare(sentence, items)
        kept = [item for item in items if not any(_hides(other, item) for other in items)]
        named = [item for item in kept if _is_name(item, kept, sentence)]
        return tuple(sorted(named, key=lambda item: (item.start, item.end)))


_JOINED = r"\s*(?:,|,?\s*(?:and|or|to|through|versus|vs\.?|\u2013|-))\s*(?:from\s|between\s|at\s)?"
_BETWEEN = re.compile(rf"^{_JOINED}$")
_VALUED = re.compile(r"\b(?:is|are|was|were|of|reach\w*)\s(?:\w+\s)?$")
"""Before a value: "at a 2 s delay, the latency is 10 s" names one delay."""

_FROM = re.compile(r"^(?:\s\w+){0,3}\s(?:from|between)\s$")


def _with_bare(sentence: str, items: list[Mention]) -> list[Mention]:
    """Take numbers for levels that stand in a list with one ("concurrency 8 and 16"), or,
    with their unit, beside another mention of their factor ("5 s ... a simultaneous start")."""
    levels = [item for item in items if item.kind == "level"]
    naming = (item for item in items if item.kind in ("factor", "level"))
    spoken = {target[:2] for item in naming for target in item.targets}
    rest = sorted((item for item in items if item.kind == "bare"), key=lambda item: item.start)
    others = [item for item in items if item.kind != "bare"]
    for bare in [*rest, *reversed(rest)]:
        if any(bare.start < item.end and item.start < bare.end for item in levels):
            continue
        near = {
            target[:2]
            for item in items
            if item.kind == "factor" and _FROM.match(sentence[item.end : bare.start])
            for target in item.targets
        } | {
            target[:2]
            for item in levels
            if _BETWEEN.match(sentence[item.end : bare.start])
            or _BETWEEN.match(sentence[bare.end : item.start])
            for target in item.targets
        }
        if not bare.text[-1:].isdigit() and not _VALUED.search(sentence[: bare.start]):
            near |= spoken
        targets = frozenset(target for target in bare.targets if target[:2] in near)
        if targets:
            levels.append(replace(bare, kind="level", targets=targets))
    return [*(item for item in others if item.kind != "level"), *levels]


def _without_unknown(item: Mention) -> Mention:
    """A number that is a level of some experiment is no unknown one of it."""
    known = frozenset(target for target in item.targets if target[2] != UNKNOWN)
    there = {target[:2] for target in known}
    rest = frozenset(target for target in item.targets if target[:2] not in there)
    return replace(item, targets=known or rest)


def _hides(one: Mention, other: Mention) -> bool:
    inside = one.start <= other.start and other.end <= one.end
    longer = one.end - one.start > other.end - other.start
    return inside and longer and (one.kind == other.kind or other.kind == "factor")


def _is_name(item: Mention, others: Iterable[Mention], sentence: str) -> bool:
    """Whether a level's name in lower case is meant as one: "heavy tasks", "light or heavy"."""
    levels = [text for _, _, text in item.targets]
    if item.kind != "level" or item.text[:1].isdigit() or not all(t[:1].isupper() for t in levels):
        return True
    columns = {target[:2] for target in item.targets}
    return (
        item.text[:1].isupper()
        or _THINGS.match(sentence, item.end) is not None
        or any(
            other is not item and columns & {target[:2] for target in other.targets}
            for other in others
        )
    )


def vocabulary(dataset: Dataset) -> Vocabulary:
    """The phrases of ``dataset``."""
    made: dict[tuple[str, str], set[Target]] = {}

    def add(kind: str, patterns: Iterable[str], target: Target) -> None:
        for pattern in patterns:
            made.setdefault((kind, pattern), set()).add(target)

    for experiment in dataset.experiments.values():
        for column in experiment.quantities():
            add("measure", _measure(column), (experiment.name, column.name, ""))
        factor = experiment.column(experiment.factor)
        add("factor", _factor(factor), (experiment.name, factor.name, ""))
        add("factor", _words(experiment.title), (experiment.name, factor.name, ""))
        add("level", _unknown(factor, experiment), (experiment.name, factor.name, UNKNOWN))
        for name, title, level in _levels(experiment):
            column_here = _column(experiment, name)
            target = (experiment.name, name, level.text)
            add("level", _level(title, column_here, level), target)
            if level.measurement is not None:
                add("bare", _bare(level, level.measurement.unit), target)
    for pattern in _unmeasured(dataset):
        made[("measure", pattern)] = set()
    return Vocabulary(
        tuple(
            _Phrase(
                re.compile(rf"(?<![\w-])(?<!\d[.,])({pattern})(?![\w])", re.IGNORECASE),
                kind,
                frozenset(to),
            )
            for (kind, pattern), to in made.items()
        )
    )


def _bare(level: Level, symbol: str) -> Iterator[str]:
    """A level without its factor's name: meant only where something else names the factor."""
    if symbol in ("", "1", "x") or unit(symbol).dimension.startswith("count:"):
        yield _number(level.text) + NO_UNIT
    else:
        yield _number(level.text) + _shown(symbol)


def _words(title: str) -> Iterator[str]:
    """A title as a pattern: any spacing, hyphens, an optional plural."""
    parts = re.findall(r"[^\W_]+", title)
    if parts:
        yield r"[\s-]+".join(re.escape(part) for part in parts) + "(?:s|es)?"


def _statistic(statistic: str) -> tuple[str, ...]:
    match = re.fullmatch(r"p(\d+(?:\.\d+)?)", statistic)
    if match and statistic != "p50":
        number = re.escape(match[1])
        return (f"p-?{number}", rf"{number}(?:st|nd|rd|th)?[-\s]percentile")
    return _STATISTICS.get(statistic, (re.escape(statistic),) if statistic else ())


def _measure(column: Column) -> Iterator[str]:
    """Title, synonyms, and the measure's words with or without the statistic's."""
    yield from _words(column.title)
    for synonym in column.synonyms:
        yield from _words(synonym)
    per = re.search(r"\bper[\s-](\w+)", column.title, re.IGNORECASE)
    if column.statistic == "per-unit" and per:
        yield rf"per[\s-]{per[1]}"
    statistics = _statistic(column.statistic)
    for word in _MEASURES.get(column.measure, ()):
        yield word
        for statistic in statistics:
            yield rf"{statistic}[\s-]+(?:(?:end-to-end|task|request|reported)[\s-]+)?{word}"
    if column.statistic.startswith("p") and column.statistic not in ("p50", "per-unit"):
        yield from statistics
        yield from (word for word in _TAIL if column.measure == "latency")


def _unmeasured(dataset: Dataset) -> Iterator[str]:
    """Statistics that no column holds: "P95 latency" does not name the P99 column."""
    known = {
        column.statistic for item in dataset.experiments.values() for column in item.quantities()
    }
    numbers = "|".join(re.escape(name[1:]) for name in known if re.fullmatch(r"p[\d.]+", name))
    other = rf"(?!(?:{numbers or '(?!)'})(?![\d.]))\d+(?:\.\d+)?"
    measured = r"(?:[\s-]+(?:\w+[\s-]+)?(?:latency|latencies|throughput|response times?))?"
    yield rf"p-?{other}{measured}"
    yield rf"{other}(?:st|nd|rd|th)?[\s-]percentile{measured}"
    if "p50" not in known and "median" not in known:
        yield rf"median{measured}"
    yield rf"(?:standard deviation|variance|std)(?: of the)?{measured}"


def _factor(column: Column) -> Iterator[str]:
    yield from _words(column.title)
    for synonym in column.synonyms:
        yield from _words(synonym)
    if column.unit and unit(column.unit).dimension.startswith("count:"):
        yield re.escape(singular(column.unit)) + "s?"


def _levels(experiment: Experiment) -> Iterator[tuple[str, str, Level]]:
    """Column, title and level of every level and setting of the experiment."""
    seen: set[tuple[str, str]] = set()
    for row in experiment.rows:
        for name, level in (*row.levels.items(), *row.settings.items()):
            if (name, level.text) not in seen:
                seen.add((name, level.text))
                yield name, experiment.column(name).title, level
    for name, setting in experiment.settings.items():
        if setting is not None:
            title = setting.measurement.title if setting.measurement else name
            yield name, title or name, setting


def _column(experiment: Experiment, name: str) -> Column | None:
    return next((column for column in experiment.columns if column.name == name), None)


def _level(title: str, column: Column | None, level: Level) -> Iterator[str]:
    """How a paper names a level: "concurrency 4", "16 nodes", "a 5 s delay", "load-aware"."""
    for word in column.level_names.get(level.text, ()) if column else ():
        yield from _words(word)
    if level.measurement is None:
        yield from _name(level.text)
        return
    number = _number(level.text)
    words = [
        pattern
        for word in (title, *(column.synonyms if column else ()))
        for pattern in _words(word)
    ]
    symbol = level.measurement.unit
    count = unit(symbol).dimension.startswith("count:")
    if count:
        noun = re.escape(singular(symbol)) + "s?"
        yield rf"{number}{_WHOLE}[\s-]*(?:[A-Za-z][\w-]*\s+)?{noun}"
        yield rf"{noun}\s*=\s*{number}{_WHOLE}"
    for word in words:
        yield rf"{word}(?:\s+(?:of|at|level)|\s*=)?\s+{number}{_shown(symbol)}"
        if not count:
            yield rf"{number}{_shown(symbol)}[\s-]*{word}"


_WHOLE = r"(?![\d.,]*\d)"
"""The number ends here: "24 threads" does not name 2 of them."""


def _number(text: str) -> str:
    word = _SINGLE.get(text)
    plain = re.escape(text)
    if text == "1":
        return r"(?:1|one(?! another)|single|a single)"
    if len(text) > 3 and text.isdigit():
        plain = rf"{plain}|{re.escape(f'{int(text):,}')}"
    return rf"(?:{plain}|{word})" if word else rf"(?:{plain})"


def _unknown(column: Column, experiment: Experiment) -> Iterator[str]:
    """Any number where a level of the factor would stand: a level that no row may have."""
    if any(row.levels[column.name].measurement is None for row in experiment.rows):
        return
    number = r"\d+(?:,\d{3})*(?:\.\d+)?"
    count = unit(column.unit).dimension.startswith("count:")
    if (
        column.unit
        and count
        and not any(item.unit == column.unit for item in experiment.quantities())
    ):
        yield rf"{number}[\s-]*{re.escape(singular(column.unit))}s?"
    for word in _words(column.title):
        yield rf"{word}(?:\s+(?:of|at|level)|\s*=)?\s+{number}{_shown(column.unit)}"
        if not count and column.unit not in ("", "1", "x"):
            yield rf"{number}{_shown(column.unit)}[\s-]*{word}"


NO_UNIT = r"(?![\d.,]*\d)(?!\s?(?:%|×|x\b|\w+/|times\b|per\b|percent\b|[mun]?s\b))"
"""Nothing that would make the number a measured value."""

_UNIT_WORDS = {"s": "(?:s|sec|seconds?)", "ms": "(?:ms|milliseconds?)", "min": "(?:min|minutes?)"}


def _shown(symbol: str) -> str:
    """The unit behind a level's number: needed, if it has one."""
    if symbol in ("", "1", "x") or unit(symbol).dimension.startswith("count:"):
        return NO_UNIT
    return rf"[\s-]?{_UNIT_WORDS.get(symbol, re.escape(symbol))}"


def _name(text: str) -> Iterator[str]:
    """A level that is a word: ``LoadAware`` is also written "load-aware"."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", text)
    if parts:
        yield r"[\s-]?".join(re.escape(part) for part in parts)
    if "".join(parts) != text:
        yield re.escape(text)
