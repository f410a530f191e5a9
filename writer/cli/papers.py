"""Checking papers: one here, several at once, each in a process of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from writer.cli.checking import Habits, main_of, root_of
from writer.cli.exit_codes import ExitCode
from writer.cli.patience import OutOfTimeError, time_limit
from writer.cli.project import open_beside
from writer.errors import NothingError, PaperError, SageWriteError
from writer.fanout import Backend, How, fan_out

if TYPE_CHECKING:
    from writer.model.result import CheckResult

BELOW = "..."
"""The last part of a name that stands for each paper in a folder: ``papers/...``."""


@dataclass(frozen=True, slots=True)
class Request:
    """How papers are to be checked; a process of its own can be told it.

    Attributes:
        section: only this one, or None.
        data, project, runs: what the papers are held against.
        habits: what the author decides.
        timeout: seconds that one paper may take.
        folder: the current one.
    """

    section: str | None
    data: Path | None
    project: Path | None
    runs: Path | None
    habits: Habits
    timeout: float
    folder: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper.

    Attributes:
        paper: as the user named it.
        result: None where it could not be checked.
        root: the folder that its files are named from.
        error: why it could not be checked, in one line.
        nothing: whether there was nothing to check it against.
    """

    paper: Path
    result: CheckResult | None
    root: Path
    error: str = ""
    nothing: bool = False


def check_one(paper: Path | None, request: Request, backend: Backend = Backend.LOCAL) -> Outcome:
    """Check one paper.

    Raises:
        SageWriteError: it cannot be read, or takes longer than it may.
    """
    from writer.claims.check import check_paper
    from writer.latex.choice import open_input

    opened = open_beside(paper, request.project, request.data, request.runs, backend)
    path = paper or main_of(opened.config)
    audit = opened.audit
    try:
        with (
            time_limit(request.timeout),
            open_input(path, root_of(path, opened.root)) as chosen,
        ):
            result = request.habits.apply(
                check_paper(
                    chosen.main,
                    chosen.root,
                    opened.dataset,
                    audit,
                    opened.config,
                    section=request.section,
                )
            )
            result = replace(result, notes=(*chosen.notes, *result.notes))
            return Outcome(path, result, chosen.root)
    except OutOfTimeError as error:
        raise PaperError(
            f"checking was given up: {error}",
            file=str(path),
            hint="--timeout SECONDS gives it more, --section NAME checks less",
        ) from error


def check_all(papers: Sequence[Path], request: Request, backend: Backend) -> list[Outcome]:
    """Check several papers, each in a process of its own, in their order.

    A paper that cannot be checked is an outcome with an error.

    Raises:
        ToolError: the backend is not installed, or its cluster does not answer.
    """
    return fan_out(partial(_outcome, request=request), papers, backend, How.PROCESSES)


def _outcome(paper: Path, request: Request) -> Outcome:
    if Path.cwd() != request.folder:
        os.chdir(request.folder)  # a worker of a cluster starts elsewhere
    try:
        return check_one(paper, request)
    except SageWriteError as error:
        nothing = isinstance(error, NothingError)
        return Outcome(paper, None, request.folder, _one_line(str(error)), nothing)
    except Exception as error:
        told = f"sage-write has a bug: {type(error).__name__}: {error}"
        return Outcome(paper, None, request.folder, _one_line(f"{paper}: {told}"))


def _one_line(text: str) -> str:
    return "; ".join(line.strip() for line in text.splitlines() if line.strip())


def named(papers: Sequence[Path]) -> list[Path]:
    """The papers that the user named, each once; ``FOLDER/...`` is every paper in it.

    Raises:
        PaperError: there is no paper in such a folder.
    """
    found: list[Path] = []
    for path in papers:
        if path.name == BELOW:
            found += _papers_in(path.parent)
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _papers_in(folder: Path) -> list[Path]:
    """The folders with a main file, the archives and the main files right in ``folder``."""
    try:
        children = sorted(item for item in folder.iterdir() if not item.name.startswith("."))
    except OSError as error:
        raise PaperError(f"cannot be read: {error.strerror}", file=str(folder)) from error
    found = [item for item in children if _is_paper(item)]
    if not found:
        raise PaperError(
            "there is no paper in this folder",
            file=str(folder),
            expected="folders with a main file, archives, or main files",
        )
    return found


def _is_paper(path: Path) -> bool:
    from writer.latex.archive import is_archive
    from writer.latex.choice import choose, is_main

    if path.is_dir():
        try:
            choose(path)
        except PaperError:
            return False
        return True
    if path.suffix.lower() in {".tex", ".ltx"}:
        return is_main(path)
    return path.is_file() and is_archive(path)


def worst(codes: Sequence[ExitCode]) -> ExitCode:
    """The exit code of several papers: nothing to check counts only if it is so for all."""
    for code in (ExitCode.BAD_INPUT, ExitCode.FINDINGS):
        if code in codes:
            return code
    return ExitCode.NOTHING if set(codes) == {ExitCode.NOTHING} else ExitCode.CLEAN


def checked(outcomes: Sequence[Outcome]) -> Iterator[tuple[Outcome, CheckResult]]:
    """Those that could be checked."""
    for outcome in outcomes:
        if outcome.result is not None:
            yield outcome, outcome.result
