"""More samples than may be in memory at once: rules say so, and the audit goes on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.audit.test_rules import EXAMPLES, run
from tests.cli.test_runs import SAMPLES, write_run
from writer.audit.example import Example
from writer.audit.rule import Rule
from writer.cli.project import open_project

WITH_RUNS = [
    pytest.param(rule, example, id=name) for name, rule, example in EXAMPLES if example.runs
]
NEED_SAMPLES = {"PRV003", "STA007", "STA009"}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("writer.samples._load.MAX_LOADED", 10)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("rule", "example"), WITH_RUNS)
def test_no_rule_ends_the_audit(rule: Rule, example: Example) -> None:
    reasons = [reason for _, reason in run(rule, example).runs[0].not_judged]
    known = [reason for reason in reasons if "more than 20 million samples" in reason]
    assert not known or rule.card.code in NEED_SAMPLES


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("STA007", r"behind \d rows?$"),
        ("STA009", r"of \d+ runs?$"),
        ("PRV003", r"of \d+ runs?: parts of equal samples$"),
    ],
)
def test_a_rule_that_needs_the_samples_counts_what_it_could_not_judge(
    code: str, words: str
) -> None:
    found = {
        reason
        for _, rule, example in EXAMPLES
        if rule.card.code == code and example.runs
        for _, reason in run(rule, example).runs[0].not_judged
        if reason.startswith("more than 20 million samples to hold in memory at once")
    }
    assert found
    assert all(re.search(words, reason) for reason in found)


@pytest.mark.usefixtures("few")
def test_equal_runs_are_found_without_their_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        write_run(tmp_path / "raw" / f"job{number}_metrics.json", SAMPLES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAGE_WRITE_CACHE", "off")
    project = open_project(None, Path("raw"))
    (finding,) = [item for item in project.audit.findings if item.rule == "duplicated-samples"]
    assert "40 samples" in finding.message
