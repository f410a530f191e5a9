"""Runs of several folders as one set, each under the name of its folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from writer.errors import UsageError
from writer.model.experiment import Level
from writer.model.measurement import Measurement
from writer.model.run import Run, RunSet
from writer.sources._run_source import run_slug


def named_apart(paths: Sequence[Path]) -> tuple[str, ...]:
    """A name for each folder: the fewest of its last steps that no other one ends with.

    >>> named_apart([Path("a/raw"), Path("b/raw")])
    ('a/raw', 'b/raw')

    Raises:
        UsageError: a folder is named twice.
    """
    steps = [path.absolute().resolve().parts for path in paths]
    for number, path in enumerate(paths):
        if steps[number] in steps[:number]:
            raise UsageError(f"'{path}' is named twice", expected="each folder once")
    for depth in range(1, max(map(len, steps)) + 1):
        names = ["/".join(part for part in given[-depth:] if part != "/") for given in steps]
        if len({run_slug(name) for name in names}) == len(names):
            return tuple(names)
    return tuple(f"{name}-{number}" for number, name in enumerate(names, 1))


def merged(sets: Mapping[str, RunSet]) -> RunSet:
    """The runs of all sets, ids and files under the name of the set."""
    return RunSet(
        ", ".join(found.root for found in sets.values()),
        tuple(_below(run, name) for name, found in sets.items() for run in found.runs),
        tuple(
            replace(item, file=f"{name}/{item.file}")
            for name, found in sets.items()
            for item in found.skipped
        ),
        {
            f"{name}/{file}": digest
            for name, found in sets.items()
            for file, digest in found.files.items()
        },
        tuple(
            replace(item, file=f"{name}/{item.file}")
            for name, found in sets.items()
            for item in found.made_out
        ),
    )


def _below(run: Run, name: str) -> Run:
    moved = renamed(run, f"{name}/{run.id}", lambda file: f"{name}/{file}")
    return replace(
        moved,
        group=f"{name}/{run.group}".rstrip("/"),
        file=f"{name}/{run.file}",
        samples=tuple(replace(item, file=f"{name}/{item.file}") for item in run.samples),
        problems=tuple(replace(item, file=f"{name}/{item.file}") for item in run.problems),
        notes=tuple(replace(item, file=f"{name}/{item.file}") for item in run.notes),
    )


def renamed(run: Run, name: str, place: Callable[[str], str] = str) -> Run:
    """The run under another id, with those of its measurements.

    Args:
        run: as it was read.
        name: its new id.
        place: what its measurements' file is called now.
    """
    old, new = f"runs/{run_slug(run.id)}/", f"runs/{run_slug(name)}/"

    def moved(item: Measurement) -> Measurement:
        where = item.provenance
        return replace(
            item,
            id=new + item.id.removeprefix(old),
            experiment=name,
            provenance=None if where is None else replace(where, file=place(where.file)),
        )

    def levels(given: Mapping[str, Level]) -> dict[str, Level]:
        return {
            key: level
            if level.measurement is None
            else replace(level, measurement=moved(level.measurement))
            for key, level in given.items()
        }

    return replace(
        run,
        id=name,
        settings=levels(run.settings),
        observed=levels(run.observed),
        shares={key: moved(item) for key, item in run.shares.items()},
        reported=tuple(replace(item, measurement=moved(item.measurement)) for item in run.reported),
    )
