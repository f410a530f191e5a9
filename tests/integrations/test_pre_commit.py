"""The hook, installed and run by pre-commit in a repository of a paper."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integrations.conftest import commit, spoil


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it installs: once for all tests here."""
    return tmp_path_factory.mktemp("pre-commit")


def hook(project: Path, home: Path, *files: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--verbose", "--files", *files],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PRE_COMMIT_HOME": str(home), "COLUMNS": "80"},
    )


def test_the_manifest_is_valid(demo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"],
        cwd=demo,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.registry
def test_the_hook_stops_a_commit_that_contradicts_the_data(
    checkout: Path, project: Path, home: Path
) -> None:
    config = project / ".pre-commit-config.yaml"
    text = (
        f"repos:\n- repo: {checkout}\n  rev: {commit_of(checkout)}\n"
        "  hooks:\n  - id: sage-write-check\n    args: [main.tex, --section, abstract]\n"
    )
    config.write_text(text, encoding="utf-8")
    commit(project)
    clean = hook(project, home, "main.tex")
    if "Could not find a version" in clean.stdout or "No matching distribution" in clean.stdout:
        pytest.skip("no package registry is reached")
    assert clean.returncode == 0, clean.stdout
    assert "sage-write check" in clean.stdout
    assert "Passed" in clean.stdout

    spoil(project)
    wrong = hook(project, home, "main.tex")
    assert wrong.returncode == 1
    assert "exit code: 1" in wrong.stdout
    assert "contradicted  3382 blocks/s" in wrong.stdout

    other = hook(project, home, "notes.txt")
    assert other.returncode == 0
    assert "no files to check" in other.stdout


def commit_of(folder: Path) -> str:
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()
