"""Grids: runs of two factors or more, crossed, told apart by the names of their folders.

``fifo_c4``, ``scheduler=fifo/concurrency=4`` and ``fifo/4`` are levels of two factors. What
the runs' configuration says beats the names: a part of a name stands for the setting that
has its levels, and only where no setting does is it a factor of its own. One factor is
swept, the others are groups, so that it is compared with the others held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

from writer.model.experiment import Level
from writer.model.measurement import slug
from writer.model.run import Run
from writer.setting_names import corresponds, is_label, letters
from writer.sources._run_source import Recorder
from writer.verify.repetitions import varying_settings

VARIANT = "variant"
"""The factor whose levels are words in names that no setting explains."""

COVERED = 0.5
"""Share of the combinations of levels that must have a run: with fewer, two factors change
together rather than being crossed."""

_PAIR = re.compile(r"([A-Za-z][\w.]*?)=([^=/]+?)(?=(?:[,;&+_-][A-Za-z][\w.]*?=)|$)")
_APART = re.compile(r"(?:^|(?<=[-_.]))([A-Za-z]+)[-_.](\d+(?:\.\d+)?)(?=$|[-_.])")
_GLUED = re.compile(r"(?:^|(?<=[-_.]))([A-Za-z]*)(\d+(?:\.\d+)?)(?=$|[-_.])")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

_PERHAPS = "perhaps a grid, but"
_SAY = "names such as FACTOR=LEVEL, or a setting in each run's configuration, would"

Levels = Mapping[str, Level]


@dataclass(frozen=True, slots=True)
class Grid:
    """How the rows of a table are crossed.

    Attributes:
        factor: what is swept.
        groups: what is held along a sweep.
        levels: of the factor and the groups, by the id of a row's first run.
        note: how it was made out.
    """

    factor: str
    groups: tuple[str, ...]
    levels: Mapping[str, Levels]
    note: str

    def levels_of(self, run: Run) -> dict[str, Level]:
        """A row's levels, groups first."""
        return {name: self.levels[run.id][name] for name in (*self.groups, self.factor)}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the names that differs among runs: its key, where it has one, and its texts."""

    key: str
    texts: tuple[str, ...]

    @property
    def numeric(self) -> bool:
        return all(_NUMBER.fullmatch(text) for text in self.texts)


@dataclass(frozen=True, slots=True)
class _Factor:
    name: str
    levels: tuple[Level, ...]
    named: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(level.text for level in self.levels))

    @property
    def ordered(self) -> bool:
        return all(level.value is not None for level in self.levels)


def grid_of(
    runs: Sequence[Run], names: Mapping[str, str], *, apart: bool = False
) -> Grid | str | None:
    """The grid that the rows of a table form.

    Args:
        runs: the first of each row.
        names: of the rows, by the id of the run.
        apart: whether the runs lie in folders that would be tables of their own: then words
            that no setting explains may be anything.

    Returns:
        None where nothing looks like one; why not, where something does and is ambiguous.
    """
    if len(runs) < 4:
        return None
    parts = _parts([names[run.id] for run in runs])
    if not 2 <= len(parts) <= 6:
        return None
    factors = _factors(parts, runs, apart=apart)
    if isinstance(factors, str) or len(factors) < 2:
        return factors if isinstance(factors, str) and _crossed_parts(parts) else None
    rows = list(zip(*(tuple(level.text for level in item.levels) for item in factors), strict=True))
    if not _crossed(rows):
        return None
    titles = " and ".join(item.name.replace("_", " ") for item in factors)
    if any(corresponds(one.name, other.name) for one, other in combinations(factors, 2)):
        return f"no grid of {titles}: the one counts what the other numbers"
    if len(set(rows)) < len(rows):
        return (
            f"no grid of {titles}: {len(rows)} rows have {len(set(rows))} combinations of "
            "their levels"
        )
    of = prod(len(item.texts) for item in factors)
    if len(rows) < COVERED * of:
        return f"no grid of {titles}: {len(rows)} of {of} combinations of their levels have runs"
    swept = max(factors, key=lambda item: (item.ordered, len(item.texts), factors.index(item)))
    return Grid(
        swept.name,
        tuple(item.name for item in factors if item is not swept),
        {
            run.id: {item.name: item.levels[place] for item in factors}
            for place, run in enumerate(runs)
        },
        _note(factors, len(rows), of),
    )


def _note(factors: Sequence[_Factor], rows: int, of: int) -> str:
    words = [
        f"{item.name.replace('_', ' ')} ({len(item.texts)} levels, by the "
        f"{'names' if item.named else 'configuration'})"
        for item in factors
    ]
    rest = f"; {of - rows} of {of} combinations have no run" if rows < of else ""
    return f"a grid of {' and '.join(words)}{rest}"


def _crossed(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether two levels of each factor meet two levels of another one."""
    width = len(rows[0])
    return all(
        any(_meet(rows, one, other) for other in range(width) if other != one)
        for one in range(width)
    )


