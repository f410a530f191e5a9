"""Which runs make a table, and what its rows are told apart by.

Runs of one folder belong together; a folder of a single row joins those of its neighbours,
and folders that are levels of one factor join each other: see :mod:`writer.verify.grids`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from writer.model.run import Note, Run, RunSet
from writer.setting_names import is_label, words_of
from writer.verify.grids import Grid, grid_of
from writer.verify.repetitions import (
    Members,
    folder_of,
    keys_of,
    names_of,
    sets_of,
    varying_settings,
)

_WHEN = re.compile(r"\d{4}-?[01]\d-?[0-3]\d(?:[-_T]?\d{2}[-:_]?\d{2}(?:[-:_]?\d{2})?)?Z?")
"""A folder named by when its run began: ``20260117_090124``, ``2026-01-17``."""


def groups(runs: RunSet) -> dict[str, Members]:
    """Runs by the name of their table."""
    tables = _folders(runs)
    for depth in range(max((name.count("/") for name in tables), default=0), -1, -1):
        for parent, names in _parents(tables, depth):
            members = tuple(sorted((run for name in names for run in tables[name]), key=_id))
            if isinstance(_grid(parent, members, apart=True), Grid):
                first = list(tables).index(names[0])
                kept = [item for item in tables.items() if item[0] not in names]
                tables = dict([*kept[:first], (parent or "results", members), *kept[first:]])
    return tables


def made_out(runs: RunSet) -> tuple[Note, ...]:
    """Which tables of the runs are grids, and what looks like one and is ambiguous."""
    tables = groups(runs)
    found = [(name, _grid(name, members)) for name, members in tables.items()]
    for depth in {name.count("/") for name in tables}:
        for parent, names in _parents(tables, depth):
            members = tuple(run for name in names for run in tables[name])
            grid = _grid(parent, members, apart=True)
            found.append((parent or ", ".join(names)[:80], grid if isinstance(grid, str) else None))
    return tuple(
        Note(name, grid if isinstance(grid, str) else grid.note) for name, grid in found if grid
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


def _grid(name: str, runs: Members, *, apart: bool = False) -> Grid | str | None:
    sets = sets_of(runs)
    first = tuple(members[0] for members in sets)
    names = names_of(name, sets)
    return None if factor_of(first, names) else grid_of(first, names, apart=apart)


def _id(run: Run) -> str:
    return run.id


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
    return _of_times({name: tuple(members) for name, members in found.items()}, keys)


def _of_times(tables: dict[str, Members], keys: Mapping[str, str]) -> dict[str, Members]:
    """The tables, where those of one row whose folders only say when they ran are one."""
    apart: dict[str, list[str]] = {}
    for name, members in tables.items():
        parent, _, last = name.rpartition("/")
        if _WHEN.fullmatch(last) and len({keys[run.id] for run in members}) == 1:
            apart.setdefault(parent, []).append(name)
    joined = {name: parent for parent, names in apart.items() if len(names) > 1 for name in names}
    found: dict[str, list[Run]] = {}
    for name, members in tables.items():
        found.setdefault(joined.get(name, name) or "results", []).extend(members)
    return {name: tuple(members) for name, members in found.items()}


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
    return next(iter((*spoken, *found)), "")


def _tells_apart(key: str, runs: Sequence[Run], names: Mapping[str, str]) -> bool:
    levels = [run.settings.get(key) for run in runs]
    texts = [level.text for level in levels if level is not None and level.value is not None]
    named = all(
        level is not None and level.text in re.findall(r"\d+(?:\.\d+)?", names[run.id])
        for run, level in zip(runs, levels, strict=True)
    )
    return len(set(texts)) == len(runs) > 1 and named


def _speaks(name: str, key: str) -> bool:
    """Whether a name has all words of a setting's name: ``mixed_nodes16`` of ``num_nodes``."""
    return words_of(key) <= words_of(re.sub(r"\d+(?:\.\d+)?", "_", name))
