"""What the author decides about a check, applied to its result."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from writer.config import CONFIG_NAME
from writer.errors import PathError

if TYPE_CHECKING:
    from writer.config import Config
    from writer.model.result import CheckResult


@dataclass(frozen=True, slots=True)
class Habits:
    """The author's choices on the command line.

    Attributes:
        select, ignore: codes or names of rules, several in one text with commas.
        baseline: a file of findings that are known, or None.
        alone: whether they are for one paper; several share a baseline.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    alone: bool = True

    def apply(self, result: CheckResult) -> CheckResult:
        """The result with the chosen rules, allows in the paper, and the baseline.

        Raises:
            UsageError: an unknown rule.
            PaperError: a comment in the paper that is no allow.
            PathError: the baseline cannot be read.
        """
        from writer.triage.allow import allowed, allows
        from writer.triage.baseline import read_baseline, without_known
        from writer.triage.choice import chosen
        from writer.triage.fingerprint import fingerprinted

        select, ignore = codes(self.select), codes(self.ignore)
        known = None if self.baseline is None else read_baseline(self.baseline)
        given = tuple(allows(result.sources, _identity))
        marked = allowed(fingerprinted(result), given)
        if known is not None:
            marked = without_known(marked, known, str(self.baseline), whole=self.alone)
        return chosen(marked, select, ignore)


def codes(names: Sequence[str]) -> frozenset[str]:
    """The codes of the rules named, each text a name, a code, or several with commas.

    Raises:
        UsageError: there is no such rule; the message offers the nearest names.
    """
    wanted = [name.strip() for text in names for name in text.split(",")]
    return frozenset(_identity(name)[0] for name in wanted if name)


def _identity(name: str) -> tuple[str, str]:
    from writer.cli.cards import card

    found = card(name)
    return found.code, found.name


def main_of(config: Config) -> Path:
    """The paper that the settings name, else this folder."""
    return Path() if config.main is None else config.root / config.main


def root_of(paper: Path, project: Path) -> Path:
    """What the paper may read, wherever the command is run.

    The project it lies in; without one its Git repository, and without that its own folder.
    """
    path = paper.resolve()
    if path.is_relative_to(project.resolve()) and (project / CONFIG_NAME).is_file():
        return project
    folder = path if path.is_dir() else path.parent
    return _repository(folder) or folder


def _repository(folder: Path) -> Path | None:
    """The Git repository that ``folder`` lies in, unless that is the whole home."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # Path.home() raises without a home
    for candidate in (folder, *folder.parents):
        if candidate == home:
            return None
        try:
            if (candidate / ".git").exists():
                return candidate
        except OSError:  # a folder above that may not be looked into
            return None
    return None


def naming(root: Path, form: str = "text") -> Callable[[str], str]:
    """Says a file of the paper's ``root`` as seen from the current folder.

    What GitHub reads is named from the folder of the checkout, wherever in it a step runs.
    """
    here = Path.cwd().resolve()
    workspace = os.environ.get("GITHUB_WORKSPACE") if form in ("github", "sarif") else None
    if workspace and here.is_relative_to(Path(workspace).resolve()):
        here = Path(workspace).resolve()
    root = root.resolve()

    def shown(name: str) -> str:
        if not name or Path(name).is_absolute():
            return name
        path = root / name
        if path.is_relative_to(here) or here.is_relative_to(root):
            return Path(os.path.relpath(path, here)).as_posix()
        return name

    return shown


def refuse_sources(path: Path, paper: Path, root: Path, result: CheckResult) -> None:
    """Never write a report over a file of the paper.

    Raises:
        PathError: ``path`` is one.
    """
    target = path.resolve()
    for source in (paper, *(root / name for name in result.files)):
        if target == source.resolve() or (
            path.exists() and source.exists() and path.samefile(source)
        ):
            raise PathError(
                "this is a file of the paper; a report would overwrite it",
                file=str(path),
                hint="give another name behind -o",
            )
