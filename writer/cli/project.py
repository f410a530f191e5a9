"""A paper project as a command sees it: settings, data, audit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from writer.config import CONFIG_NAME, Config, find_root, load_config
from writer.errors import PathError

if TYPE_CHECKING:
    from writer.dataset import Dataset
    from writer.model.result import AuditResult


@dataclass(frozen=True)
class Project:
    """Settings and data of one paper; the audit runs once, when first asked for."""

    config: Config
    dataset: Dataset

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
        )

    def output(self, folder: Path | None) -> Path:
        """The folder to write to: as asked, or the project's build folder."""
        return self.config.path("build") if folder is None else folder


def open_project(folder: Path | None) -> Project:
    """Read the project in ``folder``, or the nearest one at or above this folder.

    Raises:
        PathError: there is no project.
        ConfigError, DataError: it cannot be read.
    """
    from writer.sources import read

    start = Path.cwd() if folder is None else folder
    root = find_root(start) if folder is None else folder.resolve()
    if root is None or not (root / CONFIG_NAME).is_file():
        raise PathError(
            f"there is no {CONFIG_NAME} here" + ("" if folder else " or in a folder above"),
            file=str(start),
            hint="'sage-write init DIR' makes a project; -p DIR names one",
        )
    config = load_config(root)
    return Project(config, read(root, config.path("data")))


Progress = Callable[[str], None]