def _meet(rows: Sequence[tuple[str, ...]], one: int, other: int) -> bool:
    held: dict[str, set[str]] = {}
    for row in rows:
        held.setdefault(row[one], set()).add(row[other])
    return any(len(a & b) > 1 for a, b in combinations(held.values(), 2))


def _crossed_parts(parts: Sequence[_Part]) -> bool:
    return _crossed(list(zip(*(part.texts for part in parts), strict=True)))


def _parts(names: Sequence[str]) -> list[_Part]:
    """The parts in which the names differ; none where they are not built alike.

    A word before a number is its key, ``conc_4``, unless it is a level itself, ``fifo_4``.
    """
    for apart in (True, False):
        split = [tuple(_split(name, apart=apart)) for name in names]
        keys = {tuple(key for key, _ in item) for item in split}
        if len(keys) == 1:
            columns = zip(keys.pop(), zip(*split, strict=True), strict=True)
            found = {tuple(text for _, text in column): key for key, column in columns}
            return [_Part(key, texts) for texts, key in found.items() if len(set(texts)) > 1]
    words = [tuple(re.split(r"[-_./=]", name)) for name in names]
    if len({len(item) for item in words}) > 1:
        return []
    parts = dict.fromkeys(column for column in zip(*words, strict=True) if len(set(column)) > 1)
    return [_keyed(texts) for texts in parts]


def _keyed(texts: tuple[str, ...]) -> _Part:
    """Words that are numbers after one and the same key, ``c2`` and ``c4``, without the key."""
    found = [_GLUED.fullmatch(text) for text in texts]
    keys = {match[1] if match else None for match in found}
    key = keys.pop() if len(keys) == 1 else None
    numbers = tuple(match[2] for match in found if match)
    return _Part("", texts) if key is None else _Part(key, numbers)


def _split(name: str, *, apart: bool) -> Iterator[tuple[str, str]]:
    """Keys and texts of a name: ``fifo_c4/r`` is ``fifo``, 4 of ``c``, and ``r``.

    Args:
        name: a path.
        apart: whether a key may stand apart from its number: ``conc_4``.
    """
    for step in name.split("/"):
        if pairs := _PAIR.findall(step):
            yield from pairs
            continue
        end = 0
        found = {match.start(): match for match in _GLUED.finditer(step)}
        if apart:
            found |= {match.start(): match for match in _APART.finditer(step)}
        for start in sorted(found):
            if start < end:
                continue
            if text := step[end:start].strip("-_."):
                yield "", text
            yield found[start][1], found[start][2]
            end = found[start].end()
        if text := step[end:].strip("-_."):
            yield "", text


