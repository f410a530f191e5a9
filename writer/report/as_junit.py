"""JUnit XML: one test case per claim and per other finding, for CI servers that read it.

A claim with a finding fails; one that was not checked, or whose findings the author
accepts, is skipped with the reason. Source of the shape: the schema of the Jenkins
xUnit plug-in, ``junit-10.xsd``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from writer.model.claim import Verdict
from writer.report._check import summary_lines
from writer.report._issue import Checked, Issue, chance_words, evidence_lines
from writer.report._report import Format, Part, Report, need_check

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _render(report: Report) -> str:
    seen = need_check(report)
    root = ET.Element("testsuites", name="sage-write check")
    suites: dict[str, ET.Element] = {}
    by_claim = seen.by_claim()
    for index, item in enumerate(seen.result.judgements):
        claim = item.claim
        case = _case(
            _suite(root, suites, seen.shown(claim.file)),
            f"{claim.line}:{claim.column} {claim.text}",
            claim.section or "text",
            seen.shown(claim.file),
            claim.line,
        )
        _outcome(case, by_claim.get(index, ()), seen)
        if not list(case) and item.verdict is Verdict.NOT_CHECKED:
            ET.SubElement(case, "skipped", message=_clean(f"not checked: {item.reason}"))
    for issue in (*seen.issues, *seen.suppressed):
        if issue.index is None:
            name = issue.finding.id
            suite = _suite(root, suites, issue.file or "paper")
            case = _case(suite, name, "findings", issue.file, issue.line)
            _outcome(case, [issue], seen)
    if suites:
        first = next(iter(suites.values()))
        out = ET.SubElement(first, "system-out")
        out.text = _clean("\n".join(summary_lines(seen)))
    return _document(root)


def _document(root: ET.Element) -> str:
    for element in (root, *root):
        _count(element)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _broken(part: Part) -> str:
    """A suite of one case, which is the error."""
    root = ET.Element("testsuites", name="sage-write check")
    case = _case(_suite(root, {}, part.name), "could not be checked", "paper", part.name, None)
    ET.SubElement(case, "error", type="paper", message=_clean(part.error))
    return _document(root)


def _join(texts: Sequence[tuple[Part, str]]) -> str:
    """One document with the suites of all papers."""
    root = ET.Element("testsuites", name="sage-write check")
    for _, text in texts:
        root.extend(ET.fromstring(text))  # noqa: S314 - written by _render
    return _document(root)


def _suite(root: ET.Element, suites: dict[str, ET.Element], name: str) -> ET.Element:
    if name not in suites:
        suites[name] = ET.SubElement(root, "testsuite", name=_clean(name))
    return suites[name]


def _case(suite: ET.Element, name: str, section: str, file: str, line: int | None) -> ET.Element:
    case = ET.SubElement(suite, "testcase", classname=_clean(section), name=_clean(name))
    if file:
        case.set("file", _clean(file))
    if line is not None:
        case.set("line", str(line))
    case.set("time", "0")
    return case


def _outcome(case: ET.Element, issues: Sequence[Issue], seen: Checked) -> None:
    """One failure for the active findings of a case, or a skip for the suppressed ones."""
    active = [item for item in issues if item.finding.suppressed is None]
    if active:
        worst = active[0].finding
        failure = ET.SubElement(
            case, "failure", type=f"{worst.severity} {worst.rule}", message=_clean(worst.message)
        )
        failure.text = _clean("\n".join(line for item in active for line in _lines(item, seen)))
    elif issues:
        reason = f"{issues[0].finding.rule} suppressed: {issues[0].finding.suppressed}"
        ET.SubElement(case, "skipped", message=_clean(reason))


def _lines(item: Issue, seen: Checked) -> list[str]:
    lines = [f"{item.place}: {item.finding.code} {item.finding.message}"]
    if item.judgement is not None:
        lines.append(item.judgement.claim.sentence)
        if item.judgement.formula:
            lines.append(f"= {item.judgement.formula}")
        lines += evidence_lines(item.judgement, seen.shown)
        lines.append(chance_words(item.judgement))
    return [line for line in lines if line]


def _count(element: ET.Element) -> None:
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    element.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    element.set("errors", str(sum(case.find("error") is not None for case in cases)))
    element.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    element.set("time", "0")


def _clean(text: str) -> str:
    """``text`` without the characters that XML 1.0 forbids."""
    return _FORBIDDEN.sub("\ufffd", text)


FORMAT = Format("junit", _render, join=_join, broken=_broken)
