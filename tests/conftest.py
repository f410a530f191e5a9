"""Fixtures for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from writer.dataset import Dataset
from writer.sources import read

ROOT = Path(__file__).resolve().parent.parent
"""The checkout, which is the demo paper's project."""

SHARED = ROOT.parent / "shared" / "sage-runs"
"""The public run outputs behind the demo data; beside the checkout, never inside it."""

os.environ["SAGE_WRITE_CACHE"] = "off"  # no test leaves or finds anything in the user's cache

settings.register_profile("repository", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repository"))


@pytest.fixture(scope="session")
def demo() -> Path:
    """The demo paper's root: do not write into it."""
    return ROOT


@pytest.fixture(scope="session")
def demo_dataset() -> Dataset:
    """The demo paper's data; immutable, so that tests share it."""
    return read(ROOT, ROOT / "data")


@pytest.fixture
def copy_of_demo(tmp_path: Path) -> Path:
    """A copy of the demo project that a test may change."""
    root = tmp_path / "demo"
    root.mkdir()
    shutil.copy(ROOT / "sage-write.toml", root)
    for name in ("data", "templates"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name)
    return root


@pytest.fixture(scope="session")
def shared() -> Path:
    """The public run outputs; mark tests that use them with ``shared``."""
    if not SHARED.is_dir():
        pytest.skip(f"the public run outputs are not at {SHARED}")
    return SHARED


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Make a skip a failure for the markers named in ``SAGE_WRITE_REQUIRE``."""
    outcome = yield
    report: pytest.TestReport = outcome.get_result()  # type: ignore[attr-defined]  # pluggy's result; hookwrappers are untyped
    if report.skipped and any(item.get_closest_marker(name) for name in _required()):
        report.outcome = "failed"
        report.longrepr = f"skipped, but required here: {report.longrepr}"


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """Make the skip of a whole file a failure where anything is required."""
    outcome = yield
    report: pytest.CollectReport = outcome.get_result()  # type: ignore[attr-defined]  # as above
    if report.outcome == "skipped" and _required():
        report.outcome = "failed"
        report.longrepr = f"skipped, but required here: {report.longrepr}"


def _required() -> set[str]:
    """The markers whose tests must not be skipped."""
    return set(os.environ.get("SAGE_WRITE_REQUIRE", "").split(",")) - {""}
