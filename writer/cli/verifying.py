"""What the command ``verify`` does, apart from printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from writer.cli.project import Project
    from writer.model.experiment import Experiment
    from writer.model.run import Note, RunSet
    from writer.verify.held import Borne, Held
    from writer.verify.lock import Changes
    from writer.verify.recompute import Recomputed


def verify(
    project: Project, *, write_lock: bool, intervals: bool = True
) -> tuple[RunSet, tuple[Recomputed, ...], Held, Changes]:
    """Every reported value recomputed, every cell held against its runs, every file hashed.

    Args:
        project: with the evidence of its runs, if there are any.
        write_lock: whether to record the hashes.
        intervals: whether the cells need the intervals that their samples support,
            which takes most of the time.

    Raises:
        ConfigError: the lock cannot be read.
        PathError: the lock cannot be written.
    """
    from writer.model.run import RunSet
    from writer.verify.cells import held
    from writer.verify.held import Held
    from writer.verify.lock import compare, write

    files = dict(project.dataset.files)
    changes = compare(project.root, files)
    if write_lock:
        write(project.root, files)
        changes = compare(project.root, files)
    evidence = project.evidence
    if evidence is None:
        return RunSet(str(project.root), (), (), {}), (), Held(), changes
    cells = held(_own_tables(project), evidence, intervals=intervals)
    return evidence.runs, evidence.stated(), cells, changes


def own_cells(project: Project) -> tuple[Borne, ...]:
    """Each number of the project's own tables held against the runs, invented ones too."""
    from writer.verify.cells import borne_by, invented

    evidence = project.evidence
    if evidence is None:
        return ()
    found: list[Borne] = []
    for experiment in _own_tables(project):
        cells = borne_by(experiment, evidence, intervals=False)
        found.extend((*cells, *invented(experiment, cells)))
    return tuple(found)


def notes_on_runs(project: Project) -> tuple[Note, ...]:
    """What was made out about the runs, and about the tables that were made of them."""
    from dataclasses import replace

    from writer.verify.folders import made_out

    if project.evidence is None:
        return ()
    own = {experiment.name for experiment in _own_tables(project)}
    rows = project.evidence.rows.items()
    taken = {run.id for (name, _), members in rows if name in own for run in members}
    runs = project.evidence.runs
    left = replace(runs, runs=tuple(run for run in runs.runs if run.id not in taken))
    return (*runs.notes(), *made_out(left))


def _own_tables(project: Project) -> Iterator[Experiment]:
    """The project's own tables: those made of the runs hold the runs' values."""
    for experiment in project.dataset.experiments.values():
        cells = (cell for row in experiment.rows for cell in row.cells.values())
        first = next(cells, None)
        if first is not None and not first.id.startswith("runs/"):
            yield experiment
