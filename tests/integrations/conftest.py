"""The checkout as a git repository of its own, and a paper's repository that uses it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.program import sage_write

PACKAGED = (
    *("pyproject.toml", "README.md", "LICENSE", "action.yml", ".pre-commit-hooks.yaml"),
    *("writer", "templates", "data"),
)
_GIT = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def commit(folder: Path) -> str:
    """Make ``folder`` a repository, or commit what changed in it; gives the commit."""
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True, env={**os.environ, **_GIT})
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Path:
    """What is packaged, copied into a git repository."""
    folder = tmp_path_factory.mktemp("checkout") / "sage-write"
    folder.mkdir()
    for name in PACKAGED:
        source = demo / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    commit(folder)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A paper's repository."""
    assert sage_write("init", "paper", cwd=tmp_path).code == 0
    commit(tmp_path / "paper")
    return tmp_path / "paper"


def spoil(project: Path) -> None:
    """Make the abstract state what the data contradict."""
    main = project / "main.tex"
    main.write_text(main.read_text("utf-8").replace("3282", "3382"), encoding="utf-8")
