"""Whatever a paper says, every report stays well-formed and says it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from tests.report.test_github import read
from tests.report.test_html import tags
from tests.report.test_sarif import validate
from writer.model.claim import Claim, Judgement, Verdict
from writer.model.finding import Confidence, Finding, Place, Severity
from writer.model.result import CheckResult, Passage, Span
from writer.report import formats
from writer.report._check import check_report
from writer.triage.fingerprint import fingerprinted

_HARD = st.sampled_from(
    ["</script>", "]]>", "%0A::error::x", "&amp;", "\x1b[2J", "\u202e", "\ufffe", "\x00", "{{ x }}"]
)
TEXT = st.one_of(st.text(max_size=30), _HARD, st.builds(str.__add__, _HARD, st.text(max_size=9)))
NAME = st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), min_size=1)


@st.composite
def results(draw: st.DrawFn) -> CheckResult:
    """A result of one claim in a file of one line, with a finding, suppressed or not."""
    file, before, words, after = draw(NAME), draw(TEXT), draw(TEXT) or "1", draw(TEXT)
    before = before.replace("\n", " ")
    source = before + words.replace("\n", " ") + after
    column = len(before) + 1
    claim = Claim(file, 1, column, draw(TEXT), words, draw(TEXT), 1.0, draw(TEXT), "plain")
    cell = {"id": draw(TEXT), "value": 2.0, "unit": draw(TEXT), "file": draw(NAME), "row": 3}
    verdict = draw(st.sampled_from(Verdict))
    judgement = Judgement(
        claim, verdict, "contradicted-claim", draw(TEXT), draw(TEXT), (cell,), draw(TEXT)
    )
    finding = Finding(
        id=draw(TEXT),
        rule="contradicted-claim",
        code="CLM002",
        severity=draw(st.sampled_from(Severity)),
        confidence=Confidence.HIGH,
        experiment=draw(TEXT),
        where=draw(st.sampled_from([(Place(file, 1, str(column)),), (Place(file, None, ""),), ()])),
        message=draw(TEXT),
        evidence={},
        limitation="",
        settle="",
        limitation_template="",
        settle_template="",
        suppressed=draw(st.none() | TEXT),
        suppressed_by=draw(st.sampled_from(["settings", "allow", "baseline"])),
    )
    text = before + words + after
    span = Span(len(before), len(before) + len(words), 0, 1, column + len(words))
    active = finding.suppressed is None
    return CheckResult(
        (file,),
        (judgement,),
        (finding,) if active else (),
        () if active else (finding,),
        (draw(TEXT),),
        (Passage("paragraph", draw(TEXT), "", text, (span,)),),
        {file: source},
    )


@given(results())
def test_every_format_is_well_formed(result: CheckResult) -> None:
    report = check_report(fingerprinted(result))
    out = {name: item.render(report) for name, item in formats().items()}
    assert json.loads(out["json"])["claims"][0]["text"] == result.judgements[0].claim.text
    validate(json.loads(out["sarif"]))
    assert len(ET.fromstring(out["junit"]).findall(".//testcase")) in (1, 2)  # noqa: S314 - our own output
    commands = read(out["github"].removesuffix("\n"))
    assert len(commands) == 2
    names = [name for name, _ in tags(out["html"])]
    assert names.count("script") == 1
    assert "img" not in names
    assert not set(out["text"]) & set("\x00\x1b\u202e\u009b\r")


@given(results())
def test_a_fingerprint_depends_on_no_line_and_no_file_name(result: CheckResult) -> None:
    from dataclasses import replace

    def moved(item: Finding) -> Finding:
        places = [replace(place, file="other", row=place.row and 5) for place in item.where]
        return replace(item, where=tuple(places))

    (judgement,) = result.judgements
    (source,) = result.sources.values()
    other = replace(
        result,
        files=("other",),
        judgements=(replace(judgement, claim=replace(judgement.claim, file="other", line=5)),),
        findings=tuple(map(moved, result.findings)),
        suppressed=tuple(map(moved, result.suppressed)),
        sources={"other": "\n\n\n\n" + source},
    )
    before, after = fingerprinted(result), fingerprinted(other)
    assert [item.fingerprint for item in (*before.findings, *before.suppressed)] == [
        item.fingerprint for item in (*after.findings, *after.suppressed)
    ]
