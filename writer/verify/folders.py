"""Which runs make a table, and what its rows are told apart by.

Runs of one folder belong together; a folder of a single row joins those of its neighbours,
and folders that are levels of one factor join each other: see :mod:`writer.verify.grids`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from writer.model.run import Note, Run, RunSet
from writer.setting_names import is_label, is_moment, says_nothing, words_of
from writer.verify.grids import Grid, grid_of
from writer.verify.repetitions import (
    Members,
    folder_of,
    keys_of,
    names_of,
    sets_of,
    varying_settings,
)


def groups(runs: RunSet) -> dict[str, Members]:
    """Runs by the name of their table."""
    tables = _folders(runs)
    for depth in range(max((name.count("/") for name in tables), default=0), -1, -1):
        for parent, names in _parents(tables, depth):
            members = _together(tables, names)
            if isinstance(_grid(parent, members, apart=True), Grid):
                first = next(at for at, name in enumerate(tables) if name in names)
                kept = [item for item in tables.items() if item[0] not in names]
                tables = dict([*kept[:first], (parent or "results", members), *kept[first:]])
    return tables


def made_out(runs: RunSet) -> tuple[Note, ...]:
    """Which tables of the runs are grids, and what is ambiguous and was left as it lies."""
    tables = groups(runs)
    found = [(name, _made_out(name, members)) for name, members in tables.items()]
    for depth in sorted({name.count("/") for name in tables}):
        for parent, names in _parents(tables, depth):
            shown = parent or _listed(names)
            if all(is_moment(name.rpartition("/")[2]) for name in names):
                found.append((shown, _MOMENTS))
                continue
            grid = _grid(parent, _together(tables, names), apart=True)
            found.append((shown, grid if isinstance(grid, str) else ""))
    keys = keys_of(runs.runs)
    for parent, names in _single(tables, keys):
        one_tool = len({run.reader for name in names for run in tables[name]}) == 1
        if one_tool and not _alike(parent, names, tables, keys):
            found.append((parent or _listed(names), _UNLIKE))
    return tuple(Note(name, message) for name, message in found if message)


_SMALL = re.compile(r"\d{1,5}")
"""A number that may be a level of something."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")

_ROOM = 80
"""How many characters of names stand before a note at most."""

_MOMENTS = (
    "its folders say when they were measured, and not whether they repeat one another: each is a "
    "table of its own; names such as trial_1 make repetitions trials of one row"
)
_UNLIKE = (
    "folders of one row each, which differ in more than one word of their names or in the settings "
    "that they state: each is a table of its own; rows of one table belong in one folder"
)


def _made_out(name: str, runs: Members) -> str:
    """What to tell of a table: the grid that it is, or that its rows may be repetitions."""
    grid = _grid(name, runs)
    if grid is not None:
        return grid if isinstance(grid, str) else grid.note
    first = tuple(members[0] for members in sets_of(runs))
    steps = _own_steps(first, names_of(name, sets_of(runs)))
    unlike = [key for key in varying_settings(first) if not is_label(key)]
    named = not all(map(says_nothing, steps)) or any(map(_SMALL.fullmatch, steps))
    if len(first) < 2 or unlike or not steps or named:
        return ""
    return (
        f"its rows differ in nothing but names such as {steps[0]}: if they are repetitions, names "
        "such as trial_1 make them trials of one row"
    )


def _parents(tables: Mapping[str, Members], depth: int) -> Iterator[tuple[str, list[str]]]:
    """Folders that hold several tables at a depth, each with their names and its own."""
    parents: dict[str, list[str]] = {}
    for name in tables:
        if name.count("/") == depth:
            parents.setdefault(name.rpartition("/")[0], []).append(name)
    for parent, names in parents.items():
        if len(names) > 1:
            yield parent, [*names, *([parent] if parent in tables else [])]


def _together(tables: Mapping[str, Members], names: Sequence[str]) -> Members:
    """The runs of several tables, in the order of their ids."""
    return tuple(sorted((run for name in names for run in tables[name]), key=attrgetter("id")))


def _listed(names: Sequence[str]) -> str:
    """Names of tables that lie in no folder of their own, as far as a note has room."""
    text = ", ".join(names)
    return text if len(text) <= _ROOM else f"{text[:_ROOM]}..."


def _grid(name: str, runs: Members, *, apart: bool = False) -> Grid | str | None:
    """What :func:`grid_of` makes of the rows; None where one setting tells them apart."""
    sets = sets_of(runs)
    first = tuple(members[0] for members in sets)
    names = names_of(name, sets)
    return None if factor_of(first, names) else grid_of(first, names, apart=apart)


