"""A paper project as a command sees it: settings, data, audit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from writer.cache import Cache, user_cache
from writer.config import CONFIG_NAME, Config, find_root, load_config
from writer.dataset import Dataset
from writer.errors import ConfigError, NothingError, PathError
from writer.fanout import Backend, cluster

if TYPE_CHECKING:
    from writer.model.result import AuditResult
    from writer.model.run import RunSet
    from writer.model.sample_format import SampleMapping
    from writer.verify.evidence import Evidence


@dataclass(frozen=True)
class Project:
    """Settings and data of one paper; the audit runs once, when first asked for."""

    config: Config
    dataset: Dataset
    evidence: Evidence | None = None

    @property
    def root(self) -> Path:
        return self.config.root

    @cached_property
    def audit(self) -> AuditResult:
        """The audit with the project's requests and suppressions."""
        from writer.audit.runner import audit
        from writer.claims.runner import all_rules as claim_rules

        return audit(
            self.dataset,
            requests=self.config.requests,
            suppressions=self.config.suppressions,
            known_rules=[
                name for rule in claim_rules() for name in (rule.card.name, rule.card.code)
            ],
            evidence=self.evidence,
        )

    def output(self, folder: Path | None) -> Path:
        """The folder to write to: as asked, or the project's build folder."""
        return self.config.path("build") if folder is None else folder


class Use(StrEnum):
    """What of the raw runs a command works on."""

    TABLES = "tables"
    """The project's tables, and every group of runs that no table speaks of."""
    VALUES = "values"
    """The project's tables with the values that the runs give."""


def open_project(
    folder: Path | None,
    runs: Path | None = None,
    use: Use = Use.TABLES,
    backend: Backend = Backend.LOCAL,
    *,
    fresh: bool = False,
) -> Project:
    """Read the project in ``folder``, or the nearest one at or above this folder.

    Args:
        folder: the project, or None.
        runs: a folder of raw results; without a project it is judged alone.
        use: what to make of the runs.
        backend: where they are read and aggregated.
        fresh: whether samples are read even if the same bytes were summarised before.

    Raises:
        PathError: there is no project and no folder of runs.
        ConfigError, DataError: it cannot be read.
        ToolError: the backend is not installed, or its cluster does not answer.
    """
    if runs is None:
        return _tables(folder)
    alone = folder is None and find_root(Path.cwd()) is None
    project = (
        Project(Config(root=Path.cwd().resolve()), Dataset({}, {}, {}))
        if alone
        else _tables(folder, needed=False)
    )
    with cluster(backend):
        cache = Cache(None) if fresh else user_cache()
        found = read_runs_of(runs, project.config.samples, backend, cache)
        return _with_runs(project, found, use, backend, cache)


def open_beside(
    paper: Path | None,
    folder: Path | None,
    data: Path | None,
    runs: Path | None,
    backend: Backend = Backend.LOCAL,
) -> Project:
    """What a paper is held against: a project, a folder of data, or nothing but itself.

    Args:
        paper: what the user named; a project at or above it counts where this folder is
            in none.
        folder: the project that was asked for, or None.
        data: a data package that was asked for; it comes in the place of the project's.
        runs: a folder of raw results, or None.
        backend: where they are read and aggregated.

    Raises:
        PathError, ConfigError, DataError, NothingError: it cannot be read.
    """
    from writer.sources import read

    beside = None if paper is None else (paper if paper.is_dir() else paper.parent)
    root = folder or find_root(Path.cwd()) or (beside and find_root(beside))
    if data is not None:
        base = data.resolve() if data.is_dir() else data.resolve().parent
        config = Config(root=base) if root is None else load_config(Path(root).resolve())
        project = Project(config, read(base, base))
    elif root is not None:
        project = _tables(Path(root), needed=runs is None)
    else:
        project = Project(Config(root=Path.cwd().resolve()), Dataset({}, {}, {}))
    if runs is None:
        return project
    with cluster(backend):
        cache = user_cache()
        found = read_runs_of(runs, project.config.samples, backend, cache)
        return _with_runs(project, found, Use.VALUES, backend, cache)


