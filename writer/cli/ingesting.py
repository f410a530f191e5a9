"""What the command ``ingest`` does, apart from printing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from writer.cli.writing import shown
from writer.fanout import Backend, cluster
from writer.verify.table_format import TableFormat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from writer.cache import Cache
    from writer.model.run import Problem, RunSet
    from writer.report import Report

_MOST = 20
"""Problems shown to people; the JSON has them all."""


def format_report() -> Report:
    """The formats of raw results."""
    from writer.report import Report, View
    from writer.sources import run_sources

    rows = tuple((source.name, source.expects) for source in run_sources())
    return Report(
        command="ingest-formats",
        document={"formats": [{"name": name, "expects": expects} for name, expects in rows]},
        views=(View("", ("format", "what it is recognised by"), rows),),
        next_step="sage-write ingest PATH -o data/runs",
    )


def ingest_report(
    paths: list[Path],
    output: Path,
    backend: Backend = Backend.LOCAL,
    form: TableFormat = TableFormat.CSV,
) -> Report:
    """Read, summarise, recompute and write; say what was skipped and why.

    Raises:
        NothingError: nothing in the folders is a result.
        DataError, PathError: see :func:`writer.verify.ingest.ingest`.
    """
    from writer.cache import user_cache
    from writer.cli.noting import by_reason, noted, proposal, some
    from writer.cli.output import progress
    from writer.database import watching
    from writer.dataset import Dataset
    from writer.model.unit import counted
    from writer.report import Report, View
    from writer.sources import http_address
    from writer.verify.evidence import gather
    from writer.verify.folders import made_out
    from writer.verify.groups import dataset_of
    from writer.verify.ingest import ingest

    with cluster(backend):
        cache = user_cache()
        runs = _merged(paths, backend, cache)
        with progress(4, "aggregating samples") as step:
            nothing = Dataset({}, {}, {})
            with watching(step.part):
                evidence = gather(runs, nothing, step, backend=backend, cache=cache)
            runs = evidence.runs
            dataset = dataset_of(runs, evidence)
            step("writing")
            written = ingest(dataset, evidence, output, form)
    reasons = by_reason(item for item in runs.skipped if not item.wrong)
    report = Report(
        command="ingest",
        document={
            "descriptor": shown(written.descriptor),
            "tables": [shown(path) for path in written.tables],
            "runs": written.runs,
            "experiments": list(dataset.experiments),
            "skipped": [
                {"file": item.file, "reason": item.reason}
                | ({"proposal": item.proposal} if item.proposal else {})
                for item in runs.skipped
            ],
            "problems": [
                {"file": item.file, "line": item.line, "message": item.message}
                for item in runs.problems()
            ],
        },
        summary=(
            f"{shown(written.descriptor)}: {counted(written.runs, 'runs')} in "
            f"{counted(len(dataset.experiments), 'tables')}",
            f"{counted(len(runs.skipped), 'files')} skipped, "
            f"{counted(len(runs.problems()), 'problems')}"
            + ("; 'sage-write verify' fails for them" if runs.problems() else ""),
            *proposal(runs.skipped).splitlines(),
        ),
        views=tuple(
            view
            for view in (
                View(
                    "Skipped",
                    ("file", "why"),
                    tuple((some(files), why) for why, files in reasons.items()),
                ),
                View(
                    "Problems",
                    ("file", "what"),
                    tuple(_listed(runs.problems())),
                ),
            )
            if view.rows
        ),
        next_step=f"sage-write verify --runs {http_address(paths[0]) or shown(paths[0])}",
    )
    return noted(report, (*runs.notes(), *made_out(runs)))


def _listed(problems: Sequence[Problem]) -> Iterator[tuple[str, str]]:
    """The first problems, and how many more there are."""
    yield from ((item.file, item.message) for item in problems[:_MOST])
    if len(problems) > _MOST:
        yield f"and {len(problems) - _MOST} more (--format json lists all)", ""


def _merged(paths: list[Path], backend: Backend, cache: Cache) -> RunSet:
    """The runs of all folders; with several, ids and files begin with the folder's name."""
    from writer.cli.project import nearest_config, read_runs_of
    from writer.sources._merged import merged, named_apart

    mappings = nearest_config().samples
    names = named_apart(paths)
    sets = [read_runs_of(path, mappings, backend, cache) for path in paths]
    return sets[0] if len(sets) == 1 else merged(dict(zip(names, sets, strict=True)))