def _factors(parts: Sequence[_Part], runs: Sequence[Run], *, apart: bool) -> list[_Factor] | str:
    """What each part stands for, each factor once; or why that is not known."""
    found: dict[str, _Factor] = {}
    settings = _settings(runs)
    exact = {key for part in parts for key, levels in settings.items() if _same(part.texts, levels)}
    for part in parts:
        item = _factor(part, runs, settings, exact, apart=apart)
        if isinstance(item, str):
            return item
        if item is None:
            if part.numeric or apart or VARIANT in found:
                shown = ", ".join(dict.fromkeys(part.texts))[:80]
                return f"{_PERHAPS} nothing says what {shown} are levels of: {_SAY}"
            item = _by_name(VARIANT, part, runs)
        found.setdefault(item.name, item)
    return list(found.values())


def _settings(runs: Sequence[Run]) -> dict[str, tuple[Level, ...]]:
    """The settings that differ among runs and are stated by all."""
    return {
        key: tuple(run.settings[key] for run in runs)
        for key in varying_settings(runs)
        if not is_label(key) and all(key in run.settings for run in runs)
    }


def _factor(
    part: _Part,
    runs: Sequence[Run],
    settings: Mapping[str, tuple[Level, ...]],
    exact: set[str],
    *,
    apart: bool,
) -> _Factor | str | None:
    """The setting that a part of the names stands for, else what its key names."""
    same = [key for key in settings if _same(part.texts, settings[key])]
    called = [key for key in settings if part.key and _called(part.key, key)]
    parallel = [
        key for key in settings if key not in exact and _partition(part.texts, settings[key])
    ]
    alike = [key for key in parallel if _contained(part.texts, settings[key])]
    mostly = [key for key in settings if part.numeric and _mostly(part.texts, settings[key])]
    for chosen in ([key for key in same if key in called], same, called, alike, mostly):
        if chosen:
            return _Factor(chosen[0], settings[chosen[0]])
    if part.key:
        return _by_name(part.key, part, runs)
    if apart:
        return None
    if len(parallel) > 1:
        return (
            f"{_PERHAPS} {', '.join(dict.fromkeys(part.texts))[:80]} may be levels of "
            f"{' or of '.join(parallel)[:120]}, which change together: {_SAY}"
        )
    return _Factor(parallel[0], settings[parallel[0]]) if parallel else None


def _by_name(name: str, part: _Part, runs: Sequence[Run]) -> _Factor:
    numeric = part.numeric  # looks at the texts of all runs

    def level(run: Run, text: str) -> Level:
        given: object = float(text) if numeric else text
        recorder = Recorder(run.id, run.file, run.sha256, run.reader)
        return recorder.level(slug(name).replace("-", "_"), given, "the name of its folder")

    levels = tuple(level(run, text) for run, text in zip(runs, part.texts, strict=True))
    return _Factor(levels[0].factor, levels, named=True)


def _same(texts: Sequence[str], levels: Sequence[Level]) -> bool:
    return all(_equal(text, level) for text, level in zip(texts, levels, strict=True))


def _mostly(texts: Sequence[str], levels: Sequence[Level]) -> bool:
    agree = sum(_equal(text, level) for text, level in zip(texts, levels, strict=True))
    return 2 * agree > len(texts)


def _equal(text: str, level: Level) -> bool:
    if level.value is not None:
        return bool(_NUMBER.fullmatch(text)) and float(text) == level.value
    return letters(text) == letters(level.text)


def _called(key: str, setting: str) -> bool:
    """Whether a key in a name means a setting: the same words, or the first letters of it."""
    return corresponds(key, setting) or (len(key) > 2 and letters(setting).startswith(letters(key)))


def _partition(texts: Sequence[str], levels: Sequence[Level]) -> bool:
    """Whether texts and levels tell the same runs apart."""
    pairs = set(zip(texts, (level.text for level in levels), strict=True))
    return len(pairs) == len(set(texts)) == len({text for _, text in pairs})


def _contained(texts: Sequence[str], levels: Sequence[Level]) -> bool:
    return all(
        letters(text) in letters(level.text) or letters(level.text) in letters(text)
        for text, level in zip(texts, levels, strict=True)
    )