def nearest_config() -> Config:
    """The settings of the project at or above this folder; the defaults without one."""
    root = find_root(Path.cwd())
    return Config(root=Path.cwd().resolve()) if root is None else load_config(root)


def read_runs_of(
    path: Path,
    mappings: tuple[SampleMapping, ...] = (),
    backend: Backend = Backend.LOCAL,
    cache: Cache | None = None,
) -> RunSet:
    """Every run below a folder, with a progress bar.

    Args:
        path: the folder, or one result.
        mappings: of samples in files of the author's own.
        backend: where files are read.
        cache: of what was found in the same bytes before; None to look at each file.

    Raises:
        PathError: there is no such folder, or nothing in it is a result.
    """
    from writer.cli.noting import hidden, proposal, why_nothing
    from writer.cli.output import progress
    from writer.database import watching
    from writer.model.unit import counted
    from writer.sources import http_address, read_runs

    named = http_address(path) or str(path)
    with progress(1, f"reading {named}") as bar, watching(bar.part):
        found = read_runs(path, mappings=mappings, progress=bar.done, backend=backend, cache=cache)
    if not found.runs:
        told = [f"{counted(len(found.skipped), 'files')} skipped", why_nothing(found.skipped)]
        raise NothingError(
            f"nothing here is a result that sage-write reads ({'; '.join(filter(None, told))})",
            file=named,
            hint=proposal(found.skipped)
            or hidden(found.skipped)
            or "'sage-write ingest --formats' lists the formats",
        )
    return found


def _with_runs(
    project: Project,
    runs: RunSet,
    use: Use,
    backend: Backend,
    cache: Cache,
) -> Project:
    from dataclasses import replace

    from writer.cli.output import progress
    from writer.database import watching
    from writer.verify.evidence import gather
    from writer.verify.groups import dataset_of, unbound

    with progress(3, "aggregating samples") as step:
        with watching(step.part):
            evidence = gather(runs, project.dataset, step, backend=backend, cache=cache)
        if use is Use.TABLES:
            dataset = unbound(project.dataset, evidence.runs, evidence)
            return replace(project, dataset=dataset, evidence=evidence.bound_to(dataset))
        from writer.verify.tables import with_runs

        dataset = project.dataset
        if not dataset.experiments:
            dataset = dataset_of(evidence.runs, evidence)
            evidence = evidence.bound_to(dataset)
        return replace(project, dataset=with_runs(dataset, evidence), evidence=evidence)


def _tables(folder: Path | None, *, needed: bool = True) -> Project:
    """The project and its tables; none, and a note, where runs are judged and none are there.

    Args:
        folder: the project, or None.
        needed: whether there must be tables.
    """
    from writer.sources import read, recognised

    start = Path.cwd() if folder is None else folder
    root = find_root(start) if folder is None else folder.resolve()
    if root is None or not (root / CONFIG_NAME).is_file():
        raise PathError(
            f"there is no {CONFIG_NAME} here" + ("" if folder else " or in a folder above"),
            file=str(start),
            hint="'sage-write init DIR' makes a project; -p DIR names one",
        )
    config = load_config(root)
    data = config.path("data")
    if not needed and not recognised(data) and not (config.treatment_lines or config.requests):
        from writer.cli.output import note

        there = "holds no tables" if data.exists() else "is not there"
        named = data.relative_to(root) if data.is_relative_to(root) else data
        note(f"the data folder '{named}' {there}: the runs are judged alone")
        return Project(config, Dataset({}, {}, {}))
    dataset = read(root, data)
    _only_known(config, dataset)
    return Project(config, dataset)


def _only_known(config: Config, dataset: Dataset) -> None:
    """Refuse treatments and requests of experiments that do not exist."""
    treated = config.treatment_lines.items()
    named = [("[treatment]", name, line) for name, line in treated]
    named += [("[[request]]", item.experiment, item.line) for item in config.requests]
    for table, name, line in named:
        if name not in dataset.experiments:
            raise ConfigError(
                f"{table} names '{name}', which is no experiment of the data",
                file=CONFIG_NAME,
                line=line,
                expected=f"one of {', '.join(dataset.experiments)}",
            )
