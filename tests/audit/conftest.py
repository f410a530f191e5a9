"""The public runs, read and aggregated once for all tests: this takes seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.public_runs import Audited, audited
from writer.dataset import Dataset
from writer.model.run import RunSet
from writer.sources import read_runs
from writer.verify.groups import dataset_of


@pytest.fixture(scope="session")
def runs(shared: Path) -> RunSet:
    """The public runs."""
    return read_runs(shared)


@pytest.fixture(scope="session")
def tables(runs: RunSet, demo_dataset: Dataset) -> Audited:
    """The demo's tables, held against the public runs."""
    return audited(demo_dataset, runs)


@pytest.fixture(scope="session")
def alone(runs: RunSet) -> Audited:
    """The public runs without any table."""
    return audited(dataset_of(runs), runs)
