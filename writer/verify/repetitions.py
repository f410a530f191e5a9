"""Repetitions of one setting among runs: the rows of a table, and what each is called."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from writer.model.run import Run
from writer.setting_names import is_label, trial_pattern, without_trial

Members = tuple[Run, ...]
"""The runs of one row, or of one table."""


def folder_of(run: Run) -> str:
    """The run's folder; one that only numbers repetitions stands for the folder around it."""
    given = without_trial(run.group) if run.trial else run.group
    return "/".join(step for step in given.split("/") if step != "*")


def keys_of(runs: Sequence[Run]) -> dict[str, str]:
    """By id, the pattern that repetitions of one setting share, or the run's own id.

    Runs that a pattern would join although they state unlike settings, or are no repetitions,
    stay apart.
    """
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(_path(run), []).append(run)
    ids = sorted(run.id for run in runs)
    return {
        run.id: path if _one_setting(members) and _only(path, members, ids) else run.id
        for path, members in found.items()
        for run in members
    }


def _path(run: Run) -> str:
    if not run.trial:
        return run.id
    path = trial_pattern(run.id)
    return run.id.rpartition("/")[0] + "/*" if path == run.id else path


def _one_setting(runs: Sequence[Run]) -> bool:
    """Whether no setting has two values; a run that does not state one contradicts none."""
    stated: dict[str, set[str]] = {}
    for run in runs:
        for key, level in run.settings.items():
            if not is_label(key) and run.trial:
                stated.setdefault(key, set()).add(level.text)
    return all(len(texts) == 1 for texts in stated.values())


def _only(path: str, members: Sequence[Run], ids: Sequence[str]) -> bool:
    """Whether a pattern finds its runs and no others."""
    if "*" not in path:
        return True
    first = path.partition("*")[0]
    near = ids[bisect_left(ids, first) : bisect_right(ids, first + chr(0x10FFFF))]
    expression = re.compile("[^/]*".join(map(re.escape, path.split("*"))))
    return sum(bool(expression.fullmatch(name)) for name in near) == len(members)


def sets_of(runs: Members) -> list[Members]:
    """The runs of each row, in the order of the first of each."""
    keys = keys_of(runs)
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(keys[run.id], []).append(run)
    return [tuple(members) for members in found.values()]


def pattern_of(members: Members) -> str:
    """The pattern that finds the runs of a row and no others."""
    return members[0].id if len(members) == 1 else _path(members[0])


_STAR = re.compile(r"[-_./]*[a-zA-Z]*[-_=.]?\*")


def names_of(group: str, sets: Sequence[Members]) -> dict[str, str]:
    """The path of each row's first run below its group; of its folder, if it has trials."""
    start = len(group) + 1
    found = {}
    for members in sets:
        path = _path(members[0]) if len(members) > 1 else members[0].id
        run = _STAR.sub("", path).strip("/") or "all"
        found[members[0].id] = run[start:] if run.startswith(f"{group}/") else run
    return found


def varying_settings(runs: Sequence[Run]) -> tuple[str, ...]:
    """The settings that do not have one value in all of the runs."""
    keys = dict.fromkeys(key for run in runs for key in run.settings)
    return tuple(
        key
        for key in keys
        if len({run.settings[key].text if key in run.settings else "" for run in runs}) > 1
    )
