"""A check of a paper as its reports get it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from writer.audit.runner import audit
from writer.claims.check import check_paper
from writer.cli.cards import cards
from writer.cli.checking import Habits
from writer.config import load_config
from writer.dataset import Dataset
from writer.model.result import AuditResult, CheckResult
from writer.report import Report
from writer.report._check import check_report

Reporting = Callable[..., Report]


@pytest.fixture(scope="session")
def audited(demo: Path, demo_dataset: Dataset) -> AuditResult:
    return audit(demo_dataset, requests=load_config(demo).requests)


@pytest.fixture
def result_of(
    tmp_path: Path, demo: Path, demo_dataset: Dataset, audited: AuditResult
) -> Callable[..., CheckResult]:
    """Checks a text as ``paper.tex``, with the author's habits."""

    def check(text: str, habits: Habits | None = None) -> CheckResult:
        path = tmp_path / "paper.tex"
        path.write_text(text, encoding="utf-8")
        result = check_paper(path, tmp_path, demo_dataset, audited, load_config(demo))
        return (habits or Habits()).apply(result)

    return check


@pytest.fixture
def report_on(result_of: Callable[..., CheckResult]) -> Reporting:
    """The report on a text."""

    def report(text: str, *, verbose: bool = False) -> Report:
        return check_report(result_of(text), verbose=verbose, cards=cards())

    return report
