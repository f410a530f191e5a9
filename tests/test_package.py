"""The installed package works in a folder that is not the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Path:
    """The package as a wheel puts it, in a folder of its own."""
    target = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--disable-pip-version-check",
            "--target",
            str(target),
            str(demo),
        ],
        check=True,
        capture_output=True,
        cwd=target,
    )
    return target


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "writer", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"},
    )


def test_templates_and_data_are_in_the_wheel(installed: Path, demo: Path) -> None:
    for name in ("templates", "data"):
        expected = sorted(
            path.relative_to(demo) for path in (demo / name).rglob("*") if path.is_file()
        )
        packaged = installed / "writer" / "_bundled"
        actual = sorted(
            path.relative_to(packaged) for path in (packaged / name).rglob("*") if path.is_file()
        )
        assert actual == expected


def test_a_new_project_is_audited_and_written(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "init", "paper").returncode == 0
    done = run(installed, tmp_path / "paper", "section", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "paper" / json.loads(done.stdout)["file"]).is_file()


def test_the_package_that_ran_is_the_installed_one(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import writer; print(writer.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"},
    )
    assert Path(done.stdout.strip()).is_relative_to(installed)
