"""Every rule: identity, documentation, and each of its examples."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from writer.audit import rules as rules_package
from writer.audit.example import Example, Outcome
from writer.audit.rule import Rule
from writer.audit.runner import all_rules, audit
from writer.errors import TemplateError
from writer.model.finding import Confidence, Finding, Severity
from writer.model.result import AuditResult
from writer.model.rule import HEADINGS
from writer.prose import Latex, sentence

RULES = {
    "CMP001": "scaling-inversion",
    "CMP002": "superlinear-speedup",
    "CMP003": "confounded-sweep",
    "COV001": "missing-value",
    "COV002": "missing-baseline",
    "COV003": "incomplete-run",
    "COV004": "unmeasured-quantity",
    "PRV001": "adjusted-value",
    "QUE001": "littles-law",
    "STA001": "single-trial",
    "STA002": "percentile-order",
    "STA003": "mean-above-tail",
    "STA004": "arithmetic-mismatch",
    "STA005": "non-monotonic-sweep",
    "STA006": "interpolated-looking",
}

EXAMPLES = [
    (f"{rule.card.code}-{number}-{example.outcome.name.lower()}", rule, example)
    for rule in all_rules()
    for number, example in enumerate(rule.examples, 1)
]
EVERY = [pytest.param(rule, example, id=name) for name, rule, example in EXAMPLES]
FIRING = [
    pytest.param(rule, example, id=name)
    for name, rule, example in EXAMPLES
    if example.outcome is Outcome.FIRES
]
EACH = [pytest.param(rule, id=rule.card.code) for rule in all_rules()]


FILES = {"example.csv", "datapackage.json", "sage-write.toml"}
ASKS_TOO_MUCH = "{{ title }} lacks {{ nobody_gave_this }}."
BREAK: Mapping[str, Callable[[Rule], Rule]] = {
    "message": lambda rule: replace(rule, message=ASKS_TOO_MUCH),
    "limitation": lambda rule: replace(rule, limitation=ASKS_TOO_MUCH),
    "settle": lambda rule: replace(rule, settle=ASKS_TOO_MUCH),
}


def run(rule: Rule, example: Example) -> AuditResult:
    dataset = example.dataset()
    return audit(
        dataset, requests=example.requests, selected=[rule], evidence=example.evidence(dataset)
    )


def findings(rule: Rule, example: Example) -> tuple[Finding, ...]:
    return run(rule, example).findings


def test_these_codes_keep_their_meaning() -> None:
    found = {rule.card.code: rule.card.name for rule in all_rules()}
    assert {code: found.get(code) for code in RULES} == RULES


def test_each_file_is_named_after_its_rule() -> None:
    folder = Path(rules_package.__path__[0])
    names = sorted(path.stem for path in folder.glob("[A-Z]*.py"))
    cards = [rule.card for rule in all_rules()]
    assert names == [f"{card.code}_{card.name.replace('-', '_')}" for card in cards]


@pytest.mark.parametrize("rule", EACH)
def test_the_documentation_has_its_headings_in_order(rule: Rule) -> None:
    lines = rule.card.doc.splitlines()
    assert [line for line in lines[1:] if re.match(r"\S", line)] == list(HEADINGS)
    assert rule.card.summary == lines[0]
    assert rule.card.summary.endswith(".")


@pytest.mark.parametrize("rule", EACH)
def test_the_documentation_says_something_under_each_heading(rule: Rule) -> None:
    parts = re.split(rf"^(?:{'|'.join(HEADINGS)})$", rule.card.doc, flags=re.MULTILINE)
    assert [len(part.split()) >= 5 for part in parts[1:]] == [True] * len(HEADINGS)


@pytest.mark.parametrize("rule", EACH)
def test_each_outcome_has_an_example(rule: Rule) -> None:
    assert {example.outcome for example in rule.examples} == set(Outcome)


@pytest.mark.parametrize("rule", EACH)
def test_examples_tell_themselves_apart(rule: Rule) -> None:
    assert max(Counter(example.what for example in rule.examples).values()) == 1


@pytest.mark.parametrize(("rule", "example"), EVERY)
def test_the_example_gives_its_outcome(rule: Rule, example: Example) -> None:
    result = run(rule, example)
    (judgement,) = result.runs
    fires, applies = example.outcome is Outcome.FIRES, example.outcome is not Outcome.NOT_APPLICABLE
    assert len(result.findings) == (example.findings if fires else 0)
    assert judgement.judged == (("example",) if applies else ())
    if not applies:
        assert {name for name, _ in judgement.not_judged} == {"example"}


@pytest.mark.parametrize(("rule", "example"), FIRING)
def test_a_finding_points_at_the_table(rule: Rule, example: Example) -> None:
    lines = len(example.csv.strip().splitlines())
    for finding in findings(rule, example):
        named = {place.file for place in finding.where if not place.file.endswith("_metrics.json")}
        assert named <= FILES
        rows = [place.row for place in finding.where if place.file == "example.csv"]
        assert [row for row in rows if row is None or not 1 <= row <= lines] == []


@pytest.mark.parametrize(("rule", "example"), FIRING)
def test_ids_are_the_rule_and_the_place(rule: Rule, example: Example) -> None:
    found = findings(rule, example)
    assert len({item.id for item in found}) == example.findings
    assert {item.id.split("/")[:2] == [rule.card.name, "example"] for item in found} == {True}


@pytest.mark.parametrize(("rule", "example"), FIRING)
def test_the_words_are_whole_sentences(rule: Rule, example: Example) -> None:
    for item in findings(rule, example):
        for text in (item.limitation, item.settle):
            assert text[0] == text[0].upper()
            assert text[-1] == "."
            assert re.findall(r"\s[,.;)]|\( |\.\.|,,| and and |\. [a-z]", text) == []
        assert item.message.startswith("example: ")
        assert item.message[-1] != "."


@pytest.mark.parametrize(("rule", "example"), FIRING)
def test_the_limitation_renders_as_latex(rule: Rule, example: Example) -> None:
    for item in findings(rule, example):
        for template, plain in (
            (item.limitation_template, item.limitation),
            (item.settle_template, item.settle),
        ):
            latex = sentence(template, item.evidence, "latex")
            assert isinstance(latex, Latex)
            assert sentence(template, item.evidence, "plain") == plain
            bare = re.sub(r"\\measured\{[^}]*\}\{((?:[^{}]|\{,\})*)\}", r"\1", latex)
            assert _words(bare) == _words(plain)


def _words(text: str) -> list[str]:
    """Words and numbers, without what only one of the styles writes."""
    for latex, plain in ((r"$\times$", "x"), ("{,}", ","), ("~", " "), ("\\%", "%"), ("\\_", "_")):
        text = text.replace(latex, plain)
    return re.findall(r"[\w.]+", text)


@pytest.mark.parametrize(("rule", "example"), FIRING)
def test_no_number_of_the_limitation_is_bare(rule: Rule, example: Example) -> None:
    for item in findings(rule, example):
        latex = sentence(item.limitation_template, item.evidence, "latex")
        rest = re.sub(r"\\measured\{[^}]*\}\{(?:[^{}]|\{,\})*\}", "", latex)
        assert re.findall(r"(?<![\w-])\d[\d.,]*(?!\w)", rest) == []


@pytest.mark.parametrize("part", BREAK)
@pytest.mark.parametrize("rule", EACH)
def test_words_that_ask_for_missing_evidence_fail(rule: Rule, part: str) -> None:
    example = next(item for item in rule.examples if item.outcome is Outcome.FIRES)
    with pytest.raises(TemplateError, match="nobody_gave_this"):
        run(BREAK[part](rule), example)


SHARPNESS = {
    "CMP001": [("warning", "high"), ("warning", "high")],
    "COV001": [("warning", "high"), ("note", "high")],
    "QUE001": [("error", "high"), ("warning", "medium"), ("error", "high")],
    "STA002": [("error", "high"), ("error", "high")],
    "STA004": [("error", "high"), ("error", "high"), ("error", "high")],
    "STA006": [("note", "low"), ("note", "low"), ("warning", "medium")],
}


@pytest.mark.parametrize("code", SHARPNESS)
def test_severity_and_confidence_follow_the_example(code: str) -> None:
    rule = next(rule for rule in all_rules() if rule.card.code == code)
    firing = [example for example in rule.examples if example.outcome is Outcome.FIRES]
    first = [findings(rule, example)[0] for example in firing]
    expected = [(Severity(one), Confidence(other)) for one, other in SHARPNESS[code]]
    assert [(item.severity, item.confidence) for item in first] == expected
