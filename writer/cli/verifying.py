"""What the command ``verify`` does, apart from printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from writer.cli.project import Project
    from writer.model.run import RunSet
    from writer.verify.cells import Borne
    from writer.verify.lock import Changes
    from writer.verify.recompute import Recomputed


def verify(
    project: Project, *, write_lock: bool, intervals: bool = True
) -> tuple[RunSet, tuple[Recomputed, ...], tuple[Borne, ...], Changes]:
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
    from writer.model.measurement import Grade
    from writer.model.run import RunSet
    from writer.verify.cells import borne_out
    from writer.verify.lock import compare, write

    files = dict(project.dataset.files)
    changes = compare(project.root, files)
    if write_lock:
        write(project.root, files)
        changes = compare(project.root, files)
    evidence = project.evidence
    if evidence is None:
        return RunSet(str(project.root), (), (), {}), (), (), changes
    values = tuple(
        item
        for run in evidence.runs.runs
        for item in evidence.recomputed[run.id]
        if item.measurement.grade is not Grade.RAW
    )
    return (
        evidence.runs,
        values,
        _of_tables(borne_out(project.dataset, evidence, intervals=intervals)),
        changes,
    )


def own_cells(project: Project) -> tuple[Borne, ...]:
    """Each number of the project's own tables held against the runs, invented ones too."""
    from writer.verify.cells import borne_by, invented

    evidence = project.evidence
    if evidence is None:
        return ()
    found: list[Borne] = []
    for experiment in project.dataset.experiments.values():
        cells = _of_tables(borne_by(experiment, evidence, intervals=False))
        found.extend((*cells, *invented(experiment, cells)))
    return tuple(found)


def _of_tables(cells: tuple[Borne, ...]) -> tuple[Borne, ...]:
    """Cells of the project's own tables: those of the runs' tables are the runs' values."""
    return tuple(item for item in cells if not item.cell.id.startswith("runs/"))