def _folders(runs: RunSet) -> dict[str, Members]:
    """Runs by folder; a folder of a single row joins those of its neighbours."""
    keys = keys_of(runs.runs)
    rows: dict[str, set[str]] = {}
    for run in runs.runs:
        rows.setdefault(folder_of(run), set()).add(keys[run.id])
    alone = {name for name, of_folder in rows.items() if len(of_folder) == 1}
    several = sum("/" not in name for name in alone) > 1
    found: dict[str, list[Run]] = {}
    for run in runs.runs:
        name = folder_of(run)
        joins = name in alone and ("/" in name or several)
        found.setdefault((name.rpartition("/")[0] if joins else name) or "results", []).append(run)
    return _joined({name: tuple(members) for name, members in found.items()}, keys)


def _joined(tables: dict[str, Members], keys: Mapping[str, str]) -> dict[str, Members]:
    """The tables, where those of one row that lie side by side are one."""
    place = {
        name: parent
        for parent, names in _single(tables, keys)
        if _alike(parent, names, tables, keys)
        for name in names
    }
    found: dict[str, list[Run]] = {}
    for name, members in tables.items():
        found.setdefault(place.get(name, name) or "results", []).extend(members)
    return {name: tuple(members) for name, members in found.items()}


def _single(
    tables: Mapping[str, Members], keys: Mapping[str, str]
) -> Iterator[tuple[str, list[str]]]:
    """Folders with several tables of one row each at one depth below, and the tables' names."""
    left = {
        name: name
        for name, members in tables.items()
        if len({keys[run.id] for run in members}) == 1
    }
    while left:
        parents: dict[tuple[str, int], list[str]] = {}
        for name, folder in left.items():
            parents.setdefault((folder.rpartition("/")[0], name.count("/")), []).append(name)
        left = {}
        for (parent, _), names in parents.items():
            if len(names) > 1:
                yield parent, names
            elif parent:
                left[names[0]] = parent


def _alike(
    parent: str, names: Sequence[str], tables: Mapping[str, Members], keys: Mapping[str, str]
) -> bool:
    """Whether tables of one row are rows of one: named by when they ran, or of one kind.

    Those are of one kind that one tool made with settings of the same names, and whose paths
    differ in one step at most besides those that say nothing. ``serving/conc_1`` and
    ``training/conc_2`` may be two experiments.
    """
    if all(is_moment(name.rpartition("/")[2]) for name in names):
        return True
    start = len(parent) + 1 if parent else 0
    paths = {keys[run.id][start:] for name in names for run in tables[name]}
    split = [path.split("/") for path in paths]
    if len({len(path) for path in split}) > 1:
        return False
    steps = [set(column) for column in zip(*split, strict=True)]
    telling = [step for step in steps if len(step) > 1 and not all(map(says_nothing, step))]
    kinds = {
        (run.reader, frozenset(key for key in run.settings if not is_label(key)))
        for name in names
        for run in tables[name]
    }
    return len(telling) < 2 and len(kinds) == 1


def factor_of(runs: Sequence[Run], names: Mapping[str, str]) -> str:
    """A numeric setting with a level of its own per run, named in the run's name; or none.

    Of several, the first whose own words stand in every name.
    """
    found = [
        key
        for key in varying_settings(runs)
        if not is_label(key) and _tells_apart(key, runs, names)
    ]
    spoken = [key for key in found if all(_speaks(names[run.id], key) for run in runs)]
    return next(iter((*spoken, *found)), "") or _alone(runs, names)


def _alone(runs: Sequence[Run], names: Mapping[str, str]) -> str:
    """The only setting in which runs differ, a number, where their names say nothing."""
    if not all(map(says_nothing, _own_steps(runs, names))):
        return ""
    differing = [key for key in varying_settings(runs) if not is_label(key)]
    levels = [run.settings[key] for key in differing[:1] for run in runs if key in run.settings]
    numbers = {level.value for level in levels if level.value is not None}
    return differing[0] if len(differing) == 1 and len(numbers) == len(runs) > 1 else ""


def _own_steps(runs: Sequence[Run], names: Mapping[str, str]) -> list[str]:
    """The steps of the rows' paths that are not those of all."""
    paths = [names[run.id].split("/") for run in runs]
    common = set(paths[0]).intersection(*paths) if paths else set()
    return [step for path in paths for step in path if step not in common]


def _tells_apart(key: str, runs: Sequence[Run], names: Mapping[str, str]) -> bool:
    """Whether each run has a number of its own for a setting, and its name has that number."""
    levels = [run.settings.get(key) for run in runs]
    texts = [level.text for level in levels if level is not None and level.value is not None]
    named = all(
        level is not None and level.text in _NUMBER.findall(names[run.id])
        for run, level in zip(runs, levels, strict=True)
    )
    return len(set(texts)) == len(runs) > 1 and named


def _speaks(name: str, key: str) -> bool:
    """Whether a name has all words of a setting's name: ``mixed_nodes16`` of ``num_nodes``."""
    return words_of(key) <= words_of(_NUMBER.sub("_", name))
