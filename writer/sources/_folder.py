"""A folder of raw results: every file is read, skipped with a reason, or a companion."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from writer.model.run import Problem, Run, RunSet, Skipped
from writer.sources._run_source import Input, Reading, RunSource, Unreadable, walk


def read_folder(
    root: Path,
    readers: Iterable[RunSource],
    progress: Callable[[int, int], None] | None = None,
) -> RunSet:
    """Let each reader claim the files below ``root``, in their order.

    Raises:
        PathError: there is no such folder, or it holds too many files.
    """
    known = tuple(readers)
    inputs = list(walk(root))
    runs: dict[str, Run] = {}
    skipped: list[Skipped] = []
    files: dict[str, str] = {}
    for number, item in enumerate(inputs):
        if progress is not None:
            progress(number, len(inputs))
        reader = next((reader for reader in known if reader.claims(item)), None)
        if reader is None:
            if not any(other.companion(item) for other in known):
                skipped.append(Skipped(item.shown, "no reader takes such a file"))
            continue
        reading = _read(reader, item)
        files |= reading.used
        if reading.skipped:
            skipped.append(Skipped(item.shown, reading.skipped))
        for run in reading.runs:
            runs[_free(run.id, runs)] = _distinct(run, runs)
    return RunSet(str(root), tuple(runs[name] for name in sorted(runs)), tuple(skipped), files)


def _read(reader: RunSource, item: Input) -> Reading:
    try:
        return reader.read(item)
    except Unreadable as error:
        return Reading((), {}, str(error))
    except (OSError, UnicodeError) as error:
        return Reading((), {}, f"cannot be read: {error}")


def _free(name: str, taken: dict[str, Run]) -> str:
    number = 2
    free = name
    while free in taken:
        free = f"{name}#{number}"
        number += 1
    return free


def _distinct(run: Run, taken: dict[str, Run]) -> Run:
    """The run, under a name of its own; that two files claimed one is a problem of both."""
    name = _free(run.id, taken)
    if name == run.id:
        return run
    other = taken[run.id]
    message = f"the run id '{run.id}' is also that of {other.file}"
    return replace(run, id=name, problems=(*run.problems, Problem(run.file, message)))
