"""Every rule on papers: identity, documentation, and each of its examples."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.claims.checking import Checker
from writer.audit.runner import all_rules as all_audit_rules
from writer.claims import rules as rules_package
from writer.claims.check import check_paper
from writer.claims.rule import PaperExample, PaperRule
from writer.claims.runner import all_rules
from writer.config import Config
from writer.dataset import Dataset
from writer.model.finding import Finding
from writer.model.result import AuditResult
from writer.model.rule import HEADINGS

NO_DATA = Dataset({}, {}, {})
NO_AUDIT = AuditResult((), (), (), {}, {})

EACH = [pytest.param(rule, id=rule.card.code) for rule in all_rules()]
EVERY = [
    pytest.param(rule, example, id=f"{rule.card.code}-{number}-{example.findings}")
    for rule in all_rules()
    for number, example in enumerate(rule.examples, 1)
]


def findings(
    rule: PaperRule, example: PaperExample, check: Checker, folder: Path
) -> tuple[Finding, ...]:
    if example.data:
        result = check.paper(example.tex)
    else:
        path = folder / "paper.tex"
        path.write_text(example.tex, encoding="utf-8")
        result = check_paper(path, folder, NO_DATA, NO_AUDIT, Config(root=folder))
    return tuple(item for item in result.findings if item.rule == rule.card.name)


def test_codes_and_names_are_unique_among_all_rules() -> None:
    cards = [*(rule.card for rule in all_rules()), *(rule.card for rule in all_audit_rules())]
    repeated = Counter(key for card in cards for key in (card.code, card.name))
    assert [key for key, times in repeated.items() if times > 1] == []


def test_each_file_is_named_after_its_rule() -> None:
    folder = Path(rules_package.__path__[0])
    names = sorted(path.stem for path in folder.glob("[A-Z]*.py"))
    cards = [rule.card for rule in all_rules()]
    assert names == [f"{card.code}_{card.name.replace('-', '_')}" for card in cards]


@pytest.mark.parametrize("rule", EACH)
def test_codes_are_of_claims_and_names_are_in_lower_case(rule: PaperRule) -> None:
    assert re.fullmatch(r"CLM\d{3}", rule.card.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.card.name)


@pytest.mark.parametrize("rule", EACH)
def test_the_documentation_has_its_headings_in_order(rule: PaperRule) -> None:
    lines = rule.card.doc.splitlines()
    assert [line for line in lines[1:] if re.match(r"\S", line)] == list(HEADINGS)
    assert rule.card.summary == lines[0]
    assert rule.card.summary.endswith(".")


@pytest.mark.parametrize("rule", EACH)
def test_the_documentation_says_something_under_each_heading(rule: PaperRule) -> None:
    parts = re.split(rf"^(?:{'|'.join(HEADINGS)})$", rule.card.doc, flags=re.MULTILINE)
    assert [len(part.split()) >= 5 for part in parts[1:]] == [True] * len(HEADINGS)


@pytest.mark.parametrize("rule", EACH)
def test_it_has_an_example_that_fires_and_one_that_does_not(rule: PaperRule) -> None:
    assert {example.findings > 0 for example in rule.examples} == {True, False}


@pytest.mark.parametrize("rule", EACH)
def test_examples_tell_themselves_apart(rule: PaperRule) -> None:
    assert max(Counter(example.what for example in rule.examples).values()) == 1


@pytest.mark.parametrize(("rule", "example"), EVERY)
def test_the_example_gives_its_findings(
    rule: PaperRule, example: PaperExample, check: Checker, tmp_path: Path
) -> None:
    assert len(findings(rule, example, check, tmp_path)) == example.findings


@pytest.mark.parametrize(("rule", "example"), EVERY)
def test_a_finding_has_an_id_a_place_and_a_sentence(
    rule: PaperRule, example: PaperExample, check: Checker, tmp_path: Path
) -> None:
    found = findings(rule, example, check, tmp_path)
    assert len({item.id for item in found}) == len(found)
    lines = example.tex.count("\n") + 1
    for item in found:
        assert item.id.startswith(f"{rule.card.name}/")
        assert [place.file for place in item.where] == ["paper.tex"]
        assert [place.row for place in item.where if place.row and place.row > lines] == []
        assert item.message == " ".join(item.message.split())


def test_all_sections_asked_for_are_the_whole_paper(check: Checker) -> None:
    rule = next(rule for rule in all_rules() if rule.card.name == "stale-table-cell")
    fires = next(example for example in rule.examples if example.findings)
    found = {
        section: [
            item.message
            for item in check.paper(fires.tex, section=section).findings
            if item.rule == "stale-table-cell"
        ]
        for section in (None, "all")
    }
    assert len(found[None]) == fires.findings
    assert found["all"] == found[None]
