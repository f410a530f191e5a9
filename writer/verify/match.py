"""Which runs stand behind which row: patterns in the descriptor, matched to run ids.

``{"path": "exp/{pipeline}_nodes{nodes}/*"}`` names the runs of each row: a factor,
group or setting in braces stands for the row's level, compared by its letters and
digits only, so that ``LoadAware`` finds ``load_aware``; ``*`` is one step of the
path or part of one. ``rows`` gives a pattern of its own to a level of the factor.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from writer.dataset import Dataset
from writer.model.experiment import Experiment, Level, Row
from writer.model.run import Run, RunSet

_BLANK = r"(\{\w+\}|\*)"
"""What in a pattern stands for something else."""


def match_rows(runs: RunSet, dataset: Dataset) -> dict[tuple[str, int], tuple[Run, ...]]:
    """Runs by experiment and line, for the rows that have any."""
    found = {}
    index = _Index(runs)
    for experiment in dataset.experiments.values():
        if experiment.runs is None:
            continue
        for row in experiment.rows:
            matching = _runs(index, experiment, row)
            if matching:
                found[experiment.name, row.line] = matching
    return found


def row_name(levels: Mapping[str, Level]) -> str:
    """What a row is called in ``rows``: its factor's level, after those of its groups.

    >>> row_name({"n": Level("n", "4", None)})
    '4'
    >>> row_name({"scheduler": Level("scheduler", "fifo", None), "n": Level("n", "4", None)})
    'fifo, 4'
    """
    return ", ".join(level.text for level in levels.values())


class _Index:
    """The runs by the ends of their ids: a pattern without blanks is looked up, not tried."""

    def __init__(self, runs: RunSet) -> None:
        self.runs = runs.runs
        self._ends: dict[str, list[Run]] = {}
        for run in runs.runs:
            parts = run.id.lower().split("/")
            for start in range(len(parts)):
                self._ends.setdefault("/".join(parts[start:]), []).append(run)

    def ending(self, path: str) -> tuple[Run, ...]:
        found = self._ends.get(path.lower(), ())
        return _nearest([(run, len(run.id) - len(path)) for run in found])


def _runs(index: _Index, experiment: Experiment, row: Row) -> tuple[Run, ...]:
    mapping = experiment.runs
    assert mapping is not None  # noqa: S101 - the caller has looked
    level = row.levels[experiment.factor]
    named = mapping.rows.get(row_name(row.levels)) or mapping.rows.get(level.text)
    pattern = named or next(
        (path for text, path in mapping.rows.items() if level.matches(text)), mapping.path
    )
    if not pattern:
        return ()
    if not re.search(_BLANK, pattern):
        return index.ending(pattern)
    wanted = {name: item.text for name, item in (*row.levels.items(), *row.settings.items())}
    expression = re.compile(_expression(pattern, wanted), re.IGNORECASE)
    return _nearest(
        [
            (run, len(match[1] or ""))
            for run in index.runs
            if (match := expression.fullmatch(run.id)) and _agrees(match.groupdict(), wanted)
        ]
    )


def _nearest(found: list[tuple[Run, int]]) -> tuple[Run, ...]:
    """Runs whose whole id the pattern describes, if there are any; else those that lie deeper.

    A copy of a folder below another folder is not part of the first.
    """
    whole = tuple(run for run, above in found if not above)
    return whole or tuple(run for run, _ in found)


def _expression(pattern: str, wanted: Mapping[str, str]) -> str:
    """The pattern as a regular expression over run ids, which may lie deeper."""
    parts = re.split(_BLANK, pattern)
    made, seen = [], set()
    for part in parts:
        name = part.strip("{}")
        if part == "*":
            made.append("[^/]*")
        elif part.startswith("{") and name in wanted and name not in seen:
            seen.add(name)
            made.append(f"(?P<{name}>[^/]+?)")
        elif part.startswith("{"):
            made.append("[^/]+?")
        else:
            made.append(re.escape(part))
    return "(.*/)?" + "".join(made)


def _agrees(given: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(_letters(value) == _letters(wanted[name]) for name, value in given.items())


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9.]", "", text.lower())
