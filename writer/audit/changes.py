"""What changes along a sweep beside its factor, as the runs behind the rows say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from writer.audit.runs import facts, unlike
from writer.model.experiment import Level, Row, Sweep
from writer.model.run import Run
from writer.setting_names import corresponds, is_label, same


class Change(NamedTuple):
    """What changes along a sweep: per row, the unlike levels of its runs."""

    sweep: Sweep
    name: str
    steps: tuple[tuple[Row, tuple[Level, ...]], ...]


def changes(
    sweep: Sweep, behind: Mapping[int, tuple[Run, ...]], *, observed: bool
) -> Iterator[Change]:
    """Settings or observations that differ between rows and are not the factor itself."""
    steps = [
        (row, [facts(run, observed=observed) for run in behind.get(row.line, ())])
        for row in sweep.rows
    ]
    names = dict.fromkeys(key for _, runs in steps for given in runs for key in given)
    for key in names:
        found = tuple(
            (row, levels)
            for row, runs in steps
            if (levels := unlike(given[key] for given in runs if key in given))
        )
        texts = {tuple(level.text for level in levels) for _, levels in found}
        varies = observed and (key.startswith(_OUTCOMES) or _varies(sweep, behind, texts))
        if len(texts) > 1 and not varies and not is_label(key) and not _is_factor(sweep, found):
            yield Change(sweep, key, found)


def _varies(
    sweep: Sweep, behind: Mapping[int, tuple[Run, ...]], texts: set[tuple[str, ...]]
) -> bool:
    """Whether trials of one level differ as much as the levels do, so that no change is shown."""
    runs = [run for row in sweep.rows for run in behind.get(row.line, ())]
    return all(run.trial for run in runs) and bool(set.intersection(*map(set, texts)))


_OUTCOMES = ("max_", "peak_")  # extremes of what happened, as most requests in flight: no state


def _is_factor(sweep: Sweep, steps: tuple[tuple[Row, tuple[Level, ...]], ...]) -> bool:
    """Whether every row's value is the factor's level."""
    return all(
        len(levels) == 1 and same(levels[0], row.levels[sweep.factor]) for row, levels in steps
    )


def told(change: Change, configured: Sequence[Change]) -> bool:
    """Whether an observation is that of the factor, or follows a configured change row by row.

    Where the factor was observed otherwise than it was set, `setting-mismatch` says so.
    """
    return corresponds(change.name, change.sweep.factor) or any(
        corresponds(change.name, other.name) and _alike(change, other) for other in configured
    )


def _alike(one: Change, other: Change) -> bool:
    """Whether two changes have the same values at the same rows."""
    steps = {row.line: levels for row, levels in other.steps}
    return one.sweep.label == other.sweep.label and all(
        len(levels) == len(found := steps.get(row.line, ()))
        and all(same(level, known) for level, known in zip(levels, found, strict=True))
        for row, levels in one.steps
    )
