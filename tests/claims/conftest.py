"""The demo's audit and a checker on its data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.checking import Checker
from writer.audit.runner import audit
from writer.config import load_config
from writer.dataset import Dataset
from writer.model.result import AuditResult


@pytest.fixture(scope="session")
def demo_audit(demo: Path, demo_dataset: Dataset) -> AuditResult:
    return audit(demo_dataset, requests=load_config(demo).requests)


@pytest.fixture
def check(tmp_path: Path, demo: Path, demo_dataset: Dataset, demo_audit: AuditResult) -> Checker:
    return Checker(tmp_path, demo, demo_dataset, demo_audit)
